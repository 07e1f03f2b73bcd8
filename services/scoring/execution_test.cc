// Where each RPC runs: with a pool that takes nothing more, what needs the catalogue is refused and
// what does not is answered.

#include <future>
#include <latch>
#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/testing/status_matchers.h"
#include "services/scoring/testing_fixture.h"

namespace assay::scoring {
namespace {

using ::assay::testing_kit::HasReason;
using ::assay::testing_kit::IsOk;
using Stub = v1::ScoringService::Stub;

class ExecutionTest : public ScoringServiceFixture {
 protected:
  static constexpr char kSearchedName[] = "schemes/dcc/ruleSets/searched";

  // L0 and L1 under asr-2.1, L0 under its predecessor and L0 under rules whose marks lie unequally
  // far apart are in the cache; the pool is full.
  void SetUp() override {
    catalogue::v1::RuleSet searched = RuleSetMessage(AsrV21());
    searched.mutable_points()->set_met(3);
    catalogue_.Publish(kSearchedName, searched);
    v1::ScoreRequest slow = AllMetRequest("L0");
    slow.mutable_basis()->set_rule_set(kSearchedName);
    ASSERT_THAT(Score(slow), IsOk());
    ASSERT_THAT(Score(AllMetRequest("L0")), IsOk());
    ASSERT_THAT(Score(AllMetRequest("L1")), IsOk());
    ASSERT_THAT(Score(Old("L0")), IsOk());
    const std::shared_future<void> released = release_.get_future().share();
    // Each worker first, so that none takes from the queue once it is full.
    std::latch busy(testing_kit::TestRuntimeOptions().worker_threads);
    for (int i = 0; i < testing_kit::TestRuntimeOptions().worker_threads; ++i) {
      ASSERT_THAT(runtime_.pool().Submit([&busy, released] {
        busy.count_down();
        released.wait();
      }),
                  IsOk());
    }
    busy.wait();
    while (runtime_.pool().Submit([] {}).ok()) {
    }
  }

  void TearDown() override { release_.set_value(); }

  static v1::ScoreRequest Old(std::string_view profile) {
    v1::ScoreRequest request = AllMetRequest(profile);
    request.mutable_basis()->set_rule_set(kOldRuleSetName);
    return request;
  }

  absl::Status Batch(const v1::ScoreRequest& first, const v1::ScoreRequest& second) {
    v1::BatchScoreRequest request;
    *request.add_requests() = first;
    *request.add_requests() = second;
    return Call(&Stub::BatchScore, request).status();
  }

  absl::Status WhatIf(const v1::ScoreRequest& score) {
    v1::WhatIfRequest request;
    *request.mutable_request() = score;
    request.add_changes()->set_clear("2500");
    return Call(&Stub::WhatIf, request).status();
  }

  absl::Status Compare(const v1::ScoreRequest& before, const v1::ScoreRequest& after) {
    v1::CompareVerdictsRequest request;
    *request.mutable_before() = before;
    *request.mutable_after() = after;
    return Call(&Stub::CompareVerdicts, request).status();
  }

  std::promise<void> release_;
};

auto IsBusy() { return HasReason(absl::StatusCode::kResourceExhausted, "SERVER_BUSY"); }

TEST_F(ExecutionTest, ABatchIsInlineWhenAllItsDocumentsAreCached) {
  EXPECT_THAT(Batch(AllMetRequest("L0"), AllMetRequest("L1")), IsOk());
  EXPECT_THAT(Batch(AllMetRequest("L0"), AllMetRequest("L2")), IsBusy());
}

// With marks unequally far apart, margins do not follow from sums.
TEST_F(ExecutionTest, WhatHasToSearchForMarginsRunsOnThePool) {
  v1::ScoreRequest request = AllMetRequest("L0");
  request.mutable_basis()->set_rule_set(kSearchedName);
  EXPECT_NE(resolver_.FindCached(request.basis()), nullptr);
  EXPECT_THAT(Score(request).status(), IsBusy());
}

TEST_F(ExecutionTest, AWhatIfIsInlineWhenItsDocumentsAreCached) {
  EXPECT_THAT(WhatIf(AllMetRequest("L0")), IsOk());
  EXPECT_THAT(WhatIf(AllMetRequest("L2")), IsBusy());
}

// Between different documents it may need mixtures of them, which nobody has asked for before.
TEST_F(ExecutionTest, AComparisonIsInlineWhenBothSidesNameTheSameCachedDocuments) {
  EXPECT_THAT(Compare(AllMetRequest("L0"), AllMetRequest("L1")), IsOk());
  EXPECT_THAT(Compare(AllMetRequest("L0"), AllMetRequest("L2")), IsBusy());
  EXPECT_THAT(Compare(AllMetRequest("L0"), Old("L0")), IsBusy());
}

TEST_F(ExecutionTest, ARescoringIsInlineWhenBothRuleSetsAreCachedAndItsStreamOutlivesTheRefusal) {
  const auto context = AsAssessor();
  const auto stream = stub_->RescoreStream(context.get());
  for (const bool cached : {true, false, true}) {
    v1::RescoreStreamRequest request;
    *request.mutable_request() = AllMetRequest(cached ? "L0" : "L1");
    request.set_correlation_id("item");
    request.set_rule_set(kOldRuleSetName);
    v1::RescoreStreamResponse response;
    ASSERT_TRUE(stream->Write(request) && stream->Read(&response));
    EXPECT_EQ(response.correlation_id(), "item");
    EXPECT_EQ(response.has_rescore(), cached);
    if (!cached) {
      EXPECT_THAT(FromRpcStatus(response.error()), IsBusy());
    }
  }
  stream->WritesDone();
  EXPECT_THAT(FromGrpcStatus(stream->Finish()), IsOk());
}

}  // namespace
}  // namespace assay::scoring
