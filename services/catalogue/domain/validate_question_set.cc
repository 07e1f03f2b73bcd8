#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "common/status/macros.h"
#include "common/text/view.h"
#include "services/catalogue/domain/text_form.h"
#include "services/catalogue/domain/validate.h"
#include "services/catalogue/errors.h"
#include "services/catalogue/limits.h"

namespace assay::catalogue {
namespace {

using Strings = google::protobuf::RepeatedPtrField<std::string>;

// True for "<control>.<k>", k from 1 to kMaxQuestionNumber without leading zeros.
bool IsQuestionIdOf(std::string_view id, std::string_view control) {
  if (!id.starts_with(control)) return false;
  id.remove_prefix(control.size());
  if (id.size() < 2 || id[0] != '.' || id[1] == '0') return false;
  id.remove_prefix(1);
  int64_t number = 0;
  return std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; }) &&
         absl::SimpleAtoi(ToAbsl(id), &number) && number <= kMaxQuestionNumber;
}

// Goes through one set once, from top to bottom.
class SetCheck {
 public:
  SetCheck(std::string_view file, const v1::QuestionSet& set, const CatalogueIndex& catalogue)
      : file_(file), set_(set), catalogue_(catalogue) {}

  absl::Status Run() {
    for (int i = 0; i < set_.controls_size(); ++i) {
      ASSAY_RETURN_IF_ERROR(CheckControl(absl::StrCat("controls[", i, "]"), set_.controls(i)));
    }
    for (int i = 0; i < set_.questions_size(); ++i) {
      ASSAY_RETURN_IF_ERROR(CheckQuestion(absl::StrCat("questions[", i, "]"), set_.questions(i)));
    }
    for (int i = 0; i < set_.controls_size(); ++i) {
      ASSAY_RETURN_IF_ERROR(CheckCoverage(absl::StrCat("controls[", i, "]"), set_.controls(i)));
    }
    return absl::OkStatus();
  }

 private:
  // Profiles in which a control has a question, and in which one is scored and always asked.
  struct Coverage {
    std::set<std::string> asked;
    std::set<std::string> grounded;
  };

  absl::Status Invalid(std::string_view path, std::string_view value,
                       std::string_view allowed) const {
    return SchemeFileInvalid({file_, path}, value, allowed);
  }

  absl::Status CheckControl(const std::string& path, const v1::QuestionSetControl& control) {
    const auto known = catalogue_.controls.find(control.id());
    if (known == catalogue_.controls.end()) {
      return Invalid(path + ".id", Quoted(control.id()),
                     "the id of one of the catalogue's controls is required");
    }
    if (!coverage_.emplace(control.id(), Coverage()).second) {
      return Invalid(path + ".id", Quoted(control.id()), "every control may stand once");
    }
    return CheckTitle(path, control, known->second->title());
  }

  // A title that differs needs the publisher's word that the id is right: the catalogue's title.
  absl::Status CheckTitle(const std::string& path, const v1::QuestionSetControl& control,
                          const std::string& title) const {
    if (control.title() == title) {
      if (control.catalogue_title().empty()) return absl::OkStatus();
      return Invalid(path + ".catalogue_title", Quoted(control.catalogue_title()),
                     "the titles agree: leave this key out");
    }
    if (control.catalogue_title() == title) return absl::OkStatus();
    const std::string key = control.catalogue_title().empty() ? ".title" : ".catalogue_title";
    return QuestionSetTitleMismatch(
        {file_, path + key}, control.id(),
        control.catalogue_title().empty() ? control.title() : control.catalogue_title(), title);
  }

