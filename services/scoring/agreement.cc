#include "services/scoring/agreement.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace assay::scoring {
namespace {

// Both list the states in one order, the first from 1: compared without a table, control by
// control.
constexpr int Number(ControlState state) { return static_cast<int>(state); }
constexpr int Number(second::State state) { return static_cast<int>(state) + 1; }
static_assert(Number(ControlState::kMet) == Number(second::State::kMet));
static_assert(Number(ControlState::kPartiallyMet) == Number(second::State::kPartiallyMet));
static_assert(Number(ControlState::kNotMet) == Number(second::State::kNotMet));
static_assert(Number(ControlState::kNotApplicable) == Number(second::State::kNotApplicable));
static_assert(Number(ControlState::kBlank) == Number(second::State::kBlank));

constexpr int Number(TriggerKind kind) { return static_cast<int>(kind); }
constexpr int Number(second::TriggerKind kind) { return static_cast<int>(kind) + 1; }
static_assert(Number(TriggerKind::kOverride) == Number(second::TriggerKind::kOverride));
static_assert(Number(TriggerKind::kNotApplicable) == Number(second::TriggerKind::kNotApplicable));
static_assert(Number(TriggerKind::kQuestionNotApplicable) ==
              Number(second::TriggerKind::kQuestionNotApplicable));
static_assert(Number(TriggerKind::kNoScoredControls) ==
              Number(second::TriggerKind::kNoScoredControls));
static_assert(Number(TriggerKind::kRatification) == Number(second::TriggerKind::kRatification));

// In the numbers of the first evaluator's ObjectiveOutcome.
int Number(ObjectiveOutcome outcome) { return static_cast<int>(outcome); }
int Number(second::ObjectiveOutcome outcome) {
  switch (outcome) {
    case second::ObjectiveOutcome::kPassed:
      return Number(ObjectiveOutcome::kPassed);
    case second::ObjectiveOutcome::kFailed:
      return Number(ObjectiveOutcome::kFailed);
    case second::ObjectiveOutcome::kNotAssessedAtLevel:
      return Number(ObjectiveOutcome::kNotAssessedAtLevel);
    case second::ObjectiveOutcome::kNoScoredControls:
      return Number(ObjectiveOutcome::kNoScoredControls);
    case second::ObjectiveOutcome::kIncomplete:
      return Number(ObjectiveOutcome::kIncomplete);
  }
  return 0;
}

// The kind that the outcome named by a verdict must have.
VerdictOutcome OutcomeOf(const CompiledProfile& profile, int32_t rule) {
  if (rule < 0 || static_cast<size_t>(rule) >= profile.outcomes().size()) {
    return VerdictOutcome::kIncomplete;
  }
  switch (profile.outcomes()[static_cast<size_t>(rule)].kind) {
    case OutcomeKind::kPassed:
      return VerdictOutcome::kPassed;
    case OutcomeKind::kConditional:
      return VerdictOutcome::kConditional;
    case OutcomeKind::kFailed:
      return VerdictOutcome::kFailed;
    case OutcomeKind::kRated:
      return VerdictOutcome::kRated;
  }
  return VerdictOutcome::kIncomplete;
}

// Keeps the first difference of one node.
class Node {
 public:
  explicit Node(std::string name) : name_(std::move(name)) {}

  Node& Compare(std::string_view what, int64_t mine, int64_t theirs) {
    if (!difference_.has_value() && mine != theirs) {
      difference_ = name_ + ": " + std::string(what) + " " + std::to_string(mine) + " against " +
                    std::to_string(theirs);
    }
    return *this;
  }
  std::optional<std::string> Take() { return std::move(difference_); }

