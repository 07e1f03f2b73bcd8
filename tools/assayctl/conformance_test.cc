// `conformance run` against a server made of plain functions.

#include <filesystem>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

#include "assay/catalogue/v1/catalogue_service.grpc.pb.h"
#include "assay/scoring/v1/scoring_service.grpc.pb.h"

#include "common/status/error.h"
#include "common/status/grpc_status.h"
#include "tools/assayctl/testing/tool_runner.h"

namespace assay::assayctl {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Passes everything but the profile "bad", which it refuses.
class FakeScoring final : public scoring::v1::ScoringService::Service {
 public:
  grpc::Status Score(grpc::ServerContext*, const scoring::v1::ScoreRequest* request,
                     scoring::v1::ScoreResponse* response) override {
    if (!refuse_all_.ok()) return refuse_all_;
    if (request->basis().profile() == "bad") {
      return ToGrpcStatus(ErrorBuilder(absl::StatusCode::kInvalidArgument, "PROFILE_UNKNOWN")
                              .Message("no profile bad")
                              .Field("basis.profile", "is unknown")
                              .Build());
    }
    response->mutable_verdict()->set_outcome(scoring::v1::OUTCOME_PASSED);
    return grpc::Status::OK;
  }

  grpc::Status refuse_all_;
};

class FakeCatalogue final : public catalogue::v1::CatalogueService::Service {
 public:
  grpc::Status PublishRevisions(grpc::ServerContext*,
                                const catalogue::v1::PublishRevisionsRequest* request,
                                catalogue::v1::PublishRevisionsResponse* response) override {
    parents_.push_back(request->parent());
    for (int i = 0; i < request->documents_size(); ++i)
      response->add_documents()->set_added(i == 0);
    return grpc::Status::OK;
  }

  std::vector<std::string> parents_;
};

std::string VectorText(const std::string& name, const std::string& profile,
                       const std::string& expectation) {
  return absl::StrCat(R"({"name":")", name, R"(","pins":"P.","source":"S.","scheme_files":["s"],)",
                      R"("score":{"basis":{"profile":")", profile, R"("}},)", expectation, "}");
}

constexpr char kPasses[] = R"("expect":{"outcome":"OUTCOME_PASSED"})";
constexpr char kFails[] = R"("expect":{"outcome":"OUTCOME_FAILED"})";
constexpr char kRefused[] =
    R"("expect_error":{"code":"INVALID_ARGUMENT","reason":"PROFILE_UNKNOWN","field":"basis.profile"})";

class Conformance : public ::testing::Test {
 protected:
  RunResult Run(std::vector<std::string> more = {}) {
    std::vector<std::string> args = {"conformance", "run", "--vectors", dir_.path()};
    args.insert(args.end(), more.begin(), more.end());
    return tool_.Run(args);
  }

  FakeScoring scoring_;
  FakeCatalogue catalogue_;
  FakeServer server_{{&scoring_, &catalogue_}};
  ToolRunner tool_{server_.address()};
  testing_kit::TempDir dir_;
};

TEST_F(Conformance, PassesAndSaysSo) {
  dir_.Write("1.json", VectorText("a-passes", "L1", kPasses));
  dir_.Write("2.json", VectorText("b-refused", "bad", kRefused));
  const RunResult result = Run();
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(result.out,
            "ok    a-passes\n"
            "ok    b-refused\n"
            "2 vectors: 2 passed, 0 failed\n");
}

TEST_F(Conformance, ShowsWhatDiffersAndEndsWithOne) {
  dir_.Write("1.json", VectorText("a", "L1", kFails));
  RunResult result = Run();
  EXPECT_EQ(result.code, 1);
  EXPECT_EQ(result.out,
            "FAIL  a\n"
            "        outcome: expected OUTCOME_FAILED, got OUTCOME_PASSED\n"
            "1 vector: 0 passed, 1 failed\n");
  result = Run({"-o", "json"});
  EXPECT_EQ(result.code, 1);
  const auto json = nlohmann::json::parse(result.out);
  EXPECT_EQ(json["failed"], 1);
  EXPECT_EQ(json["server"], server_.address());
  EXPECT_EQ(json["vectors"][0]["differences"][0]["got"], "OUTCOME_PASSED");
  result = Run({"-o", "ndjson"});
  EXPECT_EQ(nlohmann::json::parse(result.out)["name"], "a");
}

TEST_F(Conformance, RunsOnlyWhatTheFilterTakes) {
  dir_.Write("1.json", VectorText("l1-a", "L1", kPasses));
  dir_.Write("2.json", VectorText("l2-a", "L2", kFails));
  EXPECT_EQ(Run({"--filter", "l1-*"}).out, "ok    l1-a\n1 vector: 1 passed, 0 failed\n");
  const RunResult nothing = Run({"--filter", "l3-*"});
  EXPECT_EQ(nothing.code, 2);
  EXPECT_THAT(nothing.err, HasSubstr("NO_VECTORS"));
}

TEST_F(Conformance, RunsNothingWhenAVectorIsWrong) {
  dir_.Write("1.json", VectorText("a", "L1", kPasses));
  dir_.Write("2.json", VectorText("b", "L1", R"("expect":{"outcom":"OUTCOME_PASSED"})"));
  const RunResult result = Run({"--filter", "a"});
  EXPECT_EQ(result.code, 2);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, HasSubstr("Verdict has no such field"));
}

TEST_F(Conformance, EndsWhenTheServerSpeaksOfOtherThings) {
  dir_.Write("1.json", VectorText("a", "L1", kPasses));
  scoring_.refuse_all_ = grpc::Status(grpc::StatusCode::UNAUTHENTICATED, "who are you");
  EXPECT_EQ(Run().code, 1);
  EXPECT_THAT(Run().err, HasSubstr("UNAUTHENTICATED"));
  ToolRunner nobody("");
  EXPECT_EQ(nobody.Run({"conformance", "run", "--vectors", dir_.path()}).code, 4);
}

TEST_F(Conformance, PublishesTheSchemesOfTheVectorsFirst) {
  std::filesystem::create_directories(dir_.File("schemes/s/rule-sets"));
  std::filesystem::create_directories(dir_.File("schemes/unused"));
  dir_.Write("schemes/s/scheme.json", "{}");
  dir_.Write("schemes/s/rule-sets/r.json", "{}");
  dir_.Write("1.json", VectorText("a", "L1", kPasses));
  const RunResult result = Run({"--publish-schemes"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(catalogue_.parents_, ElementsAre("schemes/s"));
  EXPECT_EQ(result.err, "scheme s: 2 documents, 1 new\n");
}

TEST_F(Conformance, PassesOverDigestsWhenTold) {
  dir_.Write("1.json", VectorText("a", "L1", R"("expect":{"result_digest":"00"})"));
  EXPECT_EQ(Run().code, 1);
  const RunResult result = Run({"--no-digests"});
  EXPECT_EQ(result.code, 0);
  EXPECT_THAT(result.out, HasSubstr("(digests passed over)"));
}

}  // namespace
}  // namespace assay::assayctl
