#include "common/storage/memory_store.h"

#include <string>

#include "gtest/gtest.h"

#include "common/status/error.h"

namespace assay::storage {
namespace {

absl::Status PutOne(Store& store, std::string_view key, std::string_view value) {
  return store.Transact([&](Transaction& tx) { return tx.Put(key, value); });
}

TEST(MemoryStoreTest, ALostCommitLeavesNothingAndTheStoreUnhealthy) {
  MemoryStore store;
  store.FailNextCommit(FailedCommit::kLost);
  const absl::Status failed = PutOne(store, "a", "1");
  EXPECT_EQ(failed.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ErrorReason(failed), "COMMIT_OUTCOME_UNKNOWN");
  EXPECT_EQ(ErrorReason(store.Health()), "STORE_UNHEALTHY");
  EXPECT_EQ(ErrorReason(PutOne(store, "a", "1")), "STORE_UNHEALTHY");
  EXPECT_EQ(store.Snapshot()->Get("a").value(), std::nullopt);
  store.Reopen();
  EXPECT_TRUE(store.Health().ok());
  EXPECT_TRUE(PutOne(store, "a", "2").ok());
}

TEST(MemoryStoreTest, AFailedCommitMayHaveBeenApplied) {
  MemoryStore store;
  store.FailNextCommit(FailedCommit::kApplied);
  EXPECT_EQ(ErrorReason(PutOne(store, "a", "1")), "COMMIT_OUTCOME_UNKNOWN");
  EXPECT_EQ(store.Snapshot()->Get("a").value(), "1");
}

TEST(MemoryStoreTest, OldVersionsLiveAsLongAsTheirSnapshot) {
  MemoryStore store;
  ASSERT_TRUE(PutOne(store, "a", "1").ok());
  auto first = store.Snapshot();
  ASSERT_TRUE(PutOne(store, "a", "2").ok());
  auto second = store.Snapshot();
  ASSERT_TRUE(store.Transact([](Transaction& tx) { return tx.Delete("a"); }).ok());
  EXPECT_EQ(first->Get("a").value(), "1");
  first.reset();
  EXPECT_EQ(second->Get("a").value(), "2");
  second.reset();
  EXPECT_EQ(store.Snapshot()->Get("a").value(), std::nullopt);
  ASSERT_TRUE(PutOne(store, "a", "3").ok());
  EXPECT_EQ(store.Snapshot()->Get("a").value(), "3");
}

}  // namespace
}  // namespace assay::storage
