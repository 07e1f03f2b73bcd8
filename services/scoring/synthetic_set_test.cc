// The synthetic Level 1 question set of the tests folder: it is what it says, and the engine
// scores by it.

#include <fstream>
#include <map>
#include <set>
#include <string>

#include "nlohmann/json.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/scoring/engine/evaluate.h"
#include "services/scoring/engine/testing/dcc_shape.h"
#include "services/scoring/engine/validate.h"

namespace assay::scoring {
namespace {

using nlohmann::json;

QuestionKind KindOf(const std::string& word) {
  static const std::map<std::string, QuestionKind> kKinds = {
      {"yes_no", QuestionKind::kYesNo},
      {"multiple_choice", QuestionKind::kMultipleChoice},
      {"frequency", QuestionKind::kFrequency},
      {"number", QuestionKind::kNumber},
      {"gate", QuestionKind::kGate}};
  return kKinds.at(word);
}

class SyntheticSetTest : public ::testing::Test {
 protected:
  SyntheticSetTest() {
    std::ifstream file(std::string(ASSAY_TEST_DATA) + "/synthetic-l1-question-set.json");
    document_ = json::parse(file);
    scheme_ = DccScheme();
    for (const json& question : document_.at("questions")) {
      QuestionDefinition& added = scheme_.questions.emplace_back();
      added.id = question.at("id");
      added.control = question.at("control");
      added.profiles = question.at("profiles").get<std::vector<std::string>>();
      added.kind = KindOf(question.at("kind"));
      added.scored = question.at("scored");
      if (question.contains("answers")) {
        added.answers = question.at("answers").get<std::vector<std::string>>();
      }
      if (question.contains("asked_when")) {
        const json& when = question.at("asked_when");
        added.asked_when = AskedWhen{when.at("question"), when.at("answers")};
      }
    }
  }

  // Every question of the profile meets; gates are answered with `gate_answer`.
  static AssessmentInput Answered(const CompiledProfile& profile, const std::string& gate_answer) {
    AssessmentInput input = AllMet(profile);
    for (ControlInput& control : input.controls) {
      control.theoretical.status = std::nullopt;
      const CompiledControl& compiled =
          profile.controls()[profile.FindControl(control.control).index];
      for (uint32_t i = 0; i < compiled.question_count; ++i) {
        const CompiledQuestion& question = profile.questions()[compiled.first_question + i];
        control.theoretical.questions.push_back(
            {question.id, Outcome::kMeets, question.gate ? gate_answer : ""});
      }
    }
    return input;
  }

  json document_;
  SchemeDefinition scheme_;
};

TEST_F(SyntheticSetTest, SaysThatItIsSynthetic) {
  EXPECT_THAT(document_.at("title").get<std::string>(), ::testing::HasSubstr("Synthetic"));
  EXPECT_THAT(document_.at("sources").at(0).get<std::string>(), ::testing::StartsWith("SYNTHETIC"));
}

TEST_F(SyntheticSetTest, HasTheShapeOfARealLevelOneSet) {
  const CompiledProfile profile = MustCompile(scheme_, "L1");
  EXPECT_EQ(profile.questions().size(), 236u);
  EXPECT_EQ(document_.at("controls").size(), 101u);
  size_t gates = 0;
  size_t follow_ups = 0;
  for (const CompiledQuestion& question : profile.questions()) {
    gates += question.gate ? 1 : 0;
    follow_ups += question.asked_when_gate != kNoGate ? 1 : 0;
  }
  EXPECT_EQ(gates, 45u);
  EXPECT_EQ(follow_ups, 45u);
  for (const CompiledControl& control : profile.controls()) {
    EXPECT_GT(control.question_count, 0u) << control.id;
  }
  EXPECT_NE(MustCompile(scheme_, "L2").questions().size(), 236u);  // Level ranges differ.
}

TEST_F(SyntheticSetTest, ScoresWithGatesOpenAndClosed) {
  const CompiledProfile profile = MustCompile(scheme_, "L1");
  for (const char* answer : {"no", "yes"}) {
    SCOPED_TRACE(answer);
    const AssessmentInput input = Answered(profile, answer);
    ASSERT_TRUE(Validate(profile, input).empty());
    EXPECT_EQ(Evaluate(profile, input).verdict.result, "Passed");
  }
  AssessmentInput open = Answered(profile, "yes");
  for (ControlInput& control : open.controls) {
    for (QuestionOutcome& question : control.theoretical.questions) {
      question.gate_answer.clear();
    }
  }
  EXPECT_EQ(Evaluate(profile, open).verdict.outcome, VerdictOutcome::kFailed);
}

}  // namespace
}  // namespace assay::scoring
