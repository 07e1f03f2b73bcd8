#include "services/review_queue/domain/claim.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/ids/hex.h"
#include "common/testing/status_matchers.h"
#include "services/review_queue/limits.h"
#include "services/review_queue/testing/sample.h"

namespace assay::review_queue {
namespace {

using testing_kit::HasField;
using testing_kit::HasMetadata;
using testing_kit::HasReason;
using testing_kit::IsOk;

constexpr absl::Duration kHour = absl::Hours(1);
const std::string kRandom(kClaimTokenRandomBytes, '\x5A');

// Claimed by ravi at SampleNow for an hour.
ClaimedItem Claimed(const ReviewItem& item = SampleItem()) {
  return *ClaimItem(item, kHour, kRandom, ByReviewer("ravi"));
}

TEST(ClaimTest, TakesAnOpenItem) {
  const auto claimed = ClaimItem(SampleItem(), kHour, kRandom, ByReviewer("ravi"));
  ASSERT_THAT(claimed, IsOk());
  const ReviewItem& item = claimed->change.item;
  EXPECT_EQ(claimed->change.event, EventType::kClaimed);
  EXPECT_EQ(item.state, ItemState::kClaimed);
  EXPECT_EQ(item.claim->reviewer, "ravi");
  EXPECT_EQ(item.claim->fencing_number, 1);
  EXPECT_EQ(item.claim->expire_time, SampleNow() + kHour);
  EXPECT_EQ(claimed->token, "1-" + ToHex(kRandom));
  EXPECT_EQ(item.claim->token_digest, Sha256(claimed->token));
}

TEST(ClaimTest, RefusesARunningClaimAlsoOnesOwn) {
  const ReviewItem held = Claimed().change.item;
  const absl::Duration last = kHour - absl::Microseconds(1);
  for (const char* reviewer : {"ravi", "rita"}) {
    const auto again = ClaimItem(held, kHour, kRandom, ByReviewer(reviewer, last));
    EXPECT_THAT(again, HasReason(absl::StatusCode::kFailedPrecondition, "REVIEW_ITEM_CLAIMED"));
    EXPECT_THAT(again, HasMetadata("expire_time", "2026-06-01T10:00:00Z"));
  }
}

TEST(ClaimTest, TakesOverAnExpiredClaimWithTheNextNumber) {
  const ClaimedItem first = Claimed();
  const auto second =
      ClaimItem(first.change.item, kHour, std::string(16, 'x'), ByReviewer("rita", kHour));
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->change.item.claim->fencing_number, 2);
  EXPECT_EQ(second->change.item.claim->reviewer, "rita");
  EXPECT_THAT(CheckClaimToken(second->change.item, first.token, "ravi"),
              HasReason(absl::StatusCode::kAborted, "CLAIM_LOST"));
  EXPECT_THAT(CheckClaimToken(second->change.item, second->token, "rita"), IsOk());
}

TEST(ClaimTest, KeepsCountingAfterARelease) {
  const ClaimedItem first = Claimed();
  const auto released = ReleaseClaim(first.change.item, first.token, ByReviewer("ravi"));
  ASSERT_THAT(released, IsOk());
  const auto second = ClaimItem(released->item, kHour, kRandom, ByReviewer("rita"));
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->change.item.claim->fencing_number, 2);
}

struct FourEyesCase {
  const char* name;
  audit::Actor actor;
  const char* rule;
};

class ClaimFourEyes : public testing::TestWithParam<FourEyesCase> {};

TEST_P(ClaimFourEyes, Refuses) {
  const auto claimed = ClaimItem(SampleItem(), kHour, kRandom, {GetParam().actor, SampleNow()});
  EXPECT_THAT(claimed, HasReason(absl::StatusCode::kPermissionDenied, "FOUR_EYES"));
  EXPECT_THAT(claimed, HasMetadata("rule", GetParam().rule));
}

INSTANTIATE_TEST_SUITE_P(
    All, ClaimFourEyes,
    testing::Values(
        FourEyesCase{"Contributor",
                     {std::string(kContributor), std::string(kSchemeOwner), {"reviewer"}},
                     "CONTRIBUTOR"},
        FourEyesCase{"LastContributor",
                     {"sam@harbour-optics", std::string(kSchemeOwner), {"reviewer"}},
                     "CONTRIBUTOR"},
        FourEyesCase{"SameBody",
                     {"bob", std::string(kCertificationBody), {"reviewer"}},
                     "CERTIFICATION_BODY"},
        FourEyesCase{"Supplier", {"bob", std::string(kSupplier), {"reviewer"}}, "SUPPLIER"}),
    [](const auto& test) { return test.param.name; });

