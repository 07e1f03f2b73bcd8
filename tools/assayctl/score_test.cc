// `score batch`, `what-if`, `compare` and `rescore` against a server made of plain functions.

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

#include "assay/scoring/v1/scoring_service.grpc.pb.h"

#include "common/status/error.h"
#include "common/status/grpc_status.h"
#include "tools/assayctl/testing/tool_runner.h"

namespace assay::assayctl {
namespace {

using scoring::v1::Verdict;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// The profile says what becomes of a request: "pass", "fail", or "bad" for a refusal.
absl::Status Refusal(const scoring::v1::ScoreRequest& request) {
  if (request.basis().profile() != "bad") return absl::OkStatus();
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "PROFILE_UNKNOWN")
      .Message("no profile bad")
      .Build();
}

Verdict VerdictOf(const scoring::v1::ScoreRequest& request) {
  Verdict verdict;
  const bool passed = request.basis().profile() == "pass";
  verdict.set_outcome(passed ? scoring::v1::OUTCOME_PASSED : scoring::v1::OUTCOME_FAILED);
  verdict.set_result_string(passed ? "Passed" : "Failed");
  verdict.add_objectives()->set_objective("B");
  return verdict;
}

class FakeScoring final : public scoring::v1::ScoringService::Service {
 public:
  grpc::Status Score(grpc::ServerContext*, const scoring::v1::ScoreRequest* request,
                     scoring::v1::ScoreResponse* response) override {
    *response->mutable_verdict() = VerdictOf(*request);
    return grpc::Status::OK;
  }
  grpc::Status BatchScore(grpc::ServerContext*, const scoring::v1::BatchScoreRequest* request,
                          scoring::v1::BatchScoreResponse* response) override {
    calls_.push_back(request->requests_size());
    for (const auto& one : request->requests()) {
      auto& result = *response->add_results();
      const absl::Status refusal = Refusal(one);
      if (refusal.ok()) {
        *result.mutable_verdict() = VerdictOf(one);
      } else {
        *result.mutable_error() = ToRpcStatus(refusal);
      }
    }
    if (lose_one_) response->mutable_results()->RemoveLast();
    return grpc::Status::OK;
  }
  grpc::Status WhatIf(grpc::ServerContext*, const scoring::v1::WhatIfRequest* request,
                      scoring::v1::WhatIfResponse* response) override {
    changes_ = request->changes_size();
    what_if_ = *request;
    *response->mutable_actual() = VerdictOf(request->request());
    response->mutable_hypothetical()->set_outcome(scoring::v1::OUTCOME_PASSED);
    response->mutable_hypothetical()->set_result_string("Passed");
    response->mutable_difference()->set_outcome_changed(true);
    return grpc::Status::OK;
  }
  grpc::Status CompareVerdicts(grpc::ServerContext*,
                               const scoring::v1::CompareVerdictsRequest* request,
                               scoring::v1::CompareVerdictsResponse* response) override {
    *response->mutable_before() = VerdictOf(request->before());
    *response->mutable_after() = VerdictOf(request->after());
    return grpc::Status::OK;
  }
  grpc::Status RescoreStream(
      grpc::ServerContext*,
      grpc::ServerReaderWriter<scoring::v1::RescoreStreamResponse,
                               scoring::v1::RescoreStreamRequest>* stream) override {
    scoring::v1::RescoreStreamRequest request;
    while (stream->Read(&request)) {
      scoring::v1::RescoreStreamResponse response;
      response.set_correlation_id(request.correlation_id());
      const absl::Status refusal = Refusal(request.request());
      if (!refusal.ok()) {
        *response.mutable_error() = ToRpcStatus(refusal);
      } else {
        *response.mutable_rescore()->mutable_before() = VerdictOf(request.request());
        response.mutable_rescore()->mutable_after()->set_result_string(request.rule_set());
      }
      stream->Write(response);
    }
    return grpc::Status::OK;
  }

