#include "services/catalogue/exchange/yaml.h"

#include <ostream>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/testing/status_matchers.h"
#include "services/catalogue/limits.h"

namespace assay::catalogue {
namespace {

using nlohmann::json;
using testing_kit::HasMetadata;
using testing_kit::HasReason;
using testing_kit::IsOk;

json Read(std::string_view text) {
  const auto document = ReadYaml("f.yaml", text);
  EXPECT_THAT(document, IsOk());
  return document.ok() ? *document : json();
}

TEST(ReadYamlTest, TakesBlockAndFlowStyle) {
  EXPECT_EQ(Read("controls:\n"
                 "  - id: '2300'\n"
                 "    profiles:\n"
                 "    - L1\n"
                 "  - {id: \"2301\", profiles: [L1, L2]}  # a comment\n"
                 "points: {met: 2}\n"),
            json::parse(R"({"controls": [{"id": "2300", "profiles": ["L1"]},
                                         {"id": "2301", "profiles": ["L1", "L2"]}],
                            "points": {"met": 2}})"));
}

TEST(ReadYamlTest, TakesOnlyWholeNumbersTrueAndFalseForOtherThanText) {
  EXPECT_EQ(Read("[0, -7, 18446744073709551615, -9223372036854775808, true, false]"),
            json::parse("[0, -7, 18446744073709551615, -9223372036854775808, true, false]"));
  EXPECT_EQ(Read("[0001, -0, +1, 1.5, 1e3, 0x10, 1_000, 2024-05-14, yes, no, on, off, True, 'true',"
                 " \"1\"]"),
            json::parse(R"(["0001", "-0", "+1", "1.5", "1e3", "0x10", "1_000", "2024-05-14", "yes",
                            "no", "on", "off", "True", "true", "1"])"));
}

TEST(ReadYamlTest, AcceptsAByteOrderMarkAndWindowsLineEnds) {
  EXPECT_EQ(Read("\xEF\xBB\xBF"
                 "a: b\r\nc: 1\r\n"),
            json::parse(R"({"a": "b", "c": 1})"));
}

struct BadYaml {
  std::string name;
  std::string text;
  std::string path;
  std::string value;
};

void PrintTo(const BadYaml& bad, std::ostream* out) { *out << bad.name; }

class BadYamlTest : public ::testing::TestWithParam<BadYaml> {};

TEST_P(BadYamlTest, IsRefusedWithItsPlace) {
  const auto document = ReadYaml("f.yaml", GetParam().text);
  ASSERT_THAT(document, HasReason(absl::StatusCode::kInvalidArgument, "SCHEME_FILE_INVALID"));
  EXPECT_THAT(document, HasMetadata("file", "f.yaml"));
  EXPECT_THAT(document, HasMetadata("path", GetParam().path));
  EXPECT_THAT(document, HasMetadata("value", GetParam().value));
}

INSTANTIATE_TEST_SUITE_P(
    Table, BadYamlTest,
    ::testing::Values(
        BadYaml{"NumberAsId", "controls:\n  - id: 2300\n", "line 2, column 9",
                "2300 without quotes"},
        BadYaml{"NumberInAListOfTexts", "answers: [one, 2]", "line 1, column 16",
                "2 without quotes"},
        BadYaml{"BooleanAsAnswer", "asked_when:\n  answers:\n    - true", "line 3, column 7",
                "true without quotes"},
        BadYaml{"NumberPastSixtyFourBits", "percent: 18446744073709551616", "line 1, column 10",
                "\"18446744073709551616\""},
        BadYaml{"Anchor", "a: &x 1", "line 1, column 4", "an anchor"},
        BadYaml{"AnchorOnAList", "a: &x [1]", "line 1, column 4", "an anchor"},
        BadYaml{"AliasBomb",
                "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: &d [*c, *c]\ne: [*d, *d]",
                "line 1, column 4", "an anchor"},
        BadYaml{"Tag", "a: !!str 1", "line 1, column 4",
                "a value with tag \"tag:yaml.org,2002:str\""},
        BadYaml{"TagOnAMap", "--- !x {a: 1}", "line 1, column 5", "a value with tag \"!x\""},
        BadYaml{"DuplicateKey", "a: 1\nb: {c: 1, c: 2}", "line 2, column 11",
                "key \"c\" given twice"},
        BadYaml{"KeyThatIsAList", "? [1]\n: 2", "line 1, column 3", "a list of 0"},
        BadYaml{"SecondDocument", "a: 1\n---\nb: 2", "line 2, column 1", "a second document"},
        BadYaml{"Null", "a: ~", "line 1, column 4", "an empty value"},
        BadYaml{"NoValue", "a:\nb: 1", "line 2, column 1", "an empty value"},
        BadYaml{"Empty", "# nothing\n", "", "empty"},
        BadYaml{"Syntax", "a: 1\nb: [1, 2}", "line 2, column 9", "not YAML"},
        BadYaml{"LoneSurrogate", "a: \"\\ud800\"", "line 1, column 11", "not YAML"}),
    [](const auto& test) { return test.param.name; });

TEST(ReadYamlTest, SaysHowToWriteATextThatLooksLikeANumber) {
  EXPECT_THAT(ReadYaml("f.yaml", "id: 2300"),
              HasMetadata("allowed", "a text is required: write \"2300\""));
}

TEST(ReadYamlTest, RefusesDepthPastTheLimit) {
  const auto nested = [](int depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_THAT(ReadYaml("f.yaml", nested(kMaxJsonDepth)), IsOk());
  EXPECT_THAT(ReadYaml("f.yaml", nested(kMaxJsonDepth + 1)),
              HasMetadata("value", "nested too deep"));
  for (const int depth : {1'000, 1'000'000}) {
    EXPECT_THAT(ReadYaml("f.yaml", nested(depth)),
                HasReason(absl::StatusCode::kInvalidArgument, "SCHEME_FILE_INVALID"));
    EXPECT_THAT(ReadYaml("f.yaml", std::string(depth, '[')),
                HasReason(absl::StatusCode::kInvalidArgument, "SCHEME_FILE_INVALID"));
  }
}

TEST(WriteYamlTest, QuotesWhatAReaderCouldTakeForSomethingElse) {
  EXPECT_EQ(WriteYaml(json::parse(R"json({
              "model_version": 1, "id": "2300", "title": "Plain words (here)",
              "sources": ["yes", "True", "a: b", "007", "", "x ", "caf\u00e9"],
              "points": {"met": 2, "not_met": 0},
              "thresholds": [{"percent": 80, "profile": "L1"}],
              "controls": []})json")),
            "model_version: 1\n"
            "id: \"2300\"\n"
            "title: Plain words (here)\n"
            "sources:\n"
            "  - \"yes\"\n"
            "  - \"True\"\n"
            "  - \"a: b\"\n"
            "  - \"007\"\n"
            "  - \"\"\n"
            "  - \"x \"\n"
            "  - \"caf\xC3\xA9\"\n"
            "points:\n"
            "  met: 2\n"
            "  not_met: 0\n"
            "thresholds:\n"
            "  - {profile: L1, percent: 80}\n"
            "controls: []\n");
}

TEST(WriteYamlTest, ReadsBackEveryCharacter) {
  std::string text;
  for (int c = 1; c < 0x80; ++c) text.push_back(static_cast<char>(c));
  text += "\xC2\x80\xC2\x85\xC2\x9F\xE2\x80\xA8\xE2\x80\xA9\xEF\xBB\xBF\xF4\x8F\xBF\xBF";
  const json document = {{text, {text, {{{"k", text}}}}}, {"n", {{1, 2}, json::array()}}};
  EXPECT_EQ(Read(WriteYaml(document)), document);
}

}  // namespace
}  // namespace assay::catalogue
