#include "services/scoring/engine/counterfactual.h"

#include <algorithm>
#include <array>

#include "services/scoring/engine/score_control.h"
#include "services/scoring/engine/table_reader.h"

namespace assay::scoring {
namespace {

constexpr uint8_t kOverrides = 1;
constexpr uint8_t kNotApplicables = 2;
constexpr uint8_t kAdjustments = 4;
constexpr uint8_t kFlags = kOverrides | kNotApplicables;
constexpr uint8_t kAll = kFlags | kAdjustments;

// Whatever is taken away is taken away in one of these sets.
constexpr std::array<uint8_t, 5> kSets = {kOverrides, kNotApplicables, kAdjustments, kFlags, kAll};

constexpr uint32_t kNoControl = UINT32_MAX;

bool IsDecidedByFlag(const ControlResult& result) {
  return result.reasons.Has(ReasonCode::kOverriddenToMet) ||
         result.reasons.Has(ReasonCode::kNotApplicableLeavesSet);
}

void Clear(Counterfactual& counterfactual) {
  counterfactual.state = CounterfactualState::kNothingToRemove;
  counterfactual.decision = Decision();
  counterfactual.failed.clear();
  counterfactual.unknown_controls.clear();
}

}  // namespace

// One call of the finder, on its memory.
class CounterfactualFinder::Remover {
 public:
  Remover(const CompiledProfile& profile, const Record& record, const Evaluation& evaluation,
          CounterfactualFinder& memory)
      : profile_(profile),
        record_(record),
        evaluation_(evaluation),
        reader_(profile, record),
        candidates_(memory.candidates_),
        beneath_(memory.beneath_),
        questions_(memory.questions_),
        failed_(memory.failed_),
        sums_(memory.sums_) {
    actual_.outcome = evaluation.verdict.outcome;
    actual_.rule = evaluation.verdict.rule;
    candidates_.clear();
    beneath_.clear();
    FindCandidates();
    if (!candidates_.empty()) {
      sums_ = evaluation.tallies;
    }
  }

  void FindSets(Counterfactuals& found) {
    const std::array<Counterfactual*, kSets.size()> results = {
        &found.without_overrides, &found.without_not_applicable, &found.without_adjustments,
        &found.without_flags, &found.without_all};
    for (size_t i = 0; i < kSets.size(); ++i) {
      // What takes the same away comes to the same.
      size_t same = 0;
      while ((kSets[same] & present_) != (kSets[i] & present_)) {
        ++same;
      }
      if (same < i) {
        *results[i] = *results[same];
      } else {
        FindWithout(kSets[i], *results[i]);
      }
    }
  }

  void FindByTrigger(std::vector<CounterfactualState>& states) {
    states.clear();
    size_t candidate = 0;  // Both lists are in catalogue order.
    for (const ReviewTrigger& trigger : evaluation_.triggers) {
      const uint32_t control = ControlOf(trigger);
      if (control == kNoControl) {
        states.push_back(CounterfactualState::kNone);
        continue;
      }
      while (candidates_[candidate].control != control) {
        ++candidate;
      }
      states.push_back(trigger.kind == TriggerKind::kQuestionNotApplicable
                           ? WithoutQuestion(trigger.index)
                           : WithoutFlag(candidates_[candidate], KindOf(trigger)));
    }
  }

 private:
  static uint8_t KindOf(const ReviewTrigger& trigger) {
    return trigger.kind == TriggerKind::kOverride ? kOverrides : kNotApplicables;
  }

  // kNoControl when the trigger is no flag; such triggers come last.
  uint32_t ControlOf(const ReviewTrigger& trigger) const {
    switch (trigger.kind) {
      case TriggerKind::kOverride:
      case TriggerKind::kNotApplicable:
        return trigger.index;
      case TriggerKind::kQuestionNotApplicable:
        return profile_.questions()[trigger.index].control;
      default:
        return kNoControl;
    }
  }

  // The triggers name every flag that stands; an overturned control has none of them left.
  void FindCandidates() {
    const auto controls = static_cast<uint32_t>(record_.controls.size());
    next_trigger_ = 0;
    for (uint32_t i = 0; i < controls; ++i) {
      i = NextAdjusted(i, std::min(NextFlagged(), controls));
      if (i < controls) {
        AddCandidate(i);
      }
    }
  }

  // The first adjusted control from `begin`, or `end`.
  uint32_t NextAdjusted(uint32_t begin, uint32_t end) const {
    const ControlRecord* const records = record_.controls.data();
    while (begin < end && records[begin].adjustment == 0) {
      ++begin;
    }
    return begin;
  }

