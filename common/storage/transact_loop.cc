#include "common/storage/transact_loop.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <thread>

#include "common/status/macros.h"
#include "common/storage/storage_errors.h"
#include "common/storage/store.h"

namespace assay::storage {
namespace {

// The first reruns follow at once: most conflicts are between two callers and over by then.
constexpr int kAttemptsWithoutPause = 3;
constexpr int kMaxPauseDoublings = 5;
constexpr std::chrono::microseconds kFirstPause(40);

// Pauses differ from thread to thread, so that those who collided once do not collide forever.
void PauseAfterConflict(int attempt) {
  if (attempt < kAttemptsWithoutPause) return;
  const int doublings = std::min(attempt - kAttemptsWithoutPause, kMaxPauseDoublings);
  const auto base = kFirstPause * (1 << doublings);
  const size_t thread = std::hash<std::thread::id>()(std::this_thread::get_id());
  const auto jitter =
      base * static_cast<int>((thread + static_cast<size_t>(attempt) * 7) % 16) / 16;
  std::this_thread::sleep_for(base + jitter);
}

}  // namespace

absl::Status RunTransactLoop(absl::FunctionRef<absl::StatusOr<AttemptOutcome>()> attempt) {
  for (int i = 1; i <= kMaxTransactionAttempts; ++i) {
    ASSAY_ASSIGN_OR_RETURN(const AttemptOutcome outcome, attempt());
    if (outcome == AttemptOutcome::kCommitted) return absl::OkStatus();
    if (i < kMaxTransactionAttempts) PauseAfterConflict(i);
  }
  return TransactionContention(kMaxTransactionAttempts);
}

}  // namespace assay::storage
