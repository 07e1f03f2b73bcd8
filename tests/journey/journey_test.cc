// The main flow through real processes, and its ways back.

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/testing/status_matchers.h"
#include "tests/journey/actors.h"
#include "tests/journey/deployment.h"
#include "tests/journey/sample.h"

namespace assay::journey {
namespace {

using assessment_store::v1::ASSESSMENT_STATE_FAILED;
using assessment_store::v1::ASSESSMENT_STATE_IN_ASSESSMENT;
using assessment_store::v1::ASSESSMENT_STATE_IN_REVIEW;
using assessment_store::v1::ASSESSMENT_STATE_PASSED;
using assessment_store::v1::ASSESSMENT_STATE_RETURNED;
using assessment_store::v1::AssessmentEvent;
using assessment_store::v1::VerdictRecord;
using review_queue::v1::DECISION_EFFECT_APPLIED;
using review_queue::v1::DECISION_EFFECT_PENDING;
using review_queue::v1::DECISION_EFFECT_REFUSED_STALE;
using review_queue::v1::REVIEW_ITEM_STATE_DECIDED;
using review_queue::v1::REVIEW_ITEM_STATE_OPEN;
using review_queue::v1::REVIEW_ITEM_STATE_SUPERSEDED;
using review_queue::v1::ReviewItem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using testing_kit::HasReason;
using testing_kit::IsOk;

// The control that sample-override overrides, and the one it marks not applicable.
constexpr char kOverridden[] = "2317";
constexpr char kNotApplicable[] = "2412";

std::vector<std::string> Types(const std::vector<AssessmentEvent>& events) {
  std::vector<std::string> types;
  for (const AssessmentEvent& event : events) types.push_back(event.type());
  return types;
}

std::vector<std::string> FlaggedControls(const ReviewItem& item) {
  std::vector<std::string> controls;
  for (const auto& flag : item.flags()) controls.push_back(flag.trigger().control_id());
  return controls;
}

class JourneyTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(deployment_.StartAll()); }

  // Submits sample-override and answers its item, claimed by Ravi.
  void SubmitAndClaim() {
    ASSERT_THAT(anna_.CreateAndSubmit(), IsOk());
    ASSERT_EQ(anna_.assessment().state(), ASSESSMENT_STATE_IN_REVIEW);
    ASSERT_THAT(ravi_.Await(ItemName(anna_.assessment())), IsOk());
    auto claim = ravi_.Claim(ItemName(anna_.assessment()));
    ASSERT_THAT(claim, IsOk());
    claim_ = *claim;
  }

  // Decides the claimed item, waits for the effect, and reads the assessment again.
  void DecideAndSettle(const review_queue::v1::Decision& decision,
                       review_queue::v1::DecisionEffect effect) {
    auto decided = ravi_.Decide(claim_, decision);
    ASSERT_THAT(decided, IsOk());
    EXPECT_EQ(decided->state(), REVIEW_ITEM_STATE_DECIDED);
    EXPECT_EQ(decided->decision().effect(), DECISION_EFFECT_PENDING);
    auto settled = ravi_.AwaitEffect(claim_.review_item().name());
    ASSERT_THAT(settled, IsOk());
    ASSERT_EQ(settled->decision().effect(), effect);
    ASSERT_THAT(anna_.Read(), IsOk());
  }

  Deployment deployment_;
  Assessor anna_{deployment_, LoadSample("sample-override")};
  Reviewer ravi_{deployment_};
  review_queue::v1::ClaimReviewItemResponse claim_;
};

