#include "services/review_queue/storage/keys.h"

#include <algorithm>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/ids/hex.h"
#include "common/storage/key_codec.h"
#include "common/testing/status_matchers.h"
#include "services/review_queue/limits.h"
#include "services/review_queue/testing/sample.h"

namespace assay::review_queue {
namespace {

using testing_kit::HasReason;
using testing_kit::IsOkAndHolds;

// Golden: these bytes are on disks.
TEST(KeysTest, AreWhatFormatMdSays) {
  EXPECT_EQ(ToHex(ItemKey({"a1", 2})),
            "01"
            "6131"
            "0001"
            "0000000000000002");
  EXPECT_EQ(ToHex(AssessmentKey("a1")),
            "02"
            "6131"
            "0001");
  const absl::Time time = absl::FromUnixMicros(0x0102030405060708);
  EXPECT_EQ(ToHex(OrderKey(kWaitingFamily, time, {"a1", 2})),
            "03"
            "0102030405060708"
            "6131"
            "0001"
            "0000000000000002");
  EXPECT_EQ(ToHex(OrderKey(kHistoryFamily, time, {"a1", 2})),
            "04"
            "0102030405060708"
            "6131"
            "0001"
            "0000000000000002");
}

TEST(KeysTest, OrderIsSubmitTimeThenAssessmentThenNumber) {
  const absl::Time now = SampleNow();
  const std::vector<std::string> keys = {
      OrderKey(kWaitingFamily, now, {"a", 2}),
      OrderKey(kWaitingFamily, now, {"a", 10}),
      OrderKey(kWaitingFamily, now, {"a-", 1}),
      OrderKey(kWaitingFamily, now, {"b", 1}),
      OrderKey(kWaitingFamily, now + absl::Microseconds(1), {"a", 1}),
      OrderKey(kWaitingFamily, now + absl::Hours(100), {"a", 1}),
  };
  EXPECT_TRUE(std::is_sorted(keys.begin(), keys.end()));
}

TEST(KeysTest, OrderKeysRoundTrip) {
  const ItemId id{std::string(kMaxAssessmentIdCharacters, 'z'), kMaxSubmissionNumber};
  EXPECT_THAT(ParseOrderKey(kHistoryFamily, OrderKey(kHistoryFamily, SampleNow(), id)),
              IsOkAndHolds(id));
}

TEST(KeysTest, RefusesEveryTruncationAndOtherFamilies) {
  const std::string key = OrderKey(kWaitingFamily, SampleNow(), {"a1", 2});
  for (size_t length = 0; length < key.size(); ++length) {
    EXPECT_THAT(ParseOrderKey(kWaitingFamily, key.substr(0, length)),
                HasReason(absl::StatusCode::kDataLoss, "KEY_MALFORMED"))
        << length;
  }
  EXPECT_FALSE(ParseOrderKey(kWaitingFamily, key + "x").ok());
  EXPECT_FALSE(ParseOrderKey(kHistoryFamily, key).ok());
}

}  // namespace
}  // namespace assay::review_queue
