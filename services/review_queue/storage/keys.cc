#include "services/review_queue/storage/keys.h"

#include "common/status/macros.h"
#include "common/storage/key_codec.h"

namespace assay::review_queue {

std::string ItemKey(const ItemId& id) {
  return storage::KeyBuilder(kItemFamily)
      .String(id.assessment)
      .U64(static_cast<uint64_t>(id.submission_number))
      .Build();
}

std::string AssessmentKey(std::string_view assessment) {
  return storage::KeyBuilder(kAssessmentFamily).String(assessment).Build();
}

std::string OrderKey(storage::KeyFamily family, absl::Time submit_time, const ItemId& id) {
  return storage::KeyBuilder(family)
      .U64(static_cast<uint64_t>(absl::ToUnixMicros(submit_time)))
      .String(id.assessment)
      .U64(static_cast<uint64_t>(id.submission_number))
      .Build();
}

absl::StatusOr<ItemId> ParseOrderKey(storage::KeyFamily family, std::string_view key) {
  storage::KeyParser parser(key, family);
  parser.U64();  // Submit time: only the order needs it.
  ItemId id;
  id.assessment = parser.String();
  id.submission_number = static_cast<int64_t>(parser.U64());
  ASSAY_RETURN_IF_ERROR(parser.Finish());
  return id;
}

}  // namespace assay::review_queue
