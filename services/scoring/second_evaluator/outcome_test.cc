// Section 6 of RULE_MODEL.md, the outcome of an assessment, with values worked by hand from its
// text.

#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/scoring/second_evaluator/evaluate.h"
#include "services/scoring/second_evaluator/test_scheme.h"

namespace assay::scoring::second {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Worked case: CE at L2 with one control Partial.
TEST(OutcomeTest, AnchorAloneFails) {
  const TestScheme scheme = Anchored(2);
  const Result result = scheme.Score(Marked(scheme, {kMetMark, kPartialMark, kMetMark}));
  EXPECT_EQ(result.objectives[0].points, 3);
  EXPECT_EQ(result.objectives[0].maximum, 4);
  EXPECT_THAT(result.failed_objectives, ElementsAre(0));
  EXPECT_TRUE(result.failed_on_anchor);
  EXPECT_EQ(result.outcome, kFailed);
}

TEST(OutcomeTest, FailedObjectivesStandInCatalogueOrder) {
  const TestScheme scheme = Anchored(1);
  const Result result = scheme.Score(Marked(scheme, {kNotMetMark, kNotMetMark}));
  EXPECT_THAT(result.failed_objectives, ElementsAre(0, 1));
  EXPECT_EQ(result.outcome, kFailed);
}

TEST(OutcomeTest, ObjectiveNeitherMandatoryNorAnchorDoesNotFailTheAssessment) {
  TestScheme scheme = Anchored(1);
  scheme.definition.rules.objectives[1].mandatory = false;
  const Result result = scheme.Score(Marked(scheme, {kMetMark, kNotMetMark}));
  EXPECT_EQ(result.objectives[1].outcome, ObjectiveOutcome::kFailed);
  EXPECT_FALSE(result.objectives[1].fails_assessment);
  EXPECT_THAT(result.failed_objectives, IsEmpty());
  EXPECT_EQ(result.outcome, kPassed);

  scheme.definition.rules.objectives[0].mandatory = false;
  const Result anchor = scheme.Score(Marked(scheme, {kNotMetMark, kMetMark}));
  EXPECT_TRUE(anchor.objectives[0].fails_assessment);
  EXPECT_EQ(anchor.outcome, kFailed);
}

TEST(OutcomeTest, AnchorFailingLooksOnlyAtFailedOutcomes) {
  TestScheme scheme = Anchored(1);
  OutcomeRule rated = {"rated", OutcomeKind::kRated, ""};
  rated.when.points_at_least = 0;
  OutcomeRule poor = {"poor", OutcomeKind::kFailed, ""};
  poor.when.points_at_least = 2;
  scheme.definition.rules.outcomes = {rated, poor, {"failed", OutcomeKind::kFailed, ""}};
  EXPECT_EQ(scheme.Score(Marked(scheme, {kMetMark, kNotMetMark})).outcome, 0);
  EXPECT_EQ(scheme.Score(Marked(scheme, {kNotMetMark, kMetMark})).outcome, 1);
  EXPECT_EQ(scheme.Score(Marked(scheme, {kNotMetMark, kPartialMark})).outcome, 2);
}

TEST(OutcomeTest, BandByTotalAndByWorstItem) {
  // Food-hygiene-like: band by total shortfall and by the worst item.
  TestScheme scheme = OneObjective(3);
  scheme.definition.rules.scales[0].marks = {{"a", 25}, {"b", 20}, {"c", 15}, {"d", 10}, {"e", 0}};
  scheme.definition.rules.thresholds[0].percent = 0;
  OutcomeRule five = {"5", OutcomeKind::kRated, ""};
  five.when.shortfall_at_most = 15;
  five.when.item_shortfall_at_most = 5;
  OutcomeRule four = {"4", OutcomeKind::kRated, ""};
  four.when.shortfall_at_most = 20;
  four.when.item_shortfall_at_most = 10;
  scheme.definition.rules.outcomes = {five, four, {"0", OutcomeKind::kRated, ""}};
  EXPECT_EQ(scheme.Score(Marked(scheme, {2, 2, 2})).outcome, 0);  // 5 + 5 + 5.
  EXPECT_EQ(scheme.Score(Marked(scheme, {3, 1, 1})).outcome, 1);  // 10, one item too low.
  EXPECT_EQ(scheme.Score(Marked(scheme, {3, 3, 1})).outcome, 1);  // 10 + 10.
  EXPECT_EQ(scheme.Score(Marked(scheme, {3, 3, 2})).outcome, 2);  // 25.
  EXPECT_EQ(scheme.Score(Marked(scheme, {4, 1, 1})).outcome, 2);  // 15 in one item.
}

// Three controls A1 to A3 and a best outcome under `when`, which asks nothing of objectives.
int32_t OutcomeUnder(const OutcomeConditions& when, const std::vector<uint8_t>& marks,
                     const std::vector<uint8_t>& flags = {0, 0, 0},
                     const std::vector<ItemRule>& items = {}) {
  TestScheme scheme = OneObjective(3);
  scheme.definition.rules.outcomes[0].when = when;
  scheme.definition.rules.items = items;
  scheme.definition.rules.requirements = {{kProfile, "A1", "partially_met"},
                                          {"OTHER", "A2", "met"}};
  Record record = Marked(scheme, marks);
  for (size_t k = 0; k < flags.size(); ++k) record.controls[k].flags = flags[k];
  return scheme.Score(record).outcome;
}

TEST(ConditionTest, PercentAtTheLimitAndBelow) {
  OutcomeConditions when;
  when.percent_at_least = 50;
  EXPECT_EQ(OutcomeUnder(when, {kMetMark, kPartialMark, kNotMetMark}), kPassed);      // 3/6.
  EXPECT_EQ(OutcomeUnder(when, {kPartialMark, kPartialMark, kNotMetMark}), kFailed);  // 2/6.
  // 2/4 with the Partial left out.
  EXPECT_EQ(OutcomeUnder(when, {kMetMark, 0, kNotMetMark}, {0, kNotApplicableFlag, 0}), kPassed);
}

TEST(ConditionTest, PointsAndShortfallAtTheLimitAndBeyond) {
  OutcomeConditions points;
  points.points_at_least = 4;
  EXPECT_EQ(OutcomeUnder(points, {kMetMark, kMetMark, kNotMetMark}), kPassed);
  EXPECT_EQ(OutcomeUnder(points, {kMetMark, kPartialMark, kNotMetMark}), kFailed);
  OutcomeConditions shortfall;
  shortfall.shortfall_at_most = 2;
  EXPECT_EQ(OutcomeUnder(shortfall, {kMetMark, kMetMark, kNotMetMark}), kPassed);
  EXPECT_EQ(OutcomeUnder(shortfall, {kMetMark, kPartialMark, kNotMetMark}), kFailed);
}

TEST(ConditionTest, ItemShortfallWithExceptionSeesScoredItemsOnly) {
  OutcomeConditions when;
  when.item_shortfall_at_most = 0;
  when.item_shortfall_exceptions = {{"A2", 1}};
  EXPECT_EQ(OutcomeUnder(when, {kMetMark, kPartialMark, kMetMark}), kPassed);
  EXPECT_EQ(OutcomeUnder(when, {kMetMark, kNotMetMark, kMetMark}), kFailed);
  EXPECT_EQ(OutcomeUnder(when, {kPartialMark, kMetMark, kMetMark}), kFailed);
  EXPECT_EQ(OutcomeUnder(when, {kPartialMark, kMetMark, kMetMark}, {}, {{"A1", "", false}}),
            kPassed);
  EXPECT_EQ(OutcomeUnder(when, {0, kMetMark, kMetMark}, {kNotApplicableFlag, 0, 0}), kPassed);
}

TEST(ConditionTest, ExceptionMayBeStricter) {
  OutcomeConditions when;
  when.item_shortfall_at_most = 2;
  when.item_shortfall_exceptions = {{"A2", 0}};
  EXPECT_EQ(OutcomeUnder(when, {kNotMetMark, kMetMark, kNotMetMark}), kPassed);
  EXPECT_EQ(OutcomeUnder(when, {kMetMark, kPartialMark, kMetMark}), kFailed);
}

TEST(ConditionTest, FullMarksSeesItemsThatDoNotCountAndPassesOverNotApplicable) {
  OutcomeConditions when;
  when.full_marks = {"A1", "ELSEWHERE"};
  EXPECT_EQ(OutcomeUnder(when, {kMetMark, kNotMetMark, kNotMetMark}), kPassed);
  EXPECT_EQ(OutcomeUnder(when, {kPartialMark, kMetMark, kMetMark}), kFailed);
  EXPECT_EQ(OutcomeUnder(when, {kPartialMark, kMetMark, kMetMark}, {}, {{"A1", "", false}}),
            kFailed);
  EXPECT_EQ(OutcomeUnder(when, {0, kMetMark, kMetMark}, {kNotApplicableFlag, 0, 0}), kPassed);
}

TEST(ConditionTest, FullObjectivesSeesScoredItems) {
  OutcomeConditions when;
  when.full_objectives = {"A"};
  EXPECT_EQ(OutcomeUnder(when, {kMetMark, kMetMark, kMetMark}), kPassed);
  EXPECT_EQ(OutcomeUnder(when, {kMetMark, kMetMark, kPartialMark}), kFailed);
  EXPECT_EQ(OutcomeUnder(when, {kMetMark, kMetMark, 0}, {0, 0, kNotApplicableFlag}), kPassed);
  EXPECT_EQ(OutcomeUnder(when, {kMetMark, kMetMark, kPartialMark}, {}, {{"A3", "", false}}),
            kPassed);
}

TEST(ConditionTest, RequirementsOfTheProfileOnly) {
  OutcomeConditions when;
  when.requirements_met = true;
  EXPECT_EQ(OutcomeUnder(when, {kPartialMark, kNotMetMark, kNotMetMark}), kPassed);
  EXPECT_EQ(OutcomeUnder(when, {kNotMetMark, kMetMark, kMetMark}), kFailed);
  EXPECT_EQ(OutcomeUnder(when, {kNotMetMark, kMetMark, kMetMark}, {}, {{"A1", "", false}}),
            kFailed);
  EXPECT_EQ(OutcomeUnder(when, {0, kMetMark, kMetMark}, {kNotApplicableFlag, 0, 0}), kPassed);
}

TEST(ConditionTest, AllMustHold) {
  OutcomeConditions when;
  when.points_at_least = 4;
  when.full_marks = {"A1"};
  EXPECT_EQ(OutcomeUnder(when, {kMetMark, kMetMark, kNotMetMark}), kPassed);
  EXPECT_EQ(OutcomeUnder(when, {kMetMark, kPartialMark, kNotMetMark}), kFailed);
  EXPECT_EQ(OutcomeUnder(when, {kPartialMark, kMetMark, kMetMark}), kFailed);
}

TEST(ScoreTest, BaseLessTheTotalShortfallMayBeNegative) {
  TestScheme scheme = OneObjective(2);
  scheme.definition.rules.scales[0].marks = {{"met", 5}, {"not_met", 0}};
  scheme.definition.rules.score_base = 8;
  EXPECT_EQ(scheme.Score(Marked(scheme, {1, 2})).score, 3);
  EXPECT_EQ(scheme.Score(Marked(scheme, {2, 2})).score, -2);
  scheme.definition.rules.items = {{"A2", "", false}};
  EXPECT_EQ(scheme.Score(Marked(scheme, {1, 2})).score, 8);
}

}  // namespace
}  // namespace assay::scoring::second
