#include "tools/assayctl/requests/scheme_files.h"

#include <filesystem>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"

namespace assay::assayctl {
namespace {

using ::testing::ElementsAre;
using testing_kit::HasReason;
using testing_kit::IsOk;
using testing_kit::IsOkAndHolds;

std::string Draft(const DraftArguments& arguments, const std::string& path) {
  auto draft = BuildDraft(arguments, path, "c");
  EXPECT_THAT(draft, IsOk());
  return draft.ok() ? draft->ShortDebugString() : "";
}

TEST(BuildDraft, KnowsKindIdAndFormatFromTheFolderAndName) {
  EXPECT_EQ(Draft({}, "/x/dcc/rule-sets/asr-2.1.json"),
            "kind: DOCUMENT_KIND_RULE_SET document_id: \"asr-2.1\" format: DOCUMENT_FORMAT_JSON "
            "content: \"c\" file_name: \"asr-2.1.json\"");
  EXPECT_EQ(Draft({}, "/x/dcc/question-sets/q.yml"),
            "kind: DOCUMENT_KIND_QUESTION_SET document_id: \"q\" format: DOCUMENT_FORMAT_YAML "
            "content: \"c\" file_name: \"q.yml\"");
  EXPECT_EQ(Draft({}, "/x/dcc/scheme.json"),
            "kind: DOCUMENT_KIND_SCHEME format: DOCUMENT_FORMAT_JSON content: \"c\" file_name: "
            "\"scheme.json\"");
  EXPECT_EQ(Draft({}, "/x/nist.oscal.json"),
            "kind: DOCUMENT_KIND_CATALOGUE format: DOCUMENT_FORMAT_OSCAL_JSON content: \"c\" "
            "file_name: \"nist.oscal.json\"");
}

TEST(BuildDraft, TakesArgumentsOverNames) {
  EXPECT_EQ(Draft({.kind = "catalogue", .format = "csv", .id = "mine"}, "/x/rule-sets/a.json"),
            "kind: DOCUMENT_KIND_CATALOGUE document_id: \"mine\" format: DOCUMENT_FORMAT_CSV "
            "content: \"c\" file_name: \"a.json\"");
  EXPECT_EQ(Draft({.frame = "schemes/s/catalogues/f"}, "/x/mine.csv"),
            "kind: DOCUMENT_KIND_CATALOGUE format: DOCUMENT_FORMAT_CSV content: \"c\" file_name: "
            "\"mine.csv\" frame: \"schemes/s/catalogues/f\"");
}

TEST(BuildDraft, AsksWhenNamesDoNotSay) {
  EXPECT_THAT(BuildDraft({}, "/x/a.json", ""),
              HasReason(absl::StatusCode::kInvalidArgument, "DRAFT_INVALID"));
  EXPECT_THAT(BuildDraft({}, "/x/rule-sets/a.txt", ""),
              HasReason(absl::StatusCode::kInvalidArgument, "DRAFT_INVALID"));
  EXPECT_THAT(BuildDraft({.kind = "rules"}, "/x/a.json", ""),
              HasReason(absl::StatusCode::kInvalidArgument, "DRAFT_INVALID"));
  EXPECT_THAT(BuildDraft({.format = "xml"}, "/x/rule-sets/a.json", ""),
              HasReason(absl::StatusCode::kInvalidArgument, "DRAFT_INVALID"));
}

TEST(SchemeOf, IsTheFoldersNameUnlessGiven) {
  EXPECT_THAT(SchemeOf({}, {"/x/dcc/scheme.json", "/x/dcc/rule-sets/a.json"}), IsOkAndHolds("dcc"));
  EXPECT_THAT(SchemeOf({.scheme = "s"}, {"/x/dcc/scheme.json"}), IsOkAndHolds("s"));
  EXPECT_THAT(SchemeOf({}, {"/x/a.json"}),
              HasReason(absl::StatusCode::kInvalidArgument, "SCHEME_UNCLEAR"));
  EXPECT_THAT(SchemeOf({}, {"/x/a/scheme.json", "/x/b/scheme.json"}),
              HasReason(absl::StatusCode::kInvalidArgument, "SCHEME_UNCLEAR"));
}

TEST(ExpandPaths, FindsTheFilesOfASchemeFolder) {
  testing_kit::TempDir dir;
  for (const char* folder : {"s/rule-sets", "s/catalogues", "s/other", "empty"}) {
    std::filesystem::create_directories(dir.File(folder));
  }
  for (const char* file :
       {"s/scheme.json", "s/notes.md", "s/stray.json", "s/rule-sets/b.json", "s/rule-sets/a.yaml",
        "s/rule-sets/.a.json", "s/catalogues/c.json", "s/other/x.json"}) {
    dir.Write(file, "{}");
  }
  for (const char* name : {"s", "s/", "s/."}) {
    const auto files = ExpandPaths({dir.File(name), "plain.json"});
    ASSERT_THAT(files, IsOk());
    EXPECT_THAT(*files, ElementsAre(dir.File("s/scheme.json"), dir.File("s/catalogues/c.json"),
                                    dir.File("s/rule-sets/a.yaml"), dir.File("s/rule-sets/b.json"),
                                    "plain.json"));
  }
  EXPECT_THAT(ExpandPaths({dir.File("empty")}),
              HasReason(absl::StatusCode::kInvalidArgument, "NO_FILES"));
}

}  // namespace
}  // namespace assay::assayctl
