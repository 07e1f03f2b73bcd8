// Decisions on their way: queue, outbox, relay and a fake assessment store.

#include "services/review_queue/decision_delivery.h"

#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/audit/etag.h"
#include "common/ids/hex.h"
#include "common/outbox/relay.h"
#include "common/storage/memory_store.h"
#include "common/testing/status_matchers.h"
#include "common/time/fake_clock.h"
#include "services/review_queue/testing/sample.h"

namespace assay::review_queue {
namespace {

using assessment_store::v1::ApplyReviewDecisionRequest;
using testing_kit::IsOk;
using testing_kit::IsOkAndHolds;

// Answers what it is told to, and remembers what it was asked.
class FakeAssessmentStore final : public AssessmentStoreClient {
 public:
  absl::StatusOr<v1::DecisionEffect> ApplyReviewDecision(
      const ApplyReviewDecisionRequest& request) override {
    requests.push_back(request);
    return answer;
  }

  absl::StatusOr<v1::DecisionEffect> answer = v1::DECISION_EFFECT_APPLIED;
  std::vector<ApplyReviewDecisionRequest> requests;
};

class DecisionDeliveryTest : public testing::Test {
 protected:
  DecisionDeliveryTest()
      : queue_(store_, clock_, ids_, "services/assay-review-queue"),
        delivery_(queue_, assessment_store_),
        relay_(*outbox::Relay::Create(store_, clock_, [this](const outbox::Message& message) {
          last_message_ = message;
          return delivery_.Deliver(message);
        })) {}

  // Submission `number` of a1, upheld by ravi.
  ReviewItem Decided(int64_t number = 1) {
    const ItemId id{"a1", number};
    const audit::Actor ravi = ByReviewer("ravi").actor;
    EXPECT_THAT(queue_.Enqueue(SampleSubmission("a1", number), ByStore().actor), IsOk());
    const auto claimed = queue_.Claim(id, absl::Hours(1), ravi, {});
    EXPECT_THAT(claimed, IsOk());
    const auto decided =
        queue_.Decide(id, {DecisionKind::kUphold, "It holds.", {}},
                      {claimed->claim_token, number, claimed->item.submission.result_digest,
                       audit::EtagOf(claimed->item.head)},
                      ravi, {});
    EXPECT_THAT(decided, IsOk());
    return decided->item;
  }

  DecisionEffect EffectOf(const ReviewItem& item) {
    return queue_.Get(item.id())->decision->effect;
  }
  size_t EventsOf(const ReviewItem& item) { return queue_.Events(item.id(), 0, 100)->size(); }