  std::vector<int> calls_;
  int changes_ = 0;
  bool lose_one_ = false;
  scoring::v1::WhatIfRequest what_if_;
};

std::string Request(const std::string& profile) {
  return absl::StrCat(R"({"basis":{"profile":")", profile, R"("}})");
}

std::string Line(const std::string& id, const std::string& profile) {
  return absl::StrCat(R"({"correlation_id":")", id, R"(","request":)", Request(profile), "}\n");
}

std::vector<nlohmann::json> Lines(const std::string& text) {
  std::vector<nlohmann::json> lines;
  for (absl::string_view line : absl::StrSplit(text, '\n', absl::SkipEmpty())) {
    lines.push_back(nlohmann::json::parse(line.begin(), line.end()));
  }
  return lines;
}

class Score : public ::testing::Test {
 protected:
  FakeScoring scoring_;
  FakeServer server_{{&scoring_}};
  ToolRunner tool_{server_.address()};
  testing_kit::TempDir files_;
};

TEST_F(Score, ExplainsOneObjective) {
  EXPECT_THAT(tool_.Run({"score", "--explain", "--objective", "B"}, Request("fail")).out,
              HasSubstr("Objective B: "));
  const RunResult unknown = tool_.Run({"score", "--explain", "--objective", "X"}, Request("fail"));
  EXPECT_EQ(unknown.code, 2);
  EXPECT_THAT(unknown.err, HasSubstr("OBJECTIVE_UNKNOWN"));
  EXPECT_EQ(tool_.Run({"score", "--objective", "B"}, Request("fail")).code, 2);
}

TEST_F(Score, BatchTakesFilesAndLists) {
  const RunResult result =
      tool_.Run({"score", "batch", files_.Write("a.json", Request("pass")), "-"},
                absl::StrCat("[", Request("fail"), ",", Request("pass"), "]"));
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(result.out, absl::StrCat("REQUEST", std::string(files_.File("a.json").size() - 7, ' '),
                                     "  OUTCOME  SCORE  FLAGS  RESULT\n", files_.File("a.json"),
                                     "  passed       0      0  Passed\n", "- [0]",
                                     std::string(files_.File("a.json").size() - 5, ' '),
                                     "  failed       0      0  Failed\n", "- [1]",
                                     std::string(files_.File("a.json").size() - 5, ' '),
                                     "  passed       0      0  Passed\n"));
}

TEST_F(Score, BatchGivesEachRequestItsOwnStatus) {
  const std::string input =
      absl::StrCat(R"({"requests":[)", Request("bad"), ",", Request("pass"), "]}");
  RunResult result = tool_.Run({"score", "batch"}, input);
  EXPECT_EQ(result.code, 3);
  EXPECT_THAT(result.out, HasSubstr("PROFILE_UNKNOWN: no profile bad"));
  EXPECT_EQ(result.err, "1 of 2 requests failed\n");
  result = tool_.Run({"score", "batch", "-o", "json"}, input);
  const auto json = nlohmann::json::parse(result.out);
  EXPECT_EQ(json["results"][0]["error"]["details"][0]["reason"], "PROFILE_UNKNOWN");
  EXPECT_EQ(json["results"][1]["verdict"]["outcome"], "OUTCOME_PASSED");
  result = tool_.Run({"score", "batch", "-o", "ndjson"}, input);
  EXPECT_EQ(Lines(result.out).size(), 2u);
}

TEST_F(Score, BatchOfMoreThanACallTakesGoesInSeveral) {
  std::string list;
  for (int i = 0; i < 101; ++i) absl::StrAppend(&list, i == 0 ? "[" : ",", Request("pass"));
  const RunResult result = tool_.Run({"score", "batch", "-o", "ndjson"}, list + "]");
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(Lines(result.out).size(), 101u);
  EXPECT_THAT(scoring_.calls_, ElementsAre(100, 1));
}

TEST_F(Score, BatchRefusesBadInputAndMissingAnswers) {
  RunResult result = tool_.Run({"score", "batch"}, "{\"basics\":{}}");
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.err, HasSubstr("is not JSON of assay.scoring.v1.ScoreRequest"));
  EXPECT_THAT(tool_.Run({"score", "batch"}, "[]").err, HasSubstr("NO_REQUESTS"));
  scoring_.lose_one_ = true;
  result = tool_.Run({"score", "batch"}, Request("pass"));
  EXPECT_EQ(result.code, 1);
  EXPECT_THAT(result.err, HasSubstr("ANSWERS_MISSING"));
}

