// What would become of an assessment if something else had been recorded. Nothing is written.

#ifndef ASSAY_SERVICES_SCORING_WHAT_IF_H_
#define ASSAY_SERVICES_SCORING_WHAT_IF_H_

#include "absl/status/status.h"

#include "assay/scoring/v1/scoring_service.pb.h"

#include "common/rpc/call.h"
#include "services/scoring/score.h"

namespace assay::scoring {

// Scores the request, and again under the same documents with the changes laid over its inputs in
// order. INVALID_ARGUMENT FIELD_REQUIRED or TOO_MANY (1 to kMaxInputChanges), those of
// ApplyChanges, and the errors of the Score RPC with fields below `request`, or, where a change is
// to blame, below `changes[i]`.
absl::Status WhatIf(const rpc::CallContext& call, const Scorer& scorer,
                    const v1::WhatIfRequest& request, v1::WhatIfResponse& response);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_WHAT_IF_H_
