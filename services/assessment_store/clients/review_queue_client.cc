#include "services/assessment_store/clients/review_queue_client.h"

#include <utility>

#include "assay/review_queue/v1/review_queue_service.grpc.pb.h"

#include "common/rpc/client.h"

namespace assay::assessment_store {
namespace {

using Stub = review_queue::v1::ReviewQueueService::StubInterface;

class GrpcReviewQueueClient final : public ReviewQueueClient {
 public:
  GrpcReviewQueueClient(std::shared_ptr<grpc::Channel> channel, rpc::TokenSource& tokens)
      : stub_(review_queue::v1::ReviewQueueService::NewStub(std::move(channel))), tokens_(tokens) {}

  absl::Status Enqueue(const review_queue::v1::EnqueueReviewItemRequest& request) override {
    rpc::ClientCallOptions options;
    options.tokens = &tokens_;
    review_queue::v1::ReviewItem response;
    return rpc::ClientCall(options, *stub_, &Stub::EnqueueReviewItem, request, response);
  }

 private:
  const std::unique_ptr<Stub> stub_;
  rpc::TokenSource& tokens_;
};

}  // namespace

std::unique_ptr<ReviewQueueClient> MakeReviewQueueClient(std::shared_ptr<grpc::Channel> channel,
                                                         rpc::TokenSource& tokens) {
  return std::make_unique<GrpcReviewQueueClient>(std::move(channel), tokens);
}

}  // namespace assay::assessment_store
