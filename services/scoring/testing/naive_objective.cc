#include "services/scoring/testing/naive_objective.h"

#include <cstdint>

namespace assay::scoring {
namespace {

enum class Finding { kMet, kPartiallyMet, kNotMet, kNotApplicable };

// The finding of control `index` when the controls stand in the order of the arguments.
Finding FindingAt(int index, int met, int partial, int not_met) {
  if (index < met) return Finding::kMet;
  if (index < met + partial) return Finding::kPartiallyMet;
  if (index < met + partial + not_met) return Finding::kNotMet;
  return Finding::kNotApplicable;
}

}  // namespace

NaiveObjectiveResult NaiveObjective(int met, int partial, int not_met, int not_applicable,
                                    int threshold_percent) {
  NaiveObjectiveResult result;
  bool saw_zero = false;
  // In hundredths of a point: each scored control pays in what it earned and takes out the share
  // of its own maximum that the threshold asks for. A ledger that is not overdrawn at the end is
  // an average at or above the threshold, with no division and no rounding.
  std::int64_t ledger = 0;
  const int controls = met + partial + not_met + not_applicable;
  for (int i = 0; i < controls; ++i) {
    const Finding finding = FindingAt(i, met, partial, not_met);
    if (finding == Finding::kNotApplicable) continue;
    int earned = 0;
    if (finding == Finding::kMet) earned = 2;
    if (finding == Finding::kPartiallyMet) earned = 1;
    if (earned == 0) saw_zero = true;
    result.scored = true;
    result.points += earned;
    result.maximum += 2;
    ledger += earned * 100;
    ledger -= threshold_percent * 2;
  }
  if (!result.scored) return result;
  result.percentage_ok = ledger >= 0;
  result.no_zero_point_control = !saw_zero;
  result.passes = result.percentage_ok && result.no_zero_point_control;
  return result;
}

}  // namespace assay::scoring
