// The events of an item's history: made from a change, named for the API.

#ifndef ASSAY_SERVICES_REVIEW_QUEUE_STORAGE_EVENT_CODEC_H_
#define ASSAY_SERVICES_REVIEW_QUEUE_STORAGE_EVENT_CODEC_H_

#include <string_view>

#include "common/audit/event_log.h"
#include "services/review_queue/domain/change.h"

namespace assay::review_queue {

// The named text of a DECIDED event that holds the decision's reason.
inline constexpr std::string_view kDecisionReasonText = "decision.reason";

// "ENQUEUED", "CLAIMED", ...
std::string_view EventTypeName(EventType type);

// The event of `change`, ready to be appended. Its body and texts hold all that the change wrote,
// so that the item can be rebuilt from its events.
audit::EventDraft ToEvent(const ItemChange& change);

}  // namespace assay::review_queue

#endif  // ASSAY_SERVICES_REVIEW_QUEUE_STORAGE_EVENT_CODEC_H_
