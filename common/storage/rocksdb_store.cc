#include "common/storage/rocksdb_store.h"

#include <atomic>
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "rocksdb/cache.h"
#include "rocksdb/db.h"
#include "rocksdb/env.h"
#include "rocksdb/filter_policy.h"
#include "rocksdb/iterator.h"
#include "rocksdb/listener.h"
#include "rocksdb/options.h"
#include "rocksdb/snapshot.h"
#include "rocksdb/table.h"
#include "rocksdb/utilities/optimistic_transaction_db.h"
#include "rocksdb/utilities/transaction.h"

#include "common/status/macros.h"
#include "common/storage/engine_log.h"
#include "common/storage/rocksdb_status.h"
#include "common/storage/storage_errors.h"
#include "common/storage/transact_loop.h"
#include "common/storage/write_limits.h"
#include "common/sync/mutex.h"

namespace assay::storage {
namespace {

// Commits of different keys run side by side and share a sync; commits whose keys fall into one
// bucket wait for each other. RocksDB's default of a million buckets costs 50 MiB.
constexpr uint32_t kCommitLockBuckets = 1 << 14;
constexpr double kBloomBitsPerKey = 10;
constexpr uint64_t kMaxManifestBytes = 4 * 1024 * 1024;

rocksdb::Slice ToSlice(std::string_view text) { return {text.data(), text.size()}; }
std::string_view FromSlice(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

// Remembers the first failure. Thread-safe.
class StickyHealth {
 public:
  void Fail(std::string_view cause) ASSAY_EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    if (!status_.ok()) return;
    status_ = StoreUnhealthy(cause);
    failed_.store(true, std::memory_order_release);
  }

  absl::Status Get() const ASSAY_EXCLUDES(mutex_) {
    if (!failed_.load(std::memory_order_acquire)) return absl::OkStatus();
    MutexLock lock(mutex_);
    return status_;
  }

 private:
  std::atomic<bool> failed_ = false;
  mutable Mutex mutex_;
  absl::Status status_ ASSAY_GUARDED_BY(mutex_);
};

// Failures of background work (flush, compaction) reach us only this way.
class FailureListener final : public rocksdb::EventListener {
 public:
  explicit FailureListener(std::shared_ptr<StickyHealth> health) : health_(std::move(health)) {}

  void OnBackgroundError(rocksdb::BackgroundErrorReason, rocksdb::Status* error) override {
    health_->Fail(error->ToString());
  }

 private:
  const std::shared_ptr<StickyHealth> health_;
};

// RocksDB's own log writer aborts the process on a full disk; this one keeps no file at all.
class SinkLogger final : public rocksdb::Logger {
 public:
  explicit SinkLogger(EngineLogSink sink)
      : rocksdb::Logger(rocksdb::InfoLogLevel::WARN_LEVEL), sink_(std::move(sink)) {}

  void Logv(const char* format, va_list args) override {
    Logv(rocksdb::InfoLogLevel::INFO_LEVEL, format, args);
  }

  void Logv(const rocksdb::InfoLogLevel level, const char* format, va_list args) override {
    if (level < GetInfoLogLevel() || level >= rocksdb::InfoLogLevel::HEADER_LEVEL) return;
    char buffer[kMaxEngineLogBytes];
    const int length = std::vsnprintf(buffer, sizeof buffer, format, args);
    if (length < 0) return;
    sink_(SeverityName(level), buffer);
  }

  void LogHeader(const char*, va_list) override {}

 private:
  static std::string_view SeverityName(rocksdb::InfoLogLevel level) {
    if (level >= rocksdb::InfoLogLevel::FATAL_LEVEL) return "FATAL";
    return level >= rocksdb::InfoLogLevel::ERROR_LEVEL ? "ERROR" : "WARNING";
  }

  const EngineLogSink sink_;
};

// Bounds that RocksDB reads by pointer while an iterator lives.
struct ScanBounds {
  rocksdb::Slice lower;
  rocksdb::Slice upper;
  rocksdb::ReadOptions options;

