#include "services/assessment_store/clients/scoring_client.h"

#include <utility>

#include "assay/scoring/v1/scoring_service.grpc.pb.h"

#include "common/rpc/client.h"
#include "common/status/macros.h"

namespace assay::assessment_store {
namespace {

using Stub = scoring::v1::ScoringService::StubInterface;

class GrpcScoringClient final : public ScoringClient {
 public:
  GrpcScoringClient(std::shared_ptr<grpc::Channel> channel, rpc::TokenSource& tokens)
      : stub_(scoring::v1::ScoringService::NewStub(std::move(channel))), tokens_(tokens) {}

  absl::StatusOr<scoring::v1::Verdict> Score(const rpc::CallContext& call,
                                             const scoring::v1::ScoreRequest& request) override {
    scoring::v1::ScoreResponse response;
    ASSAY_RETURN_IF_ERROR(
        rpc::ClientCall(rpc::CallFor(call, tokens_), *stub_, &Stub::Score, request, response));
    return std::move(*response.mutable_verdict());
  }

  absl::StatusOr<scoring::v1::ValidateInputsResponse> ValidateInputs(
      const rpc::CallContext& call, const scoring::v1::ValidateInputsRequest& request) override {
    scoring::v1::ValidateInputsResponse response;
    ASSAY_RETURN_IF_ERROR(rpc::ClientCall(rpc::CallFor(call, tokens_), *stub_,
                                          &Stub::ValidateInputs, request, response));
    return response;
  }

 private:
  const std::unique_ptr<Stub> stub_;
  rpc::TokenSource& tokens_;
};

}  // namespace

std::unique_ptr<ScoringClient> MakeScoringClient(std::shared_ptr<grpc::Channel> channel,
                                                 rpc::TokenSource& tokens) {
  return std::make_unique<GrpcScoringClient>(std::move(channel), tokens);
}

}  // namespace assay::assessment_store
