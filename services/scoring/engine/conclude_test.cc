// From controls to the outcome: every condition at its limit and one past it, and the sums that
// controls are added to and taken from.

#include "services/scoring/engine/conclude.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/scoring/engine/evaluate.h"
#include "services/scoring/engine/testing/dcc_shape.h"
#include "services/scoring/engine/testing/random_record.h"
#include "services/scoring/engine/testing/random_scheme.h"

namespace assay::scoring {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Objectives A (a1, a2) and B (b1, b2, note); note does not count. Marks m0 to m3 with 4, 2, 1 and
// 0 points, so 16 points in all. At profile Q there is one more control, other.
SchemeDefinition Scheme(std::vector<OutcomeRule> outcomes) {
  SchemeDefinition scheme;
  scheme.profiles = {"P", "Q"};
  scheme.objectives = {{"A", "First"}, {"B", "Second"}};
  const std::vector<std::string> both = {"P", "Q"};
  scheme.controls = {{"a1", "A", "", both, {}},   {"a2", "A", "", both, {}},
                     {"b1", "B", "", both, {}},   {"b2", "B", "", both, {}},
                     {"note", "B", "", both, {}}, {"other", "B", "", {"Q"}, {}}};
  RuleSetDefinition& rules = scheme.rules;
  rules.scales = {{"s", {{"m0", 4}, {"m1", 2}, {"m2", 1}, {"m3", 0}}}};
  rules.default_scale = "s";
  rules.items = {{"note", "", false}};
  rules.objectives = {{"A", true, false}, {"B", true, false}};
  rules.thresholds = {{"P", 50}, {"Q", 100}};
  rules.outcomes = std::move(outcomes);
  rules.requirements = {{"P", "a1", "m1"}, {"P", "note", "m2"}, {"Q", "b1", "m0"}};
  rules.texts = {"Incomplete", " + "};
  return scheme;
}

// A digit for the mark of each control of the profile, '-' for N/A, ' ' for nothing recorded.
Record RecordOf(std::string_view marks) {
  Record record;
  for (const char mark : marks) {
    ControlRecord& control = record.controls.emplace_back();
    if (mark == '-') {
      control.flags = kNotApplicableFlag;
    } else if (mark != ' ') {
      control.theoretical = static_cast<uint8_t>(mark - '0' + 1);
    }
  }
  return record;
}

Verdict VerdictOf(const SchemeDefinition& scheme, std::string_view marks) {
  return Evaluate(MustCompile(scheme, "P"), RecordOf(marks)).verdict;
}

SchemeDefinition YesOrNo(OutcomeConditions when) {
  return Scheme({{"yes", OutcomeKind::kRated, "yes", std::move(when)},
                 {"no", OutcomeKind::kRated, "no", {}}});
}

struct ConditionCase {
  std::string name;
  OutcomeConditions when;
  std::vector<std::string> holds;  // Marks of a1, a2, b1, b2, note.
  std::vector<std::string> fails;
};

std::vector<ConditionCase> ConditionCases() {
  return {
      {"objectives_pass",
       {.objectives_pass = true},
       {"00000", "01113", "--000"},
       {"03000", "00220"}},
      {"percent_at_least",
       {.percent_at_least = 75},
       {"01100", "0-003", "----0"},
       {"01110", "0-110"}},
      {"points_at_least", {.points_at_least = 12}, {"01100", "0-003"}, {"01120", "0---0"}},
      {"shortfall_at_most", {.shortfall_at_most = 4}, {"01100", "0---3"}, {"01120", "30220"}},
      {"item_shortfall_at_most", {.item_shortfall_at_most = 2}, {"11113", "1-111"}, {"12110"}},
      {"a wider exception",
       {.item_shortfall_at_most = 2, .item_shortfall_exceptions = {{"a2", 3}}},
       {"12110", "11110"},
       {"13110", "21110"}},
      {"a narrower exception",
       {.item_shortfall_at_most = 2, .item_shortfall_exceptions = {{"a2", 0}, {"other", 0}}},
       {"10110", "1-110"},
       {"11110"}},
      {"full_marks", {.full_marks = {"a2", "other"}}, {"10333", "1-333"}, {"01000"}},
      {"full_marks of an item that does not count",
       {.full_marks = {"note"}},
       {"33330", "3333-"},
       {"00001"}},
      {"full_objectives", {.full_objectives = {"B"}}, {"33003", "33-03", "33--3"}, {"00010"}},
      {"requirements_met",
       {.requirements_met = true},
       {"13332", "03330", "-333-"},
       {"20000", "00003"}},
      {"two conditions",
       {.points_at_least = 8, .full_marks = {"b2"}},
       {"03300"},
       {"03310", "13302"}},
  };
}

TEST(ConcludeTest, EveryConditionHoldsAtItsLimitAndFailsBeyond) {
  for (const ConditionCase& c : ConditionCases()) {
    SCOPED_TRACE(c.name);
    const SchemeDefinition scheme = YesOrNo(c.when);
    for (const std::string& marks : c.holds) {
      EXPECT_EQ(VerdictOf(scheme, marks).result, "yes") << marks;
    }
    for (const std::string& marks : c.fails) {
      EXPECT_EQ(VerdictOf(scheme, marks).result, "no") << marks;
    }
  }
}

TEST(ConcludeTest, TheFirstOutcomeWhoseConditionsHoldIsTaken) {
  const SchemeDefinition scheme =
      Scheme({{"five", OutcomeKind::kPassed, "5", {.shortfall_at_most = 0}},
              {"four", OutcomeKind::kConditional, "4", {.shortfall_at_most = 4}},
              {"three", OutcomeKind::kRated, "3", {.shortfall_at_most = 8}},
              {"none", OutcomeKind::kFailed, "0", {}}});
  const std::pair<const char*, VerdictOutcome> cases[] = {{"00000", VerdictOutcome::kPassed},
                                                          {"11000", VerdictOutcome::kConditional},
                                                          {"11110", VerdictOutcome::kRated},
                                                          {"11120", VerdictOutcome::kFailed}};
  int32_t rule = 0;
  for (const auto& [marks, outcome] : cases) {
    const Verdict verdict = VerdictOf(scheme, marks);
    EXPECT_EQ(verdict.outcome, outcome);
    EXPECT_EQ(verdict.rule, rule++);
  }
}

TEST(ConcludeTest, SaysWhetherConditionsLedToTheOutcome) {
  const SchemeDefinition scheme = YesOrNo({.points_at_least = 16});
  EXPECT_THAT(
      VerdictOf(scheme, "00000").reasons,
      ElementsAre(ReasonCode::kAllAssessedObjectivesPass, ReasonCode::kOutcomeConditionsMet));
  EXPECT_THAT(VerdictOf(scheme, "33330").reasons,
              ElementsAre(ReasonCode::kObjectiveFailed, ReasonCode::kNoOutcomeConditionsMet));
}

TEST(ConcludeTest, AnAnchorThatFailsLeavesOnlyFailedOutcomes) {
  SchemeDefinition scheme = Scheme({{"good", OutcomeKind::kPassed, "good", {.points_at_least = 4}},
                                    {"fair", OutcomeKind::kRated, "fair", {.points_at_least = 2}},
                                    {"near", OutcomeKind::kFailed, "near", {.points_at_least = 8}},
                                    {"failed", OutcomeKind::kFailed, "failed", {}}});
  scheme.rules.objectives[0] = {"A", false, true};
  EXPECT_EQ(VerdictOf(scheme, "00330").result, "good");  // B fails, which is no anchor.
  EXPECT_EQ(VerdictOf(scheme, "30000").result, "near");
  EXPECT_EQ(VerdictOf(scheme, "33100").result, "failed");
  EXPECT_TRUE(VerdictOf(scheme, "33100").failed_on_anchor);
  EXPECT_FALSE(VerdictOf(scheme, "00330").failed_on_anchor);
}

TEST(ConcludeTest, AnItemThatDoesNotCountAddsNothingButKeepsTheAssessmentOpen) {
  const SchemeDefinition scheme = YesOrNo({.objectives_pass = true});
  const CompiledProfile profile = MustCompile(scheme, "P");
  Record record = RecordOf("00003");
  const Evaluation counted = Evaluate(profile, record);
  EXPECT_EQ(counted.verdict.maximum, 16);
  EXPECT_EQ(counted.controls[4].state, ControlState::kNotMet);
  EXPECT_EQ(counted.objectives[1].counts, (ObjectiveCounts{.met = 2}));
  EXPECT_THAT(counted.zero_point_controls, IsEmpty());
  record = RecordOf("0000 ");
  record.mode = Mode::kProvisional;
  const Evaluation open = Evaluate(profile, record);
  EXPECT_EQ(open.objectives[1].outcome, ObjectiveOutcome::kPassed);
  EXPECT_EQ(open.verdict.result, "Incomplete");
  EXPECT_EQ(open.verdict.rule, kNoOutcomeRule);
}

TEST(ConcludeTest, AnObjectiveOfItemsThatDoNotCountIsNotAssessed) {
  SchemeDefinition scheme = YesOrNo({.objectives_pass = true});
  scheme.rules.items = {{"a1", "", false}, {"a2", "", false}};
  const Evaluation evaluation = Evaluate(MustCompile(scheme, "P"), RecordOf("-3000"));
  EXPECT_EQ(evaluation.objectives[0].outcome, ObjectiveOutcome::kNotAssessedAtLevel);
  EXPECT_EQ(evaluation.verdict.result, "yes");
  EXPECT_THAT(evaluation.triggers,
              ElementsAre(ReviewTrigger{TriggerKind::kNotApplicable, 0, false}));
}

TEST(ConcludeTest, AnObjectivesLimitOnSingleItems) {
  SchemeDefinition scheme = YesOrNo({.objectives_pass = true});
  scheme.rules.objectives[0].item_shortfall_at_most = 2;
  const CompiledProfile profile = MustCompile(scheme, "P");
  EXPECT_EQ(Evaluate(profile, RecordOf("01000")).verdict.result, "yes");
  const Evaluation beyond = Evaluate(profile, RecordOf("02000"));  // 5 of 8 is above 50 %.
  EXPECT_EQ(beyond.verdict.result, "no");
  EXPECT_THAT(beyond.objectives[0].reasons,
              ElementsAre(ReasonCode::kThresholdMet, ReasonCode::kNoZeroPointControl,
                          ReasonCode::kItemBeyondLimit));
  EXPECT_EQ(Evaluate(profile, RecordOf("0-000")).verdict.result, "yes");
  EXPECT_EQ(Evaluate(profile, RecordOf("00120")).verdict.result, "no");  // B: 3 of 8.
  EXPECT_EQ(Evaluate(profile, RecordOf("00020")).verdict.result, "yes");
}

TEST(ConcludeTest, AnObjectiveMayHaveAThresholdOfItsOwn) {
  SchemeDefinition scheme = YesOrNo({.objectives_pass = true});
  scheme.rules.objectives[1].threshold_percent = 25;
  EXPECT_EQ(VerdictOf(scheme, "00220").result, "yes");
  EXPECT_EQ(VerdictOf(scheme, "22000").result, "no");
}

TEST(ConcludeTest, TheScoreIsPointsOrTheBaseLessTheShortfall) {
  SchemeDefinition scheme = YesOrNo({.points_at_least = 0});
  EXPECT_EQ(VerdictOf(scheme, "01120").score, 9);
  scheme.rules.score_base = 5;
  EXPECT_EQ(VerdictOf(scheme, "00000").score, 5);
  EXPECT_EQ(VerdictOf(scheme, "01120").score, -2);
  EXPECT_EQ(VerdictOf(scheme, "0---0").score, 5);
}

TEST(ConcludeTest, PlaceholdersAreReplacedWhereverTheyStand) {
  SchemeDefinition scheme = Scheme({{"all",
                                     OutcomeKind::kRated,
                                     "{objectives}; {score} = {points}/{maximum}, {objectives} {x}",
                                     {}}});
  scheme.rules.score_base = 10;
  EXPECT_EQ(VerdictOf(scheme, "33330").result, "A + B; -6 = 0/16, A + B {x}");
  EXPECT_EQ(VerdictOf(scheme, "00000").result, "; 10 = 16/16,  {x}");
}

TEST(ConcludeTest, AnIdThatLooksLikeAPlaceholderStaysAnId) {
  SchemeDefinition scheme = Scheme({{"all", OutcomeKind::kRated, "{objectives} {score}", {}}});
  scheme.objectives[0].id = "{score}";
  scheme.objectives[1].id = "{objectives}";
  for (ControlDefinition& control : scheme.controls) {
    control.objective = control.objective == "A" ? "{score}" : "{objectives}";
  }
  scheme.rules.objectives = {{"{score}", true, false}, {"{objectives}", true, false}};
  EXPECT_EQ(VerdictOf(scheme, "33330").result, "{score} + {objectives} 0");
}

// --- Sums ----------------------------------------------------------------------------------------

void ExpectSame(const Tallies& a, const Tallies& b) {
  EXPECT_EQ(a.objectives, b.objectives);
  EXPECT_EQ(a.over_limit, b.over_limit);
  EXPECT_EQ(a.below_least, b.below_least);
  EXPECT_EQ(a.open, b.open);
}

TEST(ConcludeTest, TakingAControlAwayUndoesAddingItAtRandom) {
  for (uint64_t seed = 0; seed < 300 && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    const SchemeDefinition scheme = RandomScheme(random);
    const CompiledProfile profile = MustCompile(scheme, random.OneOf(scheme.profiles));
    const Evaluation from = Evaluate(profile, RandomRecord(profile, random));
    Record other = RandomRecord(profile, random);
    const Evaluation to = Evaluate(profile, other);
    Tallies tallies = from.tallies;
    std::vector<uint32_t> changed;
    for (int step = 0; step < 50 && !from.controls.empty(); ++step) {
      const uint32_t control = random.Below(from.controls.size());
      RemoveControl(profile, control, from.controls[control], tallies);
      AddControl(profile, control, to.controls[control], tallies);
      RemoveControl(profile, control, to.controls[control], tallies);
      AddControl(profile, control, from.controls[control], tallies);
    }
    ExpectSame(tallies, from.tallies);
    for (uint32_t control = 0; control < from.controls.size(); ++control) {
      RemoveControl(profile, control, from.controls[control], tallies);
      AddControl(profile, control, to.controls[control], tallies);
    }
    ExpectSame(tallies, to.tallies);
    for (uint32_t control = 0; control < to.controls.size(); ++control) {
      RemoveControl(profile, control, to.controls[control], tallies);
    }
    Tallies empty;
    empty.Reset(profile);
    ExpectSame(tallies, empty);
  }
}

TEST(ConcludeTest, TheVerdictAloneIsThatOfTheWholeEvaluationAtRandom) {
  DecisionScratch scratch;
  for (uint64_t seed = 0; seed < 500 && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    const SchemeDefinition scheme = RandomScheme(random);
    const CompiledProfile profile = MustCompile(scheme, random.OneOf(scheme.profiles));
    for (int i = 0; i < 10; ++i) {
      const Record record = RandomRecord(profile, random);
      const Evaluation evaluation = Evaluate(profile, record);
      const Decision decision = DecideOnly(profile, record, scratch);
      EXPECT_EQ(decision.outcome, evaluation.verdict.outcome);
      EXPECT_EQ(decision.rule, evaluation.verdict.rule);
      EXPECT_EQ(decision.points, evaluation.verdict.points);
      EXPECT_EQ(decision.maximum, evaluation.verdict.maximum);
      EXPECT_EQ(decision.failed_on_anchor, evaluation.verdict.failed_on_anchor);
      ExpectSame(scratch.tallies, evaluation.tallies);
    }
  }
}

}  // namespace
}  // namespace assay::scoring
