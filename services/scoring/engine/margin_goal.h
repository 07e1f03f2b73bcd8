// What a pass asks for: shared by the two ways of working out margins (margin.cc, margin_steps.cc).

#ifndef ASSAY_SERVICES_SCORING_ENGINE_MARGIN_GOAL_H_
#define ASSAY_SERVICES_SCORING_ENGINE_MARGIN_GOAL_H_

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "services/scoring/engine/margin.h"

namespace assay::scoring {

struct Goal {
  uint32_t first_objective = 0;
  uint32_t end_objective = 0;
  const CompiledOutcome* target = nullptr;  // Null: the goal is that the one objective passes.
};

Goal GoalOfObjective(uint32_t objective);
// The target of margin.h; nullopt when the profile has none.
std::optional<Goal> GoalOfAssessment(const CompiledProfile& profile);

bool MustPass(const CompiledProfile& profile, const Goal& goal, uint32_t objective);

// Whether an objective of which nothing is scored fails.
bool FailsEmpty(const CompiledProfile& profile, uint32_t objective);

// The fewest points that reach `percent` of `maximum`.
int32_t PointsNeeded(int32_t percent, int32_t maximum);
// What the target asks of the total; 0 without target.
int32_t TotalNeeded(const Goal& goal, int32_t maximum);

// A control that is out of the scored set has no steps. Its points do not matter.
inline bool IsScored(const ControlResult& result) {
  return result.state != ControlState::kNotApplicable;
}
// Blank counts as Not Met.
inline bool IsNotMet(const ControlResult& result) {
  return result.state == ControlState::kNotMet || result.state == ControlState::kBlank;
}

// Of two numbers of steps, each possibly kUnreachable.
inline int32_t FewerOf(int32_t a, int32_t b) {
  if (a == kUnreachable) return b;
  return b == kUnreachable ? a : std::min(a, b);
}

// The margin of a goal for scales and conditions of every kind.
Margin MarginBySteps(const CompiledProfile& profile, const std::vector<ControlResult>& controls,
                     const Goal& goal, WantPath want_path);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_MARGIN_GOAL_H_
