#include "common/outbox/relay.h"

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/ids/hex.h"
#include "common/status/error.h"
#include "common/storage/memory_store.h"
#include "common/time/fake_clock.h"

namespace assay::outbox {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Remembers what it was given; answers as told per message id. Thread-safe.
class FakeReceiver {
 public:
  absl::Status Deliver(const Message& message) {
    MutexLock lock(mutex_);
    attempts_.push_back(message.id);
    changed_.NotifyAll();
    const auto answer = answers_.find(message.id);
    return answer == answers_.end() ? absl::OkStatus() : answer->second;
  }

  void Answer(const std::string& id, absl::Status status) {
    MutexLock lock(mutex_);
    answers_[id] = std::move(status);
  }

  // The ids since the last call.
  std::vector<std::string> TakeAttempts() {
    MutexLock lock(mutex_);
    return std::exchange(attempts_, {});
  }

  void WaitForAttempts(size_t count) {
    MutexLock lock(mutex_);
    while (attempts_.size() < count) changed_.Wait(mutex_);
  }

 private:
  Mutex mutex_;
  CondVar changed_;
  std::vector<std::string> attempts_ ASSAY_GUARDED_BY(mutex_);
  std::map<std::string, absl::Status> answers_ ASSAY_GUARDED_BY(mutex_);
};

class RelayTest : public ::testing::Test {
 protected:
  RelayTest() { NewRelay(); }

  // What a restart does to the relay: its memory is gone.
  void NewRelay(absl::Duration poll_interval = absl::Seconds(1)) {
    RelayOptions options;
    options.poll_interval = poll_interval;
    options.backoff_min = absl::Seconds(1);
    options.backoff_max = absl::Seconds(5);
    relay_ = Relay::Create(
                 store_, clock_,
                 [this](const Message& message) { return receiver_.Deliver(message); }, options)
                 .value();
  }

  // A message "<aggregate>-<sequence>".
  void Add(const std::string& aggregate, uint64_t sequence) {
    Message message;
    message.id = absl::StrCat(aggregate, "-", sequence);
    message.destination = "d";
    message.aggregate = aggregate;
    message.chain_head = {sequence, std::string(kSha256Bytes, 'h')};
    message.enqueued_at = clock_.Now();
    ASSERT_TRUE(
        store_.Transact([&](storage::Transaction& tx) { return Enqueue(tx, message); }).ok());
  }

  DeliveryCounts Deliver() { return relay_->DeliverPending().value(); }

