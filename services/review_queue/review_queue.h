// The queue's commands and reads: each takes and gives values of the domain, and each command is
// one transaction with its events, its idempotency record and its outbox entry, on disk before it
// returns.
//
// Errors: those of the rules (domain/), of reads (storage/item_store.h), of idempotency records
// (common/idempotency) and of the store (common/storage/store.h). A command that fails has changed
// nothing, except UNAVAILABLE COMMIT_OUTCOME_UNKNOWN.

#ifndef ASSAY_SERVICES_REVIEW_QUEUE_REVIEW_QUEUE_H_
#define ASSAY_SERVICES_REVIEW_QUEUE_REVIEW_QUEUE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "common/audit/event_log.h"
#include "common/idempotency/idempotency.h"
#include "common/ids/id_source.h"
#include "common/storage/store.h"
#include "common/time/clock.h"
#include "services/review_queue/domain/decide.h"
#include "services/review_queue/domain/review_item.h"
#include "services/review_queue/storage/item_store.h"
#include "services/review_queue/storage/record_codec.h"

namespace assay::review_queue {

// Destination of the outbox entries that carry decisions.
inline constexpr std::string_view kDecisionDestination = "assessment_store";

// Thread-safe. Everything given to the constructor must outlive it.
class ReviewQueue {
 public:
  // `service_subject` acts when the queue itself does: it notes what became of decisions.
  ReviewQueue(storage::Store& store, const Clock& clock, IdSource& ids,
              std::string service_subject);

  // The clock's time in whole microseconds: what is stored is what was answered.
  absl::Time Now() const;

  absl::StatusOr<ReviewItem> Enqueue(const Submission& submission, const audit::Actor& actor);

  // `request.request_id` may be empty: then the command is not remembered.
  absl::StatusOr<Answer> Claim(const ItemId& id, absl::Duration duration, const audit::Actor& actor,
                               const idempotency::RequestKey& request);
  absl::StatusOr<ReviewItem> Extend(const ItemId& id, std::string_view token,
                                    absl::Duration duration, const audit::Actor& actor);
  absl::StatusOr<ReviewItem> Release(const ItemId& id, std::string_view token,
                                     const audit::Actor& actor);
  // The outbox entry for the decision is part of the commit.
  absl::StatusOr<Answer> Decide(const ItemId& id, const DecisionDraft& draft,
                                const DecisionBasis& basis, const audit::Actor& actor,
                                const idempotency::RequestKey& request);

  // Notes what became of a decision; changes nothing when that is noted already.
  absl::Status NoteEffect(const ItemId& id, DecisionEffect effect);

  // NOT_FOUND REVIEW_ITEM_NOT_FOUND.
  absl::StatusOr<ReviewItem> Get(const ItemId& id) const;

  // See ItemReader::List; over one snapshot.
  absl::StatusOr<ItemCursor> List(ItemList list, const ItemCursor& after, size_t limit,
                                  absl::FunctionRef<Visit(ReviewItem)> visitor) const;

  // See ItemReader::Events; NOT_FOUND when there is no such item.
  absl::StatusOr<std::vector<audit::Event>> Events(const ItemId& id, uint64_t after_sequence,
                                                   size_t limit) const;

 private:
  using Rule = absl::FunctionRef<absl::StatusOr<ItemChange>(const ReviewItem&, const Occasion&)>;

  // Reads the item, applies the rule, writes the change.
  absl::StatusOr<ReviewItem> Apply(storage::Transaction& tx, const ItemId& id,
                                   const Occasion& occasion, Rule rule);
  absl::StatusOr<ReviewItem> Run(const ItemId& id, const audit::Actor& actor, Rule rule);

  // Runs `command` once per request id: later calls get the first one's answer.
  absl::StatusOr<Answer> RunOnce(
      const idempotency::RequestKey& request,
      absl::FunctionRef<absl::StatusOr<Answer>(storage::Transaction&)> command);

  storage::Store& store_;
  const Clock& clock_;
  IdSource& ids_;
  const std::string service_subject_;
};

}  // namespace assay::review_queue

#endif  // ASSAY_SERVICES_REVIEW_QUEUE_REVIEW_QUEUE_H_
