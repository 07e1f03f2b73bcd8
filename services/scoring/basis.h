// What an assessment is scored with: three documents, pinned, compiled for one profile.

#ifndef ASSAY_SERVICES_SCORING_BASIS_H_
#define ASSAY_SERVICES_SCORING_BASIS_H_

#include "assay/scoring/v1/scoring.pb.h"

#include "services/scoring/engine/canonical.h"
#include "services/scoring/engine/profile.h"

namespace assay::scoring {

// Immutable once made; shared between threads.
struct Basis {
  CompiledProfile profile;
  DocumentDigests digests;
  v1::Pins pins;
};

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_BASIS_H_