  FakeClock clock_;
  FakeIdSource ids_;
  storage::MemoryStore store_;
  ReviewQueue queue_;
  FakeAssessmentStore assessment_store_;
  DecisionDelivery delivery_;
  outbox::Message last_message_;
  std::unique_ptr<outbox::Relay> relay_;
};

TEST_F(DecisionDeliveryTest, CarriesTheDecisionWithTheItemsChainHead) {
  const ReviewItem item = Decided();
  EXPECT_EQ(EffectOf(item), DecisionEffect::kPending);
  EXPECT_THAT(relay_->DeliverPending(), IsOkAndHolds(outbox::DeliveryCounts{.delivered = 1}));
  ASSERT_EQ(assessment_store_.requests.size(), 1);
  const ApplyReviewDecisionRequest& request = assessment_store_.requests.front();
  EXPECT_EQ(request.name(), "assessments/a1");
  EXPECT_EQ(request.review_item(), "reviewItems/a1.1");
  EXPECT_EQ(request.submission_number(), 1);
  EXPECT_EQ(request.result_digest(), item.submission.result_digest);
  EXPECT_EQ(request.decision().kind(), v1::DECISION_KIND_UPHOLD);
  EXPECT_EQ(request.decision().reason(), "It holds.");
  EXPECT_EQ(request.decision().reviewer(), "ravi");
  EXPECT_EQ(request.chain_sequence(), static_cast<int64_t>(item.head.sequence));
  EXPECT_EQ(request.chain_hash(), ToHex(item.head.hash));
}

TEST_F(DecisionDeliveryTest, NotesThatItWasApplied) {
  const ReviewItem item = Decided();
  const size_t events = EventsOf(item);
  ASSERT_THAT(relay_->DeliverPending(), IsOk());
  EXPECT_EQ(EffectOf(item), DecisionEffect::kApplied);
  EXPECT_EQ(EventsOf(item), events + 1);
  EXPECT_EQ(queue_.Events(item.id(), events, 1)->front().type, "DECISION_DELIVERED");
}

TEST_F(DecisionDeliveryTest, NotesThatItWasStale) {
  const ReviewItem item = Decided();
  assessment_store_.answer = v1::DECISION_EFFECT_REFUSED_STALE;
  ASSERT_THAT(relay_->DeliverPending(), IsOk());
  EXPECT_EQ(EffectOf(item), DecisionEffect::kRefusedStale);
}

TEST_F(DecisionDeliveryTest, TriesAgainUntilTheStoreAnswers) {
  const ReviewItem item = Decided();
  assessment_store_.answer = absl::UnavailableError("down");
  EXPECT_THAT(relay_->DeliverPending(), IsOkAndHolds(outbox::DeliveryCounts{.failed = 1}));
  EXPECT_EQ(EffectOf(item), DecisionEffect::kPending);
  assessment_store_.answer = v1::DECISION_EFFECT_APPLIED;
  clock_.Advance(absl::Minutes(1));
  EXPECT_THAT(relay_->DeliverPending(), IsOkAndHolds(outbox::DeliveryCounts{.delivered = 1}));
  EXPECT_EQ(EffectOf(item), DecisionEffect::kApplied);
  EXPECT_THAT(relay_->DeliverPending(), IsOkAndHolds(outbox::DeliveryCounts{}));
  EXPECT_EQ(assessment_store_.requests.size(), 2);
}

TEST_F(DecisionDeliveryTest, IsNotedOnceHoweverOftenItIsDelivered) {
  const ReviewItem item = Decided();
  ASSERT_THAT(relay_->DeliverPending(), IsOk());
  const size_t events = EventsOf(item);
  const std::string etag = audit::EtagOf(queue_.Get(item.id())->head);
  // As after a crash between noting the effect and deleting the outbox entry.
  EXPECT_THAT(delivery_.Deliver(last_message_), IsOk());
  EXPECT_EQ(assessment_store_.requests.size(), 1);
  EXPECT_THAT(queue_.NoteEffect(item.id(), DecisionEffect::kRefusedStale), IsOk());
  EXPECT_EQ(EffectOf(item), DecisionEffect::kApplied);
  EXPECT_EQ(EventsOf(item), events);
  EXPECT_EQ(audit::EtagOf(queue_.Get(item.id())->head), etag);
}

TEST_F(DecisionDeliveryTest, AsksAgainWhenTheAnswerWasNotNoted) {
  const ReviewItem item = Decided();
  store_.FailNextCommit(storage::FailedCommit::kLost);
  EXPECT_THAT(relay_->DeliverPending(), IsOkAndHolds(outbox::DeliveryCounts{.failed = 1}));
  store_.Reopen();
  EXPECT_EQ(EffectOf(item), DecisionEffect::kPending);
  clock_.Advance(absl::Minutes(1));
  EXPECT_THAT(relay_->DeliverPending(), IsOkAndHolds(outbox::DeliveryCounts{.delivered = 1}));
  EXPECT_EQ(EffectOf(item), DecisionEffect::kApplied);
  EXPECT_EQ(assessment_store_.requests.size(), 2);
}

TEST_F(DecisionDeliveryTest, KeepsADecisionThatIsAnsweredWithNonsense) {
  const ReviewItem item = Decided();
  assessment_store_.answer = v1::DECISION_EFFECT_PENDING;
  EXPECT_THAT(relay_->DeliverPending(), IsOkAndHolds(outbox::DeliveryCounts{.failed = 1}));
  EXPECT_EQ(EffectOf(item), DecisionEffect::kPending);
  EXPECT_EQ(relay_->stats().pending, 1);
}

}  // namespace
}  // namespace assay::review_queue
