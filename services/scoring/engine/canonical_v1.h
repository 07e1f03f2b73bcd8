// Version 1 of the canonical bytes, that of release 0.1: verdicts of that release are replayed and
// compared by it. CANONICAL.md describes it.

#ifndef ASSAY_SERVICES_SCORING_ENGINE_CANONICAL_V1_H_
#define ASSAY_SERVICES_SCORING_ENGINE_CANONICAL_V1_H_

#include <string>

#include "services/scoring/engine/canonical.h"

namespace assay::scoring {

// Appends to `bytes`. Requires a rule set of model version 1.
void WriteFirstCanonicalResult(const CompiledProfile& profile, const Record& record,
                               const Evaluation& evaluation, const DocumentDigests& digests,
                               std::string& bytes);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_CANONICAL_V1_H_
