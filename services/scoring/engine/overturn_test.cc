// What a reviewer's overturn makes of a control: worked cases, and a property over every
// combination of what can be recorded. One objective with one control, x, that rests on a
// certificate and has questions:
//   x.1 gate, unscored, "yes" or "no"
//   x.2 scored, asked when "yes"
//   x.3 scored, always asked
//   x.4 scored, always asked

#include <optional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/scoring/engine/evaluate.h"
#include "services/scoring/engine/model_one.h"
#include "services/scoring/engine/testing/dcc_shape.h"
#include "services/scoring/engine/validate.h"

namespace assay::scoring {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kKind[] = "KIND";

SchemeDefinition OneControl(const RuleOptions& options = {}) {
  SchemeDefinition scheme;
  scheme.profiles = {"P"};
  scheme.objectives = {{"A", "Objective"}};
  scheme.controls = {{"x", "A", "X", {"P"}, {kKind}}};
  scheme.questions = {{"x.1", "x", {"P"}, QuestionKind::kGate, false},
                      {"x.2", "x", {"P"}, QuestionKind::kYesNo, true, AskedWhen{"x.1", {"yes"}}},
                      {"x.3", "x", {"P"}},
                      {"x.4", "x", {"P"}}};
  scheme.questions[0].answers = {"yes", "no"};
  scheme.rules.options = options;
  scheme.rules.objectives = {{"A", true, false}};
  scheme.rules.thresholds = {{"P", 50}};
  UseModelOne({"Passed", "Failed on objective(s): {objectives}", "Incomplete", ", "}, {},
              scheme.rules);
  return scheme;
}

AssessmentInput InputWith(ControlInput control) {
  AssessmentInput input;
  input.as_of = kAsOf;
  input.certificates = {ValidCertificate(kKind)};
  control.control = "x";
  input.controls = {std::move(control)};
  return input;
}

AssessmentInput Overturned(AssessmentInput input) {
  input.overturned_controls = {"x"};
  return input;
}

class OverturnTest : public ::testing::Test {
 protected:
  ControlResult Score(const ControlInput& control) {
    const AssessmentInput input = Overturned(InputWith(control));
    EXPECT_THAT(Validate(profile_, input), IsEmpty());
    evaluation_ = Evaluate(profile_, input);
    return evaluation_.controls.at(0);
  }