TEST_F(JourneyTest, FullJourney) {
  ASSERT_THAT(anna_.Create(), IsOk());
  EXPECT_EQ(anna_.assessment().state(), ASSESSMENT_STATE_IN_ASSESSMENT);
  EXPECT_EQ(anna_.assessment().controls_in_scope(), 101);
  ASSERT_THAT(anna_.RecordCertificates(), IsOk());
  // First all 101 without the override, then the override as a change of its own.
  std::vector<assessment_store::v1::ControlChange> plain = anna_.sample().changes;
  std::vector<assessment_store::v1::ControlChange> flagged;
  for (auto& change : plain) {
    if (change.result().control_id() != kOverridden) continue;
    auto& override_only = flagged.emplace_back();
    override_only.mutable_result()->set_control_id(kOverridden);
    *override_only.mutable_result()->mutable_override() = change.result().override();
    change.mutable_result()->clear_override();
  }
  ASSERT_THAT(plain, SizeIs(101));
  ASSERT_THAT(anna_.Record(plain), IsOk());
  ASSERT_THAT(anna_.ConfirmAll(), IsOk());
  EXPECT_EQ(anna_.assessment().controls_confirmed(), 101);
  ASSERT_THAT(anna_.Record(flagged), IsOk());
  EXPECT_EQ(anna_.assessment().controls_confirmed(), 100) << "an override re-opens its control";
  EXPECT_THAT(anna_.Submit(),
              HasReason(absl::StatusCode::kFailedPrecondition, "CONTROLS_NOT_CONFIRMED"));
  ASSERT_THAT(anna_.ConfirmAll(), IsOk());
  ASSERT_THAT(anna_.Submit(), IsOk());
  ASSERT_EQ(anna_.assessment().state(), ASSESSMENT_STATE_IN_REVIEW);
  const std::string submitted_verdict = anna_.assessment().current_verdict();

  auto item = ravi_.Await(ItemName(anna_.assessment()));
  ASSERT_THAT(item, IsOk());
  EXPECT_EQ(item->state(), REVIEW_ITEM_STATE_OPEN);
  EXPECT_EQ(item->verdict().result_string(), "Passed");
  EXPECT_THAT(FlaggedControls(*item), ElementsAre(kOverridden, kNotApplicable));
  auto claim = ravi_.Claim(item->name());
  ASSERT_THAT(claim, IsOk());
  claim_ = *claim;
  DecideAndSettle(Uphold(), DECISION_EFFECT_APPLIED);

  EXPECT_EQ(anna_.assessment().state(), ASSESSMENT_STATE_PASSED);
  EXPECT_EQ(anna_.assessment().current_verdict(), submitted_verdict);
  auto verdict = anna_.Verdict();
  ASSERT_THAT(verdict, IsOk());
  EXPECT_EQ(verdict->verdict().result_string(), "Passed");
  EXPECT_THAT(verdict->overturned_controls(), IsEmpty());
  auto events = anna_.Events();
  ASSERT_THAT(events, IsOk());
  EXPECT_THAT(Types(*events), ElementsAre("CREATED", "CERTIFICATES_RECORDED", "RESULTS_RECORDED",
                                          "CONTROLS_CONFIRMED", "RESULTS_RECORDED",
                                          "CONTROLS_CONFIRMED", "SUBMITTED", "REVIEW_UPHELD"));
  EXPECT_THAT(ravi_.Waiting(), testing_kit::IsOkAndHolds(IsEmpty()));
  EXPECT_THAT(anna_.Submit(),
              HasReason(absl::StatusCode::kFailedPrecondition, "ASSESSMENT_NOT_OPEN"));
}

TEST_F(JourneyTest, OverturnRescores) {
  SubmitAndClaim();
  if (HasFatalFailure()) return;
  const std::string submitted_verdict = anna_.assessment().current_verdict();
  DecideAndSettle(Overturn(kOverridden), DECISION_EFFECT_APPLIED);

  EXPECT_EQ(anna_.assessment().state(), ASSESSMENT_STATE_FAILED);
  EXPECT_NE(anna_.assessment().current_verdict(), submitted_verdict);
  auto verdict = anna_.Verdict();
  ASSERT_THAT(verdict, IsOk());
  EXPECT_EQ(verdict->verdict().result_string(), "Failed on objective(s): B");
  EXPECT_THAT(verdict->overturned_controls(), ElementsAre(kOverridden));
  EXPECT_THAT(ravi_.Waiting(), testing_kit::IsOkAndHolds(IsEmpty()))
      << "a verdict re-scored by an overturn is not queued again";
}

