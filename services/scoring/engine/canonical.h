// The bytes whose SHA-256 is a verdict's result_digest. CANONICAL.md describes them one by one.
//
// Hashing is done by the caller: this folder holds no cryptography.

#ifndef ASSAY_SERVICES_SCORING_ENGINE_CANONICAL_H_
#define ASSAY_SERVICES_SCORING_ENGINE_CANONICAL_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "services/scoring/engine/evaluation.h"
#include "services/scoring/engine/input.h"
#include "services/scoring/engine/profile.h"

namespace assay::scoring {

inline constexpr std::string_view kCanonicalMagic = "ASSAYRES";
inline constexpr uint32_t kCanonicalVersion = 1;

// SHA-256 of the documents scored with: 32 raw bytes each, or empty for none.
struct DocumentDigests {
  std::string catalogue;
  std::string question_set;
  std::string rule_set;
};

// Requires `evaluation` to be Evaluate(profile, input). The same result gives the same bytes on
// every build and machine; the order of lists in `input`, free text, and ways of saying nothing
// (a control left out, an empty finding, an unanswered question) do not change them.
std::string CanonicalResultBytes(const CompiledProfile& profile, const AssessmentInput& input,
                                 const Evaluation& evaluation, const DocumentDigests& digests);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_CANONICAL_H_
