// The retry loop of Store::Transact, shared by the engines.

#ifndef ASSAY_COMMON_STORAGE_TRANSACT_LOOP_H_
#define ASSAY_COMMON_STORAGE_TRANSACT_LOOP_H_

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace assay::storage {

enum class AttemptOutcome {
  kCommitted,
  kConflict,  // Nothing was written; trying again may work.
};

// Runs `attempt` until it commits or fails, at most kMaxTransactionAttempts times, with growing
// pauses (below three milliseconds) between attempts. An error of `attempt` is returned as it is;
// losing every race is TRANSACTION_CONTENTION.
absl::Status RunTransactLoop(absl::FunctionRef<absl::StatusOr<AttemptOutcome>()> attempt);

}  // namespace assay::storage

#endif  // ASSAY_COMMON_STORAGE_TRANSACT_LOOP_H_
