#include "common/rpc/worker_pool.h"

#include <atomic>
#include <latch>
#include <set>
#include <thread>

#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "gtest/gtest.h"

#include "common/status/grpc_status.h"
#include "common/testing/status_matchers.h"
#include "common/text/view.h"

namespace assay::rpc {
namespace {

using ::assay::testing_kit::HasReason;
using ::assay::testing_kit::IsOk;

TEST(WorkerPoolTest, RunsEveryAcceptedTaskOnce) {
  std::atomic<int> ran = 0;
  {
    WorkerPool pool(4, 1000);
    for (int i = 0; i < 1000; ++i) ASSERT_THAT(pool.Submit([&ran] { ++ran; }), IsOk());
  }
  EXPECT_EQ(ran, 1000);
}

TEST(WorkerPoolTest, ShedsPastTheQueueLimitWithAHintToRetry) {
  std::latch entered(1);
  std::latch release(1);
  WorkerPool pool(1, 2);
  ASSERT_THAT(pool.Submit([&] {
    entered.count_down();
    release.wait();
  }),
              IsOk());
  entered.wait();
  EXPECT_THAT(pool.Submit([] {}), IsOk());
  EXPECT_THAT(pool.Submit([] {}), IsOk());
  const absl::Status shed = pool.Submit([] {});
  EXPECT_THAT(shed, HasReason(absl::StatusCode::kResourceExhausted, "SERVER_BUSY"));
  google::rpc::RetryInfo retry;
  ASSERT_TRUE(retry.ParseFromString(std::string(shed.GetPayload(ToAbsl(kRetryInfoUrl)).value())));
  EXPECT_EQ(retry.retry_delay().nanos(), 100'000'000);
  release.count_down();
}

TEST(WorkerPoolTest, StopRunsWhatWasAcceptedAndTakesNoMore) {
  std::atomic<int> ran = 0;
  WorkerPool pool(2, 100);
  for (int i = 0; i < 100; ++i) ASSERT_THAT(pool.Submit([&ran] { ++ran; }), IsOk());
  pool.Stop();
  EXPECT_EQ(ran, 100);
  EXPECT_THAT(pool.Submit([&ran] { ++ran; }),
              HasReason(absl::StatusCode::kUnavailable, "SERVER_STOPPING"));
  pool.Stop();
  EXPECT_EQ(ran, 100);
}

TEST(WorkerPoolTest, AllThreadsWorkAtOnce) {
  std::latch all_here(3);
  WorkerPool pool(3, 3);
  for (int i = 0; i < 3; ++i) {
    ASSERT_THAT(pool.Submit([&all_here] { all_here.arrive_and_wait(); }), IsOk());
  }
  pool.Stop();  // Hangs unless three tasks ran side by side.
}

}  // namespace
}  // namespace assay::rpc
