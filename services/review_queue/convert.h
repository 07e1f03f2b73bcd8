// API messages to values of the domain and back. No rules here: fields that a rule refuses arrive
// in the domain as they are.

#ifndef ASSAY_SERVICES_REVIEW_QUEUE_CONVERT_H_
#define ASSAY_SERVICES_REVIEW_QUEUE_CONVERT_H_

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "assay/review_queue/v1/review_queue_service.pb.h"

#include "common/audit/event_log.h"
#include "common/auth/principal.h"
#include "services/review_queue/domain/decide.h"
#include "services/review_queue/domain/review_item.h"

namespace assay::review_queue {

// The item as seen at `now`: a claim that has expired shows as OPEN.
v1::ReviewItem ToProto(const ReviewItem& item, absl::Time now);
v1::Decision ToProto(const Decision& decision);
v1::ReviewItemEvent ToProto(const audit::Event& event);

// Contributors are sorted and made unique, explanations of controls dropped from the verdict (a
// summary carries none). INVALID_ARGUMENT SUBMISSION_INVALID when the item is missing or longer
// than kMaxSubmissionBytes, or when `assessment` is not `assessments/{assessment}`.
absl::StatusOr<Submission> FromProto(const v1::EnqueueReviewItemRequest& request);

// INVALID_ARGUMENT DECISION_INVALID when there is no decision or its kind is none.
absl::StatusOr<DecisionDraft> DraftFromProto(const v1::DecideReviewItemRequest& request);
DecisionBasis BasisFromProto(const v1::DecideReviewItemRequest& request);

// kDefaultClaimDuration when absent; INVALID_ARGUMENT CLAIM_DURATION_OUT_OF_RANGE when it is not a
// well-formed duration.
absl::StatusOr<absl::Duration> ClaimDuration(const v1::ClaimReviewItemRequest& request);
absl::StatusOr<absl::Duration> ClaimDuration(const v1::ExtendClaimRequest& request);

}  // namespace assay::review_queue

#endif  // ASSAY_SERVICES_REVIEW_QUEUE_CONVERT_H_
