// Whatever could mean two things in documents of model version 2 is refused with its place.

#include <cstdint>
#include <functional>
#include <ostream>
#include <string>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/testing/status_matchers.h"
#include "services/catalogue/domain/validate.h"
#include "services/catalogue/limits.h"
#include "services/catalogue/testing/model_two.h"

namespace assay::catalogue {
namespace {

using nlohmann::json;
using testing_kit::HasMetadata;
using testing_kit::HasReason;
using testing_kit::IsOk;

absl::Status Validate(const ModelTwoJson& two) {
  const auto documents = ParseAll(two);
  if (!documents.ok()) return documents.status();
  return ValidateScheme(*documents);
}

json FourMarks() {
  json marks = json::array();
  for (const char* id : {"a", "b", "c", "d"}) {
    marks.push_back({{"id", id}, {"points", 3 - static_cast<int>(marks.size())}});
  }
  return marks;
}

struct Ambiguity {
  std::string name;
  std::function<void(ModelTwoJson&)> spoil;
  std::string path;
  std::string value;
};

void PrintTo(const Ambiguity& ambiguity, std::ostream* out) { *out << ambiguity.name; }

class ModelTwoRefusalTest : public ::testing::TestWithParam<Ambiguity> {};

TEST_P(ModelTwoRefusalTest, IsRefusedWithItsPlace) {
  ModelTwoJson two = MakeModelTwo();
  GetParam().spoil(two);
  const absl::Status status = Validate(two);
  ASSERT_THAT(status, HasReason(absl::StatusCode::kInvalidArgument, "SCHEME_FILE_INVALID"));
  EXPECT_THAT(status, HasMetadata("path", GetParam().path));
  EXPECT_THAT(status, HasMetadata("value", GetParam().value));
  EXPECT_NE(ErrorMetadata(status, "allowed"), "");
}

// By itself a file has a wrong form.
INSTANTIATE_TEST_SUITE_P(
    Form, ModelTwoRefusalTest,
    ::testing::Values(
        Ambiguity{"OneMark", [](ModelTwoJson& s) { s.rule_set["scales"][1]["marks"].erase(1); },
                  "scales[1].marks", "a list of 1"},
        Ambiguity{"PointsPastLimit",
                  [](ModelTwoJson& s) { s.rule_set["scales"][0]["marks"][0]["points"] = 1001; },
                  "scales[0].marks[0].points", "1001"},
        Ambiguity{"MarkWithoutPoints",
                  [](ModelTwoJson& s) { s.rule_set["scales"][0]["marks"][0].erase("points"); },
                  "scales[0].marks[0].points", "missing"},
        Ambiguity{"NoScales", [](ModelTwoJson& s) { s.rule_set["scales"] = json::array(); },
                  "scales", "a list of 0"},
        Ambiguity{"NoDefaultScale", [](ModelTwoJson& s) { s.rule_set.erase("default_scale"); },
                  "default_scale", "missing"},
        Ambiguity{"CountsAsText", [](ModelTwoJson& s) { s.rule_set["items"][1]["counts"] = "no"; },
                  "items[1].counts", "\"no\""},
        Ambiguity{"ItemThatSaysNothing",
                  [](ModelTwoJson& s) {
                    s.rule_set["items"][1] = {{"control", "b2"}};
                  },
                  "items[1]", "an entry with 'control' alone, which says nothing"},
        Ambiguity{"UnknownDerivation",
                  [](ModelTwoJson& s) { s.rule_set["derivation"] = "best_of"; }, "derivation",
                  "\"best_of\""},
        Ambiguity{"ObjectivePercentPastHundred",
                  [](ModelTwoJson& s) { s.rule_set["objectives"][1]["threshold_percent"] = 101; },
                  "objectives[1].threshold_percent", "101"},
        Ambiguity{"ModelOneKeyPoints",
                  [](ModelTwoJson& s) {
                    s.rule_set["points"] = {{"met", 2}};
                  },
                  "points", "an unknown key"},
        Ambiguity{"ModelOneKeyFailOnZero",
                  [](ModelTwoJson& s) { s.rule_set["fail_on_zero_points"] = true; },
                  "fail_on_zero_points", "an unknown key"},
        Ambiguity{"ModelOneResultString",
                  [](ModelTwoJson& s) { s.rule_set["result_strings"]["pass"] = "Passed"; },
                  "result_strings.pass", "an unknown key"},
        Ambiguity{"NoOutcomes", [](ModelTwoJson& s) { s.rule_set["outcomes"] = json::array(); },
                  "outcomes", "a list of 0"},
        Ambiguity{"UnknownOutcomeKind",
                  [](ModelTwoJson& s) { s.rule_set["outcomes"][0]["kind"] = "won"; },
                  "outcomes[0].kind", "\"won\""},
        Ambiguity{"UnknownPlaceholder",
                  [](ModelTwoJson& s) { s.rule_set["outcomes"][0]["text"] = "Passed {percent}"; },
                  "outcomes[0].text", "\"Passed {percent}\""},
        Ambiguity{
            "NestedPlaceholder",
            [](ModelTwoJson& s) { s.rule_set["outcomes"][0]["text"] = "{obj{score}ectives}"; },
            "outcomes[0].text", "\"{obj{score}ectives}\""},
        Ambiguity{"PlaceholderInIncomplete",
                  [](ModelTwoJson& s) { s.rule_set["result_strings"]["incomplete"] = "{score}"; },
                  "result_strings.incomplete", "\"{score}\""},
        Ambiguity{
            "ObjectivesPassFalse",
            [](ModelTwoJson& s) { s.rule_set["outcomes"][0]["when"]["objectives_pass"] = false; },
            "outcomes[0].when.objectives_pass", "false"},
        Ambiguity{
            "RequirementsMetFalse",
            [](ModelTwoJson& s) { s.rule_set["outcomes"][0]["when"]["requirements_met"] = false; },
            "outcomes[0].when.requirements_met", "false"},
        Ambiguity{
            "PercentThatAlwaysHolds",
            [](ModelTwoJson& s) { s.rule_set["outcomes"][0]["when"]["percent_at_least"] = 0; },
            "outcomes[0].when.percent_at_least", "0"},
        Ambiguity{"PointsThatAlwaysHold",
                  [](ModelTwoJson& s) { s.rule_set["outcomes"][1]["when"]["points_at_least"] = 0; },
                  "outcomes[1].when.points_at_least", "0"},
        Ambiguity{"UnknownCondition",
                  [](ModelTwoJson& s) { s.rule_set["outcomes"][0]["when"]["luck"] = 7; },
                  "outcomes[0].when.luck", "an unknown key"},
        Ambiguity{"EmptyFullMarks",
                  [](ModelTwoJson& s) {
                    s.rule_set["outcomes"][0]["when"]["full_marks"] = json::array();
                  },
                  "outcomes[0].when.full_marks", "a list of 0"},
        Ambiguity{"ScoreBasePastLimit", [](ModelTwoJson& s) { s.rule_set["score_base"] = -100001; },
                  "score_base", "-100001"},
        Ambiguity{"UnknownReviewReason",
                  [](ModelTwoJson& s) { s.rule_set["review_reasons"][0]["reason"] = "SAMPLE"; },
                  "review_reasons[0].reason", "\"SAMPLE\""},
        Ambiguity{
            "ReviewReasonWithoutProfiles",
            [](ModelTwoJson& s) { s.rule_set["review_reasons"][0]["profiles"] = json::array(); },
            "review_reasons[0].profiles", "a list of 0"},
        Ambiguity{"NoCertificateMonths",
                  [](ModelTwoJson& s) { s.rule_set["validity"]["certificate_months"] = 0; },
                  "validity.certificate_months", "0"},
        Ambiguity{"AttestationAfterExpiry",
                  [](ModelTwoJson& s) { s.rule_set["validity"]["attestation_months"] = 37; },
                  "validity.attestation_months", "37"},
        Ambiguity{"UnknownOption",
                  [](ModelTwoJson& s) { s.rule_set["options"]["rounding"] = "up"; },
                  "options.rounding", "an unknown key"},
        Ambiguity{"FrameFalse", [](ModelTwoJson& s) { s.catalogue["frame"] = false; }, "frame",
                  "false"},
        Ambiguity{"FrameWithControls", [](ModelTwoJson& s) { s.catalogue["frame"] = true; },
                  "controls", "a list of 5"},
        Ambiguity{"OneCertificateKind",
                  [](ModelTwoJson& s) {
                    s.catalogue["controls"][0]["certificate_kinds"] = {"CYBER_BASELINE"};
                  },
                  "controls[0].certificate_kinds", "a list of 1"},
        Ambiguity{"CertificateKindTwice",
                  [](ModelTwoJson& s) {
                    s.catalogue["controls"][0]["certificate_kinds"][1] = "CYBER_ESSENTIALS";
                  },
                  "controls[0].certificate_kinds[1]", "\"CYBER_ESSENTIALS\""},
        Ambiguity{"UnknownCertificateKind",
                  [](ModelTwoJson& s) {
                    s.catalogue["controls"][0]["certificate_kinds"][1] = "ISO_27001";
                  },
                  "controls[0].certificate_kinds[1]", "\"ISO_27001\""},
        Ambiguity{
            "CertificateKindAndKinds",
            [](ModelTwoJson&
                   s) { s.catalogue["controls"][0]["certificate_kind"] = "CYBER_ESSENTIALS"; },
            "controls[0].certificate_kinds", "a list of 2"},
        Ambiguity{"UnknownIndicator",
                  [](ModelTwoJson& s) { s.question_set["questions"][0]["indicator"] = "good"; },
                  "questions[0].indicator", "\"good\""}),
    [](const auto& test) { return test.param.name; });

// The documents of the scheme do not go together, or could mean two things.
INSTANTIATE_TEST_SUITE_P(
    Meaning, ModelTwoRefusalTest,
    ::testing::Values(
        Ambiguity{"ScaleTwice", [](ModelTwoJson& s) { s.rule_set["scales"][1]["id"] = "usual"; }, "scales[1].id", "\"usual\""},
        Ambiguity{"MarkTwice", [](ModelTwoJson& s) { s.rule_set["scales"][0]["marks"][2]["id"] = "yes"; }, "scales[0].marks[2].id", "\"yes\""},
        Ambiguity{"PointsRise", [](ModelTwoJson& s) { s.rule_set["scales"][0]["marks"][2]["points"] = 2; }, "scales[0].marks[2].points", "2"},
        Ambiguity{"ScaleDecidesNothing", [](ModelTwoJson& s) { s.rule_set["scales"][1]["marks"][1]["points"] = 5; }, "scales[1].marks[1].points", "5"},
        Ambiguity{"DefaultScaleUnknown", [](ModelTwoJson& s) { s.rule_set["default_scale"] = "other"; }, "default_scale", "\"other\""},
        Ambiguity{"ItemOfUnknownControl", [](ModelTwoJson& s) { s.rule_set["items"][0]["control"] = "z9"; }, "items[0].control", "\"z9\""},
        Ambiguity{"ItemTwice", [](ModelTwoJson& s) { s.rule_set["items"][1]["control"] = "b1"; }, "items[1].control", "\"b1\""},
        Ambiguity{"ItemScaleUnknown", [](ModelTwoJson& s) { s.rule_set["items"][0]["scale"] = "other"; }, "items[0].scale", "\"other\""},
        Ambiguity{"IndicatorsOverFourMarks", [](ModelTwoJson& s) { s.rule_set["scales"][1]["marks"] = FourMarks(); }, "items[0].scale", "\"heavy\""},
        Ambiguity{"IndicatorsOverFourMarksByDefault", [](ModelTwoJson& s) { s.rule_set["scales"][0]["marks"] = FourMarks(); }, "default_scale", "\"usual\""},
        Ambiguity{"RequirementOfUnknownProfile", [](ModelTwoJson& s) { s.rule_set["requirements"][0]["profile"] = "top"; }, "requirements[0].profile", "\"top\""},
        Ambiguity{"RequirementOfUnknownControl", [](ModelTwoJson& s) { s.rule_set["requirements"][0]["control"] = "z9"; }, "requirements[0].control", "\"z9\""},
        Ambiguity{"RequirementOutsideItsProfile", [](ModelTwoJson& s) { s.rule_set["requirements"][0]["control"] = "a2"; }, "requirements[0].control", "\"a2\""},
        Ambiguity{"RequirementTwice", [](ModelTwoJson& s) { s.rule_set["requirements"].push_back(s.rule_set["requirements"][1]); }, "requirements[3]", "\"a1\" at profile high"},
        Ambiguity{"RequirementMarkOfOtherScale", [](ModelTwoJson& s) { s.rule_set["requirements"][2]["mark"] = "yes"; }, "requirements[2].mark", "\"yes\""},
        Ambiguity{"RequirementsNobodyAsksFor", [](ModelTwoJson& s) { s.rule_set["outcomes"][0]["when"].erase("requirements_met"); }, "requirements", "a list of 3"},
        Ambiguity{"ProfileWithoutRequirement", [](ModelTwoJson& s) { s.rule_set["requirements"].erase(0); }, "outcomes[0].when.requirements_met", "true"},
        Ambiguity{"NoRequirementsAtAll", [](ModelTwoJson& s) { s.rule_set.erase("requirements"); }, "outcomes[0].when.requirements_met", "true"},
        Ambiguity{"ReviewReasonTwice", [](ModelTwoJson& s) { s.rule_set["review_reasons"].push_back(s.rule_set["review_reasons"][0]); }, "review_reasons[1].reason", "\"RATIFICATION\""},
        Ambiguity{"ReviewReasonOfUnknownProfile", [](ModelTwoJson& s) { s.rule_set["review_reasons"][0]["profiles"] = {"top"}; }, "review_reasons[0].profiles[0]", "\"top\""},
        Ambiguity{"OutcomeTwice", [](ModelTwoJson& s) { s.rule_set["outcomes"][1]["id"] = "passed"; }, "outcomes[1].id", "\"passed\""},
        Ambiguity{"LastOutcomeWithConditions", [](ModelTwoJson& s) { s.rule_set["outcomes"][2]["when"] = {{"objectives_pass", true}}; }, "outcomes[2].when", "\"failed\""},
        Ambiguity{"OutcomeWithoutConditions", [](ModelTwoJson& s) { s.rule_set["outcomes"][1].erase("when"); }, "outcomes[1].when", "missing"},
        Ambiguity{"OutcomeWithEmptyConditions", [](ModelTwoJson& s) { s.rule_set["outcomes"][1]["when"] = json::object(); }, "outcomes[1].when", "without a condition"},
        Ambiguity{"ObjectivesPassWhereNoneCanFail", [](ModelTwoJson& s) { for (json& rule : s.rule_set["objectives"]) rule["mandatory"] = rule["anchor"] = false; s.rule_set["outcomes"][1]["when"] = {{"objectives_pass", true}}; }, "outcomes[1].when.objectives_pass", "true"},
        Ambiguity{"PassedAfterFailed", [](ModelTwoJson& s) { s.rule_set["outcomes"][0]["kind"] = "failed"; }, "outcomes[1].kind", "\"conditional\""},
        Ambiguity{"PassedAfterConditional", [](ModelTwoJson& s) { std::swap(s.rule_set["outcomes"][0]["kind"], s.rule_set["outcomes"][1]["kind"]); }, "outcomes[1].kind", "\"conditional\""},
        Ambiguity{"LastNotFailedWithAnchor", [](ModelTwoJson& s) { s.rule_set["outcomes"][2]["kind"] = "rated"; }, "outcomes[2].kind", "\"failed\""},
        Ambiguity{"LastConditional", [](ModelTwoJson& s) { s.rule_set["objectives"][0]["anchor"] = false; s.rule_set["outcomes"][2]["kind"] = "conditional"; }, "outcomes[2].kind", "\"failed\""},
        Ambiguity{"SameConditionsTwice", [](ModelTwoJson& s) { s.rule_set["outcomes"][1]["when"] = s.rule_set["outcomes"][0]["when"]; }, "outcomes[1].when", "\"conditional\""},
        Ambiguity{"StricterAfterLooser", [](ModelTwoJson& s) { s.rule_set["outcomes"][0]["when"] = {{"shortfall_at_most", 5}, {"requirements_met", true}}; s.rule_set["outcomes"][1]["when"] = {{"shortfall_at_most", 4}, {"requirements_met", true}}; }, "outcomes[1].when", "\"conditional\""},
        Ambiguity{"StricterItemsAfterLooser", [](ModelTwoJson& s) { s.rule_set["outcomes"][0]["when"] = {{"item_shortfall_at_most", 1}, {"requirements_met", true}}; s.rule_set["outcomes"][1]["when"] = {{"item_shortfall_at_most", 0}, {"requirements_met", true}}; }, "outcomes[1].when", "\"conditional\""},
        Ambiguity{"ExceptionsWithoutLimit", [](ModelTwoJson& s) { s.rule_set["outcomes"][1]["when"].erase("item_shortfall_at_most"); }, "outcomes[1].when.item_shortfall_exceptions", "a list of 1"},
        Ambiguity{"ExceptionOfUnknownControl", [](ModelTwoJson& s) { s.rule_set["outcomes"][1]["when"]["item_shortfall_exceptions"][0]["control"] = "z9"; }, "outcomes[1].when.item_shortfall_exceptions[0].control", "\"z9\""},
        Ambiguity{"ExceptionTwice", [](ModelTwoJson& s) { auto& list = s.rule_set["outcomes"][1]["when"]["item_shortfall_exceptions"]; list.push_back(list[0]); }, "outcomes[1].when.item_shortfall_exceptions[1].control", "\"b1\""},
        Ambiguity{"FullMarksOfUnknownControl", [](ModelTwoJson& s) { s.rule_set["outcomes"][0]["when"]["full_marks"][0] = "z9"; }, "outcomes[0].when.full_marks[0]", "\"z9\""},
        Ambiguity{"FullMarksTwice", [](ModelTwoJson& s) { s.rule_set["outcomes"][0]["when"]["full_marks"] = {"b1", "b1"}; }, "outcomes[0].when.full_marks[1]", "\"b1\""},
        Ambiguity{"FullObjectiveUnknown", [](ModelTwoJson& s) { s.rule_set["outcomes"][0]["when"]["full_objectives"] = {"Z"}; }, "outcomes[0].when.full_objectives[0]", "\"Z\""},
        Ambiguity{"NothingCounts", [](ModelTwoJson& s) { s.rule_set["items"] = json::array(); for (const char* id : {"p1", "a1", "b1", "b2"}) s.rule_set["items"].push_back({{"control", id}, {"counts", false}}); s.rule_set["requirements"][2]["mark"] = "yes"; }, "items", "nothing that counts at profile low"},
        Ambiguity{"AnchorWithoutControl", [](ModelTwoJson& s) { s.catalogue["controls"][0]["profiles"] = {"high"}; }, "objectives[0].anchor", "true"},
        Ambiguity{"AnchorThatDoesNotCount", [](ModelTwoJson& s) { s.rule_set["items"].push_back({{"control", "p1"}, {"counts", false}}); }, "objectives[0].anchor", "true"},
        Ambiguity{"ScoredQuestionWithoutIndicator", [](ModelTwoJson& s) { s.question_set["questions"][1].erase("indicator"); }, "questions[1].indicator", "missing"},
        Ambiguity{"QuestionsOnFourMarks", [](ModelTwoJson& s) { s.rule_set.erase("derivation"); s.rule_set["scales"][0]["marks"] = FourMarks(); s.rule_set["requirements"][0]["mark"] = "a"; s.rule_set["requirements"][1]["mark"] = "a"; }, "controls[0].id", "\"a1\""},
        Ambiguity{"ConfirmationOfEqualTitles", [](ModelTwoJson& s) { s.question_set["controls"][0]["title"] = "One"; }, "controls[0].catalogue_title", "\"One\""},
        Ambiguity{"QuestionSetOverAFrame", [](ModelTwoJson& s) { s.catalogue["frame"] = true; s.catalogue.erase("controls"); }, "controls[0].id", "\"a1\""},
        Ambiguity{"ItemOverAFrame", [](ModelTwoJson& s) { s.catalogue["frame"] = true; s.catalogue.erase("controls"); s.question_set = nullptr; }, "items[0].control", "\"b1\""}),
    [](const auto& test) { return test.param.name; });

TEST(ModelTwoTest, ObjectivesPassMayStandAloneWhereOneCanFail) {
  ModelTwoJson two = MakeModelTwo();
  two.rule_set["outcomes"][1]["when"] = {{"objectives_pass", true}};
  EXPECT_THAT(Validate(two), IsOk());
  for (json& rule : two.rule_set["objectives"]) rule["mandatory"] = rule["anchor"] = false;
  two.rule_set["outcomes"][1]["when"]["points_at_least"] = 1;
  EXPECT_THAT(Validate(two), IsOk());
}

// The values are made when they are needed: every test is a process of its own, and none shall make
// the long lists of all the others.
struct ModelTwoLimit {
  std::string name;
  std::string pointer;  // In the rule set.
  std::function<json()> at_limit;
  std::function<json()> past_limit;
};

void PrintTo(const ModelTwoLimit& limit, std::ostream* out) { *out << limit.name; }

class ModelTwoLimitTest : public ::testing::TestWithParam<ModelTwoLimit> {};

TEST_P(ModelTwoLimitTest, PassesAtTheLimitAndIsRefusedOnePastIt) {
  ModelTwoJson two = MakeModelTwo();
  two.rule_set[json::json_pointer(GetParam().pointer)] = GetParam().at_limit();
  EXPECT_THAT(ParseAll(two), IsOk());
  two.rule_set[json::json_pointer(GetParam().pointer)] = GetParam().past_limit();
  EXPECT_THAT(ParseAll(two), HasReason(absl::StatusCode::kInvalidArgument, "SCHEME_FILE_INVALID"));
}

ModelTwoLimit ListOf(std::string name, std::string pointer, json entry, size_t count) {
  return {std::move(name), std::move(pointer), [=] { return json::array_t(count, entry); },
          [=] { return json::array_t(count + 1, entry); }};
}

ModelTwoLimit Number(std::string name, std::string pointer, int64_t at_limit, int64_t past_limit) {
  return {std::move(name), std::move(pointer), [=] { return json(at_limit); },
          [=] { return json(past_limit); }};
}

INSTANTIATE_TEST_SUITE_P(
    Table, ModelTwoLimitTest,
    ::testing::Values(
        ListOf("Scales", "/scales", MakeModelTwo().rule_set["scales"][0], kMaxScales),
        ListOf("Marks", "/scales/0/marks", {{"id", "m"}, {"points", 1}}, kMaxMarks),
        ListOf("Items", "/items", {{"control", "a1"}, {"counts", true}}, kMaxControls),
        ListOf("Outcomes", "/outcomes", MakeModelTwo().rule_set["outcomes"][2], kMaxOutcomes),
        ListOf("Requirements", "/requirements", MakeModelTwo().rule_set["requirements"][0],
               kMaxRequirements),
        ListOf("ReviewReasons", "/review_reasons", MakeModelTwo().rule_set["review_reasons"][0],
               kMaxReviewReasons),
        Number("ScoreBase", "/score_base", kMaxScoreBase, kMaxScoreBase + 1),
        Number("NegativeScoreBase", "/score_base", -kMaxScoreBase, -kMaxScoreBase - 1),
        Number("Months", "/validity/certificate_months", kMaxMonths, kMaxMonths + 1),
        Number("TotalPoints", "/outcomes/1/when/points_at_least", kMaxTotalPoints,
               kMaxTotalPoints + 1),
        Number("Shortfall", "/outcomes/1/when/shortfall_at_most", kMaxTotalPoints,
               kMaxTotalPoints + 1),
        Number("ItemShortfall", "/outcomes/1/when/item_shortfall_at_most", kMaxControlPoints,
               kMaxControlPoints + 1)),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace assay::catalogue
