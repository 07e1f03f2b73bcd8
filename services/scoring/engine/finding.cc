#include "services/scoring/engine/finding.h"

namespace assay::scoring {
namespace {

// Whether a gate with this record asks the follow-ups that want one of `answers`.
bool Opens(const QuestionRecord& gate, uint64_t answers, NotApplicableMarks marks) {
  if (gate.outcome == Outcome::kNotApplicable && marks == NotApplicableMarks::kStand) {
    return true;
  }
  return gate.gate_answer != 0 && (answers >> (gate.gate_answer - 1) & 1) != 0;
}

// One phase's questions of one control.
class QuestionReader {
 public:
  QuestionReader(const CompiledProfile& profile, uint32_t control, const QuestionRecord* records,
                 NotApplicableMarks marks)
      : profile_(profile),
        first_(profile.controls()[control].first_question),
        records_(records),
        marks_(marks) {}

  const QuestionRecord& RecordOf(uint32_t question) const { return records_[question - first_]; }

  Outcome OutcomeOf(uint32_t question) const {
    const Outcome outcome = RecordOf(question).outcome;
    return outcome == Outcome::kNotApplicable && marks_ == NotApplicableMarks::kTakenAway
               ? Outcome::kUnanswered
               : outcome;
  }

  // Walks up the chain of gates, which Compile() has made finite and of this control.
  bool IsAsked(uint32_t question) const {
    const CompiledQuestion* current = &profile_.questions()[question];
    while (current->asked_when_gate != kNoGate) {
      const auto gate = static_cast<uint32_t>(current->asked_when_gate);
      if (!Opens(RecordOf(gate), current->asked_when_answers, marks_)) {
        return false;
      }
      current = &profile_.questions()[gate];
    }
    return true;
  }

  // Of a question that is asked.
  ReasonCode Judge(uint32_t index) const {
    const CompiledQuestion& question = profile_.questions()[index];
    const Outcome outcome = OutcomeOf(index);
    if (outcome == Outcome::kNotApplicable) {
      const bool excluded =
          profile_.rules().question_not_applicable == QuestionNotApplicableRule::kExcluded;
      return excluded || !question.scored ? ReasonCode::kQuestionNotApplicableExcluded
                                          : ReasonCode::kQuestionNotApplicableCounted;
    }
    if (question.gate && RecordOf(index).gate_answer == 0) {
      return ReasonCode::kGateUnanswered;
    }
    if (!question.scored) {
      return ReasonCode::kGateAnswered;
    }
    switch (outcome) {
      case Outcome::kMeets:
        return ReasonCode::kQuestionMeets;
      case Outcome::kDoesNotMeet:
        return ReasonCode::kQuestionDoesNotMeet;
      default:
        return ReasonCode::kQuestionUnanswered;
    }
  }

 private:
  const CompiledProfile& profile_;
  const uint32_t first_;
  const QuestionRecord* const records_;
  const NotApplicableMarks marks_;
};

// What asked questions say, by column; questions without a column stand in that of `met`.
struct Column {
  int32_t meets = 0;
  int32_t does_not_meet = 0;

  bool all_meet() const { return meets > 0 && does_not_meet == 0; }
};

struct Columns {
  Column met;
  Column partially_met;
  Column not_met;
  int32_t open = 0;
  int32_t not_applicable = 0;
  int32_t applicable = 0;  // Asked questions that count and are not marked N/A.

  Column& Of(const CompiledQuestion& question, Derivation derivation) {
    if (derivation == Derivation::kAllMeet) {
      return met;
    }
    // An open gate that is not scored may hide a failing.
    if (!question.scored || question.indicator == Indicator::kNotMet) {
      return not_met;
    }
    return question.indicator == Indicator::kPartiallyMet ? partially_met : met;
  }

