#include "services/scoring/engine/triggers.h"

#include <algorithm>
#include <string>

namespace assay::scoring {
namespace {

bool MarksNotApplicable(const PhaseFinding& finding, const std::string& question) {
  return std::any_of(
      finding.questions.begin(), finding.questions.end(), [&](const QuestionOutcome& outcome) {
        return outcome.outcome == Outcome::kNotApplicable && outcome.question == question;
      });
}

bool EveryControlNotApplicable(const CompiledObjective& objective, const ControlInputs& inputs) {
  for (uint32_t i = 0; i < objective.control_count; ++i) {
    const RecordedControl& control = inputs[objective.first_control + i];
    if (control.input == nullptr || control.overturned || !control.input->not_applicable) {
      return false;
    }
  }
  return objective.control_count > 0;
}

}  // namespace

ControlInputs MatchControls(const CompiledProfile& profile, const AssessmentInput& input) {
  const auto& controls = profile.controls();
  ControlInputs matched(controls.size());
  size_t next = 0;  // Inputs mostly come in catalogue order, which makes the search needless.
  for (const ControlInput& control : input.controls) {
    if (next < controls.size() && controls[next].id == control.control) {
      matched[next++].input = &control;
      continue;
    }
    const Lookup found = profile.FindControl(control.control);
    if (found.membership == Membership::kInScope) {
      matched[found.index].input = &control;
      next = found.index + 1;
    }
  }
  for (const std::string& control : input.overturned_controls) {
    const Lookup found = profile.FindControl(control);
    if (found.membership == Membership::kInScope) {
      matched[found.index].overturned = true;
    }
  }
  return matched;
}

std::vector<ReviewTrigger> FindTriggers(const CompiledProfile& profile,
                                        const ControlInputs& inputs) {
  std::vector<ReviewTrigger> triggers;
  for (uint32_t i = 0; i < inputs.size(); ++i) {
    if (inputs[i].input == nullptr || inputs[i].overturned) {
      continue;
    }
    const ControlInput& input = *inputs[i].input;
    const CompiledControl& control = profile.controls()[i];
    const bool anchor = profile.objectives()[control.objective].anchor;
    if (input.overridden) {
      triggers.push_back({TriggerKind::kOverride, i, anchor});
    }
    if (input.not_applicable) {
      triggers.push_back({TriggerKind::kNotApplicable, i, anchor});
    }
    for (uint32_t k = 0; k < control.question_count; ++k) {
      const uint32_t question = control.first_question + k;
      const std::string& id = profile.questions()[question].id;
      if (MarksNotApplicable(input.theoretical, id) || MarksNotApplicable(input.practical, id)) {
        triggers.push_back({TriggerKind::kQuestionNotApplicable, question, anchor});
      }
    }
  }
  for (uint32_t i = 0; i < profile.objectives().size(); ++i) {
    const CompiledObjective& objective = profile.objectives()[i];
    if (EveryControlNotApplicable(objective, inputs)) {
      triggers.push_back({TriggerKind::kNoScoredControls, i, objective.anchor});
    }
  }
  return triggers;
}

}  // namespace assay::scoring