TEST_F(Score, WhatIfSendsFileAndFlagsInThatOrder) {
  const std::string changes = files_.Write("c.json", R"([{"clear": "2302"}])");
  const RunResult result =
      tool_.Run({"score", "what-if", "--met", "2300", "--met", "2301", "--changes", changes},
                Request("fail"));
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, StartsWith("as it is  Failed  (failed)\nwhat if   Passed  (passed)\n"));
  ASSERT_EQ(scoring_.changes_, 3);
  EXPECT_EQ(scoring_.what_if_.changes(0).clear(), "2302");
  EXPECT_EQ(scoring_.what_if_.changes(2).replace().control_id(), "2301");
  EXPECT_EQ(scoring_.what_if_.request().view(), scoring::v1::VERDICT_VIEW_FULL);
}

TEST_F(Score, WhatIfIsJsonAndTellsByExitCode) {
  const RunResult result = tool_.Run(
      {"score", "what-if", "--as-of", "2027-01-01", "--exit-code", "-o", "json"}, Request("fail"));
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(nlohmann::json::parse(result.out)["hypothetical"]["result_string"], "Passed");
}

TEST_F(Score, WhatIfRefusesToAskNothing) {
  EXPECT_THAT(tool_.Run({"score", "what-if"}, Request("fail")).err, HasSubstr("CHANGE_INVALID"));
  EXPECT_EQ(tool_.Run({"score", "what-if", "--status", "2300"}, Request("fail")).code, 2);
  EXPECT_EQ(tool_.Run({"score", "what-if", "--changes", "-"}, "[]").code, 2);
  const std::string whole = files_.Write("c.json", R"({"request": {}, "changes": []})");
  EXPECT_THAT(tool_.Run({"score", "what-if", "--changes", whole}, Request("fail")).err,
              HasSubstr("holds changes only"));
}

TEST_F(Score, ComparesTwoRequests) {
  const std::string before = files_.Write("a.json", Request("fail"));
  RunResult result = tool_.Run({"score", "compare", before, "-"}, Request("pass"));
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, StartsWith("before  Failed  (failed)\nafter   Passed  (passed)\n"));
  result = tool_.Run({"score", "compare", before, before, "-o", "json"});
  EXPECT_EQ(nlohmann::json::parse(result.out)["after"]["result_string"], "Failed");
  EXPECT_EQ(tool_.Run({"score", "compare", before}).code, 2);
  EXPECT_EQ(tool_.Run({"score", "compare", "-", "-"}).code, 2);
  EXPECT_EQ(tool_.Run({"score", "compare", before, "/nonexistent"}).code, 2);
}

TEST_F(Score, RescoresLineByLineUnderTheOtherRuleSet) {
  std::string input;
  for (int i = 0; i < 500; ++i) input += Line(absl::StrCat("r", i), "fail");
  const RunResult result =
      tool_.Run({"score", "rescore", "--rule-set", "schemes/s/ruleSets/r"}, input);
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(result.err, "");
  const auto lines = Lines(result.out);
  ASSERT_EQ(lines.size(), 500u);
  EXPECT_EQ(lines[499]["correlation_id"], "r499");
  EXPECT_EQ(lines[499]["rescore"]["after"]["result_string"], "schemes/s/ruleSets/r");
}

TEST_F(Score, RescoreSumsUpAndPutsErrorsInTheirPlace) {
  const RunResult result = tool_.Run({"score", "rescore", "--summary"},
                                     Line("a", "fail") + "nonsense\n" + Line("b", "bad"));
  EXPECT_EQ(result.code, 3);
  EXPECT_EQ(result.err,
            "1 assessment: 0 with another outcome, 0 with other details, 1 the same\n"
            "2 of 3 lines failed\n");
  const auto lines = Lines(result.out);
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[1]["error"]["details"][0]["reason"], "LINE_INVALID");
  EXPECT_EQ(lines[2]["error"]["details"][0]["reason"], "PROFILE_UNKNOWN");
}

TEST_F(Score, RescoreNeedsAFileThatIsThere) {
  EXPECT_EQ(tool_.Run({"score", "rescore", "/nonexistent"}).code, 2);
}

}  // namespace
}  // namespace assay::assayctl
