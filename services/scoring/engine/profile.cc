#include "services/scoring/engine/profile.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "services/scoring/engine/check_definition.h"
#include "services/scoring/engine/score_control.h"

namespace assay::scoring {

// Builds from a definition that CheckDefinition() accepts.
class ProfileCompiler {
 public:
  ProfileCompiler(const SchemeDefinition& definition, std::string_view profile)
      : definition_(definition), profile_(profile) {
    for (size_t i = 0; i < definition.objectives.size(); ++i) {
      objectives_.emplace(definition.objectives[i].id, static_cast<uint32_t>(i));
    }
    for (size_t i = 0; i < definition.rules.objectives.size(); ++i) {
      objective_rules_.emplace(definition.rules.objectives[i].objective, static_cast<uint32_t>(i));
    }
  }

  CompiledProfile Run() && {
    Build();
    return std::move(out_);
  }

 private:
  using IdSet = std::unordered_set<std::string_view>;

  void Build() {
    out_.id_ = profile_;
    out_.rules_ = definition_.rules.options;
    out_.model_version_ = definition_.rules.model_version;
    out_.derivation_ = definition_.rules.derivation;
    out_.score_base_ = definition_.rules.score_base;
    out_.texts_ = definition_.rules.texts;
    for (const ProfileThreshold& threshold : definition_.rules.thresholds) {
      if (threshold.profile == profile_) {
        out_.threshold_percent_ = threshold.percent;
      }
    }
    for (size_t i = 0; i < definition_.rules.ratification.size(); ++i) {
      if (Contains(definition_.rules.ratification[i].profiles, profile_)) {
        out_.ratification_.push_back(static_cast<uint32_t>(i));
      }
    }
    BuildScales();
    BuildControls();
    BuildQuestions();
    BuildCertificateKinds();
    SortIndex(out_.control_index_);
    SortIndex(out_.question_index_);
    BuildOutcomes();
    out_.tables_ = BuildTables(out_);
  }

  // And what rules say of single controls, by id.
  void BuildScales() {
    for (const Scale& scale : definition_.rules.scales) {
      scales_.emplace(scale.id, static_cast<uint32_t>(out_.scales_.size()));
      out_.scales_.push_back({scale.id, scale.marks});
    }
    for (const ItemRule& item : definition_.rules.items) {
      items_.emplace(item.control, &item);
    }
    for (const Requirement& requirement : definition_.rules.requirements) {
      if (requirement.profile == profile_) {
        required_.emplace(requirement.control, requirement.mark);
      }
    }
  }

  void BuildControls() {
    std::vector<std::vector<const ControlDefinition*>> by_objective(definition_.objectives.size());
    for (const ControlDefinition& control : definition_.controls) {
      if (Contains(control.profiles, profile_)) {
        by_objective[objectives_.at(control.objective)].push_back(&control);
      } else {
        out_.control_index_.push_back({control.id, {Membership::kOutOfScope, 0}});
      }
    }
    for (size_t i = 0; i < by_objective.size(); ++i) {
      const ObjectiveDefinition& objective = definition_.objectives[i];
      const ObjectiveRule& rule = definition_.rules.objectives[objective_rules_.at(objective.id)];
      out_.objectives_.push_back({
          .id = objective.id,
          .title = objective.title,
          .first_control = static_cast<uint32_t>(out_.controls_.size()),
          .control_count = static_cast<uint32_t>(by_objective[i].size()),
          .counting_count = 0,
          .mandatory = rule.mandatory,
          .anchor = rule.anchor,
          .threshold_percent = rule.threshold_percent.value_or(out_.threshold_percent_),
          .item_shortfall_at_most = rule.item_shortfall_at_most.value_or(kNoLimit),
      });
      out_.has_item_limits_ |= rule.item_shortfall_at_most.has_value();
      for (const ControlDefinition* control : by_objective[i]) {
        AddControl(*control, static_cast<uint32_t>(i));
      }
    }
  }

  void AddControl(const ControlDefinition& control, uint32_t objective) {
    const auto index = static_cast<uint32_t>(out_.controls_.size());
    out_.control_index_.push_back({control.id, {Membership::kInScope, index}});
    CompiledControl& compiled = out_.controls_.emplace_back();
    compiled.id = control.id;
    compiled.title = control.title;
    compiled.objective = objective;
    compiled.scale = scales_.at(definition_.rules.default_scale);
    compiled.certificate_kinds = control.certificate_kinds;
    if (const auto item = items_.find(control.id); item != items_.end()) {
      compiled.counts = item->second->counts;
      if (!item->second->scale.empty()) {
        compiled.scale = scales_.at(item->second->scale);
      }
    }
    out_.objectives_[objective].counting_count += compiled.counts ? 1 : 0;
  }

  void BuildOutcomes() {
    for (const OutcomeRule& rule : definition_.rules.outcomes) {
      CompiledOutcome& outcome = out_.outcomes_.emplace_back();
      outcome.id = rule.id;
      outcome.kind = rule.kind;
      outcome.text = rule.text;
      outcome.objectives_pass = rule.when.objectives_pass;
      outcome.percent_at_least = rule.when.percent_at_least.value_or(0);
      outcome.points_at_least = rule.when.points_at_least.value_or(0);
      outcome.shortfall_at_most = rule.when.shortfall_at_most.value_or(kNoLimit);
      outcome.least_points = LeastPoints(rule.when);
      out_.has_item_limits_ |= !outcome.least_points.empty();
    }
  }

