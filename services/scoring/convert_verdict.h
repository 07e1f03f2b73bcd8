// From the engine's evaluation to the verdict on the wire.

#ifndef ASSAY_SERVICES_SCORING_CONVERT_VERDICT_H_
#define ASSAY_SERVICES_SCORING_CONVERT_VERDICT_H_

#include "assay/scoring/v1/scoring.pb.h"

#include "services/scoring/detail.h"
#include "services/scoring/engine/evaluation.h"
#include "services/scoring/score.h"

namespace assay::scoring {

// Fills all of `verdict`, result_digest included; the explanation of controls and questions, and
// the paths of margins, only with kFull. `scored` must be the result of Scorer.
void FillVerdict(const Scored& scored, Detail detail, v1::Verdict& verdict);

v1::Outcome ToWire(ObjectiveOutcome outcome);
v1::Outcome ToWire(VerdictOutcome outcome);
v1::ResultState ToWire(ControlState state);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_CONVERT_VERDICT_H_
