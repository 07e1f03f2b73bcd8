// From the engine's evaluation to the verdict on the wire.

#ifndef ASSAY_SERVICES_SCORING_CONVERT_VERDICT_H_
#define ASSAY_SERVICES_SCORING_CONVERT_VERDICT_H_

#include <string>

#include "assay/scoring/v1/scoring.pb.h"

#include "services/scoring/basis.h"
#include "services/scoring/engine/evaluation.h"
#include "services/scoring/engine/input.h"

namespace assay::scoring {

enum class Detail { kSummary, kFull };

// Fills all of `verdict`, result_digest included; the explanation of controls and questions only
// with kFull. `evaluation` must be that of `input` under `basis`.
void FillVerdict(const Basis& basis, const AssessmentInput& input, const Evaluation& evaluation,
                 Detail detail, v1::Verdict& verdict);

// SHA-256 of the engine's canonical bytes, as 64 hexadecimal digits.
std::string ResultDigest(const Basis& basis, const AssessmentInput& input,
                         const Evaluation& evaluation);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_CONVERT_VERDICT_H_
