// What the second evaluator says of one assessment.
//
// Positions are those of Scheme: items, questions and objectives in catalogue order, outcomes and
// ratification rules in the order of the rule set. Plain values.

#ifndef ASSAY_SERVICES_SCORING_SECOND_EVALUATOR_RESULT_H_
#define ASSAY_SERVICES_SCORING_SECOND_EVALUATOR_RESULT_H_

#include <cstdint>
#include <vector>

namespace assay::scoring::second {

enum class State : uint8_t { kMet, kPartiallyMet, kNotMet, kNotApplicable, kBlank };

struct ItemResult {
  State state = State::kBlank;
  bool open = false;    // Makes the assessment incomplete. Always with kBlank, never with N/A.
  int32_t points = 0;   // 0 for N/A.
  int32_t maximum = 0;  // 0 for N/A.

  friend bool operator==(const ItemResult&, const ItemResult&) = default;
};

enum class ObjectiveOutcome : uint8_t {
  kNotAssessedAtLevel,
  kNoScoredControls,
  kIncomplete,
  kPassed,
  kFailed,
};

// The three checks and the sums are of the items as they stand, whatever the outcome; over no
// scored item all three hold.
struct ObjectiveResult {
  ObjectiveOutcome outcome = ObjectiveOutcome::kNotAssessedAtLevel;
  int64_t points = 0;
  int64_t maximum = 0;
  int64_t points_needed = 0;      // The fewest that reach the threshold.
  bool percentage_ok = true;      // 5(a).
  bool any_not_met = false;       // Some scored item is Not Met, whether or not that matters.
  bool not_met_ok = true;         // 5(b); true where the rule is off.
  bool item_shortfall_ok = true;  // 5(c); true where there is no such limit.
  bool fails_assessment = false;

  friend bool operator==(const ObjectiveResult&, const ObjectiveResult&) = default;
};

enum class TriggerKind : uint8_t {
  kOverride,               // index: item.
  kNotApplicable,          // index: item.
  kQuestionNotApplicable,  // index: question.
  kNoScoredControls,       // index: objective.
  kRatification,           // index: ratification rule.
};

struct Trigger {
  TriggerKind kind = TriggerKind::kOverride;
  uint32_t index = 0;
  bool anchor = false;  // Of an anchor objective; never for kRatification.

  friend bool operator==(const Trigger&, const Trigger&) = default;
};

struct Result {
  static constexpr int32_t kIncomplete = -1;

  std::vector<ItemResult> items;
  std::vector<ObjectiveResult> objectives;
  int32_t outcome = kIncomplete;  // Position of the outcome rule, or kIncomplete.
  // Over all scored items.
  int64_t points = 0;
  int64_t maximum = 0;
  int64_t score = 0;
  // As things stand, also where the assessment is incomplete.
  std::vector<uint32_t> failed_objectives;  // Those that fail the assessment, ascending.
  bool failed_on_anchor = false;            // One of them is an anchor.
  std::vector<Trigger> triggers;

  friend bool operator==(const Result&, const Result&) = default;
};

}  // namespace assay::scoring::second

#endif  // ASSAY_SERVICES_SCORING_SECOND_EVALUATOR_RESULT_H_
