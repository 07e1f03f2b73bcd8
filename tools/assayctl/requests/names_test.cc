#include "tools/assayctl/requests/names.h"

#include "gtest/gtest.h"

#include "common/testing/status_matchers.h"

namespace assay::assayctl {
namespace {

using testing_kit::HasReason;
using testing_kit::IsOkAndHolds;

TEST(QualifiedName, TakesAnIdOrAName) {
  EXPECT_THAT(QualifiedName("assessments", "a1"), IsOkAndHolds("assessments/a1"));
  EXPECT_THAT(QualifiedName("assessments", "assessments/a1"), IsOkAndHolds("assessments/a1"));
}

TEST(QualifiedName, RefusesOtherShapes) {
  for (const char* text : {"", "assessments/", "a/b", "reviewItems/a1", "assessments/a/b"}) {
    EXPECT_THAT(QualifiedName("assessments", text),
                HasReason(absl::StatusCode::kInvalidArgument, "NAME_INVALID"))
        << text;
  }
}

TEST(DocumentNameOf, TakesFullAndShortNames) {
  EXPECT_THAT(DocumentNameOf("dcc", "schemes/x/ruleSets/r@2"),
              IsOkAndHolds("schemes/x/ruleSets/r@2"));
  EXPECT_THAT(DocumentNameOf("dcc", "rule-sets/asr-2.1@1"),
              IsOkAndHolds("schemes/dcc/ruleSets/asr-2.1@1"));
  EXPECT_THAT(DocumentNameOf("dcc", "questionSets/q"), IsOkAndHolds("schemes/dcc/questionSets/q"));
  EXPECT_THAT(DocumentNameOf("dcc", "catalogues/c"), IsOkAndHolds("schemes/dcc/catalogues/c"));
  for (const char* text : {"", "asr-2.1", "rules/asr-2.1", "ruleSets/", "/x"}) {
    EXPECT_THAT(DocumentNameOf("dcc", text),
                HasReason(absl::StatusCode::kInvalidArgument, "NAME_INVALID"))
        << text;
  }
}

TEST(WithoutRevision, CutsIt) {
  EXPECT_EQ(WithoutRevision("schemes/s/ruleSets/r@2"), "schemes/s/ruleSets/r");
  EXPECT_EQ(WithoutRevision("schemes/s/ruleSets/r"), "schemes/s/ruleSets/r");
}

}  // namespace
}  // namespace assay::assayctl
