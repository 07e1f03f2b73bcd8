// What was acknowledged survives SIGKILL, and a submission reaches the queue exactly once.

#include <algorithm>
#include <functional>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/testing/proto_matchers.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "tests/journey/actors.h"
#include "tests/journey/deployment.h"
#include "tests/journey/sample.h"
#include "tests/journey/wait.h"

namespace assay::journey {
namespace {

using assessment_store::v1::ASSESSMENT_STATE_IN_REVIEW;
using assessment_store::v1::ASSESSMENT_STATE_PASSED;
using assessment_store::v1::AssessmentEvent;
using assessment_store::v1::ControlChange;
using assessment_store::v1::ControlResult;
using review_queue::v1::DECISION_EFFECT_APPLIED;
using ::testing::SizeIs;
using testing_kit::EqualsProto;
using testing_kit::IsOk;

constexpr int kSubmissionsUnderKills = 8;
constexpr int kRecordCommands = 12;
constexpr int kCommandsInterrupted = 16;
// A little more than one takes, so that kills fall before, into and after the commit.
constexpr int kLongestCommandUs = 6'000;

// Lets the rest of the world go on for a chosen moment: the point of these tests is when.
void Pause(absl::Duration moment) {
  Eventually([] { return false; }, moment);
}

class KillTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(deployment_.StartAll()); }

  Deployment deployment_;
};

TEST_F(KillTest, QueueKilledBetweenSubmitAndDelivery) {
  Assessor anna(deployment_, LoadSample("sample-override"));
  ASSERT_THAT(anna.Create(), IsOk());
  ASSERT_THAT(anna.RecordCertificates(), IsOk());
  ASSERT_THAT(anna.RecordAll(), IsOk());
  ASSERT_THAT(anna.ConfirmAll(), IsOk());
  deployment_.Kill(Service::kReviewQueue);
  ASSERT_THAT(anna.Submit(), IsOk()) << "submitting needs no queue";
  ASSERT_EQ(anna.assessment().state(), ASSESSMENT_STATE_IN_REVIEW);

  ASSERT_TRUE(deployment_.Start(Service::kReviewQueue));
  Reviewer ravi(deployment_);
  ASSERT_THAT(ravi.Await(ItemName(anna.assessment())), IsOk());
  EXPECT_THAT(ravi.ItemsOf(anna.assessment().name()), testing_kit::IsOkAndHolds(SizeIs(1)));
  EXPECT_THAT(ravi.Events(ItemName(anna.assessment())), testing_kit::IsOkAndHolds(SizeIs(1)));
}

