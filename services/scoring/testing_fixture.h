// For tests: the scoring service on a real server with a catalogue in memory, and requests.

#ifndef ASSAY_SERVICES_SCORING_TESTING_FIXTURE_H_
#define ASSAY_SERVICES_SCORING_TESTING_FIXTURE_H_

#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <gtest/gtest.h>

#include "assay/scoring/v1/scoring_service.grpc.pb.h"

#include "common/status/grpc_status.h"
#include "common/testing/test_server.h"
#include "services/scoring/basis_resolver.h"
#include "services/scoring/clients/testing/fake_catalogue_client.h"
#include "services/scoring/engine/testing/dcc_shape.h"
#include "services/scoring/scoring_service.h"
#include "services/scoring/second_evaluator/evaluate.h"

namespace assay::scoring {

class ScoringServiceFixture : public ::testing::Test {
 protected:
  // `second` scores a second time.
  explicit ScoringServiceFixture(Scorer::SecondEvaluator second = second::Evaluate)
      : runtime_({v1::ScoringService::service_full_name()}),
        resolver_(catalogue_, runtime_.clock()),
        disagreements_(runtime_.runtime().logger, runtime_.runtime().metrics),
        scorer_(resolver_, disagreements_, std::move(second)),
        service_(runtime_.runtime(), resolver_, scorer_),
        server_(runtime_, {{v1::ScoringService::service_full_name(), &service_}}),
        stub_(v1::ScoringService::NewStub(server_.channel())) {}

  std::unique_ptr<grpc::ClientContext> As(access::v1::Role role) const {
    return testing_kit::WithToken(
        runtime_.keys().Mint("ada", "organisations/acme", auth::RoleSet{role}));
  }
  std::unique_ptr<grpc::ClientContext> AsAssessor() const { return As(access::v1::ROLE_ASSESSOR); }

  absl::StatusOr<v1::Verdict> Score(const v1::ScoreRequest& request) {
    v1::ScoreResponse response;
    const grpc::Status status = stub_->Score(AsAssessor().get(), request, &response);
    if (!status.ok()) {
      return FromGrpcStatus(status);
    }
    return response.verdict();
  }

  // Calls any other unary method as an assessor.
  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(grpc::Status (v1::ScoringService::Stub::*method)(
                                    grpc::ClientContext*, const Request&, Response*),
                                const std::type_identity_t<Request>& request) {
    Response response;
    const grpc::Status status = ((*stub_).*method)(AsAssessor().get(), request, &response);
    if (!status.ok()) {
      return FromGrpcStatus(status);
    }
    return response;
  }

  static v1::ScoringBasis BasisAt(std::string_view profile) {
    v1::ScoringBasis basis;
    basis.set_catalogue(kCatalogueName);
    basis.set_rule_set(kRuleSetName);
    basis.set_question_set(kQuestionSetName);
    basis.set_profile(std::string(profile));
    return basis;
  }

  // Every control of `profile` directly Met, certificates valid.
  static v1::ScoreRequest AllMetRequest(std::string_view profile) {
    v1::ScoreRequest request;
    *request.mutable_basis() = BasisAt(profile);
    v1::AssessmentInputs& inputs = *request.mutable_inputs();
    inputs.set_as_of("2026-06-01");
    for (const char* kind : {"CYBER_ESSENTIALS", "CYBER_ESSENTIALS_PLUS"}) {
      v1::Certificate& certificate = *inputs.add_certificates();
      certificate.set_kind(kind);
      certificate.set_issued_on("2026-05-02");
      certificate.set_expires_on("2027-05-01");
      certificate.set_scope_verdict(v1::SCOPE_VERDICT_COVERS);
    }
    const CompiledProfile compiled = MustCompile(DccScheme(), profile);
    for (const CompiledControl& control : compiled.controls()) {
      v1::ControlInput& input = *inputs.add_controls();
      input.set_control_id(control.id);
      input.mutable_theoretical()->set_status(v1::CONTROL_STATUS_MET);
    }
    return request;
  }

  // The input of a control, which must be there.
  static v1::ControlInput& ControlOf(v1::AssessmentInputs& inputs, std::string_view control) {
    for (v1::ControlInput& candidate : *inputs.mutable_controls()) {
      if (candidate.control_id() == control) {
        return candidate;
      }
    }
    ADD_FAILURE() << "no control " << control;
    return *inputs.mutable_controls(0);
  }

  FakeCatalogueClient catalogue_;
  testing_kit::TestRuntime runtime_;
  BasisResolver resolver_;
  Disagreements disagreements_;
  Scorer scorer_;
  ScoringServiceImpl service_;
  testing_kit::TestServer server_;
  const std::unique_ptr<v1::ScoringService::Stub> stub_;
};

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_TESTING_FIXTURE_H_