  CompiledProfile profile_ = MustCompile(OneControl(), "P");
  Evaluation evaluation_;
};

TEST_F(OverturnTest, AnOverrideShowsWhatStoodBeneath) {
  ControlInput control;
  control.theoretical.status = Status::kPartiallyMet;
  MarkOverridden(control);
  const ControlResult result = Score(control);
  EXPECT_EQ(result.points, 1);
  EXPECT_THAT(result.reasons, ElementsAre(ReasonCode::kFlagOverturned, ReasonCode::kStatusRecorded,
                                          ReasonCode::kAnchorCertificateValid));
  EXPECT_THAT(evaluation_.triggers, IsEmpty());
}

TEST_F(OverturnTest, NothingBeneathIsBlankAndItsAdjustmentIsDropped) {
  ControlInput control;
  MarkNotApplicable(control);
  Adjust(control, +1);
  const ControlResult result = Score(control);
  EXPECT_EQ(result.state, ControlState::kNotMet);
  EXPECT_EQ(result.points, 0);
  EXPECT_EQ(result.maximum, 2);
  EXPECT_FALSE(result.base_known);
  EXPECT_THAT(result.reasons,
              ElementsAre(ReasonCode::kFlagOverturned, ReasonCode::kBlankNotMet,
                          ReasonCode::kAdjustmentDropped, ReasonCode::kAnchorCertificateValid));
}

TEST_F(OverturnTest, TheLastControlsNotApplicableLeavesNoTriggerOfItsObjective) {
  ControlInput control;
  MarkNotApplicable(control);
  EXPECT_EQ(Evaluate(profile_, InputWith(control)).triggers.size(), 2u);
  Score(control);
  EXPECT_THAT(evaluation_.triggers, IsEmpty());
  EXPECT_EQ(evaluation_.objectives[0].outcome, ObjectiveOutcome::kFailed);
}

TEST_F(OverturnTest, AQuestionIsUnansweredAgain) {
  ControlInput control;
  control.theoretical.questions = {{"x.1", Outcome::kUnanswered, "no"},
                                   {"x.3", Outcome::kMeets},
                                   {"x.4", Outcome::kNotApplicable, "", true}};
  const ControlResult result = Score(control);
  EXPECT_EQ(result.points, 1);
  EXPECT_THAT(result.reasons,
              ElementsAre(ReasonCode::kFlagOverturned, ReasonCode::kSomeQuestionsMeet,
                          ReasonCode::kAnchorCertificateValid));
  EXPECT_EQ(evaluation_.questions.at(3).reason, ReasonCode::kQuestionUnanswered);
  EXPECT_THAT(evaluation_.triggers, IsEmpty());
}

// Otherwise an overturn could raise the points: the theory is often the better result.
TEST_F(OverturnTest, APracticalPhaseOfNotApplicableQuestionsDoesNotFallBackToTheTheoretical) {
  ControlInput control;
  control.theoretical.status = Status::kMet;
  control.practical.questions = {{"x.4", Outcome::kNotApplicable, "", true}};
  const ControlResult result = Score(control);
  EXPECT_EQ(result.phase, Phase::kPractical);
  EXPECT_EQ(result.points, 0);
  EXPECT_FALSE(result.base_known);
  EXPECT_THAT(result.reasons, ElementsAre(ReasonCode::kFlagOverturned, ReasonCode::kBlankNotMet,
                                          ReasonCode::kAnchorCertificateValid));
  EXPECT_EQ(result.question_result_count, 4u);
}

TEST_F(OverturnTest, AGatesRecordedAnswerSteersAgain) {
  ControlInput control;
  control.theoretical.questions = {{"x.1", Outcome::kNotApplicable, "no", true},
                                   {"x.3", Outcome::kMeets},
                                   {"x.4", Outcome::kMeets}};
  EXPECT_EQ(Evaluate(profile_, InputWith(control)).controls[0].points, 1);  // x.2 is asked.
  EXPECT_EQ(Score(control).points, 2);
}

TEST_F(OverturnTest, AnAdjustmentThatNoLongerFitsIsDroppedWhereTheRuleSetRefusesIt) {
  RuleOptions options;
  options.adjustment_clamp = AdjustmentClamp::kRefuse;
  profile_ = MustCompile(OneControl(options), "P");
  ControlInput control;  // Partially Met by its N/A question, so -1 fits while that stands.
  control.theoretical.questions = {{"x.1", Outcome::kUnanswered, "no"},
                                   {"x.3", Outcome::kDoesNotMeet},
                                   {"x.4", Outcome::kNotApplicable, "", true}};
  Adjust(control, -1);
  EXPECT_TRUE(Score(control).reasons.Has(ReasonCode::kAdjustmentDropped));
  EXPECT_EQ(evaluation_.controls[0].points, 0);
  Adjust(control, +1);
  EXPECT_THAT(Score(control).reasons,
              ElementsAre(ReasonCode::kFlagOverturned, ReasonCode::kNoQuestionMeets,
                          ReasonCode::kAdjustedUp, ReasonCode::kAnchorCertificateValid));
}

TEST_F(OverturnTest, AControlWithoutFlagsOrRecordStaysWhatItIs) {
  ControlInput control;
  control.theoretical.status = Status::kMet;
  EXPECT_THAT(Score(control).reasons,
              ElementsAre(ReasonCode::kStatusRecorded, ReasonCode::kAnchorCertificateValid));
  AssessmentInput unrecorded = Overturned(InputWith({}));
  unrecorded.controls.clear();
  EXPECT_THAT(Validate(profile_, unrecorded), IsEmpty());
  EXPECT_EQ(Evaluate(profile_, unrecorded).controls[0].state, ControlState::kNotMet);
}

// --- Every combination ---------------------------------------------------------------------------

// A kind of finding, and what an overturn leaves of it.
struct FindingKind {
  bool present;
  bool has_flag;
  PhaseFinding recorded;
  PhaseFinding beneath;
};

std::vector<FindingKind> FindingKinds() {
  std::vector<FindingKind> kinds = {{false, false, {}, {}}};
  for (const Status status : {Status::kMet, Status::kPartiallyMet, Status::kNotMet}) {
    kinds.push_back({true, false, {status, {}}, {status, {}}});
  }
  const QuestionOutcome gate_no = {"x.1", Outcome::kUnanswered, "no"};
  const QuestionOutcome gate_yes = {"x.1", Outcome::kUnanswered, "yes"};
  const QuestionOutcome third_meets = {"x.3", Outcome::kMeets};
  const QuestionOutcome third_open = {"x.3", Outcome::kUnanswered};
  const QuestionOutcome third_fails = {"x.3", Outcome::kDoesNotMeet};
  const QuestionOutcome fourth_meets = {"x.4", Outcome::kMeets};
  const QuestionOutcome fourth_na = {"x.4", Outcome::kNotApplicable, "", true};
  const QuestionOutcome follow_up = {"x.2", Outcome::kMeets};
  const QuestionOutcome follow_up_na = {"x.2", Outcome::kNotApplicable, "", true};
  const QuestionOutcome gate_na = {"x.1", Outcome::kNotApplicable, "", true};
  const auto same = [&](std::vector<QuestionOutcome> questions) {
    kinds.push_back({true, false, {std::nullopt, questions}, {std::nullopt, questions}});
  };
  const auto flagged = [&](std::vector<QuestionOutcome> recorded,
                           std::vector<QuestionOutcome> beneath) {
    kinds.push_back({true, true, {std::nullopt, recorded}, {std::nullopt, beneath}});
  };
  kinds.push_back({false, false, {std::nullopt, {third_open}}, {}});
  same({gate_no, third_meets, fourth_meets});
  same({gate_yes, third_fails});
  same({gate_yes});
  same({follow_up});  // The gate was forgotten.
  flagged({gate_no, third_meets, fourth_na}, {gate_no, third_meets});
  flagged({third_fails, fourth_na}, {third_fails});
  flagged({fourth_na}, {});
  flagged({gate_na, third_meets, fourth_meets}, {third_meets, fourth_meets});
  flagged({gate_na, follow_up_na, fourth_na}, {});
  flagged({gate_no, follow_up_na}, {gate_no});  // N/A on a question that is not asked.
  return kinds;
}

enum class Flag { kNone, kOverride, kNotApplicable };

struct Combination {
  const FindingKind& theoretical;
  const FindingKind& practical;
  int32_t adjustment;
  Flag flag;

