#include "services/review_queue/domain/review_item.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include "common/ids/resource_name.h"
#include "common/status/macros.h"
#include "common/text/view.h"
#include "services/review_queue/errors.h"
#include "services/review_queue/limits.h"

namespace assay::review_queue {
namespace {

constexpr std::string_view kItemPattern = "reviewItems/*";

// A number from 1 to kMaxSubmissionNumber in its only spelling, or 0.
int64_t ParseNumber(std::string_view digits) {
  int64_t number = 0;
  if (digits.empty() || digits[0] == '0') return 0;
  if (digits.find_first_not_of("0123456789") != std::string_view::npos) return 0;
  if (!absl::SimpleAtoi(ToAbsl(digits), &number)) return 0;
  return number <= kMaxSubmissionNumber ? number : 0;
}

}  // namespace

std::string ItemName(const ItemId& id) {
  return FormatName(kItemPattern, {absl::StrCat(id.assessment, ".", id.submission_number)});
}

absl::StatusOr<ItemId> ParseItemName(std::string_view field, std::string_view name) {
  ASSAY_ASSIGN_OR_RETURN(const std::vector<std::string> parts,
                         ParseName(field, kItemPattern, name));
  const std::string_view id = parts.front();
  const size_t dot = id.find('.');
  if (dot == std::string_view::npos || dot == 0 || dot > kMaxAssessmentIdCharacters) {
    return ItemNameInvalid(field, name);
  }
  const int64_t number = ParseNumber(id.substr(dot + 1));
  if (number == 0) return ItemNameInvalid(field, name);
  return ItemId{std::string(id.substr(0, dot)), number};
}

bool IsWaiting(const ReviewItem& item) {
  return item.state == ItemState::kOpen || item.state == ItemState::kClaimed;
}

bool HasRunningClaim(const ReviewItem& item, absl::Time now) {
  return item.state == ItemState::kClaimed && now < item.claim->expire_time;
}

ItemState ShownState(const ReviewItem& item, absl::Time now) {
  if (item.state == ItemState::kClaimed && !HasRunningClaim(item, now)) return ItemState::kOpen;
  return item.state;
}

absl::Status CheckWaiting(const ReviewItem& item) {
  if (item.state == ItemState::kDecided) return ReviewItemDecided(item.name());
  if (item.state == ItemState::kSuperseded) {
    return ReviewItemSuperseded(item.name(), ItemName({item.id().assessment, item.superseded_by}));
  }
  return absl::OkStatus();
}

}  // namespace assay::review_queue
