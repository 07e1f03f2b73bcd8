// Margins by looking at every control's marks: for all scales and all conditions.

#include <algorithm>
#include <cstddef>
#include <utility>

#include "services/scoring/engine/margin_goal.h"
#include "services/scoring/engine/upgrade_solver.h"

namespace assay::scoring {
namespace {

constexpr int32_t kNoBound = INT32_MIN;

// Steps up until a control has at least `bound` points; at the top they end.
struct Climb {
  int32_t steps = 0;
  int32_t points = 0;  // Where it then stands.
};

Climb ClimbTo(const CompiledScale& scale, int32_t points, int32_t bound) {
  Climb climb{0, points};
  for (size_t k = scale.marks.size(); k-- > 0 && climb.points < bound;) {
    if (scale.marks[k].points <= climb.points) continue;
    climb.points = scale.marks[k].points;
    ++climb.steps;
  }
  return climb;
}

// Steps down until a control has fewer than `bound` points; kUnreachable when its scale ends
// before.
int32_t StepsBelow(const CompiledScale& scale, int32_t points, int32_t bound) {
  int32_t steps = 0;
  for (const Mark& mark : scale.marks) {
    if (mark.points >= points) continue;
    points = mark.points;
    ++steps;
    if (points < bound) return steps;
  }
  return kUnreachable;
}

// Of a control that is not Not Met.
int32_t StepsToNotMet(const CompiledScale& scale, int32_t points) {
  int32_t steps = 0;
  for (const Mark& mark : scale.marks) {
    if (mark.points >= points) continue;
    points = mark.points;
    ++steps;
  }
  // The mark it came to is the last, unless several have the least points.
  const bool shared = scale.marks[scale.marks.size() - 2].points == scale.minimum();
  return steps == 0 || shared ? steps + 1 : steps;
}

// What every step of a control gains, lowest first, from `points` up.
void AppendGains(const CompiledScale& scale, int32_t points, std::vector<int32_t>& gains) {
  for (size_t k = scale.marks.size(); k-- > 0;) {
    if (scale.marks[k].points <= points) continue;
    gains.push_back(scale.marks[k].points - points);
    points = scale.marks[k].points;
  }
}

// What every step of a control loses, from `points` down.
void AppendLosses(const CompiledScale& scale, int32_t points, std::vector<int32_t>& losses) {
  for (const Mark& mark : scale.marks) {
    if (mark.points >= points) continue;
    losses.push_back(points - mark.points);
    points = mark.points;
  }
}

struct Sums {
  int32_t scored = 0;
  int32_t points = 0;
  int32_t maximum = 0;

  void operator+=(const Sums& other) {
    scored += other.scored;
    points += other.points;
    maximum += other.maximum;
  }
};

class StepMargin {
 public:
  StepMargin(const CompiledProfile& profile, const std::vector<ControlResult>& controls,
             const Goal& goal)
      : profile_(profile), controls_(controls), goal_(goal) {}

  Margin Compute(WantPath want_path) {
    CollectUpgrades();
    Margin margin = PointMargins();
    if (asked_too_much_) margin.upgrades_to_pass = kUnreachable;
    if (margin.upgrades_to_pass == kUnreachable) return margin;
    if (!IsAffordable(upgrades_)) return {.known = false};
    if (want_path == WantPath::kNo) {
      const std::optional<int32_t> beyond = FewestSteps(upgrades_);
      margin.upgrades_to_pass = beyond.has_value() ? asked_steps_ + *beyond : kUnreachable;
    } else if (const std::optional<StepPlan> plan = ShortestPlan(upgrades_); plan.has_value()) {
      margin.upgrades_to_pass = asked_steps_ + plan->steps;
      margin.path = PathOf(*plan);
    } else {
      margin.upgrades_to_pass = kUnreachable;
    }
    if (margin.upgrades_to_pass == 0) margin.downgrades_to_fail = Downgrades();
    return losses_affordable_ ? margin : Margin{.known = false};
  }

 private:
  // The steps that are asked of a control alone.
  struct Asked {
    uint32_t control = 0;
    Climb climb;
  };

