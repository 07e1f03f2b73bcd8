// Schemes whose documents do not fit together must be refused with the place.

#include "services/catalogue/domain/validate.h"

#include <fstream>
#include <functional>
#include <ostream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/testing/status_matchers.h"
#include "services/catalogue/testing/shipped.h"

namespace assay::catalogue {
namespace {

using nlohmann::json;
using testing_kit::HasField;
using testing_kit::HasMetadata;
using testing_kit::HasReason;
using testing_kit::IsOk;

absl::Status Validate(const ShippedJson& shipped) {
  const auto documents = ParseAll(shipped);
  if (!documents.ok()) return documents.status();
  return ValidateScheme(*documents);
}

json Question(std::string id, json more = json::object()) {
  json question = {{"id", id},       {"control", id.substr(0, 4)},
                   {"title", "t"},   {"kind", "yes_no"},
                   {"scored", true}, {"profiles", {"L1", "L2"}}};
  question.update(more);
  return question;
}

// A set about control 2412 that starts with a gate, as the real one does.
ShippedJson WithGate() {
  ShippedJson shipped = LoadShipped(ASSAY_TEST_DATA);
  shipped.question_set["controls"] = {{{"id", "2412"}, {"title", "VoIP rules"}}};
  shipped.question_set["questions"] = {
      Question("2412.1", {{"kind", "gate"}, {"answers", {"yes", "partly", "no"}}}),
      Question("2412.2",
               {{"asked_when", {{"question", "2412.1"}, {"answers", {"yes", "partly"}}}}}),
      Question("2412.3", {{"profiles", {"L2"}}}),
  };
  return shipped;
}

TEST(ValidateSchemeTest, AcceptsTheShippedScheme) {
  EXPECT_THAT(Validate(LoadShipped(ASSAY_TEST_DATA)), IsOk());
}

TEST(ValidateSchemeTest, AcceptsAQuestionThatDependsOnAGate) {
  EXPECT_THAT(Validate(WithGate()), IsOk());
}

TEST(ValidateSchemeTest, NamesTheAnswersThatAGateHas) {
  ShippedJson shipped = WithGate();
  shipped.question_set["questions"][1]["asked_when"]["answers"] = {"sometimes"};
  const absl::Status status = Validate(shipped);
  EXPECT_THAT(status, HasMetadata("file", "dcc/question-sets/level-0.json"));
  EXPECT_THAT(status, HasMetadata("allowed",
                                  "an answer of gate 2412.1 is required: \"yes\", \"partly\", "
                                  "\"no\""));
}

// The set that tests across services use; its 45 gates exercise what the shipped set does not have.
TEST(ValidateSchemeTest, AcceptsTheSyntheticLevelOneSet) {
  ShippedJson shipped = LoadShipped(ASSAY_TEST_DATA);
  std::ifstream file(std::string(ASSAY_TEST_DATA) +
                     "/../../../tests/data/synthetic-l1-question-set.json");
  shipped.question_set = json::parse(file);
  EXPECT_THAT(Validate(shipped), IsOk());
}

// 2206 and 2207 are exchanged in one public extraction: joined by id alone it would go unseen.
TEST(ValidateSchemeTest, RefusesAQuestionSetThatExchangesTwoControls) {
  ShippedJson shipped = LoadShipped(ASSAY_TEST_DATA);
  shipped.question_set["controls"] = {
      {{"id", "2206"}, {"title", "Split conflicting duties"}},
      {{"id", "2207"}, {"title", "Restricted access to audit data"}}};
  shipped.question_set["questions"] = {Question("2206.1"), Question("2207.1")};
  const absl::Status status = Validate(shipped);
  EXPECT_THAT(status, HasReason(absl::StatusCode::kInvalidArgument, "QUESTION_SET_TITLE_MISMATCH"));
  EXPECT_THAT(status, HasField("controls[0].title"));
  EXPECT_THAT(status, HasMetadata("control", "2206"));
  EXPECT_THAT(status, HasMetadata("title", "Split conflicting duties"));
  EXPECT_THAT(status, HasMetadata("catalogue_title", "Restricted access to audit data"));
  EXPECT_THAT(status, HasMetadata("file", "dcc/question-sets/level-0.json"));
}

struct Misfit {
  std::string name;
  std::function<void(ShippedJson&)> spoil;
  std::string path;
  std::string value;
};

void PrintTo(const Misfit& misfit, std::ostream* out) { *out << misfit.name; }

class MisfitTest : public ::testing::TestWithParam<Misfit> {
 protected:
  static void ExpectRefused(ShippedJson shipped) {
    GetParam().spoil(shipped);
    const absl::Status status = Validate(shipped);
    ASSERT_THAT(status, HasReason(absl::StatusCode::kInvalidArgument, "SCHEME_FILE_INVALID"));
    EXPECT_THAT(status, HasMetadata("path", GetParam().path));
    EXPECT_THAT(status, HasMetadata("value", GetParam().value));
  }
};

class MisfitInShippedTest : public MisfitTest {};
class MisfitWithGateTest : public MisfitTest {};

TEST_P(MisfitInShippedTest, IsRefusedWithItsPlace) { ExpectRefused(LoadShipped(ASSAY_TEST_DATA)); }
TEST_P(MisfitWithGateTest, IsRefusedWithItsPlace) { ExpectRefused(WithGate()); }

INSTANTIATE_TEST_SUITE_P(
    Catalogues, MisfitInShippedTest,
    ::testing::Values(
        Misfit{"ObjectiveTwice", [](ShippedJson& s) { s.catalogue["objectives"][2]["id"] = "A"; },
               "objectives[2].id", "\"A\""},
        Misfit{"ProfileTwice", [](ShippedJson& s) { s.catalogue["profiles"][1]["id"] = "L0"; },
               "profiles[1].id", "\"L0\""},
        Misfit{"ControlTwice", [](ShippedJson& s) { s.catalogue["controls"][3]["id"] = "1100"; },
               "controls[3].id", "\"1100\""},
        Misfit{"UnknownObjective",
               [](ShippedJson& s) { s.catalogue["controls"][3]["objective"] = "E"; },
               "controls[3].objective", "\"E\""},
        Misfit{"UnknownProfile",
               [](ShippedJson& s) { s.catalogue["controls"][17]["profiles"][1] = "L4"; },
               "controls[17].profiles[1]", "\"L4\""},
        Misfit{"ProfileRepeated",
               [](ShippedJson& s) {
                 s.catalogue["controls"][17]["profiles"] = {"L1", "L1"};
               },
               "controls[17].profiles[1]", "\"L1\""},
        Misfit{"ProfilesOutOfOrder",
               [](ShippedJson& s) {
                 s.catalogue["controls"][17]["profiles"] = {"L2", "L1"};
               },
               "controls[17].profiles[1]", "\"L1\""},
        Misfit{"ControlsOutOfOrder",
               [](ShippedJson& s) {
                 std::swap(s.catalogue["controls"][3], s.catalogue["controls"][4]);
               },
               "controls[4]", "\"1101\""},
        Misfit{"ControlsNotGrouped",
               [](ShippedJson& s) { s.catalogue["controls"][3]["objective"] = "B"; }, "controls[4]",
               "\"1102\""},
        Misfit{"EmptyProfile",
               [](ShippedJson& s) {
                 s.catalogue["profiles"].push_back({{"id", "L4"}, {"title", "Level 4"}});
               },
               "profiles[4]", "\"L4\""}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Rules, MisfitInShippedTest,
    ::testing::Values(
        Misfit{"ThresholdMissing", [](ShippedJson& s) { s.rule_set["thresholds"].erase(3); },
               "thresholds", "without \"L3\""},
        Misfit{"ThresholdTwice",
               [](ShippedJson& s) { s.rule_set["thresholds"][3]["profile"] = "L1"; },
               "thresholds[3].profile", "\"L1\""},
        Misfit{"ThresholdUnknown",
               [](ShippedJson& s) { s.rule_set["thresholds"][3]["profile"] = "L9"; },
               "thresholds[3].profile", "\"L9\""},
        Misfit{"ObjectiveMissing", [](ShippedJson& s) { s.rule_set["objectives"].erase(0); },
               "objectives", "without \"CE\""},
        Misfit{"AnchorUnknown",
               [](ShippedJson& s) { s.rule_set["objectives"][0]["objective"] = "CE+"; },
               "objectives[0].objective", "\"CE+\""},
        Misfit{"CatalogueUnknown", [](ShippedJson& s) { s.rule_set["catalogue"] = "other"; },
               "catalogue", "\"schemes/dcc/catalogues/other\""},
        Misfit{"RuleSetIdTwice", [](ShippedJson& s) { s.earlier_rule_set["id"] = "asr-2.1"; }, "id",
               "\"asr-2.1\""},
        Misfit{"DefaultCatalogueUnknown",
               [](ShippedJson& s) { s.scheme["default_catalogue"] = "other"; }, "default_catalogue",
               "\"schemes/dcc/catalogues/other\""},
        Misfit{"DefaultRuleSetUnknown",
               [](ShippedJson& s) { s.scheme["default_rule_set"] = "asr-3"; }, "default_rule_set",
               "\"schemes/dcc/ruleSets/asr-3\""}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Questions, MisfitInShippedTest,
    ::testing::Values(
        Misfit{"UnknownControl",
               [](ShippedJson& s) { s.question_set["controls"][0]["id"] = "0009"; },
               "controls[0].id", "\"0009\""},
        Misfit{"ControlTwice",
               [](ShippedJson& s) {
                 s.question_set["controls"].push_back(s.question_set["controls"][0]);
               },
               "controls[3].id", "\"0001\""},
        Misfit{"ControlWithoutQuestion",
               [](ShippedJson& s) {
                 s.question_set["controls"].push_back({{"id", "2412"}, {"title", "VoIP rules"}});
               },
               "controls[3]", "\"2412\""},
        Misfit{"QuestionOfUnlistedControl",
               [](ShippedJson& s) { s.question_set["controls"].erase(2); }, "questions[4].control",
               "\"2500\""},
        Misfit{"QuestionIdOfOtherControl",
               [](ShippedJson& s) { s.question_set["questions"][2]["id"] = "0001.3"; },
               "questions[2].id", "\"0001.3\""},
        Misfit{"QuestionNumberZero",
               [](ShippedJson& s) { s.question_set["questions"][0]["id"] = "0001.0"; },
               "questions[0].id", "\"0001.0\""},
        Misfit{"QuestionNumberPastLimit",
               [](ShippedJson& s) { s.question_set["questions"][0]["id"] = "0001.10000"; },
               "questions[0].id", "\"0001.10000\""},
        Misfit{"QuestionNumberNotANumber",
               [](ShippedJson& s) { s.question_set["questions"][0]["id"] = "0001.1a"; },
               "questions[0].id", "\"0001.1a\""},
        Misfit{"QuestionTwice",
               [](ShippedJson& s) { s.question_set["questions"][1]["id"] = "0001.1"; },
               "questions[1].id", "\"0001.1\""},
        Misfit{"ProfileWithoutTheControl",
               [](ShippedJson& s) {
                 s.question_set = WithGate().question_set;
                 s.question_set["questions"][2]["profiles"] = {"L0"};
               },
               "questions[2].profiles", "\"2412.3\""},
        Misfit{"NothingScored",
               [](ShippedJson& s) {
                 s.question_set["questions"][0]["scored"] = false;
                 s.question_set["questions"][1]["scored"] = false;
               },
               "controls[0]", "\"0001\" at profile L0"}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Gates, MisfitWithGateTest,
    ::testing::Values(
        Misfit{"UnknownGate",
               [](ShippedJson& s) {
                 s.question_set["questions"][1]["asked_when"]["question"] = "2412.9";
               },
               "questions[1].asked_when.question", "\"2412.9\""},
        Misfit{"LaterGate",
               [](ShippedJson& s) {
                 json& questions = s.question_set["questions"];
                 std::swap(questions[0], questions[1]);
               },
               "questions[0].asked_when.question", "\"2412.1\""},
        Misfit{"ItselfAsGate",
               [](ShippedJson& s) {
                 s.question_set["questions"][1]["kind"] = "gate";
                 s.question_set["questions"][1]["answers"] = {"yes", "partly"};
                 s.question_set["questions"][1]["asked_when"]["question"] = "2412.2";
               },
               "questions[1].asked_when.question", "\"2412.2\""},
        Misfit{"NotAGate",
               [](ShippedJson& s) {
                 s.question_set["questions"][0]["kind"] = "yes_no";
                 s.question_set["questions"][0].erase("answers");
               },
               "questions[1].asked_when.question", "\"2412.1\""},
        Misfit{"GateOfOtherControl",
               [](ShippedJson& s) {
                 s.question_set["controls"].push_back(
                     {{"id", "2413"}, {"title", "Mobile code rules"}});
                 s.question_set["questions"].push_back(Question(
                     "2413.1", {{"asked_when", {{"question", "2412.1"}, {"answers", {"yes"}}}}}));
               },
               "questions[3].asked_when.question", "\"2412.1\""},
        Misfit{"GateNotAskedEverywhere",
               [](ShippedJson& s) { s.question_set["questions"][0]["profiles"] = {"L1"}; },
               "questions[1].asked_when.question", "\"2412.1\""},
        Misfit{"GateAnswerTwice",
               [](ShippedJson& s) {
                 s.question_set["questions"][0]["answers"] = {"yes", "partly", "yes"};
               },
               "questions[0].answers[2]", "\"yes\""},
        Misfit{"AnswerTheGateDoesNotHave",
               [](ShippedJson& s) {
                 s.question_set["questions"][1]["asked_when"]["answers"] = {"yes", "Partly"};
               },
               "questions[1].asked_when.answers[1]", "\"Partly\""},
        Misfit{"AnswerTwice",
               [](ShippedJson& s) {
                 s.question_set["questions"][1]["asked_when"]["answers"] = {"yes", "yes"};
               },
               "questions[1].asked_when.answers[1]", "\"yes\""},
        Misfit{"OnlyConditionalQuestionsScored",
               [](ShippedJson& s) { s.question_set["questions"][0]["scored"] = false; },
               "controls[0]", "\"2412\" at profile L1"}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace assay::catalogue
