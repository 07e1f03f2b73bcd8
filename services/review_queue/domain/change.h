// What a rule says is to be written: the item as it shall be, and the event that tells of it. The
// caller commits both together (storage/item_store.h).

#ifndef ASSAY_SERVICES_REVIEW_QUEUE_DOMAIN_CHANGE_H_
#define ASSAY_SERVICES_REVIEW_QUEUE_DOMAIN_CHANGE_H_

#include "absl/time/time.h"

#include "common/audit/event_log.h"
#include "services/review_queue/domain/review_item.h"

namespace assay::review_queue {

// Who acts, and when. `now` is in whole microseconds, as everything stored is.
struct Occasion {
  audit::Actor actor;
  absl::Time now;
};

enum class EventType {
  kEnqueued,
  kClaimed,
  kClaimExtended,
  kClaimReleased,
  kDecided,
  kSuperseded,
  kDecisionDelivered,
};

// One change of one item. What the event says in detail is read off the changed item: the claim of
// a CLAIMED event, the decision of a DECIDED one.
struct ItemChange {
  ReviewItem item;  // `head` is still the one before the event.
  EventType event;
  Occasion occasion;
};

}  // namespace assay::review_queue

#endif  // ASSAY_SERVICES_REVIEW_QUEUE_DOMAIN_CHANGE_H_
