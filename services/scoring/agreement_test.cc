#include "services/scoring/agreement.h"

#include <functional>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "services/scoring/engine/evaluate.h"
#include "services/scoring/engine/testing/dcc_shape.h"
#include "services/scoring/second_evaluator/evaluate.h"
#include "services/scoring/second_evaluator/scheme.h"

namespace assay::scoring {
namespace {

// Level 1 with a Partially Met control, a Not Met one, an N/A and an override: B fails.
class AgreementTest : public ::testing::Test {
 protected:
  AgreementTest() {
    AssessmentInput input = AllMet(profile_);
    InputOf(input, "1100").theoretical.status = Status::kPartiallyMet;
    InputOf(input, "2314").theoretical.status = Status::kNotMet;
    MarkNotApplicable(InputOf(input, "1200"));
    MarkOverridden(InputOf(input, "2500"));
    const Record record = ToRecord(profile_, input);
    mine_ = Evaluate(profile_, record);
    second::Evaluate(second::Scheme(DccScheme(), "L1"), record, theirs_);
  }

  uint32_t IndexOf(std::string_view control) const { return profile_.FindControl(control).index; }

  const CompiledProfile profile_ = MustCompile(DccScheme(), "L1");
  Evaluation mine_;
  second::Result theirs_;
};

TEST_F(AgreementTest, SaysNothingWhenBothSayTheSame) {
  EXPECT_EQ(Disagreement(profile_, mine_, theirs_), std::nullopt);
}

TEST_F(AgreementTest, NamesWhatDiffers) {
  struct Case {
    std::string message;
    std::function<void(second::Result&)> change;
  };
  const uint32_t partial = IndexOf("1100");
  const Case cases[] = {
      {"control 1100: state 2 against 1",
       [&](auto& out) { out.items[partial].state = second::State::kMet; }},
      {"control 1100: open 0 against 1", [&](auto& out) { out.items[partial].open = true; }},
      {"control 1100: points 1 against 2", [&](auto& out) { out.items[partial].points = 2; }},
      {"control 1100: maximum 2 against 3", [&](auto& out) { out.items[partial].maximum = 3; }},
      {"control 4200: points 2 against 1", [&](auto& out) { out.items.back().points = 1; }},
      {"assessment: controls 101 against 100", [](auto& out) { out.items.pop_back(); }},
      {"assessment: objectives 5 against 6", [](auto& out) { out.objectives.emplace_back(); }},
      {"objective B: outcome 2 against 1",
       [](auto& out) { out.objectives[2].outcome = second::ObjectiveOutcome::kPassed; }},
      {"objective B: outcome 2 against 5",
       [](auto& out) { out.objectives[2].outcome = second::ObjectiveOutcome::kIncomplete; }},
      {"objective A: points 21 against 22", [](auto& out) { ++out.objectives[1].points; }},
      {"objective A: maximum 22 against 23", [](auto& out) { ++out.objectives[1].maximum; }},
      {"objective A: points needed 18 against 17",
       [](auto& out) { --out.objectives[1].points_needed; }},
      {"objective A: threshold reached 1 against 0",
       [](auto& out) { out.objectives[1].percentage_ok = false; }},
      {"objective B: none not met 0 against 1",
       [](auto& out) { out.objectives[2].any_not_met = false; }},
      {"objective B: not met check 0 against 1",
       [](auto& out) { out.objectives[2].not_met_ok = true; }},
      {"objective D: limit of single controls 1 against 0",
       [](auto& out) { out.objectives[4].item_shortfall_ok = false; }},
      {"objective B: fails the assessment 1 against 0",
       [](auto& out) { out.objectives[2].fails_assessment = false; }},
      {"verdict: outcome rule 1 against 0", [](auto& out) { out.outcome = 0; }},
      {"verdict: outcome rule 1 against -1", [](auto& out) { out.outcome = -1; }},
      {"verdict: outcome rule 1 against 99", [](auto& out) { out.outcome = 99; }},
      {"verdict: points 197 against 198", [](auto& out) { ++out.points; }},
      {"verdict: maximum 200 against 199", [](auto& out) { --out.maximum; }},
      {"verdict: score 197 against 0", [](auto& out) { out.score = 0; }},
      {"verdict: failed on anchor 0 against 1", [](auto& out) { out.failed_on_anchor = true; }},
      {"verdict: failed objectives [2] against [1,2]",
       [](auto& out) {
         out.failed_objectives = {1, 2};
       }},
      {"trigger 0: kind 2 against 1",
       [](auto& out) { out.triggers[0].kind = second::TriggerKind::kOverride; }},
      {"trigger 1: index " + std::to_string(IndexOf("2500")) + " against 0",
       [](auto& out) { out.triggers[1].index = 0; }},
      {"trigger 1: anchor 0 against 1", [](auto& out) { out.triggers[1].anchor = true; }},
      {"assessment: triggers 2 against 1", [](auto& out) { out.triggers.pop_back(); }},
      {"assessment: triggers 2 against 3", [](auto& out) { out.triggers.emplace_back(); }},
  };
  for (const Case& c : cases) {
    second::Result changed = theirs_;
    c.change(changed);
    EXPECT_EQ(Disagreement(profile_, mine_, changed), c.message);
  }
}

TEST_F(AgreementTest, SeesAVerdictWhoseKindIsNotThatOfItsOutcome) {
  mine_.verdict.outcome = VerdictOutcome::kPassed;
  EXPECT_EQ(Disagreement(profile_, mine_, theirs_), "verdict: outcome 1 against 2");
}

TEST_F(AgreementTest, ARuleThatIsOffChecksNothing) {
  SchemeDefinition scheme = DccScheme();
  scheme.rules.options.zero_point_rule = ZeroPointRule::kOff;
  const CompiledProfile profile = MustCompile(scheme, "L1");
  AssessmentInput input = AllMet(profile);
  InputOf(input, "2314").theoretical.status = Status::kNotMet;
  const Record record = ToRecord(profile, input);
  const Evaluation mine = Evaluate(profile, record);
  second::Evaluate(second::Scheme(scheme, "L1"), record, theirs_);
  EXPECT_EQ(Disagreement(profile, mine, theirs_), std::nullopt);
  theirs_.objectives[2].not_met_ok = false;
  EXPECT_EQ(Disagreement(profile, mine, theirs_), "objective B: not met check 1 against 0");
}

}  // namespace
}  // namespace assay::scoring
