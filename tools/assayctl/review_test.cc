#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "assay/review_queue/v1/review_queue_service.grpc.pb.h"

#include "common/testing/proto_matchers.h"
#include "tools/assayctl/files.h"
#include "tools/assayctl/testing/tool_runner.h"

namespace assay::assayctl {
namespace {

using review_queue::v1::ReviewItem;
using ::testing::HasSubstr;
using testing_kit::EqualsProto;

// One item that anybody may claim.
class FakeQueue final : public review_queue::v1::ReviewQueueService::Service {
 public:
  using Ctx = grpc::ServerContext*;

  grpc::Status ListReviewItems(Ctx, const review_queue::v1::ListReviewItemsRequest* request,
                               review_queue::v1::ListReviewItemsResponse* out) override {
    list_ = *request;
    if (!empty_) out->add_review_items()->set_name("reviewItems/a1.1");
    return grpc::Status::OK;
  }
  grpc::Status GetReviewItem(Ctx, const review_queue::v1::GetReviewItemRequest* request,
                             ReviewItem* out) override {
    Fill(request->name(), out);
    return grpc::Status::OK;
  }
  grpc::Status ClaimReviewItem(Ctx, const review_queue::v1::ClaimReviewItemRequest* request,
                               review_queue::v1::ClaimReviewItemResponse* out) override {
    claim_ = *request;
    Fill(request->name(), out->mutable_review_item());
    out->set_claim_token("secret-token");
    return grpc::Status::OK;
  }
  grpc::Status ReleaseClaim(Ctx, const review_queue::v1::ReleaseClaimRequest* request,
                            ReviewItem* out) override {
    released_ = request->claim_token();
    Fill(request->name(), out);
    return grpc::Status::OK;
  }
  grpc::Status DecideReviewItem(Ctx, const review_queue::v1::DecideReviewItemRequest* request,
                                ReviewItem* out) override {
    decide_ = *request;
    Fill(request->name(), out);
    return grpc::Status::OK;
  }

  static void Fill(const std::string& name, ReviewItem* item) {
    item->set_name(name);
    item->set_submission_number(1);
    item->set_result_digest("ff");
    item->set_etag("e1");
  }

  bool empty_ = false;
  review_queue::v1::ListReviewItemsRequest list_;
  review_queue::v1::ClaimReviewItemRequest claim_;
  review_queue::v1::DecideReviewItemRequest decide_;
  std::string released_;
};

class Review : public ::testing::Test {
 protected:
  FakeQueue queue_;
  FakeServer server_{{&queue_}};
  ToolRunner tool_{server_.address()};
};

TEST_F(Review, ListsTheStatesThatAreNamed) {
  EXPECT_THAT(tool_.Run({"review", "list", "--state", "decided", "--state", "open"}).out,
              HasSubstr("a1.1"));
  EXPECT_THAT(queue_.list_.states(),
              ::testing::ElementsAre(review_queue::v1::REVIEW_ITEM_STATE_DECIDED,
                                     review_queue::v1::REVIEW_ITEM_STATE_OPEN));
  tool_.Run({"review", "list", "--all"});
  EXPECT_EQ(queue_.list_.states_size(), 4);
  EXPECT_EQ(tool_.Run({"review", "list", "--state", "gone"}).code, 2);
}

TEST_F(Review, SaysThatTheQueueIsEmpty) {
  queue_.empty_ = true;
  EXPECT_EQ(tool_.Run({"review", "list"}).out, "The queue is empty.\n");
}

TEST_F(Review, KeepsTheClaimTokenOutOfTheTableAndInAFile) {
  const RunResult result = tool_.Run({"review", "claim", "a1.1", "--duration", "45m"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out + result.err, ::testing::Not(HasSubstr("secret-token")));
  EXPECT_EQ(queue_.claim_.duration().seconds(), 2700);
  EXPECT_NE(queue_.claim_.request_id(), "");
  EXPECT_EQ(testing_kit::ReadFileOrDie(tool_.home().File("claims/a1.1")), "secret-token\n");
}

TEST_F(Review, DecidesWithTheKeptTokenAndForgetsIt) {
  tool_.Run({"review", "claim", "a1.1"});
  const RunResult result = tool_.Run({"review", "decide", "a1.1", "--overturn", "2300=nothing seen",
                                      "--overturn", "2301=not enough", "--reason", "no proof"});
  EXPECT_EQ(result.code, 0) << result.err;
  queue_.decide_.clear_request_id();
  EXPECT_THAT(queue_.decide_, EqualsProto(R"pb(
                name: "reviewItems/a1.1"
                claim_token: "secret-token"
                submission_number: 1
                result_digest: "ff"
                etag: "e1"
                decision {
                  kind: DECISION_KIND_OVERTURN
                  reason: "no proof"
                  controls { control_id: "2300" reason: "nothing seen" }
                  controls { control_id: "2301" reason: "not enough" }
                })pb"));
  EXPECT_FALSE(FileExists(tool_.home().File("claims/a1.1")));
}

TEST_F(Review, DoesNotDecideWithoutAClaim) {
  const RunResult result = tool_.Run({"review", "decide", "a1.1", "--uphold", "--reason", "sound"});
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.err, HasSubstr("CLAIM_TOKEN_MISSING"));
}

TEST_F(Review, TakesATokenByHand) {
  EXPECT_EQ(
      tool_.Run({"review", "decide", "a1.1", "--uphold", "--reason", "sound", "--claim-token", "t"})
          .code,
      0);
  EXPECT_EQ(queue_.decide_.claim_token(), "t");
}

TEST_F(Review, ReleasesAndForgetsTheToken) {
  tool_.Run({"review", "claim", "a1.1"});
  EXPECT_EQ(tool_.Run({"review", "release", "a1.1"}).code, 0);
  EXPECT_EQ(queue_.released_, "secret-token");
  EXPECT_FALSE(FileExists(tool_.home().File("claims/a1.1")));
}

}  // namespace
}  // namespace assay::assayctl
