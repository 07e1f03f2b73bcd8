#include "common/storage/value_codec.h"

#include <limits>
#include <string>

#include "gtest/gtest.h"

#include "common/ids/hex.h"

namespace assay::storage {
namespace {

std::string Example() {
  return ValueWriter().U8(1).U32(2).U64(3).I64(-1).String("ab").Fixed("cd").String("").Take();
}

// Reads what Example wrote.
void ReadExample(ValueReader& in) {
  EXPECT_EQ(in.U8(), 1);
  EXPECT_EQ(in.U32(), 2u);
  EXPECT_EQ(in.U64(), 3u);
  EXPECT_EQ(in.I64(), -1);
  EXPECT_EQ(in.String(), "ab");
  EXPECT_EQ(in.Fixed(2), "cd");
  EXPECT_EQ(in.String(), "");
}

TEST(ValueCodecTest, GoldenBytes) {
  EXPECT_EQ(ToHex(Example()),
            "01"
            "00000002"
            "0000000000000003"
            "ffffffffffffffff"
            "000000026162"
            "6364"
            "00000000");
}

TEST(ValueCodecTest, RoundTrips) {
  const std::string bytes = Example();
  ValueReader in(bytes);
  ReadExample(in);
  EXPECT_TRUE(in.Finished());
  const int64_t lowest = std::numeric_limits<int64_t>::min();
  const std::string extreme = ValueWriter().I64(lowest).Take();
  EXPECT_EQ(ValueReader(extreme).I64(), lowest);
}

TEST(ValueCodecTest, EveryTruncationAndExtensionIsFound) {
  const std::string bytes = Example();
  for (size_t length = 0; length < bytes.size(); ++length) {
    const std::string cut = bytes.substr(0, length);
    ValueReader in(cut);
    in.U8();
    in.U32();
    in.U64();
    in.I64();
    in.String();
    in.Fixed(2);
    in.String();
    EXPECT_FALSE(in.good()) << length;
  }
  const std::string longer = bytes + "x";
  ValueReader in(longer);
  ReadExample(in);
  EXPECT_TRUE(in.good());
  EXPECT_FALSE(in.Finished());
  EXPECT_EQ(in.Rest(), "x");
  EXPECT_TRUE(in.Finished());
}

TEST(ValueCodecTest, CountsAreBoundedByTheBytesLeft) {
  const std::string fits = ValueWriter().U32(2).Fixed("12345678").Take();
  ValueReader good(fits);
  EXPECT_EQ(good.Count(4), 2u);
  const std::string too_many = ValueWriter().U32(3).Fixed("12345678").Take();
  ValueReader bad(too_many);
  EXPECT_EQ(bad.Count(4), 0u);
  EXPECT_FALSE(bad.good());
}

TEST(ValueCodecTest, AFailedRequirementSticks) {
  ValueReader in("abc");
  in.Require(false);
  EXPECT_EQ(in.U8(), 0);
  EXPECT_EQ(in.Rest(), "");
  in.Require(true);
  EXPECT_FALSE(in.Finished());
}

}  // namespace
}  // namespace assay::storage