  // Every condition on single controls asks for some least points; the greatest counts.
  std::vector<int32_t> LeastPoints(const OutcomeConditions& when) const {
    if (!when.item_shortfall_at_most.has_value() && when.full_marks.empty() &&
        when.full_objectives.empty() && !when.requirements_met) {
      return {};
    }
    std::unordered_map<std::string_view, int32_t> exceptions;
    for (const ItemShortfall& exception : when.item_shortfall_exceptions) {
      exceptions.emplace(exception.control, exception.at_most);
    }
    const IdSet full_marks(when.full_marks.begin(), when.full_marks.end());
    const IdSet full_objectives(when.full_objectives.begin(), when.full_objectives.end());
    std::vector<int32_t> least(out_.controls_.size(), 0);
    for (uint32_t i = 0; i < least.size(); ++i) {
      const CompiledControl& control = out_.controls_[i];
      const int32_t maximum = out_.ScaleOf(i).maximum();
      if (control.counts && when.item_shortfall_at_most.has_value()) {
        const auto exception = exceptions.find(control.id);
        least[i] =
            std::max(0, maximum - (exception != exceptions.end() ? exception->second
                                                                 : *when.item_shortfall_at_most));
      }
      if (full_marks.contains(control.id) ||
          (control.counts && full_objectives.contains(out_.objectives_[control.objective].id))) {
        least[i] = maximum;
      }
      if (when.requirements_met) {
        least[i] = std::max(least[i], RequiredPoints(i));
      }
    }
    return least;
  }

  int32_t RequiredPoints(uint32_t index) const {
    const auto required = required_.find(out_.controls_[index].id);
    if (required == required_.end()) {
      return 0;
    }
    for (const Mark& mark : out_.ScaleOf(index).marks) {
      if (mark.id == required->second) {
        return mark.points;
      }
    }
    return 0;
  }

  void BuildQuestions() {
    std::unordered_map<std::string_view, std::vector<const QuestionDefinition*>> by_control;
    for (const QuestionDefinition& question : definition_.questions) {
      if (Contains(question.profiles, profile_)) {
        by_control[question.control].push_back(&question);
      } else {
        out_.question_index_.push_back({question.id, {Membership::kOutOfScope, 0}});
      }
    }
    for (uint32_t i = 0; i < out_.controls_.size(); ++i) {
      CompiledControl& control = out_.controls_[i];
      control.first_question = static_cast<uint32_t>(out_.questions_.size());
      const auto found = by_control.find(control.id);
      if (found == by_control.end()) {
        continue;
      }
      control.question_count = static_cast<uint32_t>(found->second.size());
      AddQuestions(i, found->second);
    }
  }

  void AddQuestions(uint32_t control, const std::vector<const QuestionDefinition*>& questions) {
    std::unordered_map<std::string_view, uint32_t> index_of;
    for (const QuestionDefinition* question : questions) {
      const auto index = static_cast<uint32_t>(out_.questions_.size());
      index_of.emplace(question->id, index);
      out_.question_index_.push_back({question->id, {Membership::kInScope, index}});
      CompiledQuestion compiled;
      compiled.id = question->id;
      compiled.control = control;
      compiled.gate = question->kind == QuestionKind::kGate;
      compiled.scored = question->scored;
      compiled.indicator = question->indicator;
      compiled.answers = question->answers;
      if (question->asked_when.has_value()) {
        const uint32_t gate = index_of.at(question->asked_when->gate);
        compiled.asked_when_gate = static_cast<int32_t>(gate);
        compiled.asked_when_answers =
            AnswerBits(out_.questions_[gate].answers, question->asked_when->answers);
      }
      out_.questions_.push_back(std::move(compiled));
    }
  }

  static uint64_t AnswerBits(const std::vector<std::string>& answers,
                             const std::vector<std::string>& wanted) {
    uint64_t bits = 0;
    for (size_t i = 0; i < answers.size(); ++i) {
      bits |= static_cast<uint64_t>(Contains(wanted, answers[i]) ? 1 : 0) << i;
    }
    return bits;
  }

  void BuildCertificateKinds() {
    std::set<std::string> kinds;
    for (const ControlDefinition& control : definition_.controls) {
      kinds.insert(control.certificate_kinds.begin(), control.certificate_kinds.end());
    }
    out_.certificate_kinds_.assign(kinds.begin(), kinds.end());
  }

  static void SortIndex(std::vector<CompiledProfile::IndexEntry>& index) {
    std::sort(index.begin(), index.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  }

  const SchemeDefinition& definition_;
  const std::string profile_;
  SeenIds objectives_;
  SeenIds objective_rules_;
  SeenIds scales_;
  std::unordered_map<std::string_view, const ItemRule*> items_;
  std::unordered_map<std::string_view, std::string_view> required_;  // Mark by control.
  CompiledProfile out_;
};

Lookup CompiledProfile::Find(const std::vector<IndexEntry>& index, std::string_view id) {
  const auto at = std::lower_bound(
      index.begin(), index.end(), id,
      [](const IndexEntry& entry, std::string_view key) { return entry.id < key; });
  if (at == index.end() || at->id != id) {
    return {};
  }
  return at->lookup;
}

CompileResult Compile(const SchemeDefinition& definition, std::string_view profile) {
  std::vector<DefinitionProblem> problems = CheckDefinition(definition, profile);
  if (!problems.empty()) {
    return {std::nullopt, std::move(problems)};
  }
  return {ProfileCompiler(definition, profile).Run(), {}};
}

}  // namespace assay::scoring
