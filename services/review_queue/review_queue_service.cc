#include "services/review_queue/review_queue_service.h"

#include <string>
#include <string_view>
#include <utility>

#include "common/audit/actor.h"
#include "common/idempotency/idempotent_command.h"
#include "common/rpc/unary.h"
#include "common/status/macros.h"
#include "services/review_queue/convert.h"
#include "services/review_queue/domain/decide.h"
#include "services/review_queue/listing.h"

namespace assay::review_queue {
namespace {

using rpc::CallContext;
using rpc::Execution;

constexpr std::string_view kEnqueue = "/assay.review_queue.v1.ReviewQueueService/EnqueueReviewItem";
constexpr std::string_view kList = "/assay.review_queue.v1.ReviewQueueService/ListReviewItems";
constexpr std::string_view kGet = "/assay.review_queue.v1.ReviewQueueService/GetReviewItem";
constexpr std::string_view kClaim = "/assay.review_queue.v1.ReviewQueueService/ClaimReviewItem";
constexpr std::string_view kExtend = "/assay.review_queue.v1.ReviewQueueService/ExtendClaim";
constexpr std::string_view kRelease = "/assay.review_queue.v1.ReviewQueueService/ReleaseClaim";
constexpr std::string_view kDecide = "/assay.review_queue.v1.ReviewQueueService/DecideReviewItem";
constexpr std::string_view kListEvents =
    "/assay.review_queue.v1.ReviewQueueService/ListReviewItemEvents";

}  // namespace

ReviewQueueServiceImpl::ReviewQueueServiceImpl(rpc::CallRuntime& runtime, ReviewQueue& queue,
                                               std::function<void()> on_decided)
    : runtime_(runtime), queue_(queue), on_decided_(std::move(on_decided)) {}

absl::Status ReviewQueueServiceImpl::Enqueue(const CallContext& call,
                                             const v1::EnqueueReviewItemRequest& request,
                                             v1::ReviewItem& response) {
  ASSAY_ASSIGN_OR_RETURN(const Submission submission, FromProto(request));
  ASSAY_ASSIGN_OR_RETURN(const ReviewItem item,
                         queue_.Enqueue(submission, audit::ActorOf(call.principal)));
  response = ToProto(item, queue_.Now());
  return absl::OkStatus();
}

absl::Status ReviewQueueServiceImpl::Get(const v1::GetReviewItemRequest& request,
                                         v1::ReviewItem& response) {
  ASSAY_ASSIGN_OR_RETURN(const ItemId id, ParseItemName("name", request.name()));
  ASSAY_ASSIGN_OR_RETURN(const ReviewItem item, queue_.Get(id));
  response = ToProto(item, queue_.Now());
  return absl::OkStatus();
}

absl::Status ReviewQueueServiceImpl::Claim(const CallContext& call,
                                           const v1::ClaimReviewItemRequest& request,
                                           v1::ClaimReviewItemResponse& response) {
  ASSAY_ASSIGN_OR_RETURN(const ItemId id, ParseItemName("name", request.name()));
  ASSAY_ASSIGN_OR_RETURN(const absl::Duration duration, ClaimDuration(request));
  const std::string fingerprint = idempotency::Fingerprint(request);
  ASSAY_ASSIGN_OR_RETURN(Answer answer, queue_.Claim(id, duration, audit::ActorOf(call.principal),
                                                     {call.principal.subject, call.method,
                                                      request.request_id(), fingerprint}));
  *response.mutable_review_item() = ToProto(answer.item, answer.time);
  response.set_claim_token(std::move(answer.claim_token));
  return absl::OkStatus();
}

absl::Status ReviewQueueServiceImpl::Extend(const CallContext& call,
                                            const v1::ExtendClaimRequest& request,
                                            v1::ReviewItem& response) {
  ASSAY_ASSIGN_OR_RETURN(const ItemId id, ParseItemName("name", request.name()));
  ASSAY_ASSIGN_OR_RETURN(const absl::Duration duration, ClaimDuration(request));
  ASSAY_ASSIGN_OR_RETURN(const ReviewItem item, queue_.Extend(id, request.claim_token(), duration,
                                                              audit::ActorOf(call.principal)));
  response = ToProto(item, queue_.Now());
  return absl::OkStatus();
}

absl::Status ReviewQueueServiceImpl::Release(const CallContext& call,
                                             const v1::ReleaseClaimRequest& request,
                                             v1::ReviewItem& response) {
  ASSAY_ASSIGN_OR_RETURN(const ItemId id, ParseItemName("name", request.name()));
  ASSAY_ASSIGN_OR_RETURN(const ReviewItem item,
                         queue_.Release(id, request.claim_token(), audit::ActorOf(call.principal)));
  response = ToProto(item, queue_.Now());
  return absl::OkStatus();
}

absl::Status ReviewQueueServiceImpl::Decide(const CallContext& call,
                                            const v1::DecideReviewItemRequest& request,
                                            v1::ReviewItem& response) {
  ASSAY_ASSIGN_OR_RETURN(const ItemId id, ParseItemName("name", request.name()));
  ASSAY_ASSIGN_OR_RETURN(const DecisionDraft draft, DraftFromProto(request));
  const std::string fingerprint = idempotency::Fingerprint(request);
  ASSAY_ASSIGN_OR_RETURN(
      const Answer answer,
      queue_.Decide(id, draft, BasisFromProto(request), audit::ActorOf(call.principal),
                    {call.principal.subject, call.method, request.request_id(), fingerprint}));
  on_decided_();
  response = ToProto(answer.item, answer.time);
  return absl::OkStatus();
}

grpc::ServerUnaryReactor* ReviewQueueServiceImpl::EnqueueReviewItem(
    grpc::CallbackServerContext* context, const v1::EnqueueReviewItemRequest* request,
    v1::ReviewItem* response) {
  return rpc::Unary(runtime_, context, request, response, kEnqueue, Execution::kWorker,
                    [this](const CallContext& call, const v1::EnqueueReviewItemRequest& in,
                           v1::ReviewItem& out) { return Enqueue(call, in, out); });
}

grpc::ServerUnaryReactor* ReviewQueueServiceImpl::ListReviewItems(
    grpc::CallbackServerContext* context, const v1::ListReviewItemsRequest* request,
    v1::ListReviewItemsResponse* response) {
  return rpc::Unary(
      runtime_, context, request, response, kList, Execution::kInline,
      [this](const CallContext& call, const v1::ListReviewItemsRequest& in,
             v1::ListReviewItemsResponse& out) { return ListItems(queue_, call.method, in, out); });
}

grpc::ServerUnaryReactor* ReviewQueueServiceImpl::GetReviewItem(
    grpc::CallbackServerContext* context, const v1::GetReviewItemRequest* request,
    v1::ReviewItem* response) {
  return rpc::Unary(runtime_, context, request, response, kGet, Execution::kInline,
                    [this](const CallContext&, const v1::GetReviewItemRequest& in,
                           v1::ReviewItem& out) { return Get(in, out); });
}

grpc::ServerUnaryReactor* ReviewQueueServiceImpl::ClaimReviewItem(
    grpc::CallbackServerContext* context, const v1::ClaimReviewItemRequest* request,
    v1::ClaimReviewItemResponse* response) {
  return rpc::Unary(runtime_, context, request, response, kClaim, Execution::kWorker,
                    [this](const CallContext& call, const v1::ClaimReviewItemRequest& in,
                           v1::ClaimReviewItemResponse& out) { return Claim(call, in, out); });
}

grpc::ServerUnaryReactor* ReviewQueueServiceImpl::ExtendClaim(grpc::CallbackServerContext* context,
                                                              const v1::ExtendClaimRequest* request,
                                                              v1::ReviewItem* response) {
  return rpc::Unary(runtime_, context, request, response, kExtend, Execution::kWorker,
                    [this](const CallContext& call, const v1::ExtendClaimRequest& in,
                           v1::ReviewItem& out) { return Extend(call, in, out); });
}

grpc::ServerUnaryReactor* ReviewQueueServiceImpl::ReleaseClaim(
    grpc::CallbackServerContext* context, const v1::ReleaseClaimRequest* request,
    v1::ReviewItem* response) {
  return rpc::Unary(runtime_, context, request, response, kRelease, Execution::kWorker,
                    [this](const CallContext& call, const v1::ReleaseClaimRequest& in,
                           v1::ReviewItem& out) { return Release(call, in, out); });
}

grpc::ServerUnaryReactor* ReviewQueueServiceImpl::DecideReviewItem(
    grpc::CallbackServerContext* context, const v1::DecideReviewItemRequest* request,
    v1::ReviewItem* response) {
  return rpc::Unary(runtime_, context, request, response, kDecide, Execution::kWorker,
                    [this](const CallContext& call, const v1::DecideReviewItemRequest& in,
                           v1::ReviewItem& out) { return Decide(call, in, out); });
}

grpc::ServerUnaryReactor* ReviewQueueServiceImpl::ListReviewItemEvents(
    grpc::CallbackServerContext* context, const v1::ListReviewItemEventsRequest* request,
    v1::ListReviewItemEventsResponse* response) {
  return rpc::Unary(runtime_, context, request, response, kListEvents, Execution::kInline,
                    [this](const CallContext& call, const v1::ListReviewItemEventsRequest& in,
                           v1::ListReviewItemEventsResponse& out) {
                      return ListEvents(queue_, call.method, in, out);
                    });
}

}  // namespace assay::review_queue
