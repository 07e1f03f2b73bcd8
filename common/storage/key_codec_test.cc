#include "common/storage/key_codec.h"

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/ids/hex.h"
#include "common/status/error.h"

namespace assay::storage {
namespace {

using ::testing::ElementsAreArray;

constexpr KeyFamily kFamily = 0x42;

TEST(KeyCodecTest, GoldenBytes) {
  const std::string key =
      KeyBuilder(kFamily).String(std::string("a\0b", 3)).U32(7).U64(0x0102030405060708).Build();
  EXPECT_EQ(ToHex(key),
            "42"
            "6100ff62"
            "0001"
            "00000007"
            "0102030405060708");
  EXPECT_EQ(ToHex(KeyBuilder(kFamily).Build()), "42");
  EXPECT_EQ(ToHex(KeyBuilder(kFamily).String("").Build()), "420001");
}

TEST(KeyCodecTest, RoundTripsAnyBytes) {
  std::string all_bytes;
  for (int i = 0; i < 256; ++i) all_bytes.push_back(static_cast<char>(i));
  const uint64_t big = std::numeric_limits<uint64_t>::max();
  const std::string key =
      KeyBuilder(kFamily).String(all_bytes).U64(big).String("").U32(0).String("x").Build();
  KeyParser parser(key, kFamily);
  EXPECT_EQ(parser.String(), all_bytes);
  EXPECT_EQ(parser.U64(), big);
  EXPECT_EQ(parser.String(), "");
  EXPECT_EQ(parser.U32(), 0u);
  EXPECT_EQ(parser.String(), "x");
  EXPECT_TRUE(parser.Finish().ok());
}

TEST(KeyCodecTest, OrderOfKeysIsOrderOfComponents) {
  const std::vector<std::string> texts = {"",
                                          std::string(1, '\0'),
                                          std::string(2, '\0'),
                                          std::string("\0\x01", 2),
                                          std::string("\0\xFF", 2),
                                          "\x01",
                                          "\x01\x01",
                                          "a",
                                          std::string("a\0", 2),
                                          std::string("a\0b", 3),
                                          "a\x01",
                                          "aa",
                                          "ab",
                                          "b",
                                          "\xFF",
                                          "\xFF\xFF"};
  ASSERT_TRUE(std::is_sorted(texts.begin(), texts.end()));
  const std::vector<uint64_t> numbers = {
      0, 1, 255, 256, 65536, 0x7FFFFFFFFFFFFFFF, 0x8000000000000000, 0xFFFFFFFFFFFFFFFF};
  std::vector<std::string> keys;
  for (const std::string& text : texts) {
    for (const uint64_t number : numbers) {
      keys.push_back(KeyBuilder(kFamily).String(text).U64(number).Build());
    }
  }
  std::vector<std::string> sorted = keys;
  std::sort(sorted.begin(), sorted.end());
  EXPECT_THAT(sorted, ElementsAreArray(keys));
}

TEST(KeyCodecTest, EveryTruncationIsMalformed) {
  const std::string key = KeyBuilder(kFamily).String(std::string("a\0b", 3)).U32(7).U64(9).Build();
  for (size_t length = 0; length < key.size(); ++length) {
    const std::string cut = key.substr(0, length);
    KeyParser parser(cut, kFamily);
    parser.String();
    parser.U32();
    parser.U64();
    const absl::Status status = parser.Finish();
    EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss) << length;
    EXPECT_EQ(ErrorReason(status), "KEY_MALFORMED") << length;
  }
}

TEST(KeyCodecTest, RefusesTrailingBytesOtherFamilyAndBadEscape) {
  const std::string key = KeyBuilder(kFamily).String("a").Build();
  KeyParser other_family(key, kFamily + 1);
  EXPECT_EQ(other_family.String(), "");
  EXPECT_FALSE(other_family.Finish().ok());
  const std::string longer = key + "x";
  KeyParser trailing(longer, kFamily);
  EXPECT_EQ(trailing.String(), "a");
  EXPECT_FALSE(trailing.Finish().ok());
  const std::string bad_escape = std::string("\x42") + std::string("a\0\x02", 3);
  KeyParser escape(bad_escape, kFamily);
  EXPECT_EQ(escape.String(), "");
  EXPECT_FALSE(escape.Finish().ok());
}

TEST(KeyCodecTest, PrefixRangeHoldsExactlyThePrefix) {
  const ScanRange range = PrefixRange(KeyBuilder(kFamily).String("ab").Build());
  const auto inside = [&](const std::string& key) {
    return range.begin <= key && (range.end.empty() || key < range.end);
  };
  EXPECT_TRUE(inside(KeyBuilder(kFamily).String("ab").Build()));
  EXPECT_TRUE(inside(KeyBuilder(kFamily).String("ab").U64(0xFFFFFFFFFFFFFFFF).Build()));
  EXPECT_FALSE(inside(KeyBuilder(kFamily).String("a").U64(0).Build()));
  EXPECT_FALSE(inside(KeyBuilder(kFamily).String("abc").Build()));
  EXPECT_FALSE(inside(KeyBuilder(kFamily).String(std::string("ab\0", 3)).Build()));
}

TEST(KeyCodecTest, PrefixEndCarriesOverFullBytes) {
  EXPECT_EQ(PrefixEnd("a"), "b");
  EXPECT_EQ(PrefixEnd("a\xFF\xFF"), "b");
  EXPECT_EQ(PrefixEnd("\xFF"), "");
  EXPECT_EQ(PrefixEnd(""), "");
}

TEST(KeyCodecTest, KeyAfterIsTheNextKey) {
  EXPECT_EQ(KeyAfter("a"), std::string("a\0", 2));
  EXPECT_LT(std::string("a"), KeyAfter("a"));
}

// Pinned: stored data depends on these numbers.
TEST(KeyFamiliesTest, NumbersArePinned) {
  EXPECT_EQ(kAuditHeadFamily, 0x80);
  EXPECT_EQ(kAuditEventFamily, 0x81);
  EXPECT_EQ(kAuditTextFamily, 0x82);
  EXPECT_EQ(kOutboxFamily, 0x88);
  EXPECT_EQ(kIdempotencyFamily, 0x90);
  EXPECT_LT(kLastServiceFamily, kAuditHeadFamily);
}

}  // namespace
}  // namespace assay::storage
