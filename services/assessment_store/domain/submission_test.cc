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
  for (const char* subject : {"zoe", "anna", "anna"}) {
    EXPECT_THAT(AddContributor(record, subject), IsOk());
  }
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

// A subject left out of the list could review what it touched.
TEST(ContributorsTest, OnePastTheLimitIsRefused) {
  records::AssessmentRecord record;
  for (int i = 0; i < kMaxContributors; ++i) {
    EXPECT_THAT(AddContributor(record, std::to_string(i)), IsOk());
  }
  EXPECT_THAT(AddContributor(record, "7"), IsOk());
  EXPECT_THAT(AddContributor(record, "one more"),
              HasReason(absl::StatusCode::kInvalidArgument, "TOO_MANY"));
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
