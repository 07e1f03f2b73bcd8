#include "services/scoring/engine/score_control.h"

#include <algorithm>

#include "services/scoring/engine/certificates.h"
#include "services/scoring/engine/finding.h"

namespace assay::scoring {
namespace {

int32_t PointsOf(const PointValues& points, Status status) {
  switch (status) {
    case Status::kMet:
      return points.met;
    case Status::kPartiallyMet:
      return points.partially_met;
    case Status::kNotMet:
      return points.not_met;
  }
  return points.not_met;
}

ControlState StateOf(const PointValues& points, int32_t value) {
  if (value >= points.met) {
    return ControlState::kMet;
  }
  return value > points.not_met ? ControlState::kPartiallyMet : ControlState::kNotMet;
}

ReasonCode FindingReason(const FindingSummary& summary) {
  if (summary.from_status) {
    return ReasonCode::kStatusRecorded;
  }
  switch (summary.status) {
    case Status::kMet:
      return ReasonCode::kAllQuestionsMeet;
    case Status::kPartiallyMet:
      return ReasonCode::kSomeQuestionsMeet;
    case Status::kNotMet:
      return ReasonCode::kNoQuestionMeets;
  }
  return ReasonCode::kNoQuestionMeets;
}

bool HasFlag(const ControlInput& input) {
  const auto marks_one = [](const PhaseFinding& finding) {
    return std::any_of(
        finding.questions.begin(), finding.questions.end(),
        [](const QuestionOutcome& outcome) { return outcome.outcome == Outcome::kNotApplicable; });
  };
  return input.overridden || input.not_applicable || marks_one(input.theoretical) ||
         marks_one(input.practical);
}

// Applies the rules in their order, each replacing what stood before it. Adds at most seven
// reasons: FLAG_OVERTURNED or one of override or N/A, which exclude each other; one of the finding,
// QUESTION_OPEN, two of the adjustment, two of the certificate.
class ControlScorer {
 public:
  ControlScorer(const CompiledProfile& profile, const AssessmentInput& input, uint32_t control,
                const ControlInput& recorded, bool overturned)
      : profile_(profile),
        rules_(profile.rules()),
        points_(profile.points()),
        input_(input),
        control_(control),
        recorded_(recorded),
        overturned_(overturned),
        overridden_(recorded.overridden && !overturned),
        not_applicable_(recorded.not_applicable && !overturned),
        overrides_(overridden_ && profile.rules().overrides == OverrideRule::kHonoured) {
    result_.maximum = points_.met;
  }

  ControlResult Run(std::vector<QuestionResult>& questions) {
    if (overturned_ && HasFlag(recorded_)) {
      result_.reasons.Add(ReasonCode::kFlagOverturned);
    }
    ApplyFinding(questions);
    blank_ = !result_.base_known && !overrides_ && !not_applicable_;
    if (blank_) {
      ApplyBlank();
    }
    ApplyAdjustment();
    if (!blank_ || !result_.open) {
      ApplyCertificate();
    }
    ApplyOverride();
    ApplyNotApplicable();
    return result_;
  }

 private:
  // The phase is chosen by what was recorded: overturning a question N/A must not bring back an
  // earlier phase's finding.
  void ApplyFinding(std::vector<QuestionResult>& questions) {
    const ChosenFinding chosen = ChooseFinding(profile_, control_, recorded_);
    result_.phase = chosen.phase;
    result_.first_question_result = static_cast<uint32_t>(questions.size());
    if (chosen.finding == nullptr) {
      return;
    }
    const FindingSummary summary =
        overturned_ ? SummarizeFinding(profile_, control_, WithoutNotApplicable(*chosen.finding),
                                       &questions)
                    : SummarizeFinding(profile_, control_, *chosen.finding, &questions);
    result_.question_result_count =
        static_cast<uint32_t>(questions.size()) - result_.first_question_result;
    result_.base_known = summary.present;
    if (!summary.present) {
      return;
    }
    result_.base_points = PointsOf(points_, summary.status);
    SetPoints(result_.base_points);
    result_.reasons.Add(FindingReason(summary));
    if (input_.mode == Mode::kProvisional && summary.open_questions > 0) {
      result_.open = true;
      result_.reasons.Add(ReasonCode::kQuestionOpen);
    }
  }

