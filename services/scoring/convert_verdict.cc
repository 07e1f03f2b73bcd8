#include "services/scoring/convert_verdict.h"

#include <string_view>

#include "common/ids/hex.h"
#include "common/time/timestamp.h"
#include "services/scoring/convert_analysis.h"
#include "services/scoring/engine/margin.h"
#include "services/scoring/engine/reasons.h"
#include "services/scoring/engine/version.h"

namespace assay::scoring {

v1::Outcome ToWire(ObjectiveOutcome outcome) {
  switch (outcome) {
    case ObjectiveOutcome::kPassed:
      return v1::OUTCOME_PASSED;
    case ObjectiveOutcome::kFailed:
      return v1::OUTCOME_FAILED;
    case ObjectiveOutcome::kNotAssessedAtLevel:
      return v1::OUTCOME_NOT_ASSESSED_AT_LEVEL;
    case ObjectiveOutcome::kNoScoredControls:
      return v1::OUTCOME_NO_SCORED_CONTROLS;
    case ObjectiveOutcome::kIncomplete:
      return v1::OUTCOME_INCOMPLETE;
  }
  return v1::OUTCOME_UNSPECIFIED;
}

v1::Outcome ToWire(VerdictOutcome outcome) {
  switch (outcome) {
    case VerdictOutcome::kPassed:
      return v1::OUTCOME_PASSED;
    case VerdictOutcome::kFailed:
      return v1::OUTCOME_FAILED;
    case VerdictOutcome::kIncomplete:
      return v1::OUTCOME_INCOMPLETE;
    case VerdictOutcome::kConditional:
      return v1::OUTCOME_CONDITIONAL;
    case VerdictOutcome::kRated:
      return v1::OUTCOME_RATED;
  }
  return v1::OUTCOME_UNSPECIFIED;
}

v1::ResultState ToWire(ControlState state) {
  switch (state) {
    case ControlState::kMet:
      return v1::RESULT_STATE_MET;
    case ControlState::kPartiallyMet:
      return v1::RESULT_STATE_PARTIALLY_MET;
    case ControlState::kNotMet:
      return v1::RESULT_STATE_NOT_MET;
    case ControlState::kNotApplicable:
      return v1::RESULT_STATE_NOT_APPLICABLE;
    case ControlState::kBlank:
      return v1::RESULT_STATE_OPEN;
  }
  return v1::RESULT_STATE_UNSPECIFIED;
}

namespace {

v1::ResultState QuestionState(ReasonCode reason) {
  switch (reason) {
    case ReasonCode::kQuestionMeets:
    case ReasonCode::kGateAnswered:
      return v1::RESULT_STATE_MET;
    case ReasonCode::kQuestionDoesNotMeet:
      return v1::RESULT_STATE_NOT_MET;
    case ReasonCode::kQuestionUnanswered:
    case ReasonCode::kGateUnanswered:
      return v1::RESULT_STATE_OPEN;
    case ReasonCode::kQuestionNotApplicableCounted:
    case ReasonCode::kQuestionNotApplicableExcluded:
      return v1::RESULT_STATE_NOT_APPLICABLE;
    default:
      return v1::RESULT_STATE_NOT_ASKED;
  }
}

v1::Phase ToWire(Phase phase) {
  switch (phase) {
    case Phase::kNone:
      return v1::PHASE_UNSPECIFIED;
    case Phase::kTheoretical:
      return v1::PHASE_THEORETICAL;
    case Phase::kPractical:
      return v1::PHASE_PRACTICAL;
  }
  return v1::PHASE_UNSPECIFIED;
}

v1::TriggerKind ToWire(TriggerKind kind) {
  switch (kind) {
    case TriggerKind::kOverride:
      return v1::TRIGGER_KIND_OVERRIDE;
    case TriggerKind::kNotApplicable:
      return v1::TRIGGER_KIND_NOT_APPLICABLE;
    case TriggerKind::kQuestionNotApplicable:
      return v1::TRIGGER_KIND_QUESTION_NOT_APPLICABLE;
    case TriggerKind::kNoScoredControls:
      return v1::TRIGGER_KIND_NO_SCORED_CONTROLS;
    case TriggerKind::kRatification:
      return v1::TRIGGER_KIND_RATIFICATION;
  }
  return v1::TRIGGER_KIND_UNSPECIFIED;
}

template <typename Message>
void AddReasons(const ReasonList& reasons, Message& message) {
  for (ReasonCode reason : reasons) {
    const std::string_view name = ReasonName(reason);
    message.add_reasons(name.data(), name.size());
  }
}

void FillControl(const CompiledProfile& profile, const Evaluation& evaluation, uint32_t control,
                 v1::ControlExplanation& wire) {
  const ControlResult& result = evaluation.controls[control];
  wire.set_control_id(profile.controls()[control].id);
  wire.set_state(ToWire(result.state));
  wire.set_base_points(result.base_points);
  wire.set_points(result.points);
  wire.set_maximum(result.maximum);
  wire.set_phase(ToWire(result.phase));
  if (result.mark != 0) {
    wire.set_mark(profile.ScaleOf(control).marks[result.mark - 1u].id);
  }
  AddReasons(result.reasons, wire);
  for (uint32_t i = 0; i < result.question_result_count; ++i) {
    const QuestionResult& question = evaluation.questions[result.first_question_result + i];
    v1::QuestionExplanation& explanation = *wire.add_questions();
    explanation.set_question_id(profile.questions()[question.question].id);
    explanation.set_state(QuestionState(question.reason));
    const std::string_view reason = ReasonName(question.reason);
    explanation.add_reasons(reason.data(), reason.size());
  }
}

void FillObjective(const CompiledProfile& profile, const Evaluation& evaluation, size_t index,
                   const Margin& margin, Detail detail, v1::ObjectiveResult& wire) {
  const CompiledObjective& objective = profile.objectives()[index];
  const ObjectiveResult& result = evaluation.objectives[index];
  wire.set_objective(objective.id);
  wire.set_outcome(ToWire(result.outcome));
  wire.set_points(result.score.points);
  wire.set_maximum(result.score.maximum);
  wire.set_threshold_percent(objective.threshold_percent);
  wire.set_points_needed(result.score.points_needed);
  wire.set_threshold_reached(result.score.percentage_ok);
  wire.set_no_zero_point_control(result.score.no_zero_point_control);
  for (uint32_t i = 0; i < result.zero_point_control_count; ++i) {
    const uint32_t control = evaluation.zero_point_controls[result.first_zero_point_control + i];
    wire.add_zero_point_controls(profile.controls()[control].id);
  }
  wire.set_item_beyond_limit(!result.score.within_limit);
  wire.set_anchor(result.anchor);
  wire.set_met(result.counts.met);
  wire.set_partially_met(result.counts.partially_met);
  wire.set_not_met(result.counts.not_met);
  wire.set_not_applicable(result.counts.not_applicable);
  wire.set_open(result.counts.blank);
  AddReasons(result.reasons, wire);
  if (result.score.scored > 0 && margin.known) {
    FillMargin(profile, margin, *wire.mutable_margin());
  }
  if (detail == Detail::kFull) {
    wire.mutable_controls()->Reserve(static_cast<int>(objective.control_count));
    for (uint32_t i = 0; i < objective.control_count; ++i) {
      FillControl(profile, evaluation, objective.first_control + i, *wire.add_controls());
    }
  }
}

void FillTrigger(const CompiledProfile& profile, const ReviewTrigger& trigger,
                 v1::ReviewTrigger& wire) {
  wire.set_kind(ToWire(trigger.kind));
  wire.set_anchor(trigger.anchor);
  if (trigger.kind == TriggerKind::kRatification) {
    return;
  }
  if (trigger.kind == TriggerKind::kNoScoredControls) {
    wire.set_objective(profile.objectives()[trigger.index].id);
    return;
  }
  uint32_t control = trigger.index;
  if (trigger.kind == TriggerKind::kQuestionNotApplicable) {
    wire.set_question_id(profile.questions()[trigger.index].id);
    control = profile.questions()[trigger.index].control;
  }
  wire.set_control_id(profile.controls()[control].id);
  wire.set_objective(profile.objectives()[profile.controls()[control].objective].id);
}

}  // namespace

void FillVerdict(const Scored& scored, Detail detail, v1::Verdict& verdict) {
  const CompiledProfile& profile = scored.basis->profile;
  const Evaluation& evaluation = scored.evaluation;
  verdict.set_outcome(ToWire(evaluation.verdict.outcome));
  verdict.set_outcome_id(OutcomeId(profile, evaluation.verdict.rule));
  verdict.set_result_string(evaluation.verdict.result);
  verdict.set_result_digest(ToHex(scored.digest));
  verdict.set_digest_version(scored.digest_version);
  *verdict.mutable_pins() = scored.basis->pins;
  verdict.set_profile(profile.id());
  verdict.set_mode(scored.record.mode == Mode::kFinal ? v1::SCORING_MODE_FINAL
                                                      : v1::SCORING_MODE_PROVISIONAL);
  verdict.set_as_of(FormatDate(scored.record.as_of));
  verdict.set_points(evaluation.verdict.points);
  verdict.set_maximum(evaluation.verdict.maximum);
  verdict.set_score(evaluation.verdict.score);
  Margins margins;
  ComputeMargins(profile, evaluation.tallies, evaluation.controls,
                 detail == Detail::kFull ? WantPath::kYes : WantPath::kNo, margins);
  for (size_t i = 0; i < evaluation.objectives.size(); ++i) {
    FillObjective(profile, evaluation, i, margins.objectives[i], detail, *verdict.add_objectives());
  }
  for (uint32_t objective : evaluation.verdict.failed_objectives) {
    verdict.add_failed_objectives(profile.objectives()[objective].id);
  }
  verdict.set_failed_on_anchor(evaluation.verdict.failed_on_anchor);
  for (const ReviewTrigger& trigger : evaluation.triggers) {
    FillTrigger(profile, trigger, *verdict.add_review_triggers());
  }
  FillCounterfactuals(profile, scored.record, evaluation, verdict);
  if (margins.assessment.has_value() && margins.assessment->known) {
    FillMargin(profile, *margins.assessment, *verdict.mutable_margin());
  }
  AddReasons(evaluation.verdict.reasons, verdict);
  verdict.set_engine_version(std::string(kEngineVersion));
  verdict.set_explanation_version(kExplanationVersion);
}

}  // namespace assay::scoring
