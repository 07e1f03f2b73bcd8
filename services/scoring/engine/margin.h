// How far a result is from a pass, and a pass from a failure: exact, in steps between marks.
//
// A **step** moves one control to the next better mark of its scale, the first that has more points
// than the control has now (an adjusted control may stand between marks); downwards to the first
// with fewer, and from the least points to the last mark where it is not Not Met yet. A control
// that is N/A stays out; one whose certificate does not stand is at its least points and counts
// like any other. Nothing here looks at the mode: an open control stands where FINAL scoring with
// `blank: not_met` would put it, so a blank one is Not Met and one with open questions has the
// points it shows.
//
// What must hold for a pass: of an objective, RULE_MODEL.md section 5; of an assessment, the
// conditions of its **target**: the first outcome of kind passed, where there is none the first of
// kind conditional. An anchor objective must pass whatever the target asks for. An objective in
// which nothing is scored passes unless `all_not_applicable: fail` says otherwise; then no step
// helps.
//
// Among shortest paths the one given gains the most points; among those it makes the most steps in
// the first objective, then in the second, and so on; and within each of them on the first control,
// then on the second, in catalogue order.
//
// All functions are total over results of the same profile, and without state.

#ifndef ASSAY_SERVICES_SCORING_ENGINE_MARGIN_H_
#define ASSAY_SERVICES_SCORING_ENGINE_MARGIN_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "services/scoring/engine/conclude.h"
#include "services/scoring/engine/control_result.h"
#include "services/scoring/engine/profile.h"

namespace assay::scoring {

inline constexpr int32_t kUnreachable = -1;

enum class WantPath : uint8_t { kNo, kYes };

struct ControlUpgrade {
  uint32_t control = 0;  // Index in the profile.
  int32_t steps = 0;     // 1 or more.
  // How many of them every shortest path makes. Those that a single control is asked for (off Not
  // Met, up to a limit) are always told; others up to kMaxRequirementWork (upgrade_solver.h).
  int32_t required_steps = 0;
  int32_t from_points = 0;
  int32_t to_points = 0;

  friend bool operator==(const ControlUpgrade&, const ControlUpgrade&) = default;
};

struct Margin {
  // False: working it out would take too much (kMaxTableSteps, upgrade_solver.h); nothing else is
  // set then. Always true where TalliesSuffice().
  bool known = true;
  int32_t upgrades_to_pass = 0;           // 0: it passes. kUnreachable: no steps lead there.
  std::vector<ControlUpgrade> path = {};  // In catalogue order; empty unless asked for.
  // To the pass mark. Of an assessment: in total or summed over the objectives that must pass,
  // whichever is more.
  int32_t points_missing = 0;
  // kUnreachable: nothing makes it fail, or it does not pass.
  int32_t downgrades_to_fail = kUnreachable;
  // Above the pass mark, whether it passes or not. Of an assessment: what may be lost anywhere
  // before a pass mark, of the total or an objective, is not met; 0 when one is not met.
  int32_t points_spare = 0;

  friend bool operator==(const Margin&, const Margin&) = default;
};

// Whether margins without paths follow from sums and counts alone: every scale has the same two or
// three points, one apart, and nothing limits single controls or totals. True of every profile of
// the Defence Cyber Certification.
bool TalliesSuffice(const CompiledProfile& profile);

struct Margins {
  std::vector<Margin> objectives;    // By objective.
  std::optional<Margin> assessment;  // nullopt: no outcome is of kind passed or conditional.
};

// All of them: where TalliesSuffice(), in constant time for each objective without paths and in one
// pass over the controls with them. `controls` has one result for each control of the profile, as
// in Evaluation, and may be empty where tallies suffice and no path is wanted; `tallies` are of
// these. `margins` is overwritten; its memory is used again.
void ComputeMargins(const CompiledProfile& profile, const Tallies& tallies,
                    const std::vector<ControlResult>& controls, WantPath want_path,
                    Margins& margins);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_MARGIN_H_
