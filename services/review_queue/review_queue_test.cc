// Commands that meet one another, and commands whose outcome was unknown.

#include "services/review_queue/review_queue.h"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/ids/hex.h"
#include "common/status/error.h"
#include "common/storage/memory_store.h"
#include "common/testing/status_matchers.h"
#include "common/time/fake_clock.h"
#include "services/review_queue/testing/sample.h"

namespace assay::review_queue {
namespace {

using testing_kit::HasReason;
using testing_kit::IsOk;

constexpr int kThreads = 8;

class ReviewQueueTest : public testing::Test {
 protected:
  // Runs `body` with 1 to kThreads at the same time.
  template <typename Body>
  static void InParallel(Body body) {
    std::vector<std::thread> threads;
    for (int number = 1; number <= kThreads; ++number) threads.emplace_back(body, number);
    for (std::thread& thread : threads) thread.join();
  }

  FakeClock clock_;
  FakeIdSource ids_;
  storage::MemoryStore store_;
  ReviewQueue queue_{store_, clock_, ids_, "services/assay-review-queue"};
};

TEST_F(ReviewQueueTest, OneOfManyClaimsWins) {
  ASSERT_THAT(queue_.Enqueue(SampleSubmission(), ByStore().actor), IsOk());
  std::atomic<int> won = 0;
  std::atomic<int> refused = 0;
  InParallel([&](int number) {
    const auto claimed = queue_.Claim({"a1", 1}, absl::Hours(1),
                                      ByReviewer("reviewer" + std::to_string(number)).actor, {});
    if (claimed.ok()) ++won;
    if (ErrorReason(claimed.status()) == "REVIEW_ITEM_CLAIMED") ++refused;
  });
  EXPECT_EQ(won, 1);
  EXPECT_EQ(refused, kThreads - 1);
  EXPECT_EQ(queue_.Get({"a1", 1})->claim->fencing_number, 1);
}

TEST_F(ReviewQueueTest, OnlyTheLatestOfManyArrivalsWaits) {
  InParallel([&](int number) {
    EXPECT_THAT(queue_.Enqueue(SampleSubmission("a1", number), ByStore().actor), IsOk());
  });
  for (int number = 1; number <= kThreads; ++number) {
    const auto item = queue_.Get({"a1", number});
    ASSERT_THAT(item, IsOk());
    EXPECT_EQ(IsWaiting(*item), number == kThreads) << number;
  }
}

TEST_F(ReviewQueueTest, ManyDeliveriesOfOneSubmissionMakeOneItem) {
  InParallel(
      [&](int) { EXPECT_THAT(queue_.Enqueue(SampleSubmission(), ByStore().actor), IsOk()); });
  EXPECT_EQ(queue_.Events({"a1", 1}, 0, 100)->size(), 1);
}

TEST_F(ReviewQueueTest, RequestIdTellsWhatBecameOfAnUnknownCommit) {
  ASSERT_THAT(queue_.Enqueue(SampleSubmission(), ByStore().actor), IsOk());
  const std::string fingerprint = Sha256("content");
  const idempotency::RequestKey request{"ravi", "/Claim", "id", fingerprint};
  for (const auto outcome : {storage::FailedCommit::kLost, storage::FailedCommit::kApplied}) {
    store_.FailNextCommit(outcome);
    EXPECT_THAT(queue_.Claim({"a1", 1}, absl::Hours(1), ByReviewer("ravi").actor, request),
                HasReason(absl::StatusCode::kUnavailable, "COMMIT_OUTCOME_UNKNOWN"));
    store_.Reopen();
  }
  const auto claimed = queue_.Claim({"a1", 1}, absl::Hours(1), ByReviewer("ravi").actor, request);
  ASSERT_THAT(claimed, IsOk());
  EXPECT_EQ(claimed->item.claim->fencing_number, 1);
  EXPECT_THAT(queue_.Release({"a1", 1}, claimed->claim_token, ByReviewer("ravi").actor), IsOk());
}

}  // namespace
}  // namespace assay::review_queue
