// Submitting, recalling and what a decision does, through the stub.

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/audit/event_log.h"
#include "common/testing/proto_matchers.h"
#include "common/testing/status_matchers.h"
#include "services/assessment_store/limits.h"
#include "services/assessment_store/testing/service_fixture.h"

namespace assay::assessment_store {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using testing_kit::EqualsProto;
using testing_kit::HasField;
using testing_kit::HasMetadata;
using testing_kit::HasReason;
using testing_kit::IsOk;

TEST_F(AssessmentStoreServiceTest, ACleanSubmissionIsFinalAtOnceAndNotQueued) {
  const auto submitted = Submitted("");
  EXPECT_EQ(submitted.assessment().state(), v1::ASSESSMENT_STATE_PASSED);
  EXPECT_EQ(submitted.assessment().current_verdict(), submitted.verdict().name());
  EXPECT_EQ(*relay_->DeliverPending(), outbox::DeliveryCounts{});
  v1::GetVerdictRequest get;
  get.set_name(submitted.verdict().name());
  EXPECT_THAT(*Call(&Stub::GetVerdict, get, ravi_), EqualsProto(submitted.verdict()));
  EXPECT_THAT(
      Call(&Stub::SubmitAssessment, SubmitRequest(), anna_),
      AllOf(HasReason(kPrecondition, "ASSESSMENT_NOT_OPEN"), HasMetadata("state", "PASSED")));
}

TEST_F(AssessmentStoreServiceTest, AFlaggedSubmissionGoesToReviewInTheSameCommit) {
  const auto submitted = Submitted("2300");
  EXPECT_EQ(submitted.assessment().state(), v1::ASSESSMENT_STATE_IN_REVIEW);
  EXPECT_EQ(relay_->DeliverPending()->delivered, 1u);
  ASSERT_EQ(queue_.received().size(), 1u);
  const auto item = queue_.received()[0].review_item();
  EXPECT_EQ(item.name(), "reviewItems/a1.1");
  EXPECT_EQ(item.flags(0).reasoning(), "seen on site");
  EXPECT_THAT(item.contributors(), ElementsAre("anna"));
  const auto head = audit::ReadHead(*store_.Snapshot(), "assessments/a1");
  EXPECT_EQ(queue_.received()[0].chain_sequence(), static_cast<int64_t>(head->sequence));
}

TEST_F(AssessmentStoreServiceTest, AReplayedSubmitIsTheFirstAnswerAndOneSubmission) {
  Create();
  ASSERT_THAT(Call(&Stub::RecordControlResults, RecordRequest("2300"), anna_), IsOk());
  ASSERT_THAT(Call(&Stub::ConfirmControls, ConfirmAll(), anna_), IsOk());
  const auto request = SubmitRequest("submit-1");
  const auto first = Call(&Stub::SubmitAssessment, request, anna_);
  ASSERT_THAT(first, IsOk());
  EXPECT_THAT(*Call(&Stub::SubmitAssessment, request, anna_), EqualsProto(*first));
  EXPECT_EQ(Get().submission_number(), 1);
  EXPECT_EQ(relay_->DeliverPending()->delivered, 1u);
}

TEST_F(AssessmentStoreServiceTest, AWriteThatWinsTheRaceAgainstScoringAbortsTheSubmit) {
  Create();
  ASSERT_THAT(Call(&Stub::RecordControlResults, RecordRequest("2300"), anna_), IsOk());
  ASSERT_THAT(Call(&Stub::ConfirmControls, ConfirmAll(), anna_), IsOk());
  const auto request = SubmitRequest();
  const auto record = RecordRequest();
  scoring_.before_score = [&] {
    EXPECT_THAT(Call(&Stub::RecordControlResults, record, anna_), IsOk());
  };
  EXPECT_THAT(Call(&Stub::SubmitAssessment, request, anna_),
              HasReason(absl::StatusCode::kAborted, "ETAG_MISMATCH"));
  EXPECT_EQ(Get().submission_number(), 0);
  EXPECT_EQ(*relay_->DeliverPending(), outbox::DeliveryCounts{});
}

TEST_F(AssessmentStoreServiceTest, UpholdMakesTheVerdictFinalOnce) {
  const auto submitted = Submitted("2300");
  const auto request = DecisionRequest(submitted, review_queue::v1::DECISION_KIND_UPHOLD);
  const auto applied = Call(&Stub::ApplyReviewDecision, request, queue_token_);
  ASSERT_THAT(applied, IsOk());
  EXPECT_EQ(applied->effect(), review_queue::v1::DECISION_EFFECT_APPLIED);
  EXPECT_EQ(Get().state(), v1::ASSESSMENT_STATE_PASSED);
  v1::ListAssessmentEventsRequest list;
  list.set_parent("assessments/a1");
  EXPECT_EQ(Call(&Stub::ListAssessmentEvents, list, anna_)->events(4).decided_by(), "ravi");
  const std::string before = Everything();
  EXPECT_EQ(Call(&Stub::ApplyReviewDecision, request, queue_token_)->effect(),
            review_queue::v1::DECISION_EFFECT_APPLIED);
  EXPECT_EQ(Everything(), before);
}

TEST_F(AssessmentStoreServiceTest, OverturnScoresAgainWithoutTheFlagAndIsNotQueuedAgain) {
  const auto submitted = Submitted("2300");
  ASSERT_EQ(relay_->DeliverPending()->delivered, 1u);
  const auto request = DecisionRequest(submitted, review_queue::v1::DECISION_KIND_OVERTURN);
  EXPECT_EQ(Call(&Stub::ApplyReviewDecision, request, queue_token_)->effect(),
            review_queue::v1::DECISION_EFFECT_APPLIED);
  const v1::Assessment after = Get();
  EXPECT_EQ(after.state(), v1::ASSESSMENT_STATE_FAILED);
  EXPECT_NE(after.current_verdict(), submitted.verdict().name());
  v1::GetVerdictRequest get;
  get.set_name(after.current_verdict());
  EXPECT_THAT(Call(&Stub::GetVerdict, get, anna_)->overturned_controls(), ElementsAre("2300"));
  EXPECT_THAT(after.overturned_controls(), ElementsAre("2300"));
  EXPECT_EQ(*relay_->DeliverPending(), outbox::DeliveryCounts{});
}

TEST_F(AssessmentStoreServiceTest, ReturnReopensTheNamedControlsAndResubmissionIsANewSubmission) {
  const auto submitted = Submitted("2300");
  const auto request = DecisionRequest(submitted, review_queue::v1::DECISION_KIND_RETURN);
  ASSERT_THAT(Call(&Stub::ApplyReviewDecision, request, queue_token_), IsOk());
  const v1::Assessment returned = Get();
  EXPECT_EQ(returned.state(), v1::ASSESSMENT_STATE_RETURNED);
  EXPECT_EQ(returned.controls_confirmed(), 2);
  EXPECT_EQ(returned.return_decision().controls(0).reason(), "not convincing");
  // Unchanged content, the same digest, yet another submission.
  ASSERT_THAT(Call(&Stub::ConfirmControls, ConfirmAll(), anna_), IsOk());
  const auto again = Call(&Stub::SubmitAssessment, SubmitRequest(), anna_);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->assessment().submission_number(), 2);
  EXPECT_EQ(again->verdict().verdict().result_digest(),
            submitted.verdict().verdict().result_digest());
  // The same result is the same verdict: its record is the first one.
  EXPECT_THAT(again->verdict(), EqualsProto(submitted.verdict()));
  auto late = DecisionRequest(submitted, review_queue::v1::DECISION_KIND_UPHOLD);
  late.set_review_item("reviewItems/a1.1b");
  EXPECT_EQ(Call(&Stub::ApplyReviewDecision, late, queue_token_)->effect(),
            review_queue::v1::DECISION_EFFECT_REFUSED_STALE);
  EXPECT_EQ(Get().state(), v1::ASSESSMENT_STATE_IN_REVIEW);
}

