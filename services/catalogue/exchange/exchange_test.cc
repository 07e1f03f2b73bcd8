// What holds for every format: round trips, limits, hostile bytes.

#include "services/catalogue/exchange/exchange.h"

#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/testing/status_matchers.h"
#include "services/catalogue/domain/strict_json.h"
#include "services/catalogue/exchange/source_text.h"
#include "services/catalogue/exchange/test_file.h"
#include "services/catalogue/limits.h"

namespace assay::catalogue {
namespace {

using nlohmann::json;
using testing_kit::HasMetadata;
using testing_kit::HasReason;
using testing_kit::IsOk;

struct SchemeFile {
  std::string path;
  DocumentKind kind;
};

// Every scheme file that ships, and the synthetic ones of our own and of the tests across services.
std::vector<SchemeFile> SchemeFiles() {
  std::vector<SchemeFile> files = {
      {"tests/data/synthetic-l1-question-set.json", DocumentKind::kQuestionSet},
      {"services/catalogue/exchange/testdata/synthetic-frame.json", DocumentKind::kCatalogue}};
  const std::string root = std::string(ASSAY_TEST_DATA) + "/";
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(root + "services/catalogue/data")) {
    if (entry.path().extension() != ".json") continue;
    const std::string folder = entry.path().parent_path().filename();
    const DocumentKind kind = folder == "catalogues"      ? DocumentKind::kCatalogue
                              : folder == "question-sets" ? DocumentKind::kQuestionSet
                              : folder == "rule-sets"     ? DocumentKind::kRuleSet
                                                          : DocumentKind::kScheme;
    files.push_back({entry.path().string().substr(root.size()), kind});
  }
  return files;
}

bool HasKind(Format format, DocumentKind kind) {
  if (format == Format::kOscalJson) return kind == DocumentKind::kCatalogue;
  return format != Format::kCsv || kind == DocumentKind::kCatalogue ||
         kind == DocumentKind::kQuestionSet;
}

// The digest of a file's content, as hexadecimal would only hide the difference.
std::string Canonical(std::string_view text) {
  const auto parsed = ParseStrictJson("f.json", text);
  EXPECT_THAT(parsed, IsOk());
  return parsed.ok() ? CanonicalJson(*parsed) : "";
}

TEST(ExchangeTest, TakesEveryShippedFileThroughEveryFormatWithTheSameDigest) {
  ASSERT_GE(SchemeFiles().size(), 7u);
  for (const SchemeFile& file : SchemeFiles()) {
    const std::string original = RepositoryFile(file.path);
    for (const Format format : kAllFormats) {
      if (!HasKind(format, file.kind)) continue;
      SCOPED_TRACE(file.path + " as " + std::string(FormatWord(format)));
      const auto exported = FromSchemeJson(format, file.kind, original);
      ASSERT_THAT(exported, IsOk());
      EXPECT_TRUE(exported->losses.empty());
      const auto imported = ToSchemeJson(format, file.kind, "f", exported->text);
      ASSERT_THAT(imported, IsOk());
      EXPECT_TRUE(imported->losses.empty());
      EXPECT_EQ(DocumentDigest(file.kind, imported->json),
                DocumentDigest(file.kind, Canonical(original)));
      // Exporting is deterministic.
      EXPECT_EQ(FromSchemeJson(format, file.kind, imported->json)->text, exported->text);
    }
  }
}

TEST(ExchangeTest, RefusesKindsThatAFormatDoesNotHave) {
  for (const DocumentKind kind : kAllDocumentKinds) {
    for (const Format format : kAllFormats) {
      if (HasKind(format, kind)) continue;
      EXPECT_THAT(ToSchemeJson(format, kind, "f", ""),
                  HasReason(absl::StatusCode::kInvalidArgument, "SCHEME_FILE_INVALID"));
      EXPECT_THAT(FromSchemeJson(format, kind, "{}"),
                  HasReason(absl::StatusCode::kInvalidArgument, "SCHEME_FILE_INVALID"));
    }
  }
  EXPECT_THAT(ToSchemeJson(Format::kCsv, DocumentKind::kRuleSet, "f", ""),
              HasMetadata("value", "a rule_set as csv"));
}

// A catalogue whose texts hold everything that means something in one of the formats.
json AwkwardCatalogue() {
  const std::vector<std::string> awkward = {"=1+1",
                                            "'=1",
                                            "''-x",
                                            "'quoted'",
                                            "+44",
                                            "-5",
                                            "@cmd",
                                            "a,b",
                                            "say \"so\"",
                                            "a|b\\c",
                                            " outer ",
                                            "yes",
                                            "true",
                                            "0001",
                                            "12",
                                            "1e3",
                                            "~",
                                            "null",
                                            "- item",
                                            "# no comment",
                                            "key: value",
                                            "{flow}",
                                            "*alias",
                                            "&anchor",
                                            "!tag",
                                            "%dir",
                                            "`tick",
                                            "x #y",
                                            "caf\xC3\xA9",
                                            "\xF0\x9F\x98\x80",
                                            "\xE2\x80\xA8sep",
                                            "\xC2\x85nel",
                                            ("\xEF\xBB\xBF"
                                             "bom"),
                                            "<<",
                                            "=",
                                            "---",
                                            "trailing\\"};
  json catalogue = {
      {"model_version", 1},
      {"id", "awkward"},
      {"title", "=HYPERLINK(\"x\")"},
      {"sources", awkward},
      {"objectives", {{{"id", "A"}, {"title", "- 'x'"}}}},
      {"profiles", {{{"id", "0-2"}, {"title", "2"}}, {{"id", "007"}, {"title", "|"}}}},
      {"controls", json::array()}};
  for (size_t i = 0; i < awkward.size(); ++i) {
    catalogue["controls"].push_back({{"id", absl::StrCat(1000 + i)},
                                     {"title", awkward[i]},
                                     {"objective", "A"},
                                     {"profiles", {"0-2", "007"}}});
  }
  return catalogue;
}

TEST(ExchangeTest, KeepsTextsThatMeanSomethingElsewhere) {
  const std::string original = AwkwardCatalogue().dump();
  for (const Format format : kAllFormats) {
    SCOPED_TRACE(FormatWord(format));
    const auto exported = FromSchemeJson(format, DocumentKind::kCatalogue, original);
    ASSERT_THAT(exported, IsOk());
    EXPECT_TRUE(exported->losses.empty());
    const auto imported = ToSchemeJson(format, DocumentKind::kCatalogue, "f", exported->text);
    ASSERT_THAT(imported, IsOk());
    EXPECT_EQ(imported->json, Canonical(original));
  }
}

TEST(ExchangeTest, NamesWhatAFormatCannotCarry) {
  json catalogue = AwkwardCatalogue();
  catalogue["controls"][0]["weight"] = 3;
  catalogue["controls"][2]["weight"] = 5;
  catalogue["extra"] = {{"x", 1}};
  const std::vector<Loss> expected = {
      {"controls[].weight", "controls[0].weight", 2, "not carried over"},
      {"extra", "extra", 1, "not carried over"}};
  for (const Format format : {Format::kCsv, Format::kOscalJson}) {
    const auto exported = FromSchemeJson(format, DocumentKind::kCatalogue, catalogue.dump());
    ASSERT_THAT(exported, IsOk());
    EXPECT_EQ(exported->losses, expected);
  }
  // YAML says all that JSON says, known keys or not.
  EXPECT_TRUE(
      FromSchemeJson(Format::kYaml, DocumentKind::kCatalogue, catalogue.dump())->losses.empty());
}

TEST(LossListTest, IsBounded) {
  LossList losses;
  for (size_t i = 0; i < kMaxLosses + 3; ++i) losses.Add(absl::StrCat("f", i), "w");
  const std::vector<Loss> taken = losses.Take();
  ASSERT_EQ(taken.size(), kMaxLosses + 1);
  EXPECT_EQ(taken.back().count, 3u);
}

TEST(ExchangeTest, RefusesTextsPastTheLimitInEveryFormat) {
  const std::string too_long(kMaxFileBytes + 1, ' ');
  for (const Format format : kAllFormats) {
    EXPECT_THAT(ToSchemeJson(format, DocumentKind::kCatalogue, "f", too_long),
                HasMetadata("value", absl::StrCat(kMaxFileBytes + 1, " bytes long")));
  }
}

TEST(ExchangeTest, ReadsYamlUpToTheLimit) {
  const std::string head = "{\"a\": 1}\n#";
  const std::string text = head + std::string(kMaxFileBytes - head.size(), 'x');
  EXPECT_THAT(ToSchemeJson(Format::kYaml, DocumentKind::kRuleSet, "f", text), IsOk());
}

TEST(ExchangeTest, RefusesAnExportThatWouldBeTooLong) {
  json catalogue = AwkwardCatalogue();
  for (int i = 0; i < 10'000; ++i) {
    catalogue["controls"].push_back({{"id", absl::StrCat("x", i)},
                                     {"title", "t"},
                                     {"objective", "A"},
                                     {"profiles", {"0-2", "007"}}});
  }
  EXPECT_THAT(
      FromSchemeJson(Format::kOscalJson, DocumentKind::kCatalogue, catalogue.dump()),
      HasMetadata("allowed", absl::StrCat("at most ", kMaxFileBytes, " bytes are allowed")));
}

struct BadBytes {
  const char* name;
  std::string text;
  const char* place;
  const char* value;
};

TEST(ExchangeTest, NamesThePlaceOfBytesThatAreNoText) {
  const BadBytes table[] = {
      {"Nul", std::string("a: b\nc: d\0e\n", 12), "line 2, column 5", "byte 0x00"},
      {"NotUtf8", "a: \xFF\n", "line 1, column 4", "byte 0xff"},
      {"Overlong", "a\n\xC0\x80", "line 2, column 1", "byte 0xc0"},
      {"Surrogate", "\xED\xA0\x80", "line 1, column 1", "byte 0xed"},
      {"PastUnicode", "\xF4\x90\x80\x80", "line 1, column 1", "byte 0xf4"},
      {"CutShort", "ab\xE2\x82", "line 1, column 3", "byte 0xe2"},
      {"EndOfTransmission", "a: b\x04\nc: d", "line 1, column 5", "byte 0x04"}};
  for (const BadBytes& bad : table) {
    SCOPED_TRACE(bad.name);
    for (const Format format : {Format::kYaml, Format::kCsv, Format::kOscalJson}) {
      const auto imported = ToSchemeJson(format, DocumentKind::kCatalogue, "f", bad.text);
      EXPECT_THAT(imported, HasMetadata("path", bad.place));
      EXPECT_THAT(imported, HasMetadata("value", bad.value));
    }
  }
}

// Flips bytes of good files: whatever comes out is an answer, never a crash.
TEST(ExchangeTest, SurvivesSpoiltFiles) {
  std::mt19937 random(20240514);
  const std::string original = AwkwardCatalogue().dump();
  for (const Format format : kAllFormats) {
    const std::string text = FromSchemeJson(format, DocumentKind::kCatalogue, original)->text;
    for (int i = 0; i < 300; ++i) {
      std::string spoilt = text;
      for (int k = 0; k < 3; ++k) {
        constexpr std::string_view kBytes = "\"'{}[]:,|-#&*!?\\\n\r\t 0=\xC3\x80";
        spoilt[random() % spoilt.size()] = kBytes[random() % kBytes.size()];
      }
      const auto imported = ToSchemeJson(format, DocumentKind::kCatalogue, "f", spoilt);
      if (!imported.ok()) {
        EXPECT_THAT(imported, HasReason(absl::StatusCode::kInvalidArgument, "SCHEME_FILE_INVALID"));
      } else {
        EXPECT_THAT(ParseStrictJson("f", imported->json), IsOk());
      }
    }
  }
}

}  // namespace
}  // namespace assay::catalogue