  AssessmentInput Recorded() const {
    ControlInput control;
    control.theoretical = theoretical.recorded;
    control.practical = practical.recorded;
    if (adjustment != 0) {
      Adjust(control, adjustment);
    }
    if (flag == Flag::kOverride) {
      MarkOverridden(control);
    } else if (flag == Flag::kNotApplicable) {
      MarkNotApplicable(control);
    }
    return InputWith(std::move(control));
  }

  // The same with its flags never recorded, in the phase that counts by what was recorded. An
  // adjustment that would then be refused was never made.
  AssessmentInput Beneath(const CompiledProfile& profile) const {
    const PhaseRule rule = profile.rules().phase;
    ControlInput control;
    if (rule != PhaseRule::kTheoreticalOnly && practical.present) {
      control.practical = practical.beneath;
    } else if (rule != PhaseRule::kPracticalOnly && theoretical.present) {
      control.theoretical = theoretical.beneath;
    }
    AssessmentInput input = InputWith(std::move(control));
    if (adjustment != 0) {
      Adjust(input.controls[0], adjustment);
      if (!Validate(profile, input).empty()) {
        input.controls[0].adjustment = 0;
      }
    }
    return input;
  }

  bool HasFlag() const { return flag != Flag::kNone || theoretical.has_flag || practical.has_flag; }
};

// One rule set, mode and state of the certificate at a time.
class CombinationChecker {
 public:
  CombinationChecker(const RuleOptions& options, Mode mode, bool certificate_stands)
      : profile_(MustCompile(OneControl(options), "P")),
        mode_(mode),
        certificate_stands_(certificate_stands) {}