TEST_F(JourneyTest, ReturnAndResubmitIsANewSubmission) {
  SubmitAndClaim();
  if (HasFatalFailure()) return;
  const std::string first_item = claim_.review_item().name();
  const std::string first_digest = claim_.review_item().result_digest();
  DecideAndSettle(Return(kOverridden), DECISION_EFFECT_APPLIED);
  ASSERT_EQ(anna_.assessment().state(), ASSESSMENT_STATE_RETURNED);
  EXPECT_EQ(anna_.assessment().controls_confirmed(), 100) << "the named control is open again";
  EXPECT_EQ(anna_.assessment().return_decision().controls(0).control_id(), kOverridden);

  // Submitted again unchanged.
  ASSERT_THAT(anna_.ConfirmAll(), IsOk());
  ASSERT_THAT(anna_.Submit(), IsOk());
  EXPECT_EQ(anna_.assessment().submission_number(), 2);
  ASSERT_EQ(anna_.assessment().state(), ASSESSMENT_STATE_IN_REVIEW);
  auto second = ravi_.Await(ItemName(anna_.assessment()));
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->result_digest(), first_digest) << "nothing that scores has changed";
  auto first = ravi_.Get(first_item);
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(first->state(), REVIEW_ITEM_STATE_DECIDED);
  EXPECT_THAT(ravi_.Waiting(), testing_kit::IsOkAndHolds(SizeIs(1)));

  auto claim = ravi_.Claim(second->name());
  ASSERT_THAT(claim, IsOk());
  claim_ = *claim;
  DecideAndSettle(Uphold(), DECISION_EFFECT_APPLIED);
  EXPECT_EQ(anna_.assessment().state(), ASSESSMENT_STATE_PASSED);
}

TEST_F(JourneyTest, RecallThenStaleDecisionIsRefused) {
  SubmitAndClaim();
  if (HasFatalFailure()) return;
  ASSERT_THAT(anna_.Recall("One console was missed."), IsOk());
  ASSERT_EQ(anna_.assessment().state(), ASSESSMENT_STATE_IN_ASSESSMENT);
  DecideAndSettle(Uphold(), DECISION_EFFECT_REFUSED_STALE);
  EXPECT_EQ(anna_.assessment().state(), ASSESSMENT_STATE_IN_ASSESSMENT);
  EXPECT_THAT(anna_.ConfirmAll(), IsOk());
  EXPECT_THAT(anna_.Submit(), IsOk());
  EXPECT_EQ(anna_.assessment().submission_number(), 2);
}

TEST_F(JourneyTest, ALaterSubmissionSupersedesTheWaitingOne) {
  SubmitAndClaim();
  if (HasFatalFailure()) return;
  ASSERT_THAT(anna_.Recall("One console was missed."), IsOk());
  ASSERT_THAT(anna_.ConfirmAll(), IsOk());
  ASSERT_THAT(anna_.Submit(), IsOk());
  ASSERT_THAT(ravi_.Await(ItemName(anna_.assessment())), IsOk());

  auto first = ravi_.Get(claim_.review_item().name());
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(first->state(), REVIEW_ITEM_STATE_SUPERSEDED);
  EXPECT_EQ(first->superseded_by(), ItemName(anna_.assessment()));
  EXPECT_THAT(
      ravi_.Decide(claim_, Uphold()).status(),
      ::testing::AnyOf(HasReason(absl::StatusCode::kFailedPrecondition, "REVIEW_ITEM_SUPERSEDED"),
                       HasReason(absl::StatusCode::kAborted, "ETAG_MISMATCH")));
}

}  // namespace
}  // namespace assay::journey
