// DecideReviewItem through a real stub.

#include <functional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/testing/proto_matchers.h"
#include "common/testing/status_matchers.h"
#include "services/review_queue/limits.h"
#include "services/review_queue/testing/sample.h"
#include "services/review_queue/testing/service_fixture.h"

namespace assay::review_queue {
namespace {

using testing_kit::EqualsProto;
using testing_kit::HasField;
using testing_kit::HasMetadata;
using testing_kit::HasReason;
using testing_kit::IsOk;
using testing_kit::IsOkAndHolds;
using Api = v1::ReviewQueueService::StubInterface;

class DecideTest : public ServiceTest {
 protected:
  // What ravi got when claiming the item of SampleEnqueue.
  v1::ClaimReviewItemResponse ClaimedByRavi() { return *Claim(ravi_, Arrived().name()); }
};

TEST_F(DecideTest, SettlesTheItem) {
  const auto claimed = ClaimedByRavi();
  const auto decided = Decide(ravi_, Uphold(claimed));
  ASSERT_THAT(decided, IsOk());
  EXPECT_EQ(decided->state(), v1::REVIEW_ITEM_STATE_DECIDED);
  EXPECT_EQ(decided->decision().kind(), v1::DECISION_KIND_UPHOLD);
  EXPECT_EQ(decided->decision().reviewer(), "ravi");
  EXPECT_EQ(decided->decision().reviewer_organisation(), kSchemeOwner);
  EXPECT_EQ(decided->decision().effect(), v1::DECISION_EFFECT_PENDING);
  EXPECT_EQ(decisions_, 1);
  EXPECT_THAT(Get(decided->name()), IsOkAndHolds(EqualsProto(*decided)));
}

TEST_F(DecideTest, OverturnsFlaggedControls) {
  const auto claimed = ClaimedByRavi();
  v1::DecideReviewItemRequest request = Uphold(claimed);
  request.mutable_decision()->set_kind(v1::DECISION_KIND_OVERTURN);
  v1::ControlDecision& control = *request.mutable_decision()->add_controls();
  control.set_control_id("1203");
  control.set_reason("Guards go home at night.");
  const auto decided = Decide(ravi_, request);
  ASSERT_THAT(decided, IsOk());
  EXPECT_THAT(decided->decision().controls(0), EqualsProto(control));
}

TEST_F(DecideTest, IgnoresWhatIsOutputOnly) {
  const auto claimed = ClaimedByRavi();
  v1::DecideReviewItemRequest request = Uphold(claimed);
  request.mutable_decision()->set_reviewer("somebody else");
  request.mutable_decision()->set_effect(v1::DECISION_EFFECT_APPLIED);
  const auto decided = Decide(ravi_, request);
  ASSERT_THAT(decided, IsOk());
  EXPECT_EQ(decided->decision().reviewer(), "ravi");
  EXPECT_EQ(decided->decision().effect(), v1::DECISION_EFFECT_PENDING);
}

TEST_F(DecideTest, CountsLateWorkOfAnUnreplacedHolder) {
  const auto claimed = ClaimedByRavi();
  runtime_.clock().Advance(absl::Hours(30));
  EXPECT_THAT(Decide(ravi_, Uphold(claimed)), IsOk());
}

TEST_F(DecideTest, RefusesALostClaim) {
  const auto claimed = ClaimedByRavi();
  runtime_.clock().Advance(absl::Hours(1));
  const auto second = Claim(rita_, claimed.review_item().name());
  ASSERT_THAT(second, IsOk());
  const auto rows = Rows();
  v1::DecideReviewItemRequest request = Uphold(claimed);
  request.set_etag(second->review_item().etag());
  const auto decided = Decide(ravi_, request);
  EXPECT_THAT(decided, HasReason(absl::StatusCode::kAborted, "CLAIM_LOST"));
  EXPECT_THAT(decided, HasField("claim_token"));
  EXPECT_EQ(Rows(), rows);
  EXPECT_EQ(decisions_, 0);
}

TEST_F(DecideTest, RefusesASupersededItem) {
  const auto claimed = ClaimedByRavi();
  const v1::ReviewItem second = Arrived("a1", 2);
  const auto rows = Rows();
  const auto decided = Decide(ravi_, Uphold(claimed));
  EXPECT_THAT(decided, HasReason(absl::StatusCode::kFailedPrecondition, "REVIEW_ITEM_SUPERSEDED"));
  EXPECT_THAT(decided, HasMetadata("superseded_by", second.name()));
  EXPECT_EQ(Rows(), rows);
}

TEST_F(DecideTest, RefusesADecidedItem) {
  const auto claimed = ClaimedByRavi();
  ASSERT_THAT(Decide(ravi_, Uphold(claimed)), IsOk());
  const auto rows = Rows();
  EXPECT_THAT(Decide(ravi_, Uphold(claimed)),
              HasReason(absl::StatusCode::kFailedPrecondition, "REVIEW_ITEM_DECIDED"));
  EXPECT_THAT(Claim(rita_, claimed.review_item().name()),
              HasReason(absl::StatusCode::kFailedPrecondition, "REVIEW_ITEM_DECIDED"));
  EXPECT_EQ(Rows(), rows);
}

TEST_F(DecideTest, RequestIdGivesTheFirstAnswerAgain) {
  const auto claimed = ClaimedByRavi();
  v1::DecideReviewItemRequest request = Uphold(claimed);
  request.set_request_id("decide-1");
  const auto first = Decide(ravi_, request);
  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(queue_.NoteEffect({"a1", 1}, DecisionEffect::kApplied), IsOk());
  const auto rows = Rows();
  EXPECT_THAT(Decide(ravi_, request), IsOkAndHolds(EqualsProto(*first)));
  request.mutable_decision()->set_reason("Other.");
  EXPECT_THAT(Decide(ravi_, request),
              HasReason(absl::StatusCode::kInvalidArgument, "REQUEST_ID_REUSED"));
  EXPECT_EQ(Rows(), rows);
}

TEST_F(DecideTest, FourEyesIsCheckedAgain) {
  const auto claimed = ClaimedByRavi();
  const auto rows = Rows();
  const Person moved{"ravi", std::string(kCertificationBody), {auth::Role::ROLE_REVIEWER}};
  const auto decided = Decide(moved, Uphold(claimed));
  EXPECT_THAT(decided, HasReason(absl::StatusCode::kPermissionDenied, "FOUR_EYES"));
  EXPECT_THAT(decided, HasMetadata("rule", "CERTIFICATION_BODY"));
  EXPECT_EQ(Rows(), rows);
}

TEST_F(DecideTest, IsForReviewersOnly) {
  const auto claimed = ClaimedByRavi();
  const auto rows = Rows();
  EXPECT_THAT(
      Decide({"ravi", std::string(kSchemeOwner), {auth::Role::ROLE_AUDITOR}}, Uphold(claimed)),
      HasReason(absl::StatusCode::kPermissionDenied, "ROLE_NOT_ALLOWED"));
  EXPECT_EQ(Rows(), rows);
}

struct BadDecision {
  const char* name;
  absl::StatusCode code;
  const char* reason;
  const char* field;
  std::function<void(v1::DecideReviewItemRequest&)> spoil;
};

class BadDecisionTest : public ServiceTest, public testing::WithParamInterface<BadDecision> {};

TEST_P(BadDecisionTest, IsRefusedAndChangesNothing) {
  const auto claimed = Claim(ravi_, Arrived().name());
  ASSERT_THAT(claimed, IsOk());
  const auto rows = Rows();
  v1::DecideReviewItemRequest request = Uphold(*claimed);
  GetParam().spoil(request);
  const auto decided = Decide(ravi_, request);
  EXPECT_THAT(decided, HasReason(GetParam().code, GetParam().reason));
  EXPECT_THAT(decided, HasField(GetParam().field));
  EXPECT_EQ(Rows(), rows);
  EXPECT_EQ(decisions_, 0);
}

void AddControl(v1::DecideReviewItemRequest& request, v1::DecisionKind kind, const char* id) {
  request.mutable_decision()->set_kind(kind);
  v1::ControlDecision& control = *request.mutable_decision()->add_controls();
  control.set_control_id(id);
  control.set_reason("why");
}

constexpr absl::StatusCode kInvalid = absl::StatusCode::kInvalidArgument;
constexpr absl::StatusCode kAborted = absl::StatusCode::kAborted;

INSTANTIATE_TEST_SUITE_P(
    All, BadDecisionTest,
    testing::Values(
        BadDecision{"StaleEtag", kAborted, "ETAG_MISMATCH", "etag",
                    [](auto& r) { r.set_etag("1-0000000000000000"); }},
        BadDecision{"OtherSubmission", kAborted, "SUBMISSION_MISMATCH", "submission_number",
                    [](auto& r) { r.set_submission_number(2); }},
        BadDecision{"OtherResult", kAborted, "SUBMISSION_MISMATCH", "result_digest",
                    [](auto& r) { r.set_result_digest(std::string(64, '0')); }},
        BadDecision{"OtherToken", kAborted, "CLAIM_LOST", "claim_token",
                    [](auto& r) { r.set_claim_token("1-00000000000000000000000000000000"); }},
        BadDecision{"BadName", kInvalid, "RESOURCE_NAME_INVALID", "name",
                    [](auto& r) { r.set_name("reviewItems/a1"); }},
        BadDecision{"BadRequestId", kInvalid, "REQUEST_ID_INVALID", "request_id",
                    [](auto& r) { r.set_request_id(std::string(65, 'x')); }},
        BadDecision{"NoDecision", kInvalid, "DECISION_INVALID", "decision",
                    [](auto& r) { r.clear_decision(); }},
        BadDecision{"NoKind", kInvalid, "DECISION_INVALID", "decision.kind",
                    [](auto& r) { r.mutable_decision()->clear_kind(); }},
        BadDecision{
            "UnknownKind", kInvalid, "DECISION_INVALID", "decision.kind",
            [](auto& r) { r.mutable_decision()->set_kind(static_cast<v1::DecisionKind>(9)); }},
        BadDecision{"NoReason", kInvalid, "DECISION_INVALID", "decision.reason",
                    [](auto& r) { r.mutable_decision()->clear_reason(); }},
        BadDecision{"UpholdWithControls", kInvalid, "DECISION_INVALID", "decision.controls",
                    [](auto& r) { AddControl(r, v1::DECISION_KIND_UPHOLD, "1203"); }},
        BadDecision{"UnflaggedControl", kInvalid, "DECISION_INVALID",
                    "decision.controls[0].control_id",
                    [](auto& r) { AddControl(r, v1::DECISION_KIND_OVERTURN, "4202"); }},
        BadDecision{"ControlTwice", kInvalid, "DECISION_INVALID", "decision.controls[1].control_id",
                    [](auto& r) {
                      AddControl(r, v1::DECISION_KIND_OVERTURN, "1203");
                      AddControl(r, v1::DECISION_KIND_OVERTURN, "1203");
                    }}),
    [](const auto& test) { return test.param.name; });

TEST_F(DecideTest, HistoryTellsItAll) {
  const auto claimed = ClaimedByRavi();
  ASSERT_THAT(Decide(ravi_, Uphold(claimed)), IsOk());
  ASSERT_THAT(queue_.NoteEffect({"a1", 1}, DecisionEffect::kApplied), IsOk());
  v1::ListReviewItemEventsRequest request;
  request.set_parent("reviewItems/a1.1");
  const auto events = Call(&Api::ListReviewItemEvents, ravi_, request);
  ASSERT_THAT(events, IsOk());
  std::vector<std::string> types;
  for (const v1::ReviewItemEvent& event : events->events()) types.push_back(event.type());
  EXPECT_THAT(types, testing::ElementsAre("ENQUEUED", "CLAIMED", "DECIDED", "DECISION_DELIVERED"));
  EXPECT_EQ(events->events(2).reason(), "The reasoning holds.");
  EXPECT_EQ(events->events(2).actor(), "ravi");
  EXPECT_EQ(events->events(2).actor_organisation(), kSchemeOwner);
  EXPECT_EQ(events->events(3).actor(), "services/assay-review-queue");
}

TEST_F(DecideTest, LargestItemAndDecisionFitTheirRecords) {
  v1::EnqueueReviewItemRequest large = SampleEnqueue();
  std::string& result = *large.mutable_review_item()->mutable_verdict()->mutable_result_string();
  result = std::string(kMaxSubmissionBytes, 'r');
  while (large.ByteSizeLong() > kMaxSubmissionBytes) result.pop_back();
  ASSERT_THAT(Enqueue(large), IsOk());
  const auto claimed = Claim(ravi_, "reviewItems/a1.1", "claim");
  ASSERT_THAT(claimed, IsOk());
  v1::DecideReviewItemRequest request = Uphold(*claimed);
  request.set_request_id("decide");
  for (size_t i = 0; i < kMaxDecisionControls; ++i) {
    AddControl(request, v1::DECISION_KIND_RETURN, std::to_string(1000 + i).c_str());
    request.mutable_decision()
        ->mutable_controls(static_cast<int>(i))
        ->set_reason(std::string(kMaxTextCharacters, 'q'));
  }
  EXPECT_THAT(Decide(ravi_, request), IsOk());
}

}  // namespace
}  // namespace assay::review_queue
