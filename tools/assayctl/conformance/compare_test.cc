#include "tools/assayctl/conformance/compare.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "assay/scoring/v1/scoring.pb.h"

#include "common/status/error.h"
#include "common/testing/proto_matchers.h"
#include "common/testing/status_matchers.h"

namespace assay::assayctl {
namespace {

using nlohmann::ordered_json;
using scoring::v1::Verdict;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing_kit::ParseText;

Verdict Actual() {
  return ParseText<Verdict>(
      R"pb(
        outcome: OUTCOME_FAILED
        result_string: "Failed on objective(s): B"
        points: 118
        failed_objectives: "B"
        objectives { objective: "CE" outcome: OUTCOME_PASSED anchor: true }
        objectives {
          objective: "B"
          points: 118
          reasons: "BELOW_THRESHOLD"
          reasons: "ZERO_POINT_CONTROL"
          controls {
            control_id: "2300"
            state: RESULT_STATE_NOT_MET
            questions { question_id: "2300.1" state: RESULT_STATE_OPEN }
          }
        }
        review_triggers { kind: TRIGGER_KIND_OVERRIDE control_id: "2301" }
        margin {
          upgrades_to_pass: 1
          path { control_id: "2300" steps: 1 }
        }
      )pb");
}

std::vector<std::string> Differences(const std::string& expected) {
  const ordered_json json = ordered_json::parse(expected);
  EXPECT_THAT(CheckExpectation(json, *Verdict::descriptor(), "expect"), testing_kit::IsOk());
  std::vector<std::string> lines;
  for (const Difference& d : Compare(json, Actual())) {
    lines.push_back(d.field + ": " + d.expected + " / " + d.got);
  }
  return lines;
}

std::string Problem(const std::string& expected) {
  const absl::Status status =
      CheckExpectation(ordered_json::parse(expected), *Verdict::descriptor(), "expect");
  EXPECT_EQ(ErrorReason(status), "VECTOR_INVALID");
  return std::string(status.message());
}

TEST(Compare, IgnoresWhatIsNotNamed) {
  EXPECT_THAT(Differences(R"({"points": 118})"), IsEmpty());
  EXPECT_THAT(Differences("{}"), IsEmpty());
}

TEST(Compare, ComparesScalarsExactlyZeroesToo) {
  EXPECT_THAT(Differences(R"({"outcome": "OUTCOME_PASSED", "resultString": "Passed",
                              "points": 0, "failed_on_anchor": true})"),
              ElementsAre("outcome: OUTCOME_PASSED / OUTCOME_FAILED",
                          "result_string: Passed / Failed on objective(s): B", "points: 0 / 118",
                          "failed_on_anchor: true / false"));
}

TEST(Compare, MatchesObjectivesControlsAndQuestionsByIdInAnyOrder) {
  EXPECT_THAT(Differences(R"({"objectives": [
      {"objective": "B", "points": 119, "controls": [
          {"control_id": "2300", "state": "RESULT_STATE_MET",
           "questions": [{"questionId": "2300.1", "state": "RESULT_STATE_MET"}]},
          {"control_id": "2301"}]},
      {"objective": "CE", "anchor": true},
      {"objective": "D"}]})"),
              ElementsAre("objectives[B].points: 119 / 118",
                          "objectives[B].controls[2300].state: RESULT_STATE_MET / "
                          "RESULT_STATE_NOT_MET",
                          "objectives[B].controls[2300].questions[2300.1].state: "
                          "RESULT_STATE_MET / RESULT_STATE_OPEN",
                          "objectives[B].controls[2301]: present / absent",
                          "objectives[D]: present / absent"));
}

TEST(Compare, ComparesListsOfStringsWholeAndInOrder) {
  EXPECT_THAT(Differences(R"({"objectives": [{"objective": "B",
                  "reasons": ["BELOW_THRESHOLD", "ZERO_POINT_CONTROL"]}]})"),
              IsEmpty());
  EXPECT_THAT(Differences(R"({"failed_objectives": [], "objectives": [{"objective": "B",
                  "reasons": ["ZERO_POINT_CONTROL", "BELOW_THRESHOLD"]}]})"),
              ElementsAre("failed_objectives: [] / [\"B\"]",
                          "objectives[B].reasons: [\"ZERO_POINT_CONTROL\",\"BELOW_THRESHOLD\"] / "
                          "[\"BELOW_THRESHOLD\",\"ZERO_POINT_CONTROL\"]"));
}

TEST(Compare, ComparesOtherListsOfMessagesByPosition) {
  EXPECT_THAT(Differences(R"({"review_triggers": [{"control_id": "2302"}],
                              "margin": {"path": [{"steps": 1}, {"steps": 1}]}})"),
              ElementsAre("review_triggers[0].control_id: 2302 / 2301",
                          "margin.path: 2 entries / 1 entries"));
  EXPECT_THAT(Differences(R"({"review_triggers": []})"),
              ElementsAre("review_triggers: 0 entries / 1 entries"));
}

TEST(Compare, TellsAbsentMessagesFromPresentOnes) {
  EXPECT_THAT(Differences(R"({"counterfactuals": null, "margin": {"upgrades_to_pass": 1}})"),
              IsEmpty());
  EXPECT_THAT(Differences(R"({"margin": null, "counterfactuals": {}})"),
              ElementsAre("margin: absent / present", "counterfactuals: {} / absent"));
}

TEST(CheckExpectation, RefusesWhatWouldNeverBeCompared) {
  EXPECT_THAT(Problem(R"({"outcom": "OUTCOME_PASSED"})"), HasSubstr("expect.outcom: Verdict has"));
  EXPECT_THAT(Problem(R"({"outcome": "PASSED"})"), HasSubstr("expect.outcome: \"PASSED\" is no"));
  EXPECT_THAT(Problem(R"({"points": "118"})"), HasSubstr("expect.points"));
  EXPECT_THAT(Problem(R"({"points": 1.5})"), HasSubstr("expect.points"));
  EXPECT_THAT(Problem(R"({"failed_on_anchor": 1})"), HasSubstr("failed_on_anchor"));
  EXPECT_THAT(Problem(R"({"reasons": "X"})"), HasSubstr("is no list"));
  EXPECT_THAT(Problem(R"({"margin": 3})"), HasSubstr("is no object"));
  EXPECT_THAT(Problem(R"({"objectives": [{"points": 3}]})"),
              HasSubstr("expect.objectives[0]: has no objective, by which it is matched"));
}

TEST(Names, LooksAtEveryDepth) {
  const ordered_json json = ordered_json::parse(R"({"objectives": [{"controls": []}]})");
  EXPECT_TRUE(Names(json, "controls"));
  EXPECT_FALSE(Names(json, "path"));
}

}  // namespace
}  // namespace assay::assayctl
