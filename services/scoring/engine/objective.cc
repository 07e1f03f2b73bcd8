#include "services/scoring/engine/objective.h"

namespace assay::scoring {

bool Passes(const ObjectiveSums& sums, int32_t threshold_percent, ZeroPointRule zero_point_rule) {
  return 100 * sums.points >= threshold_percent * sums.maximum && sums.over_limit == 0 &&
         (sums.not_met == 0 || zero_point_rule == ZeroPointRule::kOff);
}

ObjectiveScore ScoreObjective(const ObjectiveSums& sums, int32_t threshold_percent,
                              ZeroPointRule zero_point_rule) {
  ObjectiveScore score;
  score.points = sums.points;
  score.maximum = sums.maximum;
  score.points_needed = (threshold_percent * sums.maximum + 99) / 100;  // Rounded up.
  score.percentage_ok = 100 * sums.points >= threshold_percent * sums.maximum;
  score.no_zero_point_control = sums.not_met == 0;
  score.within_limit = sums.over_limit == 0;
  score.passes = Passes(sums, threshold_percent, zero_point_rule);
  return score;
}

}  // namespace assay::scoring
