#include "common/storage/memory_store.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "common/status/macros.h"
#include "common/storage/key_codec.h"
#include "common/storage/storage_errors.h"
#include "common/storage/transact_loop.h"
#include "common/storage/write_limits.h"
#include "common/sync/mutex.h"

namespace assay::storage {
namespace {

// Rows copied under the lock at a time; the visitor runs outside it.
constexpr size_t kScanPageRows = 64;

using Row = std::pair<std::string, std::string>;
using Writes = std::map<std::string, std::optional<std::string>, std::less<>>;
using Keys = std::set<std::string, std::less<>>;

// A map that remembers what it held at every version somebody still looks at. Thread-safe.
class VersionedMap {
 public:
  // The latest version; its view stays intact until Unpin.
  uint64_t Pin() ASSAY_EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    pinned_.insert(latest_);
    return latest_;
  }

  void Unpin(uint64_t version) ASSAY_EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    pinned_.erase(pinned_.find(version));
    Collect();
  }

  std::optional<std::string> Get(std::string_view key, uint64_t version) ASSAY_EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    auto row = rows_.find(key);
    if (row == rows_.end()) return std::nullopt;
    const Cell* cell = VisibleAt(row->second, version);
    return cell == nullptr ? std::nullopt : cell->value;
  }

  // Up to kScanPageRows rows of `range` in its direction, and narrows `range` to what comes after.
  // An empty page is the end.
  std::vector<Row> NextPage(ScanRange& range, uint64_t version) ASSAY_EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    return range.direction == Direction::kForward ? PageForward(range, version)
                                                  : PageBackward(range, version);
  }

  // Applies `writes` when no key of `reads` or `writes` changed after `version`. False: conflict.
  bool Commit(uint64_t version, const Keys& reads, const Writes& writes) ASSAY_EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    for (const std::string& key : reads) {
      if (ChangedAfter(key, version)) return false;
    }
    for (const auto& [key, value] : writes) {
      if (ChangedAfter(key, version)) return false;
    }
    ++latest_;
    for (const auto& [key, value] : writes) {
      rows_[key].push_back({latest_, value});
      garbage_.emplace_back(latest_, key);
    }
    return true;
  }

 private:
  // What a key was set to at a version; nullopt is a deletion.
  struct Cell {
    uint64_t version;
    std::optional<std::string> value;
  };

  static const Cell* VisibleAt(const std::vector<Cell>& cells, uint64_t version) {
    for (auto cell = cells.rbegin(); cell != cells.rend(); ++cell) {
      if (cell->version <= version) return &*cell;
    }
    return nullptr;
  }

  bool ChangedAfter(const std::string& key, uint64_t version) ASSAY_REQUIRES(mutex_) {
    auto row = rows_.find(key);
    return row != rows_.end() && row->second.back().version > version;
  }

  std::vector<Row> PageForward(ScanRange& range, uint64_t version) ASSAY_REQUIRES(mutex_) {
    std::vector<Row> page;
    for (auto row = rows_.lower_bound(range.begin);
         row != rows_.end() && (range.end.empty() || row->first < range.end); ++row) {
      const Cell* cell = VisibleAt(row->second, version);
      if (cell == nullptr || !cell->value.has_value()) continue;
      page.emplace_back(row->first, *cell->value);
      if (page.size() == kScanPageRows) break;
    }
    if (!page.empty()) range.begin = KeyAfter(page.back().first);
    return page;
  }

  std::vector<Row> PageBackward(ScanRange& range, uint64_t version) ASSAY_REQUIRES(mutex_) {
    std::vector<Row> page;
    auto row = range.end.empty() ? rows_.end() : rows_.lower_bound(range.end);
    while (row != rows_.begin() && page.size() < kScanPageRows) {
      --row;
      if (row->first < range.begin) break;
      const Cell* cell = VisibleAt(row->second, version);
      if (cell == nullptr || !cell->value.has_value()) continue;
      page.emplace_back(row->first, *cell->value);
    }
    if (!page.empty()) range.end = page.back().first;
    return page;
  }

  // Drops what no pinned version can see.
  void Collect() ASSAY_REQUIRES(mutex_) {
    const uint64_t oldest = pinned_.empty() ? latest_ : *pinned_.begin();
    while (!garbage_.empty() && garbage_.front().first <= oldest) {
      auto row = rows_.find(garbage_.front().second);
      garbage_.pop_front();
      if (row == rows_.end()) continue;
      std::vector<Cell>& cells = row->second;
      size_t keep = 0;
      while (keep + 1 < cells.size() && cells[keep + 1].version <= oldest) ++keep;
      cells.erase(cells.begin(), cells.begin() + static_cast<std::ptrdiff_t>(keep));
      if (cells.size() == 1 && !cells[0].value.has_value() && cells[0].version <= oldest) {
        rows_.erase(row);
      }
    }
  }

  Mutex mutex_;
  uint64_t latest_ ASSAY_GUARDED_BY(mutex_) = 0;
  std::map<std::string, std::vector<Cell>, std::less<>> rows_ ASSAY_GUARDED_BY(mutex_);
  std::multiset<uint64_t> pinned_ ASSAY_GUARDED_BY(mutex_);
  // (version, key) of every write whose predecessors may still be in rows_, oldest first.
  std::deque<std::pair<uint64_t, std::string>> garbage_ ASSAY_GUARDED_BY(mutex_);
};

