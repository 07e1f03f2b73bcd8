#ifndef ASSAY_SERVICES_SCORING_TESTING_NAIVE_OBJECTIVE_H_
#define ASSAY_SERVICES_SCORING_TESTING_NAIVE_OBJECTIVE_H_

namespace assay::scoring {

// What rule 6 of ASR v2.1 says about one objective.
struct NaiveObjectiveResult {
  // False when every control is not applicable: rule 6 has nothing to judge, the objective is
  // neutral, and every field below is false or 0.
  bool scored = false;
  bool percentage_ok = false;          // Rule 6a alone.
  bool no_zero_point_control = false;  // Rule 6b alone.
  bool passes = false;                 // Both.
  int points = 0;
  int maximum = 0;
};

// A second opinion on the objective rule, written from its prose (points 2, 1, 0; a control that
// is not applicable leaves the scored set; at least `threshold_percent` of the maximum; no scored
// control with 0 points) and from nothing else. It shares no code, no type and no formula with
// the engine: it walks the controls one at a time and keeps a ledger instead of comparing two
// products, so a slip in one is unlikely to stand in the other as well.
//
// Requires: counts of 0 or more (up to 1,000,000 altogether), threshold_percent in 0..100.
// Pure, allocates nothing, never fails.
NaiveObjectiveResult NaiveObjective(int met, int partial, int not_met, int not_applicable,
                                    int threshold_percent);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_TESTING_NAIVE_OBJECTIVE_H_
