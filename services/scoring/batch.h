// Many assessments in one call.

#ifndef ASSAY_SERVICES_SCORING_BATCH_H_
#define ASSAY_SERVICES_SCORING_BATCH_H_

#include "absl/status/status.h"

#include "assay/scoring/v1/scoring_service.pb.h"

#include "common/rpc/call.h"
#include "services/scoring/score.h"

namespace assay::scoring {

// One result for each request, in their order; what is wrong with one stands in its result.
// INVALID_ARGUMENT FIELD_REQUIRED without requests, TOO_MANY beyond kMaxBatchRequests; CANCELLED
// when the caller has gone or the deadline has passed, which is asked between two requests.
absl::Status ScoreBatch(const rpc::CallContext& call, const Scorer& scorer,
                        const v1::BatchScoreRequest& request, v1::BatchScoreResponse& response);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_BATCH_H_