  uint32_t NextFlagged() const {
    return next_trigger_ == evaluation_.triggers.size()
               ? kNoControl
               : ControlOf(evaluation_.triggers[next_trigger_]);
  }

  // With the triggers that are its own, which are next.
  void AddCandidate(uint32_t control) {
    Candidate candidate;
    candidate.control = control;
    candidate.first_beneath = static_cast<uint32_t>(beneath_.size());
    candidate.present = record_.controls[control].adjustment != 0 ? kAdjustments : 0;
    for (; NextFlagged() == control; ++next_trigger_) {
      const ReviewTrigger& trigger = evaluation_.triggers[next_trigger_];
      candidate.present |= KindOf(trigger);
      candidate.question_decides |=
          trigger.kind == TriggerKind::kQuestionNotApplicable && IsInFinding(trigger.index);
    }
    present_ |= candidate.present;
    candidates_.push_back(candidate);
    LookBeneath(candidate);
  }

  // Whether a question's N/A is part of what its control was scored by, a flag above it or not.
  bool IsInFinding(uint32_t question) const {
    const uint32_t control = profile_.questions()[question].control;
    const ControlResult& result = evaluation_.controls[control];
    if (result.question_result_count == 0) {
      return false;
    }
    const uint32_t place = question - profile_.controls()[control].first_question;
    const QuestionResult& scored = evaluation_.questions[result.first_question_result + place];
    return scored.asked && scored.outcome == Outcome::kNotApplicable;
  }

  // Without each set of kinds, once.
  void LookBeneath(const Candidate& candidate) {
    for (const uint8_t set : kSets) {
      const auto removed = static_cast<uint8_t>(candidate.present & set);
      if (removed != 0 && !IsListed(candidate, removed)) {
        beneath_.push_back(BeneathOf(candidate, removed));
      }
    }
  }

  bool IsListed(const Candidate& candidate, uint8_t removed) const {
    for (size_t i = candidate.first_beneath; i < beneath_.size(); ++i) {
      if (beneath_[i].removed == removed) {
        return true;
      }
    }
    return false;
  }

  // Requires a set that was looked beneath.
  const Beneath& BeneathAt(const Candidate& candidate, uint8_t removed) const {
    size_t at = candidate.first_beneath;
    while (beneath_[at].removed != removed) {
      ++at;
    }
    return beneath_[at];
  }

  Beneath BeneathOf(const Candidate& candidate, uint8_t removed) {
    ControlRecord recorded = record_.controls[candidate.control];
    const bool overturned = (recorded.flags & kOverturnedFlag) != 0;
    if ((removed & kOverrides) != 0) {
      recorded.flags = static_cast<uint8_t>(recorded.flags & ~kOverriddenFlag);
    }
    if ((removed & kNotApplicables) != 0) {
      recorded.flags = static_cast<uint8_t>(recorded.flags & ~kNotApplicableFlag);
    }
    if ((removed & kAdjustments) != 0) {
      recorded.adjustment = 0;
    }
    const bool honoured = profile_.rules().overrides == OverrideRule::kHonoured;
    const bool covered = !overturned && (((recorded.flags & kOverriddenFlag) != 0 && honoured) ||
                                         (recorded.flags & kNotApplicableFlag) != 0);
    const ControlResult& actual = evaluation_.controls[candidate.control];
    const bool known = covered || actual.base_known || !IsDecidedByFlag(actual);
    Beneath beneath;
    beneath.removed = removed;
    beneath.known = known;
    beneath.known_questions =
        known && (covered || !candidate.question_decides || (removed & kNotApplicables) == 0);
    if (known) {
      beneath.change =
          ControlChange(profile_, candidate.control, actual, ResultAs(candidate.control, recorded));
    }
    return beneath;
  }

  // As if `recorded` stood in the record.
  ControlResult ResultAs(uint32_t control, const ControlRecord& recorded) {
    if (reader_.IsTabled(control, recorded)) {
      return reader_.ResultOf(control, recorded);
    }
    questions_.clear();
    return ScoreControlAs(profile_, record_, control, recorded, questions_);
  }

