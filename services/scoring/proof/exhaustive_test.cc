// Every state that a control can be in, under every policy that matters, scored by both evaluators.
//
// One profile holds a control for each combination of adjustment, flag and overturn, all with the
// same questions, so that one record scores them all. What Validate() would refuse is taken out
// before (testing/random_record.h).

#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "services/scoring/engine/testing/random_record.h"
#include "services/scoring/proof/agree.h"

namespace assay::scoring {
namespace {

constexpr uint32_t kOutcomes = 4;  // Unanswered, meets, does not meet, not applicable.
constexpr char kKind[] = "KIND";

// Adjustment, override or N/A, overturned: 18.
std::vector<ControlRecord> Variants() {
  std::vector<ControlRecord> variants;
  for (const int adjustment : {-1, 0, 1}) {
    for (const int flag : {0, int{kOverriddenFlag}, int{kNotApplicableFlag}}) {
      for (const int overturned : {0, int{kOverturnedFlag}}) {
        ControlRecord record;
        record.adjustment = static_cast<int8_t>(adjustment);
        record.flags = static_cast<uint8_t>(flag | overturned);
        variants.push_back(record);
      }
    }
  }
  return variants;
}

// One control for each of `variants`, with the scale and questions given; controls are "c0", ...
SchemeDefinition SchemeOf(size_t controls, const std::vector<Mark>& marks,
                          const std::vector<QuestionDefinition>& questions) {
  SchemeDefinition scheme;
  scheme.profiles = {"P"};
  scheme.objectives = {{"A", "Objective"}};
  for (size_t i = 0; i < controls; ++i) {
    const std::string id = "c" + std::to_string(i);
    scheme.controls.push_back({id, "A", "Control", {"P"}, {}});
    for (QuestionDefinition question : questions) {
      question.control = id;
      question.id = id + question.id;
      question.profiles = {"P"};
      if (question.asked_when.has_value()) {
        question.asked_when->gate = id + question.asked_when->gate;
      }
      scheme.questions.push_back(std::move(question));
    }
  }
  scheme.rules.scales = {{"s", marks}};
  scheme.rules.default_scale = "s";
  scheme.rules.objectives = {{"A", true, false}};
  scheme.rules.thresholds = {{"P", 80}};
  scheme.rules.outcomes = {{"passed", OutcomeKind::kPassed, "Passed", {.objectives_pass = true}},
                           {"failed", OutcomeKind::kFailed, "Failed", {}}};
  scheme.rules.texts = {"Incomplete", ", "};
  return scheme;
}

std::vector<Mark> Three() { return {{"met", 2}, {"partial", 1}, {"not", 0}}; }

std::vector<QuestionDefinition> Plain(size_t count) {
  std::vector<QuestionDefinition> questions(count);
  for (size_t i = 0; i < count; ++i) {
    questions[i].id = "." + std::to_string(i + 1);
  }
  return questions;
}

template <typename Enum>
void Either(int bits, int bit, Enum other, Enum& option) {
  if ((bits >> bit & 1) != 0) {
    option = other;
  }
}

// Policies that act on a control with questions: five of two values.
constexpr int kPolicyBits = 5;
RuleOptions Policy(int bits) {
  RuleOptions options;
  Either(bits, 0, QuestionNotApplicableRule::kExcluded, options.question_not_applicable);
  Either(bits, 1, AdjustmentClamp::kRefuse, options.adjustment_clamp);
  Either(bits, 2, AdjustBlank::kAllow, options.adjust_blank);
  Either(bits, 3, OverrideRule::kIgnored, options.overrides);
  Either(bits, 4, BlankRule::kIncomplete, options.blank);
  return options;
}

// Scores records of one scheme in both modes and counts the controls they hold.
class Exhaustive {
 public:
  // Fails the test at the first difference; false then.
  bool Score(Pair& pair, Record record) {
    for (uint32_t i = 0; i < record.controls.size(); ++i) {
      MakeValid(pair.profile(), i, record);
    }
    for (const Mode mode : {Mode::kFinal, Mode::kProvisional}) {
      record.mode = mode;
      controls_ += record.controls.size();
      if (const auto difference = pair.Disagreement(record)) {
        ADD_FAILURE() << *difference << " in mode " << static_cast<int>(mode);
        return false;
      }
    }
    return true;
  }
  uint64_t controls() const { return controls_; }

