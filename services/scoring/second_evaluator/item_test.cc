// Sections 1 and 2 of RULE_MODEL.md, with values worked by hand from its text.

#include "services/scoring/second_evaluator/item.h"

#include <gtest/gtest.h>

#include "services/scoring/second_evaluator/test_item.h"

namespace assay::scoring::second {
namespace {

TEST(MarkTest, GivesStateAndPointsOfTheScale) {
  const TestScheme scheme = OneControl();
  EXPECT_EQ(ScoreFirst(scheme, Marked(scheme, {kMetMark})), kItemMet);
  EXPECT_EQ(ScoreFirst(scheme, Marked(scheme, {kPartialMark})), kItemPartial);
  EXPECT_EQ(ScoreFirst(scheme, Marked(scheme, {kNotMetMark})), kItemNotMet);
}

TEST(MarkTest, StateFollowsTheMarkAndNotItsPoints) {
  TestScheme scheme = OneControl();
  UseScale(scheme, {{"a", 5}, {"b", 5}, {"c", 1}, {"d", 1}});
  EXPECT_EQ(ScoreFirst(scheme, Marked(scheme, {1})), (ItemResult{State::kMet, false, 5, 5}));
  EXPECT_EQ(ScoreFirst(scheme, Marked(scheme, {2})),
            (ItemResult{State::kPartiallyMet, false, 5, 5}));
  EXPECT_EQ(ScoreFirst(scheme, Marked(scheme, {3})),
            (ItemResult{State::kPartiallyMet, false, 1, 5}));
  EXPECT_EQ(ScoreFirst(scheme, Marked(scheme, {4})), (ItemResult{State::kNotMet, false, 1, 5}));
}

TEST(MarkTest, ItemRuleNamesAnotherScale) {
  TestScheme scheme = OneControl();
  scheme.definition.rules.scales.push_back({"two", {{"yes", 7}, {"no", 3}}});
  scheme.definition.rules.items = {{"A1", "two", true}};
  EXPECT_EQ(ScoreFirst(scheme, Marked(scheme, {1})), (ItemResult{State::kMet, false, 7, 7}));
  EXPECT_EQ(ScoreFirst(scheme, Marked(scheme, {2})), (ItemResult{State::kNotMet, false, 3, 7}));
}

TEST(PhaseTest, OptionChoosesTheFinding) {
  TestScheme scheme = OneControl();
  Record record = Marked(scheme, {kMetMark});
  record.controls[0].practical = kPartialMark;
  EXPECT_EQ(ScoreFirst(scheme, record), kItemPartial);
  scheme.options().phase = PhaseRule::kTheoreticalOnly;
  EXPECT_EQ(ScoreFirst(scheme, record), kItemMet);
  scheme.options().phase = PhaseRule::kPracticalOnly;
  EXPECT_EQ(ScoreFirst(scheme, record), kItemPartial);
}

TEST(PhaseTest, LatestFallsBackToTheTheoreticalButTheOthersAreBlank) {
  TestScheme scheme = OneControl();
  Record record = Marked(scheme, {kMetMark});
  record.mode = Mode::kProvisional;
  EXPECT_EQ(ScoreFirst(scheme, record), kItemMet);
  scheme.options().phase = PhaseRule::kPracticalOnly;
  EXPECT_EQ(ScoreFirst(scheme, record), kItemBlank);
}

TEST(PhaseTest, OneAnswerMakesThePracticalPhasePresent) {
  const TestScheme scheme = TwoQuestions();
  Record record = scheme.NewRecord();
  record.theoretical_questions = {kMeets, kMeets};
  record.practical_questions = {kMeets, kNone};
  EXPECT_EQ(ScoreFirst(scheme, record), kItemPartial);
}

TEST(PhaseTest, OutcomeOfAQuestionThatIsNotAskedMakesThePhasePresent) {
  TestScheme scheme = OneControl();
  scheme.AddGate("A1.1", false);
  scheme.AddQuestion("A1.2").asked_when = AskedWhen{"A1.1", {"yes"}};
  Record record = scheme.NewRecord();
  record.mode = Mode::kProvisional;
  record.theoretical_questions = {kYes, kMeets};
  record.practical_questions = {kNone, kMeets};
  // Practical: the gate is open and does not meet, A1.2 is not asked.
  EXPECT_EQ(ScoreFirst(scheme, record), (ItemResult{State::kNotMet, true, 0, 2}));
}

TEST(AllMeetTest, AllSomeNone) {
  const TestScheme scheme = TwoQuestions();
  EXPECT_EQ(Answered(scheme, {kMeets, kMeets}), kItemMet);
  EXPECT_EQ(Answered(scheme, {kMeets, kFails}), kItemPartial);
  EXPECT_EQ(Answered(scheme, {kFails, kFails}), kItemNotMet);
  EXPECT_EQ(Answered(scheme, {kMeets, kNone}), kItemPartial);
  EXPECT_EQ(Answered(scheme, {kNone, kFails}), kItemNotMet);
}

TEST(AllMeetTest, SomeIsTheLastMarkOfAScaleOfTwo) {
  TestScheme scheme = TwoQuestions();
  UseScale(scheme, {{"yes", 1}, {"no", 0}});
  EXPECT_EQ(Answered(scheme, {kMeets, kFails}), (ItemResult{State::kNotMet, false, 0, 1}));
  EXPECT_EQ(Answered(scheme, {kMeets, kMeets}), (ItemResult{State::kMet, false, 1, 1}));
}

TEST(AllMeetTest, QuestionNotApplicableMeetsOrIsLeftOut) {
  TestScheme scheme = TwoQuestions();
  EXPECT_EQ(Answered(scheme, {kNotApplicableQuestion, kMeets}), kItemMet);
  EXPECT_EQ(Answered(scheme, {kNotApplicableQuestion, kFails}), kItemPartial);
  scheme.options().question_not_applicable = QuestionNotApplicableRule::kExcluded;
  EXPECT_EQ(Answered(scheme, {kNotApplicableQuestion, kMeets}), kItemMet);
  EXPECT_EQ(Answered(scheme, {kNotApplicableQuestion, kFails}), kItemNotMet);
}

TEST(AllMeetTest, NothingLeftToMeetIsTheLastMark) {
  TestScheme scheme = OneControl();
  scheme.AddGate("A1.1", false);
  EXPECT_EQ(Answered(scheme, {kYes}), kItemNotMet);
}

TEST(GateTest, AnswerOpensTheQuestion) {
  const TestScheme scheme = GateAndTwo(false);
  EXPECT_EQ(Answered(scheme, {kYes, kFails, kMeets}), kItemPartial);
  EXPECT_EQ(Answered(scheme, {kNo, kFails, kMeets}), kItemMet);
  EXPECT_EQ(Answered(scheme, {kYes, kMeets, kMeets}), kItemMet);
}

TEST(GateTest, UnscoredGateWithoutAnswerDoesNotMeetAndIsOpen) {
  const TestScheme scheme = GateAndTwo(false);
  EXPECT_EQ(Answered(scheme, {kNone, kNone, kMeets}), kItemPartial);
  EXPECT_EQ(Answered(scheme, {kNone, kNone, kMeets}, Mode::kProvisional),
            (ItemResult{State::kPartiallyMet, true, 1, 2}));
}

TEST(GateTest, ScoredGateNeedsAnswerAndOutcome) {
  const TestScheme scheme = GateAndTwo(true);
  EXPECT_EQ(Answered(scheme, {{Outcome::kMeets, 2}, kNone, kMeets}), kItemMet);
  EXPECT_EQ(Answered(scheme, {{Outcome::kMeets, 0}, kNone, kMeets}), kItemPartial);
  EXPECT_EQ(Answered(scheme, {{Outcome::kUnanswered, 2}, kNone, kMeets}, Mode::kProvisional),
            (ItemResult{State::kPartiallyMet, true, 1, 2}));
  EXPECT_EQ(Answered(scheme, {{Outcome::kDoesNotMeet, 2}, kNone, kMeets}), kItemPartial);
}

TEST(GateTest, GateNotApplicableOpensWhatHangsOnIt) {
  TestScheme scheme = GateAndTwo(false);
  EXPECT_EQ(Answered(scheme, {kNotApplicableQuestion, kFails, kMeets}), kItemPartial);
  // The unscored gate itself is left out.
  EXPECT_EQ(Answered(scheme, {kNotApplicableQuestion, kFails, kFails}), kItemNotMet);
}

TEST(GateTest, ChainClosesWithItsFirstGate) {
  TestScheme scheme = OneControl();
  scheme.AddGate("A1.1", false);
  scheme.AddGate("A1.2", false).asked_when = AskedWhen{"A1.1", {"yes"}};
  scheme.AddQuestion("A1.3").asked_when = AskedWhen{"A1.2", {"no"}};
  scheme.AddQuestion("A1.4");
  EXPECT_EQ(Answered(scheme, {kYes, kNo, kFails, kMeets}), kItemPartial);
  EXPECT_EQ(Answered(scheme, {kYes, kYes, kFails, kMeets}), kItemMet);
  EXPECT_EQ(Answered(scheme, {kNo, kNo, kFails, kMeets}), kItemMet);
}

TEST(GateTest, QuestionsOfOtherProfilesAreNotThere) {
  TestScheme scheme = OneControl();
  scheme.AddQuestion("A1.0").profiles = {"OTHER"};
  scheme.AddQuestion("A1.1");
  EXPECT_EQ(Answered(scheme, {kMeets}), kItemMet);
}

// One question in column met, one in partially_met, one in not_met.
TestScheme Indicators() {
  TestScheme scheme = OneControl();
  scheme.definition.rules.derivation = Derivation::kIndicators;
  scheme.AddQuestion("A1.1", Indicator::kMet);
  scheme.AddQuestion("A1.2", Indicator::kPartiallyMet);
  scheme.AddQuestion("A1.3", Indicator::kNotMet);
  return scheme;
}

TEST(IndicatorsTest, ColumnsDecideInTheirOrder) {
  const TestScheme scheme = Indicators();
  EXPECT_EQ(Answered(scheme, {kMeets, kFails, kMeets}), kItemMet);
  EXPECT_EQ(Answered(scheme, {kFails, kMeets, kMeets}), kItemPartial);
  EXPECT_EQ(Answered(scheme, {kFails, kFails, kMeets}), kItemNotMet);
  EXPECT_EQ(Answered(scheme, {kMeets, kMeets, kFails}), kItemNotMet);
  // An open question counts as a failing present; open in the other columns it does not meet.
  EXPECT_EQ(Answered(scheme, {kMeets, kMeets, kNone}), kItemNotMet);
  EXPECT_EQ(Answered(scheme, {kNone, kMeets, kMeets}), kItemPartial);
}

TEST(IndicatorsTest, ScaleOfTwoHasNoMiddle) {
  TestScheme scheme = Indicators();
  UseScale(scheme, {{"yes", 2}, {"no", 0}});
  EXPECT_EQ(Answered(scheme, {kFails, kMeets, kMeets}), kItemNotMet);
  EXPECT_EQ(Answered(scheme, {kMeets, kFails, kMeets}), kItemMet);
}

TEST(IndicatorsTest, NotApplicableIsAFailingAbsentOrLeavesItsColumn) {
  TestScheme scheme = Indicators();
  EXPECT_EQ(Answered(scheme, {kMeets, kFails, kNotApplicableQuestion}), kItemMet);
  EXPECT_EQ(Answered(scheme, {kNotApplicableQuestion, kFails, kMeets}), kItemMet);
  scheme.options().question_not_applicable = QuestionNotApplicableRule::kExcluded;
  EXPECT_EQ(Answered(scheme, {kMeets, kFails, kNotApplicableQuestion}), kItemMet);
  // Column met is empty then, and cannot make the item Met.
  EXPECT_EQ(Answered(scheme, {kNotApplicableQuestion, kMeets, kMeets}), kItemPartial);
  EXPECT_EQ(Answered(scheme, {kNotApplicableQuestion, kFails, kMeets}), kItemNotMet);
}

TEST(IndicatorsTest, OpenUnscoredGateIsAFailingPresent) {
  TestScheme scheme = OneControl();
  scheme.definition.rules.derivation = Derivation::kIndicators;
  scheme.AddGate("A1.1", false);
  scheme.AddQuestion("A1.2", Indicator::kMet);
  EXPECT_EQ(Answered(scheme, {kNone, kMeets}), kItemNotMet);
  EXPECT_EQ(Answered(scheme, {kNo, kMeets}), kItemMet);
}

}  // namespace
}  // namespace assay::scoring::second
