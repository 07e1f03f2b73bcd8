// The embedded, durable engine: one RocksDB database in one folder.
//
// Every commit is synced before it is acknowledged; concurrent commits share syncs. A write-ahead
// log error makes the store unhealthy for good: the failed batch may still be there after
// reopening, so carrying on would contradict what callers were told.

#ifndef ASSAY_COMMON_STORAGE_ROCKSDB_STORE_H_
#define ASSAY_COMMON_STORAGE_ROCKSDB_STORE_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "common/storage/store.h"

namespace assay::storage {

// Receives the engine's own warnings and errors. `severity` is "WARNING", "ERROR" or "FATAL".
// Called from any thread, also from RocksDB's; must be thread-safe and must not call the store.
using EngineLogSink = std::function<void(std::string_view severity, std::string_view message)>;

struct RocksDbOptions {
  // The database folder; created with its parents when missing. Only one process may hold it.
  std::string path;

  // Sized for many small services on one machine: an idle process stays under 50 MiB.
  size_t write_buffer_bytes = 8 * 1024 * 1024;
  size_t block_cache_bytes = 8 * 1024 * 1024;
  int max_open_files = 256;

  // Empty: one JSON line per message on standard error.
  EngineLogSink log_sink;
};

class RocksDbStore final : public Store {
 public:
  // FAILED_PRECONDITION STORE_LOCKED when another process has the folder open, DATA_LOSS
  // STORE_CORRUPT when the stored bytes are damaged, UNAVAILABLE STORE_IO_ERROR otherwise.
  static absl::StatusOr<std::unique_ptr<RocksDbStore>> Open(const RocksDbOptions& options);

  // All transactions and snapshots must have ended.
  ~RocksDbStore() override;

  absl::Status Transact(TransactionBody body) override;
  std::unique_ptr<Reader> Snapshot() override;
  absl::Status Health() override;

 private:
  struct Impl;
  explicit RocksDbStore(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace assay::storage

#endif  // ASSAY_COMMON_STORAGE_ROCKSDB_STORE_H_
