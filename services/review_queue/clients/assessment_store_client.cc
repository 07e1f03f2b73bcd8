#include "services/review_queue/clients/assessment_store_client.h"

#include "assay/assessment_store/v1/assessment_store_service.grpc.pb.h"

#include "common/status/macros.h"

namespace assay::review_queue {
namespace {

namespace store = assessment_store::v1;

class GrpcAssessmentStoreClient final : public AssessmentStoreClient {
 public:
  GrpcAssessmentStoreClient(const std::shared_ptr<grpc::Channel>& channel, rpc::TokenSource& tokens,
                            absl::Duration limit)
      : stub_(store::AssessmentStoreService::NewStub(channel)), tokens_(tokens), limit_(limit) {}

  absl::StatusOr<v1::DecisionEffect> ApplyReviewDecision(
      const store::ApplyReviewDecisionRequest& request) override {
    rpc::ClientCallOptions options;
    options.limit = limit_;
    options.tokens = &tokens_;
    store::ApplyReviewDecisionResponse response;
    ASSAY_RETURN_IF_ERROR(rpc::ClientCall(
        options, *stub_, &store::AssessmentStoreService::StubInterface::ApplyReviewDecision,
        request, response));
    return response.effect();
  }

 private:
  const std::unique_ptr<store::AssessmentStoreService::StubInterface> stub_;
  rpc::TokenSource& tokens_;
  const absl::Duration limit_;
};

}  // namespace

std::unique_ptr<AssessmentStoreClient> MakeAssessmentStoreClient(
    const std::shared_ptr<grpc::Channel>& channel, rpc::TokenSource& tokens, absl::Duration limit) {
  return std::make_unique<GrpcAssessmentStoreClient>(channel, tokens, limit);
}

}  // namespace assay::review_queue
