#include "services/scoring/engine/record.h"

#include <algorithm>
#include <string>

#include "services/scoring/engine/profile.h"

namespace assay::scoring {
namespace {

uint8_t NumberOf(const std::vector<std::string>& answers, const std::string& answer) {
  const auto at = std::find(answers.begin(), answers.end(), answer);
  return at == answers.end() ? uint8_t{0} : static_cast<uint8_t>(at - answers.begin() + 1);
}

// Copies a control's questions into the assessment's, which are made when the first comes.
void Place(const CompiledProfile& profile, uint32_t control, const PhaseFinding& finding,
           std::vector<QuestionRecord>& all) {
  const std::vector<QuestionRecord> questions = QuestionsOf(profile, control, finding);
  if (questions.empty()) {
    return;
  }
  all.resize(profile.questions().size());
  std::copy(questions.begin(), questions.end(),
            all.begin() + profile.controls()[control].first_question);
}

void AddControl(const CompiledProfile& profile, uint32_t control, const ControlInput& input,
                Record& record) {
  ControlRecord& recorded = record.controls[control];
  recorded.theoretical = MarkOf(profile, control, input.theoretical);
  recorded.practical = MarkOf(profile, control, input.practical);
  recorded.adjustment = static_cast<int8_t>(input.adjustment);
  recorded.flags = static_cast<uint8_t>((input.overridden ? kOverriddenFlag : 0) |
                                        (input.not_applicable ? kNotApplicableFlag : 0));
  Place(profile, control, input.theoretical, record.theoretical_questions);
  Place(profile, control, input.practical, record.practical_questions);
}

}  // namespace

uint8_t MarkOf(const CompiledProfile& profile, uint32_t control, const PhaseFinding& finding) {
  const std::vector<Mark>& marks = profile.ScaleOf(control).marks;
  if (finding.status.has_value()) {
    switch (*finding.status) {
      case Status::kMet:
        return 1;
      case Status::kPartiallyMet:
        return marks.size() == 3 ? 2 : 0;
      case Status::kNotMet:
        return static_cast<uint8_t>(marks.size());
    }
    return 0;
  }
  for (size_t i = 0; i < marks.size() && !finding.mark.empty(); ++i) {
    if (marks[i].id == finding.mark) {
      return static_cast<uint8_t>(i + 1);
    }
  }
  return 0;
}

std::vector<QuestionRecord> QuestionsOf(const CompiledProfile& profile, uint32_t control,
                                        const PhaseFinding& finding) {
  std::vector<QuestionRecord> questions;
  const CompiledControl& compiled = profile.controls()[control];
  bool any = false;
  for (const QuestionOutcome& outcome : finding.questions) {
    const Lookup found = profile.FindQuestion(outcome.question);
    if (found.membership != Membership::kInScope ||
        profile.questions()[found.index].control != control) {
      continue;
    }
    const CompiledQuestion& question = profile.questions()[found.index];
    const QuestionRecord record = {
        outcome.outcome,
        question.gate ? NumberOf(question.answers, outcome.gate_answer) : uint8_t{0}};
    questions.resize(compiled.question_count);
    questions[found.index - compiled.first_question] = record;
    any |= !record.empty();
  }
  return any ? questions : std::vector<QuestionRecord>();
}

Record ToRecord(const CompiledProfile& profile, const AssessmentInput& input) {
  Record record;
  record.mode = input.mode;
  record.as_of = input.as_of;
  record.certificates = input.certificates;
  record.controls.resize(profile.controls().size());
  for (const ControlInput& control : input.controls) {
    const Lookup found = profile.FindControl(control.control);
    if (found.membership == Membership::kInScope) {
      AddControl(profile, found.index, control, record);
    }
  }
  for (const std::string& control : input.overturned_controls) {
    const Lookup found = profile.FindControl(control);
    if (found.membership == Membership::kInScope) {
      record.controls[found.index].flags |= kOverturnedFlag;
    }
  }
  return record;
}

}  // namespace assay::scoring
