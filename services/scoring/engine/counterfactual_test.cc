// What verdicts come to without their flags: worked cases, and a comparison with the plain way,
// which takes the flags out of the record and evaluates it anew.

#include "services/scoring/engine/counterfactual.h"

#include <array>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/scoring/engine/evaluate.h"
#include "services/scoring/engine/testing/dcc_shape.h"
#include "services/scoring/engine/testing/random.h"
#include "services/scoring/engine/testing/random_record.h"
#include "services/scoring/engine/testing/random_scheme.h"

namespace assay::scoring {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Gt;
using ::testing::IsEmpty;

constexpr uint8_t kOverrides = 1;
constexpr uint8_t kNotApplicables = 2;
constexpr uint8_t kAdjustments = 4;

// The plain way. Marks of questions stay in the record, since nothing lies beneath them: a control
// that then rests on one is unknown.
class PlainWay {
 public:
  PlainWay(const CompiledProfile& profile, const Record& record, const Evaluation& evaluation)
      : profile_(profile), record_(record), evaluation_(evaluation) {}

  Counterfactual Without(uint8_t kinds) const {
    Counterfactual result;
    Record stripped = record_;
    bool any = false;
    for (uint32_t i = 0; i < record_.controls.size(); ++i) {
      any |= Holds(i, kinds);
      Strip(kinds, stripped.controls[i]);
    }
    if (!any) return result;
    const Evaluation anew = Evaluate(profile_, stripped);
    for (uint32_t i = 0; i < record_.controls.size(); ++i) {
      const bool questions = (kinds & kNotApplicables) != 0 && RestsOnMarkedQuestion(anew, i);
      if (Holds(i, kinds) && (BecomesBlank(anew, i) || questions)) {
        result.unknown_controls.push_back(i);
      }
    }
    if (!result.unknown_controls.empty()) {
      result.state = CounterfactualState::kUnknown;
      return result;
    }
    result.state = Compared(anew);
    result.decision = {.outcome = anew.verdict.outcome,
                       .rule = anew.verdict.rule,
                       .points = anew.verdict.points,
                       .maximum = anew.verdict.maximum,
                       .failed_on_anchor = anew.verdict.failed_on_anchor};
    result.failed = anew.verdict.failed_objectives;
    return result;
  }

  CounterfactualState WithoutTrigger(const ReviewTrigger& trigger) const {
    switch (trigger.kind) {
      case TriggerKind::kOverride:
        return WithoutFlag(trigger.index, kOverrides);
      case TriggerKind::kNotApplicable:
        return WithoutFlag(trigger.index, kNotApplicables);
      case TriggerKind::kQuestionNotApplicable:
        return WithoutQuestion(trigger.index);
      default:
        return CounterfactualState::kNone;
    }
  }

 private:
  static bool IsOverturned(const ControlRecord& control) {
    return (control.flags & kOverturnedFlag) != 0;
  }

  static void Strip(uint8_t kinds, ControlRecord& control) {
    const bool flags = !IsOverturned(control);
    if (flags && (kinds & kOverrides) != 0) control.flags &= static_cast<uint8_t>(~kOverriddenFlag);
    if (flags && (kinds & kNotApplicables) != 0) {
      control.flags &= static_cast<uint8_t>(~kNotApplicableFlag);
    }
    if ((kinds & kAdjustments) != 0) control.adjustment = 0;
  }

  bool Holds(uint32_t control, uint8_t kinds) const {
    ControlRecord stripped = record_.controls[control];
    Strip(kinds, stripped);
    if (stripped != record_.controls[control]) return true;
    return (kinds & kNotApplicables) != 0 && !IsOverturned(stripped) && HasMarkedQuestion(control);
  }

  bool HasMarkedQuestion(uint32_t control) const {
    const CompiledControl& compiled = profile_.controls()[control];
    for (const auto* records : {&record_.theoretical_questions, &record_.practical_questions}) {
      for (uint32_t k = 0; k < compiled.question_count && !records->empty(); ++k) {
        if ((*records)[compiled.first_question + k].outcome == Outcome::kNotApplicable) return true;
      }
    }
    return false;
  }

  static bool IsCovered(const ControlResult& result) {
    return result.reasons.Has(ReasonCode::kOverriddenToMet) ||
           result.reasons.Has(ReasonCode::kNotApplicableLeavesSet);
  }
  static bool IsBlank(const ControlResult& result) {
    return result.reasons.Has(ReasonCode::kBlankNotMet) ||
           result.reasons.Has(ReasonCode::kBlankOpen);
  }