TEST_F(KillTest, QueueKilledAgainAndAgainDuringDelivery) {
  std::mt19937_64 random(testing_kit::EnvironmentSeed());
  std::vector<std::string> items;
  for (int i = 0; i < kSubmissionsUnderKills; ++i) {
    Assessor anna(deployment_, SmallFlaggedSample(absl::StrCat("kill-", i)));
    ASSERT_THAT(anna.CreateAndSubmit(), IsOk());
    items.push_back(ItemName(anna.assessment()));
    // From the very moment of the submission to some way into its delivery.
    Pause(absl::Microseconds(random() % 20'000));
    deployment_.Kill(Service::kReviewQueue);
    ASSERT_TRUE(deployment_.Start(Service::kReviewQueue));
  }
  Reviewer ravi(deployment_);
  for (const std::string& item : items) {
    SCOPED_TRACE(item);
    ASSERT_THAT(ravi.Await(item), IsOk());
    EXPECT_THAT(ravi.Events(item), testing_kit::IsOkAndHolds(SizeIs(1))) << "enqueued once";
  }
  EXPECT_THAT(ravi.Waiting(), testing_kit::IsOkAndHolds(SizeIs(items.size())));
}

TEST_F(KillTest, StoreKilledBetweenDecisionAndItsArrival) {
  Assessor anna(deployment_, SmallFlaggedSample("decided-while-down"));
  ASSERT_THAT(anna.CreateAndSubmit(), IsOk());
  Reviewer ravi(deployment_);
  ASSERT_THAT(ravi.Await(ItemName(anna.assessment())), IsOk());
  auto claim = ravi.Claim(ItemName(anna.assessment()));
  ASSERT_THAT(claim, IsOk());
  deployment_.Kill(Service::kAssessmentStore);
  ASSERT_THAT(ravi.Decide(*claim, Uphold()), IsOk()) << "deciding needs no store";
  deployment_.Kill(Service::kReviewQueue);

  ASSERT_TRUE(deployment_.StartAll());
  anna.Reconnect();
  ravi.Reconnect();
  auto settled = ravi.AwaitEffect(claim->review_item().name());
  ASSERT_THAT(settled, IsOk());
  EXPECT_EQ(settled->decision().effect(), DECISION_EFFECT_APPLIED);
  ASSERT_THAT(anna.Read(), IsOk());
  EXPECT_EQ(anna.assessment().state(), ASSESSMENT_STATE_PASSED);
  auto events = anna.Events();
  ASSERT_THAT(events, IsOk());
  EXPECT_EQ(std::count_if(events->begin(), events->end(),
                          [](const AssessmentEvent& e) { return e.type() == "REVIEW_UPHELD"; }),
            1);
}

// The store is killed after each acknowledged command. What must be there afterwards is kept here,
// outside of it.
class StoreKillTest : public KillTest {
 protected:
  // Everything a reader can see.
  struct Seen {
    Assessor::Assessment assessment;
    std::vector<ControlResult> results;
    std::vector<AssessmentEvent> events;
  };

  Seen See(Assessor& anna) {
    Seen seen;
    auto assessment = anna.Read();
    EXPECT_THAT(assessment, IsOk());
    auto results = anna.Results();
    EXPECT_THAT(results, IsOk());
    auto events = anna.Events();
    EXPECT_THAT(events, IsOk());
    if (HasFailure()) return seen;
    return {*std::move(assessment), *std::move(results), *std::move(events)};
  }

  // Runs the command, notes what is acknowledged, kills, starts, and compares.
  void Acknowledge(Assessor& anna, const std::function<absl::Status()>& command) {
    ASSERT_THAT(command(), IsOk());
    const Assessor::Assessment acknowledged = anna.assessment();
    deployment_.Kill(Service::kAssessmentStore);
    ASSERT_TRUE(deployment_.Start(Service::kAssessmentStore));
    anna.Reconnect();
    const Seen now = See(anna);
    if (HasFailure()) return;
    EXPECT_THAT(now.assessment, EqualsProto(acknowledged));
    // History only grows, by one event a command, without a gap.
    ASSERT_EQ(now.events.size(), last_.events.size() + 1);
    for (size_t i = 0; i < now.events.size(); ++i) {
      EXPECT_EQ(now.events[i].sequence(), static_cast<int64_t>(i) + 1);
      if (i < last_.events.size()) {
        EXPECT_THAT(now.events[i], EqualsProto(last_.events[i]));
      }
    }
    last_ = now;
  }

  void ExpectRecorded(const ControlChange& change) {
    for (const ControlResult& result : last_.results) {
      if (result.result().control_id() != change.result().control_id()) continue;
      EXPECT_THAT(result.result(), EqualsProto(change.result()));
      return;
    }
    ADD_FAILURE() << "control " << change.result().control_id() << " is lost";
  }

  Seen last_;
};

TEST_F(StoreKillTest, StoreKilledAfterEachAcknowledgedCommand) {
  Assessor anna(deployment_, LoadSample("sample-override"));
  std::vector<ControlChange> changes = anna.sample().changes;
  std::shuffle(changes.begin(), changes.end(), std::mt19937_64(testing_kit::EnvironmentSeed()));

  Acknowledge(anna, [&] { return anna.Create(); });
  Acknowledge(anna, [&] { return anna.RecordCertificates(); });
  // One control a command at first, then the rest at once.
  for (int i = 0; i < kRecordCommands && !HasFailure(); ++i) {
    const ControlChange one = changes.back();
    changes.pop_back();
    Acknowledge(anna, [&] { return anna.Record({one}); });
    ExpectRecorded(one);
  }
  if (HasFailure()) return;
  Acknowledge(anna, [&] { return anna.Record(changes); });
  for (const ControlChange& change : anna.sample().changes) ExpectRecorded(change);
  Acknowledge(anna, [&] { return anna.ConfirmAll(); });
  Acknowledge(anna, [&] { return anna.Submit(); });
  if (HasFailure()) return;
  EXPECT_THAT(anna.Verdict(), IsOk());
  Acknowledge(anna, [&] { return anna.Recall("To see it survive."); });
  Acknowledge(anna, [&] { return anna.ConfirmAll(); });
  Acknowledge(anna, [&] { return anna.Submit(); });
  if (HasFailure()) return;
  Reviewer ravi(deployment_);
  EXPECT_THAT(ravi.Await(ItemName(anna.assessment())), IsOk());
}

// Killed while a command is under way: whether it was committed is unknown until the same request,
// repeated, says so. Each takes effect exactly once.
TEST_F(StoreKillTest, StoreKilledInTheMiddleOfCommands) {
  std::mt19937_64 random(testing_kit::EnvironmentSeed());
  Assessor anna(deployment_, LoadSample("sample-override"), OnUnavailable::kRepeat);
  ASSERT_THAT(anna.Create(), IsOk());
  const std::vector<ControlChange>& changes = anna.sample().changes;
  for (int i = 0; i < kCommandsInterrupted; ++i) {
    absl::Status answer;
    std::thread command([&] { answer = anna.Record({changes[i]}); });
    Pause(absl::Microseconds(random() % kLongestCommandUs));
    deployment_.Kill(Service::kAssessmentStore);
    const bool started = deployment_.Start(Service::kAssessmentStore);
    command.join();
    ASSERT_TRUE(started);
    ASSERT_THAT(answer, IsOk());
  }
  last_ = See(anna);
  EXPECT_THAT(last_.events, SizeIs(1 + kCommandsInterrupted));
  EXPECT_THAT(last_.results, SizeIs(kCommandsInterrupted));
  for (int i = 0; i < kCommandsInterrupted; ++i) ExpectRecorded(changes[i]);
}

}  // namespace
}  // namespace assay::journey
