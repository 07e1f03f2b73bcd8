#include "services/scoring/engine/evaluate.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "services/scoring/engine/score_control.h"
#include "services/scoring/engine/triggers.h"

namespace assay::scoring {
namespace {

// Fills the evaluation bottom up: controls, objectives, verdict.
class Scorer {
 public:
  Scorer(const CompiledProfile& profile, const AssessmentInput& input)
      : profile_(profile), input_(input), by_control_(MatchControls(profile, input)) {}

  Evaluation Run() {
    const size_t controls = profile_.controls().size();
    out_.controls.reserve(controls);
    out_.questions.reserve(profile_.questions().size());
    for (uint32_t i = 0; i < controls; ++i) {
      out_.controls.push_back(ScoreControl(profile_, input_, i, by_control_[i], out_.questions));
    }
    out_.objectives.reserve(profile_.objectives().size());
    for (const CompiledObjective& objective : profile_.objectives()) {
      out_.objectives.push_back(ScoreOneObjective(objective));
    }
    out_.verdict = Conclude();
    out_.triggers = FindTriggers(profile_, by_control_);
    return std::move(out_);
  }

 private:
  ObjectiveResult ScoreOneObjective(const CompiledObjective& objective) {
    ObjectiveResult result;
    result.anchor = objective.anchor;
    result.first_zero_point_control = static_cast<uint32_t>(out_.zero_point_controls.size());
    bool open = false;
    for (uint32_t i = 0; i < objective.control_count; ++i) {
      const uint32_t control = objective.first_control + i;
      open |= out_.controls[control].open;
      Count(control, result.counts);
    }
    result.zero_point_control_count =
        static_cast<uint32_t>(out_.zero_point_controls.size()) - result.first_zero_point_control;
    result.score = ScoreObjective(result.counts, profile_.threshold_percent(),
                                  profile_.rules().zero_point_rule);
    result.outcome = OutcomeOf(objective, result, open);
    result.fails_verdict =
        result.outcome == ObjectiveOutcome::kFailed && (objective.mandatory || objective.anchor);
    Explain(open, result);
    return result;
  }

  void Count(uint32_t control, ObjectiveCounts& counts) {
    switch (out_.controls[control].state) {
      case ControlState::kMet:
        ++counts.met;
        break;
      case ControlState::kPartiallyMet:
        ++counts.partially_met;
        break;
      case ControlState::kNotMet:
        ++counts.not_met;
        out_.zero_point_controls.push_back(control);
        break;
      case ControlState::kNotApplicable:
        ++counts.not_applicable;
        break;
      case ControlState::kBlank:
        ++counts.blank;
        break;
    }
  }

  ObjectiveOutcome OutcomeOf(const CompiledObjective& objective, const ObjectiveResult& result,
                             bool open) const {
    if (objective.control_count == 0) {
      return ObjectiveOutcome::kNotAssessedAtLevel;
    }
    if (result.score.scored == 0) {
      switch (profile_.rules().all_not_applicable) {
        case AllNotApplicable::kNeutral:
          return ObjectiveOutcome::kNoScoredControls;
        case AllNotApplicable::kPass:
          return ObjectiveOutcome::kPassed;
        case AllNotApplicable::kFail:
          return ObjectiveOutcome::kFailed;
      }
    }
    if (open) {
      return ObjectiveOutcome::kIncomplete;
    }
    return result.score.passes ? ObjectiveOutcome::kPassed : ObjectiveOutcome::kFailed;
  }

  // At most four reasons.
  void Explain(bool open, ObjectiveResult& result) const {
    ReasonList& reasons = result.reasons;
    if (result.outcome == ObjectiveOutcome::kNotAssessedAtLevel) {
      reasons.Add(ReasonCode::kNotAssessedAtLevel);
      return;
    }
    if (result.score.scored == 0) {
      reasons.Add(ReasonCode::kNoScoredControls);
    } else {
      reasons.Add(result.score.percentage_ok ? ReasonCode::kThresholdMet
                                             : ReasonCode::kBelowThreshold);
      reasons.Add(result.score.no_zero_point_control ? ReasonCode::kNoZeroPointControl
                  : profile_.rules().zero_point_rule == ZeroPointRule::kOn
                      ? ReasonCode::kZeroPointControl
                      : ReasonCode::kZeroPointRuleOff);
    }
    if (open) {
      reasons.Add(ReasonCode::kIncompleteControls);
    }
    if (result.anchor && result.outcome == ObjectiveOutcome::kFailed) {
      reasons.Add(ReasonCode::kAnchorFailed);
    }
  }

  Verdict Conclude() const {
    Verdict verdict;
    bool incomplete = false;
    bool assessed = false;
    for (uint32_t i = 0; i < out_.objectives.size(); ++i) {
      const ObjectiveResult& objective = out_.objectives[i];
      incomplete |= objective.outcome == ObjectiveOutcome::kIncomplete;
      assessed |= objective.outcome == ObjectiveOutcome::kPassed ||
                  objective.outcome == ObjectiveOutcome::kFailed;
      if (objective.fails_verdict) {
        verdict.failed_objectives.push_back(i);
        verdict.failed_on_anchor |= objective.anchor;
      }
    }
    const ResultTexts& texts = profile_.texts();
    if (incomplete) {
      verdict.outcome = VerdictOutcome::kIncomplete;
      verdict.result = texts.incomplete;
      verdict.reasons.Add(ReasonCode::kIncompleteAssessment);
    } else if (!verdict.failed_objectives.empty()) {
      verdict.outcome = VerdictOutcome::kFailed;
      verdict.result = FailText(verdict.failed_objectives);
      verdict.reasons.Add(ReasonCode::kObjectiveFailed);
    } else {
      verdict.outcome = VerdictOutcome::kPassed;
      verdict.result = texts.pass;
      verdict.reasons.Add(assessed ? ReasonCode::kAllAssessedObjectivesPass
                                   : ReasonCode::kNoObjectiveAssessed);
    }
    if (verdict.failed_on_anchor) {
      verdict.reasons.Add(ReasonCode::kAnchorFailed);
    }
    return verdict;
  }

  std::string FailText(const std::vector<uint32_t>& failed) const {
    std::string ids;
    for (uint32_t objective : failed) {
      if (!ids.empty()) {
        ids += profile_.texts().separator;
      }
      ids += profile_.objectives()[objective].id;
    }
    std::string text = profile_.texts().fail;
    constexpr std::string_view kPlaceholder = kObjectivesPlaceholder;
    if (const size_t at = text.find(kPlaceholder); at != std::string::npos) {
      text.replace(at, kPlaceholder.size(), ids);
    }
    return text;
  }

  const CompiledProfile& profile_;
  const AssessmentInput& input_;
  const ControlInputs by_control_;
  Evaluation out_;
};

}  // namespace

Evaluation Evaluate(const CompiledProfile& profile, const AssessmentInput& input) {
  return Scorer(profile, input).Run();
}

}  // namespace assay::scoring
