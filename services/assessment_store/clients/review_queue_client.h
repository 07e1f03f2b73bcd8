// The review queue as the assessment store needs it.

#ifndef ASSAY_SERVICES_ASSESSMENT_STORE_CLIENTS_REVIEW_QUEUE_CLIENT_H_
#define ASSAY_SERVICES_ASSESSMENT_STORE_CLIENTS_REVIEW_QUEUE_CLIENT_H_

#include <memory>

#include "absl/status/status.h"

#include "assay/review_queue/v1/review_queue_service.pb.h"

namespace grpc {
class Channel;
}  // namespace grpc

namespace assay::rpc {
class TokenSource;
}  // namespace assay::rpc

namespace assay::assessment_store {

// Thread-safe.
class ReviewQueueClient {
 public:
  virtual ~ReviewQueueClient() = default;

  // OK once the queue has the item on disk; the same item again is OK too.
  virtual absl::Status Enqueue(const review_queue::v1::EnqueueReviewItemRequest& request) = 0;
};

// Over gRPC. `tokens` must outlive it.
std::unique_ptr<ReviewQueueClient> MakeReviewQueueClient(std::shared_ptr<grpc::Channel> channel,
                                                         rpc::TokenSource& tokens);

}  // namespace assay::assessment_store

#endif  // ASSAY_SERVICES_ASSESSMENT_STORE_CLIENTS_REVIEW_QUEUE_CLIENT_H_