  // Adds what lies between a control and the points that are asked of it alone; the steps beyond
  // are left to the solver.
  void CollectControl(uint32_t control, bool must_pass, Sums& sums, int32_t& gained) {
    const ControlResult& result = controls_[control];
    const CompiledScale& scale = profile_.ScaleOf(control);
    Climb climb{0, result.points};
    StepLadder ladder{.first = static_cast<uint32_t>(upgrades_.gains.size())};
    if (IsScored(result)) {
      const int32_t least = LeastPoints(control, must_pass);
      climb = ClimbTo(scale, result.points, least);
      asked_steps_ += climb.steps;
      asked_too_much_ |= climb.points < least;
    }
    if (IsScored(result) && profile_.controls()[control].counts) {
      sums += {1, result.points, scale.maximum()};
      gained += climb.points - result.points;
      AppendGains(scale, climb.points, upgrades_.gains);
      ladder.count = static_cast<uint32_t>(upgrades_.gains.size()) - ladder.first;
    }
    asked_.push_back({control, climb});
    upgrades_.ladders.push_back(ladder);
  }

  // The points below which a control alone keeps the goal from holding.
  int32_t LeastPoints(uint32_t control, bool must_pass) const {
    int32_t least = LeastOfTarget(control);
    const CompiledControl& of = profile_.controls()[control];
    if (!must_pass || !of.counts) return least;
    const CompiledScale& scale = profile_.ScaleOf(control);
    least = std::max(least, LeastOfObjective(of.objective, scale));
    if (ZeroPointRuleOn() && IsNotMet(controls_[control])) {
      least = std::max(least, scale.minimum() + 1);
    }
    return least;
  }

  int32_t LeastOfTarget(uint32_t control) const {
    const bool none = goal_.target == nullptr || goal_.target->least_points.empty();
    return none ? kNoBound : goal_.target->least_points[control];
  }

  int32_t LeastOfObjective(uint32_t objective, const CompiledScale& scale) const {
    const int32_t limit = profile_.objectives()[objective].item_shortfall_at_most;
    return limit == kNoLimit ? kNoBound : scale.maximum() - limit;
  }

  bool ZeroPointRuleOn() const { return profile_.rules().zero_point_rule == ZeroPointRule::kOn; }

  // Fills upgrades_, asked_ and sums_. `missing` of groups and the whole is what is still missing
  // when every control has the points that are asked of it alone.
  void CollectUpgrades() {
    int32_t gained_in_all = 0;
    for (uint32_t o = goal_.first_objective; o < goal_.end_objective; ++o) {
      const CompiledObjective& objective = profile_.objectives()[o];
      const bool must_pass = MustPass(profile_, goal_, o);
      Sums sums;
      int32_t gained = 0;
      StepGroup group{.first_ladder = static_cast<uint32_t>(upgrades_.ladders.size()),
                      .ladder_count = objective.control_count};
      for (uint32_t k = 0; k < objective.control_count; ++k) {
        CollectControl(objective.first_control + k, must_pass, sums, gained);
      }
      if (must_pass) group.missing = Needed(o, sums) - sums.points - gained;
      upgrades_.groups.push_back(group);
      sums_.push_back(sums);
      all_ += sums;
      gained_in_all += gained;
    }
    upgrades_.missing = TotalNeeded(goal_, all_.maximum) - all_.points - gained_in_all;
  }

  int32_t Needed(uint32_t objective, const Sums& sums) const {
    return PointsNeeded(profile_.objectives()[objective].threshold_percent, sums.maximum);
  }

  // Missing and spare points; kUnreachable when an objective in which nothing is scored fails.
  Margin PointMargins() const {
    Margin margin;
    int32_t spare = all_.points - TotalNeeded(goal_, all_.maximum);
    int32_t missing = 0;
    bool below = spare < 0;
    for (uint32_t o = goal_.first_objective; o < goal_.end_objective; ++o) {
      if (!MustPass(profile_, goal_, o)) continue;
      const Sums& sums = sums_[o - goal_.first_objective];
      if (sums.scored == 0) {
        if (FailsEmpty(profile_, o)) margin.upgrades_to_pass = kUnreachable;
        continue;
      }
      const int32_t over = sums.points - Needed(o, sums);
      missing += std::max(0, -over);
      below = below || over < 0;
      spare = std::min(spare, over);
    }
    margin.points_missing = std::max(missing, TotalNeeded(goal_, all_.maximum) - all_.points);
    margin.points_spare = below ? 0 : std::max(0, spare);
    return margin;
  }

