#include "services/scoring/engine/certificates.h"

#include <algorithm>

namespace assay::scoring {
namespace {

// From far away to valid.
enum class Standing {
  kMissing,
  kNotYetValid,
  kRevoked,
  kExpired,
  kScopeNotCovered,
  kScopeNotJudged,
  kValid
};

Standing StandingOf(const Certificate& certificate, EpochDay as_of) {
  if (as_of < certificate.issued_on) {
    return Standing::kNotYetValid;
  }
  if (certificate.revoked_on.has_value() && *certificate.revoked_on <= as_of) {
    return Standing::kRevoked;
  }
  if (as_of > certificate.expires_on) {
    return Standing::kExpired;
  }
  switch (certificate.scope) {
    case ScopeVerdict::kNotJudged:
      return Standing::kScopeNotJudged;
    case ScopeVerdict::kCovers:
      return Standing::kValid;
    case ScopeVerdict::kDoesNotCover:
      return Standing::kScopeNotCovered;
  }
  return Standing::kScopeNotJudged;
}

}  // namespace

ReasonCode CertificateStanding(const std::vector<Certificate>& certificates,
                               const std::vector<std::string>& kinds, EpochDay as_of) {
  Standing best = Standing::kMissing;
  for (const Certificate& certificate : certificates) {
    if (std::find(kinds.begin(), kinds.end(), certificate.kind) != kinds.end()) {
      best = std::max(best, StandingOf(certificate, as_of));
    }
  }
  switch (best) {
    case Standing::kMissing:
      return ReasonCode::kAnchorCertificateMissing;
    case Standing::kNotYetValid:
      return ReasonCode::kAnchorCertificateNotYetValid;
    case Standing::kRevoked:
      return ReasonCode::kAnchorCertificateRevoked;
    case Standing::kExpired:
      return ReasonCode::kAnchorCertificateExpired;
    case Standing::kScopeNotCovered:
      return ReasonCode::kAnchorCertificateScopeNotCovered;
    case Standing::kScopeNotJudged:
      return ReasonCode::kAnchorCertificateScopeNotJudged;
    case Standing::kValid:
      return ReasonCode::kAnchorCertificateValid;
  }
  return ReasonCode::kAnchorCertificateMissing;
}

}  // namespace assay::scoring
