// The engine for tests: optimistic transactions over a versioned map in memory.
//
// Same contract as the durable engine, including conflicts, plus commits that fail on request.

#ifndef ASSAY_COMMON_STORAGE_MEMORY_STORE_H_
#define ASSAY_COMMON_STORAGE_MEMORY_STORE_H_

#include <memory>

#include "absl/status/status.h"

#include "common/storage/store.h"

namespace assay::storage {

// What became of the writes of a commit that answered COMMIT_OUTCOME_UNKNOWN.
enum class FailedCommit {
  kLost,
  kApplied,
};

class MemoryStore final : public Store {
 public:
  MemoryStore();
  // All transactions and snapshots must have ended.
  ~MemoryStore() override;

  absl::Status Transact(TransactionBody body) override;
  std::unique_ptr<Reader> Snapshot() override;
  absl::Status Health() override;

  // The next commit that writes answers COMMIT_OUTCOME_UNKNOWN, with this real outcome, and leaves
  // the store unhealthy.
  void FailNextCommit(FailedCommit outcome);

  // What a restart does: healthy again, with the data as it is.
  void Reopen();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace assay::storage

#endif  // ASSAY_COMMON_STORAGE_MEMORY_STORE_H_
