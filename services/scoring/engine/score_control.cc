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

// Applies the rules in their order, each replacing what stood before it. Adds at most seven
// reasons: one of the finding, QUESTION_OPEN, two of the certificate, two of the adjustment, and
// one of override or N/A, which exclude each other.
class ControlScorer {
 public:
  ControlScorer(const CompiledProfile& profile, const AssessmentInput& input, uint32_t control,
                const ControlInput& recorded)
      : profile_(profile),
        rules_(profile.rules()),
        points_(profile.points()),
        input_(input),
        control_(control),
        recorded_(recorded),
        overrides_(recorded.overridden && profile.rules().overrides == OverrideRule::kHonoured) {
    result_.maximum = points_.met;
  }

  ControlResult Run(std::vector<QuestionResult>& questions) {
    ApplyFinding(questions);
    blank_ = !result_.base_known && !overrides_ && !recorded_.not_applicable;
    if (blank_) {
      ApplyBlank();
    } else {
      ApplyCertificate();
    }
    ApplyAdjustment();
    ApplyOverride();
    ApplyNotApplicable();
    return result_;
  }

 private:
  void ApplyFinding(std::vector<QuestionResult>& questions) {
    const ChosenFinding chosen = ChooseFinding(profile_, control_, recorded_);
    result_.phase = chosen.phase;
    result_.base_known = chosen.summary.present;
    result_.first_question_result = static_cast<uint32_t>(questions.size());
    if (!result_.base_known) {
      return;
    }
    SummarizeFinding(
        profile_, control_,
        chosen.phase == Phase::kPractical ? recorded_.practical : recorded_.theoretical,
        &questions);
    result_.question_result_count =
        static_cast<uint32_t>(questions.size()) - result_.first_question_result;
    result_.base_points = PointsOf(points_, chosen.summary.status);
    SetPoints(result_.base_points);
    result_.reasons.Add(FindingReason(chosen.summary));
    if (input_.mode == Mode::kProvisional && chosen.summary.open_questions > 0) {
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
    const bool counting_blank =
        blank_ && !result_.open && rules_.adjust_blank == AdjustBlank::kAllow;
    if (recorded_.adjustment == 0 || (!result_.base_known && !counting_blank)) {
      return;
    }
    const int32_t wanted = result_.points + recorded_.adjustment;
    const int32_t clamped = std::clamp(wanted, points_.not_met, points_.met);
    result_.reasons.Add(recorded_.adjustment > 0 ? ReasonCode::kAdjustedUp
                                                 : ReasonCode::kAdjustedDown);
    if (clamped != wanted) {
      result_.reasons.Add(ReasonCode::kAdjustmentClamped);
    }
    SetPoints(clamped);
  }

  void ApplyOverride() {
    if (!recorded_.overridden) {
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
    if (!recorded_.not_applicable) {
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
  const bool overrides_;  // Recorded and honoured.
  bool blank_ = false;
  ControlResult result_;
};

}  // namespace

ControlResult ScoreControl(const CompiledProfile& profile, const AssessmentInput& input,
                           uint32_t control, const ControlInput* recorded,
                           std::vector<QuestionResult>& questions) {
  const ControlInput nothing;
  return ControlScorer(profile, input, control, recorded == nullptr ? nothing : *recorded)
      .Run(questions);
}

}  // namespace assay::scoring
