#include "services/scoring/engine/margin.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "services/scoring/engine/margin_goal.h"

namespace assay::scoring {
namespace {

// The points that every control of a profile may have: `minimum`, and `height` more one by one.
struct UnitScale {
  int32_t height = 0;
  int32_t minimum = 0;
};

constexpr size_t kMaxUnitMarks = 3;  // With more, the distance to Not Met is not seen in counts.

// nullopt: scales are of other kinds, or the profile limits single controls.
std::optional<UnitScale> UnitScaleOf(const CompiledProfile& profile) {
  if (profile.scales().empty() || profile.has_item_limits()) return std::nullopt;
  const std::vector<Mark>& first = profile.scales().front().marks;
  if (first.size() > kMaxUnitMarks) return std::nullopt;
  for (const CompiledScale& scale : profile.scales()) {
    if (scale.marks.size() != first.size() || scale.maximum() != first.front().points) {
      return std::nullopt;
    }
    for (size_t k = 1; k < scale.marks.size(); ++k) {
      if (scale.marks[k - 1].points - scale.marks[k].points != 1) return std::nullopt;
    }
  }
  return UnitScale{static_cast<int32_t>(first.size()) - 1, first.back().points};
}

bool LimitsTotal(const CompiledOutcome& outcome) {
  return outcome.percent_at_least > 0 || outcome.points_at_least > 0 ||
         outcome.shortfall_at_most != kNoLimit;
}

// What separates an objective of unit scales from its pass.
struct UnitNeeds {
  int32_t needed = 0;       // Points.
  int32_t off_not_met = 0;  // Steps, each of another control.
  int32_t beyond = 0;       // Steps beyond those, on any control.
};

UnitNeeds NeedsOf(const CompiledProfile& profile, uint32_t objective, const Tally& tally) {
  UnitNeeds needs;
  needs.needed = PointsNeeded(profile.objectives()[objective].threshold_percent, tally.maximum());
  if (profile.rules().zero_point_rule == ZeroPointRule::kOn) {
    needs.off_not_met = tally.CountOf(ControlState::kNotMet) + tally.CountOf(ControlState::kBlank);
  }
  needs.beyond = std::max(0, needs.needed - tally.points() - needs.off_not_met);
  return needs;
}

int32_t UnitDowngrades(const CompiledProfile& profile, const UnitScale& scale, const Tally& tally,
                       int32_t needed) {
  int32_t fewest = tally.points() - needed + 1;  // Below the pass mark.
  if (fewest > tally.points() - tally.scored() * scale.minimum) fewest = kUnreachable;
  if (profile.rules().zero_point_rule == ZeroPointRule::kOff) return fewest;
  // One control to Not Met; a pass has none there.
  const int32_t nearest = tally.CountOf(ControlState::kPartiallyMet) > 0 ? 1 : scale.height;
  return fewest == kUnreachable ? nearest : std::min(fewest, nearest);
}

// Sets all of `margin` but empties the path, whose memory stays.
void SetUnitMargin(const CompiledProfile& profile, const UnitScale& scale, uint32_t objective,
                   const Tally& tally, Margin& margin) {
  margin.path.clear();
  margin = {.path = std::move(margin.path)};
  if (tally.scored() == 0) {
    if (FailsEmpty(profile, objective)) margin.upgrades_to_pass = kUnreachable;
    return;
  }
  const UnitNeeds needs = NeedsOf(profile, objective, tally);
  margin.upgrades_to_pass = needs.off_not_met + needs.beyond;
  margin.points_missing = std::max(0, needs.needed - tally.points());
  margin.points_spare = std::max(0, tally.points() - needs.needed);
  if (margin.upgrades_to_pass == 0) {
    margin.downgrades_to_fail = UnitDowngrades(profile, scale, tally, needs.needed);
  }
}

// All steps gain one point, so those beyond Not Met go to the first controls that have room; one of
// them is required where the others have not room enough without it.
void AppendUnitPath(const CompiledProfile& profile, const std::vector<ControlResult>& controls,
                    uint32_t objective, const Tally& tally, std::vector<ControlUpgrade>& path) {
  const UnitNeeds needs = NeedsOf(profile, objective, tally);
  const int32_t room = tally.maximum() - tally.points() - needs.off_not_met;
  int32_t left = needs.beyond;
  const CompiledObjective& of = profile.objectives()[objective];
  const uint32_t end = of.first_control + of.control_count;
  for (uint32_t c = of.first_control; c < end; ++c) {
    const ControlResult& result = controls[c];
    if (!profile.controls()[c].counts || !IsScored(result)) continue;
    const int32_t off_not_met = needs.off_not_met > 0 && IsNotMet(result) ? 1 : 0;
    const int32_t own_room = result.maximum - result.points - off_not_met;
    const int32_t beyond = std::min(left, own_room);
    left -= beyond;
    const int32_t steps = off_not_met + beyond;
    if (steps == 0) continue;
    path.push_back({.control = c,
                    .steps = steps,
                    .required_steps = off_not_met + std::max(0, needs.beyond - (room - own_room)),
                    .from_points = result.points,
                    .to_points = result.points + steps});
  }
}

// Objectives of an assessment without conditions on its total have nothing to do with each other.
void CombineUnitMargins(const CompiledProfile& profile, const Goal& goal, const Tallies& tallies,
                        const std::vector<Margin>& objectives, Margin& margin) {
  margin.path.clear();
  margin = {.path = std::move(margin.path)};
  bool unreachable = false;
  int32_t points = 0;  // What can be lost where no objective must pass.
  int32_t spare = INT32_MAX;
  for (uint32_t o = 0; o < objectives.size(); ++o) {
    points += tallies.objectives[o].points();
    if (!MustPass(profile, goal, o)) continue;
    const Margin& objective = objectives[o];
    unreachable |= objective.upgrades_to_pass == kUnreachable;
    margin.upgrades_to_pass += objective.upgrades_to_pass;
    margin.points_missing += objective.points_missing;
    margin.downgrades_to_fail = FewerOf(margin.downgrades_to_fail, objective.downgrades_to_fail);
    margin.path.insert(margin.path.end(), objective.path.begin(), objective.path.end());
    if (tallies.objectives[o].scored() > 0) spare = std::min(spare, objective.points_spare);
  }
  margin.points_spare = margin.points_missing > 0 ? 0 : std::min(spare, points);
  if (unreachable) {
    margin.upgrades_to_pass = kUnreachable;
    margin.path.clear();
  }
  if (margin.upgrades_to_pass != 0) margin.downgrades_to_fail = kUnreachable;
}

}  // namespace

bool TalliesSuffice(const CompiledProfile& profile) {
  if (!UnitScaleOf(profile).has_value()) return false;
  const std::optional<Goal> goal = GoalOfAssessment(profile);
  return !goal.has_value() || !LimitsTotal(*goal->target);
}

void ComputeMargins(const CompiledProfile& profile, const Tallies& tallies,
                    const std::vector<ControlResult>& controls, WantPath want_path,
                    Margins& margins) {
  const std::optional<UnitScale> scale = UnitScaleOf(profile);
  const std::optional<Goal> goal = GoalOfAssessment(profile);
  margins.objectives.resize(profile.objectives().size());
  for (uint32_t o = 0; o < margins.objectives.size(); ++o) {
    Margin& margin = margins.objectives[o];
    if (!scale.has_value()) {
      margin = MarginBySteps(profile, controls, GoalOfObjective(o), want_path);
      continue;
    }
    SetUnitMargin(profile, *scale, o, tallies.objectives[o], margin);
    if (want_path == WantPath::kYes && margin.upgrades_to_pass > 0) {
      AppendUnitPath(profile, controls, o, tallies.objectives[o], margin.path);
    }
  }
  if (!goal.has_value()) {
    margins.assessment.reset();
    return;
  }
  if (!margins.assessment.has_value()) margins.assessment.emplace();
  if (scale.has_value() && !LimitsTotal(*goal->target)) {
    CombineUnitMargins(profile, *goal, tallies, margins.objectives, *margins.assessment);
  } else {
    margins.assessment = MarginBySteps(profile, controls, *goal, want_path);
  }
}

}  // namespace assay::scoring
