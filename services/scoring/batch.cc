#include "services/scoring/batch.h"

#include "common/status/grpc_status.h"
#include "common/status/macros.h"
#include "services/scoring/errors.h"
#include "services/scoring/give_verdict.h"
#include "services/scoring/limits.h"

namespace assay::scoring {

absl::Status ScoreBatch(const rpc::CallContext& call, const Scorer& scorer,
                        const v1::BatchScoreRequest& request, v1::BatchScoreResponse& response) {
  ASSAY_RETURN_IF_ERROR(CheckEntries("requests", request.requests_size(), kMaxBatchRequests));
  response.mutable_results()->Reserve(request.requests_size());
  for (const v1::ScoreRequest& score : request.requests()) {
    if (call.cancelled()) {
      return absl::CancelledError("the caller has gone");
    }
    v1::BatchScoreResult& result = *response.add_results();
    if (const absl::Status status = GiveVerdict(call, scorer, score, *result.mutable_verdict());
        !status.ok()) {
      *result.mutable_error() = ToRpcStatus(status);  // Replaces the verdict.
    }
  }
  return absl::OkStatus();
}

}  // namespace assay::scoring