  void Count(ReasonCode reason, Column& column) {
    switch (reason) {
      case ReasonCode::kQuestionMeets:
        ++column.meets, ++applicable;
        break;
      case ReasonCode::kQuestionDoesNotMeet:
        ++column.does_not_meet, ++applicable;
        break;
      case ReasonCode::kQuestionUnanswered:
      case ReasonCode::kGateUnanswered:
        ++column.does_not_meet, ++open, ++applicable;
        break;
      case ReasonCode::kQuestionNotApplicableCounted:
        ++column.meets, ++not_applicable;
        break;
      case ReasonCode::kQuestionNotApplicableExcluded:
        ++not_applicable;
        break;
      default:  // kGateAnswered counts neither way.
        break;
    }
  }
};

uint8_t MarkOf(const Columns& columns, Derivation derivation, size_t marks) {
  constexpr uint8_t kBest = 1;
  constexpr uint8_t kMiddle = 2;
  const auto worst = static_cast<uint8_t>(marks);
  const uint8_t some = marks > 2 ? kMiddle : worst;
  if (derivation == Derivation::kAllMeet) {
    return columns.met.meets == 0 ? worst : columns.met.does_not_meet == 0 ? kBest : some;
  }
  if (columns.not_met.does_not_meet > 0) {
    return worst;
  }
  return columns.met.all_meet() ? kBest : columns.partially_met.all_meet() ? some : worst;
}

}  // namespace

bool IsPresent(const CompiledProfile& profile, uint32_t control, const PhaseRecord& phase) {
  if (phase.mark != 0) {
    return true;
  }
  if (phase.questions == nullptr) {
    return false;
  }
  const uint32_t count = profile.controls()[control].question_count;
  for (uint32_t i = 0; i < count; ++i) {
    if (!phase.questions[i].empty()) {
      return true;
    }
  }
  return false;
}

FindingSummary SummarizeFinding(const CompiledProfile& profile, uint32_t control,
                                const PhaseRecord& finding, NotApplicableMarks marks,
                                std::vector<QuestionResult>* results) {
  FindingSummary summary;
  if (finding.mark != 0) {
    summary.present = true;
    summary.from_mark = true;
    summary.mark = finding.mark;
    return summary;
  }
  if (finding.questions == nullptr) {
    return summary;
  }
  const QuestionReader reader(profile, control, finding.questions, marks);
  const CompiledControl& compiled = profile.controls()[control];
  Columns columns;
  for (uint32_t i = 0; i < compiled.question_count; ++i) {
    const uint32_t index = compiled.first_question + i;
    const CompiledQuestion& question = profile.questions()[index];
    const Outcome outcome = reader.OutcomeOf(index);
    summary.present |= outcome != Outcome::kUnanswered || reader.RecordOf(index).gate_answer != 0;
    const bool asked = reader.IsAsked(index);
    const ReasonCode reason = asked ? reader.Judge(index) : ReasonCode::kNotAsked;
    if (asked) {
      columns.Count(reason, columns.Of(question, profile.derivation()));
    }
    if (results != nullptr) {
      results->push_back({index, asked, outcome, reason});
    }
  }
  summary.open_questions = columns.open;
  for (const Column* column : {&columns.met, &columns.partially_met, &columns.not_met}) {
    summary.questions_met += column->meets;
    summary.questions_unmet += column->does_not_meet;
  }
  summary.all_not_applicable = columns.not_applicable > 0 && columns.applicable == 0;
  summary.mark = MarkOf(columns, profile.derivation(), profile.ScaleOf(control).marks.size());
  return summary;
}

ChosenFinding ChooseFinding(const CompiledProfile& profile, uint32_t control,
                            const PhaseRecord& theoretical, const PhaseRecord& practical) {
  const PhaseRule rule = profile.rules().phase;
  if (rule != PhaseRule::kTheoreticalOnly && IsPresent(profile, control, practical)) {
    return {Phase::kPractical, practical};
  }
  if (rule != PhaseRule::kPracticalOnly && IsPresent(profile, control, theoretical)) {
    return {Phase::kTheoretical, theoretical};
  }
  return {};
}

PhaseRecord TheoreticalOf(const CompiledProfile& profile, const Record& record, uint32_t control) {
  return {record.controls[control].theoretical,
          record.theoretical_questions.empty()
              ? nullptr
              : &record.theoretical_questions[profile.controls()[control].first_question]};
}

PhaseRecord PracticalOf(const CompiledProfile& profile, const Record& record, uint32_t control) {
  return {record.controls[control].practical,
          record.practical_questions.empty()
              ? nullptr
              : &record.practical_questions[profile.controls()[control].first_question]};
}

}  // namespace assay::scoring
