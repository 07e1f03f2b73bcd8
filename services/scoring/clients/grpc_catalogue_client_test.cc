#include "services/scoring/clients/grpc_catalogue_client.h"

#include <atomic>
#include <memory>
#include <string>

#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/status/error.h"
#include "common/status/grpc_status.h"
#include "common/testing/status_matchers.h"

namespace assay::scoring {
namespace {

using ::assay::testing_kit::HasMetadata;
using ::assay::testing_kit::HasReason;
using ::assay::testing_kit::IsOk;

namespace catalogue_v1 = ::assay::catalogue::v1;

// Answers with the name it was asked for, or with an error.
class EchoCatalogue final : public catalogue_v1::CatalogueService::Service {
 public:
  grpc::Status GetCatalogue(grpc::ServerContext* context,
                            const catalogue_v1::GetCatalogueRequest* request,
                            catalogue_v1::Catalogue* response) override {
    const auto& metadata = context->client_metadata();
    authorized_ = metadata.count("authorization") == 1;
    response->set_name(request->name());
    return answer;
  }
  grpc::Status GetQuestionSet(grpc::ServerContext*,
                              const catalogue_v1::GetQuestionSetRequest* request,
                              catalogue_v1::QuestionSet* response) override {
    response->set_name(request->name());
    return answer;
  }
  grpc::Status GetRuleSet(grpc::ServerContext*, const catalogue_v1::GetRuleSetRequest* request,
                          catalogue_v1::RuleSet* response) override {
    response->set_name(request->name());
    return answer;
  }
  bool authorized() const { return authorized_; }

  grpc::Status answer;

 private:
  std::atomic<bool> authorized_ = false;
};

class GrpcCatalogueClientTest : public ::testing::Test {
 protected:
  GrpcCatalogueClientTest() {
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(&server_side_);
    server_ = builder.BuildAndStart();
    client_ = std::make_unique<GrpcCatalogueClient>(
        catalogue_v1::CatalogueService::NewStub(grpc::CreateChannel(
            "127.0.0.1:" + std::to_string(port), grpc::InsecureChannelCredentials())),
        tokens_);
  }

  rpc::CallContext Call() const {
    return rpc::CallContext("/test", principal_, absl::InfiniteFuture(), "", cancelled_);
  }

  EchoCatalogue server_side_;
  std::unique_ptr<grpc::Server> server_;
  rpc::FixedTokenSource tokens_{"token"};
  std::unique_ptr<GrpcCatalogueClient> client_;
  const auth::Principal principal_{};
  const std::atomic<bool> cancelled_ = false;
};

TEST_F(GrpcCatalogueClientTest, AsksForEachKindOfDocumentByName) {
  EXPECT_EQ(client_->GetCatalogue(Call(), "a")->name(), "a");
  EXPECT_EQ(client_->GetQuestionSet(Call(), "b")->name(), "b");
  EXPECT_EQ(client_->GetRuleSet(Call(), "c")->name(), "c");
  EXPECT_TRUE(server_side_.authorized());
}

TEST_F(GrpcCatalogueClientTest, PassesOnWhatTheCatalogueSaysOfTheNames) {
  server_side_.answer = ToGrpcStatus(
      ErrorBuilder(absl::StatusCode::kNotFound, "RULE_SET_NOT_FOUND").Message("none").Build());
  EXPECT_THAT(client_->GetRuleSet(Call(), "c"),
              HasReason(absl::StatusCode::kNotFound, "RULE_SET_NOT_FOUND"));
}

TEST_F(GrpcCatalogueClientTest, ARefusalOfOurOwnTokenIsNotTheCallers) {
  server_side_.answer = grpc::Status(grpc::StatusCode::UNAUTHENTICATED, "who");
  const auto result = client_->GetCatalogue(Call(), "a");
  EXPECT_THAT(result, HasReason(absl::StatusCode::kUnavailable, "CATALOGUE_UNAVAILABLE"));
  EXPECT_THAT(result, HasMetadata("cause", "UNAUTHENTICATED"));
}

TEST_F(GrpcCatalogueClientTest, SaysSoWhenNobodyAnswers) {
  server_->Shutdown();
  EXPECT_THAT(client_->GetCatalogue(Call(), "a"),
              HasReason(absl::StatusCode::kUnavailable, "CATALOGUE_UNAVAILABLE"));
}

}  // namespace
}  // namespace assay::scoring
