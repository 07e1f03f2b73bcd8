// Carries decisions from the outbox to the assessment store, and notes what became of them.
//
// The relay (common/outbox) calls it at least once per decision. In effect each is delivered once:
// the store answers a repeated review item as the first time, and the effect is noted once.

#ifndef ASSAY_SERVICES_REVIEW_QUEUE_DECISION_DELIVERY_H_
#define ASSAY_SERVICES_REVIEW_QUEUE_DECISION_DELIVERY_H_

#include "absl/status/status.h"

#include "common/outbox/outbox.h"
#include "services/review_queue/clients/assessment_store_client.h"
#include "services/review_queue/review_queue.h"

namespace assay::review_queue {

// Thread-safe. Both must outlive it.
class DecisionDelivery {
 public:
  DecisionDelivery(ReviewQueue& queue, AssessmentStoreClient& assessment_store)
      : queue_(queue), assessment_store_(assessment_store) {}

  // The relay's deliver callback. OK: the assessment store has answered and the answer is noted.
  // DATA_LOSS when the message names no decided item; INTERNAL DELIVERY_ANSWER_INVALID; the
  // client's errors; the queue's errors. The relay keeps the message and tries again.
  absl::Status Deliver(const outbox::Message& message);

 private:
  ReviewQueue& queue_;
  AssessmentStoreClient& assessment_store_;
};

}  // namespace assay::review_queue

#endif  // ASSAY_SERVICES_REVIEW_QUEUE_DECISION_DELIVERY_H_
