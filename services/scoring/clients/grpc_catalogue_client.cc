#include "services/scoring/clients/grpc_catalogue_client.h"

#include <utility>

#include "common/status/macros.h"
#include "services/scoring/errors.h"
#include "services/scoring/limits.h"

namespace assay::scoring {

using catalogue::v1::CatalogueService;

GrpcCatalogueClient::GrpcCatalogueClient(std::unique_ptr<CatalogueService::StubInterface> stub,
                                         rpc::TokenSource& tokens)
    : stub_(std::move(stub)), tokens_(tokens) {}

absl::StatusOr<catalogue::v1::Catalogue> GrpcCatalogueClient::GetCatalogue(
    const rpc::CallContext& call, const std::string& name) {
  catalogue::v1::GetCatalogueRequest request;
  request.set_name(name);
  catalogue::v1::Catalogue catalogue;
  ASSAY_RETURN_IF_ERROR(FromCatalogue(
      rpc::ClientCall(rpc::CallFor(call, tokens_, kCatalogueCallLimit), *stub_,
                      &CatalogueService::StubInterface::GetCatalogue, request, catalogue)));
  return catalogue;
}

absl::StatusOr<catalogue::v1::QuestionSet> GrpcCatalogueClient::GetQuestionSet(
    const rpc::CallContext& call, const std::string& name) {
  catalogue::v1::GetQuestionSetRequest request;
  request.set_name(name);
  catalogue::v1::QuestionSet question_set;
  ASSAY_RETURN_IF_ERROR(FromCatalogue(
      rpc::ClientCall(rpc::CallFor(call, tokens_, kCatalogueCallLimit), *stub_,
                      &CatalogueService::StubInterface::GetQuestionSet, request, question_set)));
  return question_set;
}

absl::StatusOr<catalogue::v1::RuleSet> GrpcCatalogueClient::GetRuleSet(const rpc::CallContext& call,
                                                                       const std::string& name) {
  catalogue::v1::GetRuleSetRequest request;
  request.set_name(name);
  catalogue::v1::RuleSet rule_set;
  ASSAY_RETURN_IF_ERROR(FromCatalogue(
      rpc::ClientCall(rpc::CallFor(call, tokens_, kCatalogueCallLimit), *stub_,
                      &CatalogueService::StubInterface::GetRuleSet, request, rule_set)));
  return rule_set;
}

}  // namespace assay::scoring
