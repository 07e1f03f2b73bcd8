// The fewest steps that gain enough points: the arithmetic beneath margins (margin.h), without any
// notion of controls or schemes.
//
// Ladders stand in groups. A step takes one rung of one ladder, lowest first, and gains its points.
// Wanted is the least number of steps such that every group gains what it misses and all of them
// together gain what the whole misses.
//
// Exact. Where no rung of a ladder gains more than the one below it (every scale of
// equal steps, and most others) taking the largest gains first is the optimum and costs one sort.
// Otherwise a table of the most points for every number of steps is made (upgrade_table.h), whose
// work grows with the square of the steps: IsAffordable() says up to where that is worth it.
//
// All functions are total and without state.

#ifndef ASSAY_SERVICES_SCORING_ENGINE_UPGRADE_SOLVER_H_
#define ASSAY_SERVICES_SCORING_ENGINE_UPGRADE_SOLVER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace assay::scoring {

struct StepLadder {
  uint32_t first = 0;  // Its slice of StepProblem::gains; may be empty.
  uint32_t count = 0;
};

struct StepGroup {
  uint32_t first_ladder = 0;  // Its slice of StepProblem::ladders.
  uint32_t ladder_count = 0;
  int32_t missing = 0;  // Points it must gain; 0 or less: none.
};

struct StepProblem {
  std::vector<int32_t> gains;  // Of single steps, each 1 or more; their sum fits int32_t.
  std::vector<StepLadder> ladders;
  std::vector<StepGroup> groups;  // Side by side; together all ladders.
  int32_t missing = 0;            // Points all groups must gain together; 0 or less: none.
};

struct StepPlan {
  int32_t steps = 0;           // In all.
  std::vector<int32_t> taken;  // By ladder.
  // By ladder: how many of `taken` every plan of `steps` steps takes.
  std::vector<int32_t> required;
};

// Rungs of a problem that needs a table: some milliseconds. Enough for 700 controls of three marks.
inline constexpr size_t kMaxTableSteps = 1'400;

// What may be spent on StepPlan::required, in steps or table cells looked at: some milliseconds. It
// is enough for 700 controls of three marks with equal steps, and for some 45 controls of four
// marks that need a table. Beyond it `required` is 0 throughout; everything else stays exact.
inline constexpr int64_t kMaxRequirementWork = 2'000'000;

// Whether the problem is solved in bounded time. The others are solved as well by the functions
// below, in up to minutes.
bool IsAffordable(const StepProblem& problem);

// nullopt: all steps together are not enough.
std::optional<int32_t> FewestSteps(const StepProblem& problem);

// Of the plans with fewest steps, the one that gains the most points; of those, the one that takes
// the most steps in the first group, then in the second and so on; of those, the one that takes the
// most steps on the first ladder, and so on. nullopt as FewestSteps().
std::optional<StepPlan> ShortestPlan(const StepProblem& problem);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_UPGRADE_SOLVER_H_
