// One vector for every option of a rule set that scoring knows: the same inputs under each value.

#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/scoring/engine/evaluate.h"
#include "services/scoring/engine/model_one.h"
#include "services/scoring/engine/testing/dcc_shape.h"
#include "services/scoring/engine/validate.h"

namespace assay::scoring {
namespace {

using ::testing::ElementsAre;

CompiledProfile LevelOneWith(const std::function<void(RuleSetDefinition&)>& change) {
  RuleSetDefinition rules = AsrV21();
  change(rules);
  return MustCompile(DccScheme(rules), "L1");
}

std::string FirstProblem(const CompiledProfile& profile, const AssessmentInput& input) {
  const auto problems = Validate(profile, input);
  return problems.empty() ? "" : std::string(InputProblemReason(problems.front().code));
}

TEST(OptionsTest, QuestionNotApplicable) {
  SchemeDefinition scheme = DccScheme();
  scheme.questions = {{"1100.1", "1100", {"L1"}}, {"1100.2", "1100", {"L1"}}};
  AssessmentInput input = AllMet(MustCompile(scheme, "L1"));
  PhaseFinding& finding = InputOf(input, "1100").theoretical;
  finding.status = std::nullopt;
  finding.questions = {{"1100.1", Outcome::kDoesNotMeet, "", false},
                       {"1100.2", Outcome::kNotApplicable, "", true}};
  const CompiledProfile counted = MustCompile(scheme, "L1");
  EXPECT_EQ(ResultOf(Evaluate(counted, input), counted, "1100").points, 1);
  scheme.rules.options.question_not_applicable = QuestionNotApplicableRule::kExcluded;
  const CompiledProfile excluded = MustCompile(scheme, "L1");
  EXPECT_EQ(ResultOf(Evaluate(excluded, input), excluded, "1100").points, 0);
}

TEST(OptionsTest, AdjustmentClamp) {
  const auto on = LevelOneWith([](auto&) {});
  const auto refuse =
      LevelOneWith([](auto& rules) { rules.options.adjustment_clamp = AdjustmentClamp::kRefuse; });
  AssessmentInput input = AllMet(on);
  Adjust(InputOf(input, "1100"), +1);
  EXPECT_EQ(FirstProblem(on, input), "");
  EXPECT_EQ(FirstProblem(refuse, input), "ADJUSTMENT_OUTSIDE_POINTS");
  Adjust(InputOf(input, "1100"), -1);
  EXPECT_EQ(FirstProblem(refuse, input), "");
  InputOf(input, "1100").theoretical.status = Status::kNotMet;
  EXPECT_EQ(FirstProblem(refuse, input), "ADJUSTMENT_OUTSIDE_POINTS");
}

TEST(OptionsTest, AdjustmentReasonRequiredOrOptional) {
  const auto required = LevelOneWith([](auto&) {});
  const auto optional = LevelOneWith(
      [](auto& rules) { rules.options.adjustment_reason = AdjustmentReason::kOptional; });
  AssessmentInput input = AllMet(required);
  InputOf(input, "1100").adjustment = -1;
  EXPECT_EQ(FirstProblem(required, input), "ADJUSTMENT_REASON_REQUIRED");
  EXPECT_EQ(FirstProblem(optional, input), "");
  EXPECT_EQ(ResultOf(Evaluate(optional, input), optional, "1100").points, 1);
}

TEST(OptionsTest, AdjustBlankRefusedOrAllowed) {
  const auto refuse = LevelOneWith([](auto&) {});
  const auto allow =
      LevelOneWith([](auto& rules) { rules.options.adjust_blank = AdjustBlank::kAllow; });
  AssessmentInput input = AllMet(refuse);
  InputOf(input, "1100").theoretical.status = std::nullopt;
  Adjust(InputOf(input, "1100"), +1);
  EXPECT_EQ(FirstProblem(refuse, input), "ADJUSTMENT_ON_BLANK");
  EXPECT_EQ(FirstProblem(allow, input), "");
  const Evaluation evaluation = Evaluate(allow, input);
  EXPECT_EQ(ResultOf(evaluation, allow, "1100").points, 1);
  EXPECT_THAT(ResultOf(evaluation, allow, "1100").reasons,
              ElementsAre(ReasonCode::kBlankNotMet, ReasonCode::kAdjustedUp));
}

TEST(OptionsTest, AnAllowedAdjustmentLeavesAProvisionalBlankOpen) {
  const auto allow =
      LevelOneWith([](auto& rules) { rules.options.adjust_blank = AdjustBlank::kAllow; });
  AssessmentInput input = AllMet(allow);
  input.mode = Mode::kProvisional;
  InputOf(input, "1100").theoretical.status = std::nullopt;
  Adjust(InputOf(input, "1100"), +1);
  const Evaluation evaluation = Evaluate(allow, input);
  EXPECT_EQ(ResultOf(evaluation, allow, "1100").state, ControlState::kBlank);
  EXPECT_EQ(ResultOf(evaluation, allow, "1100").points, 0);
}

TEST(OptionsTest, AllNotApplicable) {
  struct Case {
    AllNotApplicable value;
    ObjectiveOutcome objective;
    std::string result;
  };
  const Case cases[] = {
      {AllNotApplicable::kNeutral, ObjectiveOutcome::kNoScoredControls, "Passed"},
      {AllNotApplicable::kPass, ObjectiveOutcome::kPassed, "Passed"},
      {AllNotApplicable::kFail, ObjectiveOutcome::kFailed, "Failed on objective(s): D"}};
  for (const Case& c : cases) {
    const auto profile =
        LevelOneWith([&](auto& rules) { rules.options.all_not_applicable = c.value; });
    AssessmentInput input = AllMet(profile);
    for (uint32_t i = 0; i < 4; ++i) {
      MarkNotApplicable(InputAt(input, profile, "D", i));
    }
    const Evaluation evaluation = Evaluate(profile, input);
    EXPECT_EQ(ObjectiveOf(evaluation, profile, "D").outcome, c.objective);
    EXPECT_THAT(ObjectiveOf(evaluation, profile, "D").reasons,
                ElementsAre(ReasonCode::kNoScoredControls));
    EXPECT_EQ(evaluation.verdict.result, c.result);
    EXPECT_EQ(evaluation.triggers.back().kind, TriggerKind::kNoScoredControls);
  }
}

TEST(OptionsTest, AnchorNotApplicable) {
  const auto refuse = LevelOneWith([](auto&) {});
  const auto allow = LevelOneWith(
      [](auto& rules) { rules.options.anchor_not_applicable = AnchorNotApplicable::kAllow; });
  AssessmentInput input = AllMet(refuse);
  MarkNotApplicable(InputOf(input, "0001"));
  EXPECT_EQ(FirstProblem(refuse, input), "NOT_APPLICABLE_ON_ANCHOR");
  EXPECT_EQ(FirstProblem(allow, input), "");
  EXPECT_THAT(Evaluate(allow, input).triggers,
              ElementsAre(ReviewTrigger{TriggerKind::kNotApplicable, 0, true},
                          ReviewTrigger{TriggerKind::kNoScoredControls, 0, true}));
}

TEST(OptionsTest, AnchorOverride) {
  const auto review = LevelOneWith([](auto&) {});
  const auto refuse =
      LevelOneWith([](auto& rules) { rules.options.anchor_override = AnchorOverride::kRefuse; });
  AssessmentInput input = AllMet(review);
  input.certificates.clear();
  MarkOverridden(InputOf(input, "0001"));
  EXPECT_EQ(FirstProblem(review, input), "");
  EXPECT_EQ(FirstProblem(refuse, input), "OVERRIDE_ON_ANCHOR");
  const Evaluation evaluation = Evaluate(review, input);
  EXPECT_EQ(evaluation.verdict.result, "Passed");
  EXPECT_THAT(ResultOf(evaluation, review, "0001").reasons,
              ElementsAre(ReasonCode::kStatusRecorded, ReasonCode::kAnchorCertificateMissing,
                          ReasonCode::kOverriddenToMet));
  EXPECT_THAT(evaluation.triggers, ElementsAre(ReviewTrigger{TriggerKind::kOverride, 0, true}));
}

TEST(OptionsTest, AnchorCertificateEnforcedOrRecorded) {
  const auto enforce = LevelOneWith([](auto&) {});
  const auto record = LevelOneWith(
      [](auto& rules) { rules.options.anchor_certificate = AnchorCertificate::kRecord; });
  AssessmentInput input = AllMet(enforce);
  input.as_of = input.certificates[0].expires_on + 1;
  const Evaluation enforced = Evaluate(enforce, input);
  EXPECT_EQ(enforced.verdict.result, "Failed on objective(s): CE");
  EXPECT_EQ(ResultOf(enforced, enforce, "0001").base_points, 2);
  EXPECT_EQ(ResultOf(enforced, enforce, "0001").points, 0);
  const Evaluation recorded = Evaluate(record, input);
  EXPECT_EQ(recorded.verdict.result, "Passed");
  EXPECT_THAT(ResultOf(recorded, record, "0001").reasons,
              ElementsAre(ReasonCode::kStatusRecorded, ReasonCode::kAnchorCertificateExpired,
                          ReasonCode::kAnchorCertificateRecordedOnly));
}

TEST(OptionsTest, Blank) {
  const auto not_met = LevelOneWith([](auto&) {});
  const auto incomplete =
      LevelOneWith([](auto& rules) { rules.options.blank = BlankRule::kIncomplete; });
  AssessmentInput input = AllMet(not_met);
  input.controls.pop_back();
  EXPECT_EQ(Evaluate(not_met, input).verdict.result, "Failed on objective(s): D");
  EXPECT_EQ(Evaluate(incomplete, input).verdict.result, "Incomplete");
}

TEST(OptionsTest, Phase) {
  AssessmentInput input = AllMet(LevelOneWith([](auto&) {}));
  InputOf(input, "1100").practical.status = Status::kPartiallyMet;
  const auto points = [&](PhaseRule rule, std::string_view control) {
    const auto profile = LevelOneWith([&](auto& rules) { rules.options.phase = rule; });
    return ResultOf(Evaluate(profile, input), profile, control).points;
  };
  EXPECT_EQ(points(PhaseRule::kLatest, "1100"), 1);
  EXPECT_EQ(points(PhaseRule::kLatest, "1200"), 2);
  EXPECT_EQ(points(PhaseRule::kPracticalOnly, "1100"), 1);
  EXPECT_EQ(points(PhaseRule::kPracticalOnly, "1200"), 0);  // Blank in that phase.
  EXPECT_EQ(points(PhaseRule::kTheoreticalOnly, "1100"), 2);
}

TEST(OptionsTest, ZeroPointRule) {
  const auto on = LevelOneWith([](auto&) {});
  const auto off =
      LevelOneWith([](auto& rules) { rules.options.zero_point_rule = ZeroPointRule::kOff; });
  AssessmentInput input = AllMet(on);
  InputOf(input, "1100").theoretical.status = Status::kNotMet;
  EXPECT_EQ(Evaluate(on, input).verdict.result, "Failed on objective(s): A");
  EXPECT_EQ(Evaluate(off, input).verdict.result, "Passed");
}

TEST(OptionsTest, Overrides) {
  const auto honoured = LevelOneWith([](auto&) {});
  const auto ignored =
      LevelOneWith([](auto& rules) { rules.options.overrides = OverrideRule::kIgnored; });
  AssessmentInput input = AllMet(honoured);
  InputOf(input, "1100").theoretical.status = Status::kNotMet;
  MarkOverridden(InputOf(input, "1100"));
  EXPECT_EQ(Evaluate(honoured, input).verdict.result, "Passed");
  EXPECT_EQ(Evaluate(ignored, input).verdict.result, "Failed on objective(s): A");
  EXPECT_EQ(Evaluate(honoured, input).triggers, Evaluate(ignored, input).triggers);
}

TEST(OptionsTest, AFailingObjectiveThatIsNotMandatoryDoesNotFailTheAssessment) {
  const auto profile = LevelOneWith([](auto& rules) { rules.objectives[1].mandatory = false; });
  AssessmentInput input = AllMet(profile);
  InputOf(input, "1100").theoretical.status = Status::kNotMet;
  const Evaluation evaluation = Evaluate(profile, input);
  EXPECT_EQ(ObjectiveOf(evaluation, profile, "A").outcome, ObjectiveOutcome::kFailed);
  EXPECT_FALSE(ObjectiveOf(evaluation, profile, "A").fails_verdict);
  EXPECT_EQ(evaluation.verdict.result, "Passed");
}

TEST(OptionsTest, AnAnchorFailsTheAssessmentEvenWhenNotMandatory) {
  const auto profile = LevelOneWith([](auto& rules) { rules.objectives[0].mandatory = false; });
  AssessmentInput input = AllMet(profile);
  input.certificates.clear();
  const Evaluation evaluation = Evaluate(profile, input);
  EXPECT_EQ(evaluation.verdict.result, "Failed on objective(s): CE");
  EXPECT_TRUE(evaluation.verdict.failed_on_anchor);
}

TEST(OptionsTest, AnOrdinaryObjectiveHasNoAnchorRules) {
  const auto profile = LevelOneWith([](auto& rules) { rules.objectives[0].anchor = false; });
  AssessmentInput input = AllMet(profile);
  MarkNotApplicable(InputOf(input, "0001"));
  EXPECT_EQ(FirstProblem(profile, input), "");
  InputOf(input, "0001").not_applicable = false;
  InputOf(input, "0001").theoretical.status = Status::kNotMet;
  EXPECT_FALSE(Evaluate(profile, input).verdict.failed_on_anchor);
}

TEST(OptionsTest, TextsAndThresholdComeFromTheRules) {
  const auto profile = LevelOneWith([](auto& rules) {
    UseModelOne({"OK", "No: {objectives}.", "Open", " + "}, {}, rules);
    rules.thresholds[1].percent = 100;
  });
  AssessmentInput input = AllMet(profile);
  EXPECT_EQ(Evaluate(profile, input).verdict.result, "OK");
  InputOf(input, "1100").theoretical.status = Status::kPartiallyMet;
  InputAt(input, profile, "D", 0).theoretical.status = Status::kPartiallyMet;
  EXPECT_EQ(Evaluate(profile, input).verdict.result, "No: A + D.");
}

TEST(OptionsTest, AnAssessmentWithOnlyNeutralObjectivesHasNothingThatFails) {
  const auto profile = LevelOneWith(
      [](auto& rules) { rules.options.anchor_not_applicable = AnchorNotApplicable::kAllow; });
  AssessmentInput input = AllMet(profile);
  for (ControlInput& control : input.controls) {
    MarkNotApplicable(control);
  }
  const Evaluation evaluation = Evaluate(profile, input);
  EXPECT_EQ(evaluation.verdict.outcome, VerdictOutcome::kPassed);
  EXPECT_THAT(evaluation.verdict.reasons, ElementsAre(ReasonCode::kNoObjectiveAssessed));
  EXPECT_EQ(evaluation.triggers.size(), 101u + 5u);
}

}  // namespace
}  // namespace assay::scoring