// A version held for as long as this lives.
class View {
 public:
  explicit View(VersionedMap& map) : map_(map), version_(map.Pin()) {}
  ~View() { map_.Unpin(version_); }
  View(const View&) = delete;
  View& operator=(const View&) = delete;

  VersionedMap& map() const { return map_; }
  uint64_t version() const { return version_; }

 private:
  VersionedMap& map_;
  const uint64_t version_;
};

// The writes that fall into `range`, in its direction.
std::vector<const Writes::value_type*> WritesIn(const Writes& writes, const ScanRange& range) {
  std::vector<const Writes::value_type*> found;
  for (auto write = writes.lower_bound(range.begin);
       write != writes.end() && (range.end.empty() || write->first < range.end); ++write) {
    found.push_back(&*write);
  }
  if (range.direction == Direction::kBackward) return {found.rbegin(), found.rend()};
  return found;
}

// Visits the rows of `view` overlaid with `writes`.
void ScanMerged(const View& view, const Writes& writes, ScanRange range, ScanVisitor visitor) {
  const auto own = WritesIn(writes, range);
  const bool forward = range.direction == Direction::kForward;
  const size_t limit = range.limit;
  std::vector<Row> page = view.map().NextPage(range, view.version());
  size_t visited = 0;
  size_t own_next = 0;
  size_t page_next = 0;
  while (visited < limit) {
    if (page_next == page.size() && !page.empty()) {
      page = view.map().NextPage(range, view.version());
      page_next = 0;
    }
    const Row* row = page_next < page.size() ? &page[page_next] : nullptr;
    const Writes::value_type* write = own_next < own.size() ? own[own_next] : nullptr;
    if (row == nullptr && write == nullptr) return;
    const bool same = row != nullptr && write != nullptr && row->first == write->first;
    const bool write_first =
        row == nullptr || (write != nullptr && (same || (write->first < row->first) == forward));
    if (!write_first || same) ++page_next;
    if (write_first) ++own_next;
    if (write_first && !write->second.has_value()) continue;
    ++visited;
    const bool go_on =
        write_first ? visitor(write->first, *write->second) : visitor(row->first, row->second);
    if (!go_on) return;
  }
}

class MemoryReader final : public Reader {
 public:
  explicit MemoryReader(VersionedMap& map) : view_(map) {}

