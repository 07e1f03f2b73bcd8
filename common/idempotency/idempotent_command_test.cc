#include "common/idempotency/idempotent_command.h"

#include <string>

#include "gmock/gmock.h"
#include "google/protobuf/wrappers.pb.h"
#include "google/rpc/error_details.pb.h"
#include "gtest/gtest.h"

#include "common/storage/memory_store.h"
#include "common/testing/status_matchers.h"
#include "common/time/fake_clock.h"

namespace assay::idempotency {
namespace {

using google::protobuf::StringValue;
using google::rpc::RequestInfo;  // Any message with a `request_id` will do.
using testing_kit::HasReason;
using testing_kit::IsOk;

class IdempotentCommandTest : public ::testing::Test {
 protected:
  // One whole call: asks for the first answer, else writes `answer` under the key "k".
  absl::StatusOr<std::string> Run(const std::string& request_id, const std::string& content,
                                  const std::string& answer) {
    RequestInfo request;
    request.set_request_id(request_id);
    request.set_serving_data(content);
    IdempotentCommand<StringValue> command(store_, clock_, "anna", "/Service/Method", request);
    ASSAY_ASSIGN_OR_RETURN(auto first, command.FirstAnswer(*store_.Snapshot()));
    if (first.has_value()) return first->value();
    ASSAY_ASSIGN_OR_RETURN(
        const StringValue response,
        command.Commit([&](storage::Transaction& tx) -> absl::StatusOr<StringValue> {
          ++runs_;
          ASSAY_RETURN_IF_ERROR(tx.Put("k", answer));
          StringValue value;
          value.set_value(answer);
          return value;
        }));
    return response.value();
  }

  storage::MemoryStore store_;
  FakeClock clock_;
  int runs_ = 0;
};

TEST_F(IdempotentCommandTest, TheSameRequestAgainGivesTheFirstAnswerAndDoesNothing) {
  EXPECT_EQ(*Run("r1", "content", "first"), "first");
  EXPECT_EQ(*Run("r1", "content", "second"), "first");
  EXPECT_EQ(runs_, 1);
}

TEST_F(IdempotentCommandTest, TheSameIdWithOtherContentIsRefused) {
  ASSERT_THAT(Run("r1", "content", "first"), IsOk());
  EXPECT_THAT(Run("r1", "other", "second"),
              HasReason(absl::StatusCode::kInvalidArgument, "REQUEST_ID_REUSED"));
  EXPECT_EQ(runs_, 1);
}

TEST_F(IdempotentCommandTest, WithoutAnIdEveryRequestIsNew) {
  EXPECT_EQ(*Run("", "content", "first"), "first");
  EXPECT_EQ(*Run("", "content", "second"), "second");
  EXPECT_EQ(runs_, 2);
}

TEST_F(IdempotentCommandTest, AnUnknownOutcomeIsResolvedByTheSameId) {
  store_.FailNextCommit(storage::FailedCommit::kApplied);
  EXPECT_THAT(Run("r1", "content", "first"),
              HasReason(absl::StatusCode::kUnavailable, "COMMIT_OUTCOME_UNKNOWN"));
  store_.Reopen();
  EXPECT_EQ(*Run("r1", "content", "second"), "first");
  store_.FailNextCommit(storage::FailedCommit::kLost);
  EXPECT_THAT(Run("r2", "content", "third"),
              HasReason(absl::StatusCode::kUnavailable, "COMMIT_OUTCOME_UNKNOWN"));
  store_.Reopen();
  EXPECT_EQ(*Run("r2", "content", "fourth"), "fourth");
}

}  // namespace
}  // namespace assay::idempotency
