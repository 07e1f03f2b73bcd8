#include "services/scoring/engine/finding.h"

#include <algorithm>
#include <string_view>

namespace assay::scoring {
namespace {

const QuestionOutcome* Recorded(const PhaseFinding& finding, std::string_view question) {
  for (const QuestionOutcome& outcome : finding.questions) {
    if (outcome.question == question) {
      return &outcome;
    }
  }
  return nullptr;
}

std::string_view GateAnswer(const QuestionOutcome* recorded) {
  return recorded == nullptr ? std::string_view() : std::string_view(recorded->gate_answer);
}

bool IsNotApplicable(const QuestionOutcome* recorded) {
  return recorded != nullptr && recorded->outcome == Outcome::kNotApplicable;
}

// Whether a gate with this record asks the follow-ups that want one of `answers`.
bool Opens(const QuestionOutcome* gate, const std::vector<std::string>& answers) {
  if (IsNotApplicable(gate)) {
    return true;
  }
  const std::string_view answer = GateAnswer(gate);
  return !answer.empty() && std::find(answers.begin(), answers.end(), answer) != answers.end();
}

// Walks up the chain of gates, which Compile() has made finite and of this control.
bool IsAsked(const CompiledProfile& profile, const PhaseFinding& finding,
             const CompiledQuestion& question) {
  const CompiledQuestion* current = &question;
  while (current->asked_when_gate != kNoGate) {
    const CompiledQuestion& gate =
        profile.questions()[static_cast<size_t>(current->asked_when_gate)];
    if (!Opens(Recorded(finding, gate.id), current->asked_when_answers)) {
      return false;
    }
    current = &gate;
  }
  return true;
}

ReasonCode Judge(const CompiledQuestion& question, const QuestionOutcome* recorded,
                 QuestionNotApplicableRule not_applicable) {
  if (IsNotApplicable(recorded)) {
    return not_applicable == QuestionNotApplicableRule::kExcluded || !question.scored
               ? ReasonCode::kQuestionNotApplicableExcluded
               : ReasonCode::kQuestionNotApplicableCounted;
  }
  if (question.gate && GateAnswer(recorded).empty()) {
    return ReasonCode::kGateUnanswered;
  }
  if (!question.scored) {
    return ReasonCode::kGateAnswered;
  }
  if (recorded == nullptr || recorded->outcome == Outcome::kUnanswered) {
    return ReasonCode::kQuestionUnanswered;
  }
  return recorded->outcome == Outcome::kMeets ? ReasonCode::kQuestionMeets
                                              : ReasonCode::kQuestionDoesNotMeet;
}

struct Tally {
  int32_t meets = 0;
  int32_t does_not_meet = 0;
  int32_t open = 0;
  int32_t not_applicable = 0;
  int32_t applicable = 0;  // Asked questions that count and are not marked N/A.

  void Count(ReasonCode reason) {
    switch (reason) {
      case ReasonCode::kQuestionMeets:
        ++meets, ++applicable;
        break;
      case ReasonCode::kQuestionDoesNotMeet:
        ++does_not_meet, ++applicable;
        break;
      case ReasonCode::kQuestionUnanswered:
      case ReasonCode::kGateUnanswered:
        ++does_not_meet, ++open, ++applicable;
        break;
      case ReasonCode::kQuestionNotApplicableCounted:
        ++meets, ++not_applicable;
        break;
      case ReasonCode::kQuestionNotApplicableExcluded:
        ++not_applicable;
        break;
      default:  // kGateAnswered counts neither way.
        break;
    }
  }
};

}  // namespace

bool IsRecorded(const CompiledQuestion& question, const QuestionOutcome& outcome) {
  return outcome.outcome != Outcome::kUnanswered || (question.gate && !outcome.gate_answer.empty());
}

FindingSummary SummarizeFinding(const CompiledProfile& profile, uint32_t control,
                                const PhaseFinding& finding, std::vector<QuestionResult>* results) {
  FindingSummary summary;
  if (finding.status.has_value()) {
    summary.present = true;
    summary.from_status = true;
    summary.status = *finding.status;
    return summary;
  }
  if (finding.questions.empty()) {
    return summary;
  }
  Tally tally;
  const CompiledControl& compiled = profile.controls()[control];
  for (uint32_t i = 0; i < compiled.question_count; ++i) {
    const uint32_t index = compiled.first_question + i;
    const CompiledQuestion& question = profile.questions()[index];
    const QuestionOutcome* recorded = Recorded(finding, question.id);
    summary.present |= recorded != nullptr && IsRecorded(question, *recorded);
    const bool asked = IsAsked(profile, finding, question);
    const ReasonCode reason =
        asked ? Judge(question, recorded, profile.rules().question_not_applicable)
              : ReasonCode::kNotAsked;
    if (asked) {
      tally.Count(reason);
    }
    if (results != nullptr) {
      results->push_back(
          {index, asked, recorded == nullptr ? Outcome::kUnanswered : recorded->outcome, reason});
    }
  }
  summary.open_questions = tally.open;
  summary.all_not_applicable = tally.not_applicable > 0 && tally.applicable == 0;
  summary.status = tally.meets == 0           ? Status::kNotMet
                   : tally.does_not_meet == 0 ? Status::kMet
                                              : Status::kPartiallyMet;
  return summary;
}

ChosenFinding ChooseFinding(const CompiledProfile& profile, uint32_t control,
                            const ControlInput& input) {
  const PhaseRule rule = profile.rules().phase;
  if (rule != PhaseRule::kTheoreticalOnly) {
    const FindingSummary summary = SummarizeFinding(profile, control, input.practical, nullptr);
    if (summary.present) {
      return {Phase::kPractical, &input.practical, summary};
    }
  }
  if (rule != PhaseRule::kPracticalOnly) {
    const FindingSummary summary = SummarizeFinding(profile, control, input.theoretical, nullptr);
    if (summary.present) {
      return {Phase::kTheoretical, &input.theoretical, summary};
    }
  }
  return {};
}

PhaseFinding WithoutNotApplicable(PhaseFinding finding) {
  for (QuestionOutcome& outcome : finding.questions) {
    if (outcome.outcome == Outcome::kNotApplicable) {
      outcome.outcome = Outcome::kUnanswered;
    }
  }
  return finding;
}

}  // namespace assay::scoring
