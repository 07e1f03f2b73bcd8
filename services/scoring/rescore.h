// One assessment under its own rule set and under another.

#ifndef ASSAY_SERVICES_SCORING_RESCORE_H_
#define ASSAY_SERVICES_SCORING_RESCORE_H_

#include "absl/status/status.h"

#include "assay/scoring/v1/scoring_service.pb.h"

#include "common/rpc/call.h"
#include "services/scoring/score.h"

namespace assay::scoring {

// The basis of `request` with the other rule set.
v1::ScoringBasis OtherBasis(const v1::RescoreStreamRequest& request);

// Errors are those of the Score RPC for the assessment under either rule set, with its fields;
// those of the other rule set's name have the field `rule_set`. `rescore` must be empty and means
// nothing after one.
absl::Status RescoreOne(const rpc::CallContext& call, const Scorer& scorer,
                        const v1::RescoreStreamRequest& request, v1::Rescore& rescore);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_RESCORE_H_
