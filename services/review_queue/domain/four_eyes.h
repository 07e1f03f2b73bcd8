// Nobody reviews work that is their own, their organisation's or their customer's.

#ifndef ASSAY_SERVICES_REVIEW_QUEUE_DOMAIN_FOUR_EYES_H_
#define ASSAY_SERVICES_REVIEW_QUEUE_DOMAIN_FOUR_EYES_H_

#include "absl/status/status.h"

#include "common/audit/event_log.h"
#include "services/review_queue/domain/review_item.h"

namespace assay::review_queue {

// PERMISSION_DENIED FOUR_EYES when `reviewer` touched the content (rule CONTRIBUTOR) or belongs to
// the assessment's certification body (CERTIFICATION_BODY) or supplier (SUPPLIER).
absl::Status CheckFourEyes(const ReviewItem& item, const audit::Actor& reviewer);

}  // namespace assay::review_queue

#endif  // ASSAY_SERVICES_REVIEW_QUEUE_DOMAIN_FOUR_EYES_H_
