// An ordered key-value store with transactions: the only way our services keep state.
//
// Keys and values are byte strings; keys are ordered bytewise (unsigned). Key bytes are built with
// common/storage/key_codec.h. Two engines implement this interface and pass one contract suite:
// rocksdb_store.h (durable, embedded) and memory_store.h (tests).
//
// Writing. Store::Transact runs a closure over a Transaction and then commits:
//
//   ASSAY_RETURN_IF_ERROR(store.Transact([&](storage::Transaction& tx) -> absl::Status {
//     ASSAY_ASSIGN_OR_RETURN(std::optional<std::string> head, tx.Get(head_key));
//     ...
//     return tx.Put(head_key, new_head);
//   }));
//
//   * All reads of one run come from one snapshot, overlaid with the transaction's own writes.
//   * What Get returned is validated at commit, absent keys too: when another transaction changed
//     such a key since, nothing is written and the closure runs again on a fresh snapshot.
//   * What Scan visited is NOT validated. A command that decides by a scan must also Get and Put
//     one row that every command on the same data writes (the head row of its aggregate).
//   * Other conflicts may cause a rerun as well (two transactions writing one key), so the closure
//     must have no effect outside the transaction except overwriting its own results, and must not
//     call the network.
//   * A closure that returns an error writes nothing; its status is returned unchanged.
//   * OK means: all writes are applied as one batch, and the batch was synced to disk.
//
// Errors of Transact other than the closure's own:
//   ABORTED      TRANSACTION_CONTENTION   lost kMaxTransactionAttempts races; nothing written.
//                                         Carries RetryInfo.
//   UNAVAILABLE  COMMIT_OUTCOME_UNKNOWN   the commit failed on its way to disk: the writes may or
//                                         may not be there after a restart. An idempotency record
//                                         resolves it. The store is unhealthy from then on.
//   UNAVAILABLE  STORE_UNHEALTHY          the store failed earlier; nothing written.
// Errors of reads and writes:
//   DATA_LOSS    STORE_CORRUPT            stored bytes fail their checksum. Never "not found".
//   UNAVAILABLE  STORE_IO_ERROR           the operating system refused.
//   INVALID_ARGUMENT    KEY_SIZE_INVALID, VALUE_TOO_LARGE
//   RESOURCE_EXHAUSTED  TRANSACTION_TOO_LARGE

#ifndef ASSAY_COMMON_STORAGE_STORE_H_
#define ASSAY_COMMON_STORAGE_STORE_H_

#include <cstddef>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace assay::storage {

// Keys have 1 to this many bytes.
inline constexpr size_t kMaxKeyBytes = 1024;
inline constexpr size_t kMaxValueBytes = 4 * 1024 * 1024;
// Keys and values of all Put and Delete calls of one transaction together.
inline constexpr size_t kMaxTransactionBytes = 32 * 1024 * 1024;
// How often a closure is run before Transact gives up on conflicts.
inline constexpr int kMaxTransactionAttempts = 64;

enum class Direction {
  kForward,   // Ascending from `begin`.
  kBackward,  // Descending from the last key before `end`.
};

// The keys k with begin <= k < end.
struct ScanRange {
  std::string begin;                                  // Empty: from the first key.
  std::string end;                                    // Empty: to the last key.
  size_t limit = std::numeric_limits<size_t>::max();  // At most this many rows are visited.
  Direction direction = Direction::kForward;
};

// Called once per row, in order; the views are valid during the call only. Returns false to stop.
// May read from the same Reader; must not write to the Transaction being scanned.
using ScanVisitor = absl::FunctionRef<bool(std::string_view key, std::string_view value)>;

// One consistent view of the store. A Reader from Store::Snapshot is thread-safe; must not outlive
// its store; keeps old versions alive, so let go of it soon.
class Reader {
 public:
  virtual ~Reader() = default;

  // The value, or nullopt when the key is absent.
  virtual absl::StatusOr<std::optional<std::string>> Get(std::string_view key) = 0;

  // A visitor that stops early is no error.
  virtual absl::Status Scan(const ScanRange& range, ScanVisitor visitor) = 0;
};

// Not thread-safe. Lives as long as one run of the closure.
class Transaction : public Reader {
 public:
  // Inserts or replaces.
  virtual absl::Status Put(std::string_view key, std::string_view value) = 0;

  // Deleting an absent key is no error.
  virtual absl::Status Delete(std::string_view key) = 0;
};

using TransactionBody = absl::FunctionRef<absl::Status(Transaction&)>;

// Thread-safe.
class Store {
 public:
  virtual ~Store() = default;

  // See the top of this file. Blocks for a disk sync unless the closure wrote nothing.
  virtual absl::Status Transact(TransactionBody body) = 0;

  // Never null.
  virtual std::unique_ptr<Reader> Snapshot() = 0;

  // OK, or the first failure after which the store takes no writes (UNAVAILABLE
  // STORE_UNHEALTHY). Sticky: only opening the store again heals it. A server that sees it should
  // go NOT_SERVING, exit and be restarted. Reads may go on meanwhile.
  virtual absl::Status Health() = 0;
};

}  // namespace assay::storage

#endif  // ASSAY_COMMON_STORAGE_STORE_H_
