#include "services/scoring/engine/check_definition.h"

#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "services/scoring/engine/check_rules.h"
#include "services/scoring/engine/profile.h"

namespace assay::scoring {
namespace {

class DefinitionChecker {
 public:
  DefinitionChecker(const SchemeDefinition& definition, std::string_view profile)
      : definition_(definition), profile_(profile) {}

  std::vector<DefinitionProblem> Run() && {
    CheckSizes();
    if (problems_.empty()) {
      CheckProfiles();
      CheckObjectives();
      CheckControls();
      CheckQuestions();
      CheckEveryControlAsksSomething();
      CheckRules(definition_, profile_, problems_);
    }
    return std::move(problems_).Take();
  }

 private:
  void Problem(std::string path, std::string message) {
    problems_.Add(std::move(path), std::move(message));
  }

  void CheckSizes() {
    problems_.CheckLimit("objectives", definition_.objectives.size(), kMaxObjectives);
    problems_.CheckLimit("controls", definition_.controls.size(), kMaxControls);
    problems_.CheckLimit("questions", definition_.questions.size(), kMaxQuestions);
  }

  void CheckProfiles() {
    SeenIds seen;
    for (size_t i = 0; i < definition_.profiles.size(); ++i) {
      problems_.CheckId(seen, "profiles", i, definition_.profiles[i]);
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
      problems_.CheckId(objectives_, "objectives", i, definition_.objectives[i].id);
    }
  }

  void CheckControls() {
    for (size_t i = 0; i < definition_.controls.size(); ++i) {
      const ControlDefinition& control = definition_.controls[i];
      problems_.CheckId(controls_, "controls", i, control.id);
      if (!objectives_.contains(control.objective)) {
        Problem(At("controls", i, ".objective"),
                Quoted(control.objective) + " is not an objective of the scheme");
      }
      CheckMembership("controls", i, control.profiles);
    }
  }

  void CheckQuestions() {
    SeenIds per_control;
    for (size_t i = 0; i < definition_.questions.size(); ++i) {
      const QuestionDefinition& question = definition_.questions[i];
      problems_.CheckId(questions_, "questions", i, question.id);
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
      CheckAnswers(i, question);
      if (question.asked_when.has_value()) {
        CheckAskedWhen(i, question);
      }
    }
  }

  void CheckAnswers(size_t index, const QuestionDefinition& question) {
    const std::string path = At("questions", index, ".answers");
    if (question.kind != QuestionKind::kGate) {
      if (!question.answers.empty()) {
        Problem(path, "only a gate lists its answers");
      }
      return;
    }
    if (question.answers.empty() || question.answers.size() > kMaxGateAnswers) {
      Problem(path, "has " + std::to_string(question.answers.size()) +
                        " entries; a gate lists 1 to " + std::to_string(kMaxGateAnswers) +
                        " answers");
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
      } else if (!Contains(gate.answers, answer)) {
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

  const SchemeDefinition& definition_;
  const std::string profile_;
  DefinitionProblems problems_;
  SeenIds objectives_;
  SeenIds controls_;
  SeenIds questions_;
};

}  // namespace

std::vector<DefinitionProblem> CheckDefinition(const SchemeDefinition& definition,
                                               std::string_view profile) {
  return DefinitionChecker(definition, profile).Run();
}

}  // namespace assay::scoring
