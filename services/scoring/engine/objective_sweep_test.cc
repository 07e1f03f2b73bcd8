// Every state an objective of 1 to 98 controls can be in (98 is the largest of the real scheme),
// against a second evaluator written by someone else from the prose of the rule.

#include <vector>

#include <gtest/gtest.h>

#include "services/scoring/engine/objective.h"
#include "services/scoring/engine/tally.h"
#include "services/scoring/testing/naive_objective.h"

namespace assay::scoring {
namespace {

constexpr int kLargestObjective = 98;
constexpr int64_t kStates = 4'249'574;  // Sum over n of C(n + 3, 3).

bool Agree(const ObjectiveScore& mine, const NaiveObjectiveResult& naive) {
  if ((mine.scored > 0) != naive.scored) {
    return false;
  }
  return !naive.scored ||
         (mine.points == naive.points && mine.maximum == naive.maximum &&
          mine.percentage_ok == naive.percentage_ok &&
          mine.no_zero_point_control == naive.no_zero_point_control &&
          mine.passes == naive.passes && mine.percentage_ok == (mine.points >= mine.points_needed));
}

// Without rule 6b an objective passes exactly when its percentage does.
bool AgreeWithoutZeroPointRule(const ObjectiveScore& mine, const NaiveObjectiveResult& naive) {
  return !naive.scored || (mine.passes == naive.percentage_ok && mine.points == naive.points &&
                           mine.no_zero_point_control == naive.no_zero_point_control);
}

// Of `count` controls in one state, as the engine adds them up.
std::vector<Tally> TalliesOf(ControlState state, int32_t points) {
  ControlResult control;
  control.state = state;
  control.points = points;
  control.maximum = state == ControlState::kNotApplicable ? 0 : 2;
  std::vector<Tally> tallies(1);
  for (int n = 1; n <= kLargestObjective; ++n) {
    Tally next = tallies.back();
    next += Tally(control);
    tallies.push_back(next);
  }
  return tallies;
}

// The engine's way from controls to an objective: tallies, then the rule over their sums.
class Objectives {
 public:
  ObjectiveScore Score(int met, int partial, int not_met, int not_applicable, int threshold,
                       ZeroPointRule rule) const {
    Tally sum = met_[static_cast<size_t>(met)];
    sum += partial_[static_cast<size_t>(partial)];
    sum += not_met_[static_cast<size_t>(not_met)];
    sum += not_applicable_[static_cast<size_t>(not_applicable)];
    ObjectiveScore score = ScoreObjective({.points = sum.points(),
                                           .maximum = sum.maximum(),
                                           .not_met = sum.CountOf(ControlState::kNotMet)},
                                          threshold, rule);
    score.scored = sum.scored();
    return score;
  }

 private:
  const std::vector<Tally> met_ = TalliesOf(ControlState::kMet, 2);
  const std::vector<Tally> partial_ = TalliesOf(ControlState::kPartiallyMet, 1);
  const std::vector<Tally> not_met_ = TalliesOf(ControlState::kNotMet, 0);
  const std::vector<Tally> not_applicable_ = TalliesOf(ControlState::kNotApplicable, 0);
};

void SweepAt(int threshold, ZeroPointRule rule) {
  const Objectives objectives;
  int64_t states = 0;
  int64_t disagreements = 0;
  for (int n = 1; n <= kLargestObjective; ++n) {
    for (int met = 0; met <= n; ++met) {
      for (int partial = 0; partial <= n - met; ++partial) {
        for (int not_met = 0; not_met <= n - met - partial; ++not_met) {
          const int not_applicable = n - met - partial - not_met;
          const ObjectiveScore mine =
              objectives.Score(met, partial, not_met, not_applicable, threshold, rule);
          const NaiveObjectiveResult naive =
              NaiveObjective(met, partial, not_met, not_applicable, threshold);
          ++states;
          const bool agree = rule == ZeroPointRule::kOn ? Agree(mine, naive)
                                                        : AgreeWithoutZeroPointRule(mine, naive);
          if (!agree && ++disagreements <= 5) {
            ADD_FAILURE() << "disagree at met " << met << ", partial " << partial << ", not met "
                          << not_met << ", not applicable " << not_applicable << ", threshold "
                          << threshold;
          }
        }
      }
    }
  }
  EXPECT_EQ(states, kStates);
  EXPECT_EQ(disagreements, 0);
}

TEST(ObjectiveSweepTest, AgreesWithTheSecondEvaluatorInEveryStateAtEightyPercent) {
  SweepAt(80, ZeroPointRule::kOn);
}

TEST(ObjectiveSweepTest, AgreesWithTheSecondEvaluatorInEveryStateAtAHundredPercent) {
  SweepAt(100, ZeroPointRule::kOn);
}

TEST(ObjectiveSweepTest, WithoutTheZeroPointRuleOnlyThePercentageCountsInEveryState) {
  SweepAt(80, ZeroPointRule::kOff);
}

}  // namespace
}  // namespace assay::scoring
