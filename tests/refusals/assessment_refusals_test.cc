// Results that break a rule.

#include <ostream>
#include <string>

#include "gtest/gtest.h"

#include "tests/refusals/refusal_test.h"

namespace assay::refusals {
namespace {

// One RecordControlResults on a fresh assessment, and the reason and field it is refused with.
struct RecordCase {
  const char* name;
  const char* profile;
  const char* changes;  // Text format.
  const char* reason;
  const char* field;
};

void PrintTo(const RecordCase& row, std::ostream* out) { *out << row.name; }

class RecordRefusalTest : public RefusalTest, public testing::WithParamInterface<RecordCase> {};

TEST_P(RecordRefusalTest, IsRefusedAndNothingIsStored) {
  Create("a1", GetParam().profile);
  ExpectRefused(&Store::RecordControlResults, As(anna_), RecordRequest("a1", GetParam().changes),
                Refused(kInvalid, GetParam().reason, GetParam().field));
}

// Level sets from the catalogue: 2300 is in L1 only, 1204 in L3 only, 0002 in L2 and L3.
INSTANTIATE_TEST_SUITE_P(
    Scope, RecordRefusalTest,
    testing::Values(RecordCase{"UnknownControl", "L1",
                               "changes { result { control_id: '9999' theoretical { status: "
                               "CONTROL_STATUS_MET } } }",
                               "CONTROL_UNKNOWN", "changes[0].result.control_id"},
                    RecordCase{"Level1OnlyControlAtLevel2", "L2",
                               "changes { result { control_id: '2300' theoretical { status: "
                               "CONTROL_STATUS_MET } } }",
                               "CONTROL_NOT_IN_SCOPE", "changes[0].result.control_id"},
                    RecordCase{"Level3OnlyControlAtLevel2", "L2",
                               "changes { result { control_id: '1204' theoretical { status: "
                               "CONTROL_STATUS_MET } } }",
                               "CONTROL_NOT_IN_SCOPE", "changes[0].result.control_id"},
                    RecordCase{"Level3OnlyControlAtLevel1", "L1",
                               "changes { result { control_id: '1204' theoretical { status: "
                               "CONTROL_STATUS_MET } } }",
                               "CONTROL_NOT_IN_SCOPE", "changes[0].result.control_id"},
                    RecordCase{"OneBadControlRefusesAll", "L1",
                               "changes { result { control_id: '1100' theoretical { status: "
                               "CONTROL_STATUS_MET } } }"
                               "changes { result { control_id: '0002' theoretical { status: "
                               "CONTROL_STATUS_MET } } }",
                               "CONTROL_NOT_IN_SCOPE", "changes[1].result.control_id"},
                    RecordCase{"ControlTwice", "L1",
                               "changes { result { control_id: '1100' theoretical { status: "
                               "CONTROL_STATUS_MET } } }"
                               "changes { result { control_id: '1100' theoretical { status: "
                               "CONTROL_STATUS_NOT_MET } } }",
                               "CONTROL_DUPLICATE", "changes[1].result.control_id"},
                    RecordCase{"NoControl", "L1",
                               "changes { result { theoretical { status: CONTROL_STATUS_MET } } }",
                               "FIELD_REQUIRED", "changes[0].result.control_id"},
                    RecordCase{"NoChanges", "L1", "", "FIELD_REQUIRED", "changes"},
                    RecordCase{"EmptyChange", "L1", "changes { result { control_id: '1100' } }",
                               "CHANGE_EMPTY", "changes[0]"},
                    RecordCase{"UnknownMaskPath", "L1",
                               "changes { result { control_id: '1100' theoretical { status: "
                               "CONTROL_STATUS_MET } } update_mask { paths: 'points' } }",
                               "UPDATE_MASK_INVALID", "changes[0].update_mask"}),
    CaseName<RecordCase>);

// DOMAIN rules 1 to 5 and 8.
INSTANTIATE_TEST_SUITE_P(
    Rules, RecordRefusalTest,
    testing::Values(
        RecordCase{"OverrideWithoutReasoning", "L1",
                   "changes { result { control_id: '1100' override { } } }",
                   "OVERRIDE_REASONING_REQUIRED", "changes[0].result.override.reasoning"},
        RecordCase{"OverrideReasonedWithSpaces", "L1",
                   "changes { result { control_id: '1100' override { reasoning: ' \\n\\t' } } }",
                   "OVERRIDE_REASONING_REQUIRED", "changes[0].result.override.reasoning"},
        RecordCase{"NotApplicableWithoutJustification", "L1",
                   "changes { result { control_id: '1100' not_applicable { } } }",
                   "NOT_APPLICABLE_JUSTIFICATION_REQUIRED",
                   "changes[0].result.not_applicable.justification"},
        RecordCase{"NotApplicableOnCyberEssentials", "L1",
                   "changes { result { control_id: '0001' not_applicable { justification: 'No "
                   "internet connection.' } } }",
                   "NOT_APPLICABLE_ON_ANCHOR", "changes[0].result.not_applicable"},
        RecordCase{"NotApplicableOnCyberEssentialsPlus", "L2",
                   "changes { result { control_id: '0002' not_applicable { justification: 'No "
                   "internet connection.' } } }",
                   "NOT_APPLICABLE_ON_ANCHOR", "changes[0].result.not_applicable"},
        RecordCase{"OverrideWithNotApplicable", "L1",
                   "changes { result { control_id: '1100' override { reasoning: 'Guarded.' } "
                   "not_applicable { justification: 'None on site.' } } }",
                   "OVERRIDE_WITH_NOT_APPLICABLE", "changes[0].result.override"},
        RecordCase{"AdjustmentOfTwo", "L1",
                   "changes { result { control_id: '1100' theoretical { status: "
                   "CONTROL_STATUS_NOT_MET } adjustment { points: 2 reason: 'Late proof.' } } }",
                   "ADJUSTMENT_OUT_OF_RANGE", "changes[0].result.adjustment.points"},
        RecordCase{"AdjustmentOfMinusTwo", "L1",
                   "changes { result { control_id: '1100' theoretical { status: "
                   "CONTROL_STATUS_MET } adjustment { points: -2 reason: 'Late proof.' } } }",
                   "ADJUSTMENT_OUT_OF_RANGE", "changes[0].result.adjustment.points"},
        RecordCase{"AdjustmentWithoutReason", "L1",
                   "changes { result { control_id: '1100' theoretical { status: "
                   "CONTROL_STATUS_NOT_MET } adjustment { points: 1 } } }",
                   "ADJUSTMENT_REASON_REQUIRED", "changes[0].result.adjustment.reason"},
        RecordCase{"AdjustmentOfABlankControl", "L1",
                   "changes { result { control_id: '1100' adjustment { points: 1 reason: 'Late "
                   "proof.' } } }",
                   "ADJUSTMENT_ON_BLANK", "changes[0].result.adjustment.points"},
        RecordCase{"StatusAndQuestions", "L0",
                   "changes { result { control_id: '2500' theoretical { status: "
                   "CONTROL_STATUS_MET questions { question_id: '2500.1' result: "
                   "QUESTION_RESULT_MEETS } } } }",
                   "STATUS_AND_QUESTIONS", "changes[0].result.theoretical"},
        RecordCase{"StatusAndQuestionsInThePracticalPhase", "L0",
                   "changes { result { control_id: '2500' practical { status: "
                   "CONTROL_STATUS_MET questions { question_id: '2500.1' result: "
                   "QUESTION_RESULT_MEETS } } } }",
                   "STATUS_AND_QUESTIONS", "changes[0].result.practical"},
        RecordCase{"UnknownQuestion", "L0",
                   "changes { result { control_id: '2500' theoretical { questions { question_id: "
                   "'2500.9' result: QUESTION_RESULT_MEETS } } } }",
                   "QUESTION_UNKNOWN", "changes[0].result.theoretical.questions[0].question_id"},
        RecordCase{"QuestionNotApplicableWithoutJustification", "L0",
                   "changes { result { control_id: '2314' theoretical { questions { question_id: "
                   "'2314.2' result: QUESTION_RESULT_NOT_APPLICABLE } } } }",
                   "QUESTION_NOT_APPLICABLE_NEEDS_JUSTIFICATION",
                   "changes[0].result.theoretical.questions[0].justification"},
        RecordCase{"StatusThatIsNone", "L1",
                   "changes { result { control_id: '1100' theoretical { status: 99 } } }",
                   "STATUS_INVALID", "changes[0].result.theoretical.status"}),
    CaseName<RecordCase>);

class RecordOverRefusalTest : public RefusalTest {};

TEST_F(RecordOverRefusalTest, NotApplicableOnARecordedOverride) {
  Create("a1", "L1");
  Record("a1", "changes { result { control_id: '1100' override { reasoning: 'Guarded.' } } }");
  ExpectRefused(&Store::RecordControlResults, As(anna_),
                RecordRequest("a1",
                              "changes { result { control_id: '1100' not_applicable { "
                              "justification: 'None on site.' } } }"),
                Refused(kInvalid, "OVERRIDE_WITH_NOT_APPLICABLE", "changes[0].result.override"));
}

TEST_F(RecordOverRefusalTest, ClearingTheFindingUnderAnAdjustment) {
  Create("a1", "L1");
  Record("a1",
         "changes { result { control_id: '1100' theoretical { status: CONTROL_STATUS_NOT_MET } "
         "adjustment { points: 1 reason: 'Late proof.' } } }");
  ExpectRefused(
      &Store::RecordControlResults, As(anna_),
      RecordRequest(
          "a1", "changes { result { control_id: '1100' } update_mask { paths: 'theoretical' } }"),
      Refused(kInvalid, "ADJUSTMENT_ON_BLANK", "changes[0].result.adjustment.points"));
}

TEST_F(RecordOverRefusalTest, ReasoningOf4001Characters) {
  Create("a1", "L1");
  auto request = RecordRequest("a1", "changes { result { control_id: '1100' override { } } }");
  std::string& reasoning =
      *request.mutable_changes(0)->mutable_result()->mutable_override()->mutable_reasoning();
  reasoning.assign(4001, 'x');
  ExpectRefused(&Store::RecordControlResults, As(anna_), request,
                Refused(kInvalid, "TEXT_TOO_LONG", "changes[0].result.override.reasoning"));
  reasoning.pop_back();
  Must(&Store::RecordControlResults, As(anna_), request);
}

TEST_F(RecordOverRefusalTest, AControlIdOf65CharactersAndMore) {
  Create("a1", "L1");
  auto request =
      RecordRequest("a1", "changes { result { theoretical { status: CONTROL_STATUS_MET } } }");
  std::string& control = *request.mutable_changes(0)->mutable_result()->mutable_control_id();
  for (const size_t length : {size_t{65}, size_t{100'000}}) {
    SCOPED_TRACE(length);
    control.assign(length, '9');
    ExpectRefused(&Store::RecordControlResults, As(anna_), request,
                  Refused(kInvalid, "TEXT_LENGTH", "changes[0].result.control_id"));
  }
  control.assign(64, '9');
  ExpectRefused(&Store::RecordControlResults, As(anna_), request,
                Refused(kInvalid, "CONTROL_UNKNOWN", "changes[0].result.control_id"));
}

}  // namespace
}  // namespace assay::refusals
