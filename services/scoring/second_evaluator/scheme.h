// A scheme at one profile, laid out for the second evaluator.
//
// The second evaluator scores every assessment again, from the rule text alone
// (services/catalogue/data/RULE_MODEL.md); whatever it shares with the first could hide an error of
// the first. It therefore takes the plain definition and makes its own tables from it.
//
// Requires a definition that was accepted as a rule set of the model: ids are known and unique, the
// last outcome has no conditions, every objective has a rule and a threshold. Nothing of the
// definition is referred to after construction. Immutable, so any number of threads may use one.

#ifndef ASSAY_SERVICES_SCORING_SECOND_EVALUATOR_SCHEME_H_
#define ASSAY_SERVICES_SCORING_SECOND_EVALUATOR_SCHEME_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/scoring/engine/definition.h"

namespace assay::scoring::second {

// Positions first .. end-1 of another table.
struct Range {
  uint32_t first = 0;
  uint32_t end = 0;

  uint32_t size() const { return end - first; }
};

// A control that the profile contains.
struct Item {
  Range marks;              // Of Scheme::mark_points(), best first; at least two.
  Range questions;          // Of Scheme::questions().
  Range certificate_kinds;  // Of Scheme::certificate_kinds(); empty: bound to none.
  int32_t maximum = 0;      // Points of the first mark.
  int32_t minimum = 0;      // Points of the last mark.
  bool counts = true;
  bool anchor = false;  // Of an anchor objective.
};

// A question that the profile contains.
struct Question {
  enum class Asked : uint8_t { kAlways, kByGate, kNever };

  Asked asked = Asked::kAlways;
  uint32_t gate = 0;      // kByGate: the position of an earlier question of the same item.
  Range opening_answers;  // kByGate: of Scheme::opening_answers().
  bool is_gate = false;
  bool scored = true;
  Indicator indicator = Indicator::kNone;
};

struct Objective {
  Range items;  // Those of the profile; empty where it assesses none.
  int32_t threshold_percent = 0;
  std::optional<int32_t> item_shortfall_at_most;
  bool mandatory = true;
  bool anchor = false;
};

// One of the rule set's outcomes, with controls and objectives as positions. Named controls that
// the profile does not contain are left out: a condition passes them over.
struct OutcomeTable {
  OutcomeKind kind = OutcomeKind::kFailed;
  bool objectives_pass = false;
  bool requirements_met = false;
  std::optional<int32_t> percent_at_least;
  std::optional<int32_t> points_at_least;
  std::optional<int32_t> shortfall_at_most;
  std::vector<int32_t> item_shortfall_limits;  // One for each item; empty: no such condition.
  std::vector<uint32_t> full_marks;            // Items.
  std::vector<uint32_t> full_objectives;
};

// `item` has at least `points`.
struct RequiredPoints {
  uint32_t item = 0;
  int32_t points = 0;
};

class Scheme {
 public:
  Scheme(const SchemeDefinition& definition, std::string_view profile);

  // In catalogue order: objective by objective, then as the definition has the controls.
  const std::vector<Item>& items() const { return items_; }
  // Item by item, then as the definition has the questions.
  const std::vector<Question>& questions() const { return questions_; }
  // All of the definition, at the profile or not.
  const std::vector<Objective>& objectives() const { return objectives_; }
  // As the rule set has them.
  const std::vector<OutcomeTable>& outcomes() const { return outcomes_; }
  // Those of the profile.
  const std::vector<RequiredPoints>& requirements() const { return requirements_; }
  // Positions of the rule set's ratification rules that name the profile, ascending.
  const std::vector<uint32_t>& ratifications() const { return ratifications_; }

  const std::vector<int32_t>& mark_points() const { return mark_points_; }
  const std::vector<std::string>& certificate_kinds() const { return certificate_kinds_; }
  // As QuestionRecord::gate_answer counts: 1 is the first answer of the gate's list.
  const std::vector<uint8_t>& opening_answers() const { return opening_answers_; }

  const RuleOptions& options() const { return options_; }
  Derivation derivation() const { return derivation_; }
  std::optional<int32_t> score_base() const { return score_base_; }

 private:
  struct Index;  // Finds parts of the definition by id while the tables are made.

  void AddObjective(const ObjectiveDefinition& objective, Index& index);
  void AddItem(const ControlDefinition& control, bool anchor, Index& index);
  void AddQuestion(const QuestionDefinition& question, Index& index);
  void AddOutcome(const OutcomeRule& rule, const Index& index);
  void AddRequirement(const Requirement& requirement, const Index& index);

  std::vector<Item> items_;
  std::vector<Question> questions_;
  std::vector<Objective> objectives_;
  std::vector<OutcomeTable> outcomes_;
  std::vector<RequiredPoints> requirements_;
  std::vector<uint32_t> ratifications_;
  std::vector<int32_t> mark_points_;
  std::vector<std::string> certificate_kinds_;
  std::vector<uint8_t> opening_answers_;
  RuleOptions options_;
  Derivation derivation_ = Derivation::kAllMeet;
  std::optional<int32_t> score_base_;
};

}  // namespace assay::scoring::second

#endif  // ASSAY_SERVICES_SCORING_SECOND_EVALUATOR_SCHEME_H_
