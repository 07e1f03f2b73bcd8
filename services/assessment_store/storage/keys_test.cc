#include "services/assessment_store/storage/keys.h"

#include <string>

#include "gtest/gtest.h"

#include "common/ids/hex.h"

namespace assay::assessment_store {
namespace {

// Stored data depends on these bytes: a change here is a new format, not a mended test.
TEST(KeysTest, BytesAreAsDocumented) {
  EXPECT_EQ(ToHex(AssessmentKey("a1")), "0161310001");
  EXPECT_EQ(ToHex(ControlKey("a1", "2300")),
            "02613100013233303000"
            "01");
  EXPECT_EQ(ToHex(VerdictKey("a1", "ff")), "036131000166660001");
  EXPECT_EQ(ToHex(AppliedDecisionKey("a1", "i")), "0461310001690001");
  EXPECT_EQ(ToHex(OrganisationKey("o", "a1")), "056f000161310001");
}

TEST(KeysTest, OrganisationKeyGivesTheAssessmentBack) {
  const auto id = AssessmentOfOrganisationKey(OrganisationKey("organisations/o", "a1"));
  ASSERT_TRUE(id.ok());
  EXPECT_EQ(*id, "a1");
  EXPECT_FALSE(AssessmentOfOrganisationKey("\x05garbage").ok());
}

TEST(KeysTest, RangesBeginBehindTheCursorAndStayInsideTheirPrefix) {
  const storage::ScanRange controls = ControlsAfter("a1", "2300");
  EXPECT_GT(controls.begin, ControlKey("a1", "2300"));
  EXPECT_LT(controls.begin, ControlKey("a1", "2301"));
  EXPECT_GT(controls.end, ControlKey("a1", "9999"));
  EXPECT_LE(controls.end, ControlKey("a10", "0001"));
  const storage::ScanRange own = OrganisationAfter("organisations/a", "");
  EXPECT_LE(own.end, OrganisationKey("organisations/ab", "x"));
  EXPECT_LE(own.begin, OrganisationKey("organisations/a", "0"));
}

}  // namespace
}  // namespace assay::assessment_store
