#include "services/scoring/engine/profile.h"

#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/scoring/engine/testing/dcc_shape.h"

namespace assay::scoring {
namespace {

using ::testing::HasSubstr;

TEST(ProfileTest, HasTheRealShapeAtEveryLevel) {
  struct Case {
    std::string_view profile;
    std::vector<uint32_t> controls;  // CE, A, B, C, D.
  };
  const Case cases[] = {{"L0", {1, 0, 2, 0, 0}},
                        {"L1", {1, 12, 75, 9, 4}},
                        {"L2", {2, 18, 95, 15, 9}},
                        {"L3", {2, 19, 98, 15, 10}}};
  for (const Case& c : cases) {
    SCOPED_TRACE(c.profile);
    const CompiledProfile profile = MustCompile(DccScheme(), c.profile);
    uint32_t next = 0;
    for (size_t i = 0; i < c.controls.size(); ++i) {
      EXPECT_EQ(profile.objectives()[i].control_count, c.controls[i]);
      EXPECT_EQ(profile.objectives()[i].first_control, next);
      next += c.controls[i];
    }
    EXPECT_EQ(profile.controls().size(), next);
  }
}

TEST(ProfileTest, LevelSetsAreNotNested) {
  const CompiledProfile one = MustCompile(DccScheme(), "L1");
  const CompiledProfile two = MustCompile(DccScheme(), "L2");
  const CompiledProfile three = MustCompile(DccScheme(), "L3");
  EXPECT_EQ(one.FindControl("2300").membership, Membership::kInScope);
  EXPECT_EQ(two.FindControl("2300").membership, Membership::kOutOfScope);
  EXPECT_EQ(two.FindControl("3101").membership, Membership::kInScope);
  EXPECT_EQ(three.FindControl("3101").membership, Membership::kOutOfScope);
  EXPECT_EQ(three.FindControl("0000").membership, Membership::kUnknown);
}

TEST(ProfileTest, FindsEveryControlAtItsOwnIndex) {
  const CompiledProfile profile = MustCompile(DccScheme(), "L3");
  for (uint32_t i = 0; i < profile.controls().size(); ++i) {
    EXPECT_EQ(profile.FindControl(profile.controls()[i].id).index, i);
  }
}

TEST(ProfileTest, GroupsControlsByObjectiveWhateverTheirOrder) {
  SchemeDefinition scheme = DccScheme();
  std::swap(scheme.controls[0], scheme.controls[40]);
  const CompiledProfile profile = MustCompile(scheme, "L1");
  EXPECT_EQ(profile.controls()[0].id, "0001");
  for (const CompiledObjective& objective : profile.objectives()) {
    for (uint32_t i = 0; i < objective.control_count; ++i) {
      const CompiledControl& control = profile.controls()[objective.first_control + i];
      EXPECT_EQ(profile.objectives()[control.objective].id, objective.id);
    }
  }
}

struct Case {
  std::string_view name;
  std::function<void(SchemeDefinition&)> spoil;
  std::string_view path;
  std::string_view message;
};

QuestionDefinition Question(std::string id, std::string control = "1100") {
  return {std::move(id), std::move(control), {"L1"}};
}

QuestionDefinition Gate(std::string id) {
  QuestionDefinition gate = Question(std::move(id));
  gate.kind = QuestionKind::kGate;
  gate.answers = {"yes", "no"};
  return gate;
}

QuestionDefinition FollowUp(std::string id, std::string gate) {
  QuestionDefinition question = Question(std::move(id));
  question.asked_when = AskedWhen{std::move(gate), {"yes"}};
  return question;
}

const Case kCases[] = {
    {"unknown profile asked for",
     [](auto& s) {
       s.profiles = {"L0", "L2", "L3"};
     },
     "profiles", "no profile 'L1'"},
    {"profile twice", [](auto& s) { s.profiles.push_back("L1"); }, "profiles[4].id", "twice"},
    {"no objectives", [](auto& s) { s.objectives.clear(); }, "objectives", "empty"},
    {"objective twice", [](auto& s) { s.objectives[1].id = "CE"; }, "objectives[1].id", "twice"},
    {"empty objective id", [](auto& s) { s.objectives[1].id = ""; }, "objectives[1].id", "empty"},
    {"control twice", [](auto& s) { s.controls[1].id = "0001"; }, "controls[1].id", "twice"},
    {"unknown objective", [](auto& s) { s.controls[1].objective = "X"; }, "controls[1].objective",
     "'X'"},
    {"unknown profile of a control", [](auto& s) { s.controls[1].profiles.push_back("L9"); },
     "controls[1].profiles", "'L9'"},
    {"question twice",
     [](auto& s) {
       s.questions = {Question("1100.1"), Question("1100.1")};
     },
     "questions[1].id", "twice"},
    {"question of an unknown control", [](auto& s) { s.questions = {Question("9999.1", "9999")}; },
     "questions[0].control", "'9999'"},
    {"question where its control is not assessed",
     [](auto& s) {
       s.questions = {Question("1100.1")};
       s.questions[0].profiles.push_back("L0");
     },
     "questions[0].profiles", "not assessed at profile 'L0'"},
    {"unscored question that is no gate",
     [](auto& s) {
       s.questions = {Question("1100.1"), Question("1100.2")};
       s.questions[1].scored = false;
     },
     "questions[1].scored", "only a gate"},
    {"unknown gate",
     [](auto& s) {
       s.questions = {Question("1100.1"), FollowUp("1100.2", "1100.9")};
     },
     "questions[1].asked_when.gate", "not an earlier question"},
    {"gate that comes later",
     [](auto& s) {
       s.questions = {Question("1100.1"), FollowUp("1100.2", "1100.3"), Gate("1100.3")};
     },
     "questions[1].asked_when.gate", "not an earlier question"},
    {"gate on itself",
     [](auto& s) {
       s.questions = {Question("1100.1"), FollowUp("1100.2", "1100.2")};
     },
     "questions[1].asked_when.gate", "not an earlier question"},
    {"gate that is none",
     [](auto& s) {
       s.questions = {Question("1100.1"), FollowUp("1100.2", "1100.1")};
     },
     "questions[1].asked_when.gate", "not a gate"},
    {"gate of another control",
     [](auto& s) {
       s.questions = {Gate("1100.1"), Question("1200.1", "1200"), FollowUp("1200.2", "1100.1")};
       s.questions[2].control = "1200";
     },
     "questions[2].asked_when.gate", "belongs to control '1100'"},
    {"gate that is not asked where its follow-up is",
     [](auto& s) {
       s.questions = {Question("1100.1"), Gate("1100.2"), FollowUp("1100.3", "1100.2")};
       s.questions[2].profiles.push_back("L2");
       s.questions[0].profiles.push_back("L2");
     },
     "questions[2].asked_when.gate", "not asked at profile 'L2'"},
    {"condition without answers",
     [](auto& s) {
       s.questions = {Gate("1100.1"), FollowUp("1100.2", "1100.1")};
       s.questions[1].asked_when->answers.clear();
     },
     "questions[1].asked_when.answers", "never be asked"},
    {"condition on an empty answer",
     [](auto& s) {
       s.questions = {Gate("1100.1"), FollowUp("1100.2", "1100.1")};
       s.questions[1].asked_when->answers = {""};
     },
     "questions[1].asked_when.answers", "empty answer"},
    {"condition on an answer the gate does not have",
     [](auto& s) {
       s.questions = {Question("1100.1"), Gate("1100.2"), FollowUp("1100.3", "1100.2")};
       s.questions[1].answers = {"no", "maybe"};
     },
     "questions[2].asked_when.answers", "'yes' is no answer of gate '1100.2'"},
    {"answers of a question that is no gate",
     [](auto& s) {
       s.questions = {Question("1100.1")};
       s.questions[0].answers = {"no", "yes"};
     },
     "questions[0].answers", "only a gate"},
    {"answer twice",
     [](auto& s) {
       s.questions = {Question("1100.1"), Gate("1100.2")};
       s.questions[1].answers = {"no", "no"};
     },
     "questions[1].answers", "twice"},
    {"gate without answers",
     [](auto& s) {
       s.questions = {Question("1100.1"), Gate("1100.2")};
       s.questions[1].answers.clear();
     },
     "questions[1].answers", "has 0 entries; a gate lists 1 to 64"},
    {"empty answer",
     [](auto& s) {
       s.questions = {Question("1100.1"), Gate("1100.2")};
       s.questions[1].answers = {"no", ""};
     },
     "questions[1].answers", "empty answer"},
    {"control with conditional questions only",
     [](auto& s) {
       s.questions = {Gate("1100.1"), FollowUp("1100.2", "1100.1")};
       s.questions[0].scored = false;
     },
     "controls[2]", "none that is scored and always asked"},
    {"threshold missing", [](auto& s) { s.rules.thresholds.erase(s.rules.thresholds.begin() + 1); },
     "rules.thresholds", "none for profile 'L1'"},
    {"threshold of an unknown profile",
     [](auto& s) {
       s.rules.thresholds.push_back({"L9", 50});
     },
     "rules.thresholds[4].profile", "'L9'"},
    {"threshold twice",
     [](auto& s) {
       s.rules.thresholds.push_back({"L1", 50});
     },
     "rules.thresholds[4].id", "twice"},
    {"threshold above a hundred", [](auto& s) { s.rules.thresholds[0].percent = 101; },
     "rules.thresholds[0].percent", "101"},
    {"threshold below zero", [](auto& s) { s.rules.thresholds[0].percent = -1; },
     "rules.thresholds[0].percent", "-1"},
    {"objective without a rule", [](auto& s) { s.rules.objectives.pop_back(); }, "rules.objectives",
     "objective 'D'"},
    {"rule of an unknown objective",
     [](auto& s) {
       s.rules.objectives.push_back({"X", true, false});
     },
     "rules.objectives[5].objective", "'X'"},
    {"empty incomplete text", [](auto& s) { s.rules.texts.incomplete = ""; },
     "rules.texts.incomplete", "empty"},
};

TEST(ProfileTest, RefusesInconsistentDefinitionsWithPathAndMessage) {
  for (const Case& c : kCases) {
    SCOPED_TRACE(c.name);
    SchemeDefinition scheme = DccScheme();
    c.spoil(scheme);
    const CompileResult result = Compile(scheme, "L1");
    EXPECT_FALSE(result.profile.has_value());
    bool found = false;
    for (const DefinitionProblem& problem : result.problems) {
      found |= problem.path == c.path && problem.message.find(c.message) != std::string::npos;
    }
    EXPECT_TRUE(found) << "got " << result.problems.size() << " problems, first: "
                       << (result.problems.empty()
                               ? ""
                               : result.problems[0].path + " " + result.problems[0].message);
  }
}

TEST(ProfileTest, HoldsItsLimits) {
  const auto problems = [](size_t questions) {
    SchemeDefinition scheme = DccScheme();
    for (size_t i = 0; i < questions; ++i) {
      scheme.questions.push_back(Question("1100." + std::to_string(i)));
    }
    return Compile(scheme, "L1").problems;
  };
  EXPECT_TRUE(problems(kMaxQuestionsPerControl).empty());
  ASSERT_EQ(problems(kMaxQuestionsPerControl + 1).size(), 1u);
  EXPECT_THAT(problems(kMaxQuestionsPerControl + 1)[0].message,
              HasSubstr("more than 100 questions"));

  const auto with_questions = [](size_t questions) {
    SchemeDefinition scheme = DccScheme();
    std::erase_if(scheme.controls, [](const ControlDefinition& control) {
      return !Contains(control.profiles, "L3");
    });
    for (size_t i = 0; i < questions; ++i) {
      const std::string& control = scheme.controls[i / kMaxQuestionsPerControl].id;
      scheme.questions.push_back({"q" + std::to_string(i), control, {"L3"}});
    }
    return Compile(scheme, "L3").problems;
  };
  EXPECT_TRUE(with_questions(kMaxQuestions).empty());
  ASSERT_EQ(with_questions(kMaxQuestions + 1).size(), 1u);
  EXPECT_EQ(with_questions(kMaxQuestions + 1)[0].message,
            "has 10001 entries; at most 10000 are allowed");

  const auto with_objectives = [](size_t objectives) {
    SchemeDefinition scheme = DccScheme();
    for (size_t i = scheme.objectives.size(); i < objectives; ++i) {
      scheme.objectives.push_back({"o" + std::to_string(i), "Objective"});
      scheme.rules.objectives.push_back({.objective = scheme.objectives.back().id});
    }
    return Compile(scheme, "L1").problems;
  };
  EXPECT_TRUE(with_objectives(kMaxObjectives).empty());
  ASSERT_EQ(with_objectives(kMaxObjectives + 1).size(), 1u);
  EXPECT_EQ(with_objectives(kMaxObjectives + 1)[0].message,
            "has 65 entries; at most 64 are allowed");

  SchemeDefinition scheme = DccScheme();
  scheme.controls.clear();
  for (size_t i = 0; i < kMaxControls; ++i) {
    scheme.controls.push_back({std::to_string(i), "A", "", {"L1"}, {}});
  }
  EXPECT_TRUE(Compile(scheme, "L1").problems.empty());
  scheme.controls.push_back({"one too many", "A", "", {"L1"}, {}});
  ASSERT_EQ(Compile(scheme, "L1").problems.size(), 1u);
  EXPECT_EQ(Compile(scheme, "L1").problems[0].path, "controls");
}

}  // namespace
}  // namespace assay::scoring
