#include "services/review_queue/domain/review_item.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/testing/status_matchers.h"
#include "services/review_queue/limits.h"
#include "services/review_queue/testing/sample.h"

namespace assay::review_queue {
namespace {

using testing_kit::HasField;
using testing_kit::HasReason;
using testing_kit::IsOkAndHolds;

TEST(ItemNameTest, RoundTrips) {
  const ItemId id{"a-1", 42};
  EXPECT_EQ(ItemName(id), "reviewItems/a-1.42");
  EXPECT_THAT(ParseItemName("name", ItemName(id)), IsOkAndHolds(id));
}

TEST(ItemNameTest, HoldsTheLongestIds) {
  const ItemId id{std::string(kMaxAssessmentIdCharacters, 'a'), kMaxSubmissionNumber};
  EXPECT_THAT(ParseItemName("name", ItemName(id)), IsOkAndHolds(id));
  EXPECT_FALSE(ParseItemName("name", ItemName({id.assessment + "a", 1})).ok());
  EXPECT_FALSE(ParseItemName("name", ItemName({"a", kMaxSubmissionNumber + 1})).ok());
}

TEST(ItemNameTest, RefusesEverythingElse) {
  for (const char* name :
       {"", "reviewItems/", "reviewItems/a1", "reviewItems/a1.", "reviewItems/.1",
        "reviewItems/a1.0", "reviewItems/a1.01", "reviewItems/a1.-1", "reviewItems/a1.1x",
        "reviewItems/a.b.1", "reviewItems/A1.1", "assessments/a1.1", "reviewItems/a1.1/events"}) {
    const auto id = ParseItemName("name", name);
    EXPECT_THAT(id, HasReason(absl::StatusCode::kInvalidArgument, "RESOURCE_NAME_INVALID")) << name;
    EXPECT_THAT(id, HasField("name")) << name;
  }
}

TEST(ReviewItemTest, ShowsAClaimUntilItExpires) {
  ReviewItem item = SampleItem();
  EXPECT_EQ(ShownState(item, SampleNow()), ItemState::kOpen);
  item.state = ItemState::kClaimed;
  item.claim = Claim{.reviewer = "ravi",
                     .fencing_number = 1,
                     .expire_time = SampleNow() + absl::Hours(1),
                     .token_digest = ""};
  const absl::Time last = SampleNow() + absl::Hours(1) - absl::Microseconds(1);
  EXPECT_EQ(ShownState(item, last), ItemState::kClaimed);
  EXPECT_EQ(ShownState(item, last + absl::Microseconds(1)), ItemState::kOpen);
  EXPECT_TRUE(IsWaiting(item));
}

}  // namespace
}  // namespace assay::review_queue