  FakeClock clock_;
  storage::MemoryStore store_;
  FakeReceiver receiver_;
  std::unique_ptr<Relay> relay_;
};

TEST_F(RelayTest, DeliversInChainOrderAndDeletes) {
  Add("a", 10);
  Add("a", 9);
  Add("b", 1);
  EXPECT_EQ(Deliver(), (DeliveryCounts{3, 0, 0}));
  EXPECT_THAT(receiver_.TakeAttempts(), ElementsAre("a-9", "a-10", "b-1"));
  EXPECT_EQ(Deliver(), (DeliveryCounts{0, 0, 0}));
  EXPECT_THAT(receiver_.TakeAttempts(), IsEmpty());
  EXPECT_EQ(relay_->stats().delivered_total, 3u);
  EXPECT_EQ(relay_->stats().pending, 0u);
}

TEST_F(RelayTest, DeliversMoreThanOnePage) {
  constexpr uint64_t kMessages = 100;
  for (uint64_t i = 1; i <= kMessages; ++i) Add("a", i);
  EXPECT_EQ(Deliver(), (DeliveryCounts{kMessages, 0, 0}));
  const std::vector<std::string> attempts = receiver_.TakeAttempts();
  ASSERT_EQ(attempts.size(), kMessages);
  for (uint64_t i = 1; i <= kMessages; ++i) EXPECT_EQ(attempts[i - 1], absl::StrCat("a-", i));
}

TEST_F(RelayTest, AFailureHoldsItsAggregateOnly) {
  Add("a", 1);
  Add("a", 2);
  Add("b", 1);
  receiver_.Answer("a-1", absl::UnavailableError("down"));
  EXPECT_EQ(Deliver(), (DeliveryCounts{1, 1, 1}));
  EXPECT_THAT(receiver_.TakeAttempts(), ElementsAre("a-1", "b-1"));
  receiver_.Answer("a-1", absl::OkStatus());
  clock_.Advance(absl::Seconds(1));
  EXPECT_EQ(Deliver(), (DeliveryCounts{2, 0, 0}));
  EXPECT_THAT(receiver_.TakeAttempts(), ElementsAre("a-1", "a-2"));
}

TEST_F(RelayTest, BacksOffExponentiallyUpToTheCap) {
  Add("a", 1);
  receiver_.Answer("a-1", absl::UnavailableError("down"));
  for (const int seconds : {1, 2, 4, 5, 5}) {
    EXPECT_EQ(Deliver(), (DeliveryCounts{0, 1, 0}));
    clock_.Advance(absl::Seconds(seconds) - absl::Nanoseconds(1));
    EXPECT_EQ(Deliver(), (DeliveryCounts{0, 0, 1})) << seconds;
    clock_.Advance(absl::Nanoseconds(1));
  }
  EXPECT_EQ(receiver_.TakeAttempts().size(), 5u);
}

TEST_F(RelayTest, ASuccessResetsTheBackoff) {
  Add("a", 1);
  Add("a", 2);
  receiver_.Answer("a-1", absl::UnavailableError("down"));
  Deliver();
  clock_.Advance(absl::Seconds(1));
  Deliver();
  clock_.Advance(absl::Seconds(2));
  receiver_.Answer("a-1", absl::OkStatus());
  receiver_.Answer("a-2", absl::UnavailableError("down"));
  EXPECT_EQ(Deliver(), (DeliveryCounts{1, 1, 0}));
  clock_.Advance(absl::Seconds(1));
  EXPECT_EQ(Deliver(), (DeliveryCounts{0, 1, 0}));
}

// Moves on by a minute whenever somebody looks at it.
class RushingClock final : public Clock {
 public:
  absl::Time Now() const override {
    clock_.Advance(absl::Minutes(1));
    return clock_.Now();
  }

