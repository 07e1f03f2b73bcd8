// The service behind its real stub, with the other services as fakes; and the calls that its tests
// share.

#ifndef ASSAY_SERVICES_ASSESSMENT_STORE_TESTING_SERVICE_FIXTURE_H_
#define ASSAY_SERVICES_ASSESSMENT_STORE_TESTING_SERVICE_FIXTURE_H_

#include <memory>
#include <string>

#include "gtest/gtest.h"

#include "common/outbox/relay.h"
#include "common/rpc/client.h"
#include "common/storage/memory_store.h"
#include "common/testing/status_matchers.h"
#include "common/testing/test_server.h"
#include "services/assessment_store/application.h"
#include "services/assessment_store/assessment_store_service.h"
#include "services/assessment_store/testing/fake_clients.h"

namespace assay::assessment_store {

inline constexpr char kBody[] = "organisations/northgate";
inline constexpr char kSupplier[] = "organisations/harbour";
inline constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;
inline constexpr auto kPrecondition = absl::StatusCode::kFailedPrecondition;

using Stub = v1::AssessmentStoreService::StubInterface;

class AssessmentStoreServiceTest : public ::testing::Test {
 protected:
  AssessmentStoreServiceTest()
      : runtime_({v1::AssessmentStoreService::service_full_name()}),
        relay_(*outbox::Relay::Create(
            store_, runtime_.clock(),
            [this](const outbox::Message& message) { return Deliver(queue_, message); })),
        commands_({store_, runtime_.clock(), runtime_.ids(), scoring_, catalogue_, [] {}}),
        queries_(store_, scoring_),
        service_(runtime_.runtime(), commands_, queries_),
        server_(runtime_, {{v1::AssessmentStoreService::service_full_name(), &service_}}),
        stub_(v1::AssessmentStoreService::NewStub(server_.channel())),
        anna_(runtime_.keys().Mint("anna", kBody, {access::v1::ROLE_ASSESSOR})),
        sam_(runtime_.keys().Mint("sam", kSupplier, {access::v1::ROLE_SUPPLIER})),
        ravi_(runtime_.keys().Mint("ravi", "organisations/owner", {access::v1::ROLE_REVIEWER})),
        queue_token_(runtime_.keys().MintService("services/assay-review-queue")) {}

  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                             Response*),
                                const Request& request, const std::string& token) {
    Response response;
    const auto context = testing_kit::WithToken(token);
    const grpc::Status status = ((*stub_).*method)(context.get(), request, &response);
    if (!status.ok()) return FromGrpcStatus(status);
    return response;
  }

  v1::CreateAssessmentRequest CreateRequest(const std::string& id = "a1") {
    v1::CreateAssessmentRequest request;
    request.set_assessment_id(id);
    auto& assessment = *request.mutable_assessment();
    assessment.set_profile("L1");
    assessment.mutable_pins()->set_catalogue("schemes/dcc/catalogues/x");
    assessment.mutable_pins()->set_rule_set("schemes/dcc/ruleSets/y");
    assessment.set_supplier(kSupplier);
    assessment.set_certification_body(kBody);
    return request;
  }

  v1::Assessment Create(const std::string& id = "a1") {
    return *Call(&Stub::CreateAssessment, CreateRequest(id), anna_);
  }

  v1::Assessment Get(const std::string& id = "a1") {
    v1::GetAssessmentRequest request;
    request.set_name("assessments/" + id);
    return *Call(&Stub::GetAssessment, request, anna_);
  }

  // Records a status of all three controls in scope, `overridden` overridden.
  v1::RecordControlResultsRequest RecordRequest(const std::string& overridden = "") {
    v1::RecordControlResultsRequest request;
    request.set_name("assessments/a1");
    request.set_etag(Get().etag());
    for (const std::string& control : catalogue_.scope) {
      auto& result = *request.add_changes()->mutable_result();
      result.set_control_id(control);
      result.mutable_theoretical()->set_status(control == overridden
                                                   ? scoring::v1::CONTROL_STATUS_NOT_MET
                                                   : scoring::v1::CONTROL_STATUS_MET);
      if (control == overridden) result.mutable_override()->set_reasoning("seen on site");
    }
    return request;
  }

  v1::ConfirmControlsRequest ConfirmAll() {
    v1::ConfirmControlsRequest request;
    request.set_name("assessments/a1");
    request.set_all(true);
    request.set_etag(Get().etag());
    return request;
  }

  v1::SubmitAssessmentRequest SubmitRequest(const std::string& request_id = "") {
    v1::SubmitAssessmentRequest request;
    request.set_name("assessments/a1");
    request.set_as_of("2026-10-01");
    request.set_etag(Get().etag());
    request.set_request_id(request_id);
    return request;
  }

  // Creates, records, confirms and submits; with an override it is in review then.
  v1::SubmitAssessmentResponse Submitted(const std::string& overridden) {
    Create();
    EXPECT_THAT(Call(&Stub::RecordControlResults, RecordRequest(overridden), anna_),
                testing_kit::IsOk());
    EXPECT_THAT(Call(&Stub::ConfirmControls, ConfirmAll(), anna_), testing_kit::IsOk());
    return *Call(&Stub::SubmitAssessment, SubmitRequest(), anna_);
  }

  v1::ApplyReviewDecisionRequest DecisionRequest(const v1::SubmitAssessmentResponse& submitted,
                                                 review_queue::v1::DecisionKind kind) {
    v1::ApplyReviewDecisionRequest request;
    request.set_name("assessments/a1");
    request.set_review_item("reviewItems/a1.1");
    request.set_submission_number(1);
    request.set_result_digest(submitted.verdict().verdict().result_digest());
    request.mutable_decision()->set_kind(kind);
    request.mutable_decision()->set_reason("reviewed");
    request.mutable_decision()->set_reviewer("ravi");
    if (kind != review_queue::v1::DECISION_KIND_UPHOLD) {
      auto* control = request.mutable_decision()->add_controls();
      control->set_control_id("2300");
      control->set_reason("not convincing");
    }
    return request;
  }

  // Every byte that is stored.
  std::string Everything() {
    std::string bytes;
    EXPECT_THAT(store_.Snapshot()->Scan({},
                                        [&](std::string_view key, std::string_view value) {
                                          bytes.append(key).push_back('\0');
                                          bytes.append(value).push_back('\0');
                                          return true;
                                        }),
                testing_kit::IsOk());
    return bytes;
  }

  testing_kit::TestRuntime runtime_;
  storage::MemoryStore store_;
  FakeScoringClient scoring_;
  FakeCatalogueClient catalogue_;
  FakeReviewQueueClient queue_;
  std::unique_ptr<outbox::Relay> relay_;
  AssessmentCommands commands_;
  AssessmentQueries queries_;
  AssessmentStoreServiceImpl service_;
  testing_kit::TestServer server_;
  std::unique_ptr<Stub> stub_;
  const std::string anna_;
  const std::string sam_;
  const std::string ravi_;
  const std::string queue_token_;
};

}  // namespace assay::assessment_store

#endif  // ASSAY_SERVICES_ASSESSMENT_STORE_TESTING_SERVICE_FIXTURE_H_
