#include "services/scoring/difference.h"

#include <cstdint>
#include <string_view>

#include "services/scoring/convert_analysis.h"
#include "services/scoring/convert_verdict.h"
#include "services/scoring/difference_inputs.h"

namespace assay::scoring {
namespace {

void FillChanged(const v1::Pins& before, const v1::Pins& after, InputComparison& inputs,
                 v1::VerdictDifference& difference) {
  const auto add = [&difference](bool differs, v1::DifferenceCause cause) {
    if (differs) {
      difference.add_changed(cause);
    }
  };
  add(inputs.Differ(), v1::DIFFERENCE_CAUSE_INPUTS);
  add(before.catalogue_digest() != after.catalogue_digest(), v1::DIFFERENCE_CAUSE_CATALOGUE);
  add(before.question_set_digest() != after.question_set_digest(),
      v1::DIFFERENCE_CAUSE_QUESTION_SET);
  add(before.rule_set_digest() != after.rule_set_digest(), v1::DIFFERENCE_CAUSE_RULE_SET);
}

// Walks the controls of both sides.
class ControlWalk {
 public:
  ControlWalk(const Scored& before, const Scored& after, InputComparison& inputs,
              v1::VerdictDifference& difference)
      : before_(before), after_(after), inputs_(inputs), difference_(difference) {}

  void Run() {
    const CompiledProfile& first = before_.basis->profile;
    const CompiledProfile& second = after_.basis->profile;
    for (uint32_t i = 0; i < first.controls().size(); ++i) {
      AddIfDifferent(first.controls()[i].id, i, PositionOf(second, first.controls()[i].id, i));
    }
    for (uint32_t i = 0; i < second.controls().size(); ++i) {
      const uint32_t position = PositionOf(first, second.controls()[i].id, i);
      if (position == kNotInProfile) {
        AddIfDifferent(second.controls()[i].id, position, i);
      }
    }
  }

 private:
  struct CameTo {
    v1::ResultState state = v1::RESULT_STATE_UNSPECIFIED;
    int32_t points = 0;

    friend bool operator==(const CameTo&, const CameTo&) = default;
  };

  static CameTo ResultOf(const Scored& scored, uint32_t control) {
    if (control == kNotInProfile) {
      return {};
    }
    const ControlResult& result = scored.evaluation.controls[control];
    return {ToWire(result.state), result.points};
  }

  void AddIfDifferent(const std::string& control, uint32_t before, uint32_t after) {
    const CameTo first = ResultOf(before_, before);
    const CameTo second = ResultOf(after_, after);
    if (first == second) {
      return;
    }
    v1::ControlDifference& added = *difference_.add_controls();
    added.set_control_id(control);
    added.set_state_before(first.state);
    added.set_state_after(second.state);
    added.set_points_before(first.points);
    added.set_points_after(second.points);
    added.set_inputs_changed(inputs_.DifferFor(before, after));
  }

  const Scored& before_;
  const Scored& after_;
  InputComparison& inputs_;
  v1::VerdictDifference& difference_;
};

// Null when the catalogue has no such objective.
const ObjectiveResult* ObjectiveOf(const Scored& scored, std::string_view objective) {
  const std::vector<CompiledObjective>& objectives = scored.basis->profile.objectives();
  for (size_t i = 0; i < objectives.size(); ++i) {
    if (objectives[i].id == objective) {
      return &scored.evaluation.objectives[i];
    }
  }
  return nullptr;
}

void AddIfDifferent(const std::string& objective, const ObjectiveResult* before,
                    const ObjectiveResult* after, v1::VerdictDifference& difference) {
  if (before != nullptr && after != nullptr && before->outcome == after->outcome &&
      before->score.points == after->score.points &&
      before->score.maximum == after->score.maximum) {
    return;
  }
  v1::ObjectiveDifference& added = *difference.add_objectives();
  added.set_objective(objective);
  if (before != nullptr) {
    added.set_outcome_before(ToWire(before->outcome));
    added.set_points_before(before->score.points);
    added.set_maximum_before(before->score.maximum);
  }
  if (after != nullptr) {
    added.set_outcome_after(ToWire(after->outcome));
    added.set_points_after(after->score.points);
    added.set_maximum_after(after->score.maximum);
  }
}

void FillObjectives(const Scored& before, const Scored& after, v1::VerdictDifference& difference) {
  const std::vector<CompiledObjective>& first = before.basis->profile.objectives();
  for (size_t i = 0; i < first.size(); ++i) {
    AddIfDifferent(first[i].id, &before.evaluation.objectives[i], ObjectiveOf(after, first[i].id),
                   difference);
  }
  const std::vector<CompiledObjective>& second = after.basis->profile.objectives();
  for (size_t i = 0; i < second.size(); ++i) {
    if (ObjectiveOf(before, second[i].id) == nullptr) {
      AddIfDifferent(second[i].id, nullptr, &after.evaluation.objectives[i], difference);
    }
  }
}

}  // namespace

bool OutcomeDiffers(const Scored& before, const Scored& after) {
  const Verdict& first = before.evaluation.verdict;
  const Verdict& second = after.evaluation.verdict;
  return first.outcome != second.outcome || OutcomeId(before.basis->profile, first.rule) !=
                                                OutcomeId(after.basis->profile, second.rule);
}

void FillDifference(const ScoredRequest& before, const ScoredRequest& after,
                    v1::VerdictDifference& difference) {
  const Scored& first = before.scored;
  const Scored& second = after.scored;
  InputComparison inputs(before, after);
  difference.set_outcome_changed(OutcomeDiffers(first, second));
  difference.set_digest_changed(first.digest != second.digest);
  FillChanged(first.basis->pins, second.basis->pins, inputs, difference);
  ControlWalk(first, second, inputs, difference).Run();
  FillObjectives(first, second, difference);
}

}  // namespace assay::scoring
