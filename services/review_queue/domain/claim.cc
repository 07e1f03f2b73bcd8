#include "services/review_queue/domain/claim.h"

#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"

#include "common/ids/hex.h"
#include "common/status/macros.h"
#include "services/review_queue/domain/four_eyes.h"
#include "services/review_queue/errors.h"
#include "services/review_queue/limits.h"

namespace assay::review_queue {

absl::Status CheckClaimDuration(absl::Duration duration) {
  if (duration >= kMinClaimDuration && duration <= kMaxClaimDuration) return absl::OkStatus();
  return ClaimDurationOutOfRange(absl::FormatDuration(duration));
}

absl::StatusOr<ClaimedItem> ClaimItem(const ReviewItem& item, absl::Duration duration,
                                      std::string_view random, const Occasion& occasion) {
  ASSAY_RETURN_IF_ERROR(CheckFourEyes(item, occasion.actor));
  ASSAY_RETURN_IF_ERROR(CheckWaiting(item));
  if (HasRunningClaim(item, occasion.now)) {
    return ReviewItemClaimed(item.name(), item.claim->expire_time);
  }
  Claim claim;
  claim.reviewer = occasion.actor.subject;
  claim.fencing_number = item.claim.has_value() ? item.claim->fencing_number + 1 : 1;
  claim.expire_time = occasion.now + duration;
  std::string token = absl::StrCat(claim.fencing_number, "-", ToHex(random));
  claim.token_digest = Sha256(token);

  ReviewItem claimed = item;
  claimed.state = ItemState::kClaimed;
  claimed.claim = std::move(claim);
  claimed.update_time = occasion.now;
  return ClaimedItem{{std::move(claimed), EventType::kClaimed, occasion}, std::move(token)};
}

absl::StatusOr<ItemChange> ExtendClaim(const ReviewItem& item, std::string_view token,
                                       absl::Duration duration, const Occasion& occasion) {
  ASSAY_RETURN_IF_ERROR(CheckWaiting(item));
  ASSAY_RETURN_IF_ERROR(CheckClaimToken(item, token, occasion.actor.subject));
  ReviewItem extended = item;
  extended.claim->expire_time = occasion.now + duration;
  extended.update_time = occasion.now;
  return ItemChange{std::move(extended), EventType::kClaimExtended, occasion};
}

absl::StatusOr<ItemChange> ReleaseClaim(const ReviewItem& item, std::string_view token,
                                        const Occasion& occasion) {
  ASSAY_RETURN_IF_ERROR(CheckWaiting(item));
  ASSAY_RETURN_IF_ERROR(CheckClaimToken(item, token, occasion.actor.subject));
  ReviewItem released = item;
  released.state = ItemState::kOpen;
  // The claim itself stays, as the last one: its fencing number must never come again.
  released.claim->expire_time = occasion.now;
  released.claim->token_digest.clear();
  released.update_time = occasion.now;
  return ItemChange{std::move(released), EventType::kClaimReleased, occasion};
}

absl::Status CheckClaimToken(const ReviewItem& item, std::string_view token,
                             std::string_view holder) {
  const bool current = item.claim.has_value() && !token.empty() &&
                       token.size() <= kMaxClaimTokenBytes &&
                       item.claim->token_digest == Sha256(token) && item.claim->reviewer == holder;
  if (current) return absl::OkStatus();
  return ClaimLost(item.name(), item.claim.has_value() ? item.claim->fencing_number : 0);
}

}  // namespace assay::review_queue