  void ApplyBlank() {
    result_.open = input_.mode == Mode::kProvisional || rules_.blank == BlankRule::kIncomplete;
    result_.state = result_.open ? ControlState::kBlank : ControlState::kNotMet;
    result_.reasons.Add(result_.open ? ReasonCode::kBlankOpen : ReasonCode::kBlankNotMet);
  }

  void ApplyCertificate() {
    const std::string& kind = profile_.controls()[control_].certificate_kind;
    if (kind.empty()) {
      return;
    }
    const ReasonCode standing = CertificateStanding(input_.certificates, kind, input_.as_of);
    result_.reasons.Add(standing);
    if (standing == ReasonCode::kAnchorCertificateValid) {
      return;
    }
    if (rules_.anchor_certificate == AnchorCertificate::kRecord) {
      result_.reasons.Add(ReasonCode::kAnchorCertificateRecordedOnly);
      return;
    }
    SetPoints(points_.not_met);
  }

  // Has nothing to act on where no base is known, save a blank that counts under adjust_blank.
  void ApplyAdjustment() {
    if (recorded_.adjustment == 0) {
      return;
    }
    const bool adjustable_blank = blank_ && rules_.adjust_blank == AdjustBlank::kAllow;
    if (!result_.base_known && (!adjustable_blank || result_.open)) {
      if (overturned_ && !adjustable_blank) {
        result_.reasons.Add(ReasonCode::kAdjustmentDropped);
      }
      return;
    }
    const int32_t wanted = result_.points + recorded_.adjustment;
    const int32_t clamped = std::clamp(wanted, points_.not_met, points_.met);
    // Validation refuses what was recorded so; an overturn can bring it about.
    if (overturned_ && clamped != wanted && rules_.adjustment_clamp == AdjustmentClamp::kRefuse) {
      result_.reasons.Add(ReasonCode::kAdjustmentDropped);
      return;
    }
    result_.reasons.Add(recorded_.adjustment > 0 ? ReasonCode::kAdjustedUp
                                                 : ReasonCode::kAdjustedDown);
    if (clamped != wanted) {
      result_.reasons.Add(ReasonCode::kAdjustmentClamped);
    }
    SetPoints(clamped);
  }

  void ApplyOverride() {
    if (!overridden_) {
      return;
    }
    if (!overrides_) {
      result_.reasons.Add(ReasonCode::kOverrideIgnored);
      return;
    }
    result_.reasons.Add(ReasonCode::kOverriddenToMet);
    result_.open = false;
    SetPoints(points_.met);
  }

  void ApplyNotApplicable() {
    if (!not_applicable_) {
      return;
    }
    result_.reasons.Add(ReasonCode::kNotApplicableLeavesSet);
    result_.state = ControlState::kNotApplicable;
    result_.open = false;
    result_.points = 0;
    result_.maximum = 0;
  }

  void SetPoints(int32_t points) {
    result_.points = points;
    result_.state = StateOf(points_, points);
  }

  const CompiledProfile& profile_;
  const RuleOptions& rules_;
  const PointValues& points_;
  const AssessmentInput& input_;
  const uint32_t control_;
  const ControlInput& recorded_;
  const bool overturned_;
  const bool overridden_;  // Recorded and not overturned, as the next.
  const bool not_applicable_;
  const bool overrides_;  // Overridden, and the rule set honours it.
  bool blank_ = false;
  ControlResult result_;
};

}  // namespace

ControlResult ScoreControl(const CompiledProfile& profile, const AssessmentInput& input,
                           uint32_t control, const RecordedControl& recorded,
                           std::vector<QuestionResult>& questions) {
  const ControlInput nothing;
  return ControlScorer(profile, input, control,
                       recorded.input == nullptr ? nothing : *recorded.input, recorded.overturned)
      .Run(questions);
}

}  // namespace assay::scoring
