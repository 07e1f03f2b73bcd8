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

}  // namespace
}  // namespace assay::assayctl
