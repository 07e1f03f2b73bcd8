// BatchScore through a real stub.

#include "services/scoring/batch.h"

#include <atomic>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/auth/principal.h"
#include "common/testing/proto_matchers.h"
#include "common/testing/status_matchers.h"
#include "services/scoring/limits.h"
#include "services/scoring/testing_fixture.h"

namespace assay::scoring {
namespace {

using ::assay::testing_kit::EqualsProto;
using ::assay::testing_kit::HasField;
using ::assay::testing_kit::HasReason;
using ::assay::testing_kit::IsOk;
using ::assay::testing_kit::StatusIs;

class BatchTest : public ScoringServiceFixture {
 protected:
  absl::StatusOr<v1::BatchScoreResponse> Batch(const v1::BatchScoreRequest& request) {
    return Call(&v1::ScoringService::Stub::BatchScore, request);
  }
};

TEST_F(BatchTest, AnswersInOrderEachWithItsOwnStatus) {
  v1::BatchScoreRequest request;
  *request.add_requests() = AllMetRequest("L0");
  *request.add_requests() = AllMetRequest("L1");
  request.mutable_requests(1)->mutable_inputs()->mutable_controls(0)->set_control_id("9999");
  *request.add_requests() = AllMetRequest("L2");
  request.add_requests();
  *request.add_requests() = AllMetRequest("L1");
  request.mutable_requests(4)->set_view(v1::VERDICT_VIEW_FULL);
  const auto batch = Batch(request);
  ASSERT_THAT(batch, IsOk());
  ASSERT_EQ(batch->results_size(), 5);
  EXPECT_EQ(batch->results(0).verdict().profile(), "L0");
  EXPECT_THAT(FromRpcStatus(batch->results(1).error()),
              HasReason(absl::StatusCode::kInvalidArgument, "CONTROL_UNKNOWN"));
  EXPECT_THAT(FromRpcStatus(batch->results(1).error()), HasField("inputs.controls[0].control_id"));
  EXPECT_EQ(batch->results(2).verdict().profile(), "L2");
  EXPECT_THAT(FromRpcStatus(batch->results(3).error()),
              HasReason(absl::StatusCode::kInvalidArgument, "RESOURCE_NAME_INVALID"));
  EXPECT_EQ(batch->results(4).verdict().objectives(1).controls_size(), 12);
}

TEST_F(BatchTest, GivesTheVerdictsThatScoreGives) {
  v1::BatchScoreRequest request;
  for (const char* profile : {"L0", "L1", "L2", "L3"}) {
    v1::ScoreRequest& score = *request.add_requests();
    score = AllMetRequest(profile);
    score.set_view(v1::VERDICT_VIEW_FULL);
    ControlOf(*score.mutable_inputs(), "2500").mutable_override()->set_reasoning("seen");
  }
  const auto batch = Batch(request);
  ASSERT_THAT(batch, IsOk());
  for (int i = 0; i < request.requests_size(); ++i) {
    EXPECT_THAT(batch->results(i).verdict(), EqualsProto(*Score(request.requests(i))));
  }
}

TEST_F(BatchTest, HoldsItsLength) {
  v1::BatchScoreRequest request;
  EXPECT_THAT(Batch(request), HasReason(absl::StatusCode::kInvalidArgument, "FIELD_REQUIRED"));
  EXPECT_THAT(Batch(request), HasField("requests"));
  for (size_t i = 0; i < kMaxBatchRequests; ++i) {
    *request.add_requests() = AllMetRequest("L0");
  }
  const auto batch = Batch(request);
  ASSERT_THAT(batch, IsOk());
  EXPECT_EQ(batch->results_size(), static_cast<int>(kMaxBatchRequests));
  EXPECT_TRUE(batch->results(99).has_verdict());
  *request.add_requests() = AllMetRequest("L0");
  EXPECT_THAT(Batch(request), HasReason(absl::StatusCode::kInvalidArgument, "TOO_MANY"));
  EXPECT_THAT(Batch(request), HasField("requests"));
}

TEST_F(BatchTest, EndsWhenTheCallerHasGone) {
  const auth::Principal ada;
  const std::atomic<bool> gone = true;
  const rpc::CallContext call("/test", ada, absl::InfiniteFuture(), "", gone);
  v1::BatchScoreRequest request;
  *request.add_requests() = AllMetRequest("L0");
  v1::BatchScoreResponse response;
  EXPECT_THAT(ScoreBatch(call, scorer_, request, response), StatusIs(absl::StatusCode::kCancelled));
  EXPECT_EQ(response.results_size(), 0);
}

TEST_F(BatchTest, AMissingCatalogueIsTheItemsOwnError) {
  ASSERT_THAT(Score(AllMetRequest("L0")), IsOk());  // Now in the cache.
  catalogue_.FailWith(absl::UnavailableError("no connection"));
  v1::BatchScoreRequest request;
  *request.add_requests() = AllMetRequest("L0");
  *request.add_requests() = AllMetRequest("L1");
  const auto batch = Batch(request);
  ASSERT_THAT(batch, IsOk());
  EXPECT_TRUE(batch->results(0).has_verdict());
  EXPECT_THAT(FromRpcStatus(batch->results(1).error()), StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(BatchTest, ChecksWhoIsCalling) {
  v1::BatchScoreRequest request;
  *request.add_requests() = AllMetRequest("L0");
  v1::BatchScoreResponse response;
  EXPECT_THAT(FromGrpcStatus(stub_->BatchScore(As(access::v1::ROLE_PROCUREMENT_READER).get(),
                                               request, &response)),
              HasReason(absl::StatusCode::kPermissionDenied, "ROLE_NOT_ALLOWED"));
}

}  // namespace
}  // namespace assay::scoring
