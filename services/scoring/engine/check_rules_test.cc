// Every refusal of the rules of model version 2, each by one change to a sound scheme.

#include "services/scoring/engine/check_rules.h"

#include <functional>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "services/scoring/engine/profile.h"
#include "services/scoring/engine/testing/random_scheme.h"

namespace assay::scoring {
namespace {

// Objectives A and B, controls x (with a question) and y, three scales, three outcomes.
SchemeDefinition Sound() {
  SchemeDefinition scheme;
  scheme.profiles = {"P", "Q"};
  scheme.objectives = {{"A", ""}, {"B", ""}};
  scheme.controls = {{"x", "A", "", {"P"}, {}}, {"y", "B", "", {"P", "Q"}, {}}};
  scheme.questions = {{"x.1", "x", {"P"}}};
  RuleSetDefinition& rules = scheme.rules;
  rules.scales = {{"two", {{"pass", 1}, {"fail", 0}}},
                  {"three", {{"a", 2}, {"b", 1}, {"c", 0}}},
                  {"four", {{"a", 9}, {"b", 9}, {"c", 5}, {"d", 1}}}};
  rules.default_scale = "three";
  rules.items = {{"y", "four", true}};
  rules.objectives = {{"A", true, true}, {"B", true, false, 50, 3}};
  rules.thresholds = {{"P", 80}, {"Q", 80}};
  rules.outcomes = {{"passed", OutcomeKind::kPassed, "Passed", {.objectives_pass = true}},
                    {"nearly",
                     OutcomeKind::kConditional,
                     "Nearly",
                     {.percent_at_least = 50,
                      .points_at_least = 1,
                      .shortfall_at_most = 2,
                      .item_shortfall_at_most = 1,
                      .item_shortfall_exceptions = {{"y", 4}},
                      .full_marks = {"x"},
                      .full_objectives = {"B"},
                      .requirements_met = true}},
                    {"failed", OutcomeKind::kFailed, "Failed", {}}};
  rules.requirements = {{"P", "x", "b"}, {"Q", "y", "c"}};
  rules.ratification = {{{"P"}}};
  rules.texts = {"Incomplete", ", "};
  return scheme;
}

struct Case {
  std::string_view name;
  std::function<void(SchemeDefinition&)> spoil;
  std::string_view path;
  std::string_view message;
};

const Case kCases[] = {
    {"scale without an id", [](auto& s) { s.rules.scales[0].id = ""; }, "rules.scales[0].id",
     "is empty"},
    {"scale twice", [](auto& s) { s.rules.scales[0].id = "four"; }, "rules.scales[2].id", "twice"},
    {"one mark", [](auto& s) { s.rules.scales[0].marks.pop_back(); }, "rules.scales[0].marks",
     "has 1 entries; 2 to 16 are allowed"},
    {"mark without an id", [](auto& s) { s.rules.scales[1].marks[2].id = ""; },
     "rules.scales[1].marks[2].id", "is empty"},
    {"mark twice", [](auto& s) { s.rules.scales[1].marks[2].id = "a"; },
     "rules.scales[1].marks[2].id", "'a' is used twice"},
    {"points below zero", [](auto& s) { s.rules.scales[1].marks[2].points = -1; },
     "rules.scales[1].marks[2].points", "-1 is outside 0 to 1000"},
    {"points above the limit", [](auto& s) { s.rules.scales[1].marks[0].points = kMaxPoints + 1; },
     "rules.scales[1].marks[0].points", "1001 is outside"},
    {"points that rise", [](auto& s) { s.rules.scales[1].marks[2].points = 2; },
     "rules.scales[1].marks[2].points", "points never rise"},
    {"points all the same", [](auto& s) { s.rules.scales[0].marks[0].points = 0; },
     "rules.scales[0].marks", "the same points"},
    {"unknown default scale", [](auto& s) { s.rules.default_scale = "five"; },
     "rules.default_scale", "'five' is not a scale"},
    {"item of an unknown control", [](auto& s) { s.rules.items[0].control = "z"; },
     "rules.items[0].control", "'z' is not a control"},
    {"item twice",
     [](auto& s) {
       s.rules.items.push_back({"y", "", false});
     },
     "rules.items[1].id", "'y' is used twice"},
    {"item of an unknown scale", [](auto& s) { s.rules.items[0].scale = "five"; },
     "rules.items[0].scale", "'five' is not a scale"},
    {"questions of a scale of four",
     [](auto& s) {
       s.rules.items.push_back({"x", "four", true});
     },
     "questions[0].control", "more than 3 marks"},
    {"question without a column", [](auto& s) { s.rules.derivation = Derivation::kIndicators; },
     "questions[0].indicator", "is missing"},
    {"objective's threshold above a hundred",
     [](auto& s) { s.rules.objectives[1].threshold_percent = 101; },
     "rules.objectives[1].threshold_percent", "101 is outside 0 to 100"},
    {"objective's limit below zero",
     [](auto& s) { s.rules.objectives[1].item_shortfall_at_most = -1; },
     "rules.objectives[1].item_shortfall_at_most", "-1 is outside 0 to 1000"},
    {"objective ruled twice",
     [](auto& s) {
       s.rules.objectives.push_back({"A", true, false});
     },
     "rules.objectives[2].id", "'A' is used twice"},
    {"no outcomes", [](auto& s) { s.rules.outcomes.clear(); }, "rules.outcomes", "is empty"},
    {"outcome without an id", [](auto& s) { s.rules.outcomes[1].id = ""; }, "rules.outcomes[1].id",
     "is empty"},
    {"outcome twice", [](auto& s) { s.rules.outcomes[1].id = "passed"; }, "rules.outcomes[1].id",
     "twice"},
    {"outcome without a wording", [](auto& s) { s.rules.outcomes[1].text = ""; },
     "rules.outcomes[1].text", "is empty"},
    {"outcome in the middle without conditions", [](auto& s) { s.rules.outcomes[1].when = {}; },
     "rules.outcomes[1].when", "only the last outcome has no conditions"},
    {"last outcome with conditions",
     [](auto& s) { s.rules.outcomes[2].when.objectives_pass = true; }, "rules.outcomes[2].when",
     "the last outcome has no conditions"},
    {"anchor without a failed outcome at the end",
     [](auto& s) { s.rules.outcomes[2].kind = OutcomeKind::kRated; }, "rules.outcomes",
     "does not end with a failed one"},
    {"percent above a hundred", [](auto& s) { s.rules.outcomes[1].when.percent_at_least = 101; },
     "rules.outcomes[1].when.percent_at_least", "101 is outside 0 to 100"},
    {"points below zero in a condition",
     [](auto& s) { s.rules.outcomes[1].when.points_at_least = -1; }, "rules.outcomes[1].when",
     "no limit is below 0"},
    {"shortfall below zero", [](auto& s) { s.rules.outcomes[1].when.shortfall_at_most = -2; },
     "rules.outcomes[1].when", "holds -2"},
    {"item shortfall below zero",
     [](auto& s) { s.rules.outcomes[1].when.item_shortfall_at_most = -3; },
     "rules.outcomes[1].when", "holds -3"},
    {"exceptions from nothing",
     [](auto& s) { s.rules.outcomes[1].when.item_shortfall_at_most = std::nullopt; },
     "rules.outcomes[1].when.item_shortfall_exceptions", "without item_shortfall_at_most"},
    {"exception of an unknown control",
     [](auto& s) { s.rules.outcomes[1].when.item_shortfall_exceptions[0].control = "z"; },
     "rules.outcomes[1].when.item_shortfall_exceptions", "'z' is not a control"},
    {"exception below zero",
     [](auto& s) { s.rules.outcomes[1].when.item_shortfall_exceptions[0].at_most = -1; },
     "rules.outcomes[1].when.item_shortfall_exceptions", "holds -1; no limit is below 0"},
    {"exception of a control twice",
     [](auto& s) {
       s.rules.outcomes[1].when.item_shortfall_exceptions.push_back({"y", 5});
     },
     "rules.outcomes[1].when.item_shortfall_exceptions", "names control 'y' again"},
    {"full marks of an unknown control",
     [](auto& s) { s.rules.outcomes[1].when.full_marks = {"z"}; },
     "rules.outcomes[1].when.full_marks", "'z' is not a control"},
    {"full objective that is unknown",
     [](auto& s) { s.rules.outcomes[1].when.full_objectives = {"Z"}; },
     "rules.outcomes[1].when.full_objectives", "'Z' is not an objective"},
    {"requirement at an unknown profile", [](auto& s) { s.rules.requirements[0].profile = "R"; },
     "rules.requirements[0].profile", "'R' is not a profile"},
    {"requirement of an unknown control", [](auto& s) { s.rules.requirements[0].control = "z"; },
     "rules.requirements[0].control", "'z' is not a control"},
    {"requirement twice",
     [](auto& s) {
       s.rules.requirements.push_back({"P", "x", "a"});
     },
     "rules.requirements[2]", "again"},
    {"requirement of a mark of another scale",
     [](auto& s) { s.rules.requirements[1].mark = "pass"; }, "rules.requirements[1].mark",
     "'pass' is no mark of control 'y'"},
    {"review reason of an unknown profile",
     [](auto& s) { s.rules.ratification[0].profiles.push_back("R"); },
     "rules.review_reasons[0].profiles", "'R' is not a profile"},
    {"no wording for incomplete", [](auto& s) { s.rules.texts.incomplete = ""; },
     "rules.texts.incomplete", "is empty"},
};

std::string Listed(const std::vector<DefinitionProblem>& problems) {
  std::string list;
  for (const DefinitionProblem& problem : problems) {
    list += problem.path + " " + problem.message + "\n";
  }
  return list;
}

TEST(CheckRulesTest, ASoundSchemeCompilesAtEveryProfile) {
  for (const char* profile : {"P", "Q"}) {
    EXPECT_EQ(Listed(Compile(Sound(), profile).problems), "");
  }
}

TEST(CheckRulesTest, RefusesEachFaultWithPathAndMessage) {
  for (const Case& c : kCases) {
    SCOPED_TRACE(c.name);
    SchemeDefinition scheme = Sound();
    c.spoil(scheme);
    const CompileResult result = Compile(scheme, "P");
    EXPECT_FALSE(result.profile.has_value());
    bool found = false;
    for (const DefinitionProblem& problem : result.problems) {
      found |= problem.path == c.path && problem.message.find(c.message) != std::string::npos;
    }
    EXPECT_TRUE(found) << Listed(result.problems);
  }
}

// At a limit there is nothing to say; one past it there is.
TEST(CheckRulesTest, HoldsItsLimits) {
  const auto with_marks = [](size_t marks) {
    SchemeDefinition scheme = Sound();
    Scale& scale = scheme.rules.scales.emplace_back();
    scale.id = "long";
    for (size_t i = 0; i < marks; ++i) {
      scale.marks.push_back({"m" + std::to_string(i), i == 0 ? kMaxPoints : 0});
    }
    return Listed(Compile(scheme, "P").problems);
  };
  EXPECT_EQ(with_marks(kMaxMarks), "");
  EXPECT_EQ(with_marks(kMaxMarks + 1),
            "rules.scales[3].marks has 17 entries; 2 to 16 are allowed\n");
  const auto with_questions = [](size_t marks) {
    SchemeDefinition scheme = Sound();
    Scale& scale = scheme.rules.scales.emplace_back();
    scale.id = "questions";
    for (size_t i = 0; i < marks; ++i) {
      scale.marks.push_back({"m" + std::to_string(i), static_cast<int32_t>(marks - i)});
    }
    scheme.rules.items.push_back({"x", "questions", true});
    scheme.rules.requirements.clear();
    return Compile(scheme, "P").problems.size();
  };
  EXPECT_EQ(with_questions(kMaxMarksOfQuestions), 0u);
  EXPECT_EQ(with_questions(kMaxMarksOfQuestions + 1), 1u);
  const auto with_scales = [](size_t scales) {
    SchemeDefinition scheme = Sound();
    for (size_t i = scheme.rules.scales.size(); i < scales; ++i) {
      scheme.rules.scales.push_back({"s" + std::to_string(i), {{"a", 1}, {"b", 0}}});
    }
    return Listed(Compile(scheme, "P").problems);
  };
  EXPECT_EQ(with_scales(kMaxScales), "");
  EXPECT_EQ(with_scales(kMaxScales + 1), "rules.scales has 17 entries; at most 16 are allowed\n");
  const auto with_outcomes = [](size_t outcomes) {
    SchemeDefinition scheme = Sound();
    for (size_t i = scheme.rules.outcomes.size(); i < outcomes; ++i) {
      scheme.rules.outcomes.insert(
          scheme.rules.outcomes.begin(),
          {"o" + std::to_string(i), OutcomeKind::kRated, "Text", {.objectives_pass = true}});
    }
    return Listed(Compile(scheme, "P").problems);
  };
  EXPECT_EQ(with_outcomes(kMaxOutcomes), "");
  EXPECT_EQ(with_outcomes(kMaxOutcomes + 1),
            "rules.outcomes has 17 entries; at most 16 are allowed\n");
}

TEST(CheckRulesTest, AGateHasAtMostSixtyFourAnswers) {
  const auto with_answers = [](size_t answers) {
    SchemeDefinition scheme = Sound();
    QuestionDefinition gate = {"x.2", "x", {"P"}, QuestionKind::kGate};
    for (size_t i = 0; i < answers; ++i) {
      gate.answers.push_back("answer " + std::to_string(i));
    }
    scheme.questions.push_back(gate);
    return Listed(Compile(scheme, "P").problems);
  };
  EXPECT_EQ(with_answers(kMaxGateAnswers), "");
  EXPECT_NE(with_answers(kMaxGateAnswers + 1).find("a gate lists 1 to 64 answers"),
            std::string::npos);
}

TEST(CheckRulesTest, RandomSchemesAreSoundAtEveryProfile) {
  for (uint64_t seed = 0; seed < 1'000 && !HasFailure(); ++seed) {
    Random random(seed);
    const SchemeDefinition scheme = RandomScheme(random);
    for (const std::string& profile : scheme.profiles) {
      EXPECT_EQ(Listed(Compile(scheme, profile).problems), "") << "seed " << seed;
    }
  }
}

}  // namespace
}  // namespace assay::scoring