TEST_F(AssessmentStoreServiceTest, ADecisionOnARecalledSubmissionIsStale) {
  const auto submitted = Submitted("2300");
  v1::RecallSubmissionRequest recall;
  recall.set_name("assessments/a1");
  recall.set_etag(Get().etag());
  for (const size_t length : {size_t{0}, kMaxReasonCharacters + 1}) {
    recall.set_reason(std::string(length, 'r'));
    EXPECT_THAT(Call(&Stub::RecallSubmission, recall, anna_),
                AllOf(HasReason(kInvalid, "TEXT_LENGTH"), HasField("reason")));
  }
  recall.set_reason(std::string(kMaxReasonCharacters, 'r'));
  ASSERT_THAT(Call(&Stub::RecallSubmission, recall, anna_), IsOk());
  const auto decision = DecisionRequest(submitted, review_queue::v1::DECISION_KIND_UPHOLD);
  EXPECT_EQ(Call(&Stub::ApplyReviewDecision, decision, queue_token_)->effect(),
            review_queue::v1::DECISION_EFFECT_REFUSED_STALE);
  EXPECT_EQ(Get().state(), v1::ASSESSMENT_STATE_IN_ASSESSMENT);
  recall.set_etag(Get().etag());
  EXPECT_THAT(Call(&Stub::RecallSubmission, recall, anna_),
              HasReason(kPrecondition, "SUBMISSION_NOT_IN_REVIEW"));
}

