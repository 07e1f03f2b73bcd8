// Commands that race on one assessment. Without gRPC, so that ThreadSanitizer sees every hand-over.

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/audit/etag.h"
#include "common/audit/event_log.h"
#include "common/outbox/relay.h"
#include "common/storage/memory_store.h"
#include "common/testing/status_matchers.h"
#include "common/time/fake_clock.h"
#include "services/assessment_store/commands/assessment_commands.h"
#include "services/assessment_store/testing/fake_clients.h"

namespace assay::assessment_store {
namespace {

using testing_kit::HasReason;
using testing_kit::IsOk;

constexpr int kThreads = 4;

class ConcurrentCommandsTest : public ::testing::Test {
 protected:
  ConcurrentCommandsTest() : commands_({store_, clock_, ids_, scoring_, catalogue_, [] {}}) {
    anna_.subject = "anna";
    anna_.organisation = "organisations/northgate";
    anna_.roles.Add(access::v1::ROLE_ASSESSOR);
    v1::CreateAssessmentRequest create;
    create.set_assessment_id("a1");
    create.mutable_assessment()->set_profile("L1");
    create.mutable_assessment()->set_supplier("organisations/harbour");
    create.mutable_assessment()->set_certification_body(anna_.organisation);
    create.mutable_assessment()->mutable_pins()->set_catalogue("schemes/dcc/catalogues/x");
    EXPECT_THAT(commands_.Create(Call("create"), create), IsOk());
  }

  rpc::CallContext Call(std::string_view method) const {
    return {method, anna_, absl::InfiniteFuture(), "", cancelled_};
  }

  std::string Etag() {
    return audit::EtagOf(*audit::ReadHead(*store_.Snapshot(), "assessments/a1"));
  }

  v1::RecordControlResultsRequest Override(const std::string& control) {
    v1::RecordControlResultsRequest request;
    request.set_name("assessments/a1");
    request.set_etag(Etag());
    auto& result = *request.add_changes()->mutable_result();
    result.set_control_id(control);
    result.mutable_override()->set_reasoning("because");
    return request;
  }

  void ConfirmAll() {
    v1::ConfirmControlsRequest confirm;
    confirm.set_name("assessments/a1");
    confirm.set_all(true);
    confirm.set_etag(Etag());
    ASSERT_THAT(commands_.Confirm(Call("confirm"), confirm), IsOk());
  }

  v1::SubmitAssessmentRequest SubmitRequest(const std::string& request_id) {
    v1::SubmitAssessmentRequest request;
    request.set_name("assessments/a1");
    request.set_as_of("2026-10-01");
    request.set_etag(Etag());
    request.set_request_id(request_id);
    return request;
  }

  // Runs `body(thread number)` on kThreads threads at once.
  template <typename Body>
  static void Race(Body body) {
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreads; ++i) threads.emplace_back([&body, i] { body(i); });
    for (std::thread& thread : threads) thread.join();
  }

  uint64_t Delivered() {
    auto relay = *outbox::Relay::Create(store_, clock_,
                                        [](const outbox::Message&) { return absl::OkStatus(); });
    return relay->DeliverPending()->delivered;
  }

  storage::MemoryStore store_;
  FakeClock clock_;
  FakeIdSource ids_;
  FakeScoringClient scoring_;
  FakeCatalogueClient catalogue_;
  AssessmentCommands commands_;
  auth::Principal anna_;
  const std::atomic<bool> cancelled_ = false;
};

TEST_F(ConcurrentCommandsTest, EveryAcknowledgedWriteIsOneEventAndNoneIsLost) {
  constexpr int kWritesEach = 20;
  std::atomic<int> acknowledged = 0;
  Race([&](int thread) {
    for (int done = 0; done < kWritesEach;) {
      const auto answer = commands_.RecordResults(
          Call("record"), Override(catalogue_.scope[static_cast<size_t>(thread) % 3]));
      if (answer.ok()) {
        ++done;
        ++acknowledged;
      } else {
        // Lost the race for this etag: read again, redo.
        EXPECT_THAT(answer, HasReason(absl::StatusCode::kAborted, "ETAG_MISMATCH"));
      }
    }
  });
  const auto snapshot = store_.Snapshot();
  EXPECT_EQ(acknowledged, kThreads * kWritesEach);
  EXPECT_EQ(audit::ReadHead(*snapshot, "assessments/a1")->sequence,
            static_cast<uint64_t>(1 + kThreads * kWritesEach));
  EXPECT_THAT(audit::VerifyChain(*snapshot, "assessments/a1"), IsOk());
}

TEST_F(ConcurrentCommandsTest, OfManySubmissionsOfOneStateOneSucceedsAndIsQueuedOnce) {
  ASSERT_THAT(commands_.RecordResults(Call("record"), Override("2300")), IsOk());
  ConfirmAll();
  std::atomic<int> accepted = 0;
  Race([&, etag = Etag()](int thread) {
    auto request = SubmitRequest("submit-" + std::to_string(thread));
    request.set_etag(etag);
    const auto answer = commands_.Submit(Call("submit"), request);
    if (answer.ok()) {
      ++accepted;
    } else {
      EXPECT_THAT(answer, HasReason(absl::StatusCode::kAborted, "ETAG_MISMATCH"));
    }
  });
  EXPECT_EQ(accepted, 1);
  EXPECT_EQ(Delivered(), 1u);
}

TEST_F(ConcurrentCommandsTest, OneRequestSentManyTimesAtOnceIsOneSubmission) {
  ASSERT_THAT(commands_.RecordResults(Call("record"), Override("2300")), IsOk());
  ConfirmAll();
  const auto request = SubmitRequest("submit");
  Race([&](int) {
    const auto answer = commands_.Submit(Call("submit"), request);
    ASSERT_THAT(answer, IsOk());
    EXPECT_EQ(answer->assessment().submission_number(), 1);
  });
  EXPECT_EQ(Delivered(), 1u);
}

}  // namespace
}  // namespace assay::assessment_store
