#include "services/scoring/convert_analysis.h"

#include "services/scoring/convert_verdict.h"
#include "services/scoring/engine/conclude.h"
#include "services/scoring/engine/counterfactual.h"

namespace assay::scoring {
namespace {

v1::CounterfactualState ToWire(CounterfactualState state) {
  switch (state) {
    case CounterfactualState::kNone:
      return v1::COUNTERFACTUAL_STATE_UNSPECIFIED;
    case CounterfactualState::kNothingToRemove:
      return v1::COUNTERFACTUAL_STATE_NOTHING_TO_REMOVE;
    case CounterfactualState::kSame:
      return v1::COUNTERFACTUAL_STATE_SAME;
    case CounterfactualState::kDifferent:
      return v1::COUNTERFACTUAL_STATE_DIFFERENT;
    case CounterfactualState::kUnknown:
      return v1::COUNTERFACTUAL_STATE_UNKNOWN;
  }
  return v1::COUNTERFACTUAL_STATE_UNSPECIFIED;
}

void FillCounterfactual(const CompiledProfile& profile, const Evaluation& evaluation,
                        const Counterfactual& counterfactual, v1::Counterfactual& wire) {
  wire.set_state(ToWire(counterfactual.state));
  switch (counterfactual.state) {
    case CounterfactualState::kUnknown:
      for (uint32_t control : counterfactual.unknown_controls) {
        wire.add_unknown_controls(profile.controls()[control].id);
      }
      break;
    case CounterfactualState::kDifferent:
    case CounterfactualState::kSame:
      wire.set_outcome(ToWire(counterfactual.decision.outcome));
      wire.set_outcome_id(OutcomeId(profile, counterfactual.decision.rule));
      wire.set_result_string(ResultText(profile, counterfactual.decision, counterfactual.failed));
      break;
    default:
      wire.set_outcome(ToWire(evaluation.verdict.outcome));
      wire.set_outcome_id(OutcomeId(profile, evaluation.verdict.rule));
      wire.set_result_string(evaluation.verdict.result);
      break;
  }
}

}  // namespace

std::string OutcomeId(const CompiledProfile& profile, int32_t rule) {
  return rule == kNoOutcomeRule ? std::string() : profile.outcomes()[static_cast<size_t>(rule)].id;
}

void FillMargin(const CompiledProfile& profile, const Margin& margin, v1::Margin& wire) {
  wire.set_upgrades_to_pass(margin.upgrades_to_pass);
  wire.set_points_missing(margin.points_missing);
  wire.set_downgrades_to_fail(margin.downgrades_to_fail);
  wire.set_points_spare(margin.points_spare);
  for (const ControlUpgrade& upgrade : margin.path) {
    v1::Upgrade& added = *wire.add_path();
    added.set_control_id(profile.controls()[upgrade.control].id);
    added.set_steps(upgrade.steps);
    added.set_required_steps(upgrade.required_steps);
    added.set_from_points(upgrade.from_points);
    added.set_to_points(upgrade.to_points);
  }
}

void FillCounterfactuals(const CompiledProfile& profile, const Record& record,
                         const Evaluation& evaluation, v1::Verdict& verdict) {
  if (evaluation.verdict.outcome == VerdictOutcome::kIncomplete) {
    return;
  }
  thread_local CounterfactualFinder finder;  // Both keep their memory between calls.
  thread_local Counterfactuals all;
  finder.Find(profile, record, evaluation, all);
  v1::Counterfactuals& wire = *verdict.mutable_counterfactuals();
  FillCounterfactual(profile, evaluation, all.without_overrides, *wire.mutable_without_overrides());
  FillCounterfactual(profile, evaluation, all.without_not_applicable,
                     *wire.mutable_without_not_applicable());
  FillCounterfactual(profile, evaluation, all.without_adjustments,
                     *wire.mutable_without_adjustments());
  FillCounterfactual(profile, evaluation, all.without_all, *wire.mutable_without_all());
  FillCounterfactual(profile, evaluation, all.without_flags, *wire.mutable_without_flags());
  for (size_t i = 0; i < all.by_trigger.size(); ++i) {
    verdict.mutable_review_triggers(static_cast<int>(i))->set_without(ToWire(all.by_trigger[i]));
  }
}

}  // namespace assay::scoring
