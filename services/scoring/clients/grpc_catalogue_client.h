// CatalogueClient over gRPC, as this service itself (its own token, the caller's deadline and
// trace).

#ifndef ASSAY_SERVICES_SCORING_CLIENTS_GRPC_CATALOGUE_CLIENT_H_
#define ASSAY_SERVICES_SCORING_CLIENTS_GRPC_CATALOGUE_CLIENT_H_

#include <memory>
#include <string>

#include "assay/catalogue/v1/catalogue_service.grpc.pb.h"

#include "common/rpc/client.h"
#include "services/scoring/clients/catalogue_client.h"

namespace assay::scoring {

class GrpcCatalogueClient final : public CatalogueClient {
 public:
  // `tokens` must outlive this.
  GrpcCatalogueClient(std::unique_ptr<catalogue::v1::CatalogueService::StubInterface> stub,
                      rpc::TokenSource& tokens);

  absl::StatusOr<catalogue::v1::Catalogue> GetCatalogue(const rpc::CallContext& call,
                                                        const std::string& name) override;
  absl::StatusOr<catalogue::v1::QuestionSet> GetQuestionSet(const rpc::CallContext& call,
                                                            const std::string& name) override;
  absl::StatusOr<catalogue::v1::RuleSet> GetRuleSet(const rpc::CallContext& call,
                                                    const std::string& name) override;

 private:
  const std::unique_ptr<catalogue::v1::CatalogueService::StubInterface> stub_;
  rpc::TokenSource& tokens_;
};

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_CLIENTS_GRPC_CATALOGUE_CLIENT_H_
