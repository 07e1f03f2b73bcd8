// Golden vectors of whole assessments under asr-2.1 and what stood before it. Expected values
// come from the worked cases of the scheme notes; the profile has the scheme's real shape.

#include "services/scoring/engine/evaluate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/scoring/engine/testing/dcc_shape.h"
#include "services/scoring/engine/validate.h"

namespace assay::scoring {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Evaluation Score(const CompiledProfile& profile, const AssessmentInput& input) {
  const auto problems = Validate(profile, input);
  EXPECT_TRUE(problems.empty()) << problems.size()
                                << " problems, first: " << InputProblemReason(problems.front().code)
                                << " " << problems.front().detail;
  return Evaluate(profile, input);
}

void SetStatus(AssessmentInput& input, const CompiledProfile& profile, std::string_view objective,
               uint32_t first, uint32_t count, Status status) {
  for (uint32_t i = first; i < first + count; ++i) {
    InputAt(input, profile, objective, i).theoretical.status = status;
  }
}

TEST(EvaluateTest, AllMetPassesAtEveryLevel) {
  for (const char* level : {"L0", "L1", "L2", "L3"}) {
    SCOPED_TRACE(level);
    const CompiledProfile profile = MustCompile(DccScheme(), level);
    const Evaluation evaluation = Score(profile, AllMet(profile));
    EXPECT_EQ(evaluation.verdict.outcome, VerdictOutcome::kPassed);
    EXPECT_EQ(evaluation.verdict.result, "Passed");
    EXPECT_THAT(evaluation.verdict.reasons, ElementsAre(ReasonCode::kAllAssessedObjectivesPass));
    EXPECT_THAT(evaluation.triggers, IsEmpty());
  }
}

TEST(EvaluateTest, ObjectivesWithoutControlsAtTheLevelAreNeutral) {
  const CompiledProfile profile = MustCompile(DccScheme(), "L0");
  ASSERT_EQ(profile.controls().size(), 3u);
  const Evaluation evaluation = Score(profile, AllMet(profile));
  for (const char* objective : {"A", "C", "D"}) {
    EXPECT_EQ(ObjectiveOf(evaluation, profile, objective).outcome,
              ObjectiveOutcome::kNotAssessedAtLevel);
    EXPECT_THAT(ObjectiveOf(evaluation, profile, objective).reasons,
                ElementsAre(ReasonCode::kNotAssessedAtLevel));
  }
  EXPECT_EQ(ObjectiveOf(evaluation, profile, "B").outcome, ObjectiveOutcome::kPassed);
}

TEST(EvaluateTest, OnePartialFailsLevelZero) {
  const CompiledProfile profile = MustCompile(DccScheme(), "L0");
  AssessmentInput input = AllMet(profile);
  InputOf(input, "2500").theoretical.status = Status::kPartiallyMet;
  EXPECT_EQ(Score(profile, input).verdict.result, "Failed on objective(s): B");
}

TEST(EvaluateTest, OneNotMetFailsAnObjectiveFarAboveItsThreshold) {
  const CompiledProfile profile = MustCompile(DccScheme(), "L1");
  AssessmentInput input = AllMet(profile);
  InputAt(input, profile, "B", 10).theoretical.status = Status::kNotMet;
  const Evaluation evaluation = Score(profile, input);
  const ObjectiveResult& b = ObjectiveOf(evaluation, profile, "B");
  EXPECT_EQ(b.score.points, 148);
  EXPECT_EQ(b.score.maximum, 150);
  EXPECT_THAT(b.reasons, ElementsAre(ReasonCode::kThresholdMet, ReasonCode::kZeroPointControl));
  ASSERT_EQ(b.zero_point_control_count, 1u);
  EXPECT_EQ(evaluation.zero_point_controls[b.first_zero_point_control],
            profile.objectives()[2].first_control + 10);
  EXPECT_EQ(evaluation.verdict.result, "Failed on objective(s): B");
  EXPECT_THAT(evaluation.verdict.reasons, ElementsAre(ReasonCode::kObjectiveFailed));
}

// Level 1 B with one N/A: 118/148 is 79.73 %.
TEST(EvaluateTest, AlmostEightyPercentOfBFails) {
  const CompiledProfile profile = MustCompile(DccScheme(), "L1");
  AssessmentInput input = AllMet(profile);
  MarkNotApplicable(InputAt(input, profile, "B", 0));
  SetStatus(input, profile, "B", 1, 30, Status::kPartiallyMet);
  const Evaluation evaluation = Score(profile, input);
  const ObjectiveResult& b = ObjectiveOf(evaluation, profile, "B");
  EXPECT_EQ(b.score.points, 118);
  EXPECT_EQ(b.score.maximum, 148);
  EXPECT_THAT(b.reasons, ElementsAre(ReasonCode::kBelowThreshold, ReasonCode::kNoZeroPointControl));
  EXPECT_EQ(evaluation.verdict.result, "Failed on objective(s): B");
}

TEST(EvaluateTest, NotApplicableIsNotMonotone) {
  const CompiledProfile profile = MustCompile(DccScheme(), "L1");
  AssessmentInput input = AllMet(profile);
  SetStatus(input, profile, "D", 0, 1, Status::kPartiallyMet);
  MarkNotApplicable(InputAt(input, profile, "D", 3));
  EXPECT_EQ(Score(profile, input).verdict.outcome, VerdictOutcome::kPassed);  // 5/6
  MarkNotApplicable(InputAt(input, profile, "D", 2));
  EXPECT_EQ(Score(profile, input).verdict.result, "Failed on objective(s): D");  // 3/4
  MarkNotApplicable(InputAt(input, profile, "D", 0));
  EXPECT_EQ(Score(profile, input).verdict.outcome, VerdictOutcome::kPassed);  // 2/2
}

TEST(EvaluateTest, OnePartialOfTheAnchorFailsLevelTwo) {
  const CompiledProfile profile = MustCompile(DccScheme(), "L2");
  AssessmentInput input = AllMet(profile);
  InputOf(input, "0002").theoretical.status = Status::kPartiallyMet;
  const Evaluation evaluation = Score(profile, input);
  const ObjectiveResult& ce = ObjectiveOf(evaluation, profile, "CE");
  EXPECT_EQ(ce.score.points, 3);
  EXPECT_EQ(ce.score.maximum, 4);
  EXPECT_TRUE(ce.reasons.Has(ReasonCode::kAnchorFailed));
  EXPECT_TRUE(evaluation.verdict.failed_on_anchor);
  EXPECT_EQ(evaluation.verdict.result, "Failed on objective(s): CE");
  EXPECT_THAT(evaluation.verdict.reasons,
              ElementsAre(ReasonCode::kObjectiveFailed, ReasonCode::kAnchorFailed));
}

TEST(EvaluateTest, NamesFailedObjectivesInCatalogueOrder) {
  const CompiledProfile profile = MustCompile(DccScheme(), "L1");
  AssessmentInput input = AllMet(profile);
  InputAt(input, profile, "B", 0).theoretical.status = Status::kNotMet;
  InputOf(input, "0001").theoretical.status = Status::kNotMet;
  const Evaluation evaluation = Score(profile, input);
  EXPECT_EQ(evaluation.verdict.result, "Failed on objective(s): CE, B");
  EXPECT_THAT(evaluation.verdict.failed_objectives, ElementsAre(0u, 2u));
}

TEST(EvaluateTest, TheOrderOfTheInputsDoesNotMatter) {
  const CompiledProfile profile = MustCompile(DccScheme(), "L1");
  AssessmentInput input = AllMet(profile);
  InputAt(input, profile, "C", 4).theoretical.status = Status::kPartiallyMet;
  AssessmentInput reversed = input;
  std::reverse(reversed.controls.begin(), reversed.controls.end());
  const Evaluation a = Score(profile, input);
  const Evaluation b = Score(profile, reversed);
  for (size_t i = 0; i < a.controls.size(); ++i) {
    EXPECT_EQ(a.controls[i].points, b.controls[i].points) << profile.controls()[i].id;
  }
}

// The published worked case, through a whole assessment: D at L3 has ten controls; 80 % here.
TEST(EvaluateTest, SixteenOfTwentyFailsOnTheZeroPointAloneAndSeventeenPasses) {
  RuleSetDefinition rules = AsrV21();
  rules.thresholds[3].percent = 80;
  const CompiledProfile profile = MustCompile(DccScheme(rules), "L3");
  AssessmentInput input = AllMet(profile);
  SetStatus(input, profile, "D", 7, 2, Status::kPartiallyMet);
  SetStatus(input, profile, "D", 9, 1, Status::kNotMet);
  const Evaluation fails = Score(profile, input);
  const ObjectiveResult& d = ObjectiveOf(fails, profile, "D");
  EXPECT_EQ(d.score.points, 16);
  EXPECT_EQ(d.score.maximum, 20);
  EXPECT_THAT(d.reasons, ElementsAre(ReasonCode::kThresholdMet, ReasonCode::kZeroPointControl));
  EXPECT_EQ(fails.verdict.result, "Failed on objective(s): D");
  SetStatus(input, profile, "D", 9, 1, Status::kPartiallyMet);
  const Evaluation passes = Score(profile, input);
  EXPECT_EQ(ObjectiveOf(passes, profile, "D").score.points, 17);
  EXPECT_EQ(passes.verdict.result, "Passed");
}

// --- Adjustment, override, N/A -----------------------------------------------------------------

TEST(EvaluateTest, AdjustmentUpClearsTheZeroPointRule) {
  const CompiledProfile profile = MustCompile(DccScheme(), "L1");
  AssessmentInput input = AllMet(profile);
  InputOf(input, "1100").theoretical.status = Status::kNotMet;
  Adjust(InputOf(input, "1100"), +1);
  const Evaluation evaluation = Score(profile, input);
  const ControlResult& control = ResultOf(evaluation, profile, "1100");
  EXPECT_EQ(control.base_points, 0);
  EXPECT_EQ(control.points, 1);
  EXPECT_EQ(control.state, ControlState::kPartiallyMet);
  EXPECT_THAT(control.reasons, ElementsAre(ReasonCode::kStatusRecorded, ReasonCode::kAdjustedUp));
  EXPECT_EQ(evaluation.verdict.outcome, VerdictOutcome::kPassed);
}

TEST(EvaluateTest, AdjustmentIsClampedAtBothEnds) {
  const CompiledProfile profile = MustCompile(DccScheme(), "L1");
  AssessmentInput input = AllMet(profile);
  Adjust(InputOf(input, "1100"), +1);
  InputOf(input, "1200").theoretical.status = Status::kNotMet;
  Adjust(InputOf(input, "1200"), -1);
  const Evaluation evaluation = Score(profile, input);
  EXPECT_EQ(ResultOf(evaluation, profile, "1100").points, 2);
  EXPECT_THAT(ResultOf(evaluation, profile, "1100").reasons,
              ElementsAre(ReasonCode::kStatusRecorded, ReasonCode::kAdjustedUp,
                          ReasonCode::kAdjustmentClamped));
  EXPECT_EQ(ResultOf(evaluation, profile, "1200").points, 0);
  EXPECT_TRUE(ResultOf(evaluation, profile, "1200").reasons.Has(ReasonCode::kAdjustmentClamped));
}

TEST(EvaluateTest, AnAdjustmentDoesNotLiftAFailedCertificate) {
  const CompiledProfile profile = MustCompile(DccScheme(), "L2");
  AssessmentInput input = AllMet(profile);
  input.certificates[1].expires_on = kAsOf - 1;  // Cyber Essentials Plus.
  Adjust(InputOf(input, "0002"), +1);
  const Evaluation evaluation = Score(profile, input);
  const ControlResult& control = ResultOf(evaluation, profile, "0002");
  EXPECT_EQ(control.state, ControlState::kNotMet);
  EXPECT_EQ(control.points, 0);
  EXPECT_EQ(control.base_points, 2);
  EXPECT_THAT(control.reasons,
              ElementsAre(ReasonCode::kStatusRecorded, ReasonCode::kAdjustedUp,
                          ReasonCode::kAdjustmentClamped, ReasonCode::kAnchorCertificateExpired));
  const ObjectiveResult& ce = ObjectiveOf(evaluation, profile, "CE");
  ASSERT_EQ(ce.zero_point_control_count, 1u);
  EXPECT_EQ(evaluation.zero_point_controls[ce.first_zero_point_control],
            profile.FindControl("0002").index);
  EXPECT_EQ(evaluation.verdict.result, "Failed on objective(s): CE");
}

TEST(EvaluateTest, NorDoesAnAdjustedBlankOfARuleSetThatAllowsIt) {
  RuleSetDefinition rules = AsrV21();
  rules.options.adjust_blank = AdjustBlank::kAllow;
  const CompiledProfile profile = MustCompile(DccScheme(rules), "L1");
  AssessmentInput input = AllMet(profile);
  input.certificates.clear();
  InputOf(input, "0001").theoretical.status = std::nullopt;
  Adjust(InputOf(input, "0001"), +1);
  const Evaluation evaluation = Score(profile, input);
  EXPECT_EQ(ResultOf(evaluation, profile, "0001").points, 0);
  EXPECT_THAT(ResultOf(evaluation, profile, "0001").reasons,
              ElementsAre(ReasonCode::kBlankNotMet, ReasonCode::kAdjustedUp,
                          ReasonCode::kAnchorCertificateMissing));
}

TEST(EvaluateTest, OverrideIsMetWhateverStandsBeneath) {
  const CompiledProfile profile = MustCompile(DccScheme(), "L1");
  AssessmentInput input = AllMet(profile);
  InputOf(input, "1100").theoretical.status = Status::kNotMet;
  Adjust(InputOf(input, "1100"), -1);
  MarkOverridden(InputOf(input, "1100"));
  InputOf(input, "1200").theoretical.status = std::nullopt;
  MarkOverridden(InputOf(input, "1200"));
  const Evaluation evaluation = Score(profile, input);
  EXPECT_EQ(ResultOf(evaluation, profile, "1100").points, 2);
  EXPECT_EQ(ResultOf(evaluation, profile, "1100").base_points, 0);
  EXPECT_TRUE(ResultOf(evaluation, profile, "1100").base_known);
  EXPECT_EQ(ResultOf(evaluation, profile, "1200").points, 2);
  EXPECT_FALSE(ResultOf(evaluation, profile, "1200").base_known);
  EXPECT_THAT(ResultOf(evaluation, profile, "1200").reasons,
              ElementsAre(ReasonCode::kOverriddenToMet));
  EXPECT_EQ(evaluation.verdict.outcome, VerdictOutcome::kPassed);
  const uint32_t first = profile.FindControl("1100").index;
  const uint32_t second = profile.FindControl("1200").index;
  EXPECT_THAT(evaluation.triggers,
              ElementsAre(ReviewTrigger{TriggerKind::kOverride, first, false},
                          ReviewTrigger{TriggerKind::kOverride, second, false}));
}

TEST(EvaluateTest, AllControlsOfAnObjectiveNotApplicableIsNeutralAndAlwaysATrigger) {
  const CompiledProfile profile = MustCompile(DccScheme(), "L1");
  AssessmentInput input = AllMet(profile);
  for (uint32_t i = 0; i < 4; ++i) {
    MarkNotApplicable(InputAt(input, profile, "D", i));
  }
  const Evaluation evaluation = Score(profile, input);
  EXPECT_EQ(ObjectiveOf(evaluation, profile, "D").outcome, ObjectiveOutcome::kNoScoredControls);
  EXPECT_EQ(ObjectiveOf(evaluation, profile, "D").score.maximum, 0);
  EXPECT_EQ(evaluation.verdict.outcome, VerdictOutcome::kPassed);
  ASSERT_EQ(evaluation.triggers.size(), 5u);
  EXPECT_EQ(evaluation.triggers[4], (ReviewTrigger{TriggerKind::kNoScoredControls, 4, false}));
}

// --- Blanks, modes, phases ---------------------------------------------------------------------

TEST(EvaluateTest, ABlankIsNotMetWhenFinal) {
  const CompiledProfile profile = MustCompile(DccScheme(), "L1");
  AssessmentInput input = AllMet(profile);
  input.controls.pop_back();
  const Evaluation evaluation = Score(profile, input);
  EXPECT_EQ(evaluation.controls.back().state, ControlState::kNotMet);
  EXPECT_THAT(evaluation.controls.back().reasons, ElementsAre(ReasonCode::kBlankNotMet));
  EXPECT_EQ(evaluation.verdict.result, "Failed on objective(s): D");
}

TEST(EvaluateTest, ABlankIsOpenWhenProvisional) {
  const CompiledProfile profile = MustCompile(DccScheme(), "L1");
  AssessmentInput input = AllMet(profile);
  input.mode = Mode::kProvisional;
  input.controls.pop_back();
  const Evaluation evaluation = Score(profile, input);
  EXPECT_EQ(evaluation.controls.back().state, ControlState::kBlank);
  EXPECT_EQ(evaluation.controls.back().maximum, 2);
  const ObjectiveResult& d = ObjectiveOf(evaluation, profile, "D");
  EXPECT_EQ(d.outcome, ObjectiveOutcome::kIncomplete);
  EXPECT_EQ(d.score.points, 6);
  EXPECT_EQ(d.score.maximum, 8);
  EXPECT_EQ(d.counts.blank, 1);
  EXPECT_EQ(d.zero_point_control_count, 0u);
  EXPECT_EQ(ObjectiveOf(evaluation, profile, "A").outcome, ObjectiveOutcome::kPassed);
  EXPECT_EQ(evaluation.verdict.outcome, VerdictOutcome::kIncomplete);
  EXPECT_EQ(evaluation.verdict.result, "Incomplete");
  EXPECT_THAT(evaluation.verdict.reasons, ElementsAre(ReasonCode::kIncompleteAssessment));
}

TEST(EvaluateTest, AProvisionalScoreWithoutOpenPointsIsDecided) {
  const CompiledProfile profile = MustCompile(DccScheme(), "L1");
  AssessmentInput input = AllMet(profile);
  input.mode = Mode::kProvisional;
  EXPECT_EQ(Score(profile, input).verdict.outcome, VerdictOutcome::kPassed);
}

TEST(EvaluateTest, NothingRecordedFailsEveryObjective) {
  const CompiledProfile profile = MustCompile(DccScheme(), "L3");
  AssessmentInput input;
  input.as_of = kAsOf;
  EXPECT_EQ(Score(profile, input).verdict.result, "Failed on objective(s): CE, A, B, C, D");
}

TEST(EvaluateTest, ThePracticalPhaseReplacesTheTheoreticalWherePresent) {
  const CompiledProfile profile = MustCompile(DccScheme(), "L1");
  AssessmentInput input = AllMet(profile);
  InputOf(input, "1100").practical.status = Status::kNotMet;
  const Evaluation evaluation = Score(profile, input);
  EXPECT_EQ(ResultOf(evaluation, profile, "1100").phase, Phase::kPractical);
  EXPECT_EQ(ResultOf(evaluation, profile, "1100").points, 0);
  EXPECT_EQ(ResultOf(evaluation, profile, "1200").phase, Phase::kTheoretical);
}

// --- Before ASR v2.1 ---------------------------------------------------------------------------

TEST(EvaluateTest, BeforeVersionTwoOnlyThePercentageCounts) {
  const CompiledProfile profile = MustCompile(DccScheme(AsrPreV21()), "L1");
  AssessmentInput input = AllMet(profile);
  InputAt(input, profile, "B", 0).theoretical.status = Status::kNotMet;
  const Evaluation evaluation = Score(profile, input);
  const ObjectiveResult& b = ObjectiveOf(evaluation, profile, "B");
  EXPECT_FALSE(b.score.no_zero_point_control);
  EXPECT_THAT(b.reasons, ElementsAre(ReasonCode::kThresholdMet, ReasonCode::kZeroPointRuleOff));
  EXPECT_EQ(evaluation.verdict.result, "Passed");
}

TEST(EvaluateTest, BeforeVersionTwoAnOverrideIsIgnoredButStillTriggers) {
  const CompiledProfile profile = MustCompile(DccScheme(AsrPreV21()), "L1");
  AssessmentInput input = AllMet(profile);
  InputOf(input, "0001").theoretical.status = Status::kNotMet;
  MarkOverridden(InputOf(input, "0001"));
  input.certificates.clear();
  const Evaluation evaluation = Score(profile, input);
  EXPECT_THAT(
      ResultOf(evaluation, profile, "0001").reasons,
      ElementsAre(ReasonCode::kStatusRecorded, ReasonCode::kAnchorCertificateMissing,
                  ReasonCode::kAnchorCertificateRecordedOnly, ReasonCode::kOverrideIgnored));
  EXPECT_EQ(evaluation.verdict.result, "Failed on objective(s): CE");
  EXPECT_FALSE(evaluation.verdict.failed_on_anchor);
  EXPECT_THAT(evaluation.triggers, ElementsAre(ReviewTrigger{TriggerKind::kOverride, 0, false}));
}

TEST(EvaluateTest, BeforeVersionTwoAnOverrideAloneLeavesTheControlBlank) {
  const CompiledProfile profile = MustCompile(DccScheme(AsrPreV21()), "L1");
  AssessmentInput input = AllMet(profile);
  InputOf(input, "1100").theoretical.status = std::nullopt;
  MarkOverridden(InputOf(input, "1100"));
  const Evaluation evaluation = Score(profile, input);
  EXPECT_THAT(ResultOf(evaluation, profile, "1100").reasons,
              ElementsAre(ReasonCode::kBlankNotMet, ReasonCode::kOverrideIgnored));
}

}  // namespace
}  // namespace assay::scoring
