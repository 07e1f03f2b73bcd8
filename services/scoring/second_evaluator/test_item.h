// Results, answers and small schemes for the tests of single items.

#ifndef ASSAY_SERVICES_SCORING_SECOND_EVALUATOR_TEST_ITEM_H_
#define ASSAY_SERVICES_SCORING_SECOND_EVALUATOR_TEST_ITEM_H_

#include <vector>

#include "services/scoring/second_evaluator/test_scheme.h"

namespace assay::scoring::second {

inline constexpr ItemResult kItemMet = {State::kMet, false, 2, 2};
inline constexpr ItemResult kItemPartial = {State::kPartiallyMet, false, 1, 2};
inline constexpr ItemResult kItemNotMet = {State::kNotMet, false, 0, 2};
inline constexpr ItemResult kItemBlank = {State::kBlank, true, 0, 2};
inline constexpr ItemResult kItemNotApplicable = {State::kNotApplicable, false, 0, 0};

inline constexpr QuestionRecord kMeets = {Outcome::kMeets, 0};
inline constexpr QuestionRecord kFails = {Outcome::kDoesNotMeet, 0};
inline constexpr QuestionRecord kNone = {Outcome::kUnanswered, 0};
inline constexpr QuestionRecord kNotApplicableQuestion = {Outcome::kNotApplicable, 0};
inline constexpr QuestionRecord kYes = {Outcome::kUnanswered, 1};
inline constexpr QuestionRecord kNo = {Outcome::kUnanswered, 2};

inline ItemResult ScoreFirst(const TestScheme& scheme, const Record& record) {
  return scheme.Score(record).items[0];
}

inline ItemResult Answered(const TestScheme& scheme, const std::vector<QuestionRecord>& theoretical,
                           Mode mode = Mode::kFinal) {
  Record record = scheme.NewRecord();
  record.mode = mode;
  record.theoretical_questions = theoretical;
  return ScoreFirst(scheme, record);
}

inline TestScheme TwoQuestions() {
  TestScheme scheme = OneControl();
  scheme.AddQuestion("A1.1");
  scheme.AddQuestion("A1.2");
  return scheme;
}

inline void UseScale(TestScheme& scheme, const std::vector<assay::scoring::Mark>& marks) {
  scheme.definition.rules.scales[0].marks = marks;
}

// A gate, a question asked when it says "yes", and a question always asked.
inline TestScheme GateAndTwo(bool scored_gate) {
  TestScheme scheme = OneControl();
  scheme.AddGate("A1.1", scored_gate);
  scheme.AddQuestion("A1.2").asked_when = AskedWhen{"A1.1", {"yes"}};
  scheme.AddQuestion("A1.3");
  return scheme;
}

}  // namespace assay::scoring::second

#endif  // ASSAY_SERVICES_SCORING_SECOND_EVALUATOR_TEST_ITEM_H_
