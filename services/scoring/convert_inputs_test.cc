#include "services/scoring/convert_inputs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "assay/scoring/v1/scoring_service.pb.h"

#include "services/scoring/engine/testing/dcc_shape.h"
#include "services/scoring/limits.h"

namespace assay::scoring {
namespace {

v1::AssessmentInputs Sound() {
  v1::AssessmentInputs inputs;
  inputs.set_as_of("2026-06-01");
  return inputs;
}

std::string FirstIssue(const v1::AssessmentInputs& inputs) {
  const ConvertedInputs converted = ToInput(inputs, AsOf::kRequired);
  return converted.issues.empty() ? ""
                                  : converted.issues[0].reason + " " + converted.issues[0].field;
}

TEST(ConvertInputsTest, CountsCharactersNotBytes) {
  EXPECT_EQ(CountCharacters(""), 0u);
  EXPECT_EQ(CountCharacters("abc"), 3u);
  EXPECT_EQ(CountCharacters("\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80"), 3u);
}

TEST(ConvertInputsTest, WhiteSpaceSaysNothing) {
  EXPECT_FALSE(SaysSomething(""));
  EXPECT_FALSE(SaysSomething(" \t\r\n"));
  EXPECT_TRUE(SaysSomething(" x "));
}

TEST(ConvertInputsTest, CarriesEveryRecordedFact) {
  v1::AssessmentInputs inputs = Sound();
  v1::Certificate& certificate = *inputs.add_certificates();
  certificate.set_kind("CYBER_ESSENTIALS");
  certificate.set_issued_on("2026-05-02");
  certificate.set_expires_on("2027-05-01");
  certificate.set_revoked_on("2026-05-31");
  certificate.set_scope_verdict(v1::SCOPE_VERDICT_COVERS);
  v1::ControlInput& control = *inputs.add_controls();
  control.set_control_id("1100");
  v1::QuestionOutcome& question = *control.mutable_theoretical()->add_questions();
  question.set_question_id("1100.1");
  question.set_result(v1::QUESTION_RESULT_NOT_APPLICABLE);
  question.set_answer("yes");
  question.set_justification("no such system");
  control.mutable_practical()->set_status(v1::CONTROL_STATUS_PARTIALLY_MET);
  control.mutable_adjustment()->set_points(-1);
  control.mutable_adjustment()->set_reason("weak evidence");
  control.mutable_override()->set_reasoning("  ");
  control.mutable_not_applicable();

  const ConvertedInputs converted = ToInput(inputs, AsOf::kRequired);
  ASSERT_TRUE(converted.issues.empty());
  EXPECT_EQ(converted.input.as_of, kAsOf);
  ASSERT_EQ(converted.input.certificates.size(), 1u);
  EXPECT_EQ(converted.input.certificates[0].issued_on, kAsOf - 30);
  EXPECT_EQ(converted.input.certificates[0].revoked_on, kAsOf - 1);
  EXPECT_EQ(converted.input.certificates[0].scope, ScopeVerdict::kCovers);
  const ControlInput& read = converted.input.controls.at(0);
  EXPECT_EQ(read.control, "1100");
  EXPECT_EQ(read.practical.status, Status::kPartiallyMet);
  EXPECT_EQ(read.theoretical.status, std::nullopt);
  EXPECT_EQ(read.theoretical.questions.at(0).outcome, Outcome::kNotApplicable);
  EXPECT_EQ(read.theoretical.questions.at(0).gate_answer, "yes");
  EXPECT_TRUE(read.theoretical.questions.at(0).has_justification);
  EXPECT_EQ(read.adjustment, -1);
  EXPECT_TRUE(read.has_adjustment_reason);
  EXPECT_TRUE(read.overridden);
  EXPECT_FALSE(read.has_override_reasoning);
  EXPECT_TRUE(read.not_applicable);
  EXPECT_FALSE(read.has_not_applicable_justification);
}

TEST(ConvertInputsTest, RefusesDatesThatAreNone) {
  v1::AssessmentInputs inputs;
  EXPECT_EQ(FirstIssue(inputs), "DATE_INVALID as_of");
  EXPECT_TRUE(ToInput(inputs, AsOf::kOptional).issues.empty());
  inputs.set_as_of("2026-02-30");
  EXPECT_EQ(FirstIssue(inputs), "DATE_INVALID as_of");
  EXPECT_FALSE(ToInput(inputs, AsOf::kOptional).issues.empty());
  inputs.set_as_of("2026-06-01");
  inputs.add_certificates()->set_issued_on("2026-06-01");
  EXPECT_EQ(FirstIssue(inputs), "DATE_INVALID certificates[0].expires_on");
}

TEST(ConvertInputsTest, HoldsTheLengthsOfLists) {
  v1::AssessmentInputs inputs = Sound();
  for (size_t i = 0; i < kMaxControlInputs; ++i) {
    inputs.add_controls();
  }
  EXPECT_EQ(FirstIssue(inputs), "");
  inputs.add_controls();
  EXPECT_EQ(FirstIssue(inputs), "TOO_MANY controls");

  inputs = Sound();
  for (size_t i = 0; i < kMaxCertificates; ++i) {
    inputs.add_certificates()->set_issued_on("2026-06-01");
    inputs.mutable_certificates(static_cast<int>(i))->set_expires_on("2026-06-02");
  }
  EXPECT_EQ(FirstIssue(inputs), "");
  inputs.add_certificates();
  EXPECT_EQ(FirstIssue(inputs), "TOO_MANY certificates");

  inputs = Sound();
  v1::Finding& finding = *inputs.add_controls()->mutable_practical();
  for (size_t i = 0; i < kMaxQuestionOutcomes; ++i) {
    finding.add_questions();
  }
  EXPECT_EQ(FirstIssue(inputs), "");
  finding.add_questions();
  EXPECT_EQ(FirstIssue(inputs), "TOO_MANY controls[0].practical.questions");
}

TEST(ConvertInputsTest, HoldsTheNumberAndLengthOfOverturnedControls) {
  const auto issues = [](const v1::ScoreRequest& request) {
    ConvertedInputs converted = ToInput(Sound(), AsOf::kRequired);
    AddOverturnedControls(request.overturned_controls(), converted);
    return converted.issues;
  };
  v1::ScoreRequest request;
  request.add_overturned_controls(std::string(kMaxInputIdCharacters, 'x'));
  for (size_t i = 1; i < kMaxOverturnedControls; ++i) {
    request.add_overturned_controls("1100");
  }
  EXPECT_TRUE(issues(request).empty());
  request.mutable_overturned_controls(0)->push_back('x');
  ASSERT_EQ(issues(request).size(), 1u);
  EXPECT_EQ(issues(request)[0].reason, "TEXT_TOO_LONG");
  EXPECT_EQ(issues(request)[0].field, "overturned_controls[0]");
  request.add_overturned_controls("1100");
  ASSERT_EQ(issues(request).size(), 1u);
  EXPECT_EQ(issues(request)[0].reason, "TOO_MANY");
  EXPECT_EQ(issues(request)[0].field, "overturned_controls");
}

struct TextCase {
  std::string_view field;
  size_t limit;
  std::function<void(v1::AssessmentInputs&, std::string)> set;
};

v1::QuestionOutcome& Question(v1::AssessmentInputs& inputs) {
  return *inputs.add_controls()->mutable_theoretical()->add_questions();
}

v1::Certificate& ACertificate(v1::AssessmentInputs& inputs) {
  v1::Certificate& certificate = *inputs.add_certificates();
  certificate.set_issued_on("2026-06-01");
  certificate.set_expires_on("2026-06-02");
  return certificate;
}

const TextCase kTextCases[] = {
    {"certificates[0].kind", kMaxInputIdCharacters,
     [](auto& in, std::string text) { ACertificate(in).set_kind(text); }},
    {"certificates[0].number", kMaxCertificateNumberCharacters,
     [](auto& in, std::string text) { ACertificate(in).set_number(text); }},
    {"controls[0].control_id", kMaxInputIdCharacters,
     [](auto& in, std::string text) { in.add_controls()->set_control_id(text); }},
    {"controls[0].theoretical.questions[0].question_id", kMaxInputIdCharacters,
     [](auto& in, std::string text) { Question(in).set_question_id(text); }},
    {"controls[0].theoretical.questions[0].answer", kMaxAnswerCharacters,
     [](auto& in, std::string text) { Question(in).set_answer(text); }},
    {"controls[0].theoretical.questions[0].justification", kMaxReasonCharacters,
     [](auto& in, std::string text) { Question(in).set_justification(text); }},
    {"controls[0].adjustment.reason", kMaxReasonCharacters,
     [](auto& in, std::string text) { in.add_controls()->mutable_adjustment()->set_reason(text); }},
    {"controls[0].override.reasoning", kMaxReasonCharacters,
     [](auto& in, std::string text) {
       in.add_controls()->mutable_override()->set_reasoning(text);
     }},
    {"controls[0].not_applicable.justification", kMaxReasonCharacters,
     [](auto& in, std::string text) {
       in.add_controls()->mutable_not_applicable()->set_justification(text);
     }},
};

TEST(ConvertInputsTest, HoldsTheLengthsOfTexts) {
  for (const TextCase& c : kTextCases) {
    SCOPED_TRACE(c.field);
    std::string text;
    for (size_t i = 0; i < c.limit; ++i) {
      text += "\xC3\xA4";  // Two bytes, one character.
    }
    v1::AssessmentInputs at_limit = Sound();
    c.set(at_limit, text);
    EXPECT_EQ(FirstIssue(at_limit), "");
    v1::AssessmentInputs beyond = Sound();
    c.set(beyond, text + "x");
    EXPECT_EQ(FirstIssue(beyond), "TEXT_TOO_LONG " + std::string(c.field));
  }
}

TEST(ConvertInputsTest, UnknownNumbersOfEnumsDoNotWrapIntoKnownOnes) {
  const CompiledProfile profile = MustCompile(DccScheme(), "L1");
  for (const int number : {4, 255, 256, 257, 258, -1, -255}) {
    v1::AssessmentInputs inputs = Sound();
    inputs.add_controls()->set_control_id("1100");
    inputs.mutable_controls(0)->mutable_practical()->set_status(
        static_cast<v1::ControlStatus>(number));
    const auto issues = CheckInputs(profile, ToInput(inputs, AsOf::kRequired));
    ASSERT_EQ(issues.size(), 1u) << number;
    EXPECT_EQ(issues[0].reason, "STATUS_INVALID");
    EXPECT_EQ(issues[0].field, "controls[0].practical.status");
  }
}

TEST(ConvertInputsTest, FormComesBeforeRules) {
  const CompiledProfile profile = MustCompile(DccScheme(), "L1");
  v1::AssessmentInputs inputs = Sound();
  inputs.add_controls()->set_control_id("9999");
  inputs.set_as_of("yesterday");
  const auto issues = CheckInputs(profile, ToInput(inputs, AsOf::kRequired));
  ASSERT_EQ(issues.size(), 1u);
  EXPECT_EQ(issues[0].reason, "DATE_INVALID");
}

}  // namespace
}  // namespace assay::scoring
