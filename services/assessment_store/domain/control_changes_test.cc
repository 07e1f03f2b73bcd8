#include "services/assessment_store/domain/control_changes.h"

#include <string>

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

#include "common/testing/proto_matchers.h"
#include "common/testing/status_matchers.h"

namespace assay::assessment_store {
namespace {

using ::testing::AllOf;
using testing_kit::EqualsProto;
using testing_kit::HasField;
using testing_kit::HasReason;
using testing_kit::IsOk;

v1::ControlChange Change(const std::string& text) {
  v1::ControlChange change;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &change)) << text;
  return change;
}

records::ControlRecord Record(const std::string& text) {
  records::ControlRecord record;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &record)) << text;
  return record;
}

TEST(ApplyChangeTest, ReplacesOnlyWhatIsPresentAndReopensTheControl) {
  const auto before = Record(R"(
    result { control_id: "2300" theoretical { status: CONTROL_STATUS_MET }
             adjustment { points: -1 reason: "old" } }
    confirmed: true)");
  const auto changed = ApplyChange(
      before, Change(R"(result { control_id: "2300" override { reasoning: "seen on site" } })"),
      Standing::kAssessor, "changes[0]");
  ASSERT_THAT(changed, IsOk());
  EXPECT_THAT(changed->record, EqualsProto(R"pb(
                result {
                  control_id: "2300"
                  theoretical { status: CONTROL_STATUS_MET }
                  adjustment { points: -1 reason: "old" }
                  override { reasoning: "seen on site" }
                })pb"));
  ASSERT_EQ(changed->texts.size(), 1u);
  EXPECT_EQ(changed->texts[0].field, "controls[2300].override.reasoning");
  EXPECT_EQ(changed->texts[0].text, "seen on site");
}

TEST(ApplyChangeTest, ClearsWhatTheMaskNamesAndTheResultLacks) {
  const auto before = Record(R"(
    result { control_id: "2300" theoretical { status: CONTROL_STATUS_MET }
             override { reasoning: "r" } })");
  const auto changed = ApplyChange(
      before, Change(R"(result { control_id: "2300" } update_mask { paths: "override" })"),
      Standing::kAssessor, "changes[0]");
  ASSERT_THAT(changed, IsOk());
  EXPECT_FALSE(changed->record.result().has_override());
  EXPECT_TRUE(changed->record.result().has_theoretical());
}

TEST(ApplyChangeTest, AnAdjustmentByZeroIsNone) {
  const auto before = Record(R"(
    result { control_id: "2300" theoretical { status: CONTROL_STATUS_MET }
             adjustment { points: -1 reason: "old" } })");
  const auto changed =
      ApplyChange(before, Change(R"(result { control_id: "2300" adjustment { points: 0 } })"),
                  Standing::kAssessor, "changes[0]");
  ASSERT_THAT(changed, IsOk());
  EXPECT_FALSE(changed->record.result().has_adjustment());
}

TEST(ApplyChangeTest, RefusesUnknownMaskPathsAndEmptyChanges) {
  EXPECT_THAT(
      ApplyChange(std::nullopt,
                  Change(R"(result { control_id: "2300" } update_mask { paths: "points" })"),
                  Standing::kAssessor, "changes[4]"),
      AllOf(HasReason(absl::StatusCode::kInvalidArgument, "UPDATE_MASK_INVALID"),
            HasField("changes[4].update_mask")));
  EXPECT_THAT(ApplyChange(std::nullopt, Change(R"(result { control_id: "2300" })"),
                          Standing::kAssessor, "changes[4]"),
              HasReason(absl::StatusCode::kInvalidArgument, "CHANGE_EMPTY"));
}

TEST(ApplyChangeTest, ASupplierRecordsOwnAnswersAndReplacesThem) {
  const auto answers = Change(R"(result { control_id: "2300" theoretical {
      questions { question_id: "2300.1" result: QUESTION_RESULT_MEETS } } })");
  const auto first = ApplyChange(std::nullopt, answers, Standing::kSupplier, "changes[0]");
  ASSERT_THAT(first, IsOk());
  EXPECT_TRUE(first->record.theoretical_by_supplier());
  EXPECT_THAT(ApplyChange(first->record, answers, Standing::kSupplier, "changes[0]"), IsOk());
}

struct SupplierCase {
  const char* name;
  const char* change;
  const char* field;
};

class SupplierRefusalTest : public ::testing::TestWithParam<SupplierCase> {};

TEST_P(SupplierRefusalTest, PointsFlagsAndAssessorsFindingsAreOutOfReach) {
  const auto assessed =
      Record(R"(result { control_id: "2300" theoretical { status: CONTROL_STATUS_NOT_MET } })");
  EXPECT_THAT(ApplyChange(assessed, Change(GetParam().change), Standing::kSupplier, "changes[0]"),
              AllOf(HasReason(absl::StatusCode::kPermissionDenied, "FIELD_NOT_ALLOWED"),
                    HasField(GetParam().field)));
}

INSTANTIATE_TEST_SUITE_P(
    All, SupplierRefusalTest,
    ::testing::Values(
        SupplierCase{"Override", R"(result { control_id: "2300" override { reasoning: "x" } })",
                     "changes[0].result.override"},
        SupplierCase{"NotApplicable",
                     R"(result { control_id: "2300" not_applicable { justification: "x" } })",
                     "changes[0].result.not_applicable"},
        SupplierCase{"Adjustment", R"(result { control_id: "2300" adjustment { points: 1 } })",
                     "changes[0].result.adjustment"},
        SupplierCase{"ClearsOverride",
                     R"(result { control_id: "2300" } update_mask { paths: "override" })",
                     "changes[0].result.override"},
        SupplierCase{"Practical",
                     R"(result { control_id: "2300" practical { status: CONTROL_STATUS_MET } })",
                     "changes[0].result.practical"},
        SupplierCase{"Status",
                     R"(result { control_id: "2300" theoretical { status: CONTROL_STATUS_MET } })",
                     "changes[0].result.theoretical.status"},
        SupplierCase{"QuestionNotApplicable",
                     R"(result { control_id: "2300" theoretical { questions {
                        question_id: "2300.1" result: QUESTION_RESULT_NOT_APPLICABLE } } })",
                     "changes[0].result.theoretical.questions[0].result"},
        SupplierCase{"AssessorsFinding",
                     R"(result { control_id: "2300" theoretical { questions {
                        question_id: "2300.1" result: QUESTION_RESULT_MEETS } } })",
                     "changes[0].result.theoretical"}),
    [](const auto& test) { return test.param.name; });

TEST(WithoutTextsTest, RemovesEveryTextAndNothingElse) {
  const auto change = Change(R"(result {
    control_id: "2300"
    theoretical { questions { question_id: "2300.1" result: QUESTION_RESULT_NOT_APPLICABLE
                              answer: "no" justification: "secret" } }
    adjustment { points: 1 reason: "secret" } override { reasoning: "secret" }
    not_applicable { justification: "secret" } })");
  const auto stripped = WithoutTexts(change.result());
  EXPECT_EQ(stripped.DebugString().find("secret"), std::string::npos);
  EXPECT_TRUE(stripped.has_override());
  EXPECT_TRUE(stripped.has_not_applicable());
  EXPECT_FALSE(stripped.has_practical());
  EXPECT_EQ(stripped.theoretical().questions(0).answer(), "no");
}

}  // namespace
}  // namespace assay::assessment_store