  static bool RestsOnMarkedQuestion(const Evaluation& evaluation, uint32_t control) {
    const ControlResult& result = evaluation.controls[control];
    if (IsCovered(result)) return false;
    for (uint32_t k = 0; k < result.question_result_count; ++k) {
      const QuestionResult& question = evaluation.questions[result.first_question_result + k];
      if (question.asked && question.outcome == Outcome::kNotApplicable) return true;
    }
    return false;
  }

  bool BecomesBlank(const Evaluation& anew, uint32_t control) const {
    return IsBlank(anew.controls[control]) && !IsBlank(evaluation_.controls[control]);
  }

  CounterfactualState Compared(const Evaluation& anew) const {
    return anew.verdict.outcome == evaluation_.verdict.outcome &&
                   anew.verdict.rule == evaluation_.verdict.rule
               ? CounterfactualState::kSame
               : CounterfactualState::kDifferent;
  }

  CounterfactualState WithoutFlag(uint32_t control, uint8_t kind) const {
    Record stripped = record_;
    Strip(kind, stripped.controls[control]);
    const Evaluation anew = Evaluate(profile_, stripped);
    return BecomesBlank(anew, control) ? CounterfactualState::kUnknown : Compared(anew);
  }

  CounterfactualState WithoutQuestion(uint32_t index) const {
    const ControlResult& result = evaluation_.controls[profile_.questions()[index].control];
    bool rests = false;
    for (uint32_t k = 0; k < result.question_result_count; ++k) {
      const QuestionResult& question = evaluation_.questions[result.first_question_result + k];
      rests |= question.question == index && question.asked &&
               question.outcome == Outcome::kNotApplicable && !IsCovered(result);
    }
    return rests ? CounterfactualState::kUnknown : CounterfactualState::kSame;
  }

  const CompiledProfile& profile_;
  const Record& record_;
  const Evaluation& evaluation_;
};

// How often each state came up.
using Seen = std::array<int, 5>;

void ExpectEqual(const Counterfactual& found, const Counterfactual& expected, Seen& seen) {
  ++seen.at(static_cast<size_t>(expected.state));
  ASSERT_EQ(found.state, expected.state);
  EXPECT_EQ(found.unknown_controls, expected.unknown_controls);
  EXPECT_EQ(found.failed, expected.failed);
  EXPECT_EQ(found.decision, expected.decision);
  EXPECT_EQ(found.decision.points, expected.decision.points);
  EXPECT_EQ(found.decision.maximum, expected.decision.maximum);
  EXPECT_EQ(found.decision.failed_on_anchor, expected.decision.failed_on_anchor);
}

// `finder` and `all` keep what they held before.
void ExpectAsThePlainWay(const CompiledProfile& profile, const Record& record,
                         CounterfactualFinder& finder, Counterfactuals& all, Seen& groups,
                         Seen& triggers) {
  const Evaluation evaluation = Evaluate(profile, record);
  if (evaluation.verdict.outcome == VerdictOutcome::kIncomplete) return;
  finder.Find(profile, record, evaluation, all);
  const PlainWay plain(profile, record, evaluation);
  ExpectEqual(all.without_overrides, plain.Without(kOverrides), groups);
  ExpectEqual(all.without_not_applicable, plain.Without(kNotApplicables), groups);
  ExpectEqual(all.without_adjustments, plain.Without(kAdjustments), groups);
  ExpectEqual(all.without_flags, plain.Without(kOverrides | kNotApplicables), groups);
  ExpectEqual(all.without_all, plain.Without(kOverrides | kNotApplicables | kAdjustments), groups);
  ASSERT_EQ(all.by_trigger.size(), evaluation.triggers.size());
  for (size_t i = 0; i < all.by_trigger.size(); ++i) {
    const CounterfactualState expected = plain.WithoutTrigger(evaluation.triggers[i]);
    EXPECT_EQ(all.by_trigger[i], expected) << "trigger " << i;
    ++triggers.at(static_cast<size_t>(expected));
  }
}

// One finder for all, so that nothing may be left over from the call before.
TEST(CounterfactualTest, AgreesWithEvaluatingAnewUnderRandomSchemes) {
  constexpr uint64_t kSchemes = 400;
  constexpr int kRecords = 15;
  CounterfactualFinder finder;
  Counterfactuals all;
  Seen groups{};
  Seen triggers{};
  for (uint64_t seed = 0; seed < kSchemes && !::testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    const SchemeDefinition scheme = RandomScheme(random);
    for (const std::string& level : scheme.profiles) {
      const CompiledProfile profile = MustCompile(scheme, level);
      for (int i = 0; i < kRecords; ++i) {
        ExpectAsThePlainWay(profile, RandomRecord(profile, random), finder, all, groups, triggers);
      }
    }
  }
  groups[static_cast<size_t>(CounterfactualState::kNone)] = INT32_MAX;  // Of triggers only.
  triggers[static_cast<size_t>(CounterfactualState::kNothingToRemove)] = INT32_MAX;
  EXPECT_THAT(groups, Each(Gt(100)));  // All that can be said was said.
  EXPECT_THAT(triggers, Each(Gt(100)));
}

TEST(CounterfactualTest, AgreesWithEvaluatingAnewUnderTheRealScheme) {
  Random random(1);
  SchemeDefinition scheme = DccScheme();
  AddRandomQuestions(scheme, random, 40);
  CounterfactualFinder finder;
  Counterfactuals all;
  Seen groups{};
  Seen triggers{};
  for (const char* level : {"L0", "L1", "L3"}) {
    SCOPED_TRACE(level);
    const CompiledProfile profile = MustCompile(scheme, level);
    for (int i = 0; i < 40; ++i) {
      ExpectAsThePlainWay(profile, RandomRecord(profile, random), finder, all, groups, triggers);
    }
  }
}

// Level 1 of the real scheme, everything Met unless a test says otherwise. D has four controls and
// asks for 80 %, and no control Not Met.
class LevelOneTest : public ::testing::Test {
 protected:
  ControlInput& D(uint32_t index) { return InputAt(input_, profile_, "D", index); }
  uint32_t IndexOfD(uint32_t index) const {
    return profile_.objectives().back().first_control + index;
  }

