#include "services/scoring/second_evaluator/scheme.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace assay::scoring::second {
namespace {

bool Contains(const std::vector<std::string>& values, std::string_view value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

template <typename T>
uint32_t Size(const std::vector<T>& values) {
  return static_cast<uint32_t>(values.size());
}

int32_t ProfileThresholdOf(const RuleSetDefinition& rules, std::string_view profile) {
  for (const ProfileThreshold& threshold : rules.thresholds) {
    if (threshold.profile == profile) return threshold.percent;
  }
  // An accepted rule set has one wherever it is used; without one only full points would do.
  return 100;
}

template <typename Value>
using ById = std::unordered_map<std::string_view, Value>;

// Of entries with the same id, the first.
template <typename T>
ById<const T*> IndexOf(const std::vector<T>& entries, std::string T::*id) {
  ById<const T*> index;
  for (const T& entry : entries) index.emplace(entry.*id, &entry);
  return index;
}

template <typename Value>
std::optional<Value> Find(const ById<Value>& index, std::string_view id) {
  const auto found = index.find(id);
  if (found == index.end()) return std::nullopt;
  return found->second;
}

}  // namespace

struct Scheme::Index {
  Index(const SchemeDefinition& of, std::string_view at)
      : definition(of),
        profile(at),
        scales(IndexOf(of.rules.scales, &Scale::id)),
        item_rules(IndexOf(of.rules.items, &ItemRule::control)),
        questions(IndexOf(of.questions, &QuestionDefinition::id)) {
    for (const QuestionDefinition& question : of.questions) {
      if (Contains(question.profiles, at)) questions_of[question.control].push_back(&question);
    }
    for (uint32_t k = 0; k < Size(of.objectives); ++k) objectives.emplace(of.objectives[k].id, k);
  }

  const ItemRule* RuleOf(std::string_view control) const {
    return Find(item_rules, control).value_or(nullptr);
  }
  const Scale* ScaleOf(std::string_view control) const {
    const ItemRule* rule = RuleOf(control);
    const bool own = rule != nullptr && !rule->scale.empty();
    return Find(scales, own ? rule->scale : definition.rules.default_scale).value_or(nullptr);
  }

