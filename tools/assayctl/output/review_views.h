// Review items and their history for people. Every text ends in '\n'.

#ifndef ASSAY_TOOLS_ASSAYCTL_OUTPUT_REVIEW_VIEWS_H_
#define ASSAY_TOOLS_ASSAYCTL_OUTPUT_REVIEW_VIEWS_H_

#include <string>

#include "assay/review_queue/v1/review_queue.pb.h"
#include "assay/review_queue/v1/review_queue_service.pb.h"

#include "tools/assayctl/output/style.h"

namespace assay::assayctl {

// Item, who and what, flags with their reasoning, scorecard, claim, decision.
std::string RenderReviewItem(const review_queue::v1::ReviewItem& item, const Style& style);
std::string RenderReviewItems(const review_queue::v1::ListReviewItemsResponse& list,
                              const Style& style);
std::string RenderReviewEvents(const review_queue::v1::ListReviewItemEventsResponse& list,
                               const Style& style);

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_OUTPUT_REVIEW_VIEWS_H_
