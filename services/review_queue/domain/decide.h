// What a reviewer may decide, and what a decision is bound to.

#ifndef ASSAY_SERVICES_REVIEW_QUEUE_DOMAIN_DECIDE_H_
#define ASSAY_SERVICES_REVIEW_QUEUE_DOMAIN_DECIDE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "services/review_queue/domain/change.h"
#include "services/review_queue/domain/review_item.h"

namespace assay::review_queue {

// What the reviewer says.
struct DecisionDraft {
  DecisionKind kind = DecisionKind::kUphold;
  std::string reason;
  std::vector<ControlDecision> controls;
};

// What the reviewer saw when saying it.
struct DecisionBasis {
  std::string claim_token;
  int64_t submission_number = 0;
  std::string result_digest;
  std::string etag;
};

// What is wrong with a decision on any item: INVALID_ARGUMENT DECISION_INVALID naming the field.
// A reason of 1 to 4000 characters; UPHOLD names no controls; OVERTURN and RETURN name 1 to 200,
// each once, each with a reason of 1 to 4000 characters.
absl::Status CheckDecision(const DecisionDraft& draft);

// Decides a claimed item. In this order: PERMISSION_DENIED FOUR_EYES; FAILED_PRECONDITION
// REVIEW_ITEM_DECIDED, REVIEW_ITEM_SUPERSEDED; ABORTED CLAIM_LOST, SUBMISSION_MISMATCH,
// ETAG_MISMATCH (INVALID_ARGUMENT ETAG_REQUIRED without one); INVALID_ARGUMENT DECISION_INVALID as
// above, and when OVERTURN names a control that carries no override or not-applicable mark of this
// submission.
absl::StatusOr<ItemChange> Decide(const ReviewItem& item, const DecisionDraft& draft,
                                  const DecisionBasis& basis, const Occasion& occasion);

// Notes what became of the decision at the assessment. nullopt when that is noted already: the
// answer to a repeated delivery changes nothing. `item` is DECIDED.
std::optional<ItemChange> NoteEffect(const ReviewItem& item, DecisionEffect effect,
                                     const Occasion& occasion);

}  // namespace assay::review_queue

#endif  // ASSAY_SERVICES_REVIEW_QUEUE_DOMAIN_DECIDE_H_
