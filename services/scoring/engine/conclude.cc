#include "services/scoring/engine/conclude.h"

#include <bit>
#include <string_view>

namespace assay::scoring {
namespace {

static_assert(kMaxOutcomes <= 32, "Breaches::below_least has a bit for each");

Breaches BreachesOf(const CompiledProfile& profile, uint32_t control, const ControlResult& result) {
  Breaches breaches;
  if (result.state == ControlState::kNotApplicable) {
    return breaches;
  }
  const CompiledControl& compiled = profile.controls()[control];
  const CompiledObjective& objective = profile.objectives()[compiled.objective];
  breaches.over_limit =
      compiled.counts && result.maximum - result.points > objective.item_shortfall_at_most;
  for (size_t i = 0; i < profile.outcomes().size(); ++i) {
    const std::vector<int32_t>& least = profile.outcomes()[i].least_points;
    if (!least.empty() && result.points < least[control]) {
      breaches.below_least |= uint32_t{1} << i;
    }
  }
  return breaches;
}

void Count(const Breaches& breaches, uint32_t objective, int32_t step, Tallies& tallies) {
  tallies.over_limit[objective] += breaches.over_limit ? step : 0;
  for (uint32_t rest = breaches.below_least; rest != 0; rest &= rest - 1) {
    tallies.below_least[static_cast<size_t>(std::countr_zero(rest))] += step;
  }
}

// Counting controls have their open ones in the objective's tally too.
void Count(const CompiledProfile& profile, uint32_t control, const ControlResult& result,
           int32_t step, Tallies& tallies) {
  tallies.open += result.open ? step : 0;
  if (profile.has_item_limits()) {
    Count(BreachesOf(profile, control, result), profile.controls()[control].objective, step,
          tallies);
  }
}

bool Holds(const CompiledOutcome& outcome, const Decision& sums, bool objectives_pass,
           int32_t below_least) {
  return (objectives_pass || !outcome.objectives_pass) &&
         100 * sums.points >= outcome.percent_at_least * sums.maximum &&
         sums.points >= outcome.points_at_least &&
         sums.maximum - sums.points <= outcome.shortfall_at_most && below_least == 0;
}

VerdictOutcome OutcomeOf(OutcomeKind kind) {
  switch (kind) {
    case OutcomeKind::kPassed:
      return VerdictOutcome::kPassed;
    case OutcomeKind::kConditional:
      return VerdictOutcome::kConditional;
    case OutcomeKind::kFailed:
      return VerdictOutcome::kFailed;
    case OutcomeKind::kRated:
      return VerdictOutcome::kRated;
  }
  return VerdictOutcome::kFailed;
}

void ReplaceAll(std::string& text, std::string_view placeholder, const std::string& value) {
  for (size_t at = text.find(placeholder); at != std::string::npos;
       at = text.find(placeholder, at + value.size())) {
    text.replace(at, placeholder.size(), value);
  }
}

}  // namespace

void Tallies::Reset(const CompiledProfile& profile) {
  objectives.assign(profile.objectives().size(), Tally());
  over_limit.assign(profile.objectives().size(), 0);
  below_least.assign(profile.outcomes().size(), 0);
  open = 0;
}

void AddControl(const CompiledProfile& profile, uint32_t control, const ControlResult& result,
                Tallies& tallies) {
  const CompiledControl& compiled = profile.controls()[control];
  if (compiled.counts) {
    tallies.objectives[compiled.objective] += Tally(result);
  }
  Count(profile, control, result, 1, tallies);
}

void RemoveControl(const CompiledProfile& profile, uint32_t control, const ControlResult& result,
                   Tallies& tallies) {
  const CompiledControl& compiled = profile.controls()[control];
  if (compiled.counts) {
    tallies.objectives[compiled.objective] -= Tally(result);
  }
  Count(profile, control, result, -1, tallies);
}

ControlChange::ControlChange(const CompiledProfile& profile, uint32_t control,
                             const ControlResult& from, const ControlResult& to) {
  const CompiledControl& compiled = profile.controls()[control];
  objective_ = compiled.objective;
  open_ = (to.open ? 1 : 0) - (from.open ? 1 : 0);
  if (compiled.counts) {
    gain_ = Tally(to);
    gain_ -= Tally(from);
  }
  if (profile.has_item_limits()) {
    from_ = BreachesOf(profile, control, from);
    to_ = BreachesOf(profile, control, to);
    breaches_ = !(from_ == to_);
  }
}

bool ControlChange::empty() const { return gain_ == Tally() && open_ == 0 && !breaches_; }

void ControlChange::Count(const Breaches& breaches, int32_t step, Tallies& tallies) const {
  scoring::Count(breaches, objective_, step, tallies);
}

namespace {

// A scored control has a maximum above 0, so sums of 0 mean that nothing is scored.
ObjectiveOutcome OutcomeOf(const CompiledProfile& profile, uint32_t objective,
                           const Tallies& tallies) {
  const CompiledObjective& compiled = profile.objectives()[objective];
  const Tally& tally = tallies.objectives[objective];
  if (tally.maximum() == 0) {
    if (compiled.counting_count == 0) {
      return ObjectiveOutcome::kNotAssessedAtLevel;
    }
    const AllNotApplicable rule = profile.rules().all_not_applicable;
    return rule == AllNotApplicable::kNeutral ? ObjectiveOutcome::kNoScoredControls
           : rule == AllNotApplicable::kPass  ? ObjectiveOutcome::kPassed
                                              : ObjectiveOutcome::kFailed;
  }
  if (tally.open() > 0) {
    return ObjectiveOutcome::kIncomplete;
  }
  return Passes({.points = tally.points(),
                 .maximum = tally.maximum(),
                 .not_met = tally.CountOf(ControlState::kNotMet),
                 .over_limit = tallies.over_limit[objective]},
                compiled.threshold_percent, profile.rules().zero_point_rule)
             ? ObjectiveOutcome::kPassed
             : ObjectiveOutcome::kFailed;
}

bool FailsVerdict(const CompiledObjective& objective, ObjectiveOutcome outcome) {
  return outcome == ObjectiveOutcome::kFailed && (objective.mandatory || objective.anchor);
}

}  // namespace

ObjectiveStanding Stand(const CompiledProfile& profile, uint32_t objective,
                        const Tallies& tallies) {
  const CompiledObjective& compiled = profile.objectives()[objective];
  const Tally& tally = tallies.objectives[objective];
  ObjectiveStanding standing;
  standing.score = ScoreObjective({.points = tally.points(),
                                   .maximum = tally.maximum(),
                                   .not_met = tally.CountOf(ControlState::kNotMet),
                                   .over_limit = tallies.over_limit[objective]},
                                  compiled.threshold_percent, profile.rules().zero_point_rule);
  standing.score.scored = tally.scored();
  standing.outcome = OutcomeOf(profile, objective, tallies);
  standing.fails_verdict = FailsVerdict(compiled, standing.outcome);
  return standing;
}

bool FailsAssessment(const CompiledProfile& profile, uint32_t objective, const Tallies& tallies) {
  return FailsVerdict(profile.objectives()[objective], OutcomeOf(profile, objective, tallies));
}

Decision DecideFrom(const CompiledProfile& profile, const Tallies& tallies, Decision decision,
                    bool objectives_pass) {
  decision.rule = kNoOutcomeRule;
  decision.outcome = VerdictOutcome::kIncomplete;
  if (tallies.open > 0) {
    return decision;
  }
  const std::vector<CompiledOutcome>& outcomes = profile.outcomes();
  for (size_t i = 0; i < outcomes.size(); ++i) {
    if (decision.failed_on_anchor && outcomes[i].kind != OutcomeKind::kFailed) {
      continue;
    }
    if (Holds(outcomes[i], decision, objectives_pass, tallies.below_least[i])) {
      decision.rule = static_cast<int32_t>(i);
      decision.outcome = OutcomeOf(outcomes[i].kind);
      break;
    }
  }
  return decision;
}

Decision Decide(const CompiledProfile& profile, const Tallies& tallies,
                std::vector<uint32_t>* failed) {
  Decision decision;
  bool objectives_pass = true;
  for (uint32_t i = 0; i < profile.objectives().size(); ++i) {
    decision.points += tallies.objectives[i].points();
    decision.maximum += tallies.objectives[i].maximum();
    if (!FailsAssessment(profile, i, tallies)) {
      continue;
    }
    objectives_pass = false;
    decision.failed_on_anchor |= profile.objectives()[i].anchor;
    if (failed != nullptr) {
      failed->push_back(i);
    }
  }
  return DecideFrom(profile, tallies, decision, objectives_pass);
}

int32_t ScoreOf(const CompiledProfile& profile, const Decision& decision) {
  return profile.score_base().has_value()
             ? *profile.score_base() - (decision.maximum - decision.points)
             : decision.points;
}

void WriteResultText(const CompiledProfile& profile, const Decision& decision,
                     const std::vector<uint32_t>& failed, std::string& text) {
  if (decision.rule == kNoOutcomeRule) {
    text = profile.texts().incomplete;
    return;
  }
  text = profile.outcomes()[static_cast<size_t>(decision.rule)].text;
  if (text.find('{') == std::string::npos) {
    return;
  }
  std::string ids;
  for (uint32_t objective : failed) {
    if (!ids.empty()) {
      ids += profile.texts().separator;
    }
    ids += profile.objectives()[objective].id;
  }
  ReplaceAll(text, kScorePlaceholder, std::to_string(ScoreOf(profile, decision)));
  ReplaceAll(text, kPointsPlaceholder, std::to_string(decision.points));
  ReplaceAll(text, kMaximumPlaceholder, std::to_string(decision.maximum));
  ReplaceAll(text, kObjectivesPlaceholder, ids);  // Last: an id could look like the others.
}

std::string ResultText(const CompiledProfile& profile, const Decision& decision,
                       const std::vector<uint32_t>& failed) {
  std::string text;
  WriteResultText(profile, decision, failed, text);
  return text;
}

}  // namespace assay::scoring
