#include "services/scoring/engine/evaluate.h"

#include <utility>
#include <vector>

#include "services/scoring/engine/score_control.h"
#include "services/scoring/engine/table_reader.h"
#include "services/scoring/engine/triggers.h"

namespace assay::scoring {
namespace {

// Sums a run of controls from the tables, and copies their results where they are wanted.
template <bool kWithResults>
class RunScorer {
 public:
  RunScorer(const CompiledProfile& profile, const Record& record, ControlResult* results,
            std::vector<QuestionResult>& questions, Tallies& tallies)
      : profile_(profile),
        record_(record),
        reader_(profile, record),
        results_(results),
        questions_(questions),
        tallies_(tallies) {}

  void Run() {
    for (const ControlRun& run : profile_.tables().runs) {
      if (run.special || reader_.has_questions() || profile_.has_item_limits()) {
        ScoreOneByOne(run);
      } else {
        ScoreFromTable(run);
      }
    }
  }

 private:
  void ScoreFromTable(const ControlRun& run) {
    const ScaleTable::View table(reader_.TableOf(run));
    const ControlRecord* const records = record_.controls.data();
    Tally sum;
    for (uint32_t i = run.first; i < run.end; ++i) {
      const uint32_t word = WordOf(records[i]);
      size_t index = table.IndexOfMarks(word);
      if (word >> kModifierShift != 0) {
        if ((records[i].flags & kOverturnedFlag) != 0) {
          ScoreOne(i);
          continue;
        }
        index = table.IndexOf(records[i]);
      }
      sum += table.tally(index);
      if constexpr (kWithResults) {
        results_[i] = table.result(index);
      }
    }
    tallies_.objectives[run.objective] += sum;
    tallies_.open += sum.open();
  }

  void ScoreOneByOne(const ControlRun& run) {
    for (uint32_t i = run.first; i < run.end; ++i) {
      ScoreOne(i);
    }
  }

  void ScoreOne(uint32_t i) {
    const ControlRecord& recorded = record_.controls[i];
    const ControlResult result = reader_.IsTabled(i, recorded) ? reader_.ResultOf(i, recorded)
                                 : reader_.IsOfMarks(i, recorded)
                                     ? ScoreMarks(profile_, record_, i, recorded)
                                     : ScoreControl(profile_, record_, i, questions_);
    AddControl(profile_, i, result, tallies_);
    if constexpr (kWithResults) {
      results_[i] = result;
    }
  }

