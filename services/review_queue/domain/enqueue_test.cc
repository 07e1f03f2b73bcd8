#include "services/review_queue/domain/enqueue.h"

#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/testing/status_matchers.h"
#include "services/review_queue/testing/sample.h"

namespace assay::review_queue {
namespace {

using testing::IsEmpty;
using testing::SizeIs;
using testing_kit::HasField;
using testing_kit::HasMetadata;
using testing_kit::HasReason;
using testing_kit::IsOkAndHolds;

TEST(EnqueueTest, ArrivesOpen) {
  const auto changes = Enqueue(SampleSubmission(), {}, ByStore());
  ASSERT_THAT(changes, IsOkAndHolds(SizeIs(1)));
  const ItemChange& change = changes->front();
  EXPECT_EQ(change.event, EventType::kEnqueued);
  EXPECT_EQ(change.item.state, ItemState::kOpen);
  EXPECT_EQ(change.item.name(), "reviewItems/a1.1");
  EXPECT_EQ(change.item.head.sequence, 0);
  EXPECT_EQ(change.item.create_time, SampleNow());
  EXPECT_FALSE(change.item.claim.has_value());
}

TEST(EnqueueTest, ChangesNothingWhenItIsHereAlready) {
  ReviewItem here = SampleItem();
  here.state = ItemState::kSuperseded;  // Whatever became of it.
  here.superseded_by = 2;
  EXPECT_THAT(Enqueue(SampleSubmission(), {here, SampleItem("a1", 2)}, ByStore()),
              IsOkAndHolds(IsEmpty()));
}

TEST(EnqueueTest, RefusesOtherContentUnderTheSameNumber) {
  Submission other = SampleSubmission();
  other.flags[0].set_reasoning("other");
  const auto changes = Enqueue(other, {SampleItem(), SampleItem()}, ByStore());
  EXPECT_THAT(changes, HasReason(absl::StatusCode::kInvalidArgument, "SUBMISSION_INVALID"));
  EXPECT_THAT(changes, HasField("review_item"));
  EXPECT_THAT(changes, HasMetadata("name", "reviewItems/a1.1"));
}

TEST(EnqueueTest, SupersedesAnUndecidedPredecessor) {
  for (const ItemState state : {ItemState::kOpen, ItemState::kClaimed}) {
    ReviewItem predecessor = SampleItem("a1", 1);
    predecessor.state = state;
    const auto changes =
        Enqueue(SampleSubmission("a1", 3), {{}, predecessor}, ByStore(absl::Minutes(1)));
    ASSERT_THAT(changes, IsOkAndHolds(SizeIs(2)));
    EXPECT_EQ((*changes)[0].item.state, ItemState::kOpen);
    EXPECT_EQ((*changes)[1].event, EventType::kSuperseded);
    EXPECT_EQ((*changes)[1].item.id(), predecessor.id());
    EXPECT_EQ((*changes)[1].item.state, ItemState::kSuperseded);
    EXPECT_EQ((*changes)[1].item.superseded_by, 3);
    EXPECT_EQ((*changes)[1].item.update_time, SampleNow() + absl::Minutes(1));
  }
}

TEST(EnqueueTest, LeavesADecidedPredecessor) {
  ReviewItem predecessor = SampleItem("a1", 1);
  predecessor.state = ItemState::kDecided;
  const auto changes = Enqueue(SampleSubmission("a1", 2), {{}, predecessor}, ByStore());
  ASSERT_THAT(changes, IsOkAndHolds(SizeIs(1)));
  EXPECT_EQ(changes->front().item.state, ItemState::kOpen);
}

TEST(EnqueueTest, ArrivesSupersededBehindALaterSubmission) {
  const auto changes = Enqueue(SampleSubmission("a1", 2), {{}, SampleItem("a1", 5)}, ByStore());
  ASSERT_THAT(changes, IsOkAndHolds(SizeIs(1)));
  EXPECT_EQ(changes->front().event, EventType::kEnqueued);
  EXPECT_EQ(changes->front().item.state, ItemState::kSuperseded);
  EXPECT_EQ(changes->front().item.superseded_by, 5);
}

TEST(EnqueueTest, RefusesABadSubmission) {
  Submission bad = SampleSubmission();
  bad.flags.clear();
  EXPECT_THAT(Enqueue(bad, {}, ByStore()),
              HasReason(absl::StatusCode::kInvalidArgument, "SUBMISSION_INVALID"));
}

}  // namespace
}  // namespace assay::review_queue
