// The service with the shipped schemes, through a real stub, for tests of what publishers do.

#ifndef ASSAY_SERVICES_CATALOGUE_PUBLISHING_TEST_FIXTURE_H_
#define ASSAY_SERVICES_CATALOGUE_PUBLISHING_TEST_FIXTURE_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "assay/access/v1/access.pb.h"
#include "assay/catalogue/v1/catalogue_service.grpc.pb.h"

#include "common/audit/event_log.h"
#include "common/status/grpc_status.h"
#include "common/storage/memory_store.h"
#include "common/testing/status_matchers.h"
#include "common/testing/test_server.h"
#include "services/catalogue/application.h"
#include "services/catalogue/catalogue_service.h"
#include "services/catalogue/testing/shipped.h"

namespace assay::catalogue {

class PublishingTest : public ::testing::Test {
 protected:
  using Stub = v1::CatalogueService::Stub;

  Registry Load() {
    return *LoadRegistry(ASSAY_TEST_DATA, store_, runtime_.ids(), runtime_.clock(),
                         runtime_.logger());
  }

  // Calls a method of the stub as Pat, who publishes, or with another role.
  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                             Response*),
                                const Request& request,
                                access::v1::Role role = access::v1::ROLE_CATALOGUE_PUBLISHER) {
    const auto context =
        testing_kit::WithToken(runtime_.keys().Mint("pat", "organisations/owner", {role}));
    Response response;
    const absl::Status status =
        FromGrpcStatus((stub_.get()->*method)(context.get(), request, &response));
    if (!status.ok()) return status;
    return response;
  }

  static v1::DocumentDraft Draft(v1::DocumentKind kind, const nlohmann::json& document) {
    v1::DocumentDraft draft;
    draft.set_kind(kind);
    draft.set_format(v1::DOCUMENT_FORMAT_JSON);
    draft.set_content(document.dump());
    draft.set_file_name("new.json");
    return draft;
  }

  // A request with an id of its own.
  v1::PublishRevisionsRequest Request(std::vector<v1::DocumentDraft> drafts,
                                      const std::string& scheme = "dcc") {
    v1::PublishRevisionsRequest request;
    request.set_parent("schemes/" + scheme);
    for (v1::DocumentDraft& draft : drafts) *request.add_documents() = std::move(draft);
    request.set_request_id("request-" + std::to_string(++requests_));
    return request;
  }

  absl::StatusOr<v1::PublishRevisionsResponse> Publish(const v1::PublishRevisionsRequest& request) {
    return Call(&Stub::PublishRevisions, request);
  }

  absl::StatusOr<v1::RuleSet> GetRuleSet(const std::string& name) {
    v1::GetRuleSetRequest request;
    request.set_name(name);
    return Call(&Stub::GetRuleSet, request, access::v1::ROLE_OPERATOR);
  }

  // asr-2.1 with another title, which makes it the next revision.
  v1::PublishRevisionsRequest Retitled(const std::string& title) {
    shipped_.rule_set["title"] = title;
    return Request({Draft(v1::DOCUMENT_KIND_RULE_SET, shipped_.rule_set)});
  }

  std::string Rows() {
    std::string bytes;
    EXPECT_TRUE(store_.Snapshot()
                    ->Scan({},
                           [&](std::string_view key, std::string_view value) {
                             bytes.append(key).append(value);
                             return true;
                           })
                    .ok());
    return bytes;
  }

  std::vector<audit::Event> Events(const std::string& scheme = "dcc") {
    return *audit::List(*store_.Snapshot(), "schemes/" + scheme, 0, 1000);
  }

  // A second server over the same store. It does not see what is published through the first one
  // from now on, as if a publisher had committed and not come to serve yet.
  struct SecondServer {
    explicit SecondServer(PublishingTest& test)
        : live(test.Load()),
          service(test.runtime_.runtime(), test.store_, test.runtime_.ids(), test.runtime_.clock(),
                  live),
          server(test.runtime_, {{v1::CatalogueService::service_full_name(), &service}}) {}

    LiveRegistry live;
    CatalogueServiceImpl service;
    testing_kit::TestServer server;
  };
  // Calls go to `second` from now on.
  void TurnTo(SecondServer& second) {
    stub_ = v1::CatalogueService::NewStub(second.server.channel());
  }

  int requests_ = 0;
  testing_kit::TestRuntime runtime_{{v1::CatalogueService::service_full_name()}};
  storage::MemoryStore store_;
  ShippedJson shipped_ = LoadShipped(ASSAY_TEST_DATA);
  LiveRegistry live_{Load()};
  CatalogueServiceImpl service_{runtime_.runtime(), store_, runtime_.ids(), runtime_.clock(),
                                live_};
  testing_kit::TestServer server_{runtime_,
                                  {{v1::CatalogueService::service_full_name(), &service_}}};
  std::unique_ptr<Stub> stub_ = v1::CatalogueService::NewStub(server_.channel());
};

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_PUBLISHING_TEST_FIXTURE_H_
