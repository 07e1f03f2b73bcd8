// Files as the tool reads and writes them. Errors are usage errors that name the path.

#ifndef ASSAY_TOOLS_ASSAYCTL_FILES_H_
#define ASSAY_TOOLS_ASSAYCTL_FILES_H_

#include <string>
#include <string_view>

#include <sys/types.h>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace assay::assayctl {

// An input larger than this is refused (INPUT_TOO_LARGE): no request could carry it.
inline constexpr size_t kMaxInputBytes = size_t{16} << 20;

inline constexpr mode_t kPrivateFile = 0600;
inline constexpr mode_t kPublicFile = 0644;
inline constexpr mode_t kPrivateFolder = 0700;
inline constexpr mode_t kPublicFolder = 0755;

bool FileExists(const std::string& path);

// FILE_UNREADABLE.
absl::StatusOr<std::string> ReadFile(const std::string& path);

// Everything up to the end of an open file descriptor. Does not close it.
absl::StatusOr<std::string> ReadDescriptor(std::string_view what, int descriptor);

// A new file with exactly `mode`; FILE_EXISTS when there is one already.
absl::Status WriteNewFile(const std::string& path, std::string_view bytes, mode_t mode);

// Puts a file with exactly `mode` in place, whole or not at all.
absl::Status ReplaceFile(const std::string& path, std::string_view bytes, mode_t mode);

// The folder and its parents; only the ones that are missing are made, with `mode`.
absl::Status MakeFolder(const std::string& path, mode_t mode);

// An absent file is fine.
void RemoveFile(const std::string& path);

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_FILES_H_
