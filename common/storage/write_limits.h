// The size limits of store.h, checked the same way by every engine.

#ifndef ASSAY_COMMON_STORAGE_WRITE_LIMITS_H_
#define ASSAY_COMMON_STORAGE_WRITE_LIMITS_H_

#include <cstddef>
#include <string_view>

#include "absl/status/status.h"

namespace assay::storage {

absl::Status CheckKey(std::string_view key);

// Counts what one transaction writes. Not thread-safe.
class WriteLimits {
 public:
  // Checks one Put (or a Delete, with an empty value) and counts it when it is allowed.
  absl::Status Admit(std::string_view key, std::string_view value);

  bool wrote_anything() const { return bytes_ > 0; }

 private:
  size_t bytes_ = 0;
};

}  // namespace assay::storage

#endif  // ASSAY_COMMON_STORAGE_WRITE_LIMITS_H_
