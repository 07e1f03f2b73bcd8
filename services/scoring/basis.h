// What an assessment is scored with: three documents, pinned, compiled for one profile.

#ifndef ASSAY_SERVICES_SCORING_BASIS_H_
#define ASSAY_SERVICES_SCORING_BASIS_H_

#include <utility>

#include "assay/scoring/v1/scoring.pb.h"

#include "services/scoring/engine/canonical.h"
#include "services/scoring/engine/margin.h"
#include "services/scoring/engine/profile.h"
#include "services/scoring/second_evaluator/scheme.h"

namespace assay::scoring {

// Which documents: digests raw, and names and digests as they stand in verdicts.
struct PinnedDocuments {
  DocumentDigests digests;
  v1::Pins pins;
};

// Immutable once made; shared between threads.
struct Basis {
  Basis(CompiledProfile compiled, second::Scheme scheme, const PinnedDocuments& pinned)
      : profile(std::move(compiled)),
        second(std::move(scheme)),
        digests(pinned.digests),
        pins(pinned.pins),
        quick_margins(TalliesSuffice(profile)) {}

  CompiledProfile profile;
  second::Scheme second;  // The same for the second evaluator, made from the documents by itself.
  DocumentDigests digests;
  v1::Pins pins;
  bool quick_margins;  // Margins follow from sums; else they are searched for.
};

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_BASIS_H_
