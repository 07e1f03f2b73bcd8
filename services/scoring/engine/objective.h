// Rule 6: whether one objective passes, from sums alone. Integers only.
//
// Source: ASR v2.1 as described in the scheme notes, and RULE_MODEL.md section 5: an objective of
// points p and maximum m passes iff 100 * p >= threshold * m, no scored control is Not Met (where
// the rule set says so) and none falls too far short of its maximum (where it sets a limit).

#ifndef ASSAY_SERVICES_SCORING_ENGINE_OBJECTIVE_H_
#define ASSAY_SERVICES_SCORING_ENGINE_OBJECTIVE_H_

#include <cstdint>

#include "services/scoring/engine/definition.h"

namespace assay::scoring {

// Controls of an objective by what they came to; their sum at most kMaxControls.
struct ObjectiveCounts {
  int32_t met = 0;
  int32_t partially_met = 0;
  int32_t not_met = 0;
  int32_t not_applicable = 0;  // Outside the scored set.
  int32_t blank = 0;           // Open: in the maximum, no points yet, no offence against rule 6b.

  friend bool operator==(const ObjectiveCounts&, const ObjectiveCounts&) = default;
};

// What decides.
struct ObjectiveSums {
  int32_t points = 0;
  int32_t maximum = 0;
  int32_t not_met = 0;
  int32_t over_limit = 0;  // Controls further short of their maximum than the objective allows.
};

struct ObjectiveScore {
  int32_t scored = 0;  // Controls in the set.
  int32_t points = 0;
  int32_t maximum = 0;
  int32_t points_needed = 0;           // The least points that meet the threshold.
  bool percentage_ok = false;          // Rule 6a; true for an empty set.
  bool no_zero_point_control = false;  // Rule 6b; true for an empty set.
  bool within_limit = true;            // No control is over the objective's limit.
  bool passes = false;                 // 6a and the limit, and 6b unless the rule set has it off.
};

// The decision alone. Total. `threshold_percent` is 0 to 100; sums are those of at most
// kMaxControls controls of at most kMaxPoints (profile.h).
bool Passes(const ObjectiveSums& sums, int32_t threshold_percent, ZeroPointRule zero_point_rule);

// The decision with its parts; leaves `scored` 0.
ObjectiveScore ScoreObjective(const ObjectiveSums& sums, int32_t threshold_percent,
                              ZeroPointRule zero_point_rule);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_OBJECTIVE_H_
