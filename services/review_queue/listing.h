// Pages of items and of events.

#ifndef ASSAY_SERVICES_REVIEW_QUEUE_LISTING_H_
#define ASSAY_SERVICES_REVIEW_QUEUE_LISTING_H_

#include <string_view>

#include "absl/status/status.h"

#include "assay/review_queue/v1/review_queue_service.pb.h"

#include "services/review_queue/review_queue.h"

namespace assay::review_queue {

// One page of items in the wanted states as seen now, oldest submission first. A page ends early
// when it has paging::kMaxPageBytes or kMaxRowsExaminedPerPage rows were looked at; the next page
// goes on from there. INVALID_ARGUMENT PAGE_SIZE_INVALID, PAGE_TOKEN_INVALID or
// STATE_FILTER_INVALID.
absl::Status ListItems(const ReviewQueue& queue, std::string_view method,
                       const v1::ListReviewItemsRequest& request,
                       v1::ListReviewItemsResponse& response);

// One page of an item's events, oldest first. INVALID_ARGUMENT RESOURCE_NAME_INVALID,
// PAGE_SIZE_INVALID or PAGE_TOKEN_INVALID; NOT_FOUND REVIEW_ITEM_NOT_FOUND.
absl::Status ListEvents(const ReviewQueue& queue, std::string_view method,
                        const v1::ListReviewItemEventsRequest& request,
                        v1::ListReviewItemEventsResponse& response);

}  // namespace assay::review_queue

#endif  // ASSAY_SERVICES_REVIEW_QUEUE_LISTING_H_
