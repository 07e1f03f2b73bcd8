// From one request to one verdict: what Score, ScoreStream and BatchScore answer.

#ifndef ASSAY_SERVICES_SCORING_GIVE_VERDICT_H_
#define ASSAY_SERVICES_SCORING_GIVE_VERDICT_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "assay/scoring/v1/scoring_service.pb.h"

#include "common/rpc/call.h"
#include "services/scoring/detail.h"
#include "services/scoring/score.h"

namespace assay::scoring {

// INVALID_ARGUMENT VIEW_INVALID.
absl::StatusOr<Detail> ToDetail(v1::VerdictView view);

// Errors are those of the Score RPC. `verdict` must be empty and means nothing after one.
absl::Status GiveVerdict(const rpc::CallContext& call, const Scorer& scorer,
                         const v1::ScoreRequest& request, v1::Verdict& verdict);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_GIVE_VERDICT_H_