  std::vector<ControlUpgrade> PathOf(const StepPlan& plan) const {
    std::vector<ControlUpgrade> path;
    for (uint32_t l = 0; l < plan.taken.size(); ++l) {
      const auto& [control, climb] = asked_[l];
      const int32_t steps = climb.steps + plan.taken[l];
      if (steps == 0) continue;
      int32_t to = climb.points;
      for (uint32_t k = 0; k < static_cast<uint32_t>(plan.taken[l]); ++k) {
        to += upgrades_.gains[upgrades_.ladders[l].first + k];
      }
      path.push_back({.control = control,
                      .steps = steps,
                      .required_steps = climb.steps + plan.required[l],
                      .from_points = controls_[control].points,
                      .to_points = to});
    }
    return path;
  }

  // A pass is lost by the first of its conditions that fails, and each is cheapest to lose alone.
  int32_t Downgrades() {
    int32_t fewest = kUnreachable;
    StepProblem all;
    for (uint32_t o = goal_.first_objective; o < goal_.end_objective; ++o) {
      const Sums& sums = sums_[o - goal_.first_objective];
      const bool must_pass = MustPass(profile_, goal_, o);
      StepProblem losses;
      const CompiledObjective& objective = profile_.objectives()[o];
      const uint32_t end = objective.first_control + objective.control_count;
      for (uint32_t c = objective.first_control; c < end; ++c) {
        if (!IsScored(controls_[c])) continue;
        fewest = FewerOf(fewest, DowngradesOfControl(c, must_pass));
        if (!profile_.controls()[c].counts) continue;
        if (must_pass) AddLosses(c, losses);
        if (goal_.target != nullptr) AddLosses(c, all);
      }
      if (must_pass && sums.scored > 0) {
        fewest = FewerOf(fewest, StepsToLose(losses, sums.points - Needed(o, sums) + 1));
      }
    }
    const int32_t needed = TotalNeeded(goal_, all_.maximum);
    if (needed > 0) fewest = FewerOf(fewest, StepsToLose(all, all_.points - needed + 1));
    return fewest;
  }

  // Until the control alone breaks a condition on single controls.
  int32_t DowngradesOfControl(uint32_t control, bool must_pass) const {
    const CompiledScale& scale = profile_.ScaleOf(control);
    const CompiledControl& of = profile_.controls()[control];
    const int32_t points = controls_[control].points;
    int32_t least = LeastOfTarget(control);
    const bool of_objective = must_pass && of.counts;
    if (of_objective) least = std::max(least, LeastOfObjective(of.objective, scale));
    int32_t fewest = StepsBelow(scale, points, least);
    if (of_objective && ZeroPointRuleOn()) {
      fewest = FewerOf(fewest, StepsToNotMet(scale, points));
    }
    return fewest;
  }

  void AddLosses(uint32_t control, StepProblem& losses) const {
    StepLadder ladder{.first = static_cast<uint32_t>(losses.gains.size())};
    AppendLosses(profile_.ScaleOf(control), controls_[control].points, losses.gains);
    ladder.count = static_cast<uint32_t>(losses.gains.size()) - ladder.first;
    losses.ladders.push_back(ladder);
  }

  int32_t StepsToLose(StepProblem& losses, int32_t points) {
    losses.groups = {{.first_ladder = 0,
                      .ladder_count = static_cast<uint32_t>(losses.ladders.size()),
                      .missing = points}};
    if (!IsAffordable(losses)) {
      losses_affordable_ = false;
      return kUnreachable;
    }
    return FewestSteps(losses).value_or(kUnreachable);
  }

  const CompiledProfile& profile_;
  const std::vector<ControlResult>& controls_;
  const Goal& goal_;
  std::vector<Asked> asked_;  // By ladder of upgrades_.
  int32_t asked_steps_ = 0;
  bool asked_too_much_ = false;  // More than the best mark has.
  StepProblem upgrades_;         // The steps beyond; one group for each objective.
  bool losses_affordable_ = true;
  std::vector<Sums> sums_;  // By objective, from the first of the goal on.
  Sums all_;
};

}  // namespace

Margin MarginBySteps(const CompiledProfile& profile, const std::vector<ControlResult>& controls,
                     const Goal& goal, WantPath want_path) {
  return StepMargin(profile, controls, goal).Compute(want_path);
}

}  // namespace assay::scoring
