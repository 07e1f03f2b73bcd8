// StepProblem solved by tables of the most points that each number of steps can gain: for ladders
// on which a small gain must be taken to come to a larger one. Exact for every problem.
//
// Time grows with the square of the number of steps, space linearly (in planning: with its power of
// three halves). Used by upgrade_solver.h alone.

#ifndef ASSAY_SERVICES_SCORING_ENGINE_UPGRADE_TABLE_H_
#define ASSAY_SERVICES_SCORING_ENGINE_UPGRADE_TABLE_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "services/scoring/engine/upgrade_solver.h"

namespace assay::scoring {

// Takes at most `steps` steps on one ladder. By default on none.
struct StepCap {
  uint32_t ladder = UINT32_MAX;
  int32_t steps = 0;

  bool Bars(uint32_t of_ladder, int32_t rung) const { return of_ladder == ladder && rung >= steps; }
};

// As FewestSteps(), within the cap.
std::optional<int32_t> FewestByTable(const StepProblem& problem, const StepCap& cap = {});

// The steps by ladder of the plan that ShortestPlan() describes.
std::optional<std::vector<int32_t>> PlanByTable(const StepProblem& problem);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_UPGRADE_TABLE_H_
