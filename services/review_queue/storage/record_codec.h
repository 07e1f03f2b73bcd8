// Values of the domain to stored bytes and back. Every record carries its format version; bytes of
// another version, that do not parse, or that hold what this service never writes are DATA_LOSS
// RECORD_MALFORMED.

#ifndef ASSAY_SERVICES_REVIEW_QUEUE_STORAGE_RECORD_CODEC_H_
#define ASSAY_SERVICES_REVIEW_QUEUE_STORAGE_RECORD_CODEC_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "services/review_queue/domain/review_item.h"

namespace assay::review_queue {

inline constexpr uint32_t kRecordFormatVersion = 1;

// What a command answered: the item, a claim token or "", and when.
struct Answer {
  ReviewItem item;
  std::string claim_token;
  absl::Time time;
};

std::string EncodeItem(const ReviewItem& item);
absl::StatusOr<ReviewItem> DecodeItem(std::string_view bytes);

std::string EncodeAssessment(int64_t latest_submission_number);
absl::StatusOr<int64_t> DecodeAssessment(std::string_view bytes);

std::string EncodeDelivery(const ItemId& id);
absl::StatusOr<ItemId> DecodeDelivery(std::string_view bytes);

std::string EncodeAnswer(const Answer& answer);
absl::StatusOr<Answer> DecodeAnswer(std::string_view bytes);

}  // namespace assay::review_queue

#endif  // ASSAY_SERVICES_REVIEW_QUEUE_STORAGE_RECORD_CODEC_H_
