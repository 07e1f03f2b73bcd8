// Sections 5 and 7 of RULE_MODEL.md and the worked cases of the scheme rules, with values worked by
// hand from the text.

#include "services/scoring/second_evaluator/evaluate.h"

#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/scoring/second_evaluator/rational.h"
#include "services/scoring/second_evaluator/test_scheme.h"

namespace assay::scoring::second {
namespace {

using ::testing::ElementsAre;

std::vector<uint8_t> Marks(size_t met, size_t partial, size_t not_met) {
  std::vector<uint8_t> marks(met, kMetMark);
  marks.insert(marks.end(), partial, kPartialMark);
  marks.insert(marks.end(), not_met, kNotMetMark);
  return marks;
}

ObjectiveOutcome OutcomeOfFirst(const TestScheme& scheme, const Record& record) {
  return scheme.Score(record).objectives[0].outcome;
}

TEST(RationalTest, ComparesExactly) {
  EXPECT_FALSE((Rational{118, 148}) >= Percent(80));  // 79.73 percent.
  EXPECT_FALSE((Rational{35, 44}) >= Percent(80));    // 79.55 percent.
  EXPECT_TRUE((Rational{16, 20}) >= Percent(80));
  EXPECT_TRUE((Rational{0, 0}) >= Percent(100));
  EXPECT_EQ(FewestOf(148, Percent(80)), 119);
  EXPECT_EQ(FewestOf(20, Percent(80)), 16);
  EXPECT_EQ(FewestOf(0, Percent(80)), 0);
}

TEST(SchemeTest, OrdersItemsByObjectiveAndQuestionsByItem) {
  TestScheme scheme;
  scheme.AddObjective("A");
  scheme.AddObjective("B");
  scheme.AddControl("B1");
  scheme.AddQuestion("B1.1");
  scheme.AddControl("A1").objective = "A";
  scheme.AddQuestion("A1.1").scored = false;
  scheme.AddControl("B2").profiles = {"OTHER"};
  scheme.AddControl("B3");
  const Scheme built = scheme.Build();
  ASSERT_EQ(built.items().size(), 3u);
  EXPECT_EQ(built.objectives()[0].items.end, 1u);
  EXPECT_EQ(built.objectives()[1].items.first, 1u);
  EXPECT_EQ(built.objectives()[1].items.end, 3u);
  ASSERT_EQ(built.questions().size(), 2u);
  EXPECT_FALSE(built.questions()[0].scored);  // A1.1
  EXPECT_TRUE(built.questions()[1].scored);   // B1.1
  EXPECT_EQ(built.items()[0].questions.end, 1u);
  EXPECT_EQ(built.items()[1].questions.end, 2u);
  EXPECT_EQ(built.items()[2].questions.size(), 0u);
}

// Worked case: 10 controls, 7 Met, 2 Partial, 1 Not Met.
TEST(ObjectiveTest, SixteenOfTwentyFailsOnTheNotMetOnly) {
  TestScheme scheme = OneObjective(10);
  const Record record = Marked(scheme, Marks(7, 2, 1));
  const Result result = scheme.Score(record);
  EXPECT_EQ(result.objectives[0], (ObjectiveResult{ObjectiveOutcome::kFailed, 16, 20, 16, true,
                                                   true, false, true, true}));
  EXPECT_EQ(result.outcome, kFailed);
  EXPECT_EQ(result.points, 16);
  EXPECT_EQ(result.maximum, 20);
  EXPECT_EQ(result.score, 16);
  EXPECT_THAT(result.failed_objectives, ElementsAre(0));
  EXPECT_FALSE(result.failed_on_anchor);

  scheme.options().zero_point_rule = ZeroPointRule::kOff;
  const Result before = scheme.Score(record);
  EXPECT_EQ(before.objectives[0], (ObjectiveResult{ObjectiveOutcome::kPassed, 16, 20, 16, true,
                                                   true, true, true, false}));
  EXPECT_EQ(before.outcome, kPassed);
}

TEST(ObjectiveTest, RaisingTheLastToPartialPasses) {
  const TestScheme scheme = OneObjective(10);
  const Result result = scheme.Score(Marked(scheme, Marks(7, 3, 0)));
  EXPECT_EQ(result.objectives[0].points, 17);
  EXPECT_EQ(result.objectives[0].outcome, ObjectiveOutcome::kPassed);
  EXPECT_EQ(result.outcome, kPassed);
}

struct PartialsCase {
  const char* name;
  size_t controls;
  size_t survives;
  int64_t points_needed;
};

// Worked case: how many Partials an objective of so many controls survives at 80 percent.
TEST(ObjectiveTest, PartialsItSurvives) {
  const PartialsCase cases[] = {
      {"L1 CE", 1, 0, 2},  {"L1 A", 12, 4, 20}, {"L1 B", 75, 30, 120}, {"L1 C", 9, 3, 15},
      {"L1 D", 4, 1, 7},   {"L2 CE", 2, 0, 4},  {"L2 A", 18, 7, 29},   {"L2 B", 95, 38, 152},
      {"L2 C", 15, 6, 24}, {"L2 D", 9, 3, 15},
  };
  for (const PartialsCase& c : cases) {
    const TestScheme scheme = OneObjective(c.controls);
    const Result at = scheme.Score(Marked(scheme, Marks(c.controls - c.survives, c.survives, 0)));
    EXPECT_EQ(at.objectives[0].outcome, ObjectiveOutcome::kPassed) << c.name;
    EXPECT_EQ(at.objectives[0].points_needed, c.points_needed) << c.name;
    const size_t beyond = c.survives + 1;
    const Result past = scheme.Score(Marked(scheme, Marks(c.controls - beyond, beyond, 0)));
    EXPECT_EQ(past.objectives[0].outcome, ObjectiveOutcome::kFailed) << c.name;
    EXPECT_FALSE(past.objectives[0].percentage_ok) << c.name;
  }
}

// Worked case: L1 D.
TEST(ObjectiveTest, NotApplicableIsNotMonotone) {
  const TestScheme scheme = OneObjective(4);
  Record record = Marked(scheme, {kMetMark, kMetMark, kPartialMark, 0});
  record.controls[3].flags = kNotApplicableFlag;
  EXPECT_EQ(OutcomeOfFirst(scheme, record), ObjectiveOutcome::kPassed);  // 5/6.
  record.controls[0].flags = kNotApplicableFlag;
  EXPECT_EQ(OutcomeOfFirst(scheme, record), ObjectiveOutcome::kFailed);  // 3/4.
  record.controls[2].flags = kNotApplicableFlag;
  EXPECT_EQ(OutcomeOfFirst(scheme, record), ObjectiveOutcome::kPassed);  // 2/2.
}

TEST(ObjectiveTest, WholePercentRoundingIsNotEnough) {
  const TestScheme scheme = OneObjective(75);
  Record record = Marked(scheme, Marks(44, 30, 0));  // 118/148 with the last one N/A.
  record.controls[74].flags = kNotApplicableFlag;
  const Result result = scheme.Score(record);
  EXPECT_EQ(result.points, 118);
  EXPECT_EQ(result.maximum, 148);
  EXPECT_EQ(result.objectives[0].outcome, ObjectiveOutcome::kFailed);
}

TEST(ObjectiveTest, OwnThresholdStandsInForTheProfiles) {
  TestScheme scheme = OneObjective(2);
  const Record record = Marked(scheme, Marks(1, 1, 0));  // 3/4.
  EXPECT_EQ(OutcomeOfFirst(scheme, record), ObjectiveOutcome::kFailed);
  scheme.definition.rules.objectives[0].threshold_percent = 75;
  EXPECT_EQ(OutcomeOfFirst(scheme, record), ObjectiveOutcome::kPassed);
  scheme.definition.rules.objectives[0].threshold_percent = 76;
  EXPECT_EQ(OutcomeOfFirst(scheme, record), ObjectiveOutcome::kFailed);
}

TEST(ObjectiveTest, ItemShortfallLimit) {
  TestScheme scheme = OneObjective(10);
  const Record record = Marked(scheme, Marks(9, 1, 0));
  scheme.definition.rules.objectives[0].item_shortfall_at_most = 1;
  EXPECT_EQ(OutcomeOfFirst(scheme, record), ObjectiveOutcome::kPassed);
  scheme.definition.rules.objectives[0].item_shortfall_at_most = 0;
  const Result result = scheme.Score(record);
  EXPECT_EQ(result.objectives[0].outcome, ObjectiveOutcome::kFailed);
  EXPECT_FALSE(result.objectives[0].item_shortfall_ok);
  EXPECT_TRUE(result.objectives[0].percentage_ok);
}

TEST(ObjectiveTest, NotMetIsTheStateAndNotZeroPoints) {
  TestScheme scheme = OneObjective(2);
  scheme.definition.rules.scales[0].marks = {{"a", 10}, {"b", 0}, {"c", 0}};
  scheme.definition.rules.thresholds[0].percent = 50;
  EXPECT_EQ(OutcomeOfFirst(scheme, Marked(scheme, {1, 2})), ObjectiveOutcome::kPassed);
  EXPECT_EQ(OutcomeOfFirst(scheme, Marked(scheme, {1, 3})), ObjectiveOutcome::kFailed);
}

TEST(ObjectiveTest, ItemsThatDoNotCountAddNothing) {
  TestScheme scheme = OneObjective(2);
  scheme.definition.rules.items = {{"A2", "", false}};
  const Result result = scheme.Score(Marked(scheme, {kMetMark, kNotMetMark}));
  EXPECT_EQ(result.items[1], (ItemResult{State::kNotMet, false, 0, 2}));
  EXPECT_EQ(result.objectives[0].outcome, ObjectiveOutcome::kPassed);
  EXPECT_EQ(result.objectives[0].maximum, 2);
  EXPECT_EQ(result.maximum, 2);
}

TEST(ObjectiveTest, OpenItemThatDoesNotCountLeavesTheAssessmentOnlyIncomplete) {
  TestScheme scheme = OneObjective(2);
  scheme.definition.rules.items = {{"A2", "", false}};
  Record record = Marked(scheme, {kMetMark});
  record.mode = Mode::kProvisional;
  const Result result = scheme.Score(record);
  EXPECT_EQ(result.objectives[0].outcome, ObjectiveOutcome::kPassed);
  EXPECT_EQ(result.outcome, Result::kIncomplete);
}

TEST(ObjectiveTest, WithoutCountingItemIsNotAssessed) {
  TestScheme scheme = OneObjective(1);
  scheme.definition.rules.items = {{"A1", "", false}};
  scheme.options().all_not_applicable = AllNotApplicable::kFail;
  Record record = Marked(scheme, {kNotMetMark});
  EXPECT_EQ(OutcomeOfFirst(scheme, record), ObjectiveOutcome::kNotAssessedAtLevel);
  record.controls[0].flags = kNotApplicableFlag;
  EXPECT_EQ(OutcomeOfFirst(scheme, record), ObjectiveOutcome::kNotAssessedAtLevel);
  scheme.AddObjective("B");
  EXPECT_EQ(scheme.Score(record).objectives[1].outcome, ObjectiveOutcome::kNotAssessedAtLevel);
  EXPECT_EQ(scheme.Score(record).outcome, kPassed);
}

TEST(ObjectiveTest, AllNotApplicableByOption) {
  TestScheme scheme = OneObjective(2);
  Record record = scheme.NewRecord();
  for (ControlRecord& control : record.controls) control.flags = kNotApplicableFlag;
  EXPECT_EQ(OutcomeOfFirst(scheme, record), ObjectiveOutcome::kNoScoredControls);
  EXPECT_EQ(scheme.Score(record).outcome, kPassed);
  scheme.options().all_not_applicable = AllNotApplicable::kPass;
  EXPECT_EQ(OutcomeOfFirst(scheme, record), ObjectiveOutcome::kPassed);
  scheme.options().all_not_applicable = AllNotApplicable::kFail;
  EXPECT_EQ(OutcomeOfFirst(scheme, record), ObjectiveOutcome::kFailed);
  EXPECT_EQ(scheme.Score(record).outcome, kFailed);
}

TEST(ObjectiveTest, IncompleteWhileAnItemIsOpenAndABlankIsNotNotMet) {
  const TestScheme scheme = OneObjective(2);
  Record record = Marked(scheme, {kMetMark});
  record.mode = Mode::kProvisional;
  const Result result = scheme.Score(record);
  EXPECT_EQ(result.objectives[0].outcome, ObjectiveOutcome::kIncomplete);
  EXPECT_FALSE(result.objectives[0].any_not_met);
  EXPECT_EQ(result.objectives[0].points, 2);
  EXPECT_EQ(result.objectives[0].maximum, 4);
  EXPECT_FALSE(result.objectives[0].fails_assessment);
  EXPECT_EQ(result.outcome, Result::kIncomplete);
  record.mode = Mode::kFinal;
  EXPECT_EQ(scheme.Score(record).outcome, kFailed);
}

TEST(TriggerTest, StandInTheDocumentedOrder) {
  TestScheme scheme;
  scheme.AddObjective("CE").anchor = true;
  scheme.AddControl("CE1");
  scheme.AddQuestion("CE1.1");
  scheme.AddQuestion("CE1.2");
  scheme.AddControl("CE2");
  scheme.AddObjective("A");
  scheme.AddControl("A1");
  scheme.AddQuestion("A1.1");
  scheme.definition.rules.ratification = {{{"OTHER"}}, {{"OTHER", kProfile}}, {{kProfile}}};
  Record record = scheme.NewRecord();
  record.theoretical_questions[1].outcome = Outcome::kNotApplicable;
  record.practical_questions[1].outcome = Outcome::kNotApplicable;
  record.practical_questions[2].outcome = Outcome::kNotApplicable;
  record.controls[0].flags = kOverriddenFlag;
  record.controls[1].flags = kOverriddenFlag;
  record.controls[2].flags = kNotApplicableFlag;
  EXPECT_THAT(scheme.Score(record).triggers,
              ElementsAre(Trigger{TriggerKind::kOverride, 0, true},
                          Trigger{TriggerKind::kQuestionNotApplicable, 1, true},
                          Trigger{TriggerKind::kOverride, 1, true},
                          Trigger{TriggerKind::kNotApplicable, 2, false},
                          Trigger{TriggerKind::kQuestionNotApplicable, 2, false},
                          Trigger{TriggerKind::kNoScoredControls, 1, false},
                          Trigger{TriggerKind::kRatification, 1, false},
                          Trigger{TriggerKind::kRatification, 2, false}));
}

TEST(TriggerTest, ComeWhateverTheOptionsAndPhase) {
  TestScheme scheme = OneControl();
  scheme.AddQuestion("A1.1");
  scheme.options().overrides = OverrideRule::kIgnored;
  scheme.options().phase = PhaseRule::kPracticalOnly;
  Record record = scheme.NewRecord();
  record.controls[0].flags = kOverriddenFlag;
  record.theoretical_questions[0].outcome = Outcome::kNotApplicable;
  EXPECT_THAT(scheme.Score(record).triggers,
              ElementsAre(Trigger{TriggerKind::kOverride, 0, false},
                          Trigger{TriggerKind::kQuestionNotApplicable, 0, false}));
}

TEST(TriggerTest, QuestionThatIsNotAskedTriggers) {
  TestScheme scheme = OneControl();
  scheme.AddGate("A1.1", false);
  scheme.AddQuestion("A1.2").asked_when = AskedWhen{"A1.1", {"yes"}};
  Record record = scheme.NewRecord();
  record.theoretical_questions = {{Outcome::kUnanswered, 2}, {Outcome::kNotApplicable, 0}};
  EXPECT_THAT(scheme.Score(record).triggers,
              ElementsAre(Trigger{TriggerKind::kQuestionNotApplicable, 1, false}));
}

TEST(TriggerTest, OverturnedItemsTriggerNothing) {
  TestScheme scheme = OneObjective(2);
  scheme.AddQuestion("A2.1");
  Record record = scheme.NewRecord();
  record.theoretical_questions[0].outcome = Outcome::kNotApplicable;
  record.controls[0].flags = kNotApplicableFlag;
  record.controls[1].flags = kNotApplicableFlag | kOverturnedFlag;
  EXPECT_THAT(scheme.Score(record).triggers,
              ElementsAre(Trigger{TriggerKind::kNotApplicable, 0, false}));
}

TEST(TriggerTest, NoScoredControlsLooksAtCountingItems) {
  TestScheme scheme = OneObjective(2);
  scheme.definition.rules.items = {{"A2", "", false}};
  Record record = scheme.NewRecord();
  record.controls[0].flags = kNotApplicableFlag;
  EXPECT_THAT(scheme.Score(record).triggers,
              ElementsAre(Trigger{TriggerKind::kNotApplicable, 0, false},
                          Trigger{TriggerKind::kNoScoredControls, 0, false}));
  scheme.definition.rules.items.push_back({"A1", "", false});
  EXPECT_THAT(scheme.Score(record).triggers,
              ElementsAre(Trigger{TriggerKind::kNotApplicable, 0, false}));
}

TEST(EvaluateTest, ReusedResultHoldsNothingOfTheLast) {
  const TestScheme large = Anchored(3);
  Record failing = large.NewRecord();
  failing.controls[0].flags = kNotApplicableFlag;
  Result reused;
  Evaluate(large.Build(), failing, reused);
  ASSERT_TRUE(reused.failed_on_anchor);
  const TestScheme small = OneObjective(2);
  const Record record = Marked(small, {kMetMark, kPartialMark});
  Evaluate(small.Build(), record, reused);
  EXPECT_EQ(reused, small.Score(record));
}

TEST(EvaluateTest, RecordWithoutQuestionsNeedsNoRoomForThem) {
  TestScheme scheme = OneControl();
  scheme.AddQuestion("A1.1");
  Record record = Marked(scheme, {kMetMark});
  record.theoretical_questions.clear();
  record.practical_questions.clear();
  EXPECT_EQ(scheme.Score(record).outcome, kPassed);
}

}  // namespace
}  // namespace assay::scoring::second