  ScanBounds(const ScanRange& range, const rocksdb::Snapshot* snapshot)
      : lower(ToSlice(range.begin)), upper(ToSlice(range.end)) {
    options.snapshot = snapshot;
    if (range.direction == Direction::kForward && !upper.empty()) {
      options.iterate_upper_bound = &upper;
    }
    if (range.direction == Direction::kBackward && !lower.empty()) {
      options.iterate_lower_bound = &lower;
    }
  }
};

absl::Status ScanForward(rocksdb::Iterator& rows, const ScanRange& range, ScanVisitor visitor) {
  size_t visited = 0;
  for (rows.Seek(ToSlice(range.begin)); rows.Valid() && visited < range.limit; rows.Next()) {
    if (!range.end.empty() && FromSlice(rows.key()) >= range.end) break;
    ++visited;
    if (!visitor(FromSlice(rows.key()), FromSlice(rows.value()))) break;
  }
  return FromRocksDb(rows.status());
}

absl::Status ScanBackward(rocksdb::Iterator& rows, const ScanRange& range, ScanVisitor visitor) {
  if (range.end.empty()) {
    rows.SeekToLast();
  } else {
    rows.SeekForPrev(ToSlice(range.end));
    if (rows.Valid() && FromSlice(rows.key()) >= range.end) rows.Prev();
  }
  for (size_t visited = 0; rows.Valid() && visited < range.limit; rows.Prev()) {
    if (FromSlice(rows.key()) < range.begin) break;
    ++visited;
    if (!visitor(FromSlice(rows.key()), FromSlice(rows.value()))) break;
  }
  return FromRocksDb(rows.status());
}

absl::Status ScanRows(rocksdb::Iterator& rows, const ScanRange& range, ScanVisitor visitor) {
  return range.direction == Direction::kForward ? ScanForward(rows, range, visitor)
                                                : ScanBackward(rows, range, visitor);
}

absl::StatusOr<std::optional<std::string>> GetResult(const rocksdb::Status& status,
                                                     std::string value) {
  if (status.IsNotFound()) return std::optional<std::string>();
  ASSAY_RETURN_IF_ERROR(FromRocksDb(status));
  return std::optional<std::string>(std::move(value));
}

class SnapshotReader final : public Reader {
 public:
  explicit SnapshotReader(rocksdb::DB& db) : db_(db), snapshot_(&db) {}

  absl::StatusOr<std::optional<std::string>> Get(std::string_view key) override {
    ASSAY_RETURN_IF_ERROR(CheckKey(key));
    rocksdb::ReadOptions options;
    options.snapshot = snapshot_.snapshot();
    std::string value;
    const rocksdb::Status status = db_.Get(options, ToSlice(key), &value);
    return GetResult(status, std::move(value));
  }

  absl::Status Scan(const ScanRange& range, ScanVisitor visitor) override {
    const ScanBounds bounds(range, snapshot_.snapshot());
    std::unique_ptr<rocksdb::Iterator> rows(db_.NewIterator(bounds.options));
    return ScanRows(*rows, range, visitor);
  }

 private:
  rocksdb::DB& db_;
  rocksdb::ManagedSnapshot snapshot_;
};

class RocksDbTransaction final : public Transaction {
 public:
  explicit RocksDbTransaction(rocksdb::OptimisticTransactionDB& db) {
    rocksdb::WriteOptions write_options;
    write_options.sync = true;
    rocksdb::OptimisticTransactionOptions transaction_options;
    transaction_options.set_snapshot = true;
    transaction_.reset(db.BeginTransaction(write_options, transaction_options));
  }

  absl::StatusOr<std::optional<std::string>> Get(std::string_view key) override {
    ASSAY_RETURN_IF_ERROR(CheckKey(key));
    rocksdb::ReadOptions options;
    options.snapshot = transaction_->GetSnapshot();
    std::string value;
    const rocksdb::Status status = transaction_->GetForUpdate(options, ToSlice(key), &value);
    return GetResult(status, std::move(value));
  }

  absl::Status Scan(const ScanRange& range, ScanVisitor visitor) override {
    const ScanBounds bounds(range, transaction_->GetSnapshot());
    std::unique_ptr<rocksdb::Iterator> rows(transaction_->GetIterator(bounds.options));
    return ScanRows(*rows, range, visitor);
  }

  absl::Status Put(std::string_view key, std::string_view value) override {
    ASSAY_RETURN_IF_ERROR(limits_.Admit(key, value));
    return FromRocksDb(transaction_->Put(ToSlice(key), ToSlice(value)));
  }

  absl::Status Delete(std::string_view key) override {
    ASSAY_RETURN_IF_ERROR(limits_.Admit(key, ""));
    return FromRocksDb(transaction_->Delete(ToSlice(key)));
  }

  bool wrote_anything() const { return limits_.wrote_anything(); }
  rocksdb::Status Commit() { return transaction_->Commit(); }