 private:
  mutable FakeClock clock_;
};

TEST_F(RelayTest, ABackoffThatEndsDuringAPassDoesNotBreakTheOrder) {
  // More messages than the relay reads at a time, so that it comes back to "a" in the same pass.
  constexpr uint64_t kMessages = 40;
  for (uint64_t i = 1; i <= kMessages; ++i) Add("a", i);
  receiver_.Answer("a-1", absl::UnavailableError("down"));
  const RushingClock rushing;
  const auto relay = Relay::Create(store_, rushing, [this](const Message& message) {
                       return receiver_.Deliver(message);
                     }).value();
  EXPECT_EQ(relay->DeliverPending().value(), (DeliveryCounts{0, 1, kMessages - 1}));
  EXPECT_THAT(receiver_.TakeAttempts(), ElementsAre("a-1"));
}

TEST_F(RelayTest, PermanentErrorsDropNothingAndAreReported) {
  Add("a", 1);
  receiver_.Answer(
      "a-1",
      ErrorBuilder(absl::StatusCode::kPermissionDenied, "ROLE_NOT_ALLOWED").Message("no").Build());
  EXPECT_EQ(Deliver(), (DeliveryCounts{0, 1, 0}));
  clock_.Advance(absl::Minutes(1));
  EXPECT_EQ(Deliver(), (DeliveryCounts{0, 1, 0}));
  const RelayStats stats = relay_->stats();
  EXPECT_EQ(stats.pending, 1u);
  EXPECT_EQ(stats.oldest_age, absl::Minutes(1));
  EXPECT_EQ(stats.stuck_aggregates, 1u);
  EXPECT_EQ(stats.permanent_failures, 1u);
  EXPECT_EQ(stats.failed_attempts_total, 2u);
  EXPECT_THAT(stats.last_error, HasSubstr("ROLE_NOT_ALLOWED"));
}

TEST_F(RelayTest, TransientErrorsAreNotCountedAsPermanent) {
  Add("a", 1);
  receiver_.Answer("a-1", absl::UnavailableError("down"));
  Deliver();
  EXPECT_EQ(relay_->stats().stuck_aggregates, 1u);
  EXPECT_EQ(relay_->stats().permanent_failures, 0u);
}

TEST_F(RelayTest, ARestartTriesAtOnce) {
  Add("a", 1);
  receiver_.Answer("a-1", absl::UnavailableError("down"));
  Deliver();
  NewRelay();
  receiver_.Answer("a-1", absl::OkStatus());
  EXPECT_EQ(Deliver(), (DeliveryCounts{1, 0, 0}));
}

TEST_F(RelayTest, WhatCouldNotBeDeletedIsDeliveredAgain) {
  Add("a", 1);
  store_.FailNextCommit(storage::FailedCommit::kLost);
  EXPECT_EQ(ErrorReason(relay_->DeliverPending().status()), "COMMIT_OUTCOME_UNKNOWN");
  EXPECT_EQ(receiver_.TakeAttempts().size(), 1u);
  // Nothing is sent while nothing can be deleted.
  EXPECT_EQ(ErrorReason(relay_->DeliverPending().status()), "STORE_UNHEALTHY");
  EXPECT_THAT(receiver_.TakeAttempts(), IsEmpty());
  store_.Reopen();
  EXPECT_EQ(Deliver(), (DeliveryCounts{1, 0, 0}));
  EXPECT_THAT(receiver_.TakeAttempts(), ElementsAre("a-1"));
}

TEST_F(RelayTest, AMalformedRowIsKeptAndHoldsItsAggregateOnly) {
  Add("a", 1);
  Add("a", 2);
  Add("b", 1);
  std::string first_key;
  ASSERT_TRUE(store_.Snapshot()
                  ->Scan({},
                         [&](std::string_view key, std::string_view) {
                           first_key = std::string(key);
                           return false;
                         })
                  .ok());
  ASSERT_TRUE(
      store_.Transact([&](storage::Transaction& tx) { return tx.Put(first_key, "x"); }).ok());
  EXPECT_EQ(Deliver(), (DeliveryCounts{1, 1, 1}));
  EXPECT_THAT(receiver_.TakeAttempts(), ElementsAre("b-1"));
  EXPECT_EQ(relay_->stats().pending, 2u);
  EXPECT_EQ(relay_->stats().permanent_failures, 1u);
}

TEST_F(RelayTest, TheThreadDeliversAfterStartAndKick) {
  NewRelay(absl::Hours(1));
  Add("a", 1);
  relay_->Start();
  receiver_.WaitForAttempts(1);
  Add("a", 2);
  relay_->Kick();
  receiver_.WaitForAttempts(2);
  relay_->Stop();
  EXPECT_THAT(receiver_.TakeAttempts(), ElementsAre("a-1", "a-2"));
}

TEST_F(RelayTest, PollsWithoutAKick) {
  NewRelay(absl::Milliseconds(1));
  relay_->Start();
  Add("a", 1);
  receiver_.WaitForAttempts(1);
  relay_->Stop();
  EXPECT_EQ(Deliver(), (DeliveryCounts{0, 0, 0}));
}

TEST_F(RelayTest, StopsPromptlyWhileWaiting) {
  NewRelay(absl::Hours(1));
  relay_->Start();
  relay_->Stop();
  relay_->Stop();
}

TEST_F(RelayTest, StopWithoutStartIsFine) { relay_->Stop(); }

TEST_F(RelayTest, RefusesBadOptions) {
  const auto refused = [&](const RelayOptions& options) {
    const absl::Status status =
        Relay::Create(
            store_, clock_, [](const Message&) { return absl::OkStatus(); }, options)
            .status();
    EXPECT_EQ(ErrorReason(status), "RELAY_OPTIONS_INVALID");
  };
  RelayOptions options;
  options.poll_interval = absl::ZeroDuration();
  refused(options);
  options = {};
  options.backoff_min = absl::ZeroDuration();
  refused(options);
  options = {};
  options.backoff_max = options.backoff_min - absl::Nanoseconds(1);
  refused(options);
  EXPECT_EQ(ErrorReason(Relay::Create(store_, clock_, nullptr).status()), "RELAY_OPTIONS_INVALID");
}

}  // namespace
}  // namespace assay::outbox