 private:
  uint64_t controls_ = 0;
};

// The same questions for every control: digit k of `code`, to the base of kOutcomes, is the outcome
// of question k.
void Answer(size_t controls, size_t questions, uint32_t code, std::vector<QuestionRecord>& all) {
  all.assign(controls * questions, QuestionRecord());
  for (size_t k = 0; k < questions; ++k, code /= kOutcomes) {
    for (size_t i = 0; i < controls; ++i) {
      all[i * questions + k].outcome = static_cast<Outcome>(code % kOutcomes);
    }
  }
}

uint32_t Power(uint32_t base, size_t exponent) {
  uint32_t power = 1;
  for (size_t i = 0; i < exponent; ++i) {
    power *= base;
  }
  return power;
}

TEST(ExhaustiveTest, OutcomesOfUpToSixQuestionsUnderEveryPolicy) {
  const std::vector<ControlRecord> variants = Variants();
  Exhaustive run;
  for (size_t questions = 1; questions <= 6; ++questions) {
    SchemeDefinition scheme = SchemeOf(variants.size(), Three(), Plain(questions));
    for (int bits = 0; bits < 1 << kPolicyBits; ++bits) {
      scheme.rules.options = Policy(bits);
      Pair pair(scheme, "P");
      Record record;
      for (uint32_t code = 0; code < Power(kOutcomes, questions); ++code) {
        record.controls = variants;
        Answer(variants.size(), questions, code, record.theoretical_questions);
        if (code == 0) {
          record.theoretical_questions.clear();
        }
        ASSERT_TRUE(run.Score(pair, record))
            << questions << " questions, policy " << bits << ", outcomes " << code;
      }
    }
  }
  EXPECT_EQ(run.controls(), 5'460u * 18 * 32 * 2);
}

// What one phase can hold: a mark of three, or the outcomes of two questions, none of them recorded
// among these.
struct PhaseState {
  uint8_t mark = 0;
  uint32_t outcomes = 0;
};

std::vector<PhaseState> PhaseStates() {
  std::vector<PhaseState> states = {{1, 0}, {2, 0}, {3, 0}};
  for (uint32_t code = 0; code < Power(kOutcomes, 2); ++code) {
    states.push_back({0, code});
  }
  return states;
}

TEST(ExhaustiveTest, BothPhasesUnderEveryPhaseAndCertificatePolicy) {
  const std::vector<ControlRecord> variants = Variants();
  const std::vector<PhaseState> states = PhaseStates();
  SchemeDefinition scheme = SchemeOf(variants.size(), Three(), Plain(2));
  for (ControlDefinition& control : scheme.controls) {
    control.certificate_kinds = {kKind};
  }
  Exhaustive run;
  for (int bits = 0; bits < 3 << (kPolicyBits + 2); ++bits) {
    scheme.rules.options = Policy(bits);
    Either(bits, kPolicyBits, AnchorCertificate::kRecord, scheme.rules.options.anchor_certificate);
    const bool stands = (bits >> (kPolicyBits + 1) & 1) != 0;
    scheme.rules.options.phase = static_cast<PhaseRule>(bits >> (kPolicyBits + 2));
    Pair pair(scheme, "P");
    Record record;
    record.as_of = kAsOf;
    if (stands) {
      record.certificates = {ValidCertificate(kKind)};
    }
    for (const PhaseState& theoretical : states) {
      for (const PhaseState& practical : states) {
        record.controls = variants;
        for (ControlRecord& control : record.controls) {
          control.theoretical = theoretical.mark;
          control.practical = practical.mark;
        }
        Answer(variants.size(), 2, theoretical.outcomes, record.theoretical_questions);
        Answer(variants.size(), 2, practical.outcomes, record.practical_questions);
        ASSERT_TRUE(run.Score(pair, record)) << "policy " << bits;
      }
    }
  }
  EXPECT_EQ(run.controls(), 19u * 19 * 18 * 3 * 128 * 2);
}

// A gate that is not scored, a scored one behind it, a question behind that, one always asked.
std::vector<QuestionDefinition> Gates() {
  std::vector<QuestionDefinition> questions = Plain(4);
  for (const size_t gate : {size_t{0}, size_t{1}}) {
    questions[gate].kind = QuestionKind::kGate;
    questions[gate].answers = {"yes", "no"};
  }
  questions[0].scored = false;
  questions[1].asked_when = AskedWhen{".1", {"yes"}};
  questions[2].asked_when = AskedWhen{".2", {"no"}};
  questions[1].indicator = Indicator::kMet;
  questions[2].indicator = Indicator::kNotMet;
  questions[3].indicator = Indicator::kPartiallyMet;
  return questions;
}

TEST(ExhaustiveTest, GatesAndWhatStandsBehindThem) {
  const std::vector<ControlRecord> variants = Variants();
  Exhaustive run;
  for (int bits = 0; bits < 4; ++bits) {
    SchemeDefinition scheme = SchemeOf(variants.size(), Three(), Gates());
    Either(bits, 0, QuestionNotApplicableRule::kExcluded,
           scheme.rules.options.question_not_applicable);
    Either(bits, 1, Derivation::kIndicators, scheme.rules.derivation);
    Pair pair(scheme, "P");
    Record record;
    for (uint32_t code = 0; code < Power(kOutcomes, 4) * 9; ++code) {
      record.controls = variants;
      Answer(variants.size(), 4, code / 9, record.theoretical_questions);
      for (size_t i = 0; i < variants.size(); ++i) {
        record.theoretical_questions[4 * i].gate_answer = static_cast<uint8_t>(code % 3);
        record.theoretical_questions[4 * i + 1].gate_answer = static_cast<uint8_t>(code / 3 % 3);
      }
      ASSERT_TRUE(run.Score(pair, record)) << "policy " << bits << ", case " << code;
    }
  }
  EXPECT_EQ(run.controls(), 256u * 9 * 18 * 4 * 2);
}

// Every way to lay up to five statements in three columns is a control of its own.
SchemeDefinition Statements(size_t statements, const std::vector<Mark>& marks) {
  SchemeDefinition scheme = SchemeOf(Power(3, statements), marks, Plain(statements));
  scheme.rules.derivation = Derivation::kIndicators;
  for (size_t i = 0; i < scheme.questions.size(); ++i) {
    const uint32_t column = static_cast<uint32_t>(i / statements) / Power(3, i % statements) % 3;
    scheme.questions[i].indicator = static_cast<Indicator>(1 + column);
  }
  return scheme;
}

TEST(ExhaustiveTest, UpToFiveStatementsInThreeColumns) {
  const std::vector<std::vector<Mark>> scales = {Three(), {{"achieved", 7}, {"not", 2}}};
  for (const std::vector<Mark>& marks : scales) {
    Exhaustive run;
    for (size_t statements = 1; statements <= 5; ++statements) {
      SchemeDefinition scheme = Statements(statements, marks);
      for (int bits = 0; bits < 2; ++bits) {
        scheme.rules.options = Policy(bits);
        Pair pair(scheme, "P");
        Record record;
        for (uint32_t code = 1; code < Power(kOutcomes, statements); ++code) {
          record.controls.assign(scheme.controls.size(), ControlRecord());
          Answer(scheme.controls.size(), statements, code, record.practical_questions);
          ASSERT_TRUE(run.Score(pair, record)) << statements << " statements, policy " << bits;
        }
      }
    }
    EXPECT_GT(run.controls(), 1'000'000u);
  }
}

// Marks of both phases, adjustments and flags on one scale, each as a control of its own.
std::vector<ControlRecord> MarkVariants(size_t marks) {
  std::vector<ControlRecord> all;
  for (uint8_t theoretical = 0; theoretical <= marks; ++theoretical) {
    for (uint8_t practical = 0; practical <= marks; ++practical) {
      for (ControlRecord record : Variants()) {
        record.theoretical = theoretical;
        record.practical = practical;
        all.push_back(record);
      }
    }
  }
  return all;
}

TEST(ExhaustiveTest, MarksOfEveryScaleUnderEveryPolicy) {
  const std::vector<std::vector<Mark>> scales = {
      {{"a", 1}, {"b", 0}},
      Three(),
      {{"a", 5}, {"b", 5}, {"c", 4}, {"d", 4}},
      {{"a", 3}, {"b", 3}, {"c", 1}, {"d", 1}, {"e", 1}},
      {{"a", 1'000}, {"b", 999}, {"c", 10}, {"d", 5}, {"e", 1}, {"f", 0}}};
  Exhaustive run;
  for (const std::vector<Mark>& marks : scales) {
    const std::vector<ControlRecord> variants = MarkVariants(marks.size());
    SchemeDefinition scheme = SchemeOf(variants.size(), marks, {});
    for (int bits = 0; bits < 3 << kPolicyBits; ++bits) {
      scheme.rules.options = Policy(bits);
      scheme.rules.options.phase = static_cast<PhaseRule>(bits >> kPolicyBits);
      Pair pair(scheme, "P");
      Record record;
      record.controls = variants;
      ASSERT_TRUE(run.Score(pair, record)) << marks.size() << " marks, policy " << bits;
    }
  }
  EXPECT_EQ(run.controls(), (9u + 16 + 25 + 36 + 49) * 18 * 96 * 2);
}

}  // namespace
}  // namespace assay::scoring
