#include "services/scoring/second_evaluator/scheme.h"

#include <algorithm>

namespace assay::scoring::second {
namespace {

bool Contains(const std::vector<std::string>& values, std::string_view value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

template <typename T>
uint32_t Size(const std::vector<T>& values) {
  return static_cast<uint32_t>(values.size());
}

const ItemRule* FindItemRule(const RuleSetDefinition& rules, std::string_view control) {
  for (const ItemRule& rule : rules.items) {
    if (rule.control == control) return &rule;
  }
  return nullptr;
}

const Scale* FindScaleOf(const RuleSetDefinition& rules, std::string_view control) {
  const ItemRule* rule = FindItemRule(rules, control);
  const std::string& name =
      rule == nullptr || rule->scale.empty() ? rules.default_scale : rule->scale;
  for (const Scale& scale : rules.scales) {
    if (scale.id == name) return &scale;
  }
  return nullptr;
}

const QuestionDefinition* FindQuestion(const SchemeDefinition& definition, std::string_view id) {
  for (const QuestionDefinition& question : definition.questions) {
    if (question.id == id) return &question;
  }
  return nullptr;
}

int32_t ProfileThresholdOf(const RuleSetDefinition& rules, std::string_view profile) {
  for (const ProfileThreshold& threshold : rules.thresholds) {
    if (threshold.profile == profile) return threshold.percent;
  }
  // An accepted rule set has one wherever it is used; without one only full points would do.
  return 100;
}

}  // namespace

Scheme::Scheme(const SchemeDefinition& definition, std::string_view profile)
    : options_(definition.rules.options),
      derivation_(definition.rules.derivation),
      score_base_(definition.rules.score_base) {
  for (const ObjectiveDefinition& objective : definition.objectives) {
    AddObjective(definition, profile, objective);
  }
  for (const OutcomeRule& rule : definition.rules.outcomes) AddOutcome(definition, rule);
  for (const Requirement& requirement : definition.rules.requirements) {
    if (requirement.profile == profile) AddRequirement(definition.rules, requirement);
  }
  for (uint32_t k = 0; k < Size(definition.rules.ratification); ++k) {
    if (Contains(definition.rules.ratification[k].profiles, profile)) ratifications_.push_back(k);
  }
}

void Scheme::AddObjective(const SchemeDefinition& definition, std::string_view profile,
                          const ObjectiveDefinition& objective) {
  Objective added;
  added.threshold_percent = ProfileThresholdOf(definition.rules, profile);
  for (const ObjectiveRule& rule : definition.rules.objectives) {
    if (rule.objective != objective.id) continue;
    added.mandatory = rule.mandatory;
    added.anchor = rule.anchor;
    added.item_shortfall_at_most = rule.item_shortfall_at_most;
    added.threshold_percent = rule.threshold_percent.value_or(added.threshold_percent);
  }
  added.items.first = Size(items_);
  for (const ControlDefinition& control : definition.controls) {
    if (control.objective != objective.id || !Contains(control.profiles, profile)) continue;
    AddItem(definition, profile, control, added.anchor);
  }
  added.items.end = Size(items_);
  objectives_.push_back(added);
}

void Scheme::AddItem(const SchemeDefinition& definition, std::string_view profile,
                     const ControlDefinition& control, bool anchor) {
  Item item;
  item.anchor = anchor;
  item.marks.first = Size(mark_points_);
  if (const Scale* scale = FindScaleOf(definition.rules, control.id)) {
    for (const Mark& mark : scale->marks) mark_points_.push_back(mark.points);
    item.maximum = scale->marks.front().points;
    item.minimum = scale->marks.back().points;
  }
  item.marks.end = Size(mark_points_);
  if (const ItemRule* rule = FindItemRule(definition.rules, control.id)) item.counts = rule->counts;

  item.certificate_kinds.first = Size(certificate_kinds_);
  certificate_kinds_.insert(certificate_kinds_.end(), control.certificate_kinds.begin(),
                            control.certificate_kinds.end());
  item.certificate_kinds.end = Size(certificate_kinds_);

  item.questions.first = Size(questions_);
  for (const QuestionDefinition& question : definition.questions) {
    if (question.control != control.id || !Contains(question.profiles, profile)) continue;
    AddQuestion(definition, question, item.questions.first);
  }
  item.questions.end = Size(questions_);
  items_.push_back(item);
  item_ids_.push_back(control.id);
}

void Scheme::AddQuestion(const SchemeDefinition& definition, const QuestionDefinition& question,
                         uint32_t first_of_item) {
  Question added;
  added.is_gate = question.kind == QuestionKind::kGate;
  added.scored = question.scored;
  added.indicator = question.indicator;
  added.opening_answers.first = Size(opening_answers_);
  if (question.asked_when.has_value()) {
    // A gate that the profile does not contain is never asked, nor is what hangs on it.
    added.asked = Question::Asked::kNever;
    for (uint32_t k = first_of_item; k < Size(questions_); ++k) {
      if (question_ids_[k] != question.asked_when->gate) continue;
      added.asked = Question::Asked::kByGate;
      added.gate = k;
    }
    const QuestionDefinition* gate = FindQuestion(definition, question.asked_when->gate);
    for (size_t k = 0; gate != nullptr && k < gate->answers.size(); ++k) {
      if (!Contains(question.asked_when->answers, gate->answers[k])) continue;
      opening_answers_.push_back(static_cast<uint8_t>(k + 1));
    }
  }
  added.opening_answers.end = Size(opening_answers_);
  questions_.push_back(added);
  question_ids_.push_back(question.id);
}

void Scheme::AddOutcome(const SchemeDefinition& definition, const OutcomeRule& rule) {
  const OutcomeConditions& when = rule.when;
  OutcomeTable added;
  added.kind = rule.kind;
  added.objectives_pass = when.objectives_pass;
  added.requirements_met = when.requirements_met;
  added.percent_at_least = when.percent_at_least;
  added.points_at_least = when.points_at_least;
  added.shortfall_at_most = when.shortfall_at_most;
  if (when.item_shortfall_at_most.has_value()) {
    added.item_shortfall_limits.assign(items_.size(), *when.item_shortfall_at_most);
    for (const ItemShortfall& exception : when.item_shortfall_exceptions) {
      const std::optional<uint32_t> item = FindItem(exception.control);
      if (item.has_value()) added.item_shortfall_limits[*item] = exception.at_most;
    }
  }
  for (const std::string& control : when.full_marks) {
    const std::optional<uint32_t> item = FindItem(control);
    if (item.has_value()) added.full_marks.push_back(*item);
  }
  for (const std::string& id : when.full_objectives) {
    for (uint32_t k = 0; k < Size(definition.objectives); ++k) {
      if (definition.objectives[k].id == id) added.full_objectives.push_back(k);
    }
  }
  outcomes_.push_back(std::move(added));
}

void Scheme::AddRequirement(const RuleSetDefinition& rules, const Requirement& requirement) {
  const std::optional<uint32_t> item = FindItem(requirement.control);
  const Scale* scale = FindScaleOf(rules, requirement.control);
  if (!item.has_value() || scale == nullptr) return;
  for (const Mark& mark : scale->marks) {
    if (mark.id == requirement.mark) requirements_.push_back({*item, mark.points});
  }
}

std::optional<uint32_t> Scheme::FindItem(std::string_view control) const {
  for (uint32_t k = 0; k < Size(item_ids_); ++k) {
    if (item_ids_[k] == control) return k;
  }
  return std::nullopt;
}

}  // namespace assay::scoring::second
