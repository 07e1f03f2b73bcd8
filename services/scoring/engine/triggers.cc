#include "services/scoring/engine/triggers.h"

namespace assay::scoring {
namespace {

bool MarksNotApplicable(const std::vector<QuestionRecord>& records, uint32_t question) {
  return !records.empty() && records[question].outcome == Outcome::kNotApplicable;
}

bool EveryControlNotApplicable(const CompiledProfile& profile, const CompiledObjective& objective,
                               const Record& record) {
  for (uint32_t i = 0; i < objective.control_count; ++i) {
    const uint32_t control = objective.first_control + i;
    const uint8_t flags = record.controls[control].flags;
    const bool applies = (flags & kNotApplicableFlag) == 0 || (flags & kOverturnedFlag) != 0;
    if (profile.controls()[control].counts && applies) {
      return false;
    }
  }
  return objective.counting_count > 0;
}

void AddQuestionTriggers(const Record& record, const CompiledControl& control, bool anchor,
                         std::vector<ReviewTrigger>& triggers) {
  for (uint32_t k = 0; k < control.question_count; ++k) {
    const uint32_t question = control.first_question + k;
    if (MarksNotApplicable(record.theoretical_questions, question) ||
        MarksNotApplicable(record.practical_questions, question)) {
      triggers.push_back({TriggerKind::kQuestionNotApplicable, question, anchor});
    }
  }
}

}  // namespace

void FindTriggers(const CompiledProfile& profile, const Record& record,
                  std::vector<ReviewTrigger>& triggers) {
  triggers.clear();
  const bool has_questions =
      !record.theoretical_questions.empty() || !record.practical_questions.empty();
  bool any_not_applicable = false;
  const auto controls = static_cast<uint32_t>(record.controls.size());
  for (uint32_t i = 0; i < controls; ++i) {
    const uint8_t flags = record.controls[i].flags;
    if ((flags == 0 && !has_questions) || (flags & kOverturnedFlag) != 0) {
      continue;
    }
    const CompiledControl& control = profile.controls()[i];
    const bool anchor = profile.objectives()[control.objective].anchor;
    if ((flags & kOverriddenFlag) != 0) {
      triggers.push_back({TriggerKind::kOverride, i, anchor});
    }
    if ((flags & kNotApplicableFlag) != 0) {
      any_not_applicable = true;
      triggers.push_back({TriggerKind::kNotApplicable, i, anchor});
    }
    if (has_questions) {
      AddQuestionTriggers(record, control, anchor, triggers);
    }
  }
  for (uint32_t i = 0; any_not_applicable && i < profile.objectives().size(); ++i) {
    const CompiledObjective& objective = profile.objectives()[i];
    if (EveryControlNotApplicable(profile, objective, record)) {
      triggers.push_back({TriggerKind::kNoScoredControls, i, objective.anchor});
    }
  }
  for (const uint32_t rule : profile.ratification()) {
    triggers.push_back({TriggerKind::kRatification, rule, false});
  }
}

}  // namespace assay::scoring
