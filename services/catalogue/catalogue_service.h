// The gRPC surface of the catalogue.

#ifndef ASSAY_SERVICES_CATALOGUE_CATALOGUE_SERVICE_H_
#define ASSAY_SERVICES_CATALOGUE_CATALOGUE_SERVICE_H_

#include "assay/catalogue/v1/catalogue_service.grpc.pb.h"

#include "common/ids/id_source.h"
#include "common/rpc/call.h"
#include "common/storage/store.h"
#include "common/time/clock.h"
#include "services/catalogue/live_registry.h"
#include "services/catalogue/publisher.h"
#include "services/catalogue/revision_queries.h"

namespace assay::catalogue {

// Thread-safe. Everything it is given must outlive it. Reads of documents and lists are answered
// inline from memory; what commits, compares or converts runs on the worker pool. Meanings and
// errors are those of catalogue_service.proto.
class CatalogueServiceImpl final : public v1::CatalogueService::CallbackService {
 public:
  // `store` holds what `live` serves; publishing writes to both.
  CatalogueServiceImpl(rpc::CallRuntime& runtime, storage::Store& store, IdSource& ids,
                       const Clock& clock, LiveRegistry& live)
      : runtime_(runtime),
        clock_(clock),
        live_(live),
        publisher_(store, ids, clock, live),
        revisions_(store, ids, clock, live) {}

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
  grpc::ServerUnaryReactor* PublishRevisions(grpc::CallbackServerContext* context,
                                             const v1::PublishRevisionsRequest* request,
                                             v1::PublishRevisionsResponse* response) override;
  grpc::ServerUnaryReactor* ListRevisions(grpc::CallbackServerContext* context,
                                          const v1::ListRevisionsRequest* request,
                                          v1::ListRevisionsResponse* response) override;
  grpc::ServerUnaryReactor* SetAlias(grpc::CallbackServerContext* context,
                                     const v1::SetAliasRequest* request,
                                     v1::Alias* response) override;
  grpc::ServerUnaryReactor* ListAliases(grpc::CallbackServerContext* context,
                                        const v1::ListAliasesRequest* request,
                                        v1::ListAliasesResponse* response) override;
  grpc::ServerUnaryReactor* CompareRevisions(grpc::CallbackServerContext* context,
                                             const v1::CompareRevisionsRequest* request,
                                             v1::CompareRevisionsResponse* response) override;
  grpc::ServerUnaryReactor* ExportDocument(grpc::CallbackServerContext* context,
                                           const v1::ExportDocumentRequest* request,
                                           v1::ExportDocumentResponse* response) override;

 private:
  EpochDays Today() const { return DateOf(clock_.Now()); }

  rpc::CallRuntime& runtime_;
  const Clock& clock_;
  const LiveRegistry& live_;
  Publisher publisher_;
  RevisionQueries revisions_;
};

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_CATALOGUE_SERVICE_H_
