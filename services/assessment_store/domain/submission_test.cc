#include "services/assessment_store/domain/submission.h"

#include <string>

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

#include "common/testing/status_matchers.h"
#include "common/time/timestamp.h"
#include "services/assessment_store/domain/review_outcome.h"
#include "services/assessment_store/domain/standing.h"
#include "services/assessment_store/limits.h"

namespace assay::assessment_store {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using testing_kit::HasMetadata;
using testing_kit::HasReason;
using testing_kit::IsOk;

ControlRecords Controls(std::initializer_list<std::string> texts) {
  ControlRecords controls;
  for (const std::string& text : texts) {
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &controls.emplace_back()))
        << text;
  }
  return controls;
}

constexpr char kMetInTheory[] =
    R"(result { control_id: "1100" theoretical { status: CONTROL_STATUS_MET } } confirmed: true)";
constexpr char kMetInPractice[] =
    R"(result { control_id: "2300" practical { status: CONTROL_STATUS_MET } } confirmed: true)";
constexpr char kOverridden[] =
    R"(result { control_id: "2301" override { reasoning: "because" } } confirmed: true)";

TEST(CheckConfirmedTest, ListsWhatIsMissingInCatalogueOrder) {
  const auto controls = Controls({kMetInTheory, R"(result { control_id: "2300" })"});
  EXPECT_THAT(CheckConfirmed({"0001", "1100", "2300"}, controls),
              AllOf(HasReason(absl::StatusCode::kFailedPrecondition, "CONTROLS_NOT_CONFIRMED"),
                    HasMetadata("controls", "0001, 2300")));
  EXPECT_THAT(CheckConfirmed({"1100"}, controls), IsOk());
}

TEST(CheckPhasesTest, OnePhaseMustCoverEveryAssessedControl) {
  EXPECT_THAT(CheckPhases(Controls({kMetInTheory, kOverridden})), IsOk());
  EXPECT_THAT(CheckPhases(Controls({kMetInPractice})), IsOk());
  EXPECT_THAT(CheckPhases(Controls({kMetInTheory, kMetInPractice})),
              HasReason(absl::StatusCode::kFailedPrecondition, "PHASE_INCOMPLETE"));
  // A confirmed blank is a recorded Not Met, not a gap.
  EXPECT_THAT(CheckPhases(Controls({kMetInTheory, R"(result { control_id: "2302" })"})), IsOk());
}

TEST(ReviewItemTest, CarriesFlagsWithTheirReasoningAndWhoTouchedTheContent) {
  records::AssessmentRecord record;
  record.set_id("a1");
  record.set_submission_number(2);
  record.mutable_pins()->set_catalogue("schemes/dcc/catalogues/x@1");
  AddContributor(record, "zoe");
  AddContributor(record, "anna");
  AddContributor(record, "anna");
  scoring::v1::Verdict verdict;
  auto* trigger = verdict.add_review_triggers();
  trigger->set_kind(scoring::v1::TRIGGER_KIND_OVERRIDE);
  trigger->set_control_id("2301");
  verdict.add_objectives()->add_controls();
  const auto item =
      ReviewItemOf(record, Controls({kOverridden}), verdict, absl::FromUnixSeconds(7));
  EXPECT_EQ(item.name(), "reviewItems/a1.2");
  EXPECT_EQ(item.scheme(), "schemes/dcc");
  EXPECT_EQ(item.flags(0).reasoning(), "because");
  EXPECT_THAT(item.contributors(), ElementsAre("anna", "zoe"));
  EXPECT_TRUE(item.verdict().objectives(0).controls().empty());
}

TEST(ContributorsTest, StopAtTheLimit) {
  records::AssessmentRecord record;
  for (int i = 0; i <= kMaxContributors; ++i) AddContributor(record, std::to_string(i));
  EXPECT_EQ(record.contributors_size(), kMaxContributors);
}

TEST(WithoutFlagsTest, ShowsWhatWasRecordedBeneath) {
  auto controls = Controls({
      R"(result { control_id: "2301" theoretical { status: CONTROL_STATUS_NOT_MET }
                  override { reasoning: "x" } })",
      R"(result { control_id: "2302" not_applicable { justification: "x" }
                  adjustment { points: 1 reason: "x" } })",
      R"(result { control_id: "2303" override { reasoning: "kept" } })",
      R"(result { control_id: "2304" theoretical { questions { question_id: "2304.1"
                  result: QUESTION_RESULT_NOT_APPLICABLE justification: "x" } } })",
  });
  controls = WithoutFlags(std::move(controls), {"2301", "2302", "2304"});
  EXPECT_FALSE(controls[0].result().has_override());
  EXPECT_TRUE(controls[0].result().has_theoretical());
  EXPECT_FALSE(controls[1].result().has_not_applicable());
  // An adjustment of a blank control would be refused.
  EXPECT_FALSE(controls[1].result().has_adjustment());
  EXPECT_TRUE(controls[2].result().has_override());
  EXPECT_EQ(controls[3].result().theoretical().questions(0).result(),
            scoring::v1::QUESTION_RESULT_UNSPECIFIED);
}

TEST(IsStaleTest, CountsOnlyForTheSubmissionAndResultInReview) {
  records::AssessmentRecord record;
  record.set_state(v1::ASSESSMENT_STATE_IN_REVIEW);
  record.set_submission_number(2);
  record.set_submitted_digest("d");
  EXPECT_FALSE(IsStale(record, 2, "d"));
  EXPECT_TRUE(IsStale(record, 1, "d"));
  EXPECT_TRUE(IsStale(record, 2, "e"));
  record.set_state(v1::ASSESSMENT_STATE_IN_ASSESSMENT);
  EXPECT_TRUE(IsStale(record, 2, "d"));
}

struct StandingCase {
  const char* name;
  auth::Role role;
  const char* organisation;
  Standing expected;
};

class StandingTest : public ::testing::TestWithParam<StandingCase> {};

TEST_P(StandingTest, FollowsRoleAndOrganisation) {
  auth::Principal caller;
  caller.organisation = GetParam().organisation;
  caller.roles.Add(GetParam().role);
  EXPECT_EQ(StandingOf(caller, "organisations/s", "organisations/b"), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    All, StandingTest,
    ::testing::Values(
        StandingCase{"OwnAssessor", access::v1::ROLE_ASSESSOR, "organisations/b",
                     Standing::kAssessor},
        StandingCase{"OtherAssessor", access::v1::ROLE_ASSESSOR, "organisations/c",
                     Standing::kNone},
        StandingCase{"AssessorOfTheSupplier", access::v1::ROLE_ASSESSOR, "organisations/s",
                     Standing::kNone},
        StandingCase{"OwnSupplier", access::v1::ROLE_SUPPLIER, "organisations/s",
                     Standing::kSupplier},
        StandingCase{"SupplierInTheBody", access::v1::ROLE_SUPPLIER, "organisations/b",
                     Standing::kNone},
        StandingCase{"Platform", access::v1::ROLE_PLATFORM, "organisations/s", Standing::kReader},
        StandingCase{"OtherPlatform", access::v1::ROLE_PLATFORM, "organisations/c",
                     Standing::kNone},
        StandingCase{"Reviewer", access::v1::ROLE_REVIEWER, "organisations/o", Standing::kReader},
        StandingCase{"Auditor", access::v1::ROLE_AUDITOR, "organisations/o", Standing::kReader},
        StandingCase{"Operator", access::v1::ROLE_OPERATOR, "organisations/b", Standing::kNone}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace assay::assessment_store
