// The scoring service as the assessment store needs it.

#ifndef ASSAY_SERVICES_ASSESSMENT_STORE_CLIENTS_SCORING_CLIENT_H_
#define ASSAY_SERVICES_ASSESSMENT_STORE_CLIENTS_SCORING_CLIENT_H_

#include <memory>

#include "absl/status/statusor.h"

#include "assay/scoring/v1/scoring_service.pb.h"

#include "common/rpc/call.h"

namespace grpc {
class Channel;
}  // namespace grpc

namespace assay::rpc {
class TokenSource;
}  // namespace assay::rpc

namespace assay::assessment_store {

// Thread-safe. Calls block, never longer than the call they are made for; errors are the scoring
// service's own.
class ScoringClient {
 public:
  virtual ~ScoringClient() = default;

  virtual absl::StatusOr<scoring::v1::Verdict> Score(const rpc::CallContext& call,
                                                     const scoring::v1::ScoreRequest& request) = 0;
  virtual absl::StatusOr<scoring::v1::ValidateInputsResponse> ValidateInputs(
      const rpc::CallContext& call, const scoring::v1::ValidateInputsRequest& request) = 0;
};

// Over gRPC. `tokens` must outlive it.
std::unique_ptr<ScoringClient> MakeScoringClient(std::shared_ptr<grpc::Channel> channel,
                                                 rpc::TokenSource& tokens);

}  // namespace assay::assessment_store

#endif  // ASSAY_SERVICES_ASSESSMENT_STORE_CLIENTS_SCORING_CLIENT_H_
