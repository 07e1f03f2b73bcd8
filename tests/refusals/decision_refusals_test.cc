// Decisions that are none.

#include <ostream>
#include <string>

#include "gtest/gtest.h"

#include "tests/refusals/refusal_test.h"

namespace assay::refusals {
namespace {

// A decision on the Level 0 item whose one flag is the override of 2314.
struct DecisionCase {
  const char* name;
  const char* decision;  // Text format; null for none.
  const char* field;
};

void PrintTo(const DecisionCase& row, std::ostream* out) { *out << row.name; }

class DecisionRefusalTest : public RefusalTest, public testing::WithParamInterface<DecisionCase> {};

TEST_P(DecisionRefusalTest, IsNoDecision) {
  auto request = UpholdRequest(Claim(ravi_, InReview("a1")));
  request.clear_decision();
  if (GetParam().decision != nullptr) {
    *request.mutable_decision() = Parse<queue::Decision>(GetParam().decision);
  }
  ExpectRefused(&Queue::DecideReviewItem, As(ravi_), request,
                Refused(kInvalid, "DECISION_INVALID", GetParam().field));
}

INSTANTIATE_TEST_SUITE_P(
    Decisions, DecisionRefusalTest,
    testing::Values(
        DecisionCase{"None", nullptr, "decision"},
        DecisionCase{"NoKind", "reason: 'Because.'", "decision.kind"},
        DecisionCase{"UnknownKind", "kind: 99 reason: 'Because.'", "decision.kind"},
        DecisionCase{"NoReason", "kind: DECISION_KIND_UPHOLD", "decision.reason"},
        DecisionCase{"UpholdNamingControls",
                     "kind: DECISION_KIND_UPHOLD reason: 'Because.' controls { control_id: '2314' "
                     "reason: 'Holds.' }",
                     "decision.controls"},
        DecisionCase{"OverturnNamingNone", "kind: DECISION_KIND_OVERTURN reason: 'Because.'",
                     "decision.controls"},
        DecisionCase{"OverturnOfAControlWithoutAFlag",
                     "kind: DECISION_KIND_OVERTURN reason: 'Because.' controls { control_id: "
                     "'2314' reason: 'Falls.' } controls { control_id: '2500' reason: 'Falls.' }",
                     "decision.controls[1].control_id"},
        DecisionCase{"OverturnWithoutAControlsReason",
                     "kind: DECISION_KIND_OVERTURN reason: 'Because.' controls { control_id: "
                     "'2314' }",
                     "decision.controls[0].reason"},
        DecisionCase{"ReturnNamingNone", "kind: DECISION_KIND_RETURN reason: 'Because.'",
                     "decision.controls"},
        DecisionCase{"ReturnNamingAControlTwice",
                     "kind: DECISION_KIND_RETURN reason: 'Because.' controls { control_id: '2314' "
                     "reason: 'Why?' } controls { control_id: '2314' reason: 'Why?' }",
                     "decision.controls[1].control_id"}),
    CaseName<DecisionCase>);

}  // namespace
}  // namespace assay::refusals
