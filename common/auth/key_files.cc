#include "common/auth/key_files.h"

#include <filesystem>
#include <fstream>
#include <system_error>

#include "absl/strings/str_cat.h"

#include "common/auth/token.h"
#include "common/status/error.h"
#include "common/status/macros.h"

namespace assay::auth {
namespace {

absl::Status Unreadable(const std::string& path) {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "FILE_UNREADABLE")
      .Message(absl::StrCat("cannot read ", path, " (at most ", kMaxKeyFileBytes, " bytes)"))
      .Metadata("path", path)
      .Build();
}

absl::Status KeysMissing(const std::string& folder, const char* problem) {
  return ErrorBuilder(absl::StatusCode::kFailedPrecondition, "KEYS_MISSING")
      .Message(absl::StrCat("the key folder ", folder, " ", problem))
      .Metadata("path", folder)
      .Build();
}

}  // namespace

absl::StatusOr<std::string> ReadKeyFile(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return Unreadable(path);
  std::ifstream in(path, std::ios::binary);
  std::string bytes(kMaxKeyFileBytes + 1, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<size_t>(in.gcount()));
  if (in.bad() || bytes.empty() || bytes.size() > kMaxKeyFileBytes) return Unreadable(path);
  return bytes;
}

absl::StatusOr<std::map<std::string, std::string>> ReadKeyFolder(const std::string& folder) {
  std::error_code error;
  std::filesystem::directory_iterator entries(folder, error);
  if (error) return KeysMissing(folder, "cannot be read");
  std::map<std::string, std::string> files;
  for (const auto& entry : entries) {
    if (entry.path().extension() != ".pem") continue;
    ASSAY_ASSIGN_OR_RETURN(files[entry.path().stem().string()], ReadKeyFile(entry.path().string()));
  }
  if (files.empty()) return KeysMissing(folder, "holds no <kid>.pem");
  if (files.size() > kMaxKeys) return KeysMissing(folder, "holds too many keys");
  return files;
}

}  // namespace assay::auth
