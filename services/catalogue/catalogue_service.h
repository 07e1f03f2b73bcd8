// The gRPC surface of the catalogue.

#ifndef ASSAY_SERVICES_CATALOGUE_CATALOGUE_SERVICE_H_
#define ASSAY_SERVICES_CATALOGUE_CATALOGUE_SERVICE_H_

#include "assay/catalogue/v1/catalogue_service.grpc.pb.h"

#include "common/rpc/call.h"
#include "services/catalogue/registry.h"

namespace assay::catalogue {

// Thread-safe. `runtime` and `registry` must outlive it. Every call is answered inline from memory;
// meanings and errors are those of catalogue_service.proto.
class CatalogueServiceImpl final : public v1::CatalogueService::CallbackService {
 public:
  CatalogueServiceImpl(rpc::CallRuntime& runtime, const Registry& registry)
      : runtime_(runtime), registry_(registry) {}

  grpc::ServerUnaryReactor* ListSchemes(grpc::CallbackServerContext* context,
                                        const v1::ListSchemesRequest* request,
                                        v1::ListSchemesResponse* response) override;
  grpc::ServerUnaryReactor* GetScheme(grpc::CallbackServerContext* context,
                                      const v1::GetSchemeRequest* request,
                                      v1::Scheme* response) override;
  grpc::ServerUnaryReactor* ListCatalogues(grpc::CallbackServerContext* context,
                                           const v1::ListCataloguesRequest* request,
                                           v1::ListCataloguesResponse* response) override;
  grpc::ServerUnaryReactor* GetCatalogue(grpc::CallbackServerContext* context,
                                         const v1::GetCatalogueRequest* request,
                                         v1::Catalogue* response) override;
  grpc::ServerUnaryReactor* ListQuestionSets(grpc::CallbackServerContext* context,
                                             const v1::ListQuestionSetsRequest* request,
                                             v1::ListQuestionSetsResponse* response) override;
  grpc::ServerUnaryReactor* GetQuestionSet(grpc::CallbackServerContext* context,
                                           const v1::GetQuestionSetRequest* request,
                                           v1::QuestionSet* response) override;
  grpc::ServerUnaryReactor* ListRuleSets(grpc::CallbackServerContext* context,
                                         const v1::ListRuleSetsRequest* request,
                                         v1::ListRuleSetsResponse* response) override;
  grpc::ServerUnaryReactor* GetRuleSet(grpc::CallbackServerContext* context,
                                       const v1::GetRuleSetRequest* request,
                                       v1::RuleSet* response) override;

 private:
  rpc::CallRuntime& runtime_;
  const Registry& registry_;
};

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_CATALOGUE_SERVICE_H_
