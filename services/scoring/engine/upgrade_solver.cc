#include "services/scoring/engine/upgrade_solver.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "services/scoring/engine/upgrade_table.h"

namespace assay::scoring {
namespace {

// No rung gains more than the one below it.
bool IsConcave(const StepProblem& problem) {
  for (const StepLadder& ladder : problem.ladders) {
    for (uint32_t k = 1; k < ladder.count; ++k) {
      if (problem.gains[ladder.first + k] > problem.gains[ladder.first + k - 1]) return false;
    }
  }
  return true;
}

bool IsMissingNothing(const StepProblem& problem) {
  return problem.missing <= 0 &&
         std::all_of(problem.groups.begin(), problem.groups.end(),
                     [](const StepGroup& group) { return group.missing <= 0; });
}

// Concave ladders only: the largest gain first, of equal ones the first ladder. Per ladder that
// order is from the lowest rung up, so whatever is taken from its front can be taken.
class GreedySolver {
 public:
  explicit GreedySolver(const StepProblem& problem) : problem_(problem) {
    steps_.reserve(problem.gains.size());
    for (uint32_t g = 0; g < problem.groups.size(); ++g) {
      const StepGroup& group = problem.groups[g];
      for (uint32_t l = group.first_ladder; l < group.first_ladder + group.ladder_count; ++l) {
        const StepLadder& ladder = problem.ladders[l];
        for (uint32_t k = 0; k < ladder.count; ++k) {
          steps_.push_back({problem.gains[ladder.first + k], g, l, static_cast<int32_t>(k)});
        }
      }
    }
    std::stable_sort(steps_.begin(), steps_.end(),
                     [](const Step& a, const Step& b) { return a.gain > b.gain; });
  }

  std::optional<int32_t> Fewest(const StepCap& cap = {}, std::vector<int32_t>* taken = nullptr) {
    gained_.assign(problem_.groups.size(), 0);
    int32_t count = 0;
    int32_t total = 0;
    // First what each group needs by itself: its best steps, whatever else is taken.
    for (const Step& step : steps_) {
      if (gained_[step.group] >= problem_.groups[step.group].missing ||
          cap.Bars(step.ladder, step.rung))
        continue;
      Take(step, count, total, taken);
      gained_[step.group] += step.gain;
    }
    for (size_t g = 0; g < gained_.size(); ++g) {
      if (gained_[g] < problem_.groups[g].missing) return std::nullopt;
    }
    if (total >= problem_.missing) return count;
    // Then the best of what is left, wherever it is.
    gained_.assign(problem_.groups.size(), 0);
    for (const Step& step : steps_) {
      if (total >= problem_.missing) break;
      if (cap.Bars(step.ladder, step.rung)) continue;
      if (gained_[step.group] < problem_.groups[step.group].missing) {
        gained_[step.group] += step.gain;  // Taken above.
      } else {
        Take(step, count, total, taken);
      }
    }
    if (total < problem_.missing) return std::nullopt;
    return count;
  }

 private:
  struct Step {
    int32_t gain;
    uint32_t group;
    uint32_t ladder;
    int32_t rung;
  };

  static void Take(const Step& step, int32_t& count, int32_t& total, std::vector<int32_t>* taken) {
    ++count;
    total += step.gain;
    if (taken != nullptr) ++(*taken)[step.ladder];
  }

  const StepProblem& problem_;
  std::vector<Step> steps_;
  std::vector<int32_t> gained_;  // By group.
};

// The least number of steps on each ladder of the plan with which its length can still be had.
template <typename FewestWithCap>
void FindRequired(StepPlan& plan, FewestWithCap fewest) {
  for (uint32_t l = 0; l < plan.taken.size(); ++l) {
    int32_t least = 0;
    int32_t enough = plan.taken[l];  // With `enough` steps it can be had, with least - 1 it cannot.
    while (least < enough) {
      const int32_t middle = least + (enough - least) / 2;
      if (fewest(StepCap{l, middle}) == plan.steps) {
        enough = middle;
      } else {
        least = middle + 1;
      }
    }
    plan.required[l] = least;
  }
}

// `per_solve`: what one call of FindRequired's `fewest` works through.
bool RequirementsAffordable(const StepPlan& plan, int64_t per_solve) {
  int64_t solves = 0;
  for (const int32_t taken : plan.taken) solves += std::bit_width(static_cast<uint32_t>(taken));
  return solves * per_solve <= kMaxRequirementWork;
}

}  // namespace

bool IsAffordable(const StepProblem& problem) {
  return problem.gains.size() <= kMaxTableSteps || IsMissingNothing(problem) || IsConcave(problem);
}

std::optional<int32_t> FewestSteps(const StepProblem& problem) {
  if (IsMissingNothing(problem)) return 0;
  return IsConcave(problem) ? GreedySolver(problem).Fewest() : FewestByTable(problem);
}

std::optional<StepPlan> ShortestPlan(const StepProblem& problem) {
  const int64_t steps = static_cast<int64_t>(problem.gains.size());
  StepPlan plan;
  plan.taken.assign(problem.ladders.size(), 0);
  plan.required.assign(problem.ladders.size(), 0);
  if (IsMissingNothing(problem)) return plan;
  if (IsConcave(problem)) {
    GreedySolver solver(problem);
    const std::optional<int32_t> fewest = solver.Fewest({}, &plan.taken);
    if (!fewest.has_value()) return std::nullopt;
    plan.steps = *fewest;
    if (RequirementsAffordable(plan, steps)) {
      FindRequired(plan, [&solver](const StepCap& cap) { return solver.Fewest(cap); });
    }
    return plan;
  }
  std::optional<std::vector<int32_t>> taken = PlanByTable(problem);
  if (!taken.has_value()) return std::nullopt;
  plan.taken = *std::move(taken);
  for (const int32_t count : plan.taken) plan.steps += count;
  if (RequirementsAffordable(plan, steps * steps)) {
    FindRequired(plan, [&problem](const StepCap& cap) { return FewestByTable(problem, cap); });
  }
  return plan;
}

}  // namespace assay::scoring
