// Every entry of the tables against the rules run on their own.

#include "services/scoring/engine/control_tables.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "services/scoring/engine/score_control.h"
#include "services/scoring/engine/testing/dcc_shape.h"
#include "services/scoring/engine/testing/random_scheme.h"

namespace assay::scoring {
namespace {

// One control for each size of scale; 16 marks is the limit.
SchemeDefinition WithScales(const RuleOptions& options) {
  SchemeDefinition scheme;
  scheme.profiles = {"P"};
  scheme.objectives = {{"A", "Objective"}};
  for (const size_t marks : {size_t{2}, size_t{3}, size_t{6}, kMaxMarks}) {
    const std::string id = std::to_string(marks);
    Scale& scale = scheme.rules.scales.emplace_back();
    scale.id = id;
    for (size_t i = 0; i < marks; ++i) {
      scale.marks.push_back({"m" + std::to_string(i), static_cast<int32_t>(marks - i)});
    }
    scheme.controls.push_back({id, "A", "", {"P"}, {}});
    scheme.rules.items.push_back({id, id, true});
  }
  scheme.rules.default_scale = "2";
  scheme.rules.options = options;
  scheme.rules.objectives = {{"A", true, false}};
  scheme.rules.thresholds = {{"P", 50}};
  scheme.rules.outcomes = {{"all", OutcomeKind::kRated, "All", {}}};
  scheme.rules.texts = {"Incomplete", ", "};
  return scheme;
}

std::vector<ReasonCode> ReasonsOf(const ControlResult& result) {
  return {result.reasons.begin(), result.reasons.end()};
}

void ExpectSame(const ControlResult& table, const ControlResult& rules) {
  EXPECT_EQ(table.state, rules.state);
  EXPECT_EQ(table.open, rules.open);
  EXPECT_EQ(table.base_known, rules.base_known);
  EXPECT_EQ(table.phase, rules.phase);
  EXPECT_EQ(table.mark, rules.mark);
  EXPECT_EQ(table.base_points, rules.base_points);
  EXPECT_EQ(table.points, rules.points);
  EXPECT_EQ(table.maximum, rules.maximum);
  EXPECT_EQ(ReasonsOf(table), ReasonsOf(rules));
  EXPECT_EQ(rules.question_result_count, 0u);
}

// Of one control, in one mode. Returns how many there are.
size_t CheckEntries(const CompiledProfile& profile, uint32_t control, Mode mode) {
  const auto marks = static_cast<uint8_t>(profile.ScaleOf(control).marks.size());
  const ScaleTable& table = profile.tables().of(mode)[profile.controls()[control].scale];
  Record record;
  record.mode = mode;
  record.controls.resize(profile.controls().size());
  std::vector<uint8_t> seen(table.size(), 0);
  std::vector<QuestionResult> questions;
  size_t entries = 0;
  ControlRecord& entry = record.controls[control];
  for (entry.theoretical = 0; entry.theoretical <= marks; ++entry.theoretical) {
    for (entry.practical = 0; entry.practical <= marks; ++entry.practical) {
      for (entry.adjustment = -1; entry.adjustment <= 1; ++entry.adjustment) {
        for (const uint8_t flags : {uint8_t{0}, kOverriddenFlag, kNotApplicableFlag}) {
          entry.flags = flags;
          const size_t index = table.IndexOf(entry);
          EXPECT_LT(index, table.size());
          EXPECT_EQ(seen.at(index)++, 0) << "two records share an entry";
          const ControlResult rules = ScoreControl(profile, record, control, questions);
          ExpectSame(table.result(index), rules);
          EXPECT_EQ(table.tally(index), Tally(rules));
          ++entries;
        }
      }
    }
  }
  return entries;
}

TEST(ControlTablesTest, EveryEntryIsWhatTheRulesSay) {
  size_t entries = 0;
  for (uint64_t seed = 0; seed < 30 && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    const CompiledProfile profile = MustCompile(WithScales(RandomOptions(random)), "P");
    for (uint32_t control = 0; control < profile.controls().size(); ++control) {
      entries += CheckEntries(profile, control, Mode::kFinal);
      entries += CheckEntries(profile, control, Mode::kProvisional);
    }
  }
  EXPECT_EQ(entries, 30u * 2 * 9 * (9 + 16 + 49 + 17 * 17));
}

TEST(ControlTablesTest, ControlsWithCertificatesOrOutsideTheCountAreWorkedOutAlone) {
  SchemeDefinition scheme = WithScales({});
  scheme.controls[1].certificate_kinds = {"KIND"};
  scheme.rules.items[2].counts = false;
  const CompiledProfile profile = MustCompile(scheme, "P");
  std::vector<bool> special;
  for (const ControlPlace& place : profile.tables().places) {
    special.push_back(place.special);
  }
  EXPECT_EQ(special, (std::vector<bool>{false, true, true, false}));
}

// 17 * 17 marks of 16, three adjustments, four sets of flags: nothing in between.
TEST(ControlTablesTest, TablesAreNoLargerThanTheRecordsThereAre) {
  const CompiledProfile profile = MustCompile(WithScales({}), "P");
  EXPECT_EQ(profile.tables().final[0].size(), 3u * 3 * 12);
  EXPECT_EQ(profile.tables().final[3].size(), 17u * 17 * 12);
}

TEST(ControlTablesTest, OnlyScalesThatAreLookedUpHaveTables) {
  SchemeDefinition scheme = WithScales({});
  scheme.controls[1].certificate_kinds = {"KIND"};
  scheme.rules.items[2].counts = false;
  scheme.controls[3].profiles = {"Q"};
  scheme.profiles.emplace_back("Q");
  scheme.rules.thresholds.push_back({"Q", 50});
  const CompiledProfile profile = MustCompile(scheme, "P");
  const auto used = [](const std::vector<ScaleTable>& tables) {
    std::vector<bool> sizes;
    for (const ScaleTable& table : tables) sizes.push_back(table.size() > 0);
    return sizes;
  };
  const std::vector<bool> plain = {true, false, false, false};
  const std::vector<bool> certified = {false, true, false, false};
  EXPECT_EQ(used(profile.tables().final), plain);
  EXPECT_EQ(used(profile.tables().provisional), plain);
  EXPECT_EQ(used(profile.tables().final_certified), certified);
  EXPECT_EQ(used(profile.tables().provisional_certified), certified);
}

}  // namespace
}  // namespace assay::scoring
