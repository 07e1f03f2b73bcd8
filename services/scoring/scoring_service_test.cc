// Score and ScoreStream through a real stub.

#include "services/scoring/scoring_service.h"

#include <future>
#include <latch>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/status/error.h"
#include "common/testing/status_matchers.h"
#include "services/scoring/limits.h"
#include "services/scoring/testing_fixture.h"

namespace assay::scoring {
namespace {

using ::assay::testing_kit::HasField;
using ::assay::testing_kit::HasMetadata;
using ::assay::testing_kit::HasReason;
using ::assay::testing_kit::IsOk;
using ::assay::testing_kit::StatusIs;
using ::testing::ElementsAre;

using ScoringServiceTest = ScoringServiceFixture;

TEST_F(ScoringServiceTest, ScoresAnAssessmentThatPasses) {
  const auto verdict = Score(AllMetRequest("L1"));
  ASSERT_THAT(verdict, IsOk());
  EXPECT_EQ(verdict->outcome(), v1::OUTCOME_PASSED);
  EXPECT_EQ(verdict->result_string(), "Passed");
  EXPECT_EQ(verdict->profile(), "L1");
  EXPECT_EQ(verdict->mode(), v1::SCORING_MODE_FINAL);
  EXPECT_EQ(verdict->as_of(), "2026-06-01");
  EXPECT_EQ(verdict->result_digest().size(), 64u);
  EXPECT_EQ(verdict->pins().rule_set(), std::string(kRuleSetName) + "@1");
  EXPECT_EQ(verdict->pins().rule_set_digest().size(), 64u);
  EXPECT_FALSE(verdict->engine_version().empty());
  ASSERT_EQ(verdict->objectives_size(), 5);
  const v1::ObjectiveResult& b = verdict->objectives(2);
  EXPECT_EQ(b.objective(), "B");
  EXPECT_EQ(b.points(), 150);
  EXPECT_EQ(b.maximum(), 150);
  EXPECT_EQ(b.threshold_percent(), 80);
  EXPECT_EQ(b.points_needed(), 120);
  EXPECT_EQ(b.met(), 75);
  EXPECT_EQ(b.controls_size(), 0);  // SUMMARY
  EXPECT_TRUE(verdict->objectives(0).anchor());
}

// The digest of fixed inputs under fixed documents; it changes only with a new version of the
// canonical bytes or of the fake catalogue's documents.
TEST_F(ScoringServiceTest, TheSameInputsGiveTheSameDigest) {
  const auto first = Score(AllMetRequest("L1"));
  v1::ScoreRequest turned = AllMetRequest("L1");
  auto& controls = *turned.mutable_inputs()->mutable_controls();
  std::reverse(controls.begin(), controls.end());
  turned.mutable_inputs()->mutable_certificates(0)->set_number("another number");
  const auto second = Score(turned);
  EXPECT_EQ(first->result_digest(), second->result_digest());
  ControlOf(*turned.mutable_inputs(), "1100")
      .mutable_theoretical()
      ->set_status(v1::CONTROL_STATUS_PARTIALLY_MET);
  EXPECT_NE(Score(turned)->result_digest(), first->result_digest());
}

TEST_F(ScoringServiceTest, ExplainsEveryControlAndQuestionInTheFullView) {
  v1::ScoreRequest request = AllMetRequest("L1");
  request.set_view(v1::VERDICT_VIEW_FULL);
  v1::Finding& finding = *ControlOf(*request.mutable_inputs(), "1100").mutable_practical();
  v1::QuestionOutcome& gate = *finding.add_questions();
  gate.set_question_id("1100.1");
  gate.set_answer("no");
  v1::QuestionOutcome& question = *finding.add_questions();
  question.set_question_id("1100.3");
  question.set_result(v1::QUESTION_RESULT_DOES_NOT_MEET);
  ControlOf(*request.mutable_inputs(), "1100").mutable_adjustment()->set_points(1);
  ControlOf(*request.mutable_inputs(), "1100").mutable_adjustment()->set_reason("on site");
  const auto verdict = Score(request);
  ASSERT_THAT(verdict, IsOk());
  const v1::ObjectiveResult& a = verdict->objectives(1);
  ASSERT_EQ(a.controls_size(), 12);
  const v1::ControlExplanation& control = a.controls(0);
  EXPECT_EQ(control.control_id(), "1100");
  EXPECT_EQ(control.phase(), v1::PHASE_PRACTICAL);
  EXPECT_EQ(control.state(), v1::RESULT_STATE_PARTIALLY_MET);
  EXPECT_EQ(control.base_points(), 0);
  EXPECT_EQ(control.points(), 1);
  EXPECT_EQ(control.maximum(), 2);
  EXPECT_THAT(control.reasons(), ElementsAre("NO_QUESTION_MEETS", "ADJUSTED_UP"));
  ASSERT_EQ(control.questions_size(), 3);
  EXPECT_EQ(control.questions(0).state(), v1::RESULT_STATE_MET);
  EXPECT_THAT(control.questions(0).reasons(), ElementsAre("GATE_ANSWERED"));
  EXPECT_EQ(control.questions(1).state(), v1::RESULT_STATE_NOT_ASKED);
  EXPECT_EQ(control.questions(2).state(), v1::RESULT_STATE_NOT_MET);
}

TEST_F(ScoringServiceTest, NamesFailedObjectivesAndTheAnchor) {
  v1::ScoreRequest request = AllMetRequest("L2");
  request.mutable_inputs()->mutable_certificates(1)->set_scope_verdict(
      v1::SCOPE_VERDICT_DOES_NOT_COVER);
  ControlOf(*request.mutable_inputs(), "2500")
      .mutable_theoretical()
      ->set_status(v1::CONTROL_STATUS_NOT_MET);
  const auto verdict = Score(request);
  ASSERT_THAT(verdict, IsOk());
  EXPECT_EQ(verdict->outcome(), v1::OUTCOME_FAILED);
  EXPECT_EQ(verdict->result_string(), "Failed on objective(s): CE, B");
  EXPECT_THAT(verdict->failed_objectives(), ElementsAre("CE", "B"));
  EXPECT_TRUE(verdict->failed_on_anchor());
  EXPECT_THAT(verdict->reasons(), ElementsAre("OBJECTIVE_FAILED", "ANCHOR_FAILED"));
  EXPECT_THAT(verdict->objectives(2).zero_point_controls(), ElementsAre("2500"));
  EXPECT_FALSE(verdict->objectives(2).no_zero_point_control());
  EXPECT_TRUE(verdict->objectives(2).threshold_reached());
}

TEST_F(ScoringServiceTest, AProvisionalScoreWithABlankIsIncomplete) {
  v1::ScoreRequest request = AllMetRequest("L0");
  request.set_mode(v1::SCORING_MODE_PROVISIONAL);
  request.mutable_inputs()->mutable_controls()->RemoveLast();
  const auto verdict = Score(request);
  ASSERT_THAT(verdict, IsOk());
  EXPECT_EQ(verdict->outcome(), v1::OUTCOME_INCOMPLETE);
  EXPECT_EQ(verdict->objectives(2).outcome(), v1::OUTCOME_INCOMPLETE);
  EXPECT_EQ(verdict->objectives(2).open(), 1);
  EXPECT_EQ(verdict->objectives(1).outcome(), v1::OUTCOME_NOT_ASSESSED_AT_LEVEL);
}

TEST_F(ScoringServiceTest, ListsEveryReviewTrigger) {
  v1::ScoreRequest request = AllMetRequest("L1");
  v1::AssessmentInputs& inputs = *request.mutable_inputs();
  ControlOf(inputs, "0001").mutable_override()->set_reasoning("seen on site");
  ControlOf(inputs, "1200").mutable_not_applicable()->set_justification("none held");
  v1::Finding& finding = *ControlOf(inputs, "1100").mutable_theoretical();
  finding.clear_status();
  v1::QuestionOutcome& question = *finding.add_questions();
  question.set_question_id("1100.3");
  question.set_result(v1::QUESTION_RESULT_NOT_APPLICABLE);
  question.set_justification("none held");
  const auto verdict = Score(request);
  ASSERT_THAT(verdict, IsOk());
  ASSERT_EQ(verdict->review_triggers_size(), 3);
  EXPECT_EQ(verdict->review_triggers(0).kind(), v1::TRIGGER_KIND_OVERRIDE);
  EXPECT_EQ(verdict->review_triggers(0).control_id(), "0001");
  EXPECT_TRUE(verdict->review_triggers(0).anchor());
  EXPECT_EQ(verdict->review_triggers(1).kind(), v1::TRIGGER_KIND_QUESTION_NOT_APPLICABLE);
  EXPECT_EQ(verdict->review_triggers(1).question_id(), "1100.3");
  EXPECT_EQ(verdict->review_triggers(1).control_id(), "1100");
  EXPECT_EQ(verdict->review_triggers(2).kind(), v1::TRIGGER_KIND_NOT_APPLICABLE);
  EXPECT_EQ(verdict->review_triggers(2).objective(), "A");
}

TEST_F(ScoringServiceTest, TakesAwayTheFlagsOfOverturnedControls) {
  v1::ScoreRequest request = AllMetRequest("L1");
  request.set_view(v1::VERDICT_VIEW_FULL);
  v1::ControlInput& control = ControlOf(*request.mutable_inputs(), "1200");
  control.mutable_theoretical()->set_status(v1::CONTROL_STATUS_NOT_MET);
  control.mutable_override()->set_reasoning("seen on site");
  const auto standing = Score(request);
  request.add_overturned_controls("1200");
  const auto overturned = Score(request);
  ASSERT_THAT(standing, IsOk());
  ASSERT_THAT(overturned, IsOk());
  EXPECT_EQ(standing->result_string(), "Passed");
  EXPECT_EQ(overturned->result_string(), "Failed on objective(s): A");
  EXPECT_EQ(overturned->review_triggers_size(), 0);
  EXPECT_NE(overturned->result_digest(), standing->result_digest());
  EXPECT_THAT(overturned->objectives(1).zero_point_controls(), ElementsAre("1200"));
  for (const v1::ControlExplanation& explained : overturned->objectives(1).controls()) {
    if (explained.control_id() == "1200") {
      EXPECT_THAT(explained.reasons(), ElementsAre("FLAG_OVERTURNED", "STATUS_RECORDED"));
    }
  }
}

TEST_F(ScoringServiceTest, RefusesOverturnedControlsAtTheirOwnField) {
  v1::ScoreRequest request = AllMetRequest("L1");
  request.add_overturned_controls("1100");
  request.add_overturned_controls("9999");
  auto verdict = Score(request);
  EXPECT_THAT(verdict, HasReason(absl::StatusCode::kInvalidArgument, "CONTROL_UNKNOWN"));
  EXPECT_THAT(verdict, HasField("overturned_controls[1]"));
  EXPECT_THAT(verdict, HasMetadata("control", "9999"));
  request.clear_overturned_controls();
  for (size_t i = 0; i <= kMaxOverturnedControls; ++i) {
    request.add_overturned_controls("1100");
  }
  verdict = Score(request);
  EXPECT_THAT(verdict, HasReason(absl::StatusCode::kInvalidArgument, "TOO_MANY"));
  EXPECT_THAT(verdict, HasField("overturned_controls"));
}

TEST_F(ScoringServiceTest, RefusesBadInputsWithFirstReasonAndEveryField) {
  v1::ScoreRequest request = AllMetRequest("L1");
  request.mutable_inputs()->mutable_controls(3)->mutable_override();
  request.mutable_inputs()->mutable_controls(5)->mutable_adjustment()->set_points(2);
  const auto verdict = Score(request);
  EXPECT_THAT(verdict,
              HasReason(absl::StatusCode::kInvalidArgument, "OVERRIDE_REASONING_REQUIRED"));
  EXPECT_THAT(verdict, HasMetadata("control", request.inputs().controls(3).control_id()));
  EXPECT_THAT(verdict, HasField("inputs.controls[3].override.reasoning"));
  EXPECT_THAT(verdict, HasField("inputs.controls[5].adjustment.points"));
}

TEST_F(ScoringServiceTest, RefusesUnknownModesAndViews) {
  v1::ScoreRequest request = AllMetRequest("L0");
  request.set_mode(static_cast<v1::ScoringMode>(7));
  EXPECT_THAT(Score(request), HasReason(absl::StatusCode::kInvalidArgument, "MODE_INVALID"));
  request = AllMetRequest("L0");
  request.set_view(static_cast<v1::VerdictView>(7));
  EXPECT_THAT(Score(request), HasReason(absl::StatusCode::kInvalidArgument, "VIEW_INVALID"));
}

TEST_F(ScoringServiceTest, RefusesAnEmptyRequest) {
  EXPECT_THAT(Score(v1::ScoreRequest()),
              HasReason(absl::StatusCode::kInvalidArgument, "RESOURCE_NAME_INVALID"));
}

TEST_F(ScoringServiceTest, SaysSoWhenTheCatalogueIsAway) {
  catalogue_.FailWith(absl::UnavailableError("no connection"));
  EXPECT_THAT(Score(AllMetRequest("L1")), StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(ScoringServiceTest, ChecksWhoIsCalling) {
  v1::ScoreResponse response;
  const v1::ScoreRequest request = AllMetRequest("L0");
  EXPECT_THAT(FromGrpcStatus(stub_->Score(testing_kit::WithToken("").get(), request, &response)),
              HasReason(absl::StatusCode::kUnauthenticated, "TOKEN_MISSING"));
  EXPECT_THAT(FromGrpcStatus(
                  stub_->Score(As(access::v1::ROLE_PROCUREMENT_READER).get(), request, &response)),
              HasReason(absl::StatusCode::kPermissionDenied, "ROLE_NOT_ALLOWED"));
  EXPECT_THAT(FromGrpcStatus(stub_->Score(As(access::v1::ROLE_SUPPLIER).get(), request, &response)),
              IsOk());
}

TEST_F(ScoringServiceTest, AStreamAnswersInOrderEachWithItsOwnStatus) {
  const auto context = AsAssessor();
  const auto stream = stub_->ScoreStream(context.get());
  constexpr int kRequests = 20;
  for (int i = 0; i < kRequests; ++i) {
    v1::ScoreStreamRequest request;
    request.set_correlation_id("item-" + std::to_string(i));
    *request.mutable_request() = AllMetRequest("L0");
    if (i % 3 == 1) {
      request.mutable_request()->mutable_inputs()->mutable_controls(0)->set_control_id("9999");
    }
    ASSERT_TRUE(stream->Write(request));
    v1::ScoreStreamResponse response;
    ASSERT_TRUE(stream->Read(&response));
    EXPECT_EQ(response.correlation_id(), request.correlation_id());
    if (i % 3 == 1) {
      EXPECT_THAT(FromRpcStatus(response.error()),
                  HasReason(absl::StatusCode::kInvalidArgument, "CONTROL_UNKNOWN"));
    } else {
      EXPECT_EQ(response.verdict().outcome(), v1::OUTCOME_PASSED);
    }
  }
  stream->WritesDone();
  EXPECT_THAT(FromGrpcStatus(stream->Finish()), IsOk());
}

// One message waits for the catalogue on the pool; nothing else waits with it.
TEST_F(ScoringServiceTest, AStreamThatAsksTheCatalogueHoldsUpNobodyElse) {
  ASSERT_THAT(Score(AllMetRequest("L0")), IsOk());  // Now in the cache.
  catalogue_.Block();
  const auto context = AsAssessor();
  const auto stream = stub_->ScoreStream(context.get());
  v1::ScoreStreamRequest missing;
  missing.set_correlation_id("missing");
  *missing.mutable_request() = AllMetRequest("L1");
  v1::ScoreStreamRequest cached;
  cached.set_correlation_id("cached");
  *cached.mutable_request() = AllMetRequest("L0");
  EXPECT_TRUE(stream->Write(missing) && stream->Write(cached));
  catalogue_.AwaitBlockedCalls(1);
  EXPECT_THAT(Score(AllMetRequest("L0")), IsOk());
  const auto other_context = AsAssessor();
  const auto other = stub_->ScoreStream(other_context.get());
  v1::ScoreStreamResponse response;
  EXPECT_TRUE(other->Write(cached) && other->Read(&response));
  EXPECT_TRUE(response.has_verdict());
  catalogue_.Unblock();
  for (const char* id : {"missing", "cached"}) {
    ASSERT_TRUE(stream->Read(&response));
    EXPECT_EQ(response.correlation_id(), id);
    EXPECT_EQ(response.verdict().outcome(), v1::OUTCOME_PASSED);
  }
  for (const auto& each : {stream.get(), other.get()}) {
    each->WritesDone();
    EXPECT_THAT(FromGrpcStatus(each->Finish()), IsOk());
  }
}

TEST_F(ScoringServiceTest, ACallerMayLeaveWhileItsMessageWaits) {
  catalogue_.Block();
  const auto context = AsAssessor();
  const auto stream = stub_->ScoreStream(context.get());
  v1::ScoreStreamRequest request;
  *request.mutable_request() = AllMetRequest("L1");
  EXPECT_TRUE(stream->Write(request));
  catalogue_.AwaitBlockedCalls(1);
  context->TryCancel();
  EXPECT_THAT(FromGrpcStatus(stream->Finish()), StatusIs(absl::StatusCode::kCancelled));
  catalogue_.Unblock();
  EXPECT_THAT(Score(AllMetRequest("L1")), IsOk());
}

TEST_F(ScoringServiceTest, AMessageThatABusyPoolSendsAwayIsAnsweredAndItsStreamGoesOn) {
  ASSERT_THAT(Score(AllMetRequest("L0")), IsOk());
  std::promise<void> release;
  const std::shared_future<void> released = release.get_future().share();
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
  const auto context = AsAssessor();
  const auto stream = stub_->ScoreStream(context.get());
  v1::ScoreStreamRequest request;
  request.set_correlation_id("shed");
  *request.mutable_request() = AllMetRequest("L1");
  v1::ScoreStreamResponse response;
  EXPECT_TRUE(stream->Write(request) && stream->Read(&response));
  EXPECT_EQ(response.correlation_id(), "shed");
  EXPECT_THAT(FromRpcStatus(response.error()),
              HasReason(absl::StatusCode::kResourceExhausted, "SERVER_BUSY"));
  *request.mutable_request() = AllMetRequest("L0");
  EXPECT_TRUE(stream->Write(request) && stream->Read(&response));
  EXPECT_TRUE(response.has_verdict());
  stream->WritesDone();
  EXPECT_THAT(FromGrpcStatus(stream->Finish()), IsOk());
  release.set_value();
}

TEST_F(ScoringServiceTest, AStreamHoldsTheLengthOfCorrelationIds) {
  const auto context = AsAssessor();
  const auto stream = stub_->ScoreStream(context.get());
  v1::ScoreStreamRequest request;
  *request.mutable_request() = AllMetRequest("L0");
  v1::ScoreStreamResponse response;
  request.set_correlation_id(std::string(kMaxCorrelationIdCharacters, 'x'));
  ASSERT_TRUE(stream->Write(request) && stream->Read(&response));
  EXPECT_TRUE(response.has_verdict());
  request.set_correlation_id(std::string(kMaxCorrelationIdCharacters + 1, 'x'));
  ASSERT_TRUE(stream->Write(request) && stream->Read(&response));
  EXPECT_THAT(FromRpcStatus(response.error()),
              HasReason(absl::StatusCode::kInvalidArgument, "TEXT_TOO_LONG"));
  stream->WritesDone();
  EXPECT_THAT(FromGrpcStatus(stream->Finish()), IsOk());
}

}  // namespace
}  // namespace assay::scoring
