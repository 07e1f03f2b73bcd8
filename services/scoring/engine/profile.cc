#include "services/scoring/engine/profile.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace assay::scoring {
namespace {

bool Contains(const std::vector<std::string>& list, std::string_view item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

std::string At(std::string_view list, size_t index, std::string_view rest = "") {
  return std::string(list) + "[" + std::to_string(index) + "]" + std::string(rest);
}

std::string Quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

size_t CountOf(std::string_view text, std::string_view part) {
  size_t count = 0;
  for (size_t at = text.find(part); at != std::string_view::npos;
       at = text.find(part, at + part.size())) {
    ++count;
  }
  return count;
}

}  // namespace

// Checks first, builds after: the build step relies on every check having passed.
class ProfileCompiler {
 public:
  ProfileCompiler(const SchemeDefinition& definition, std::string_view profile)
      : definition_(definition), profile_(profile) {}

  CompileResult Run() && {
    CheckSizes();
    if (problems_.empty()) {
      CheckProfiles();
      CheckObjectives();
      CheckControls();
      CheckQuestions();
      CheckEveryControlAsksSomething();
      CheckRules();
    }
    if (!problems_.empty()) {
      return {std::nullopt, std::move(problems_)};
    }
    Build();
    return {std::move(out_), {}};
  }

 private:
  void Problem(std::string path, std::string message) {
    problems_.push_back({std::move(path), std::move(message)});
  }

  void CheckLimit(std::string_view list, size_t size, size_t limit) {
    if (size > limit) {
      Problem(std::string(list), "has " + std::to_string(size) + " entries; at most " +
                                     std::to_string(limit) + " are allowed");
    }
  }

  void CheckSizes() {
    CheckLimit("objectives", definition_.objectives.size(), kMaxObjectives);
    CheckLimit("controls", definition_.controls.size(), kMaxControls);
    CheckLimit("questions", definition_.questions.size(), kMaxQuestions);
  }

  // An id is there and not taken; remembers its index.
  void CheckId(std::unordered_map<std::string_view, uint32_t>& seen, std::string_view list,
               size_t index, std::string_view id) {
    if (id.empty()) {
      Problem(At(list, index, ".id"), "is empty");
    } else if (!seen.emplace(id, static_cast<uint32_t>(index)).second) {
      Problem(At(list, index, ".id"), Quoted(id) + " is used twice");
    }
  }

  void CheckProfiles() {
    std::unordered_map<std::string_view, uint32_t> seen;
    for (size_t i = 0; i < definition_.profiles.size(); ++i) {
      CheckId(seen, "profiles", i, definition_.profiles[i]);
    }
    if (!Contains(definition_.profiles, profile_)) {
      Problem("profiles", "has no profile " + Quoted(profile_));
    }
  }

  void CheckMembership(std::string_view list, size_t index,
                       const std::vector<std::string>& profiles) {
    for (const std::string& profile : profiles) {
      if (!Contains(definition_.profiles, profile)) {
        Problem(At(list, index, ".profiles"), Quoted(profile) + " is not a profile of the scheme");
      }
    }
  }

  void CheckObjectives() {
    if (definition_.objectives.empty()) {
      Problem("objectives", "is empty");
    }
    for (size_t i = 0; i < definition_.objectives.size(); ++i) {
      CheckId(objectives_, "objectives", i, definition_.objectives[i].id);
    }
  }

  void CheckControls() {
    for (size_t i = 0; i < definition_.controls.size(); ++i) {
      const ControlDefinition& control = definition_.controls[i];
      CheckId(controls_, "controls", i, control.id);
      if (!objectives_.contains(control.objective)) {
        Problem(At("controls", i, ".objective"),
                Quoted(control.objective) + " is not an objective of the scheme");
      }
      CheckMembership("controls", i, control.profiles);
    }
  }

  void CheckQuestions() {
    std::unordered_map<std::string_view, uint32_t> per_control;
    for (size_t i = 0; i < definition_.questions.size(); ++i) {
      const QuestionDefinition& question = definition_.questions[i];
      CheckId(questions_, "questions", i, question.id);
      CheckMembership("questions", i, question.profiles);
      const auto control = controls_.find(question.control);
      if (control == controls_.end()) {
        Problem(At("questions", i, ".control"),
                Quoted(question.control) + " is not a control of the scheme");
        continue;
      }
      if (++per_control[question.control] == kMaxQuestionsPerControl + 1) {
        Problem(At("questions", i, ".control"), Quoted(question.control) + " has more than " +
                                                    std::to_string(kMaxQuestionsPerControl) +
                                                    " questions");
      }
      CheckQuestionProfiles(i, question, definition_.controls[control->second]);
      if (!question.scored && question.kind != QuestionKind::kGate) {
        Problem(At("questions", i, ".scored"), "only a gate may be left out of the score");
      }
      if (!question.answers.empty()) {
        CheckAnswers(i, question);
      }
      if (question.asked_when.has_value()) {
        CheckAskedWhen(i, question);
      }
    }
  }