  const SchemeDefinition& definition;
  const std::string_view profile;
  const ById<const Scale*> scales;
  const ById<const ItemRule*> item_rules;  // By control.
  const ById<const QuestionDefinition*> questions;
  ById<std::vector<const QuestionDefinition*>> questions_of;  // A control's, at the profile.
  ById<uint32_t> objectives;                                  // Positions, as the next two.
  ById<uint32_t> items;
  ById<uint32_t> added_questions;  // Of the item that is being added.
};

Scheme::Scheme(const SchemeDefinition& definition, std::string_view profile)
    : options_(definition.rules.options),
      derivation_(definition.rules.derivation),
      score_base_(definition.rules.score_base) {
  Index index(definition, profile);
  for (const ObjectiveDefinition& objective : definition.objectives) {
    AddObjective(objective, index);
  }
  for (const OutcomeRule& rule : definition.rules.outcomes) AddOutcome(rule, index);
  for (const Requirement& requirement : definition.rules.requirements) {
    if (requirement.profile == profile) AddRequirement(requirement, index);
  }
  for (uint32_t k = 0; k < Size(definition.rules.ratification); ++k) {
    if (Contains(definition.rules.ratification[k].profiles, profile)) ratifications_.push_back(k);
  }
}

void Scheme::AddObjective(const ObjectiveDefinition& objective, Index& index) {
  const RuleSetDefinition& rules = index.definition.rules;
  Objective added;
  added.threshold_percent = ProfileThresholdOf(rules, index.profile);
  for (const ObjectiveRule& rule : rules.objectives) {
    if (rule.objective != objective.id) continue;
    added.mandatory = rule.mandatory;
    added.anchor = rule.anchor;
    added.item_shortfall_at_most = rule.item_shortfall_at_most;
    added.threshold_percent = rule.threshold_percent.value_or(added.threshold_percent);
  }
  added.items.first = Size(items_);
  for (const ControlDefinition& control : index.definition.controls) {
    if (control.objective != objective.id || !Contains(control.profiles, index.profile)) continue;
    AddItem(control, added.anchor, index);
  }
  added.items.end = Size(items_);
  objectives_.push_back(added);
}

void Scheme::AddItem(const ControlDefinition& control, bool anchor, Index& index) {
  Item item;
  item.anchor = anchor;
  item.marks.first = Size(mark_points_);
  if (const Scale* scale = index.ScaleOf(control.id)) {
    for (const Mark& mark : scale->marks) mark_points_.push_back(mark.points);
    item.maximum = scale->marks.front().points;
    item.minimum = scale->marks.back().points;
  }
  item.marks.end = Size(mark_points_);
  if (const ItemRule* rule = index.RuleOf(control.id)) item.counts = rule->counts;

  item.certificate_kinds.first = Size(certificate_kinds_);
  certificate_kinds_.insert(certificate_kinds_.end(), control.certificate_kinds.begin(),
                            control.certificate_kinds.end());
  item.certificate_kinds.end = Size(certificate_kinds_);

  item.questions.first = Size(questions_);
  index.added_questions.clear();
  if (const auto questions = index.questions_of.find(control.id);
      questions != index.questions_of.end()) {
    for (const QuestionDefinition* question : questions->second) AddQuestion(*question, index);
  }
  item.questions.end = Size(questions_);
  index.items.emplace(control.id, Size(items_));
  items_.push_back(item);
}

void Scheme::AddQuestion(const QuestionDefinition& question, Index& index) {
  Question added;
  added.is_gate = question.kind == QuestionKind::kGate;
  added.scored = question.scored;
  added.indicator = question.indicator;
  added.opening_answers.first = Size(opening_answers_);
  if (question.asked_when.has_value()) {
    // A gate that the profile does not contain is never asked, nor is what hangs on it.
    added.asked = Question::Asked::kNever;
    const std::string& gate_id = question.asked_when->gate;
    if (const std::optional<uint32_t> gate = Find(index.added_questions, gate_id)) {
      added.asked = Question::Asked::kByGate;
      added.gate = *gate;
    }
    const QuestionDefinition* gate = Find(index.questions, gate_id).value_or(nullptr);
    for (size_t k = 0; gate != nullptr && k < gate->answers.size(); ++k) {
      if (!Contains(question.asked_when->answers, gate->answers[k])) continue;
      opening_answers_.push_back(static_cast<uint8_t>(k + 1));
    }
  }
  added.opening_answers.end = Size(opening_answers_);
  index.added_questions.emplace(question.id, Size(questions_));
  questions_.push_back(added);
}

void Scheme::AddOutcome(const OutcomeRule& rule, const Index& index) {
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
      const std::optional<uint32_t> item = Find(index.items, exception.control);
      if (item.has_value()) added.item_shortfall_limits[*item] = exception.at_most;
    }
  }
  for (const std::string& control : when.full_marks) {
    const std::optional<uint32_t> item = Find(index.items, control);
    if (item.has_value()) added.full_marks.push_back(*item);
  }
  for (const std::string& id : when.full_objectives) {
    const std::optional<uint32_t> objective = Find(index.objectives, id);
    if (objective.has_value()) added.full_objectives.push_back(*objective);
  }
  outcomes_.push_back(std::move(added));
}

void Scheme::AddRequirement(const Requirement& requirement, const Index& index) {
  const std::optional<uint32_t> item = Find(index.items, requirement.control);
  const Scale* scale = index.ScaleOf(requirement.control);
  if (!item.has_value() || scale == nullptr) return;
  for (const Mark& mark : scale->marks) {
    if (mark.id == requirement.mark) requirements_.push_back({*item, mark.points});
  }
}

}  // namespace assay::scoring::second
