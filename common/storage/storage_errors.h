// The errors of this folder; store.h lists when each is given.

#ifndef ASSAY_COMMON_STORAGE_STORAGE_ERRORS_H_
#define ASSAY_COMMON_STORAGE_STORAGE_ERRORS_H_

#include <cstddef>
#include <string_view>

#include "absl/status/status.h"

namespace assay::storage {

absl::Status KeySizeInvalid(size_t bytes);
absl::Status ValueTooLarge(size_t bytes);
absl::Status TransactionTooLarge(size_t bytes);
absl::Status TransactionContention(int attempts);
absl::Status CommitOutcomeUnknown(std::string_view cause);
absl::Status StoreUnhealthy(std::string_view cause);
absl::Status StoreCorrupt(std::string_view cause);
absl::Status StoreIoError(std::string_view cause);
absl::Status StoreLocked(std::string_view cause);
// The engine answered something that our use of it rules out. INTERNAL STORE_INTERNAL.
absl::Status StoreInternal(std::string_view cause);
absl::Status KeyMalformed(std::string_view key);

}  // namespace assay::storage

#endif  // ASSAY_COMMON_STORAGE_STORAGE_ERRORS_H_