  void CheckAnswers(size_t index, const QuestionDefinition& question) {
    const std::string path = At("questions", index, ".answers");
    if (question.kind != QuestionKind::kGate) {
      Problem(path, "only a gate lists its answers");
    }
    if (Contains(question.answers, "")) {
      Problem(path, "holds an empty answer: a gate without an answer is unanswered");
    }
    const std::unordered_set<std::string_view> distinct(question.answers.begin(),
                                                        question.answers.end());
    if (distinct.size() != question.answers.size()) {
      Problem(path, "holds an answer twice");
    }
  }

  void CheckQuestionProfiles(size_t index, const QuestionDefinition& question,
                             const ControlDefinition& control) {
    for (const std::string& profile : question.profiles) {
      if (Contains(definition_.profiles, profile) && !Contains(control.profiles, profile)) {
        Problem(At("questions", index, ".profiles"),
                "control " + Quoted(control.id) + " is not assessed at profile " + Quoted(profile));
      }
    }
  }

  // `questions_` holds the questions up to and including this one, which makes "earlier" free.
  void CheckAskedWhen(size_t index, const QuestionDefinition& question) {
    const AskedWhen& when = *question.asked_when;
    const std::string path = At("questions", index, ".asked_when.gate");
    const auto found = questions_.find(when.gate);
    if (found == questions_.end() || found->second >= index) {
      Problem(path, Quoted(when.gate) + " is not an earlier question");
      return;
    }
    const QuestionDefinition& gate = definition_.questions[found->second];
    if (gate.control != question.control) {
      Problem(path, Quoted(when.gate) + " belongs to control " + Quoted(gate.control));
    }
    if (gate.kind != QuestionKind::kGate) {
      Problem(path, Quoted(when.gate) + " is not a gate");
    }
    for (const std::string& profile : question.profiles) {
      if (!Contains(gate.profiles, profile)) {
        Problem(path, Quoted(when.gate) + " is not asked at profile " + Quoted(profile));
      }
    }
    if (when.answers.empty()) {
      Problem(At("questions", index, ".asked_when.answers"), "is empty: it would never be asked");
    }
    for (const std::string& answer : when.answers) {
      if (answer.empty()) {
        Problem(At("questions", index, ".asked_when.answers"),
                "holds an empty answer: a gate without an answer is unanswered");
      } else if (!gate.answers.empty() && !Contains(gate.answers, answer)) {
        Problem(At("questions", index, ".asked_when.answers"),
                Quoted(answer) + " is no answer of gate " + Quoted(when.gate));
      }
    }
  }

  // Otherwise answers could leave a control with nothing to score it by.
  void CheckEveryControlAsksSomething() {
    std::unordered_set<std::string> has_questions;
    std::unordered_set<std::string> asks_always;
    for (const QuestionDefinition& question : definition_.questions) {
      for (const std::string& profile : question.profiles) {
        std::string key = question.control + "\n" + profile;
        if (question.scored && !question.asked_when.has_value()) {
          asks_always.insert(key);
        }
        has_questions.insert(std::move(key));
      }
    }
    for (size_t i = 0; i < definition_.controls.size(); ++i) {
      for (const std::string& profile : definition_.controls[i].profiles) {
        const std::string key = definition_.controls[i].id + "\n" + profile;
        if (has_questions.contains(key) && !asks_always.contains(key)) {
          Problem(At("controls", i), "control " + Quoted(definition_.controls[i].id) +
                                         " has questions at profile " + Quoted(profile) +
                                         " but none that is scored and always asked");
        }
      }
    }
  }

  void CheckRules() {
    const RuleSetDefinition& rules = definition_.rules;
    if (rules.points.met != 2 || rules.points.partially_met != 1 || rules.points.not_met != 0) {
      Problem("rules.points", "must be 2, 1 and 0 for met, partially met and not met");
    }
    CheckObjectiveRules();
    std::unordered_map<std::string_view, uint32_t> seen;
    for (size_t i = 0; i < rules.thresholds.size(); ++i) {
      const ProfileThreshold& threshold = rules.thresholds[i];
      CheckId(seen, "rules.thresholds", i, threshold.profile);
      if (!Contains(definition_.profiles, threshold.profile)) {
        Problem(At("rules.thresholds", i, ".profile"),
                Quoted(threshold.profile) + " is not a profile of the scheme");
      }
      if (threshold.percent < 0 || threshold.percent > 100) {
        Problem(At("rules.thresholds", i, ".percent"),
                std::to_string(threshold.percent) + " is outside 0 to 100");
      }
    }
    if (!seen.contains(profile_)) {
      Problem("rules.thresholds", "has none for profile " + Quoted(profile_));
    }
    CheckTexts(rules.texts);
  }