  absl::Status CheckQuestion(const std::string& path, const v1::Question& question) {
    const auto coverage = coverage_.find(question.control());
    if (coverage == coverage_.end()) {
      return Invalid(path + ".control", Quoted(question.control()),
                     "a control listed in 'controls' of this set is required");
    }
    if (!IsQuestionIdOf(question.id(), question.control())) {
      return Invalid(path + ".id", Quoted(question.id()),
                     absl::StrCat("the control's id, a dot and a number of 1 to ",
                                  kMaxQuestionNumber, " are required"));
    }
    ASSAY_RETURN_IF_ERROR(
        ValidateProfiles(file_, path + ".profiles", question.profiles(), catalogue_));
    if (!Within(question.profiles(), catalogue_.controls.at(question.control())->profiles())) {
      return Invalid(path + ".profiles", Quoted(question.id()),
                     "only profiles that contain the control are allowed");
    }
    ASSAY_RETURN_IF_ERROR(CheckDistinct(path + ".answers", question.answers()));
    if (question.has_asked_when()) {
      ASSAY_RETURN_IF_ERROR(CheckCondition(path + ".asked_when", question));
    }
    if (!questions_.emplace(question.id(), &question).second) {
      return Invalid(path + ".id", Quoted(question.id()), "every id may stand once");
    }
    for (const std::string& profile : question.profiles()) {
      coverage->second.asked.insert(profile);
      if (question.scored() && !question.has_asked_when()) {
        coverage->second.grounded.insert(profile);
      }
    }
    return absl::OkStatus();
  }

  absl::Status CheckCondition(const std::string& path, const v1::Question& question) const {
    const v1::AskedWhen& condition = question.asked_when();
    const auto gate = questions_.find(condition.question());
    if (gate == questions_.end() || gate->second->control() != question.control() ||
        gate->second->kind() != v1::QUESTION_KIND_GATE) {
      return Invalid(path + ".question", Quoted(condition.question()),
                     "an earlier question of the same control and of kind \"gate\" is required");
    }
    if (!Within(question.profiles(), gate->second->profiles())) {
      return Invalid(path + ".question", Quoted(condition.question()),
                     "the gate must be asked in every profile of the question that depends on it");
    }
    ASSAY_RETURN_IF_ERROR(CheckDistinct(path + ".answers", condition.answers()));
    return CheckPossible(path + ".answers", condition.answers(), *gate->second);
  }

  absl::Status CheckDistinct(const std::string& path, const Strings& answers) const {
    std::set<std::string_view> seen;
    for (int i = 0; i < answers.size(); ++i) {
      if (!seen.insert(answers[i]).second) {
        return Invalid(absl::StrCat(path, "[", i, "]"), Quoted(answers[i]),
                       "every answer may stand once");
      }
    }
    return absl::OkStatus();
  }

  // A misspelt answer would hide the question for ever, and with it what it scores.
  absl::Status CheckPossible(const std::string& path, const Strings& answers,
                             const v1::Question& gate) const {
    for (int i = 0; i < answers.size(); ++i) {
      const Strings& possible = gate.answers();
      if (std::find(possible.begin(), possible.end(), answers[i]) != possible.end()) continue;
      const auto quote = [](std::string* out, const std::string& answer) {
        out->append(Quoted(answer));
      };
      return Invalid(absl::StrCat(path, "[", i, "]"), Quoted(answers[i]),
                     absl::StrCat("an answer of gate ", gate.id(),
                                  " is required: ", absl::StrJoin(possible, ", ", quote)));
    }
    return absl::OkStatus();
  }

  absl::Status CheckCoverage(const std::string& path, const v1::QuestionSetControl& control) const {
    const Coverage& coverage = coverage_.at(control.id());
    if (coverage.asked.empty()) {
      return Invalid(path, Quoted(control.id()), "a listed control must have a question");
    }
    for (const std::string& profile : coverage.asked) {
      if (!coverage.grounded.contains(profile)) {
        return Invalid(path, absl::StrCat(Quoted(control.id()), " at profile ", profile),
                       "at least one question that is scored and has no asked_when is required "
                       "in every profile in which the control has a question");
      }
    }
    return absl::OkStatus();
  }

  const std::string file_;
  const v1::QuestionSet& set_;
  const CatalogueIndex& catalogue_;
  std::map<std::string, Coverage> coverage_;  // By control.
  std::unordered_map<std::string, const v1::Question*> questions_;
};

}  // namespace

absl::Status ValidateQuestionSet(std::string_view file, const v1::QuestionSet& set,
                                 const CatalogueIndex& catalogue) {
  return SetCheck(file, set, catalogue).Run();
}

}  // namespace assay::catalogue