TEST(ClaimTest, RefusesWhatIsNotWaiting) {
  ReviewItem decided = SampleItem();
  decided.state = ItemState::kDecided;
  EXPECT_THAT(ClaimItem(decided, kHour, kRandom, ByReviewer("ravi")),
              HasReason(absl::StatusCode::kFailedPrecondition, "REVIEW_ITEM_DECIDED"));
  ReviewItem superseded = SampleItem();
  superseded.state = ItemState::kSuperseded;
  superseded.superseded_by = 2;
  const auto claimed = ClaimItem(superseded, kHour, kRandom, ByReviewer("ravi"));
  EXPECT_THAT(claimed, HasReason(absl::StatusCode::kFailedPrecondition, "REVIEW_ITEM_SUPERSEDED"));
  EXPECT_THAT(claimed, HasMetadata("superseded_by", "reviewItems/a1.2"));
}

TEST(ClaimTest, ExtendsFromNowAlsoAfterExpiry) {
  const ClaimedItem claimed = Claimed();
  const absl::Duration later = absl::Hours(3);
  const auto extended =
      ExtendClaim(claimed.change.item, claimed.token, absl::Minutes(30), ByReviewer("ravi", later));
  ASSERT_THAT(extended, IsOk());
  EXPECT_EQ(extended->event, EventType::kClaimExtended);
  EXPECT_EQ(extended->item.claim->expire_time, SampleNow() + later + absl::Minutes(30));
  EXPECT_EQ(extended->item.claim->fencing_number, 1);
  EXPECT_EQ(ShownState(extended->item, SampleNow() + later), ItemState::kClaimed);
}

TEST(ClaimTest, ReleaseOpensTheItemAndEndsTheToken) {
  const ClaimedItem claimed = Claimed();
  const auto released =
      ReleaseClaim(claimed.change.item, claimed.token, ByReviewer("ravi", absl::Minutes(5)));
  ASSERT_THAT(released, IsOk());
  EXPECT_EQ(released->event, EventType::kClaimReleased);
  EXPECT_EQ(released->item.state, ItemState::kOpen);
  EXPECT_EQ(released->item.claim->expire_time, SampleNow() + absl::Minutes(5));
  EXPECT_THAT(ReleaseClaim(released->item, claimed.token, ByReviewer("ravi")),
              HasReason(absl::StatusCode::kAborted, "CLAIM_LOST"));
}

TEST(ClaimTest, TokenIsBoundToItsHolder) {
  const ClaimedItem claimed = Claimed();
  const ReviewItem& item = claimed.change.item;
  EXPECT_THAT(CheckClaimToken(item, claimed.token, "ravi"), IsOk());
  for (const std::string& token : {std::string(), std::string("1-00"), claimed.token + "0",
                                   std::string(kMaxClaimTokenBytes + 1, '1')}) {
    const absl::Status status = CheckClaimToken(item, token, "ravi");
    EXPECT_THAT(status, HasReason(absl::StatusCode::kAborted, "CLAIM_LOST")) << token;
    EXPECT_THAT(status, HasField("claim_token")) << token;
  }
  EXPECT_THAT(CheckClaimToken(item, claimed.token, "rita"),
              HasReason(absl::StatusCode::kAborted, "CLAIM_LOST"));
  EXPECT_THAT(CheckClaimToken(SampleItem(), claimed.token, "ravi"),
              HasReason(absl::StatusCode::kAborted, "CLAIM_LOST"));
}

TEST(ClaimTest, DurationHasLimits) {
  EXPECT_THAT(CheckClaimDuration(kMinClaimDuration), IsOk());
  EXPECT_THAT(CheckClaimDuration(kMaxClaimDuration), IsOk());
  for (const absl::Duration duration :
       {kMinClaimDuration - absl::Nanoseconds(1), kMaxClaimDuration + absl::Nanoseconds(1),
        absl::ZeroDuration(), -kHour, absl::InfiniteDuration()}) {
    const absl::Status status = CheckClaimDuration(duration);
    EXPECT_THAT(status,
                HasReason(absl::StatusCode::kInvalidArgument, "CLAIM_DURATION_OUT_OF_RANGE"));
    EXPECT_THAT(status, HasField("duration"));
  }
}

}  // namespace
}  // namespace assay::review_queue
