#include "services/catalogue/domain/strict_json.h"

#include <ostream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/testing/status_matchers.h"
#include "services/catalogue/limits.h"

namespace assay::catalogue {
namespace {

using testing_kit::HasMetadata;
using testing_kit::HasReason;
using testing_kit::IsOk;

std::string Canonical(std::string_view text) {
  const auto json = ParseStrictJson("f.json", text);
  EXPECT_THAT(json, IsOk());
  return json.ok() ? CanonicalJson(*json) : "";
}

TEST(CanonicalJsonTest, SortsKeysByBytesAndDropsWhitespace) {
  EXPECT_EQ(Canonical("{ \"b\" : [ 1 , -2, true, null ],\n\t\"a\": {}, \"B\": \"x y\" }"),
            "{\"B\":\"x y\",\"a\":{},\"b\":[1,-2,true,null]}");
  // U+00E9 is above U+007A in bytes, and a longer key comes after its prefix.
  EXPECT_EQ(Canonical("{\"\xC3\xA9\":1,\"z\":2,\"za\":3}"), "{\"z\":2,\"za\":3,\"\xC3\xA9\":1}");
}

TEST(CanonicalJsonTest, EscapesOnlyQuoteBackslashAndControls) {
  EXPECT_EQ(Canonical("[\"\\u00e9\\/\\u0041\"]"), "[\"\xC3\xA9/A\"]");
  EXPECT_EQ(Canonical("[\"\\\"\\\\\\u0008\\u0009\\u000a\\u000c\\u000d\\u001F\\u007f\"]"),
            "[\"\\\"\\\\\\b\\t\\n\\f\\r\\u001f\x7F\"]");
  EXPECT_EQ(Canonical("[\"\\ud83d\\ude00\"]"), "[\"\xF0\x9F\x98\x80\"]");
}

TEST(CanonicalJsonTest, WritesWholeNumbersInDecimal) {
  EXPECT_EQ(Canonical("[0,-0,18446744073709551615,-9223372036854775808]"),
            "[0,0,18446744073709551615,-9223372036854775808]");
}

struct BadJson {
  std::string name;
  std::string text;
  std::string path;
  std::string value;
};

void PrintTo(const BadJson& bad, std::ostream* out) { *out << bad.name; }

class BadJsonTest : public ::testing::TestWithParam<BadJson> {};

TEST_P(BadJsonTest, IsRefusedWithItsPlace) {
  const auto json = ParseStrictJson("f.json", GetParam().text);
  ASSERT_THAT(json, HasReason(absl::StatusCode::kInvalidArgument, "SCHEME_FILE_INVALID"));
  EXPECT_THAT(json, HasMetadata("file", "f.json"));
  EXPECT_THAT(json, HasMetadata("path", GetParam().path));
  EXPECT_THAT(json, HasMetadata("value", GetParam().value));
}

INSTANTIATE_TEST_SUITE_P(
    Table, BadJsonTest,
    ::testing::Values(
        BadJson{"DuplicateKey", R"({"a":1,"b":[0,{"c":1,"c":2}]})", "b[1].c", "given twice"},
        BadJson{"DuplicateKeySpeltWithEscape", R"({"a":1,"\u0061":2})", "a", "given twice"},
        BadJson{"Fraction", R"({"a":[1,2.5]})", "a[1]", "2.5"},
        BadJson{"Exponent", R"({"a":1e2})", "a", "1e2"},
        BadJson{"NumberPastSixtyFourBits", R"([18446744073709551616])", "[0]",
                "18446744073709551616"},
        BadJson{"Empty", "", "", "not JSON at byte 1"},
        BadJson{"CutShort", R"({"a":[1,)", "a[0]", "not JSON at byte 9"},
        BadJson{"TrailingText", "{} x", "", "not JSON at byte 4"},
        BadJson{"Comment", "{/**/}", "", "not JSON at byte 2"},
        BadJson{"TrailingComma", "[1,]", "[0]", "not JSON at byte 4"},
        BadJson{"NotUtf8", "[\"\xFF\"]", "", "not JSON at byte 3"},
        BadJson{"LoneSurrogate", R"(["\ud800"])", "", "not JSON at byte 9"}),
    [](const auto& test) { return test.param.name; });

std::string Nested(int depth) { return std::string(depth, '[') + std::string(depth, ']'); }

TEST(StrictJsonLimitTest, NestingAtTheLimitPassesAndOnePastItIsRefused) {
  EXPECT_THAT(ParseStrictJson("f", Nested(kMaxJsonDepth)), IsOk());
  EXPECT_THAT(ParseStrictJson("f", Nested(kMaxJsonDepth + 1)),
              HasMetadata("value", "nested too deep"));
  // Far past it, too: the check must not depend on the size of the stack.
  EXPECT_THAT(ParseStrictJson("f", Nested(1'000'000)), HasMetadata("value", "nested too deep"));
}

TEST(StrictJsonLimitTest, SizeAtTheLimitPassesAndOnePastItIsRefused) {
  const std::string at_limit = "\"" + std::string(kMaxFileBytes - 2, 'x') + "\"";
  EXPECT_THAT(ParseStrictJson("f", at_limit), IsOk());
  EXPECT_THAT(ParseStrictJson("f", at_limit + " "),
              HasReason(absl::StatusCode::kInvalidArgument, "SCHEME_FILE_INVALID"));
}

TEST(CanonicalJsonTest, IsNeverLongerThanTheFile) {
  const std::string text = R"(["\u001f\u0000\n\"\\",-1,true])";
  EXPECT_LE(Canonical(text).size(), text.size());
}

}  // namespace
}  // namespace assay::catalogue
