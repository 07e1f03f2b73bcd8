#include "tools/assayctl/app.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "assay/catalogue/v1/catalogue_service.grpc.pb.h"
#include "assay/scoring/v1/scoring_service.grpc.pb.h"

#include "common/auth/token.h"
#include "common/status/error.h"
#include "common/status/grpc_status.h"
#include "common/testing/status_matchers.h"
#include "tools/assayctl/testing/tool_runner.h"

namespace assay::assayctl {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class FakeScoring final : public scoring::v1::ScoringService::Service {
 public:
  grpc::Status Score(grpc::ServerContext* context, const scoring::v1::ScoreRequest* request,
                     scoring::v1::ScoreResponse* response) override {
    const auto token = context->client_metadata().find("authorization");
    if (token != context->client_metadata().end()) {
      authorization_ = std::string(token->second.data(), token->second.size());
    }
    if (request->basis().profile() == "L9") {
      return ToGrpcStatus(ErrorBuilder(absl::StatusCode::kInvalidArgument, "PROFILE_UNKNOWN")
                              .Message("no profile L9")
                              .Field("basis.profile", "is unknown")
                              .Build());
    }
    auto& verdict = *response->mutable_verdict();
    verdict.set_profile(request->basis().profile());
    const bool passed = request->basis().profile() == "L1";
    verdict.set_outcome(passed ? scoring::v1::OUTCOME_PASSED : scoring::v1::OUTCOME_FAILED);
    verdict.set_result_string(passed ? "Passed" : "Failed on objective(s): B");
    view_ = request->view();
    return grpc::Status::OK;
  }

  std::string authorization_;
  scoring::v1::VerdictView view_ = scoring::v1::VERDICT_VIEW_UNSPECIFIED;
};

class FakeCatalogue final : public catalogue::v1::CatalogueService::Service {
 public:
  grpc::Status ListSchemes(grpc::ServerContext*, const catalogue::v1::ListSchemesRequest* request,
                           catalogue::v1::ListSchemesResponse* response) override {
    // One to a page, three in all.
    const int page = request->page_token().empty() ? 1 : std::stoi(request->page_token());
    response->add_schemes()->set_name("schemes/s" + std::to_string(page));
    if (page < 3) response->set_next_page_token(std::to_string(page + 1));
    return grpc::Status::OK;
  }
  grpc::Status GetScheme(grpc::ServerContext*, const catalogue::v1::GetSchemeRequest* request,
                         catalogue::v1::Scheme* scheme) override {
    scheme->set_name(request->name());
    scheme->set_default_catalogue(request->name() + "/catalogues/c");
    return grpc::Status::OK;
  }
  grpc::Status GetCatalogue(grpc::ServerContext*, const catalogue::v1::GetCatalogueRequest* request,
                            catalogue::v1::Catalogue* catalogue) override {
    catalogue->set_name(request->name());
    catalogue->add_controls()->set_id("0001");
    return grpc::Status::OK;
  }
};

class App : public ::testing::Test {
 protected:
  FakeScoring scoring_;
  FakeCatalogue catalogue_;
  FakeServer server_{{&scoring_, &catalogue_}};
  ToolRunner tool_{server_.address()};
};

TEST_F(App, PrintsHelpWithExitCodes) {
  const RunResult result = tool_.Run({"--help"});
  EXPECT_EQ(result.code, 0);
  EXPECT_THAT(result.out, HasSubstr("Exit codes:"));
  EXPECT_THAT(result.out, HasSubstr("--review-queue"));
}

TEST_F(App, EndsWithTwoOnWrongUsage) {
  EXPECT_EQ(tool_.Run({}).code, 2);
  EXPECT_EQ(tool_.Run({"scoer"}).code, 2);
  EXPECT_EQ(tool_.Run({"status", "-o", "xml"}).code, 2);
  EXPECT_EQ(tool_.Run({"score", "/nonexistent"}).code, 2);
  EXPECT_EQ(tool_.Run({"--timeout", "never", "status"}).code, 2);
  EXPECT_EQ(tool_.Run({"--as", "a", "--token-file", "b", "status"}).code, 2);
}

TEST_F(App, ScoresStandardInput) {
  const RunResult result = tool_.Run({"score", "-"}, R"({"basis": {"profile": "L1"}})");
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, StartsWith("Passed\n"));
}