 private:
  std::unique_ptr<rocksdb::Transaction> transaction_;
  WriteLimits limits_;
};

rocksdb::Options EngineOptions(const RocksDbOptions& options,
                               std::shared_ptr<StickyHealth> health) {
  rocksdb::Options engine;
  engine.create_if_missing = true;
  engine.paranoid_checks = true;
  engine.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  engine.track_and_verify_wals_in_manifest = true;
  engine.info_log = std::make_shared<SinkLogger>(
      options.log_sink ? options.log_sink : EngineLogSink(WriteEngineLogLine));
  engine.info_log_level = rocksdb::InfoLogLevel::WARN_LEVEL;
  engine.listeners.push_back(std::make_shared<FailureListener>(std::move(health)));
  // Our answer to a background error is to restart, so RocksDB must not resume behind our back.
  engine.max_bgerror_resume_count = 0;
  engine.write_buffer_size = options.write_buffer_bytes;
  engine.max_write_buffer_number = 2;
  // What commits are validated against; a transaction older than this history runs again.
  engine.max_write_buffer_size_to_maintain = static_cast<int64_t>(options.write_buffer_bytes);
  engine.max_total_wal_size = 4 * options.write_buffer_bytes;
  engine.max_manifest_file_size = kMaxManifestBytes;
  engine.max_open_files = options.max_open_files;
  engine.max_background_jobs = 2;
  engine.stats_dump_period_sec = 0;
  engine.stats_persist_period_sec = 0;
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = rocksdb::NewLRUCache(options.block_cache_bytes);
  table.cache_index_and_filter_blocks = true;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(kBloomBitsPerKey));
  table.format_version = 5;
  engine.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return engine;
}

// A folder's entry is durable only once its parent was synced.
absl::Status SyncFolder(const std::filesystem::path& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return StoreIoError(absl::StrCat("cannot open ", folder.string()));
  const int result = ::fsync(fd);
  ::close(fd);
  if (result != 0) return StoreIoError(absl::StrCat("cannot sync ", folder.string()));
  return absl::OkStatus();
}

absl::Status CreateFolder(const std::filesystem::path& folder) {
  std::error_code error;
  std::vector<std::filesystem::path> parents_to_sync;
  for (std::filesystem::path p = folder; !p.empty() && !std::filesystem::exists(p, error);
       p = p.parent_path()) {
    parents_to_sync.push_back(p.has_parent_path() ? p.parent_path() : std::filesystem::path("."));
  }
  std::filesystem::create_directories(folder, error);
  if (error) {
    return StoreIoError(absl::StrCat("cannot create ", folder.string(), ": ", error.message()));
  }
  for (const std::filesystem::path& parent : parents_to_sync) {
    ASSAY_RETURN_IF_ERROR(SyncFolder(parent));
  }
  return absl::OkStatus();
}

}  // namespace

struct RocksDbStore::Impl {
  // Shared with the listener, which RocksDB may keep until its last thread has ended.
  std::shared_ptr<StickyHealth> health;
  std::unique_ptr<rocksdb::OptimisticTransactionDB> db;
};

RocksDbStore::RocksDbStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

RocksDbStore::~RocksDbStore() {
  // Everything acknowledged is synced already; a failing close loses nothing.
  impl_->db->Close().PermitUncheckedError();
}

absl::StatusOr<std::unique_ptr<RocksDbStore>> RocksDbStore::Open(const RocksDbOptions& options) {
  if (options.path.empty()) return StoreIoError("the database folder has no name");
  ASSAY_RETURN_IF_ERROR(CreateFolder(std::filesystem::absolute(options.path)));
  auto impl = std::make_unique<Impl>();
  impl->health = std::make_shared<StickyHealth>();
  const rocksdb::Options engine = EngineOptions(options, impl->health);
  rocksdb::OptimisticTransactionDBOptions commit_options;
  // Validating before the write group, not in it: only this lets commits share a sync.
  commit_options.validate_policy = rocksdb::OccValidationPolicy::kValidateParallel;
  commit_options.occ_lock_buckets = kCommitLockBuckets;
  const std::vector<rocksdb::ColumnFamilyDescriptor> families = {
      {rocksdb::kDefaultColumnFamilyName, rocksdb::ColumnFamilyOptions(engine)}};
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::OptimisticTransactionDB* db = nullptr;
  const rocksdb::Status status = rocksdb::OptimisticTransactionDB::Open(
      rocksdb::DBOptions(engine), commit_options, options.path, families, &handles, &db);
  ASSAY_RETURN_IF_ERROR(FromRocksDb(status));
  impl->db.reset(db);
  // The database keeps a handle of its own for the default family.
  for (rocksdb::ColumnFamilyHandle* handle : handles) delete handle;
  return std::unique_ptr<RocksDbStore>(new RocksDbStore(std::move(impl)));
}

absl::Status RocksDbStore::Transact(TransactionBody body) {
  return RunTransactLoop([&]() -> absl::StatusOr<AttemptOutcome> {
    ASSAY_RETURN_IF_ERROR(impl_->health->Get());
    RocksDbTransaction transaction(*impl_->db);
    ASSAY_RETURN_IF_ERROR(body(transaction));
    // What was read came from one snapshot: without writes there is nothing to validate or sync.
    if (!transaction.wrote_anything()) return AttemptOutcome::kCommitted;
    const rocksdb::Status status = transaction.Commit();
    if (status.ok()) return AttemptOutcome::kCommitted;
    if (IsConflict(status)) return AttemptOutcome::kConflict;
    const std::string cause = status.ToString();
    impl_->health->Fail(cause);
    return CommitOutcomeUnknown(cause);
  });
}

std::unique_ptr<Reader> RocksDbStore::Snapshot() {
  return std::make_unique<SnapshotReader>(*impl_->db);
}

absl::Status RocksDbStore::Health() { return impl_->health->Get(); }

}  // namespace assay::storage
