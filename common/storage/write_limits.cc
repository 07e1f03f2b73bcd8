#include "common/storage/write_limits.h"

#include "common/status/macros.h"
#include "common/storage/storage_errors.h"
#include "common/storage/store.h"

namespace assay::storage {

absl::Status CheckKey(std::string_view key) {
  if (key.empty() || key.size() > kMaxKeyBytes) return KeySizeInvalid(key.size());
  return absl::OkStatus();
}

absl::Status WriteLimits::Admit(std::string_view key, std::string_view value) {
  ASSAY_RETURN_IF_ERROR(CheckKey(key));
  if (value.size() > kMaxValueBytes) return ValueTooLarge(value.size());
  const size_t bytes = bytes_ + key.size() + value.size();
  if (bytes > kMaxTransactionBytes) return TransactionTooLarge(bytes);
  bytes_ = bytes;
  return absl::OkStatus();
}

}  // namespace assay::storage