  Counterfactuals Find() {
    const Record record = ToRecord(profile_, input_);
    evaluation_ = Evaluate(profile_, record);
    return FindCounterfactuals(profile_, record, evaluation_);
  }

  CompiledProfile profile_ = MustCompile(DccScheme(), "L1");
  AssessmentInput input_ = AllMet(profile_);
  Evaluation evaluation_;
};

TEST_F(LevelOneTest, WithoutFlagsThereIsNothingToRemove) {
  const Counterfactuals all = Find();
  EXPECT_EQ(all.without_all.state, CounterfactualState::kNothingToRemove);
  EXPECT_THAT(all.by_trigger, IsEmpty());
}

TEST_F(LevelOneTest, AnOverrideOfNotMetCarriesTheVerdict) {
  D(0).theoretical.status = Status::kNotMet;
  MarkOverridden(D(0));
  const Counterfactuals all = Find();
  ASSERT_EQ(evaluation_.verdict.outcome, VerdictOutcome::kPassed);
  EXPECT_EQ(all.without_overrides.state, CounterfactualState::kDifferent);
  EXPECT_EQ(all.without_overrides.decision.outcome, VerdictOutcome::kFailed);
  EXPECT_THAT(all.without_overrides.failed, ElementsAre(4));
  EXPECT_EQ(all.without_not_applicable.state, CounterfactualState::kNothingToRemove);
  EXPECT_EQ(all.without_flags.state, CounterfactualState::kDifferent);
  EXPECT_THAT(all.by_trigger, ElementsAre(CounterfactualState::kDifferent));
}

TEST_F(LevelOneTest, TwoOverridesThatOnlyTogetherCarryTheVerdict) {
  for (uint32_t i : {0u, 1u}) {
    D(i).theoretical.status = Status::kPartiallyMet;
    MarkOverridden(D(i));
  }
  const Counterfactuals all = Find();
  EXPECT_EQ(all.without_overrides.state, CounterfactualState::kDifferent);  // 6/8.
  EXPECT_THAT(all.by_trigger, Each(CounterfactualState::kSame));            // 7/8.
}

TEST_F(LevelOneTest, NobodyKnowsWhatLiesBeneathFlagsWithoutAFinding) {
  for (uint32_t i : {1u, 3u}) {
    D(i).theoretical.status.reset();
  }
  MarkNotApplicable(D(1));
  MarkOverridden(D(3));
  const Counterfactuals all = Find();
  EXPECT_THAT(all.without_overrides.unknown_controls, ElementsAre(IndexOfD(3)));
  EXPECT_THAT(all.without_not_applicable.unknown_controls, ElementsAre(IndexOfD(1)));
  EXPECT_EQ(all.without_all.state, CounterfactualState::kUnknown);
  EXPECT_THAT(all.without_all.unknown_controls, ElementsAre(IndexOfD(1), IndexOfD(3)));
  EXPECT_THAT(all.by_trigger, Each(CounterfactualState::kUnknown));
}

TEST_F(LevelOneTest, ANotApplicableCanHoldAFailureUp) {
  D(0).theoretical.status = Status::kPartiallyMet;
  for (uint32_t i : {2u, 3u}) {
    MarkNotApplicable(D(i));
  }
  const Counterfactuals all = Find();
  ASSERT_EQ(evaluation_.verdict.outcome, VerdictOutcome::kFailed);  // 3/4.
  EXPECT_EQ(all.without_not_applicable.state, CounterfactualState::kDifferent);
  EXPECT_THAT(all.without_not_applicable.failed, IsEmpty());
  EXPECT_THAT(all.by_trigger, Each(CounterfactualState::kDifferent));  // 5/6.
}

TEST_F(LevelOneTest, AnAdjustmentIsNoTriggerButCanBeTakenAway) {
  D(0).theoretical.status = Status::kNotMet;
  Adjust(D(0), +1);
  const Counterfactuals all = Find();
  EXPECT_EQ(all.without_adjustments.state, CounterfactualState::kDifferent);
  EXPECT_EQ(all.without_flags.state, CounterfactualState::kNothingToRemove);
  EXPECT_EQ(all.without_all.state, CounterfactualState::kDifferent);
  EXPECT_THAT(all.by_trigger, IsEmpty());
}

TEST_F(LevelOneTest, NothingIsLeftToTakeFromAnOverturnedControl) {
  D(0).theoretical.status = Status::kPartiallyMet;
  MarkOverridden(D(0));
  input_.overturned_controls = {D(0).control};
  const Counterfactuals all = Find();
  EXPECT_EQ(all.without_all.state, CounterfactualState::kNothingToRemove);
  EXPECT_THAT(all.by_trigger, IsEmpty());
}

TEST_F(LevelOneTest, AnIgnoredOverrideIsTakenAwayWithoutEffect) {
  profile_ = MustCompile(DccScheme(AsrPreV21()), "L1");
  D(0).theoretical.status.reset();
  MarkOverridden(D(0));
  const Counterfactuals all = Find();
  EXPECT_EQ(all.without_overrides.state, CounterfactualState::kSame);
  EXPECT_THAT(all.by_trigger, ElementsAre(CounterfactualState::kSame));
}

TEST_F(LevelOneTest, WhatAnOverrideHidesMayLeaveAProvisionalScoreIncomplete) {
  SchemeDefinition scheme = DccScheme();
  const std::string id = D(0).control;
  scheme.questions = {{id + ".1", id, {"L1"}}, {id + ".2", id, {"L1"}}};
  profile_ = MustCompile(scheme, "L1");
  D(0).theoretical.status.reset();
  D(0).theoretical.questions = {{id + ".1", Outcome::kMeets}};
  MarkOverridden(D(0));
  input_.mode = Mode::kProvisional;
  const Counterfactuals all = Find();
  EXPECT_EQ(all.without_overrides.state, CounterfactualState::kDifferent);
  EXPECT_EQ(all.without_overrides.decision.outcome, VerdictOutcome::kIncomplete);
}

TEST_F(LevelOneTest, AQuestionNotApplicableIsUnknownOnlyWhereItCounts) {
  SchemeDefinition scheme = DccScheme();
  const std::string id = D(0).control;
  scheme.questions = {{id + ".1", id, {"L1"}}, {id + ".2", id, {"L1"}}};
  profile_ = MustCompile(scheme, "L1");
  D(0).theoretical.status.reset();
  D(0).theoretical.questions = {{id + ".1", Outcome::kMeets},
                                {id + ".2", Outcome::kNotApplicable, "", true}};
  Counterfactuals all = Find();
  EXPECT_THAT(all.by_trigger, ElementsAre(CounterfactualState::kUnknown));
  EXPECT_THAT(all.without_not_applicable.unknown_controls, ElementsAre(IndexOfD(0)));

  D(0).practical.status = Status::kMet;  // Now the theoretical phase does not count.
  all = Find();
  EXPECT_THAT(all.by_trigger, ElementsAre(CounterfactualState::kSame));
  EXPECT_EQ(all.without_not_applicable.state, CounterfactualState::kSame);

  D(0).practical.status.reset();
  MarkOverridden(D(0));  // Hides it, until it is taken away too.
  all = Find();
  EXPECT_EQ(all.without_not_applicable.state, CounterfactualState::kSame);
  EXPECT_EQ(all.without_overrides.state, CounterfactualState::kSame);
  EXPECT_EQ(all.without_flags.state, CounterfactualState::kUnknown);
  EXPECT_THAT(all.by_trigger, Each(CounterfactualState::kSame));
}

}  // namespace
}  // namespace assay::scoring
