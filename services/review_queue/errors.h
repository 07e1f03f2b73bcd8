// Every error the review queue gives birth to.

#ifndef ASSAY_SERVICES_REVIEW_QUEUE_ERRORS_H_
#define ASSAY_SERVICES_REVIEW_QUEUE_ERRORS_H_

#include <cstdint>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace assay::review_queue {

// INVALID_ARGUMENT RESOURCE_NAME_INVALID: not `reviewItems/{assessment}.{submission_number}`.
absl::Status ItemNameInvalid(std::string_view field, std::string_view name);

// NOT_FOUND REVIEW_ITEM_NOT_FOUND; metadata name.
absl::Status ReviewItemNotFound(std::string_view name);

// INVALID_ARGUMENT SUBMISSION_INVALID naming the field.
absl::Status SubmissionInvalid(std::string_view field, std::string_view problem);

// INVALID_ARGUMENT SUBMISSION_INVALID: the item is here already, with other content.
absl::Status SubmissionDiffers(std::string_view name);

// INVALID_ARGUMENT DECISION_INVALID naming the field.
absl::Status DecisionInvalid(std::string_view field, std::string_view problem);

// INVALID_ARGUMENT CLAIM_DURATION_OUT_OF_RANGE naming the field `duration`.
absl::Status ClaimDurationOutOfRange(std::string_view given);

// INVALID_ARGUMENT STATE_FILTER_INVALID naming the field.
absl::Status StateFilterInvalid(std::string_view field, int value);

// FAILED_PRECONDITION REVIEW_ITEM_CLAIMED; metadata name, expire_time (RFC 3339, UTC).
absl::Status ReviewItemClaimed(std::string_view name, absl::Time expire_time);

// FAILED_PRECONDITION REVIEW_ITEM_DECIDED; metadata name.
absl::Status ReviewItemDecided(std::string_view name);

// FAILED_PRECONDITION REVIEW_ITEM_SUPERSEDED; metadata name, superseded_by.
absl::Status ReviewItemSuperseded(std::string_view name, std::string_view superseded_by);

// ABORTED CLAIM_LOST; metadata name, fencing_number (of the last claim, 0 for none).
absl::Status ClaimLost(std::string_view name, int64_t fencing_number);

// ABORTED SUBMISSION_MISMATCH naming the field; metadata given, expected.
absl::Status SubmissionMismatch(std::string_view field, std::string_view given,
                                std::string_view expected);

// PERMISSION_DENIED FOUR_EYES; metadata rule: CONTRIBUTOR, CERTIFICATION_BODY or SUPPLIER.
absl::Status FourEyes(std::string_view rule, std::string_view problem);

// DATA_LOSS RECORD_MALFORMED: stored bytes are not what this service writes.
absl::Status RecordMalformed(std::string_view what, std::string_view problem);

// INTERNAL DELIVERY_ANSWER_INVALID: the assessment store answered a decision with neither APPLIED
// nor REFUSED_STALE.
absl::Status DeliveryAnswerInvalid(std::string_view name, int effect);

}  // namespace assay::review_queue

#endif  // ASSAY_SERVICES_REVIEW_QUEUE_ERRORS_H_
