#include "services/scoring/second_evaluator/evaluate.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "services/scoring/second_evaluator/item.h"
#include "services/scoring/second_evaluator/rational.h"

namespace assay::scoring::second {
namespace {

// Section 5, "scored items".
bool IsScored(const Item& item, const ItemResult& result) {
  return item.counts && result.state != State::kNotApplicable;
}

int32_t Shortfall(const ItemResult& result) { return result.maximum - result.points; }

// What section 5 asks of the items of an objective besides their sums.
struct ItemsOfObjective {
  bool any_counting = false;
  bool any_scored = false;
  bool any_open = false;  // Among the counting ones.
};

ItemsOfObjective LookAtItems(const Scheme& scheme, const Objective& objective,
                             const std::vector<ItemResult>& items, ObjectiveResult& out) {
  ItemsOfObjective seen;
  for (uint32_t k = objective.items.first; k < objective.items.end; ++k) {
    const ItemResult& result = items[k];
    if (!scheme.items()[k].counts) continue;
    seen.any_counting = true;
    seen.any_open = seen.any_open || result.open;
    if (!IsScored(scheme.items()[k], result)) continue;
    seen.any_scored = true;
    out.points += result.points;
    out.maximum += result.maximum;
    out.any_not_met = out.any_not_met || result.state == State::kNotMet;
    if (objective.item_shortfall_at_most.has_value() &&
        Shortfall(result) > *objective.item_shortfall_at_most) {
      out.item_shortfall_ok = false;
    }
  }
  return seen;
}

ObjectiveOutcome WithoutScoredItems(AllNotApplicable rule) {
  switch (rule) {
    case AllNotApplicable::kPass:
      return ObjectiveOutcome::kPassed;
    case AllNotApplicable::kFail:
      return ObjectiveOutcome::kFailed;
    case AllNotApplicable::kNeutral:
      break;
  }
  return ObjectiveOutcome::kNoScoredControls;
}

// Section 5, "Outcome of an objective".
ObjectiveOutcome OutcomeOf(const ItemsOfObjective& seen, const ObjectiveResult& result,
                           AllNotApplicable all_not_applicable) {
  if (!seen.any_counting) return ObjectiveOutcome::kNotAssessedAtLevel;
  if (!seen.any_scored) return WithoutScoredItems(all_not_applicable);
  if (seen.any_open) return ObjectiveOutcome::kIncomplete;
  return result.percentage_ok && result.not_met_ok && result.item_shortfall_ok
             ? ObjectiveOutcome::kPassed
             : ObjectiveOutcome::kFailed;
}

// Section 5.
ObjectiveResult ScoreObjective(const Scheme& scheme, const Objective& objective,
                               const std::vector<ItemResult>& items) {
  ObjectiveResult out;
  const ItemsOfObjective seen = LookAtItems(scheme, objective, items, out);
  const Rational threshold = Percent(objective.threshold_percent);
  out.points_needed = FewestOf(out.maximum, threshold);
  out.percentage_ok = Rational{out.points, out.maximum} >= threshold;
  out.not_met_ok = !out.any_not_met || scheme.options().zero_point_rule == ZeroPointRule::kOff;
  out.outcome = OutcomeOf(seen, out, scheme.options().all_not_applicable);
  out.fails_assessment =
      out.outcome == ObjectiveOutcome::kFailed && (objective.mandatory || objective.anchor);
  return out;
}

void ScoreObjectives(const Scheme& scheme, Result& out) {
  for (uint32_t k = 0; k < scheme.objectives().size(); ++k) {
    const Objective& objective = scheme.objectives()[k];
    const ObjectiveResult result = ScoreObjective(scheme, objective, out.items);
    out.objectives[k] = result;
    out.points += result.points;
    out.maximum += result.maximum;
    if (!result.fails_assessment) continue;
    out.failed_objectives.push_back(k);
    out.failed_on_anchor = out.failed_on_anchor || objective.anchor;
  }
}

// Section 6, `full_marks`, `full_objectives`: of items that are N/A there is nothing to ask.
bool HasFullMarks(const ItemResult& result) {
  return result.state == State::kNotApplicable || result.points == result.maximum;
}

bool AllFullMarks(const OutcomeTable& rule, const Result& out) {
  return std::all_of(rule.full_marks.begin(), rule.full_marks.end(),
                     [&out](uint32_t item) { return HasFullMarks(out.items[item]); });
}

bool AllFullObjectives(const Scheme& scheme, const OutcomeTable& rule, const Result& out) {
  for (const uint32_t objective : rule.full_objectives) {
    const Range items = scheme.objectives()[objective].items;
    for (uint32_t k = items.first; k < items.end; ++k) {
      if (scheme.items()[k].counts && !HasFullMarks(out.items[k])) return false;
    }
  }
  return true;
}

// Section 6, `item_shortfall_at_most` with its exceptions.
bool WithinItemShortfalls(const Scheme& scheme, const OutcomeTable& rule, const Result& out) {
  for (size_t k = 0; k < rule.item_shortfall_limits.size(); ++k) {
    if (!IsScored(scheme.items()[k], out.items[k])) continue;
    if (Shortfall(out.items[k]) > rule.item_shortfall_limits[k]) return false;
  }
  return true;
}

// Section 6, `requirements_met`.
bool RequirementsMet(const Scheme& scheme, const Result& out) {
  for (const RequiredPoints& required : scheme.requirements()) {
    const ItemResult& result = out.items[required.item];
    if (result.state != State::kNotApplicable && result.points < required.points) return false;
  }
  return true;
}

// Section 6, the table of conditions.
bool ConditionsHold(const Scheme& scheme, const OutcomeTable& rule, const Result& out) {
  if (rule.objectives_pass && !out.failed_objectives.empty()) return false;
  if (rule.percent_at_least.has_value() &&
      !(Rational{out.points, out.maximum} >= Percent(*rule.percent_at_least))) {
    return false;
  }
  if (rule.points_at_least.has_value() && out.points < *rule.points_at_least) return false;
  if (rule.shortfall_at_most.has_value() && out.maximum - out.points > *rule.shortfall_at_most) {
    return false;
  }
  return WithinItemShortfalls(scheme, rule, out) && AllFullMarks(rule, out) &&
         AllFullObjectives(scheme, rule, out) &&
         (!rule.requirements_met || RequirementsMet(scheme, out));
}

// Section 6.
int32_t OutcomeOfAssessment(const Scheme& scheme, const Result& out) {
  for (const ItemResult& item : out.items) {
    if (item.open) return Result::kIncomplete;
  }
  const int32_t last = static_cast<int32_t>(scheme.outcomes().size()) - 1;
  for (int32_t k = 0; k < last; ++k) {
    const OutcomeTable& rule = scheme.outcomes()[static_cast<size_t>(k)];
    if (out.failed_on_anchor && rule.kind != OutcomeKind::kFailed) continue;
    if (ConditionsHold(scheme, rule, out)) return k;
  }
  return last;
}

bool MarkedNotApplicable(const std::vector<QuestionRecord>& phase, uint32_t question) {
  return !phase.empty() && phase[question].outcome == Outcome::kNotApplicable;
}

// Section 7, for one item.
void TriggersOfItem(const Scheme& scheme, const Record& record, uint32_t index, Result& out) {
  const uint8_t flags = record.controls[index].flags;
  if ((flags & kOverturnedFlag) != 0) return;
  const Item& item = scheme.items()[index];
  if ((flags & kOverriddenFlag) != 0) {
    out.triggers.push_back({TriggerKind::kOverride, index, item.anchor});
  }
  if ((flags & kNotApplicableFlag) != 0) {
    out.triggers.push_back({TriggerKind::kNotApplicable, index, item.anchor});
  }
  if (record.theoretical_questions.empty() && record.practical_questions.empty()) return;
  for (uint32_t q = item.questions.first; q < item.questions.end; ++q) {
    if (MarkedNotApplicable(record.theoretical_questions, q) ||
        MarkedNotApplicable(record.practical_questions, q)) {
      out.triggers.push_back({TriggerKind::kQuestionNotApplicable, q, item.anchor});
    }
  }
}

// Section 7, for one objective: it has counting items and each is recorded N/A.
bool AllRecordedNotApplicable(const Scheme& scheme, const Record& record,
                              const Objective& objective) {
  bool any = false;
  for (uint32_t k = objective.items.first; k < objective.items.end; ++k) {
    if (!scheme.items()[k].counts) continue;
    const uint8_t flags = record.controls[k].flags;
    if ((flags & kNotApplicableFlag) == 0 || (flags & kOverturnedFlag) != 0) return false;
    any = true;
  }
  return any;
}

// Section 7.
void CollectTriggers(const Scheme& scheme, const Record& record, Result& out) {
  for (uint32_t k = 0; k < scheme.items().size(); ++k) TriggersOfItem(scheme, record, k, out);
  for (uint32_t k = 0; k < scheme.objectives().size(); ++k) {
    const Objective& objective = scheme.objectives()[k];
    if (!AllRecordedNotApplicable(scheme, record, objective)) continue;
    out.triggers.push_back({TriggerKind::kNoScoredControls, k, objective.anchor});
  }
  for (const uint32_t k : scheme.ratifications()) {
    out.triggers.push_back({TriggerKind::kRatification, k, false});
  }
}

}  // namespace

void Evaluate(const Scheme& scheme, const Record& record, Result& out) {
  out.objectives.resize(scheme.objectives().size());
  out.points = 0;
  out.maximum = 0;
  out.failed_objectives.clear();
  out.failed_on_anchor = false;
  out.triggers.clear();

  ScoreItems(scheme, record, out.items);
  ScoreObjectives(scheme, out);
  out.score = out.points;
  if (scheme.score_base().has_value()) {
    out.score = *scheme.score_base() - (out.maximum - out.points);
  }
  out.outcome = OutcomeOfAssessment(scheme, out);
  CollectTriggers(scheme, record, out);
}

}  // namespace assay::scoring::second