  const CompiledProfile& profile_;
  const Record& record_;
  const TableReader reader_;
  ControlResult* const results_;
  std::vector<QuestionResult>& questions_;
  Tallies& tallies_;
};

// At most five reasons.
void Explain(const CompiledProfile& profile, const Tally& tally, ObjectiveResult& result) {
  ReasonList& reasons = result.reasons;
  if (result.outcome == ObjectiveOutcome::kNotAssessedAtLevel) {
    reasons.Add(ReasonCode::kNotAssessedAtLevel);
    return;
  }
  if (result.score.scored == 0) {
    reasons.Add(ReasonCode::kNoScoredControls);
  } else {
    reasons.Add(result.score.percentage_ok ? ReasonCode::kThresholdMet
                                           : ReasonCode::kBelowThreshold);
    reasons.Add(result.score.no_zero_point_control ? ReasonCode::kNoZeroPointControl
                : profile.rules().zero_point_rule == ZeroPointRule::kOn
                    ? ReasonCode::kZeroPointControl
                    : ReasonCode::kZeroPointRuleOff);
    if (!result.score.within_limit) {
      reasons.Add(ReasonCode::kItemBeyondLimit);
    }
  }
  if (tally.open() > 0) {
    reasons.Add(ReasonCode::kIncompleteControls);
  }
  if (result.anchor && result.outcome == ObjectiveOutcome::kFailed) {
    reasons.Add(ReasonCode::kAnchorFailed);
  }
}

ObjectiveResult ExplainObjective(const CompiledProfile& profile, uint32_t index,
                                 const Tallies& tallies, Evaluation& out) {
  const CompiledObjective& objective = profile.objectives()[index];
  const ObjectiveStanding standing = Stand(profile, index, tallies);
  ObjectiveResult result;
  result.outcome = standing.outcome;
  result.score = standing.score;
  result.fails_verdict = standing.fails_verdict;
  result.counts = tallies.objectives[index].counts();
  result.anchor = objective.anchor;
  result.first_zero_point_control = static_cast<uint32_t>(out.zero_point_controls.size());
  if (result.counts.not_met > 0) {
    for (uint32_t i = 0; i < objective.control_count; ++i) {
      const uint32_t control = objective.first_control + i;
      if (out.controls[control].state == ControlState::kNotMet &&
          profile.controls()[control].counts) {
        out.zero_point_controls.push_back(control);
      }
    }
  }
  result.zero_point_control_count =
      static_cast<uint32_t>(out.zero_point_controls.size()) - result.first_zero_point_control;
  Explain(profile, tallies.objectives[index], result);
  return result;
}

// The codes of model version 1 stay what they were; others say whether conditions were looked at.
void ExplainVerdict(const CompiledProfile& profile, const Evaluation& out, Verdict& verdict) {
  if (verdict.outcome == VerdictOutcome::kIncomplete) {
    verdict.reasons.Add(ReasonCode::kIncompleteAssessment);
  } else if (!verdict.failed_objectives.empty()) {
    verdict.reasons.Add(ReasonCode::kObjectiveFailed);
  } else {
    bool assessed = false;
    for (const ObjectiveResult& objective : out.objectives) {
      assessed |= objective.outcome == ObjectiveOutcome::kPassed ||
                  objective.outcome == ObjectiveOutcome::kFailed;
    }
    verdict.reasons.Add(assessed ? ReasonCode::kAllAssessedObjectivesPass
                                 : ReasonCode::kNoObjectiveAssessed);
  }
  if (verdict.failed_on_anchor) {
    verdict.reasons.Add(ReasonCode::kAnchorFailed);
  }
  if (verdict.rule != kNoOutcomeRule && profile.model_version() > 1) {
    verdict.reasons.Add(static_cast<size_t>(verdict.rule) + 1 < profile.outcomes().size()
                            ? ReasonCode::kOutcomeConditionsMet
                            : ReasonCode::kNoOutcomeConditionsMet);
  }
}

void Conclude(const CompiledProfile& profile, Evaluation& out) {
  Verdict& verdict = out.verdict;
  verdict.failed_objectives.clear();
  const Decision decision = Decide(profile, out.tallies, &verdict.failed_objectives);
  verdict.outcome = decision.outcome;
  verdict.rule = decision.rule;
  verdict.points = decision.points;
  verdict.maximum = decision.maximum;
  verdict.score = ScoreOf(profile, decision);
  verdict.failed_on_anchor = decision.failed_on_anchor;
  WriteResultText(profile, decision, verdict.failed_objectives, verdict.result);
  verdict.reasons = ReasonList();
  ExplainVerdict(profile, out, verdict);
}

}  // namespace

void EvaluateInto(const CompiledProfile& profile, const Record& record, Evaluation& out) {
  out.tallies.Reset(profile);
  out.controls.resize(profile.controls().size());
  out.questions.clear();
  RunScorer<true>(profile, record, out.controls.data(), out.questions, out.tallies).Run();
  out.objectives.clear();
  out.zero_point_controls.clear();
  for (uint32_t i = 0; i < profile.objectives().size(); ++i) {
    out.objectives.push_back(ExplainObjective(profile, i, out.tallies, out));
  }
  Conclude(profile, out);
  FindTriggers(profile, record, out.triggers);
}

Evaluation Evaluate(const CompiledProfile& profile, const Record& record) {
  Evaluation evaluation;
  EvaluateInto(profile, record, evaluation);
  return evaluation;
}

Evaluation Evaluate(const CompiledProfile& profile, const AssessmentInput& input) {
  return Evaluate(profile, ToRecord(profile, input));
}

Decision DecideOnly(const CompiledProfile& profile, const Record& record,
                    DecisionScratch& scratch) {
  scratch.tallies.Reset(profile);
  scratch.questions.clear();
  RunScorer<false>(profile, record, nullptr, scratch.questions, scratch.tallies).Run();
  return Decide(profile, scratch.tallies);
}

}  // namespace assay::scoring