  absl::StatusOr<std::optional<std::string>> Get(std::string_view key) override {
    ASSAY_RETURN_IF_ERROR(CheckKey(key));
    return view_.map().Get(key, view_.version());
  }

  absl::Status Scan(const ScanRange& range, ScanVisitor visitor) override {
    ScanMerged(view_, {}, range, visitor);
    return absl::OkStatus();
  }

 private:
  const View view_;
};

class MemoryTransaction final : public Transaction {
 public:
  explicit MemoryTransaction(VersionedMap& map) : view_(map) {}

  absl::StatusOr<std::optional<std::string>> Get(std::string_view key) override {
    ASSAY_RETURN_IF_ERROR(CheckKey(key));
    reads_.emplace(key);
    if (auto write = writes_.find(key); write != writes_.end()) return write->second;
    return view_.map().Get(key, view_.version());
  }

  absl::Status Scan(const ScanRange& range, ScanVisitor visitor) override {
    ScanMerged(view_, writes_, range, visitor);
    return absl::OkStatus();
  }

  absl::Status Put(std::string_view key, std::string_view value) override {
    ASSAY_RETURN_IF_ERROR(limits_.Admit(key, value));
    writes_.insert_or_assign(std::string(key), std::string(value));
    return absl::OkStatus();
  }

  absl::Status Delete(std::string_view key) override {
    ASSAY_RETURN_IF_ERROR(limits_.Admit(key, ""));
    writes_.insert_or_assign(std::string(key), std::nullopt);
    return absl::OkStatus();
  }

  bool wrote_anything() const { return !writes_.empty(); }
  bool Commit() { return view_.map().Commit(view_.version(), reads_, writes_); }

 private:
  const View view_;
  Keys reads_;
  Writes writes_;
  WriteLimits limits_;
};

}  // namespace

struct MemoryStore::Impl {
  VersionedMap map;
  Mutex mutex;
  absl::Status health ASSAY_GUARDED_BY(mutex);
  std::optional<FailedCommit> fail_next ASSAY_GUARDED_BY(mutex);

  absl::Status Health() ASSAY_EXCLUDES(mutex) {
    MutexLock lock(mutex);
    return health;
  }

  // The failure asked for, when this commit is the one to fail.
  std::optional<FailedCommit> TakeFailure() ASSAY_EXCLUDES(mutex) {
    MutexLock lock(mutex);
    if (fail_next.has_value()) health = StoreUnhealthy("failure asked for by a test");
    return std::exchange(fail_next, std::nullopt);
  }
};

MemoryStore::MemoryStore() : impl_(std::make_unique<Impl>()) {}
MemoryStore::~MemoryStore() = default;

absl::Status MemoryStore::Transact(TransactionBody body) {
  return RunTransactLoop([&]() -> absl::StatusOr<AttemptOutcome> {
    ASSAY_RETURN_IF_ERROR(impl_->Health());
    MemoryTransaction transaction(impl_->map);
    ASSAY_RETURN_IF_ERROR(body(transaction));
    if (!transaction.wrote_anything()) return AttemptOutcome::kCommitted;
    const std::optional<FailedCommit> failure = impl_->TakeFailure();
    if (failure != FailedCommit::kLost && !transaction.Commit()) return AttemptOutcome::kConflict;
    if (failure.has_value()) return CommitOutcomeUnknown("failure asked for by a test");
    return AttemptOutcome::kCommitted;
  });
}

std::unique_ptr<Reader> MemoryStore::Snapshot() {
  return std::make_unique<MemoryReader>(impl_->map);
}

absl::Status MemoryStore::Health() { return impl_->Health(); }

void MemoryStore::FailNextCommit(FailedCommit outcome) {
  MutexLock lock(impl_->mutex);
  impl_->fail_next = outcome;
}

void MemoryStore::Reopen() {
  MutexLock lock(impl_->mutex);
  impl_->health = absl::OkStatus();
  impl_->fail_next.reset();
}

}  // namespace assay::storage
