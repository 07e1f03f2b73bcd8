// What a submission must be to enter the queue, and when two of them are the same.

#ifndef ASSAY_SERVICES_REVIEW_QUEUE_DOMAIN_SUBMISSION_H_
#define ASSAY_SERVICES_REVIEW_QUEUE_DOMAIN_SUBMISSION_H_

#include <string>

#include "absl/status/status.h"

#include "services/review_queue/domain/review_item.h"

namespace assay::review_queue {

// INVALID_ARGUMENT SUBMISSION_INVALID naming the field of EnqueueReviewItemRequest that breaks a
// limit (limits.h) or is missing.
absl::Status CheckSubmission(const Submission& submission);

// SHA-256, 32 bytes, over a length-prefixed encoding of our own of everything a reviewer decides
// by. Not over protobuf bytes: a redelivery that a newer build of this service reads must have the
// fingerprint that an older build stored. Left out are the order of contributors and parts of the
// verdict that the result digest stands for.
std::string SubmissionFingerprint(const Submission& submission);

}  // namespace assay::review_queue

#endif  // ASSAY_SERVICES_REVIEW_QUEUE_DOMAIN_SUBMISSION_H_