TEST_F(App, TakesGlobalFlagsBehindTheCommand) {
  const RunResult result = tool_.Run({"score", "-o", "json"}, R"({"basis": {"profile": "L1"}})");
  EXPECT_THAT(result.out, HasSubstr("\"result_string\": \"Passed\""));
}

TEST_F(App, TellsAFailedVerdictByExitCodeOnlyWhenAsked) {
  const std::string request = R"({"basis": {"profile": "L2"}})";
  EXPECT_EQ(tool_.Run({"score"}, request).code, 0);
  EXPECT_EQ(tool_.Run({"score", "--exit-code"}, request).code, 3);
}

TEST_F(App, AsksForTheFullViewToExplain) {
  tool_.Run({"score", "--explain"}, R"({"basis": {"profile": "L1"}})");
  EXPECT_EQ(scoring_.view_, scoring::v1::VERDICT_VIEW_FULL);
}

TEST_F(App, PrintsARefusalForPeopleOrAsJson) {
  const std::string request = R"({"basis": {"profile": "L9"}})";
  RunResult result = tool_.Run({"score"}, request);
  EXPECT_EQ(result.code, 1);
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(result.err,
            "error: INVALID_ARGUMENT PROFILE_UNKNOWN\n"
            "  no profile L9\n"
            "  field basis.profile: is unknown\n");
  result = tool_.Run({"score", "-o", "ndjson"}, request);
  EXPECT_THAT(result.err, StartsWith(R"({"code":3,"message":"no profile L9","details":[)"));
}

TEST_F(App, SendsTheTokenOfAName) {
  tool_.environment()["ASSAY_TOKEN"] = "abc";
  tool_.Run({"score"}, R"({"basis": {"profile": "L1"}})");
  EXPECT_EQ(scoring_.authorization_, "Bearer abc");
}

TEST_F(App, SendsNoTokenInTheClearToAnotherMachine) {
  tool_.environment()["ASSAY_TOKEN"] = "abc";
  const RunResult result = tool_.Run({"scheme", "list", "--catalogue", "192.0.2.1:1"});
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.err, HasSubstr("PLAINTEXT_REFUSED"));
}

TEST_F(App, ListsPagesAndSaysWhenThereIsMore) {
  RunResult result = tool_.Run({"scheme", "list"});
  EXPECT_THAT(result.out, HasSubstr("s3"));
  EXPECT_EQ(result.err, "");
  result = tool_.Run({"scheme", "list", "--limit", "2"});
  EXPECT_THAT(result.out, Not(HasSubstr("s3")));
  EXPECT_EQ(result.err, "there are more; raise --limit to see them\n");
  result = tool_.Run({"scheme", "list", "-o", "ndjson"});
  EXPECT_EQ(std::count(result.out.begin(), result.out.end(), '\n'), 3);
}

TEST_F(App, ShowsTheControlsOfTheDefaultCatalogueOrOfANamedOne) {
  EXPECT_THAT(tool_.Run({"scheme", "controls"}).out,
              HasSubstr("1 control of schemes/dcc/catalogues/c\n"));
  EXPECT_THAT(tool_.Run({"scheme", "controls", "x@2", "--scheme", "t"}).out,
              HasSubstr("of schemes/t/catalogues/x@2\n"));
}

TEST_F(App, ShowsHealth) {
  const RunResult result = tool_.Run({"status"});
  EXPECT_EQ(result.code, 0) << result.out;
  EXPECT_THAT(result.out, HasSubstr("review-queue"));
  EXPECT_THAT(result.out, HasSubstr("serving"));
}

