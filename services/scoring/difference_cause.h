// Which of the things that differ between two verdicts would each alone have changed the outcome.

#ifndef ASSAY_SERVICES_SCORING_DIFFERENCE_CAUSE_H_
#define ASSAY_SERVICES_SCORING_DIFFERENCE_CAUSE_H_

#include "absl/status/status.h"

#include "assay/scoring/v1/scoring.pb.h"

#include "common/rpc/call.h"
#include "services/scoring/difference.h"
#include "services/scoring/score.h"

namespace assay::scoring {

// Fills an empty `difference`: what FillDifference says of the two, and `sufficient`, for which the
// first is scored again with each of `changed` exchanged for the second's. Where that is no valid
// combination (inputs that do not fit the documents, documents that do not fit one another) the
// cause is not sufficient. A single cause needs no scoring: exchanged, it gives the second.
// Otherwise the catalogue may be asked. Errors, CANCELLED aside: those of the Score RPC that are
// not about the request.
absl::Status ExplainDifference(const rpc::CallContext& call, const Scorer& scorer,
                               const ScoredRequest& before, const ScoredRequest& after,
                               v1::VerdictDifference& difference);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_DIFFERENCE_CAUSE_H_
