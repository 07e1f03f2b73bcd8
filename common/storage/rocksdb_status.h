// The one place where rocksdb::Status becomes absl::Status.

#ifndef ASSAY_COMMON_STORAGE_ROCKSDB_STATUS_H_
#define ASSAY_COMMON_STORAGE_ROCKSDB_STATUS_H_

#include "absl/status/status.h"

namespace rocksdb {
class Status;
}  // namespace rocksdb

namespace assay::storage {

// Of a read, a write into a batch, or of opening the database. Corruption is DATA_LOSS
// STORE_CORRUPT. Not for commits: see IsConflict and CommitOutcomeUnknown.
absl::Status FromRocksDb(const rocksdb::Status& status);

// True when the commit lost a race and wrote nothing.
bool IsConflict(const rocksdb::Status& status);

}  // namespace assay::storage

#endif  // ASSAY_COMMON_STORAGE_ROCKSDB_STATUS_H_
