#include "tools/assayctl/conformance/vector.h"

#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/status/error.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "tools/assayctl/files.h"

namespace assay::assayctl {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing_kit::IsOk;

constexpr char kVector[] = R"({
  "name": "a-passes", "pins": "A passes.", "source": "Rule 6.", "scheme_files": ["options"],
  "score": {"basis": {"profile": "L1"}},
  "digests": {"catalogue": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},
  "expect": {"outcome": "OUTCOME_PASSED"}
})";

std::string Problem(const std::string& from, const std::string& to) {
  const auto vectors = ParseVectors("v.json", absl::StrReplaceAll(kVector, {{from, to}}));
  EXPECT_EQ(ErrorReason(vectors.status()), "VECTOR_INVALID") << to;
  return std::string(vectors.status().message());
}

TEST(ParseVectors, ReadsOneOrAList) {
  auto vectors = ParseVectors("v.json", kVector);
  ASSERT_THAT(vectors, IsOk());
  ASSERT_EQ(vectors->size(), 1u);
  const Vector& vector = vectors->front();
  EXPECT_EQ(vector.name, "a-passes");
  EXPECT_EQ(vector.score.basis().profile(), "L1");
  EXPECT_THAT(vector.scheme_files, ElementsAre("options"));
  EXPECT_EQ(vector.digests.catalogue, std::string(64, 'a'));
  EXPECT_FALSE(vector.expect_error.has_value());
  vectors = ParseVectors("v.json", std::string("[") + kVector + "," + kVector + "]");
  ASSERT_THAT(vectors, IsOk());
  EXPECT_EQ(vectors->size(), 2u);
  EXPECT_THAT(std::string(CheckNames(*vectors).message()), HasSubstr("is named a-passes too"));
}

TEST(ParseVectors, ReadsARefusal) {
  const auto vectors = ParseVectors(
      "v.json", absl::StrReplaceAll(kVector, {{R"("expect": {"outcome": "OUTCOME_PASSED"})",
                                               R"("expect_error": {"code": "INVALID_ARGUMENT",
                                         "reason": "CONTROL_UNKNOWN"})"}}));
  ASSERT_THAT(vectors, IsOk());
  EXPECT_EQ(vectors->front().expect_error->code, absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(vectors->front().expect_error->reason, "CONTROL_UNKNOWN");
  EXPECT_EQ(vectors->front().expect_error->field, "");
}

TEST(ParseVectors, NamesFileVectorAndPlaceOfAMistake) {
  EXPECT_EQ(Problem(kVector, "{"), "v.json: is not JSON");
  EXPECT_EQ(Problem(kVector, "[3]"), "v.json [0]: is no object");
  EXPECT_EQ(Problem("\"source\"", "\"sauce\""), "v.json: has an unknown key \"sauce\"");
  EXPECT_EQ(Problem("\"A passes.\"", "\"\""),
            "v.json (a-passes): pins must be a text that is not empty");
  EXPECT_THAT(Problem("a-passes", "A passes"), HasSubstr("must be 1 to 100 of a-z 0-9"));
  EXPECT_THAT(Problem("aaaaaaaa\"", "AAAAAAAA\""), HasSubstr("catalogue must be 64 digits"));
  EXPECT_THAT(Problem("[\"options\"]", "[\"../x\"]"), HasSubstr("list of folder names"));
  EXPECT_THAT(Problem(R"({"outcome": "OUTCOME_PASSED"})", "{}"), HasSubstr("expect is empty"));
  EXPECT_THAT(Problem("OUTCOME_PASSED", "PASSED"), HasSubstr("v.json (a-passes) expect.outcome"));
  EXPECT_THAT(Problem("\"expect\"", "\"expect_error\""), HasSubstr("expect_error: has an unknown"));
  EXPECT_THAT(
      Problem(R"("expect": {"outcome": "OUTCOME_PASSED"})", R"("expect_error": {"code": "BAD"})"),
      HasSubstr("\"BAD\" is no status code"));
}

TEST(ParseVectors, RefusesARequestWithUnknownFields) {
  const auto vectors = ParseVectors("v.json", absl::StrReplaceAll(kVector, {{"profile", "level"}}));
  EXPECT_EQ(ErrorReason(vectors.status()), "JSON_INVALID");
  EXPECT_THAT(std::string(vectors.status().message()), HasSubstr("v.json (a-passes) score"));
}

TEST(ParseVectors, LimitsTheName) {
  const auto named = [](size_t length) {
    return ParseVectors("v.json",
                        absl::StrReplaceAll(kVector, {{"a-passes", std::string(length, 'a')}}));
  };
  EXPECT_THAT(named(kMaxVectorNameBytes), IsOk());
  EXPECT_FALSE(named(kMaxVectorNameBytes + 1).ok());
}

TEST(FindVectorFiles, WalksFoldersButThoseOfSchemes) {
  testing_kit::TempDir dir;
  for (const char* folder : {"b", "schemes", ".git"}) {
    ASSERT_THAT(MakeFolder(dir.File(folder), kPublicFolder), IsOk());
  }
  for (const char* file : {"b/2.json", "1.json", "b/notes.md", "schemes/s.json", ".git/x.json"}) {
    dir.Write(file, "{}");
  }
  const auto files = FindVectorFiles(dir.path());
  ASSERT_THAT(files, IsOk());
  EXPECT_THAT(*files, ElementsAre(dir.File("1.json"), dir.File("b/2.json")));
  EXPECT_EQ(ErrorReason(FindVectorFiles(dir.File("none")).status()), "FILE_UNREADABLE");
}

TEST(MatchesGlob, KnowsStarsAndQuestionMarks) {
  EXPECT_TRUE(MatchesGlob("*", ""));
  EXPECT_TRUE(MatchesGlob("l1-*-fails", "l1-b-79-fails"));
  EXPECT_TRUE(MatchesGlob("*b*", "abc"));
  EXPECT_TRUE(MatchesGlob("l?", "l1"));
  EXPECT_FALSE(MatchesGlob("l?", "l"));
  EXPECT_FALSE(MatchesGlob("l1", "l12"));
  EXPECT_FALSE(MatchesGlob("*-fails", "l1-passes"));
}

}  // namespace
}  // namespace assay::assayctl
