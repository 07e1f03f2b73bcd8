#include "common/time/timestamp.h"

#include "gtest/gtest.h"

#include "common/status/error.h"

namespace assay {
namespace {

TEST(DateTest, RoundTripsAndCountsFromTheEpoch) {
  EXPECT_EQ(*ParseDate("as_of", "1970-01-01"), 0);
  EXPECT_EQ(*ParseDate("as_of", "1969-12-31"), -1);
  EXPECT_EQ(*ParseDate("as_of", "2026-10-01"), 20727);
  EXPECT_EQ(FormatDate(20727), "2026-10-01");
  EXPECT_EQ(FormatDate(*ParseDate("as_of", "2024-02-29")), "2024-02-29");
}

TEST(DateTest, RefusesWhatIsNotADateAndNamesTheField) {
  for (const char* text : {"", "2026-02-30", "2026-13-01", "2026-1-01", "1899-12-31", "+026-01-01",
                           "2026-01-01T00", "2026/01/01", "2026-00-10", "2026-01-00"}) {
    const auto date = ParseDate("as_of", text);
    ASSERT_FALSE(date.ok()) << text;
    EXPECT_EQ(ErrorReason(date.status()), "DATE_INVALID");
    EXPECT_EQ(ErrorFields(date.status())[0].field, "as_of");
  }
}

TEST(TimestampTest, RoundTripsAroundTheEpoch) {
  for (int64_t nanos : {int64_t{0}, int64_t{1}, int64_t{-1}, int64_t{1780304400123456789}}) {
    const absl::Time time = absl::FromUnixNanos(nanos);
    EXPECT_EQ(FromTimestamp(ToTimestamp(time)), time);
    EXPECT_GE(ToTimestamp(time).nanos(), 0);
  }
}

TEST(TimestampTest, DateOfIsInUtc) {
  EXPECT_EQ(DateOf(absl::FromUnixSeconds(86399)), 0);
  EXPECT_EQ(DateOf(absl::FromUnixSeconds(86400)), 1);
}

}  // namespace
}  // namespace assay
