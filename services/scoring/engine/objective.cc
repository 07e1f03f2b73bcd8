#include "services/scoring/engine/objective.h"

namespace assay::scoring {

ObjectiveScore ScoreObjective(const ObjectiveCounts& counts, int32_t threshold_percent,
                              ZeroPointRule zero_point_rule) {
  constexpr PointValues kPoints;
  ObjectiveScore score;
  score.scored = counts.met + counts.partially_met + counts.not_met + counts.blank;
  score.points = kPoints.met * counts.met + kPoints.partially_met * counts.partially_met +
                 kPoints.not_met * counts.not_met;
  score.maximum = kPoints.met * score.scored;
  score.points_needed = (threshold_percent * score.maximum + 99) / 100;  // Rounded up.
  score.percentage_ok = 100 * score.points >= threshold_percent * score.maximum;
  score.no_zero_point_control = counts.not_met == 0;
  score.passes = score.percentage_ok &&
                 (score.no_zero_point_control || zero_point_rule == ZeroPointRule::kOff);
  return score;
}

}  // namespace assay::scoring
