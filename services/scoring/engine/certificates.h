// Whether a certificate of a kind stands at a date (rule 8).

#ifndef ASSAY_SERVICES_SCORING_ENGINE_CERTIFICATES_H_
#define ASSAY_SERVICES_SCORING_ENGINE_CERTIFICATES_H_

#include <string_view>
#include <vector>

#include "services/scoring/engine/input.h"
#include "services/scoring/engine/reasons.h"

namespace assay::scoring {

// kAnchorCertificateValid when any certificate of `kind` is valid at `as_of`. Otherwise the failing
// of the one that came nearest: scope not judged, then not covered, expired, revoked, not yet
// valid, missing.
// The order of `certificates` does not matter.
ReasonCode CertificateStanding(const std::vector<Certificate>& certificates,
                               const std::vector<std::string>& kinds, EpochDay as_of);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_CERTIFICATES_H_
