// The gRPC surface of the review queue: each method goes through the unary wrapper, unpacks, makes
// one call and packs. Reads run inline, writes on the worker pool.

#ifndef ASSAY_SERVICES_REVIEW_QUEUE_REVIEW_QUEUE_SERVICE_H_
#define ASSAY_SERVICES_REVIEW_QUEUE_REVIEW_QUEUE_SERVICE_H_

#include <functional>

#include "grpcpp/server_context.h"
#include "grpcpp/support/server_callback.h"

#include "assay/review_queue/v1/review_queue_service.grpc.pb.h"

#include "common/rpc/call.h"
#include "services/review_queue/review_queue.h"

namespace assay::review_queue {

// Thread-safe. `runtime` and `queue` must outlive the server. `on_decided` is called after each
// decision is on disk: it wakes the relay; it must not block.
class ReviewQueueServiceImpl final : public v1::ReviewQueueService::CallbackService {
 public:
  ReviewQueueServiceImpl(rpc::CallRuntime& runtime, ReviewQueue& queue,
                         std::function<void()> on_decided);

  grpc::ServerUnaryReactor* EnqueueReviewItem(grpc::CallbackServerContext* context,
                                              const v1::EnqueueReviewItemRequest* request,
                                              v1::ReviewItem* response) override;
  grpc::ServerUnaryReactor* ListReviewItems(grpc::CallbackServerContext* context,
                                            const v1::ListReviewItemsRequest* request,
                                            v1::ListReviewItemsResponse* response) override;
  grpc::ServerUnaryReactor* GetReviewItem(grpc::CallbackServerContext* context,
                                          const v1::GetReviewItemRequest* request,
                                          v1::ReviewItem* response) override;
  grpc::ServerUnaryReactor* ClaimReviewItem(grpc::CallbackServerContext* context,
                                            const v1::ClaimReviewItemRequest* request,
                                            v1::ClaimReviewItemResponse* response) override;
  grpc::ServerUnaryReactor* ExtendClaim(grpc::CallbackServerContext* context,
                                        const v1::ExtendClaimRequest* request,
                                        v1::ReviewItem* response) override;
  grpc::ServerUnaryReactor* ReleaseClaim(grpc::CallbackServerContext* context,
                                         const v1::ReleaseClaimRequest* request,
                                         v1::ReviewItem* response) override;
  grpc::ServerUnaryReactor* DecideReviewItem(grpc::CallbackServerContext* context,
                                             const v1::DecideReviewItemRequest* request,
                                             v1::ReviewItem* response) override;
  grpc::ServerUnaryReactor* ListReviewItemEvents(
      grpc::CallbackServerContext* context, const v1::ListReviewItemEventsRequest* request,
      v1::ListReviewItemEventsResponse* response) override;

 private:
  absl::Status Enqueue(const rpc::CallContext& call, const v1::EnqueueReviewItemRequest& request,
                       v1::ReviewItem& response);
  absl::Status Get(const v1::GetReviewItemRequest& request, v1::ReviewItem& response);
  absl::Status Claim(const rpc::CallContext& call, const v1::ClaimReviewItemRequest& request,
                     v1::ClaimReviewItemResponse& response);
  absl::Status Extend(const rpc::CallContext& call, const v1::ExtendClaimRequest& request,
                      v1::ReviewItem& response);
  absl::Status Release(const rpc::CallContext& call, const v1::ReleaseClaimRequest& request,
                       v1::ReviewItem& response);
  absl::Status Decide(const rpc::CallContext& call, const v1::DecideReviewItemRequest& request,
                      v1::ReviewItem& response);

  rpc::CallRuntime& runtime_;
  ReviewQueue& queue_;
  const std::function<void()> on_decided_;
};

}  // namespace assay::review_queue

#endif  // ASSAY_SERVICES_REVIEW_QUEUE_REVIEW_QUEUE_SERVICE_H_