  void CheckObjectiveRules() {
    const std::vector<ObjectiveRule>& rules = definition_.rules.objectives;
    for (size_t i = 0; i < rules.size(); ++i) {
      CheckId(objective_rules_, "rules.objectives", i, rules[i].objective);
      if (!objectives_.contains(rules[i].objective)) {
        Problem(At("rules.objectives", i, ".objective"),
                Quoted(rules[i].objective) + " is not an objective of the scheme");
      }
    }
    for (const ObjectiveDefinition& objective : definition_.objectives) {
      if (!objective_rules_.contains(objective.id)) {
        Problem("rules.objectives", "has no rule for objective " + Quoted(objective.id));
      }
    }
  }

  void CheckTexts(const ResultTexts& texts) {
    if (texts.pass.empty()) {
      Problem("rules.texts.pass", "is empty");
    }
    if (texts.incomplete.empty()) {
      Problem("rules.texts.incomplete", "is empty");
    }
    if (CountOf(texts.fail, kObjectivesPlaceholder) != 1) {
      Problem("rules.texts.fail",
              "must hold " + std::string(kObjectivesPlaceholder) + " exactly once");
    }
  }

  void Build() {
    out_.id_ = profile_;
    out_.rules_ = definition_.rules.options;
    out_.points_ = definition_.rules.points;
    out_.texts_ = definition_.rules.texts;
    for (const ProfileThreshold& threshold : definition_.rules.thresholds) {
      if (threshold.profile == profile_) {
        out_.threshold_percent_ = threshold.percent;
      }
    }
    BuildControls();
    BuildQuestions();
    BuildCertificateKinds();
    SortIndex(out_.control_index_);
    SortIndex(out_.question_index_);
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
          .mandatory = rule.mandatory,
          .anchor = rule.anchor,
      });
      for (const ControlDefinition* control : by_objective[i]) {
        const auto index = static_cast<uint32_t>(out_.controls_.size());
        out_.control_index_.push_back({control->id, {Membership::kInScope, index}});
        out_.controls_.push_back({.id = control->id,
                                  .title = control->title,
                                  .objective = static_cast<uint32_t>(i),
                                  .first_question = 0,
                                  .question_count = 0,
                                  .certificate_kind = control->certificate_kind});
      }
    }
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
      std::unordered_map<std::string_view, int32_t> index_of;
      for (const QuestionDefinition* question : found->second) {
        const auto index = static_cast<uint32_t>(out_.questions_.size());
        index_of.emplace(question->id, static_cast<int32_t>(index));
        out_.question_index_.push_back({question->id, {Membership::kInScope, index}});
        CompiledQuestion& compiled = out_.questions_.emplace_back();
        compiled.id = question->id;
        compiled.control = i;
        compiled.gate = question->kind == QuestionKind::kGate;
        compiled.scored = question->scored;
        compiled.answers = question->answers;
        if (question->asked_when.has_value()) {
          compiled.asked_when_gate = index_of.at(question->asked_when->gate);
          compiled.asked_when_answers = question->asked_when->answers;
        }
      }
    }
  }

  void BuildCertificateKinds() {
    std::set<std::string> kinds;
    for (const ControlDefinition& control : definition_.controls) {
      if (!control.certificate_kind.empty()) {
        kinds.insert(control.certificate_kind);
      }
    }
    out_.certificate_kinds_.assign(kinds.begin(), kinds.end());
  }

  static void SortIndex(std::vector<CompiledProfile::IndexEntry>& index) {
    std::sort(index.begin(), index.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  }

  const SchemeDefinition& definition_;
  const std::string profile_;
  std::vector<DefinitionProblem> problems_;
  std::unordered_map<std::string_view, uint32_t> objectives_;
  std::unordered_map<std::string_view, uint32_t> controls_;
  std::unordered_map<std::string_view, uint32_t> questions_;
  std::unordered_map<std::string_view, uint32_t> objective_rules_;
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
  return ProfileCompiler(definition, profile).Run();
}

}  // namespace assay::scoring
