// Two assessments scored and compared.

#ifndef ASSAY_SERVICES_SCORING_COMPARE_H_
#define ASSAY_SERVICES_SCORING_COMPARE_H_

#include "absl/status/status.h"

#include "assay/scoring/v1/scoring_service.pb.h"

#include "common/rpc/call.h"
#include "services/scoring/score.h"

namespace assay::scoring {

// Whether both name the same documents, so that finding causes needs no third combination of them.
bool NameSameDocuments(const v1::ScoringBasis& before, const v1::ScoringBasis& after);

// Errors are those of the Score RPC, with fields below `before` or `after`.
absl::Status Compare(const rpc::CallContext& call, const Scorer& scorer,
                     const v1::CompareVerdictsRequest& request,
                     v1::CompareVerdictsResponse& response);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_COMPARE_H_
