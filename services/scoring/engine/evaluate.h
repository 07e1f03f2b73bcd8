// The scoring of an assessment: the one evaluation path for live scores, batches, submissions and
// replays.
//
// A pure function: no clock, no randomness, no floating point, no error path. Thread-safe.

#ifndef ASSAY_SERVICES_SCORING_ENGINE_EVALUATE_H_
#define ASSAY_SERVICES_SCORING_ENGINE_EVALUATE_H_

#include <vector>

#include "services/scoring/engine/conclude.h"
#include "services/scoring/engine/evaluation.h"
#include "services/scoring/engine/input.h"
#include "services/scoring/engine/profile.h"
#include "services/scoring/engine/record.h"

namespace assay::scoring {

// Requires a record of inputs that Validate() accepts for this profile.
//
// The rules act on a control in this order: finding of the chosen phase, adjustment (clamped to the
// scale), certificate, override, N/A; each replaces what stood before it, so no adjustment lifts a
// control whose certificate failed. A blank control is passed to the rule set's blank option first,
// and is left open in a provisional score.
//
// On an overturned control override, N/A and question N/As do nothing and trigger nothing. The
// phase stays the one that was recorded as present; its N/A questions are unanswered, and where
// nothing is left of it the control is blank. An adjustment that validation would now refuse is
// dropped.
Evaluation Evaluate(const CompiledProfile& profile, const Record& record);

// The same into `out`, whose memory is used again.
void EvaluateInto(const CompiledProfile& profile, const Record& record, Evaluation& out);

// The same of ToRecord(profile, input). The order of the controls, certificates and questions in
// `input` does not change the result.
Evaluation Evaluate(const CompiledProfile& profile, const AssessmentInput& input);

// Memory that DecideOnly() uses again; it allocates nothing else.
struct DecisionScratch {
  Tallies tallies;  // Afterwards the sums that were decided from.
  std::vector<QuestionResult> questions;
};

// What Evaluate() decides, without the explanation.
Decision DecideOnly(const CompiledProfile& profile, const Record& record, DecisionScratch& scratch);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_EVALUATE_H_
