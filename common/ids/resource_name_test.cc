#include "common/ids/resource_name.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/ids/hex.h"
#include "common/ids/id_source.h"
#include "common/status/error.h"

namespace assay {
namespace {

using ::testing::ElementsAre;

TEST(ResourceNameTest, ParsesAndFormats) {
  const auto ids = ParseName("name", "assessments/*/verdicts/*", "assessments/a1/verdicts/ff");
  ASSERT_TRUE(ids.ok());
  EXPECT_THAT(*ids, ElementsAre("a1", "ff"));
  EXPECT_EQ(FormatName("assessments/*/verdicts/*", {"a1", "ff"}), "assessments/a1/verdicts/ff");
}

TEST(ResourceNameTest, RefusesOtherShapes) {
  for (const char* name : {"", "assessments", "assessments/", "assessments/A1", "reviewItems/a1",
                           "assessments/a1/verdicts", "assessments/a/b", "assessments/-a"}) {
    const auto ids = ParseName("name", "assessments/*", name);
    ASSERT_FALSE(ids.ok()) << name;
    EXPECT_EQ(ErrorReason(ids.status()), "RESOURCE_NAME_INVALID");
    EXPECT_EQ(ErrorFields(ids.status())[0].field, "name");
  }
}

TEST(ResourceNameTest, IdLengthAtTheLimitAndOnePast) {
  EXPECT_TRUE(IsValidId(std::string(kMaxIdCharacters, 'a')));
  EXPECT_FALSE(IsValidId(std::string(kMaxIdCharacters + 1, 'a')));
  EXPECT_EQ(ErrorReason(CheckId("assessment_id", "A b")), "ID_INVALID");
}

TEST(ResourceNameTest, SplitsRevisions) {
  EXPECT_EQ(SplitRevision("rule_set", "schemes/dcc/ruleSets/asr-2.1@3")->revision, 3u);
  EXPECT_EQ(SplitRevision("rule_set", "schemes/dcc/ruleSets/asr-2.1@3")->name,
            "schemes/dcc/ruleSets/asr-2.1");
  EXPECT_EQ(SplitRevision("rule_set", "schemes/dcc/ruleSets/asr-2.1")->revision, 0u);
  for (const char* name :
       {"x@", "x@0", "x@01", "x@-1", "x@1@2", "x@1000000000", "x@1a", "x@One", "x@a@b", "x@a/b"}) {
    EXPECT_FALSE(SplitRevision("rule_set", name).ok()) << name;
  }
}

TEST(ResourceNameTest, SplitsAliases) {
  const auto named = SplitRevision("rule_set", "schemes/dcc/ruleSets/asr@current-2");
  ASSERT_TRUE(named.ok());
  EXPECT_EQ(named->name, "schemes/dcc/ruleSets/asr");
  EXPECT_EQ(named->alias, "current-2");
  EXPECT_EQ(named->revision, 0u);
  EXPECT_EQ(SplitRevision("rule_set", "x@3")->alias, "");
  EXPECT_TRUE(IsValidAlias("a" + std::string(kMaxIdCharacters - 1, '1')));
  EXPECT_FALSE(IsValidAlias("a" + std::string(kMaxIdCharacters, '1')));
  EXPECT_FALSE(IsValidAlias("1a"));
}

TEST(HexTest, RoundTripsAndKnowsSha256) {
  // FIPS 180-4 example: SHA-256("abc").
  EXPECT_EQ(ToHex(Sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(FromHex("00ff"), std::string("\0\xff", 2));
  EXPECT_EQ(FromHex("0"), std::nullopt);
  EXPECT_EQ(FromHex("0G"), std::nullopt);
}

TEST(IdSourceTest, IdsAreValidAndDistinct) {
  FakeIdSource fake(7);
  const std::string first = fake.NewId();
  EXPECT_TRUE(IsValidId(first));
  EXPECT_NE(first, fake.NewId());
  EXPECT_NE(SystemIdSource().NewId(), SystemIdSource().NewId());
}

}  // namespace
}  // namespace assay
