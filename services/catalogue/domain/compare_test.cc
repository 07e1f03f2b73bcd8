#include "services/catalogue/domain/compare.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/testing/proto_matchers.h"
#include "common/testing/status_matchers.h"
#include "services/catalogue/limits.h"
#include "services/catalogue/testing/model_two.h"
#include "services/catalogue/testing/shipped.h"

namespace assay::catalogue {
namespace {

using nlohmann::json;
using testing_kit::EqualsProto;
using testing_kit::IsOk;

v1::CompareRevisionsResponse Compare(DocumentKind kind, const json& base, const json& other) {
  const auto before = ParseDocument("two", kind, "base", base.dump());
  const auto after = ParseDocument("two", kind, "other", other.dump());
  EXPECT_THAT(before, IsOk());
  EXPECT_THAT(after, IsOk());
  const auto answer = CompareDocuments(*before, *after);
  EXPECT_THAT(answer, IsOk());
  return *answer;
}

TEST(CompareTest, TheSameContentDiffersInNothing) {
  const ModelTwoJson two = MakeModelTwo();
  EXPECT_THAT(Compare(DocumentKind::kRuleSet, two.rule_set, two.rule_set),
              EqualsProto("same: true"));
}

TEST(CompareTest, NamesAddedRemovedAndChangedControlsAndTheirProfiles) {
  const json base = MakeModelTwo().catalogue;
  json other = base;
  other["controls"].erase(2);  // a2, of profile high.
  EXPECT_THAT(Compare(DocumentKind::kCatalogue, base, other),
              EqualsProto("removed_controls: 'a2' affected_profiles: 'high'"));
  EXPECT_THAT(Compare(DocumentKind::kCatalogue, other, base),
              EqualsProto("added_controls: 'a2' affected_profiles: 'high'"));
  other = base;
  other["controls"][1]["profiles"] = {"high"};
  other["controls"][1]["title"] = "Changed";
  EXPECT_THAT(Compare(DocumentKind::kCatalogue, base, other), EqualsProto(R"pb(
                changed_controls { id: "a1" fields: "profiles" fields: "title" }
                affected_profiles: "low"
                affected_profiles: "high")pb"));
}

TEST(CompareTest, SourcesAndTitlesAreShownAndAffectNoProfile) {
  const json base = MakeModelTwo().catalogue;
  json other = base;
  other["title"] = "D";
  EXPECT_THAT(Compare(DocumentKind::kCatalogue, base, other), EqualsProto(R"pb(
                changes { path: "title" before: "\"C\"" after: "\"D\"" })pb"));
}

TEST(CompareTest, AnObjectiveAffectsTheProfilesOfItsControls) {
  json base = MakeModelTwo().catalogue;
  base["controls"].erase(1);  // Of A only a2 is left, of profile high.
  json other = base;
  other["objectives"][1]["title"] = "Changed";
  EXPECT_THAT(Compare(DocumentKind::kCatalogue, base, other), EqualsProto(R"pb(
                changes { path: "objectives[A].title" before: "\"First\"" after: "\"Changed\"" }
                affected_profiles: "high")pb"));
}

TEST(CompareTest, NamesChangedQuestionsAndANewOrder) {
  const json base = MakeModelTwo().question_set;
  json other = base;
  other["questions"][1]["indicator"] = "met";
  EXPECT_THAT(Compare(DocumentKind::kQuestionSet, base, other), EqualsProto(R"pb(
                changed_questions { id: "a1.2" fields: "indicator" }
                affected_profiles: "high")pb"));
  other = base;
  std::swap(other["questions"][1], other["questions"][2]);
  const v1::CompareRevisionsResponse answer = Compare(DocumentKind::kQuestionSet, base, other);
  ASSERT_EQ(answer.changes_size(), 1);
  EXPECT_EQ(answer.changes(0).path(), "questions");
  EXPECT_EQ(answer.changes(0).after(), R"(["a1.1","a1.3","a1.2"])");
  EXPECT_EQ(answer.affected_profiles_size(), 2);
}

TEST(CompareTest, ShowsRulesByTheirPlaceAndTheProfilesTheyAffect) {
  const json base = MakeModelTwo().rule_set;
  json other = base;
  other["thresholds"][1]["percent"] = 85;
  EXPECT_THAT(Compare(DocumentKind::kRuleSet, base, other), EqualsProto(R"pb(
                changes { path: "thresholds[high].percent" before: "80" after: "85" }
                affected_profiles: "high")pb"));
  other = base;
  other["requirements"][0]["mark"] = "yes";
  EXPECT_THAT(Compare(DocumentKind::kRuleSet, base, other), EqualsProto(R"pb(
                changes { path: "requirements[low/a1].mark" before: "\"partly\"" after: "\"yes\"" }
                affected_profiles: "low")pb"));
  other = base;
  other["options"]["phase"] = "practical_only";
  other["outcomes"][1]["when"].erase("points_at_least");
  EXPECT_THAT(Compare(DocumentKind::kRuleSet, base, other), EqualsProto(R"pb(
                changes { path: "options.phase" after: "\"practical_only\"" }
                changes { path: "outcomes[conditional].when.points_at_least" before: "3" }
                affected_profiles: "low"
                affected_profiles: "high")pb"));
}

TEST(CompareTest, ShowsWhatTheEarlierDccRulesDidOtherwise) {
  const ShippedJson shipped = LoadShipped(ASSAY_TEST_DATA);
  const v1::CompareRevisionsResponse answer =
      Compare(DocumentKind::kRuleSet, shipped.earlier_rule_set, shipped.rule_set);
  std::vector<std::string> paths;
  for (const v1::ValueChange& change : answer.changes()) {
    if (change.path() != "sources" && change.path() != "title") paths.push_back(change.path());
  }
  EXPECT_THAT(paths, ::testing::ElementsAre("fail_on_zero_points", "id", "objectives[CE].anchor",
                                            "options.anchor_certificate", "options.override_policy",
                                            "use"));
  EXPECT_EQ(answer.affected_profiles_size(), 4);
}

TEST(CompareTest, CutsLongValues) {
  const json base = MakeModelTwo().rule_set;
  json other = base;
  other["sources"] = json::array_t(8, std::string(500, 'x'));
  const v1::CompareRevisionsResponse answer = Compare(DocumentKind::kRuleSet, base, other);
  EXPECT_EQ(answer.changes(0).after().size(), kMaxComparedValueBytes + 3);
}

TEST(CompareTest, ListsChangesUpToTheLimitAndCountsTheRest) {
  json base = MakeModelTwo().rule_set;
  base["items"] = json::array();
  for (size_t i = 0; i <= kMaxChanges; ++i) {
    base["items"].push_back({{"control", "c" + std::to_string(i)}, {"counts", true}});
  }
  json other = base;
  for (size_t i = 0; i < kMaxChanges; ++i) other["items"][i]["counts"] = false;
  v1::CompareRevisionsResponse answer = Compare(DocumentKind::kRuleSet, base, other);
  EXPECT_EQ(answer.changes_size(), static_cast<int>(kMaxChanges));
  EXPECT_EQ(answer.changes_left_out(), 0u);
  other["items"][kMaxChanges]["counts"] = false;
  answer = Compare(DocumentKind::kRuleSet, base, other);
  EXPECT_EQ(answer.changes_size(), static_cast<int>(kMaxChanges));
  EXPECT_EQ(answer.changes_left_out(), 1u);
}

// What is left out counts: of 1001 requirements only the last is of profile low.
TEST(CompareTest, ChangesLeftOutStillAffectTheirProfiles) {
  json base = MakeModelTwo().rule_set;
  base["requirements"] = json::array();
  for (size_t i = 0; i <= kMaxChanges; ++i) {
    base["requirements"].push_back({{"profile", i == kMaxChanges ? "low" : "high"},
                                    {"control", "c" + std::to_string(i)},
                                    {"mark", "yes"}});
  }
  json other = base;
  for (json& requirement : other["requirements"]) requirement["mark"] = "no";
  const v1::CompareRevisionsResponse answer = Compare(DocumentKind::kRuleSet, base, other);
  EXPECT_EQ(answer.changes_left_out(), 1u);
  EXPECT_EQ(answer.affected_profiles_size(), 2);
}

}  // namespace
}  // namespace assay::catalogue
