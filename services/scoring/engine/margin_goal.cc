#include "services/scoring/engine/margin_goal.h"

#include <algorithm>

#include "services/scoring/engine/objective.h"

namespace assay::scoring {

Goal GoalOfObjective(uint32_t objective) {
  return {.first_objective = objective, .end_objective = objective + 1};
}

std::optional<Goal> GoalOfAssessment(const CompiledProfile& profile) {
  for (const OutcomeKind kind : {OutcomeKind::kPassed, OutcomeKind::kConditional}) {
    for (const CompiledOutcome& outcome : profile.outcomes()) {
      if (outcome.kind != kind) continue;
      return Goal{.first_objective = 0,
                  .end_objective = static_cast<uint32_t>(profile.objectives().size()),
                  .target = &outcome};
    }
  }
  return std::nullopt;
}

bool MustPass(const CompiledProfile& profile, const Goal& goal, uint32_t objective) {
  if (goal.target == nullptr) return true;
  const CompiledObjective& of = profile.objectives()[objective];
  return of.anchor || (of.mandatory && goal.target->objectives_pass);
}

bool FailsEmpty(const CompiledProfile& profile, uint32_t objective) {
  return profile.objectives()[objective].counting_count > 0 &&
         profile.rules().all_not_applicable == AllNotApplicable::kFail;
}

int32_t PointsNeeded(int32_t percent, int32_t maximum) {
  return ScoreObjective({.maximum = maximum}, percent, ZeroPointRule::kOff).points_needed;
}

int32_t TotalNeeded(const Goal& goal, int32_t maximum) {
  if (goal.target == nullptr) return 0;
  int32_t needed =
      std::max(PointsNeeded(goal.target->percent_at_least, maximum), goal.target->points_at_least);
  if (goal.target->shortfall_at_most != kNoLimit) {
    needed = std::max(needed, maximum - goal.target->shortfall_at_most);
  }
  return needed;
}

}  // namespace assay::scoring