 private:
  std::string name_;
  std::optional<std::string> difference_;
};

bool Same(const ControlResult& mine, const second::ItemResult& theirs) {
  return ((Number(mine.state) ^ Number(theirs.state)) | (mine.open ^ theirs.open) |
          (mine.points ^ theirs.points) | (mine.maximum ^ theirs.maximum)) == 0;
}

std::optional<std::string> Describe(const CompiledControl& control, const ControlResult& mine,
                                    const second::ItemResult& theirs) {
  return Node("control " + control.id)
      .Compare("state", Number(mine.state), Number(theirs.state))
      .Compare("open", mine.open, theirs.open)
      .Compare("points", mine.points, theirs.points)
      .Compare("maximum", mine.maximum, theirs.maximum)
      .Take();
}

std::optional<std::string> CompareControls(const CompiledProfile& profile, const Evaluation& mine,
                                           const second::Result& theirs) {
  const size_t count = mine.controls.size();
  if (count != theirs.items.size()) {
    return Node("assessment")
        .Compare("controls", static_cast<int64_t>(count), static_cast<int64_t>(theirs.items.size()))
        .Take();
  }
  const ControlResult* const controls = mine.controls.data();
  const second::ItemResult* const items = theirs.items.data();
  for (size_t i = 0; i < count; ++i) {
    if (!Same(controls[i], items[i])) {
      return Describe(profile.controls()[i], controls[i], items[i]);
    }
  }
  return std::nullopt;
}

bool Same(const ObjectiveResult& mine, const second::ObjectiveResult& theirs, bool zero_rule_off) {
  const ObjectiveScore& score = mine.score;
  return Number(mine.outcome) == Number(theirs.outcome) && score.points == theirs.points &&
         score.maximum == theirs.maximum && score.points_needed == theirs.points_needed &&
         score.percentage_ok == theirs.percentage_ok &&
         score.no_zero_point_control != theirs.any_not_met &&
         (score.no_zero_point_control || zero_rule_off) == theirs.not_met_ok &&
         score.within_limit == theirs.item_shortfall_ok &&
         mine.fails_verdict == theirs.fails_assessment;
}

std::optional<std::string> Describe(const CompiledObjective& objective, const ObjectiveResult& mine,
                                    const second::ObjectiveResult& theirs, bool zero_rule_off) {
  const ObjectiveScore& score = mine.score;
  return Node("objective " + objective.id)
      .Compare("outcome", Number(mine.outcome), Number(theirs.outcome))
      .Compare("points", score.points, theirs.points)
      .Compare("maximum", score.maximum, theirs.maximum)
      .Compare("points needed", score.points_needed, theirs.points_needed)
      .Compare("threshold reached", score.percentage_ok, theirs.percentage_ok)
      .Compare("none not met", score.no_zero_point_control, !theirs.any_not_met)
      .Compare("not met check", score.no_zero_point_control || zero_rule_off, theirs.not_met_ok)
      .Compare("limit of single controls", score.within_limit, theirs.item_shortfall_ok)
      .Compare("fails the assessment", mine.fails_verdict, theirs.fails_assessment)
      .Take();
}

std::optional<std::string> CompareObjectives(const CompiledProfile& profile, const Evaluation& mine,
                                             const second::Result& theirs) {
  if (mine.objectives.size() != theirs.objectives.size()) {
    return Node("assessment")
        .Compare("objectives", static_cast<int64_t>(mine.objectives.size()),
                 static_cast<int64_t>(theirs.objectives.size()))
        .Take();
  }
  const bool zero_rule_off = profile.rules().zero_point_rule == ZeroPointRule::kOff;
  for (size_t i = 0; i < mine.objectives.size(); ++i) {
    if (!Same(mine.objectives[i], theirs.objectives[i], zero_rule_off)) {
      return Describe(profile.objectives()[i], mine.objectives[i], theirs.objectives[i],
                      zero_rule_off);
    }
  }
  return std::nullopt;
}

bool Same(const CompiledProfile& profile, const Verdict& mine, const second::Result& theirs) {
  return mine.rule == theirs.outcome && mine.outcome == OutcomeOf(profile, theirs.outcome) &&
         mine.points == theirs.points && mine.maximum == theirs.maximum &&
         mine.score == theirs.score && mine.failed_on_anchor == theirs.failed_on_anchor &&
         mine.failed_objectives == theirs.failed_objectives;
}

std::string Listed(const std::vector<uint32_t>& indices) {
  std::string list;
  for (const uint32_t index : indices) {
    list += (list.empty() ? "" : ",") + std::to_string(index);
  }
  return "[" + list + "]";
}

std::optional<std::string> CompareVerdicts(const CompiledProfile& profile, const Verdict& mine,
                                           const second::Result& theirs) {
  if (Same(profile, mine, theirs)) {
    return std::nullopt;
  }
  if (mine.failed_objectives != theirs.failed_objectives) {
    return "verdict: failed objectives " + Listed(mine.failed_objectives) + " against " +
           Listed(theirs.failed_objectives);
  }
  return Node("verdict")
      .Compare("outcome rule", mine.rule, theirs.outcome)
      .Compare("outcome", static_cast<int>(mine.outcome),
               static_cast<int>(OutcomeOf(profile, theirs.outcome)))
      .Compare("points", mine.points, theirs.points)
      .Compare("maximum", mine.maximum, theirs.maximum)
      .Compare("score", mine.score, theirs.score)
      .Compare("failed on anchor", mine.failed_on_anchor, theirs.failed_on_anchor)
      .Take();
}

std::optional<std::string> CompareTriggers(const Evaluation& mine, const second::Result& theirs) {
  const size_t both = std::min(mine.triggers.size(), theirs.triggers.size());
  for (size_t i = 0; i < both; ++i) {
    const ReviewTrigger& a = mine.triggers[i];
    const second::Trigger& b = theirs.triggers[i];
    if (Number(a.kind) != Number(b.kind) || a.index != b.index || a.anchor != b.anchor) {
      return Node("trigger " + std::to_string(i))
          .Compare("kind", Number(a.kind), Number(b.kind))
          .Compare("index", a.index, b.index)
          .Compare("anchor", a.anchor, b.anchor)
          .Take();
    }
  }
  if (mine.triggers.size() != theirs.triggers.size()) {
    return Node("assessment")
        .Compare("triggers", static_cast<int64_t>(mine.triggers.size()),
                 static_cast<int64_t>(theirs.triggers.size()))
        .Take();
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> Disagreement(const CompiledProfile& profile, const Evaluation& mine,
                                        const second::Result& theirs) {
  if (auto difference = CompareControls(profile, mine, theirs)) {
    return difference;
  }
  if (auto difference = CompareObjectives(profile, mine, theirs)) {
    return difference;
  }
  if (auto difference = CompareVerdicts(profile, mine.verdict, theirs)) {
    return difference;
  }
  return CompareTriggers(mine, theirs);
}

}  // namespace assay::scoring
