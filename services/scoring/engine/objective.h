// Rule 6: whether one objective passes, from counts alone. Integers only.
//
// Source: ASR v2.1 as described in the scheme notes; n scored controls make a maximum of 2n, the
// objective passes iff 100 * points >= threshold * maximum and no scored control has 0 points.

#ifndef ASSAY_SERVICES_SCORING_ENGINE_OBJECTIVE_H_
#define ASSAY_SERVICES_SCORING_ENGINE_OBJECTIVE_H_

#include <cstdint>

#include "services/scoring/engine/definition.h"

namespace assay::scoring {

// Controls of an objective by their points; each count and their sum at most kMaxControls.
struct ObjectiveCounts {
  int32_t met = 0;             // 2 points.
  int32_t partially_met = 0;   // 1 point.
  int32_t not_met = 0;         // 0 points.
  int32_t not_applicable = 0;  // Outside the scored set.
  int32_t blank = 0;           // Open: in the maximum, no points yet, no offence against rule 6b.

  friend bool operator==(const ObjectiveCounts&, const ObjectiveCounts&) = default;
};

struct ObjectiveScore {
  int32_t scored = 0;  // Controls in the set.
  int32_t points = 0;
  int32_t maximum = 0;                 // 2 * scored.
  int32_t points_needed = 0;           // The least points that meet the threshold.
  bool percentage_ok = false;          // Rule 6a; true for an empty set.
  bool no_zero_point_control = false;  // Rule 6b; true for an empty set.
  bool passes = false;                 // Both, or 6a alone when the rule set has 6b off.
};

// Total. `threshold_percent` is 0 to 100.
ObjectiveScore ScoreObjective(const ObjectiveCounts& counts, int32_t threshold_percent,
                              ZeroPointRule zero_point_rule);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_OBJECTIVE_H_
