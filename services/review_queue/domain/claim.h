// Who may hold an item, and for how long.
//
// A claim has a fencing number, one higher than the claim before, and a secret token that names
// it. The token outlives the claim's expiry: it works until somebody else claims the item, the
// holder releases it, or the item is decided or superseded. Only the token's SHA-256 is kept.

#ifndef ASSAY_SERVICES_REVIEW_QUEUE_DOMAIN_CLAIM_H_
#define ASSAY_SERVICES_REVIEW_QUEUE_DOMAIN_CLAIM_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "services/review_queue/domain/change.h"
#include "services/review_queue/domain/review_item.h"

namespace assay::review_queue {

struct ClaimedItem {
  ItemChange change;
  std::string token;  // For the holder alone.
};

// INVALID_ARGUMENT CLAIM_DURATION_OUT_OF_RANGE outside kMinClaimDuration to kMaxClaimDuration.
absl::Status CheckClaimDuration(absl::Duration duration);

// Claims an item that is open or whose claim has expired. `random`: kClaimTokenRandomBytes that
// nobody can guess. `duration` has passed CheckClaimDuration. PERMISSION_DENIED FOUR_EYES;
// FAILED_PRECONDITION REVIEW_ITEM_CLAIMED (also for the holder: a second token would make the
// first a lost claim), REVIEW_ITEM_DECIDED, REVIEW_ITEM_SUPERSEDED.
absl::StatusOr<ClaimedItem> ClaimItem(const ReviewItem& item, absl::Duration duration,
                                      std::string_view random, const Occasion& occasion);

// Sets the end of the actor's claim to now plus `duration`, also after it has expired.
// FAILED_PRECONDITION as above but REVIEW_ITEM_CLAIMED; ABORTED CLAIM_LOST.
absl::StatusOr<ItemChange> ExtendClaim(const ReviewItem& item, std::string_view token,
                                       absl::Duration duration, const Occasion& occasion);

// Opens the item again; the token stops working. Errors as ExtendClaim.
absl::StatusOr<ItemChange> ReleaseClaim(const ReviewItem& item, std::string_view token,
                                        const Occasion& occasion);

// ABORTED CLAIM_LOST unless `token` is the current one and `holder` is whom it was given to: a
// token that leaked is of no use to others.
absl::Status CheckClaimToken(const ReviewItem& item, std::string_view token,
                             std::string_view holder);

}  // namespace assay::review_queue

#endif  // ASSAY_SERVICES_REVIEW_QUEUE_DOMAIN_CLAIM_H_
