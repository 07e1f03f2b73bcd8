// The bytes whose SHA-256 is a verdict's result_digest. CANONICAL.md describes them one by one.
//
// Hashing is done by the caller: this folder holds no cryptography.

#ifndef ASSAY_SERVICES_SCORING_ENGINE_CANONICAL_H_
#define ASSAY_SERVICES_SCORING_ENGINE_CANONICAL_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "services/scoring/engine/evaluation.h"
#include "services/scoring/engine/profile.h"
#include "services/scoring/engine/record.h"

namespace assay::scoring {

inline constexpr std::string_view kCanonicalMagic = "ASSAYRES";
inline constexpr std::string_view kCanonicalInputsMagic = "ASSAYINP";
inline constexpr uint32_t kCanonicalInputsVersion = 1;
// What new verdicts are digested by.
inline constexpr uint32_t kCanonicalVersion = 2;
// That of release 0.1, which knew rule sets of model version 1 only.
inline constexpr uint32_t kFirstCanonicalVersion = 1;

// SHA-256 of the documents scored with: 32 raw bytes each, or empty for none.
struct DocumentDigests {
  std::string catalogue;
  std::string question_set;
  std::string rule_set;
};

// Whether a verdict under this profile can be digested by that version.
bool IsCanonicalVersion(const CompiledProfile& profile, uint32_t version);

// Replaces `bytes`, whose memory is used again. Requires `evaluation` to be Evaluate(profile,
// record) and IsCanonicalVersion(profile, version). The same result gives the same bytes on every
// build and machine; the order of lists in the inputs, free text, and ways of saying nothing (a
// control left out, an empty finding, an unanswered question) do not change them.
void WriteCanonicalResult(const CompiledProfile& profile, const Record& record,
                          const Evaluation& evaluation, const DocumentDigests& digests,
                          uint32_t version, std::string& bytes);

// What was recorded alone, by which documents: what is named where there is no result. Replaces
// `bytes`.
void WriteCanonicalInputs(const CompiledProfile& profile, const Record& record,
                          const DocumentDigests& digests, std::string& bytes);

// WriteCanonicalResult as a value.
std::string CanonicalResultBytes(const CompiledProfile& profile, const Record& record,
                                 const Evaluation& evaluation, const DocumentDigests& digests,
                                 uint32_t version = kCanonicalVersion);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_CANONICAL_H_
