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
  if (recorded == nullptr || recorded->outcome == Outcome::kNotApplicable) {
    return {};
  }
  return recorded->gate_answer;
}

// Walks up the chain of gates, which Compile() has made finite and of this control.
bool IsAsked(const CompiledProfile& profile, const PhaseFinding& finding,
             const CompiledQuestion& question) {
  const CompiledQuestion* current = &question;
  while (current->asked_when_gate != kNoGate) {
    const CompiledQuestion& gate =
        profile.questions()[static_cast<size_t>(current->asked_when_gate)];
    const std::string_view answer = GateAnswer(Recorded(finding, gate.id));
    const auto& wanted = current->asked_when_answers;
    if (answer.empty() || std::find(wanted.begin(), wanted.end(), answer) == wanted.end()) {
      return false;
    }
    current = &gate;
  }
  return true;
}

ReasonCode Judge(const CompiledQuestion& question, const QuestionOutcome* recorded,
                 QuestionNotApplicableRule not_applicable) {
  if (recorded != nullptr && recorded->outcome == Outcome::kNotApplicable) {
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
  int32_t answered = 0;  // Anything recorded on an asked question.
  int32_t open = 0;
  int32_t not_applicable = 0;
  int32_t applicable = 0;  // Asked questions that count and are not marked N/A.

  void Count(ReasonCode reason) {
    switch (reason) {
      case ReasonCode::kQuestionMeets:
        ++meets, ++answered, ++applicable;
        break;
      case ReasonCode::kQuestionDoesNotMeet:
        ++does_not_meet, ++answered, ++applicable;
        break;
      case ReasonCode::kQuestionUnanswered:
      case ReasonCode::kGateUnanswered:
        ++does_not_meet, ++open, ++applicable;
        break;
      case ReasonCode::kQuestionNotApplicableCounted:
        ++meets, ++answered, ++not_applicable;
        break;
      case ReasonCode::kQuestionNotApplicableExcluded:
        ++answered, ++not_applicable;
        break;
      default:  // kGateAnswered
        ++answered;
        break;
    }
  }
};

}  // namespace

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
  summary.present = tally.answered > 0;
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
      return {Phase::kPractical, summary};
    }
  }
  if (rule != PhaseRule::kPracticalOnly) {
    const FindingSummary summary = SummarizeFinding(profile, control, input.theoretical, nullptr);
    if (summary.present) {
      return {Phase::kTheoretical, summary};
    }
  }
  return {};
}

}  // namespace assay::scoring
