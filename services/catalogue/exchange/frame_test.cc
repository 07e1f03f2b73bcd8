#include "services/catalogue/exchange/frame.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/testing/status_matchers.h"
#include "services/catalogue/domain/document.h"
#include "services/catalogue/exchange/test_file.h"
#include "services/catalogue/limits.h"

namespace assay::catalogue {
namespace {

using nlohmann::json;
using testing_kit::HasMetadata;
using testing_kit::HasReason;
using testing_kit::IsOk;

json Frame() { return json::parse(TestFile("synthetic-frame.json")); }

absl::StatusOr<std::string> ImportCsv(const std::string& content) {
  return ImportOverFrame(Frame().dump(), Format::kCsv, "f.csv", content);
}

TEST(ImportOverFrameTest, MakesTheSameCatalogueFromEveryFormat) {
  json expected = Frame();
  expected.erase("frame");
  expected["controls"] = json::parse(R"([
      {"id": "S.10", "objective": "T1", "title": "Invented requirement for the largest",
       "profiles": ["50plus"]},
      {"id": "S.1", "objective": "T2", "title": "Invented requirement for everybody",
       "profiles": ["0-2", "3-9", "10-49", "50plus"]},
      {"id": "S.2", "objective": "T2", "title": "Invented requirement, with a comma",
       "profiles": ["3-9", "10-49", "50plus"]}])");
  const std::pair<Format, const char*> files[] = {{Format::kCsv, "synthetic-requirements.csv"},
                                                  {Format::kYaml, "synthetic-requirements.yaml"},
                                                  {Format::kJson, "synthetic-requirements.json"}};
  for (const auto& [format, name] : files) {
    SCOPED_TRACE(name);
    const auto catalogue = ImportOverFrame(Frame().dump(), format, name, TestFile(name));
    ASSERT_THAT(catalogue, IsOk());
    EXPECT_EQ(json::parse(*catalogue), expected);
    EXPECT_THAT(ParseDocument("synthetic", DocumentKind::kCatalogue, name, *catalogue), IsOk());
  }
}

struct BadFile {
  const char* name;
  std::string text;
  const char* path;
  const char* value;
};

TEST(ImportOverFrameTest, RefusesBadRowsWithLineAndColumn) {
  const std::string head = "theme,id,profiles,title\n";
  const BadFile table[] = {
      {"Empty", "", "", "empty"},
      {"NoRequirement", head, "requirements", "a list of 0"},
      {"MissingColumn", "id,theme,title\n", "line 1", "without column profiles"},
      {"OneColumnMore", "id,theme,title,profiles,points\n", "line 1, cell 5", "\"points\""},
      {"UnknownTheme", head + "T9,S.1,3-9,t\n", "line 2, column theme", "\"T9\""},
      {"UnknownProfile", head + "\nT1,S.1,3-9|4-8,t\n", "line 3, column profiles", "\"4-8\""},
      {"ProfileTwice", head + "T1,S.1,3-9|3-9,t\n", "line 2, column profiles", "\"3-9\""},
      {"NoProfile", head + "T1,S.1,,t\n", "line 2, column profiles", "\"\""},
      {"NoTitle", head + "T1,S.1,3-9,\n", "line 2, column title", "\"\""},
      {"IdOfAnotherForm", head + "T1,S 1,3-9,t\n", "line 2, column id", "\"S 1\""},
      {"IdTwice", head + "T1,S.1,3-9,t\nT2,S.1,3-9,t\n", "line 3, column id", "\"S.1\""},
      {"LineEndInATitle", head + "T1,S.1,3-9,\"a\nb\"\n", "line 2, column title", "\"a\\nb\""},
      {"KindsPastLimit", "id,theme,title,profiles,certificate_kinds\nS.1,T1,t,3-9,A|B|C|D\n",
       "line 2, column certificate_kinds", "a list of 4"},
      {"TooFewCells", head + "T1,S.1\n", "line 2", "2 cells long"}};
  for (const BadFile& bad : table) {
    SCOPED_TRACE(bad.name);
    const auto catalogue = ImportCsv(bad.text);
    ASSERT_THAT(catalogue, HasReason(absl::StatusCode::kInvalidArgument, "SCHEME_FILE_INVALID"));
    EXPECT_THAT(catalogue, HasMetadata("file", "f.csv"));
    EXPECT_THAT(catalogue, HasMetadata("path", bad.path));
    EXPECT_THAT(catalogue, HasMetadata("value", bad.value));
  }
}

TEST(ImportOverFrameTest, NamesWhatTheFrameHas) {
  EXPECT_THAT(ImportCsv("theme,id,profiles,title\nT9,S.1,3-9,t\n"),
              HasMetadata("allowed", "one of the frame's is required: T1, T2, T3"));
}

TEST(ImportOverFrameTest, TakesAsManyCertificateKindsAsThereAre) {
  const auto catalogue = ImportCsv(
      "id,theme,title,profiles,certificate_kinds\nS.1,T1,t,3-9,CYBER_ESSENTIALS|"
      "CYBER_ESSENTIALS_PLUS|CYBER_BASELINE\n");
  ASSERT_THAT(catalogue, IsOk());
  const json kinds = json::parse(*catalogue)["controls"][0]["certificate_kinds"];
  EXPECT_EQ(kinds.size(), kMaxCertificateKinds);
}

TEST(ImportOverFrameTest, TakesNothingMoreThanRequirements) {
  const auto import_json = [](const char* text) {
    return ImportOverFrame(Frame().dump(), Format::kJson, "f.json", text);
  };
  EXPECT_THAT(import_json(R"({"requirements":[], "id": "x"})"),
              HasMetadata("path", "requirements"));
  EXPECT_THAT(import_json(R"({"title":"x","requirements":[
                  {"id":"a","theme":"T1","title":"t","profiles":["3-9"]}]})"),
              HasMetadata("path", "title"));
  EXPECT_THAT(import_json(R"({"requirements":[
                  {"id":"a","theme":"T1","title":"t","profiles":["3-9"],"weight":1}]})"),
              HasMetadata("path", "requirements[0].weight"));
  EXPECT_THAT(import_json("[]"), HasMetadata("value", "a list of 0"));
  EXPECT_THAT(ImportOverFrame(Frame().dump(), Format::kOscalJson, "f.json", "{}"),
              HasMetadata("value", "a requirement file as OSCAL"));
}

TEST(ImportOverFrameTest, RefusesAFrameThatIsNone) {
  const std::string requirements = TestFile("synthetic-requirements.csv");
  const auto import_over = [&](const json& frame) {
    return ImportOverFrame(frame.dump(), Format::kCsv, "f.csv", requirements);
  };
  json frame = Frame();
  frame.erase("frame");
  EXPECT_THAT(import_over(frame), HasMetadata("path", "frame"));
  frame = Frame();
  frame["frame"] = 1;
  EXPECT_THAT(import_over(frame), HasMetadata("path", "frame"));
  frame = Frame();
  frame["model_version"] = 1;
  EXPECT_THAT(import_over(frame), HasMetadata("path", "model_version"));
  frame = Frame();
  frame["controls"] = {{{"id", "x"}}};
  EXPECT_THAT(import_over(frame), HasMetadata("path", "controls"));
  frame = Frame();
  frame["profiles"] = {{{"id", 7}}};
  EXPECT_THAT(import_over(frame), HasMetadata("path", "profiles"));
  frame.erase("objectives");
  EXPECT_THAT(import_over(frame), HasMetadata("path", "objectives"));
  EXPECT_THAT(import_over(json::array()), HasMetadata("file", "frame"));
}

}  // namespace
}  // namespace assay::catalogue