  void FindWithout(uint8_t kinds, Counterfactual& result) {
    Clear(result);
    if ((present_ & kinds) == 0) {
      return;
    }
    ForEach(kinds, [&](const Candidate& candidate, const Beneath& beneath) {
      beneath.change.Apply(sums_);
      if (!beneath.known_questions) {
        result.unknown_controls.push_back(candidate.control);
      }
    });
    if (result.unknown_controls.empty()) {
      const uint32_t first = ObjectiveOf(candidates_.front());
      const uint32_t last = ObjectiveOf(candidates_.back());
      result.decision = DecideChanged(first, last, result.failed);
      result.state = Compared(result.decision);
    } else {
      result.state = CounterfactualState::kUnknown;
    }
    ForEach(kinds, [&](const Candidate&, const Beneath& beneath) { beneath.change.Undo(sums_); });
  }

  uint32_t ObjectiveOf(const Candidate& candidate) const {
    return profile_.controls()[candidate.control].objective;
  }

  // On every candidate from which something of these kinds is taken away.
  template <typename Function>
  void ForEach(uint8_t kinds, const Function& function) const {
    for (const Candidate& candidate : candidates_) {
      const auto removed = static_cast<uint8_t>(candidate.present & kinds);
      if (removed != 0) {
        function(candidate, BeneathAt(candidate, removed));
      }
    }
  }

  CounterfactualState WithoutFlag(const Candidate& candidate, uint8_t kind) {
    const Beneath& beneath = BeneathAt(candidate, kind);
    if (!beneath.known) {
      return CounterfactualState::kUnknown;
    }
    if (beneath.change.empty()) {
      return CounterfactualState::kSame;
    }
    beneath.change.Apply(sums_);
    const uint32_t objective = ObjectiveOf(candidate);
    const Decision decision = DecideChanged(objective, objective, failed_);
    beneath.change.Undo(sums_);
    return Compared(decision);
  }

  // Decide() of sums that differ from the actual ones in these objectives at most.
  Decision DecideChanged(uint32_t first, uint32_t last, std::vector<uint32_t>& failed) const {
    Decision decision;
    decision.points = evaluation_.verdict.points;
    decision.maximum = evaluation_.verdict.maximum;
    const std::vector<uint32_t>& failed_before = evaluation_.verdict.failed_objectives;
    failed.clear();
    auto next = failed_before.begin();
    for (; next != failed_before.end() && *next < first; ++next) {
      failed.push_back(*next);
    }
    for (uint32_t i = first; i <= last; ++i) {
      const Tally& before = evaluation_.tallies.objectives[i];
      decision.points += sums_.objectives[i].points() - before.points();
      decision.maximum += sums_.objectives[i].maximum() - before.maximum();
      if (FailsAssessment(profile_, i, sums_)) {
        failed.push_back(i);
      }
    }
    for (; next != failed_before.end(); ++next) {
      if (*next > last) {
        failed.push_back(*next);
      }
    }
    for (const uint32_t i : failed) {
      decision.failed_on_anchor |= profile_.objectives()[i].anchor;
    }
    return DecideFrom(profile_, sums_, decision, failed.empty());
  }

  // A question has nothing beneath its N/A; only one that decides nothing can be taken away.
  CounterfactualState WithoutQuestion(uint32_t question) const {
    const uint32_t control = profile_.questions()[question].control;
    return IsInFinding(question) && !IsDecidedByFlag(evaluation_.controls[control])
               ? CounterfactualState::kUnknown
               : CounterfactualState::kSame;
  }

  CounterfactualState Compared(const Decision& decision) const {
    return decision == actual_ ? CounterfactualState::kSame : CounterfactualState::kDifferent;
  }

  const CompiledProfile& profile_;
  const Record& record_;
  const Evaluation& evaluation_;
  const TableReader reader_;
  Decision actual_;
  size_t next_trigger_ = 0;  // While candidates are found.
  uint8_t present_ = 0;      // The kinds of which anything is recorded.
  std::vector<Candidate>& candidates_;
  std::vector<Beneath>& beneath_;
  std::vector<QuestionResult>& questions_;
  std::vector<uint32_t>& failed_;
  Tallies& sums_;  // Those of the actual verdict between the functions.
};

void CounterfactualFinder::Find(const CompiledProfile& profile, const Record& record,
                                const Evaluation& evaluation, Counterfactuals& found) {
  Remover remover(profile, record, evaluation, *this);
  remover.FindSets(found);
  remover.FindByTrigger(found.by_trigger);
}

Counterfactuals FindCounterfactuals(const CompiledProfile& profile, const Record& record,
                                    const Evaluation& evaluation) {
  Counterfactuals found;
  CounterfactualFinder().Find(profile, record, evaluation, found);
  return found;
}

}  // namespace assay::scoring
