// Small schemes for the tests of the second evaluator. All at one profile, kProfile, with a
// threshold of 80 percent and a default scale of met 2, partially_met 1, not_met 0, unless a test
// changes the definition.

#ifndef ASSAY_SERVICES_SCORING_SECOND_EVALUATOR_TEST_SCHEME_H_
#define ASSAY_SERVICES_SCORING_SECOND_EVALUATOR_TEST_SCHEME_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "services/scoring/engine/definition.h"
#include "services/scoring/engine/record.h"
#include "services/scoring/second_evaluator/evaluate.h"
#include "services/scoring/second_evaluator/result.h"
#include "services/scoring/second_evaluator/scheme.h"

namespace assay::scoring::second {

inline constexpr char kProfile[] = "P";

// Marks of the default scale as a ControlRecord holds them.
inline constexpr uint8_t kMetMark = 1;
inline constexpr uint8_t kPartialMark = 2;
inline constexpr uint8_t kNotMetMark = 3;

// Positions in the outcomes of TestScheme.
inline constexpr int32_t kPassed = 0;
inline constexpr int32_t kFailed = 1;

class TestScheme {
 public:
  TestScheme() {
    definition.profiles = {kProfile, "OTHER"};
    RuleSetDefinition& rules = definition.rules;
    rules.scales = {{"three", {{"met", 2}, {"partially_met", 1}, {"not_met", 0}}}};
    rules.default_scale = "three";
    rules.thresholds = {{kProfile, 80}, {"OTHER", 100}};
    OutcomeRule passed = {"passed", OutcomeKind::kPassed, "", {}};
    passed.when.objectives_pass = true;
    rules.outcomes = {passed, {"failed", OutcomeKind::kFailed, "", {}}};
  }

  ObjectiveRule& AddObjective(const std::string& id) {
    definition.objectives.push_back({id, ""});
    ObjectiveRule rule;
    rule.objective = id;
    definition.rules.objectives.push_back(rule);
    return definition.rules.objectives.back();
  }

  // Of the latest objective.
  ControlDefinition& AddControl(const std::string& id) {
    definition.controls.push_back({id, definition.objectives.back().id, "", {kProfile}, {}});
    return definition.controls.back();
  }

  void AddControls(size_t count) {
    for (size_t k = 1; k <= count; ++k) {
      AddControl(definition.objectives.back().id + std::to_string(k));
    }
  }

  // Of the latest control.
  QuestionDefinition& AddQuestion(const std::string& id, Indicator indicator = Indicator::kNone) {
    QuestionDefinition question;
    question.id = id;
    question.control = definition.controls.back().id;
    question.profiles = {kProfile};
    question.indicator = indicator;
    definition.questions.push_back(question);
    return definition.questions.back();
  }

  // Answers "yes" (1) and "no" (2).
  QuestionDefinition& AddGate(const std::string& id, bool scored) {
    QuestionDefinition& gate = AddQuestion(id);
    gate.kind = QuestionKind::kGate;
    gate.scored = scored;
    gate.answers = {"yes", "no"};
    return gate;
  }

  RuleOptions& options() { return definition.rules.options; }

  Scheme Build() const { return Scheme(definition, kProfile); }

  // An empty record in mode FINAL with room for everything.
  Record NewRecord() const {
    const Scheme scheme = Build();
    Record record;
    record.controls.resize(scheme.items().size());
    record.theoretical_questions.resize(scheme.questions().size());
    record.practical_questions.resize(scheme.questions().size());
    return record;
  }

  Result Score(const Record& record) const {
    Result result;
    Evaluate(Build(), record, result);
    return result;
  }

  SchemeDefinition definition;
};

// One objective "A" with one control "A1".
inline TestScheme OneControl() {
  TestScheme scheme;
  scheme.AddObjective("A");
  scheme.AddControl("A1");
  return scheme;
}

// Gives the items from `first` the marks named, in order, in the theoretical phase.
inline void Mark(Record& record, size_t first, const std::vector<uint8_t>& marks) {
  for (size_t k = 0; k < marks.size(); ++k) record.controls[first + k].theoretical = marks[k];
}

inline Record Marked(const TestScheme& scheme, const std::vector<uint8_t>& marks) {
  Record record = scheme.NewRecord();
  Mark(record, 0, marks);
  return record;
}

inline TestScheme OneObjective(size_t controls) {
  TestScheme scheme;
  scheme.AddObjective("A");
  scheme.AddControls(controls);
  return scheme;
}

// Objectives "CE", an anchor with so many controls, and "A" with one.
inline TestScheme Anchored(size_t anchor_controls) {
  TestScheme scheme;
  scheme.AddObjective("CE").anchor = true;
  scheme.AddControls(anchor_controls);
  scheme.AddObjective("A");
  scheme.AddControls(1);
  return scheme;
}

}  // namespace assay::scoring::second

#endif  // ASSAY_SERVICES_SCORING_SECOND_EVALUATOR_TEST_SCHEME_H_