TEST(Status, EndsWithOneWhenAServiceIsNotThere) {
  ToolRunner tool("");
  const RunResult result = tool.Run({"status", "-o", "ndjson"});
  EXPECT_EQ(result.code, 1);
  EXPECT_THAT(result.out, HasSubstr("\"state\":\"unreachable\""));
}

TEST(Unreachable, EndsWithFourAndAHint) {
  ToolRunner tool("");
  const RunResult result = tool.Run({"scheme", "list"});
  EXPECT_EQ(result.code, 4);
  EXPECT_THAT(result.err, HasSubstr("is the service running at 127.0.0.1:1 (catalogue)?"));
}

TEST(Token, MintsWhatAVerifierTakes) {
  ToolRunner tool("");
  const std::string dir = tool.home().File("keys");
  ASSERT_EQ(tool.Run({"token", "keygen", "--dir", dir, "--key-id", "people"}).code, 0);
  const RunResult minted =
      tool.Run({"token",          "mint",      "--key",      dir + "/private/people.pem",
                "--key-id",       "people",    "--issuer",   "https://i",
                "--audience",     "assay",     "--subject",  "anna",
                "--organisation", "northgate", "--role",     "assessor",
                "--role",         "auditor",   "--lifetime", "1h"});
  ASSERT_EQ(minted.code, 0) << minted.err;
  FakeClock clock;
  const auto verifier = auth::TokenVerifier::Create(dir + "/public", "https://i", "assay", clock);
  ASSERT_THAT(verifier, testing_kit::IsOk());
  const auto principal = (*verifier)->Verify(minted.out.substr(0, minted.out.size() - 1));
  ASSERT_THAT(principal, testing_kit::IsOk());
  EXPECT_EQ(principal->organisation, "organisations/northgate");
  EXPECT_EQ(principal->roles.ToString(), "assessor, auditor");
}

TEST(Token, RefusesRolesAndLifetimesThatAreNone) {
  ToolRunner tool("");
  std::vector<std::string> args = {"token",          "mint", "--key",      "k",   "--key-id",  "p",
                                   "--issuer",       "i",    "--audience", "a",   "--subject", "s",
                                   "--organisation", "o",    "--role",     "king"};
  EXPECT_THAT(tool.Run(args).err, HasSubstr("ROLE_UNKNOWN"));
  args.back() = "assessor";
  args.insert(args.end(), {"--lifetime", "24h1s"});
  EXPECT_THAT(tool.Run(args).err, HasSubstr("LIFETIME_INVALID"));
}

TEST(Token, NeverOverwritesAKey) {
  ToolRunner tool("");
  const std::vector<std::string> args = {"token",    "keygen", "--dir", tool.home().File("k"),
                                         "--key-id", "a"};
  EXPECT_EQ(tool.Run(args).code, 0);
  const RunResult again = tool.Run(args);
  EXPECT_EQ(again.code, 1);
  EXPECT_THAT(again.err, HasSubstr("FILE_EXISTS"));
}

TEST(Completion, KnowsEveryCommandAndFlag) {
  ToolRunner tool("");
  for (const char* shell : {"bash", "zsh"}) {
    const RunResult result = tool.Run({"completion", shell});
    EXPECT_EQ(result.code, 0);
    EXPECT_THAT(result.out, HasSubstr("'assayctl assessment record'"));
    EXPECT_THAT(result.out, HasSubstr("--not-applicable"));
    EXPECT_THAT(result.out, HasSubstr("'assayctl score what-if'"));
    EXPECT_THAT(result.out, HasSubstr("'assayctl conformance run'"));
    EXPECT_THAT(result.out, HasSubstr("'assayctl scheme alias set'"));
    EXPECT_THAT(result.out, HasSubstr("question-set"));
    EXPECT_THAT(result.out, Not(HasSubstr("@CASES@")));
    EXPECT_THAT(result.out, Not(HasSubstr("@DEEPER@")));
  }
  EXPECT_EQ(tool.Run({"completion", "fish"}).code, 2);
}

}  // namespace
}  // namespace assay::assayctl
