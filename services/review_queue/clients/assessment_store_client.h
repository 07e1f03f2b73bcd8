// What the review queue asks of the assessment store: to apply a decision.

#ifndef ASSAY_SERVICES_REVIEW_QUEUE_CLIENTS_ASSESSMENT_STORE_CLIENT_H_
#define ASSAY_SERVICES_REVIEW_QUEUE_CLIENTS_ASSESSMENT_STORE_CLIENT_H_

#include <memory>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "grpcpp/channel.h"

#include "assay/assessment_store/v1/assessment_store_service.pb.h"
#include "assay/review_queue/v1/review_queue.pb.h"

#include "common/rpc/client.h"

namespace assay::review_queue {

// Thread-safe.
class AssessmentStoreClient {
 public:
  virtual ~AssessmentStoreClient() = default;

  // APPLIED or REFUSED_STALE from an honest store; the same review item again gives the first
  // answer again. Blocks. Errors are the store's, or UNAVAILABLE and DEADLINE_EXCEEDED.
  virtual absl::StatusOr<v1::DecisionEffect> ApplyReviewDecision(
      const assessment_store::v1::ApplyReviewDecisionRequest& request) = 0;
};

// The store behind `channel`, called as this service. `tokens` must outlive the client.
std::unique_ptr<AssessmentStoreClient> MakeAssessmentStoreClient(
    const std::shared_ptr<grpc::Channel>& channel, rpc::TokenSource& tokens, absl::Duration limit);

}  // namespace assay::review_queue

#endif  // ASSAY_SERVICES_REVIEW_QUEUE_CLIENTS_ASSESSMENT_STORE_CLIENT_H_
