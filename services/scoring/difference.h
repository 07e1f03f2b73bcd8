// What differs between two verdicts, and between what they were made from.

#ifndef ASSAY_SERVICES_SCORING_DIFFERENCE_H_
#define ASSAY_SERVICES_SCORING_DIFFERENCE_H_

#include "assay/scoring/v1/scoring_service.pb.h"

#include "services/scoring/score.h"

namespace assay::scoring {

// A request and what came of it, both of which must outlive this.
struct ScoredRequest {
  const v1::ScoreRequest& request;
  const Scored& scored;
};

// Outcome or outcome id.
bool OutcomeDiffers(const Scored& before, const Scored& after);

// Fills all of an empty `difference` but `sufficient`. Documents are compared by their digests,
// controls and objectives by their ids, recorded inputs as difference_inputs.h says.
void FillDifference(const ScoredRequest& before, const ScoredRequest& after,
                    v1::VerdictDifference& difference);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_DIFFERENCE_H_
