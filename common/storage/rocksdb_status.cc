#include "common/storage/rocksdb_status.h"

#include <string>
#include <string_view>

#include "rocksdb/status.h"

#include "common/storage/storage_errors.h"

namespace assay::storage {
namespace {

// RocksDB has no code for a database folder held by another process, only this text.
bool IsLockFailure(std::string_view text) {
  return text.find("lock hold by current process") != std::string_view::npos ||
         text.find("While lock file") != std::string_view::npos;
}

}  // namespace

absl::Status FromRocksDb(const rocksdb::Status& status) {
  if (status.ok()) return absl::OkStatus();
  const std::string text = status.ToString();
  if (status.IsCorruption()) return StoreCorrupt(text);
  if (status.IsIOError()) {
    if (IsLockFailure(text)) return StoreLocked(text);
    // A file that the manifest lists and the folder lacks is lost data, not a passing trouble.
    if (status.IsPathNotFound()) return StoreCorrupt(text);
    return StoreIoError(text);
  }
  if (status.IsIncomplete() || status.IsShutdownInProgress() || status.IsTimedOut()) {
    return StoreIoError(text);
  }
  return StoreInternal(text);
}

bool IsConflict(const rocksdb::Status& status) { return status.IsBusy() || status.IsTryAgain(); }

}  // namespace assay::storage
