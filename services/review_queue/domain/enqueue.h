// How a submission enters the queue, and what that does to its predecessor.

#ifndef ASSAY_SERVICES_REVIEW_QUEUE_DOMAIN_ENQUEUE_H_
#define ASSAY_SERVICES_REVIEW_QUEUE_DOMAIN_ENQUEUE_H_

#include <optional>
#include <vector>

#include "absl/status/statusor.h"

#include "services/review_queue/domain/change.h"
#include "services/review_queue/domain/review_item.h"

namespace assay::review_queue {

// What the queue already knows of the submission's assessment.
struct Neighbours {
  std::optional<ReviewItem> same;    // The item of this submission number.
  std::optional<ReviewItem> latest;  // The item of the highest submission number.
};

// The changes to commit together: the new item first, then the earlier one that it supersedes.
// Empty when the same submission is here already: a repeated delivery changes nothing.
//
// Only the latest item of an assessment can be undecided, because each arrival supersedes what was
// undecided before it and a submission older than the latest arrives as SUPERSEDED.
//
// INVALID_ARGUMENT SUBMISSION_INVALID when `submission` breaks a rule of submission.h, or is here
// with other content.
absl::StatusOr<std::vector<ItemChange>> Enqueue(const Submission& submission,
                                                const Neighbours& neighbours,
                                                const Occasion& occasion);

}  // namespace assay::review_queue

#endif  // ASSAY_SERVICES_REVIEW_QUEUE_DOMAIN_ENQUEUE_H_
