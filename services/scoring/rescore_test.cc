// RescoreStream through a real stub: the time machine.

#include "services/scoring/rescore.h"

#include <memory>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/testing/proto_matchers.h"
#include "common/testing/status_matchers.h"
#include "services/scoring/engine/testing/random.h"
#include "services/scoring/limits.h"
#include "services/scoring/testing_fixture.h"
#include "services/scoring/testing_messages.h"

namespace assay::scoring {
namespace {

using ::assay::testing_kit::EqualsProto;
using ::assay::testing_kit::HasField;
using ::assay::testing_kit::HasReason;
using ::assay::testing_kit::IsOk;
using ::assay::testing_kit::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class RescoreTest : public ScoringServiceFixture {
 protected:
  static v1::RescoreStreamRequest Message(const v1::ScoreRequest& request,
                                          const char* rule_set = kOldRuleSetName) {
    v1::RescoreStreamRequest message;
    *message.mutable_request() = request;
    message.set_rule_set(rule_set);
    return message;
  }

  // The answer to one message.
  v1::RescoreStreamResponse Rescore(const v1::RescoreStreamRequest& request) {
    v1::RescoreStreamResponse response;
    EXPECT_TRUE(stream_->Write(request) && stream_->Read(&response));
    return response;
  }

  void TearDown() override {
    stream_->WritesDone();
    EXPECT_THAT(FromGrpcStatus(stream_->Finish()), IsOk());
  }

  const std::unique_ptr<grpc::ClientContext> context_ = AsAssessor();
  const std::unique_ptr<
      grpc::ClientReaderWriter<v1::RescoreStreamRequest, v1::RescoreStreamResponse>>
      stream_ = stub_->RescoreStream(context_.get());
};

TEST_F(RescoreTest, SaysWhatTheOtherRuleSetMakesOfIt) {
  v1::ScoreRequest request = AllMetRequest("L1");
  v1::ControlInput& control = ControlOf(*request.mutable_inputs(), "1200");
  control.mutable_theoretical()->set_status(v1::CONTROL_STATUS_NOT_MET);
  control.mutable_override()->set_reasoning("seen on site");
  ControlOf(*request.mutable_inputs(), "2500")
      .mutable_theoretical()
      ->set_status(v1::CONTROL_STATUS_NOT_MET);
  v1::RescoreStreamRequest message = Message(request);
  message.set_correlation_id("item-1");
  const v1::RescoreStreamResponse response = Rescore(message);
  EXPECT_EQ(response.correlation_id(), "item-1");
  const v1::Rescore& rescore = response.rescore();
  EXPECT_EQ(rescore.before().result_string(), "Failed on objective(s): B");
  EXPECT_EQ(rescore.after().result_string(), "Passed");
  EXPECT_EQ(rescore.after().pins().rule_set(), std::string(kOldRuleSetName) + "@1");
  EXPECT_THAT(rescore.difference().changed(), ElementsAre(v1::DIFFERENCE_CAUSE_RULE_SET));
  EXPECT_THAT(rescore.difference().sufficient(), ElementsAre(v1::DIFFERENCE_CAUSE_RULE_SET));
  ASSERT_EQ(rescore.difference().controls_size(), 1);  // The override counts no more.
  EXPECT_EQ(rescore.difference().controls(0).control_id(), "1200");
  EXPECT_FALSE(rescore.difference().controls(0).inputs_changed());
}

TEST_F(RescoreTest, GivesTheVerdictsThatScoreGives) {
  const CompiledProfile profile = MustCompile(DccScheme(), "L1");
  constexpr uint64_t kSeed = 20260604;
  for (uint64_t seed = kSeed; seed < kSeed + 40; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    v1::ScoreRequest request = RandomRequest(profile, random);
    *request.mutable_basis() = BasisAt("L1");
    const v1::Rescore rescore = Rescore(Message(request)).rescore();
    const auto before = Score(request);
    request.mutable_basis()->set_rule_set(kOldRuleSetName);
    const auto after = Score(request);
    ASSERT_THAT(before, IsOk());
    ASSERT_THAT(after, IsOk());
    EXPECT_THAT(rescore.before(), EqualsProto(*before));
    EXPECT_THAT(rescore.after(), EqualsProto(*after));
    EXPECT_EQ(rescore.difference().outcome_changed(), before->outcome() != after->outcome());
  }
}

TEST_F(RescoreTest, UnderTheSameRuleSetNothingDiffers) {
  const v1::RescoreStreamResponse response = Rescore(Message(AllMetRequest("L1"), kRuleSetName));
  ASSERT_TRUE(response.has_rescore());
  EXPECT_THAT(response.rescore().after(), EqualsProto(response.rescore().before()));
  EXPECT_THAT(response.rescore().difference(), EqualsProto(v1::VerdictDifference()));
}

TEST_F(RescoreTest, AnswersEachMessageWithItsOwnStatus) {
  v1::ScoreRequest wrong = AllMetRequest("L1");
  wrong.mutable_inputs()->mutable_controls(0)->set_control_id("9999");
  EXPECT_THAT(FromRpcStatus(Rescore(Message(wrong)).error()),
              HasReason(absl::StatusCode::kInvalidArgument, "CONTROL_UNKNOWN"));
  const absl::Status missing = FromRpcStatus(Rescore(Message(AllMetRequest("L1"), "")).error());
  EXPECT_THAT(missing, HasReason(absl::StatusCode::kInvalidArgument, "RESOURCE_NAME_INVALID"));
  EXPECT_THAT(missing, HasField("rule_set"));
  EXPECT_THAT(
      FromRpcStatus(Rescore(Message(AllMetRequest("L1"), "schemes/dcc/ruleSets/none")).error()),
      StatusIs(absl::StatusCode::kNotFound));
  v1::ScoreRequest unknown_view = AllMetRequest("L1");
  unknown_view.set_view(static_cast<v1::VerdictView>(9));
  EXPECT_THAT(FromRpcStatus(Rescore(Message(unknown_view)).error()),
              HasReason(absl::StatusCode::kInvalidArgument, "VIEW_INVALID"));
  EXPECT_TRUE(Rescore(Message(AllMetRequest("L1"))).has_rescore());
}

TEST_F(RescoreTest, SaysWhichRuleSetRefusesTheInputs) {
  catalogue::v1::RuleSet strict = RuleSetMessage(AsrV21());
  strict.set_anchor_override(catalogue::v1::ANCHOR_OVERRIDE_POLICY_REFUSE);
  catalogue_.Publish("schemes/dcc/ruleSets/strict", strict);
  v1::ScoreRequest request = AllMetRequest("L1");
  ControlOf(*request.mutable_inputs(), "0001").mutable_override()->set_reasoning("seen");
  const absl::Status status =
      FromRpcStatus(Rescore(Message(request, "schemes/dcc/ruleSets/strict")).error());
  EXPECT_THAT(status, HasReason(absl::StatusCode::kInvalidArgument, "OVERRIDE_ON_ANCHOR"));
  EXPECT_THAT(status, HasField("inputs.controls[0].override"));
  EXPECT_THAT(std::string(status.message()),
              HasSubstr("under schemes/dcc/ruleSets/strict@1: control 0001"));
}

TEST_F(RescoreTest, HoldsTheLengthOfCorrelationIds) {
  v1::RescoreStreamRequest message = Message(AllMetRequest("L0"));
  message.set_correlation_id(std::string(kMaxCorrelationIdCharacters, 'x'));
  EXPECT_TRUE(Rescore(message).has_rescore());
  message.set_correlation_id(std::string(kMaxCorrelationIdCharacters + 1, 'x'));
  const v1::RescoreStreamResponse response = Rescore(message);
  EXPECT_EQ(response.correlation_id(), "");
  EXPECT_THAT(FromRpcStatus(response.error()),
              HasReason(absl::StatusCode::kInvalidArgument, "TEXT_TOO_LONG"));
}

TEST_F(RescoreTest, RunsInlineOnlyWhenBothRuleSetsAreCached) {
  ASSERT_THAT(Score(AllMetRequest("L0")), IsOk());  // The first is; the other is not.
  catalogue_.Block();
  const v1::RescoreStreamRequest message = Message(AllMetRequest("L0"));
  ASSERT_TRUE(stream_->Write(message));
  catalogue_.AwaitBlockedCalls(1);
  EXPECT_THAT(Score(AllMetRequest("L0")), IsOk());  // Not held up.
  catalogue_.Unblock();
  v1::RescoreStreamResponse response;
  ASSERT_TRUE(stream_->Read(&response));
  EXPECT_TRUE(response.has_rescore());
}

}  // namespace
}  // namespace assay::scoring