TEST_F(AssessmentStoreServiceTest, PeopleCannotApplyDecisions) {
  const auto submitted = Submitted("2300");
  const auto request = DecisionRequest(submitted, review_queue::v1::DECISION_KIND_UPHOLD);
  EXPECT_THAT(Call(&Stub::ApplyReviewDecision, request, ravi_),
              HasReason(absl::StatusCode::kPermissionDenied, "ROLE_NOT_ALLOWED"));
}

TEST_F(AssessmentStoreServiceTest, TheHistoryTellsWhoDidWhatAndItsChainHolds) {
  Submitted("2300");
  v1::ListAssessmentEventsRequest list;
  list.set_parent("assessments/a1");
  const auto events = Call(&Stub::ListAssessmentEvents, list, ravi_);
  ASSERT_THAT(events, IsOk());
  std::vector<std::string> types;
  for (const auto& event : events->events()) types.push_back(event.type());
  EXPECT_THAT(types, ElementsAre("CREATED", "RESULTS_RECORDED", "CONTROLS_CONFIRMED", "SUBMITTED"));
  EXPECT_EQ(events->events(1).actor(), "anna");
  EXPECT_EQ(events->events(1).texts().at("controls[2300].override.reasoning"), "seen on site");
  EXPECT_THAT(audit::VerifyChain(*store_.Snapshot(), "assessments/a1"), IsOk());
  EXPECT_THAT(Call(&Stub::ListAssessmentEvents, list, sam_),
              HasReason(absl::StatusCode::kPermissionDenied, "ROLE_NOT_ALLOWED"));
}

TEST_F(AssessmentStoreServiceTest, AnUnreachableScoringServiceChangesNothing) {
  Create();
  ASSERT_THAT(Call(&Stub::RecordControlResults, RecordRequest(), anna_), IsOk());
  ASSERT_THAT(Call(&Stub::ConfirmControls, ConfirmAll(), anna_), IsOk());
  scoring_.unavailable = absl::UnavailableError("down");
  const std::string before = Everything();
  EXPECT_THAT(Call(&Stub::SubmitAssessment, SubmitRequest(), anna_),
              testing_kit::StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_EQ(Everything(), before);
}

}  // namespace
}  // namespace assay::assessment_store