  // Whether it can be recorded at all.
  bool Check(const Combination& combination) const {
    const AssessmentInput recorded = Under(combination.Recorded());
    if (!Validate(profile_, recorded).empty()) {
      return false;
    }
    const AssessmentInput overturned = Overturned(recorded);
    EXPECT_THAT(Validate(profile_, overturned), IsEmpty());
    const Evaluation mine = Evaluate(profile_, overturned);
    const AssessmentInput beneath = Under(combination.Beneath(profile_));
    EXPECT_THAT(Validate(profile_, beneath), IsEmpty());
    CheckResult(mine.controls[0], Evaluate(profile_, beneath).controls[0]);
    EXPECT_EQ(mine.controls[0].reasons.Has(ReasonCode::kFlagOverturned), combination.HasFlag());
    EXPECT_THAT(mine.triggers, IsEmpty());
    if (!combination.HasFlag()) {
      EXPECT_EQ(mine.controls[0].phase, Evaluate(profile_, recorded).controls[0].phase);
      EXPECT_EQ(mine.controls[0].points, Evaluate(profile_, recorded).controls[0].points);
    }
    return true;
  }

 private:
  AssessmentInput Under(AssessmentInput input) const {
    input.mode = mode_;
    if (!certificate_stands_) {
      input.certificates.clear();
    }
    return input;
  }

  void CheckResult(const ControlResult& mine, const ControlResult& beneath) const {
    EXPECT_EQ(mine.state, beneath.state);
    EXPECT_EQ(mine.open, beneath.open);
    EXPECT_EQ(mine.base_known, beneath.base_known);
    EXPECT_EQ(mine.base_points, beneath.base_points);
    EXPECT_EQ(mine.points, beneath.points);
    EXPECT_EQ(mine.maximum, 2);
    EXPECT_LT(mine.reasons.size(), ReasonList::kCapacity);
    EXPECT_FALSE(mine.reasons.Has(ReasonCode::kOverriddenToMet));
    EXPECT_FALSE(mine.reasons.Has(ReasonCode::kOverrideIgnored));
    EXPECT_FALSE(mine.reasons.Has(ReasonCode::kNotApplicableLeavesSet));
    if (!certificate_stands_) {
      EXPECT_EQ(mine.points, 0);
    }
  }

  const CompiledProfile profile_;
  const Mode mode_;
  const bool certificate_stands_;
};

// Returns how many combinations could be recorded.
int CheckAll(const CombinationChecker& checker, const std::vector<FindingKind>& kinds) {
  int recordable = 0;
  for (size_t t = 0; t < kinds.size(); ++t) {
    for (size_t p = 0; p < kinds.size(); ++p) {
      for (const int32_t adjustment : {-1, 0, 1}) {
        for (const Flag flag : {Flag::kNone, Flag::kOverride, Flag::kNotApplicable}) {
          recordable += checker.Check({kinds[t], kinds[p], adjustment, flag}) ? 1 : 0;
          if (::testing::Test::HasFailure()) {
            ADD_FAILURE() << "theoretical kind " << t << ", practical kind " << p << ", adjustment "
                          << adjustment << ", flag " << static_cast<int>(flag);
            return recordable;
          }
        }
      }
    }
  }
  return recordable;
}

TEST(OverturnPropertyTest, EveryRecordableInputCanBeOverturnedAndShowsWhatIsBeneath) {
  const std::vector<FindingKind> kinds = FindingKinds();
  int recordable = 0;
  for (int bits = 0; bits < 32 && !HasFailure(); ++bits) {
    RuleOptions options;
    options.adjustment_clamp = (bits & 1) != 0 ? AdjustmentClamp::kRefuse : AdjustmentClamp::kOn;
    options.adjust_blank = (bits & 2) != 0 ? AdjustBlank::kAllow : AdjustBlank::kRefuse;
    options.overrides = (bits & 4) != 0 ? OverrideRule::kIgnored : OverrideRule::kHonoured;
    const Mode mode = (bits & 8) != 0 ? Mode::kProvisional : Mode::kFinal;
    const bool certificate_stands = (bits & 16) == 0;
    for (const PhaseRule phase :
         {PhaseRule::kLatest, PhaseRule::kPracticalOnly, PhaseRule::kTheoreticalOnly}) {
      SCOPED_TRACE(bits);
      options.phase = phase;
      recordable += CheckAll(CombinationChecker(options, mode, certificate_stands), kinds);
    }
  }
  EXPECT_GT(recordable, 100'000);
}

}  // namespace
}  // namespace assay::scoring
