#include "common/storage/transact_loop.h"

#include "gtest/gtest.h"

#include "common/status/error.h"
#include "common/storage/store.h"

namespace assay::storage {
namespace {

// An attempt that loses `conflicts` races and then commits.
absl::Status RunWithConflicts(int conflicts, int& attempts) {
  attempts = 0;
  return RunTransactLoop([&]() -> absl::StatusOr<AttemptOutcome> {
    return ++attempts > conflicts ? AttemptOutcome::kCommitted : AttemptOutcome::kConflict;
  });
}

TEST(TransactLoopTest, CommitsAtTheLastAttempt) {
  int attempts = 0;
  EXPECT_TRUE(RunWithConflicts(kMaxTransactionAttempts - 1, attempts).ok());
  EXPECT_EQ(attempts, kMaxTransactionAttempts);
}

TEST(TransactLoopTest, GivesUpOnePastTheLimit) {
  int attempts = 0;
  const absl::Status status = RunWithConflicts(kMaxTransactionAttempts, attempts);
  EXPECT_EQ(attempts, kMaxTransactionAttempts);
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(ErrorReason(status), "TRANSACTION_CONTENTION");
  EXPECT_TRUE(status.GetPayload("type.googleapis.com/google.rpc.RetryInfo").has_value());
}

TEST(TransactLoopTest, StopsAtAnError) {
  int attempts = 0;
  const absl::Status status = RunTransactLoop([&]() -> absl::StatusOr<AttemptOutcome> {
    ++attempts;
    return absl::NotFoundError("x");
  });
  EXPECT_EQ(status, absl::NotFoundError("x"));
  EXPECT_EQ(attempts, 1);
}

}  // namespace
}  // namespace assay::storage
