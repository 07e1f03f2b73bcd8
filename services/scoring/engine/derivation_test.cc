// How statements in columns make a mark (RULE_MODEL.md, section 2), exhaustively against a few
// lines that say the same in another way; and the worked cases.

#include <algorithm>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/scoring/engine/evaluate.h"
#include "services/scoring/engine/finding.h"
#include "services/scoring/engine/testing/dcc_shape.h"

namespace assay::scoring {
namespace {

using ::testing::ElementsAre;

constexpr size_t kMostStatements = 5;
constexpr uint32_t kColumns = 3;
constexpr uint32_t kOutcomes = 4;

// One control "x" with a statement in each of the columns.
SchemeDefinition SchemeOf(const std::vector<Indicator>& columns, size_t marks) {
  SchemeDefinition scheme;
  scheme.profiles = {"P"};
  scheme.objectives = {{"A", "Objective"}};
  scheme.controls = {{"x", "A", "X", {"P"}, {}}};
  for (size_t i = 0; i < columns.size(); ++i) {
    QuestionDefinition& statement = scheme.questions.emplace_back();
    statement.id = "x." + std::to_string(i + 1);
    statement.control = "x";
    statement.profiles = {"P"};
    statement.indicator = columns[i];
  }
  scheme.rules.scales = {{"three", {{"achieved", 2}, {"partially", 1}, {"not", 0}}},
                         {"two", {{"achieved", 1}, {"not", 0}}}};
  scheme.rules.default_scale = marks == 3 ? "three" : "two";
  scheme.rules.derivation = Derivation::kIndicators;
  scheme.rules.objectives = {{"A", true, false}};
  scheme.rules.thresholds = {{"P", 50}};
  scheme.rules.outcomes = {{"all", OutcomeKind::kRated, "All", {}}};
  scheme.rules.texts = {"Incomplete", ", "};
  return scheme;
}

std::vector<uint32_t> Digits(uint32_t code, uint32_t base, size_t count) {
  std::vector<uint32_t> digits(count);
  for (uint32_t& digit : digits) {
    digit = code % base;
    code /= base;
  }
  return digits;
}

uint32_t Power(uint32_t base, size_t exponent) {
  uint32_t power = 1;
  while (exponent-- > 0) {
    power *= base;
  }
  return power;
}

// The outcomes in one column, those left out gone.
std::vector<Outcome> ColumnOf(Indicator column, const std::vector<Indicator>& columns,
                              const std::vector<Outcome>& outcomes, bool not_applicable_counts) {
  std::vector<Outcome> in_column;
  for (size_t i = 0; i < columns.size(); ++i) {
    if (columns[i] == column && (outcomes[i] != Outcome::kNotApplicable || not_applicable_counts)) {
      in_column.push_back(outcomes[i]);
    }
  }
  return in_column;
}

bool Good(Outcome outcome) {
  return outcome == Outcome::kMeets || outcome == Outcome::kNotApplicable;
}

uint8_t ExpectedMark(const std::vector<Indicator>& columns, const std::vector<Outcome>& outcomes,
                     bool not_applicable_counts, uint8_t marks) {
  const auto column = [&](Indicator which) {
    return ColumnOf(which, columns, outcomes, not_applicable_counts);
  };
  const auto failings = column(Indicator::kNotMet);
  const auto met = column(Indicator::kMet);
  const auto partially = column(Indicator::kPartiallyMet);
  if (!std::all_of(failings.begin(), failings.end(), Good)) {
    return marks;
  }
  if (!met.empty() && std::all_of(met.begin(), met.end(), Good)) {
    return 1;
  }
  if (marks == 3 && !partially.empty() && std::all_of(partially.begin(), partially.end(), Good)) {
    return 2;
  }
  return marks;
}

// Every outcome of every statement under one layout.
int CheckLayout(const std::vector<Indicator>& columns, bool not_applicable_counts, uint8_t marks) {
  SchemeDefinition scheme = SchemeOf(columns, marks);
  if (!not_applicable_counts) {
    scheme.rules.options.question_not_applicable = QuestionNotApplicableRule::kExcluded;
  }
  const CompiledProfile profile = MustCompile(scheme, "P");
  const uint32_t cases = Power(kOutcomes, columns.size());
  std::vector<QuestionRecord> records(columns.size());
  std::vector<Outcome> outcomes(columns.size());
  for (uint32_t code = 0; code < cases; ++code) {
    const std::vector<uint32_t> digits = Digits(code, kOutcomes, columns.size());
    for (size_t i = 0; i < digits.size(); ++i) {
      outcomes[i] = records[i].outcome = static_cast<Outcome>(digits[i]);
    }
    const FindingSummary summary =
        SummarizeFinding(profile, 0, {0, records.data()}, NotApplicableMarks::kStand, nullptr);
    EXPECT_EQ(summary.mark, ExpectedMark(columns, outcomes, not_applicable_counts, marks))
        << "outcomes " << code;
    EXPECT_EQ(summary.open_questions,
              std::count(outcomes.begin(), outcomes.end(), Outcome::kUnanswered));
  }
  return static_cast<int>(cases);
}

TEST(DerivationTest, UpToFiveStatementsInThreeColumns) {
  int cases = 0;
  for (size_t statements = 1; statements <= kMostStatements; ++statements) {
    for (uint32_t layout = 0; layout < Power(kColumns, statements) && !HasFailure(); ++layout) {
      std::vector<Indicator> columns;
      for (const uint32_t digit : Digits(layout, kColumns, statements)) {
        columns.push_back(static_cast<Indicator>(1 + digit));
      }
      SCOPED_TRACE("layout " + std::to_string(layout));
      for (const bool counts : {true, false}) {
        cases += CheckLayout(columns, counts, 3) + CheckLayout(columns, counts, 2);
      }
    }
  }
  EXPECT_EQ(cases, 4 * (12 + 144 + 1'728 + 20'736 + 248'832));
}

struct Worked {
  std::string name;
  std::vector<Outcome> outcomes;  // Of one statement in each column: met, partially, not met.
  uint8_t mark;
  ReasonCode reason;
};

TEST(DerivationTest, SaysWhichColumnDecided) {
  constexpr Outcome kYes = Outcome::kMeets;
  constexpr Outcome kNo = Outcome::kDoesNotMeet;
  const Worked cases[] = {
      {"achieved", {kYes, kNo, kYes}, 1, ReasonCode::kIndicatorsMet},
      {"partially", {kNo, kYes, kYes}, 2, ReasonCode::kIndicatorsPartiallyMet},
      {"a failing is present", {kYes, kYes, kNo}, 3, ReasonCode::kIndicatorsNotMet},
      {"no column holds", {kNo, kNo, kYes}, 3, ReasonCode::kIndicatorsNotMet},
  };
  const CompiledProfile profile = MustCompile(
      SchemeOf({Indicator::kMet, Indicator::kPartiallyMet, Indicator::kNotMet}, 3), "P");
  for (const Worked& c : cases) {
    SCOPED_TRACE(c.name);
    AssessmentInput input;
    input.controls.resize(1);
    input.controls[0].control = "x";
    for (size_t i = 0; i < c.outcomes.size(); ++i) {
      input.controls[0].theoretical.questions.push_back(
          {"x." + std::to_string(i + 1), c.outcomes[i]});
    }
    const Evaluation evaluation = Evaluate(profile, input);
    EXPECT_EQ(evaluation.controls[0].mark, c.mark);
    EXPECT_THAT(evaluation.controls[0].reasons, ElementsAre(c.reason));
  }
}

TEST(DerivationTest, AnOpenGateThatIsNotScoredCountsAsAFailing) {
  SchemeDefinition scheme = SchemeOf({Indicator::kMet, Indicator::kNone}, 3);
  scheme.questions[1].kind = QuestionKind::kGate;
  scheme.questions[1].scored = false;
  scheme.questions[1].answers = {"yes"};
  const CompiledProfile profile = MustCompile(scheme, "P");
  std::vector<QuestionRecord> records = {{Outcome::kMeets, 0}, {}};
  const auto mark = [&] {
    return SummarizeFinding(profile, 0, {0, records.data()}, NotApplicableMarks::kStand, nullptr)
        .mark;
  };
  EXPECT_EQ(mark(), 3);
  records[1].gate_answer = 1;
  EXPECT_EQ(mark(), 1);
}

}  // namespace
}  // namespace assay::scoring
