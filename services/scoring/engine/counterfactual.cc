#include "services/scoring/engine/counterfactual.h"

#include <optional>
#include <utility>

#include "services/scoring/engine/score_control.h"
#include "services/scoring/engine/table_reader.h"

namespace assay::scoring {
namespace {

constexpr uint8_t kOverrides = 1;
constexpr uint8_t kNotApplicables = 2;
constexpr uint8_t kAdjustments = 4;

// A control on which something could be taken away.
struct Candidate {
  uint32_t control = 0;
  uint8_t present = 0;            // Which of the three kinds.
  bool question_flags = false;    // It has a question marked N/A, in either phase.
  bool question_decides = false;  // One of them is asked in the phase that was scored.
};

class Remover {
 public:
  Remover(const CompiledProfile& profile, const Record& record, const Evaluation& evaluation)
      : profile_(profile),
        record_(record),
        evaluation_(evaluation),
        reader_(profile, record),
        sums_(evaluation.tallies) {
    actual_.points = evaluation.verdict.points;
    actual_.maximum = evaluation.verdict.maximum;
    actual_.outcome = evaluation.verdict.outcome;
    actual_.rule = evaluation.verdict.rule;
    candidates_.reserve(evaluation.triggers.size());
    changed_.reserve(evaluation.triggers.size());
    FindCandidates();
  }

  bool nothing_to_remove() const { return candidates_.empty(); }

  // The kinds of which anything is recorded.
  uint8_t present() const { return present_; }

  Counterfactual Without(uint8_t kinds) {
    Counterfactual result;
    if ((present_ & kinds) == 0) {
      return result;
    }
    result.state = CounterfactualState::kSame;
    changed_.clear();
    for (const Candidate& candidate : candidates_) {
      const auto removed = static_cast<uint8_t>(candidate.present & kinds);
      if (removed == 0) {
        continue;
      }
      if (const auto beneath = Beneath(candidate, removed, /*questions=*/true)) {
        changed_.emplace_back(candidate.control, *beneath);
      } else {
        result.unknown_controls.push_back(candidate.control);
      }
    }
    if (!result.unknown_controls.empty()) {
      result.state = CounterfactualState::kUnknown;
      return result;
    }
    for (const auto& [control, beneath] : changed_) {
      Exchange(control, evaluation_.controls[control], beneath);
    }
    result.decision = Decide(profile_, sums_, &result.failed);
    for (const auto& [control, beneath] : changed_) {
      Exchange(control, beneath, evaluation_.controls[control]);
    }
    if (result.state == CounterfactualState::kSame && !(result.decision == actual_)) {
      result.state = CounterfactualState::kDifferent;
    }
    return result;
  }

  CounterfactualState WithoutTrigger(const ReviewTrigger& trigger) {
    switch (trigger.kind) {
      case TriggerKind::kOverride:
        return WithoutFlag(trigger.index, kOverrides);
      case TriggerKind::kNotApplicable:
        return WithoutFlag(trigger.index, kNotApplicables);
      case TriggerKind::kQuestionNotApplicable:
        return WithoutQuestion(trigger.index);
      default:
        return CounterfactualState::kNone;
    }
  }

 private:
  void FindCandidates() {
    const bool questions =
        !record_.theoretical_questions.empty() || !record_.practical_questions.empty();
    const auto controls = static_cast<uint32_t>(record_.controls.size());
    for (uint32_t i = 0; i < controls; ++i) {
      const ControlRecord& recorded = record_.controls[i];
      if (recorded.flags == 0 && recorded.adjustment == 0 && !questions) {
        continue;
      }
      Candidate candidate = CandidateOf(i, recorded);
      if (candidate.present != 0) {
        present_ |= candidate.present;
        candidates_.push_back(candidate);
      }
    }
  }

  // The flags of an overturned control are gone already.
  Candidate CandidateOf(uint32_t control, const ControlRecord& recorded) const {
    Candidate candidate;
    candidate.control = control;
    const bool overturned = (recorded.flags & kOverturnedFlag) != 0;
    if (!overturned) {
      FindQuestionFlags(candidate);
      candidate.present |= (recorded.flags & kOverriddenFlag) != 0 ? kOverrides : 0;
      candidate.present |= (recorded.flags & kNotApplicableFlag) != 0 || candidate.question_flags
                               ? kNotApplicables
                               : 0;
    }
    candidate.present |= recorded.adjustment != 0 ? kAdjustments : 0;
    return candidate;
  }

  void FindQuestionFlags(Candidate& candidate) const {
    const CompiledControl& control = profile_.controls()[candidate.control];
    for (uint32_t k = 0; k < control.question_count; ++k) {
      const uint32_t question = control.first_question + k;
      candidate.question_flags |= IsMarked(record_.theoretical_questions, question) ||
                                  IsMarked(record_.practical_questions, question);
    }
    const ControlResult& result = evaluation_.controls[candidate.control];
    for (uint32_t k = 0; k < result.question_result_count; ++k) {
      const QuestionResult& question = evaluation_.questions[result.first_question_result + k];
      candidate.question_decides |= question.asked && question.outcome == Outcome::kNotApplicable;
    }
  }

  static bool IsMarked(const std::vector<QuestionRecord>& records, uint32_t question) {
    return !records.empty() && records[question].outcome == Outcome::kNotApplicable;
  }

