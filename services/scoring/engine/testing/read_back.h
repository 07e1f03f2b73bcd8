// For tests: whether the canonical bytes of a result, read back, say what was written.

#ifndef ASSAY_SERVICES_SCORING_ENGINE_TESTING_READ_BACK_H_
#define ASSAY_SERVICES_SCORING_ENGINE_TESTING_READ_BACK_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "services/scoring/engine/canonical.h"
#include "services/scoring/engine/evaluation.h"
#include "services/scoring/engine/profile.h"
#include "services/scoring/engine/record.h"

namespace assay::scoring {

// The first field of `bytes` that is not as given, or cannot be read; empty when all are. Requires
// `bytes` to be WriteCanonicalResult() of the rest.
std::string ReadBackDifference(const CompiledProfile& profile, const Record& record,
                               const Evaluation& evaluation, const DocumentDigests& digests,
                               uint32_t version, std::string_view bytes);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_TESTING_READ_BACK_H_
