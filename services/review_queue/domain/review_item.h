// A review item as a value: a submission that waits for a reviewer, who holds it, what was
// decided. The rules (enqueue.h, claim.h, decide.h) take such values and return new ones.
//
// States, as stored. A claim that has expired is still CLAIMED here: nobody has taken it over, so
// its holder's token works. ShownState tells what others see.
//
//   OPEN --claim--> CLAIMED --decide--> DECIDED
//     ^---release------'|'--claim after expiry--> CLAIMED (next fencing number)
//   OPEN or CLAIMED --a later submission arrives--> SUPERSEDED
//
// Plain values; thread-safe as such.

#ifndef ASSAY_SERVICES_REVIEW_QUEUE_DOMAIN_REVIEW_ITEM_H_
#define ASSAY_SERVICES_REVIEW_QUEUE_DOMAIN_REVIEW_ITEM_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "assay/review_queue/v1/review_queue.pb.h"
#include "assay/scoring/v1/scoring.pb.h"

#include "common/audit/event_log.h"

namespace assay::review_queue {

// Names an item: which submission of which assessment. Text form "{assessment}.{number}".
struct ItemId {
  std::string assessment;  // Without the collection; holds no '.'.
  int64_t submission_number = 0;

  friend auto operator<=>(const ItemId&, const ItemId&) = default;
};

// "reviewItems/a1.2".
std::string ItemName(const ItemId& id);

// INVALID_ARGUMENT RESOURCE_NAME_INVALID naming `field` when `name` is no item's name.
absl::StatusOr<ItemId> ParseItemName(std::string_view field, std::string_view name);

// Numbers are stored; see storage/records.proto.
enum class ItemState { kOpen = 1, kClaimed = 2, kDecided = 3, kSuperseded = 4 };
enum class DecisionKind { kUphold = 1, kOverturn = 2, kReturn = 3 };
enum class DecisionEffect { kPending = 1, kApplied = 2, kRefusedStale = 3 };

// What the assessment store handed in. Never changes.
struct Submission {
  ItemId id;
  std::string result_digest;  // 64 hexadecimal digits.
  std::string scheme;         // "schemes/dcc"
  std::string profile;
  std::string supplier;                   // "organisations/..."
  std::string certification_body;         // "organisations/..."
  scoring::v1::Verdict verdict;           // Summary view.
  std::vector<v1::Flag> flags;            // At least one.
  std::vector<std::string> contributors;  // Sorted, each once; at least one.
  absl::Time submit_time;
  audit::ChainHead assessment_head;  // Of the assessment's event chain when it was submitted.
};

// The current or last claim of an item.
struct Claim {
  std::string reviewer;        // Subject.
  int64_t fencing_number = 0;  // From 1.
  absl::Time expire_time;
  std::string token_digest;  // SHA-256 of the claim token, 32 bytes; empty once released.
};

struct ControlDecision {
  std::string control_id;
  std::string reason;
};

struct Decision {
  DecisionKind kind = DecisionKind::kUphold;
  std::string reason;
  std::vector<ControlDecision> controls;
  std::string reviewer;
  std::string reviewer_organisation;
  absl::Time decide_time;
  DecisionEffect effect = DecisionEffect::kPending;
};

struct ReviewItem {
  Submission submission;
  std::string fingerprint;  // Of the submission, 32 bytes; see submission.h.
  ItemState state = ItemState::kOpen;
  std::optional<Claim> claim;
  std::optional<Decision> decision;  // Present exactly when DECIDED.
  int64_t superseded_by = 0;         // Submission number; not 0 exactly when SUPERSEDED.
  audit::ChainHead head;             // Of the item's own event chain.
  absl::Time create_time;
  absl::Time update_time;

  const ItemId& id() const { return submission.id; }
  std::string name() const { return ItemName(submission.id); }
};

// Still to be decided: OPEN or CLAIMED.
bool IsWaiting(const ReviewItem& item);

// CLAIMED at `now`: from the moment of its expiry on, a claim can be taken over.
bool HasRunningClaim(const ReviewItem& item, absl::Time now);

// What others see at `now`: the stored state, but OPEN once the claim has expired.
ItemState ShownState(const ReviewItem& item, absl::Time now);

// FAILED_PRECONDITION REVIEW_ITEM_DECIDED or REVIEW_ITEM_SUPERSEDED unless the item is waiting.
absl::Status CheckWaiting(const ReviewItem& item);

}  // namespace assay::review_queue

#endif  // ASSAY_SERVICES_REVIEW_QUEUE_DOMAIN_REVIEW_ITEM_H_
