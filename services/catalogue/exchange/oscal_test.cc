#include "services/catalogue/exchange/oscal.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/testing/status_matchers.h"
#include "services/catalogue/domain/document.h"
#include "services/catalogue/domain/strict_json.h"
#include "services/catalogue/exchange/exchange.h"
#include "services/catalogue/exchange/test_file.h"
#include "services/catalogue/limits.h"

namespace assay::catalogue {
namespace {

using nlohmann::json;
using ::testing::Contains;
using ::testing::MatchesRegex;
using testing_kit::HasMetadata;
using testing_kit::HasReason;
using testing_kit::IsOk;

json Shipped() {
  return json::parse(
      RepositoryFile("services/catalogue/data/dcc/catalogues/def-stan-05-138-i4.json"));
}

TEST(WriteOscalTest, PutsObjectivesIntoGroupsAndControlsIntoThem) {
  const json catalog = WriteOscal(Shipped())["catalog"];
  ASSERT_EQ(catalog["groups"].size(), 5u);
  EXPECT_EQ(catalog["groups"][0], json::parse(R"({
      "id": "objective-CE", "title": "Cyber Essentials",
      "props": [{"name": "label", "value": "CE"}],
      "controls": [
        {"id": "control-0001", "title": "CE certificate covers scope",
         "props": [{"name": "label", "value": "0001"},
                   {"name": "profile", "ns": "urn:assay:oscal", "value": "L0"},
                   {"name": "profile", "ns": "urn:assay:oscal", "value": "L1"},
                   {"name": "profile", "ns": "urn:assay:oscal", "value": "L2"},
                   {"name": "profile", "ns": "urn:assay:oscal", "value": "L3"},
                   {"name": "certificate-kind", "ns": "urn:assay:oscal",
                    "value": "CYBER_ESSENTIALS"}]},
        {"id": "control-0002", "title": "CE Plus certificate covers scope",
         "props": [{"name": "label", "value": "0002"},
                   {"name": "profile", "ns": "urn:assay:oscal", "value": "L2"},
                   {"name": "profile", "ns": "urn:assay:oscal", "value": "L3"},
                   {"name": "certificate-kind", "ns": "urn:assay:oscal",
                    "value": "CYBER_ESSENTIALS_PLUS"}]}]})"));
  EXPECT_EQ(catalog["metadata"]["oscal-version"], "1.1.2");
}

// The pattern of OSCAL's UUIDDatatype.
TEST(WriteOscalTest, DerivesTheUuidFromTheDigest) {
  json document = Shipped();
  const std::string uuid = WriteOscal(document)["catalog"]["uuid"];
  EXPECT_THAT(uuid, MatchesRegex("[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-"
                                 "[0-9a-f]{12}"));
  EXPECT_EQ(WriteOscal(document)["catalog"]["uuid"], uuid);
  document["title"] = "Another";
  EXPECT_NE(WriteOscal(document)["catalog"]["uuid"], uuid);
}

TEST(ReadOscalTest, ImportsAForeignCatalogueAndNamesItsLosses) {
  const auto imported = ToSchemeJson(Format::kOscalJson, DocumentKind::kCatalogue,
                                     "dir/Synthetic OSCAL.json", TestFile("synthetic-oscal.json"));
  ASSERT_THAT(imported, IsOk());
  EXPECT_EQ(json::parse(imported->json), json::parse(R"({
      "model_version": 1, "id": "synthetic-oscal", "title": "Synthetic foreign catalogue",
      "sources": ["OSCAL catalogue \"Synthetic foreign catalogue\", version 7, last modified 2020-01-02T03:04:05Z, uuid 11111111-2222-4333-8444-555555555555"],
      "objectives": [{"id": "zz", "title": "Invented group"},
                     {"id": "group-2", "title": "Invented group without id"}],
      "profiles": [{"id": "all", "title": "All controls"}],
      "controls": [
        {"id": "zz-1", "title": "Invented control one", "objective": "zz", "profiles": ["all"]},
        {"id": "zz-2", "title": "Invented control two", "objective": "zz", "profiles": ["all"]},
        {"id": "zz-2.1", "title": "Invented enhancement", "objective": "zz", "profiles": ["all"]},
        {"id": "in-1", "title": "Inner control", "objective": "group-2", "profiles": ["all"]}]})"));
  const std::string dropped = "not carried over: a catalogue has no such field";
  const std::string flattened = "flattened: its controls moved up";
  for (const Loss& loss : std::vector<Loss>{
           {"catalog.params", "catalog.params", 1, dropped},
           {"catalog.back-matter", "catalog.back-matter", 1, dropped},
           {"catalog.metadata.parties", "catalog.metadata.parties", 1, dropped},
           {"catalog.groups[].class", "catalog.groups[0].class", 1, dropped},
           {"catalog.groups[].controls[].parts", "catalog.groups[0].controls[0].parts", 2, dropped},
           {"catalog.groups[].controls[].links", "catalog.groups[0].controls[0].links", 1, dropped},
           {"catalog.groups[].controls[].props[]", "catalog.groups[0].controls[0].props[0]", 2,
            dropped},
           {"catalog.groups[].controls[].controls", "catalog.groups[0].controls[0].controls", 1,
            flattened},
           {"catalog.groups[].controls[].controls[]", "catalog.groups[0].controls[0].controls[1]",
            1, "left out: withdrawn"},
           {"catalog.groups[].groups[]", "catalog.groups[1].groups[0]", 1, flattened},
           {"catalog.groups[].id", "catalog.groups[1].id", 1, "filled in: the group has none"},
           {"profiles", "profiles", 1, "filled in: OSCAL has no such field"}}) {
    EXPECT_THAT(imported->losses, Contains(loss)) << loss.field;
  }
  EXPECT_THAT(ParseDocument("x", DocumentKind::kCatalogue, "f", imported->json), IsOk());
}

TEST(ReadOscalTest, NamesWhatIsDroppedOfGroupsInsideGroups) {
  json oscal = json::parse(TestFile("synthetic-oscal.json"));
  json& inner = oscal["catalog"]["groups"][1]["groups"][0];
  inner["parts"] = json::array();
  inner["props"] = json::array();
  inner["groups"] = {{{"id", "innermost"}, {"title", "Innermost"}, {"params", json::array()}}};
  LossList losses;
  ASSERT_THAT(ReadOscal("f.json", oscal.dump(), losses), IsOk());
  const std::vector<Loss> named = losses.Take();
  const std::string dropped = "not carried over: a catalogue has no such field";
  for (const char* field : {"groups[].parts", "groups[].props", "groups[].groups[].params"}) {
    const auto found = std::find_if(named.begin(), named.end(), [&](const Loss& loss) {
      return loss.field == std::string("catalog.groups[].") + field;
    });
    ASSERT_NE(found, named.end()) << field;
    EXPECT_EQ(found->what, dropped);
  }
}

TEST(ReadOscalTest, NamesWhatAnotherToolAddedToOurs) {
  json oscal = WriteOscal(Shipped());
  oscal["catalog"]["groups"][0]["controls"][0]["parts"] = json::array();
  oscal["catalog"]["metadata"]["props"].push_back({{"name", "keywords"}, {"value", "x"}});
  LossList losses;
  const auto document = ReadOscal("f.json", oscal.dump(), losses);
  ASSERT_THAT(document, IsOk());
  EXPECT_EQ(*document, Shipped());
  const std::vector<Loss> named = losses.Take();
  ASSERT_EQ(named.size(), 2u);
  EXPECT_EQ(named[0].field, "catalog.metadata.props[]");
  EXPECT_EQ(named[1].first, "catalog.groups[0].controls[0].parts");
}

struct BadOscal {
  const char* name;
  std::string text;
  const char* path;
  const char* value;
};

TEST(ReadOscalTest, RefusesWhatIsNoCatalogueWithItsPlace) {
  const std::string head =
      R"({"catalog":{"metadata":{"title":"t","oscal-version":"1.1.2"},"groups":[)";
  const BadOscal table[] = {
      {"Syntax", "{\"catalog\":\n {,}}", "line 2, column 3", "not JSON"},
      {"Empty", "", "line 1, column 1", "not JSON"},
      {"OtherModel", R"({"profile":{}})", "catalog", "missing or no object"},
      {"List", "[]", "catalog", "missing or no object"},
      {"NoMetadata", R"({"catalog":{}})", "catalog.metadata", "missing or no object"},
      {"OtherVersion", R"({"catalog":{"metadata":{"title":"t","oscal-version":"2.0"}}})",
       "catalog.metadata.oscal-version", "\"2.0\""},
      {"KeyTwice", R"({"catalog":{},"catalog":{}})", "",
       "with key \"catalog\" given twice in one object"},
      {"GroupsNoList",
       R"({"catalog":{"metadata":{"title":"t","oscal-version":"1.1.2"},"groups":3}})",
       "catalog.groups", "3"},
      {"GroupNoObject", head + "7]}}", "catalog.groups[0]", "7"},
      {"NoTitle", head + R"({"id":"g"}]}})", "catalog.groups[0].title", "missing"},
      {"NulInTitle", head + R"({"id":"g","title":"a\u0000"}]}})", "catalog.groups[0].title",
       "\"a\\u0000\""},
      {"IdOfAnotherForm",
       head + R"({"id":"g","title":"t","controls":[{"id":"_x","title":"t"}]}]}})",
       "catalog.groups[0].controls[0].id", "\"_x\""},
      {"NumberPastEveryRange", head + R"({"id":"g","title":1e999}]}})", "",
       "with a number past every range"}};
  for (const BadOscal& bad : table) {
    SCOPED_TRACE(bad.name);
    LossList losses;
    const auto document = ReadOscal("f.json", bad.text, losses);
    ASSERT_THAT(document, HasReason(absl::StatusCode::kInvalidArgument, "SCHEME_FILE_INVALID"));
    EXPECT_THAT(document, HasMetadata("value", bad.value));
    EXPECT_THAT(document, HasMetadata("path", bad.path));
  }
}

TEST(ReadOscalTest, RefusesDepthPastTheLimit) {
  // The text around the list is two levels deep itself.
  const auto nested = [](int depth) {
    return absl::StrCat(R"({"catalog":{"metadata":{"title":"t","oscal-version":"1.1.2"},"x":)",
                        std::string(depth - 2, '['), std::string(depth - 2, ']'), "}}");
  };
  LossList losses;
  EXPECT_THAT(ReadOscal("f.json", nested(kMaxOscalDepth), losses), IsOk());
  EXPECT_THAT(ReadOscal("f.json", nested(kMaxOscalDepth + 1), losses),
              HasMetadata("value", "nested too deep"));
  EXPECT_THAT(ReadOscal("f.json", nested(1'000'000), losses),
              HasMetadata("value", "nested too deep"));
  EXPECT_THAT(ReadOscal("f.json", std::string(3'000'000, '['), losses),
              HasMetadata("value", "nested too deep"));
}

}  // namespace
}  // namespace assay::catalogue
