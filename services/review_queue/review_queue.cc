#include "services/review_queue/review_queue.h"

#include <memory>
#include <optional>
#include <utility>

#include "common/auth/role.h"
#include "common/outbox/outbox.h"
#include "common/status/macros.h"
#include "services/review_queue/domain/claim.h"
#include "services/review_queue/domain/enqueue.h"
#include "services/review_queue/errors.h"
#include "services/review_queue/limits.h"

namespace assay::review_queue {
namespace {

// An idempotency record holds a whole item with its decision; names and hashes fit beside them.
constexpr size_t kAnswerOverheadBytes = 64 * 1024;
static_assert(kMaxSubmissionBytes + kMaxDecisionBytes + kAnswerOverheadBytes <=
              idempotency::kMaxResponseBytes);

absl::Status EnqueueDelivery(storage::Transaction& tx, const ReviewItem& decided) {
  outbox::Message message;
  message.id = decided.name() + "/decision";
  message.destination = kDecisionDestination;
  message.aggregate = decided.name();
  message.chain_head = decided.head;
  message.payload = EncodeDelivery(decided.id());
  message.enqueued_at = decided.update_time;
  return outbox::Enqueue(tx, message);
}

}  // namespace

ReviewQueue::ReviewQueue(storage::Store& store, const Clock& clock, IdSource& ids,
                         std::string service_subject)
    : store_(store), clock_(clock), ids_(ids), service_subject_(std::move(service_subject)) {}

absl::Time ReviewQueue::Now() const {
  return absl::FromUnixMicros(absl::ToUnixMicros(clock_.Now()));
}

absl::StatusOr<ReviewItem> ReviewQueue::Enqueue(const Submission& submission,
                                                const audit::Actor& actor) {
  const Occasion occasion{actor, Now()};
  std::optional<ReviewItem> answer;
  ASSAY_RETURN_IF_ERROR(store_.Transact([&](storage::Transaction& tx) -> absl::Status {
    ASSAY_ASSIGN_OR_RETURN(const Neighbours neighbours, ItemReader(tx).NeighboursOf(submission.id));
    ASSAY_ASSIGN_OR_RETURN(const std::vector<ItemChange> changes,
                           review_queue::Enqueue(submission, neighbours, occasion));
    if (changes.empty()) {
      answer = neighbours.same;
      return absl::OkStatus();
    }
    ItemWriter writer(tx, ids_);
    ASSAY_ASSIGN_OR_RETURN(answer, writer.Write(changes.front()));
    for (size_t i = 1; i < changes.size(); ++i) {
      ASSAY_RETURN_IF_ERROR(writer.Write(changes[i]).status());
    }
    return absl::OkStatus();
  }));
  return *std::move(answer);
}

absl::StatusOr<Answer> ReviewQueue::Claim(const ItemId& id, absl::Duration duration,
                                          const audit::Actor& actor,
                                          const idempotency::RequestKey& request) {
  ASSAY_RETURN_IF_ERROR(CheckClaimDuration(duration));
  const Occasion occasion{actor, Now()};
  return RunOnce(request, [&](storage::Transaction& tx) -> absl::StatusOr<Answer> {
    Answer answer;
    answer.time = occasion.now;
    ASSAY_ASSIGN_OR_RETURN(
        answer.item,
        Apply(tx, id, occasion,
              [&](const ReviewItem& item, const Occasion& now) -> absl::StatusOr<ItemChange> {
                ASSAY_ASSIGN_OR_RETURN(
                    ClaimedItem claimed,
                    ClaimItem(item, duration, ids_.RandomBytes(kClaimTokenRandomBytes), now));
                answer.claim_token = std::move(claimed.token);
                return std::move(claimed.change);
              }));
    return answer;
  });
}

absl::StatusOr<ReviewItem> ReviewQueue::Extend(const ItemId& id, std::string_view token,
                                               absl::Duration duration, const audit::Actor& actor) {
  ASSAY_RETURN_IF_ERROR(CheckClaimDuration(duration));
  return Run(id, actor, [&](const ReviewItem& item, const Occasion& occasion) {
    return ExtendClaim(item, token, duration, occasion);
  });
}

absl::StatusOr<ReviewItem> ReviewQueue::Release(const ItemId& id, std::string_view token,
                                                const audit::Actor& actor) {
  return Run(id, actor, [&](const ReviewItem& item, const Occasion& occasion) {
    return ReleaseClaim(item, token, occasion);
  });
}

absl::StatusOr<Answer> ReviewQueue::Decide(const ItemId& id, const DecisionDraft& draft,
                                           const DecisionBasis& basis, const audit::Actor& actor,
                                           const idempotency::RequestKey& request) {
  const Occasion occasion{actor, Now()};
  return RunOnce(request, [&](storage::Transaction& tx) -> absl::StatusOr<Answer> {
    Answer answer;
    answer.time = occasion.now;
    ASSAY_ASSIGN_OR_RETURN(
        answer.item, Apply(tx, id, occasion, [&](const ReviewItem& item, const Occasion& now) {
          return review_queue::Decide(item, draft, basis, now);
        }));
    ASSAY_RETURN_IF_ERROR(EnqueueDelivery(tx, answer.item));
    return answer;
  });
}

absl::Status ReviewQueue::NoteEffect(const ItemId& id, DecisionEffect effect) {
  const Occasion occasion{
      {service_subject_, "", {std::string(auth::RoleName(auth::Role::ROLE_SERVICE))}}, Now()};
  return store_.Transact([&](storage::Transaction& tx) -> absl::Status {
    ASSAY_ASSIGN_OR_RETURN(const ReviewItem item, ItemReader(tx).Get(id));
    if (!item.decision.has_value()) return RecordMalformed("delivery", "has no decision");
    const std::optional<ItemChange> change = review_queue::NoteEffect(item, effect, occasion);
    if (!change.has_value()) return absl::OkStatus();
    return ItemWriter(tx, ids_).Write(*change).status();
  });
}

absl::StatusOr<ReviewItem> ReviewQueue::Get(const ItemId& id) const {
  const std::unique_ptr<storage::Reader> snapshot = store_.Snapshot();
  return ItemReader(*snapshot).Get(id);
}

absl::StatusOr<ItemCursor> ReviewQueue::List(ItemList list, const ItemCursor& after, size_t limit,
                                             absl::FunctionRef<Visit(ReviewItem)> visitor) const {
  const std::unique_ptr<storage::Reader> snapshot = store_.Snapshot();
  return ItemReader(*snapshot).List(list, after, limit, visitor);
}

absl::StatusOr<std::vector<audit::Event>> ReviewQueue::Events(const ItemId& id,
                                                              uint64_t after_sequence,
                                                              size_t limit) const {
  const std::unique_ptr<storage::Reader> snapshot = store_.Snapshot();
  const ItemReader reader(*snapshot);
  ASSAY_RETURN_IF_ERROR(reader.Get(id).status());
  return reader.Events(id, after_sequence, limit);
}

absl::StatusOr<ReviewItem> ReviewQueue::Apply(storage::Transaction& tx, const ItemId& id,
                                              const Occasion& occasion, Rule rule) {
  ASSAY_ASSIGN_OR_RETURN(const ReviewItem item, ItemReader(tx).Get(id));
  ASSAY_ASSIGN_OR_RETURN(const ItemChange change, rule(item, occasion));
  return ItemWriter(tx, ids_).Write(change);
}

absl::StatusOr<ReviewItem> ReviewQueue::Run(const ItemId& id, const audit::Actor& actor,
                                            Rule rule) {
  const Occasion occasion{actor, Now()};
  std::optional<ReviewItem> answer;
  ASSAY_RETURN_IF_ERROR(store_.Transact([&](storage::Transaction& tx) -> absl::Status {
    ASSAY_ASSIGN_OR_RETURN(answer, Apply(tx, id, occasion, rule));
    return absl::OkStatus();
  }));
  return *std::move(answer);
}

absl::StatusOr<Answer> ReviewQueue::RunOnce(
    const idempotency::RequestKey& request,
    absl::FunctionRef<absl::StatusOr<Answer>(storage::Transaction&)> command) {
  ASSAY_ASSIGN_OR_RETURN(
      const std::string bytes,
      idempotency::RunOnce(store_, request, Now(),
                           [&](storage::Transaction& tx) -> absl::StatusOr<std::string> {
                             ASSAY_ASSIGN_OR_RETURN(const Answer answer, command(tx));
                             return EncodeAnswer(answer);
                           }));
  return DecodeAnswer(bytes);
}

}  // namespace assay::review_queue