  // What the control comes to without these kinds; nothing when nobody can say. `questions`: the
  // N/As of its questions go with that of the control.
  std::optional<ControlResult> Beneath(const Candidate& candidate, uint8_t removed,
                                       bool questions) {
    ControlRecord recorded = record_.controls[candidate.control];
    const bool overturned = (recorded.flags & kOverturnedFlag) != 0;
    if ((removed & kOverrides) != 0) {
      recorded.flags = static_cast<uint8_t>(recorded.flags & ~kOverriddenFlag);
    }
    if ((removed & kNotApplicables) != 0 && !overturned) {
      recorded.flags = static_cast<uint8_t>(recorded.flags & ~kNotApplicableFlag);
    }
    if ((removed & kAdjustments) != 0) {
      recorded.adjustment = 0;
    }
    const bool honoured = profile_.rules().overrides == OverrideRule::kHonoured;
    const bool covered = !overturned && (((recorded.flags & kOverriddenFlag) != 0 && honoured) ||
                                         (recorded.flags & kNotApplicableFlag) != 0);
    if (questions && (removed & kNotApplicables) != 0 && candidate.question_decides && !covered) {
      return std::nullopt;
    }
    const ControlResult& actual = evaluation_.controls[candidate.control];
    const bool decided_by_flag = actual.reasons.Has(ReasonCode::kOverriddenToMet) ||
                                 actual.reasons.Has(ReasonCode::kNotApplicableLeavesSet);
    if (decided_by_flag && !covered && !actual.base_known) {
      return std::nullopt;
    }
    if (reader_.IsTabled(candidate.control, recorded)) {
      return reader_.ResultOf(candidate.control, recorded);
    }
    questions_.clear();
    return ScoreControlAs(profile_, record_, candidate.control, recorded, questions_);
  }

  CounterfactualState WithoutFlag(uint32_t control, uint8_t kind) {
    const auto beneath = Beneath(*CandidateAt(control), kind, /*questions=*/false);
    if (!beneath.has_value()) {
      return CounterfactualState::kUnknown;
    }
    const ControlResult& actual = evaluation_.controls[control];
    Exchange(control, actual, *beneath);
    const Decision decision = DecideWithOneChanged(control, actual, *beneath);
    Exchange(control, *beneath, actual);
    return decision == actual_ ? CounterfactualState::kSame : CounterfactualState::kDifferent;
  }

  // Only the control's own objective can have come to something else.
  Decision DecideWithOneChanged(uint32_t control, const ControlResult& before,
                                const ControlResult& after) const {
    const uint32_t objective = profile_.controls()[control].objective;
    Decision sums = actual_;
    if (profile_.controls()[control].counts) {
      sums.points += after.points - before.points;
      sums.maximum += after.maximum - before.maximum;
    }
    bool objectives_pass = true;
    sums.failed_on_anchor = false;
    for (uint32_t i = 0; i < evaluation_.objectives.size(); ++i) {
      const ObjectiveResult& result = evaluation_.objectives[i];
      if (i == objective ? FailsAssessment(profile_, i, sums_) : result.fails_verdict) {
        objectives_pass = false;
        sums.failed_on_anchor |= result.anchor;
      }
    }
    return DecideFrom(profile_, sums_, sums, objectives_pass);
  }

  // A question has nothing beneath its N/A; only one that decides nothing can be taken away.
  CounterfactualState WithoutQuestion(uint32_t question) const {
    const ControlResult& result = evaluation_.controls[profile_.questions()[question].control];
    if (result.reasons.Has(ReasonCode::kOverriddenToMet) ||
        result.reasons.Has(ReasonCode::kNotApplicableLeavesSet)) {
      return CounterfactualState::kSame;
    }
    for (uint32_t k = 0; k < result.question_result_count; ++k) {
      const QuestionResult& scored = evaluation_.questions[result.first_question_result + k];
      if (scored.question == question && scored.asked &&
          scored.outcome == Outcome::kNotApplicable) {
        return CounterfactualState::kUnknown;
      }
    }
    return CounterfactualState::kSame;
  }

  const Candidate* CandidateAt(uint32_t control) const {
    for (const Candidate& candidate : candidates_) {
      if (candidate.control == control) {
        return &candidate;
      }
    }
    return nullptr;  // Not reached: every flag makes its control a candidate.
  }

  void Exchange(uint32_t control, const ControlResult& out, const ControlResult& in) {
    RemoveControl(profile_, control, out, sums_);
    AddControl(profile_, control, in, sums_);
  }

  const CompiledProfile& profile_;
  const Record& record_;
  const Evaluation& evaluation_;
  const TableReader reader_;
  Decision actual_;
  Tallies sums_;  // Those of the actual verdict between calls.
  std::vector<Candidate> candidates_;
  uint8_t present_ = 0;
  std::vector<std::pair<uint32_t, ControlResult>> changed_;
  std::vector<QuestionResult> questions_;
};

}  // namespace

Counterfactuals FindCounterfactuals(const CompiledProfile& profile, const Record& record,
                                    const Evaluation& evaluation) {
  Counterfactuals all;
  all.by_trigger.assign(evaluation.triggers.size(), CounterfactualState::kNone);
  Remover remover(profile, record, evaluation);
  if (remover.nothing_to_remove()) {
    return all;
  }
  all.without_overrides = remover.Without(kOverrides);
  all.without_not_applicable = remover.Without(kNotApplicables);
  all.without_adjustments = remover.Without(kAdjustments);
  all.without_flags = remover.Without(kOverrides | kNotApplicables);
  all.without_all = (remover.present() & kAdjustments) == 0
                        ? all.without_flags
                        : remover.Without(kOverrides | kNotApplicables | kAdjustments);
  for (size_t i = 0; i < evaluation.triggers.size(); ++i) {
    all.by_trigger[i] = remover.WithoutTrigger(evaluation.triggers[i]);
  }
  return all;
}

}  // namespace assay::scoring
