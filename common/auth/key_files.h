// Reading keys and certificates from files.

#ifndef ASSAY_COMMON_AUTH_KEY_FILES_H_
#define ASSAY_COMMON_AUTH_KEY_FILES_H_

#include <map>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace assay::auth {

inline constexpr size_t kMaxKeyFileBytes = 64 * 1024;

// The bytes of a PEM file. INVALID_ARGUMENT FILE_UNREADABLE (metadata `path`) when it is missing,
// unreadable or longer than kMaxKeyFileBytes.
absl::StatusOr<std::string> ReadKeyFile(const std::string& path);

// The contents of every <kid>.pem in `folder`, by kid. FAILED_PRECONDITION KEYS_MISSING when there
// is none, the folder cannot be read, or there are more than kMaxKeys.
absl::StatusOr<std::map<std::string, std::string>> ReadKeyFolder(const std::string& folder);

}  // namespace assay::auth

#endif  // ASSAY_COMMON_AUTH_KEY_FILES_H_
