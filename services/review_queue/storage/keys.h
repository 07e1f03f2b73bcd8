// The keys of the review queue's own rows. FORMAT.md describes them; golden bytes pin them.

#ifndef ASSAY_SERVICES_REVIEW_QUEUE_STORAGE_KEYS_H_
#define ASSAY_SERVICES_REVIEW_QUEUE_STORAGE_KEYS_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "common/storage/key_families.h"
#include "services/review_queue/domain/review_item.h"

namespace assay::review_queue {

// One row per item, in the order of assessment and submission number.
inline constexpr storage::KeyFamily kItemFamily = 0x01;
// One row per assessment.
inline constexpr storage::KeyFamily kAssessmentFamily = 0x02;
// Items that wait, oldest submission first: the queue.
inline constexpr storage::KeyFamily kWaitingFamily = 0x03;
// All items, oldest submission first.
inline constexpr storage::KeyFamily kHistoryFamily = 0x04;

std::string ItemKey(const ItemId& id);
std::string AssessmentKey(std::string_view assessment);

// A row of the order index `family` (kWaitingFamily or kHistoryFamily).
std::string OrderKey(storage::KeyFamily family, absl::Time submit_time, const ItemId& id);

// The item that a row of the order index points at. DATA_LOSS KEY_MALFORMED.
absl::StatusOr<ItemId> ParseOrderKey(storage::KeyFamily family, std::string_view key);

}  // namespace assay::review_queue

#endif  // ASSAY_SERVICES_REVIEW_QUEUE_STORAGE_KEYS_H_
