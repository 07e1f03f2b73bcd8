// EnqueueReviewItem through a real stub.

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/audit/event_log.h"
#include "common/testing/proto_matchers.h"
#include "common/testing/status_matchers.h"
#include "services/review_queue/limits.h"
#include "services/review_queue/testing/sample.h"
#include "services/review_queue/testing/service_fixture.h"

namespace assay::review_queue {
namespace {

using testing_kit::EqualsProto;
using testing_kit::HasField;
using testing_kit::HasReason;
using testing_kit::IsOk;
using testing_kit::IsOkAndHolds;
using Api = v1::ReviewQueueService::StubInterface;

class EnqueueTest : public ServiceTest {};

TEST_F(EnqueueTest, ItemWaitsWithAllItCameWith) {
  const v1::ReviewItem item = Arrived();
  EXPECT_EQ(item.name(), "reviewItems/a1.1");
  EXPECT_EQ(item.state(), v1::REVIEW_ITEM_STATE_OPEN);
  EXPECT_EQ(item.flags_size(), 3);
  EXPECT_EQ(item.etag().substr(0, 2), "1-");
  EXPECT_EQ(item.etag().size(), 18);
  EXPECT_FALSE(item.has_claim() || item.has_decision());
  EXPECT_THAT(Get(item.name()), IsOkAndHolds(EqualsProto(item)));
  const v1::ReviewItem sent = SampleEnqueue().review_item();
  EXPECT_THAT(item.verdict(), EqualsProto(sent.verdict()));
  EXPECT_THAT(item.submit_time(), EqualsProto(sent.submit_time()));
}

TEST_F(EnqueueTest, RepeatedDeliveryChangesNothing) {
  const v1::ReviewItem first = Arrived();
  const auto rows = Rows();
  runtime_.clock().Advance(absl::Minutes(1));
  EXPECT_THAT(Enqueue(SampleEnqueue()), IsOkAndHolds(EqualsProto(first)));
  EXPECT_EQ(Rows(), rows);
}

TEST_F(EnqueueTest, OrderAndRepetitionOfContributorsDoNotMatter) {
  Arrived();
  v1::EnqueueReviewItemRequest again = SampleEnqueue();
  again.mutable_review_item()->add_contributors(again.review_item().contributors(0));
  EXPECT_THAT(Enqueue(again), IsOk());
}

TEST_F(EnqueueTest, RefusesOtherContent) {
  Arrived();
  const auto rows = Rows();
  v1::EnqueueReviewItemRequest other = SampleEnqueue();
  other.mutable_review_item()->mutable_flags(0)->set_reasoning("Something else.");
  const auto answer = Enqueue(other);
  EXPECT_THAT(answer, HasReason(absl::StatusCode::kInvalidArgument, "SUBMISSION_INVALID"));
  EXPECT_THAT(answer, HasField("review_item"));
  EXPECT_EQ(Rows(), rows);
}

TEST_F(EnqueueTest, SupersedesTheOlderItemInTheSameCommit) {
  const v1::ReviewItem first = Arrived("a1", 1);
  ASSERT_THAT(Claim(ravi_, first.name()), IsOk());
  const v1::ReviewItem second = Arrived("a1", 2);
  const auto superseded = Get(first.name());
  ASSERT_THAT(superseded, IsOk());
  EXPECT_EQ(superseded->state(), v1::REVIEW_ITEM_STATE_SUPERSEDED);
  EXPECT_EQ(superseded->superseded_by(), second.name());
  EXPECT_NE(superseded->etag(), first.etag());
}

TEST_F(EnqueueTest, OlderSubmissionArrivesSuperseded) {
  const v1::ReviewItem later = Arrived("a1", 5);
  const v1::ReviewItem earlier = Arrived("a1", 4);
  EXPECT_EQ(earlier.state(), v1::REVIEW_ITEM_STATE_SUPERSEDED);
  EXPECT_EQ(earlier.superseded_by(), later.name());
  EXPECT_EQ(Get(later.name())->state(), v1::REVIEW_ITEM_STATE_OPEN);
}

TEST_F(EnqueueTest, OtherAssessmentsAreLeftAlone) {
  const v1::ReviewItem other = Arrived("a", 1);
  Arrived("a1", 2);
  EXPECT_THAT(Get(other.name()), IsOkAndHolds(EqualsProto(other)));
}

TEST_F(EnqueueTest, RefusesWhatBreaksARule) {
  const auto rows = Rows();
  EXPECT_THAT(Enqueue({}), HasField("review_item"));
  v1::EnqueueReviewItemRequest request = SampleEnqueue();
  request.mutable_review_item()->set_assessment("a1");
  EXPECT_THAT(Enqueue(request), HasField("review_item.assessment"));
  request = SampleEnqueue();
  request.mutable_review_item()->clear_submit_time();
  EXPECT_THAT(Enqueue(request), HasField("review_item.submit_time"));
  request = SampleEnqueue();
  request.set_chain_sequence(-1);
  EXPECT_THAT(Enqueue(request), HasField("chain_sequence"));
  request = SampleEnqueue();
  request.mutable_review_item()->clear_flags();
  EXPECT_THAT(Enqueue(request),
              HasReason(absl::StatusCode::kInvalidArgument, "SUBMISSION_INVALID"));
  EXPECT_EQ(Rows(), rows);
}

// A request of exactly `bytes`.
v1::EnqueueReviewItemRequest Sized(size_t bytes) {
  v1::EnqueueReviewItemRequest request = SampleEnqueue();
  std::string& result = *request.mutable_review_item()->mutable_verdict()->mutable_result_string();
  result = std::string(bytes, 'r');
  while (request.ByteSizeLong() > bytes) result.pop_back();
  return request;
}

TEST_F(EnqueueTest, BoundsTheSubmission) {
  EXPECT_THAT(Enqueue(Sized(kMaxSubmissionBytes)), IsOk());
  const auto rows = Rows();
  v1::EnqueueReviewItemRequest request = Sized(kMaxSubmissionBytes);
  request.mutable_review_item()->mutable_verdict()->mutable_result_string()->push_back('r');
  EXPECT_THAT(Enqueue(request), HasField("review_item"));
  EXPECT_EQ(Rows(), rows);
}

TEST_F(EnqueueTest, TakesTheMostFlagsAndContributors) {
  v1::EnqueueReviewItemRequest request = SampleEnqueue();
  v1::ReviewItem& item = *request.mutable_review_item();
  while (item.flags_size() < static_cast<int>(kMaxFlags)) *item.add_flags() = item.flags(0);
  while (item.contributors_size() < static_cast<int>(kMaxContributors)) {
    std::string subject = "subject-" + std::to_string(item.contributors_size());
    subject.resize(kMaxSubjectBytes, '.');
    item.add_contributors(subject);
  }
  const auto arrived = Enqueue(request);
  ASSERT_THAT(arrived, IsOk());
  EXPECT_EQ(arrived->contributors_size(), static_cast<int>(kMaxContributors));
  const Person last{
      *arrived->contributors().rbegin(), std::string(kSchemeOwner), {auth::Role::ROLE_REVIEWER}};
  EXPECT_THAT(Claim(last, arrived->name()),
              HasReason(absl::StatusCode::kPermissionDenied, "FOUR_EYES"));
}

TEST_F(EnqueueTest, DropsExplanationsOfControls) {
  v1::EnqueueReviewItemRequest request = SampleEnqueue();
  request.mutable_review_item()->mutable_verdict()->mutable_objectives(0)->add_controls();
  const auto item = Enqueue(request);
  ASSERT_THAT(item, IsOk());
  EXPECT_EQ(item->verdict().objectives(0).controls_size(), 0);
}

TEST_F(EnqueueTest, IsForServicesOnly) {
  for (const auth::Role role : {auth::Role::ROLE_ASSESSOR, auth::Role::ROLE_REVIEWER,
                                auth::Role::ROLE_REVIEW_LEAD, auth::Role::ROLE_AUDITOR}) {
    const Person person{"bob", "organisations/o", {role}};
    EXPECT_THAT(Call(&Api::EnqueueReviewItem, person, SampleEnqueue()),
                HasReason(absl::StatusCode::kPermissionDenied, "ROLE_NOT_ALLOWED"));
  }
  EXPECT_TRUE(Rows().empty());
}

TEST_F(EnqueueTest, EventsNameTheServiceAndVerify) {
  Arrived("a1", 1);
  Arrived("a1", 2);
  v1::ListReviewItemEventsRequest request;
  request.set_parent("reviewItems/a1.1");
  const auto events = Call(&Api::ListReviewItemEvents, ravi_, request);
  ASSERT_THAT(events, IsOk());
  ASSERT_EQ(events->events_size(), 2);
  EXPECT_EQ(events->events(0).type(), "ENQUEUED");
  EXPECT_EQ(events->events(0).sequence(), 1);
  EXPECT_EQ(events->events(0).actor(), "services/assay-assessment-store");
  EXPECT_EQ(events->events(0).actor_organisation(), "");
  EXPECT_EQ(events->events(1).type(), "SUPERSEDED");
  EXPECT_EQ(events->events(1).hash().size(), 64);
  EXPECT_THAT(audit::VerifyChain(*store_.Snapshot(), "reviewItems/a1.1"), IsOk());
}

}  // namespace
}  // namespace assay::review_queue
