#include "tools/assayctl/conformance/run.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

#include "common/status/error.h"
#include "common/testing/status_matchers.h"
#include "tools/assayctl/conformance/report.h"

namespace assay::assayctl {
namespace {

using scoring::v1::ScoreRequest;
using scoring::v1::Verdict;
using testing_kit::IsOk;

Vector Expecting(const std::string& expect) {
  Vector vector;
  vector.name = "v";
  vector.expect = nlohmann::ordered_json::parse(expect);
  return vector;
}

Vector Refused(const std::string& reason, const std::string& field) {
  Vector vector;
  vector.name = "v";
  vector.expect_error = ExpectedError{absl::StatusCode::kInvalidArgument, reason, field};
  return vector;
}

ScoreFunction Answers(Verdict verdict) {
  return [verdict](const ScoreRequest&) { return verdict; };
}

ScoreFunction Fails(absl::Status status) {
  return [status](const ScoreRequest&) { return status; };
}

std::string Rendered(const Vector& vector, const ScoreFunction& score,
                     Digests digests = Digests::kCompare) {
  const auto result = RunVector(vector, digests, score);
  EXPECT_THAT(result, IsOk());
  return result.ok() ? RenderResult(*result, Style::Plain()) : "";
}

Verdict Passed() {
  Verdict verdict;
  verdict.set_outcome(scoring::v1::OUTCOME_PASSED);
  verdict.set_result_string("Passed");
  verdict.set_result_digest("ab");
  verdict.mutable_pins()->set_rule_set_digest("cd");
  return verdict;
}

absl::Status Refusal() {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "CONTROL_UNKNOWN")
      .Message("control 9 is unknown")
      .Field("inputs.controls[0].control_id", "is unknown")
      .Build();
}

TEST(RunVector, PassesWhatIsAsExpected) {
  EXPECT_EQ(Rendered(Expecting(R"({"outcome": "OUTCOME_PASSED"})"), Answers(Passed())),
            "ok    v\n");
}

TEST(RunVector, ShowsWhatDiffers) {
  EXPECT_EQ(Rendered(Expecting(R"({"outcome": "OUTCOME_FAILED", "result_string": ""})"),
                     Answers(Passed())),
            "FAIL  v\n"
            "        outcome: expected OUTCOME_FAILED, got OUTCOME_PASSED\n"
            "        result_string: expected \"\", got Passed\n");
}

TEST(RunVector, ComparesDigestsUnlessTold) {
  Vector vector = Expecting(R"({"result_digest": "ef"})");
  vector.digests.rule_set = "00";
  EXPECT_EQ(Rendered(vector, Answers(Passed())),
            "FAIL  v\n"
            "        pins.rule_set_digest: expected 00, got cd\n"
            "        result_digest: expected ef, got ab\n");
  EXPECT_EQ(Rendered(vector, Answers(Passed()), Digests::kPassOver), "ok    v\n");
}

TEST(RunVector, AsksForControlsOnlyWhenTheyAreCompared) {
  scoring::v1::VerdictView view = scoring::v1::VERDICT_VIEW_UNSPECIFIED;
  const ScoreFunction score = [&view](const ScoreRequest& request) {
    view = request.view();
    return Verdict();
  };
  Rendered(Expecting(R"({"objectives": []})"), score);
  EXPECT_EQ(view, scoring::v1::VERDICT_VIEW_UNSPECIFIED);
  Rendered(Expecting(R"({"objectives": [{"objective": "B", "controls": []}]})"), score);
  EXPECT_EQ(view, scoring::v1::VERDICT_VIEW_FULL);
  Rendered(Expecting(R"({"objectives": []})"), score);
  Rendered(Expecting(R"({"margin": {"path": []}})"), score);
  EXPECT_EQ(view, scoring::v1::VERDICT_VIEW_FULL);
}

TEST(RunVector, ComparesRefusals) {
  EXPECT_EQ(Rendered(Refused("CONTROL_UNKNOWN", "inputs.controls[0].control_id"), Fails(Refusal())),
            "ok    v\n");
  EXPECT_EQ(Rendered(Refused("", ""), Fails(Refusal())), "ok    v\n");
  EXPECT_EQ(Rendered(Refused("DATE_INVALID", "inputs.as_of"), Fails(Refusal())),
            "FAIL  v\n"
            "        error.reason: expected DATE_INVALID, got CONTROL_UNKNOWN\n"
            "        error.field: expected inputs.as_of, got inputs.controls[0].control_id\n");
  EXPECT_EQ(Rendered(Refused("DATE_INVALID", ""), Answers(Passed())),
            "FAIL  v\n"
            "        error: expected INVALID_ARGUMENT DATE_INVALID, got verdict \"Passed\"\n");
  EXPECT_EQ(Rendered(Refused("", ""), Fails(absl::InternalError("x"))),
            "FAIL  v\n"
            "        error.code: expected INVALID_ARGUMENT, got INTERNAL\n");
}

TEST(RunVector, FailsAVectorThatIsRefusedInsteadOfScored) {
  EXPECT_EQ(Rendered(Expecting(R"({"points": 1})"), Fails(Refusal())),
            "FAIL  v\n"
            "        error: expected none, got INVALID_ARGUMENT CONTROL_UNKNOWN: control 9 is "
            "unknown\n");
}

TEST(RunVector, EndsTheRunWhenNobodyAnswers) {
  for (const absl::Status& status :
       {absl::UnavailableError("x"), absl::UnauthenticatedError("x"),
        absl::PermissionDeniedError("x"), absl::DeadlineExceededError("x")}) {
    EXPECT_EQ(RunVector(Refused("", ""), Digests::kCompare, Fails(status)).status(), status);
  }
  Vector vector = Refused("", "");
  vector.expect_error->code = absl::StatusCode::kUnavailable;
  EXPECT_THAT(RunVector(vector, Digests::kCompare, Fails(absl::UnavailableError("x"))), IsOk());
}

TEST(Report, CountsAndIsJson) {
  const std::vector<VectorResult> results = {{"a", "a.json", "A.", {}},
                                             {"b", "b.json", "B.", {{"points", "1", "2"}}}};
  EXPECT_EQ(RenderTotals(CountResults(results), Digests::kCompare, Style::Plain()),
            "2 vectors: 1 passed, 1 failed\n");
  EXPECT_EQ(RenderTotals({1, 0}, Digests::kPassOver, Style::Plain()),
            "1 vector: 1 passed, 0 failed (digests passed over)\n");
  const auto json = nlohmann::json::parse(RunToJson("127.0.0.1:7402", Digests::kCompare, results));
  EXPECT_EQ(json["server"], "127.0.0.1:7402");
  EXPECT_EQ(json["failed"], 1);
  EXPECT_EQ(json["vectors"][0]["passed"], true);
  EXPECT_EQ(json["vectors"][1]["differences"][0]["field"], "points");
  EXPECT_EQ(ResultToJson(results[0]),
            R"({"name":"a","file":"a.json","pins":"A.","passed":true,"differences":[]})");
}

TEST(Report, CutsLongValues) {
  const VectorResult result{"v", "", "", {{"f", std::string(kMaxShownValue, 'x'), ""}}};
  EXPECT_EQ(RenderResult(result, Style::Plain()).find("…"), std::string::npos);
  const VectorResult longer{"v", "", "", {{"f", std::string(kMaxShownValue + 1, 'x'), ""}}};
  EXPECT_NE(RenderResult(longer, Style::Plain()).find("…"), std::string::npos);
}

}  // namespace
}  // namespace assay::assayctl
