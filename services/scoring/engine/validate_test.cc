#include "services/scoring/engine/validate.h"

#include <functional>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/scoring/engine/testing/dcc_shape.h"

namespace assay::scoring {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

SchemeDefinition WithQuestions() {
  SchemeDefinition scheme = DccScheme();
  scheme.questions = {{"1100.1", "1100", {"L1"}}, {"1100.2", "1100", {"L1"}},
                      {"1100.3", "1100", {"L2"}}, {"1200.1", "1200", {"L1"}},
                      {"0001.1", "0001", {"L1"}}, {"0001.2", "0001", {"L1"}}};
  QuestionDefinition& gate = scheme.questions.emplace_back();
  gate = {"1200.2", "1200", {"L1"}, QuestionKind::kGate, false};
  gate.answers = {"own", "shared"};
  return scheme;
}

struct Case {
  std::string_view name;
  std::function<void(AssessmentInput&)> spoil;  // Starts from AllMet at L1.
  std::string_view reason;
  std::string_view field;
  std::string_view control;
};

void Ask(AssessmentInput& input, std::vector<QuestionOutcome> questions) {
  InputOf(input, "1100").theoretical = {std::nullopt, std::move(questions)};
}

const Case kCases[] = {
    {"unknown control", [](auto& in) { InputOf(in, "9999"); }, "CONTROL_UNKNOWN", "control_id",
     "9999"},
    {"control of other levels only", [](auto& in) { InputOf(in, "0002"); }, "CONTROL_NOT_IN_SCOPE",
     "control_id", "0002"},
    {"control twice", [](auto& in) { in.controls.push_back(in.controls[3]); }, "CONTROL_DUPLICATE",
     "control_id", "1200"},
    {"status and questions",
     [](auto& in) {
       InputOf(in, "1100").theoretical.questions = {{"1100.1", Outcome::kMeets}};
     },
     "STATUS_AND_QUESTIONS", "theoretical", "1100"},
    {"status and questions in the practical phase",
     [](auto& in) {
       InputOf(in, "1100").practical = {Status::kMet, {{"1100.1", Outcome::kMeets}}};
     },
     "STATUS_AND_QUESTIONS", "practical", "1100"},
    {"status out of range",
     [](auto& in) { InputOf(in, "1100").practical.status = static_cast<Status>(9); },
     "STATUS_INVALID", "practical.status", "1100"},
    {"status and mark", [](auto& in) { InputOf(in, "1100").theoretical.mark = "met"; },
     "STATUS_AND_MARK", "theoretical.mark", "1100"},
    {"mark and questions",
     [](auto& in) {
       InputOf(in, "1100").practical = {std::nullopt, {{"1100.1", Outcome::kMeets}}, "met"};
     },
     "STATUS_AND_QUESTIONS", "practical", "1100"},
    {"mark of no scale of the control",
     [](auto& in) { InputOf(in, "1100").practical.mark = "achieved"; }, "MARK_UNKNOWN",
     "practical.mark", "1100"},
    {"outcome out of range",
     [](auto& in) {
       Ask(in, {{"1100.1", static_cast<Outcome>(7)}});
     },
     "STATUS_INVALID", "theoretical.questions[0].result", "1100"},
    {"unknown question",
     [](auto& in) {
       Ask(in, {{"1100.1", Outcome::kMeets}, {"1100.9", Outcome::kMeets}});
     },
     "QUESTION_UNKNOWN", "theoretical.questions[1].question_id", "1100"},
    {"question of another control",
     [](auto& in) {
       Ask(in, {{"1200.1", Outcome::kMeets}});
     },
     "QUESTION_UNKNOWN", "theoretical.questions[0].question_id", "1100"},
    {"question of another level",
     [](auto& in) {
       Ask(in, {{"1100.3", Outcome::kMeets}});
     },
     "QUESTION_NOT_IN_SCOPE", "theoretical.questions[0].question_id", "1100"},
    {"question twice",
     [](auto& in) {
       Ask(in, {{"1100.1", Outcome::kMeets}, {"1100.1", Outcome::kMeets}});
     },
     "QUESTION_DUPLICATE", "theoretical.questions[1].question_id", "1100"},
    {"question N/A without justification",
     [](auto& in) {
       Ask(in, {{"1100.1", Outcome::kNotApplicable}});
     },
     "QUESTION_NOT_APPLICABLE_NEEDS_JUSTIFICATION", "theoretical.questions[0].justification",
     "1100"},
    {"justification without N/A",
     [](auto& in) {
       Ask(in, {{"1100.1", Outcome::kMeets, "", true}});
     },
     "QUESTION_JUSTIFICATION_UNEXPECTED", "theoretical.questions[0].justification", "1100"},
    {"all questions N/A",
     [](auto& in) {
       Ask(in, {{"1100.1", Outcome::kNotApplicable, "", true},
                {"1100.2", Outcome::kNotApplicable, "", true}});
     },
     "ALL_QUESTIONS_NOT_APPLICABLE", "theoretical.questions", "1100"},
    {"adjustment of two", [](auto& in) { Adjust(InputOf(in, "1100"), 2); },
     "ADJUSTMENT_OUT_OF_RANGE", "adjustment.points", "1100"},
    {"adjustment of minus two", [](auto& in) { Adjust(InputOf(in, "1100"), -2); },
     "ADJUSTMENT_OUT_OF_RANGE", "adjustment.points", "1100"},
    {"adjustment without reason", [](auto& in) { InputOf(in, "1100").adjustment = -1; },
     "ADJUSTMENT_REASON_REQUIRED", "adjustment.reason", "1100"},
    {"adjustment on a blank",
     [](auto& in) {
       InputOf(in, "1100").theoretical.status = std::nullopt;
       Adjust(InputOf(in, "1100"), 1);
     },
     "ADJUSTMENT_ON_BLANK", "adjustment.points", "1100"},
    {"override without reasoning", [](auto& in) { InputOf(in, "1100").overridden = true; },
     "OVERRIDE_REASONING_REQUIRED", "override.reasoning", "1100"},
    {"override with N/A",
     [](auto& in) {
       MarkOverridden(InputOf(in, "1100"));
       MarkNotApplicable(InputOf(in, "1100"));
     },
     "OVERRIDE_WITH_NOT_APPLICABLE", "override", "1100"},
    {"N/A without justification", [](auto& in) { InputOf(in, "1100").not_applicable = true; },
     "NOT_APPLICABLE_JUSTIFICATION_REQUIRED", "not_applicable.justification", "1100"},
    {"N/A on an anchor control", [](auto& in) { MarkNotApplicable(InputOf(in, "0001")); },
     "NOT_APPLICABLE_ON_ANCHOR", "not_applicable", "0001"},
    {"question N/A on an anchor control",
     [](auto& in) {
       InputOf(in, "0001").practical.questions = {{"0001.1", Outcome::kMeets},
                                                  {"0001.2", Outcome::kNotApplicable, "", true}};
     },
     "NOT_APPLICABLE_ON_ANCHOR", "practical.questions[1].result", "0001"},
    {"answer that a gate does not have",
     [](auto& in) {
       InputOf(in, "1200").practical.questions = {{"1200.2", Outcome::kUnanswered, "Own"}};
     },
     "GATE_ANSWER_UNKNOWN", "practical.questions[0].answer", "1200"},
    {"unknown control overturned",
     [](auto& in) {
       in.overturned_controls = {"1100", "9999"};
     },
     "CONTROL_UNKNOWN", "overturned_controls[1]", "9999"},
    {"control of other levels overturned", [](auto& in) { in.overturned_controls = {"0002"}; },
     "CONTROL_NOT_IN_SCOPE", "overturned_controls[0]", "0002"},
    {"control overturned twice",
     [](auto& in) {
       in.overturned_controls = {"1100", "1200", "1100"};
     },
     "CONTROL_DUPLICATE", "overturned_controls[2]", "1100"},
    {"certificate of a kind no control names",
     [](auto& in) { in.certificates[1].kind = "CYBER_ESSENTIALS_MINUS"; }, "CERTIFICATE_INVALID",
     "certificates[1].kind", ""},
    {"certificate twice by its number",
     [](auto& in) {
       in.certificates[0].number = "C-1";
       in.certificates.push_back(in.certificates[0]);
       in.certificates[2].expires_on += 1;
     },
     "CERTIFICATE_INVALID", "certificates[2].number", ""},
    {"identical certificates without a number",
     [](auto& in) { in.certificates.push_back(in.certificates[0]); }, "CERTIFICATE_INVALID",
     "certificates[2].number", ""},
    {"certificate without kind", [](auto& in) { in.certificates[1].kind.clear(); },
     "CERTIFICATE_INVALID", "certificates[1].kind", ""},
    {"certificate that ends before it begins",
     [](auto& in) { in.certificates[0].expires_on = in.certificates[0].issued_on - 1; },
     "CERTIFICATE_INVALID", "certificates[0].expires_on", ""},
    {"certificate revoked before it begins",
     [](auto& in) { in.certificates[0].revoked_on = in.certificates[0].issued_on - 1; },
     "CERTIFICATE_INVALID", "certificates[0].revoked_on", ""},
    {"scope verdict out of range",
     [](auto& in) { in.certificates[0].scope = static_cast<ScopeVerdict>(5); },
     "CERTIFICATE_INVALID", "certificates[0].scope_verdict", ""},
};

TEST(ValidateTest, NamesEachProblemWithReasonFieldAndControl) {
  const CompiledProfile profile = MustCompile(WithQuestions(), "L1");
  for (const Case& c : kCases) {
    SCOPED_TRACE(c.name);
    AssessmentInput input = AllMet(profile);
    c.spoil(input);
    const std::vector<InputProblem> problems = Validate(profile, input);
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_EQ(InputProblemReason(problems[0].code), c.reason);
    EXPECT_EQ(problems[0].field, c.field);
    EXPECT_EQ(problems[0].control, c.control);
    EXPECT_FALSE(problems[0].detail.empty());
  }
}

TEST(ValidateTest, ASoundInputHasNoProblems) {
  const CompiledProfile profile = MustCompile(WithQuestions(), "L1");
  AssessmentInput input = AllMet(profile);
  Ask(input, {{"1100.1", Outcome::kMeets}, {"1100.2", Outcome::kNotApplicable, "", true}});
  Adjust(InputOf(input, "1100"), 1);
  MarkOverridden(InputOf(input, "0001"));
  MarkNotApplicable(InputOf(input, "1200"));
  input.certificates[0].revoked_on = input.certificates[0].issued_on;
  input.certificates[1].expires_on = input.certificates[1].issued_on;
  EXPECT_THAT(Validate(profile, input), IsEmpty());
}

TEST(ValidateTest, AGatesAnswerIsNamedAmongThoseItMayHave) {
  const CompiledProfile profile = MustCompile(WithQuestions(), "L1");
  AssessmentInput input = AllMet(profile);
  PhaseFinding& finding = InputOf(input, "1200").practical;
  for (const char* answer : {"", "own", "shared"}) {
    finding.questions = {{"1200.2", Outcome::kUnanswered, answer}};
    EXPECT_THAT(Validate(profile, input), IsEmpty()) << answer;
  }
  finding.questions[0].gate_answer = "none";
  EXPECT_THAT(Validate(profile, input).at(0).detail, HasSubstr("'own', 'shared'"));
}

// Level 1 with a scale of two for 1100 and one of four for 1200.
SchemeDefinition WithScales() {
  SchemeDefinition scheme = DccScheme();
  scheme.rules.scales.push_back({"two", {{"pass", 3}, {"fail", 1}}});
  scheme.rules.scales.push_back({"four", {{"a", 9}, {"b", 6}, {"c", 3}, {"d", 0}}});
  scheme.rules.items = {{"1100", "two", true}, {"1200", "four", true}};
  return scheme;
}

TEST(ValidateTest, PartiallyMetIsAMarkOfScalesOfThreeOnly) {
  const CompiledProfile profile = MustCompile(WithScales(), "L1");
  AssessmentInput input = AllMet(profile);
  InputOf(input, "1202").theoretical.status = Status::kPartiallyMet;
  EXPECT_THAT(Validate(profile, input), IsEmpty());
  for (const char* control : {"1100", "1200"}) {
    AssessmentInput partial = input;
    InputOf(partial, control).theoretical.status = Status::kPartiallyMet;
    const auto problems = Validate(profile, partial);
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_EQ(problems[0].code, InputProblemCode::kMarkUnknown);
    EXPECT_EQ(problems[0].field, "theoretical.status");
  }
  InputOf(input, "1200").practical.mark = "b";
  EXPECT_THAT(Validate(profile, input), IsEmpty());
  InputOf(input, "1200").practical.mark = "met";
  EXPECT_THAT(Validate(profile, input).at(0).detail, HasSubstr("'a', 'b', 'c', 'd'"));
}

TEST(ValidateTest, AnAdjustmentIsHeldToTheScaleOfItsControl) {
  SchemeDefinition scheme = WithScales();
  scheme.rules.options.adjustment_clamp = AdjustmentClamp::kRefuse;
  const CompiledProfile profile = MustCompile(scheme, "L1");
  const auto refused = [&](const char* mark, int32_t points) {
    AssessmentInput input = AllMet(profile);
    InputOf(input, "1100").practical.mark = mark;
    Adjust(InputOf(input, "1100"), points);
    return !Validate(profile, input).empty();
  };
  EXPECT_TRUE(refused("pass", 1));
  EXPECT_FALSE(refused("pass", -1));
  EXPECT_FALSE(refused("fail", 1));
  EXPECT_TRUE(refused("fail", -1));
}

TEST(ValidateTest, CertificatesThatDifferMayStandSideBySide) {
  const CompiledProfile profile = MustCompile(WithQuestions(), "L1");
  AssessmentInput input = AllMet(profile);
  input.certificates.push_back(input.certificates[0]);  // Last year's, without a number.
  input.certificates[2].issued_on -= 365;
  input.certificates[0].number = "C-1";
  input.certificates[1].number = "C-1";  // Of another kind.
  input.certificates.push_back(input.certificates[0]);
  input.certificates[3].number = "C-2";
  EXPECT_THAT(Validate(profile, input), IsEmpty());
}

TEST(ValidateTest, SaysWhichControlOfTheInputAndAllOfItsProblems) {
  const CompiledProfile profile = MustCompile(WithQuestions(), "L1");
  AssessmentInput input = AllMet(profile);
  input.controls[1].overridden = true;
  input.controls[1].not_applicable = true;
  input.controls[2].adjustment = 3;
  std::vector<std::string> reasons;
  std::vector<int32_t> indices;
  for (const InputProblem& problem : Validate(profile, input)) {
    reasons.emplace_back(InputProblemReason(problem.code));
    indices.push_back(problem.control_index);
  }
  EXPECT_THAT(reasons,
              ElementsAre("OVERRIDE_REASONING_REQUIRED", "OVERRIDE_WITH_NOT_APPLICABLE",
                          "NOT_APPLICABLE_JUSTIFICATION_REQUIRED", "ADJUSTMENT_OUT_OF_RANGE"));
  EXPECT_THAT(indices, ElementsAre(1, 1, 1, 2));
}

TEST(ValidateTest, AnOverriddenOrNotApplicableControlIsNotBlank) {
  const CompiledProfile profile = MustCompile(WithQuestions(), "L1");
  AssessmentInput input = AllMet(profile);
  for (const char* control : {"1100", "1200"}) {
    InputOf(input, control).theoretical.status = std::nullopt;
    Adjust(InputOf(input, control), 1);
  }
  MarkOverridden(InputOf(input, "1100"));
  MarkNotApplicable(InputOf(input, "1200"));
  EXPECT_THAT(Validate(profile, input), IsEmpty());
}

TEST(ValidateTest, AControlWithoutQuestionsAtTheLevelTakesAStatusOnly) {
  const CompiledProfile profile = MustCompile(DccScheme(), "L1");
  AssessmentInput input = AllMet(profile);
  Ask(input, {{"1100.1", Outcome::kMeets}});
  const auto problems = Validate(profile, input);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].code, InputProblemCode::kQuestionUnknown);
  EXPECT_THAT(problems[0].detail, HasSubstr("'1100.1'"));
}

TEST(ValidateTest, EveryCodeHasAReasonOfItsOwn) {
  std::set<std::string_view> reasons;
  const auto last = static_cast<int>(InputProblemCode::kCertificateInvalid);
  for (int code = 0; code <= last; ++code) {
    const std::string_view reason = InputProblemReason(static_cast<InputProblemCode>(code));
    EXPECT_FALSE(reason.empty()) << code;
    EXPECT_TRUE(reasons.insert(reason).second) << reason;
  }
}

}  // namespace
}  // namespace assay::scoring
