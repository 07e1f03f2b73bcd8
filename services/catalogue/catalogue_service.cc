#include "services/catalogue/catalogue_service.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"

#include "common/ids/resource_name.h"
#include "common/rpc/unary.h"
#include "common/status/macros.h"
#include "services/catalogue/lookup.h"

namespace assay::catalogue {
namespace {

using rpc::CallContext;
using rpc::Execution;

constexpr std::string_view kListSchemes = "/assay.catalogue.v1.CatalogueService/ListSchemes";
constexpr std::string_view kGetScheme = "/assay.catalogue.v1.CatalogueService/GetScheme";
constexpr std::string_view kListCatalogues = "/assay.catalogue.v1.CatalogueService/ListCatalogues";
constexpr std::string_view kGetCatalogue = "/assay.catalogue.v1.CatalogueService/GetCatalogue";
constexpr std::string_view kListQuestionSets =
    "/assay.catalogue.v1.CatalogueService/ListQuestionSets";
constexpr std::string_view kGetQuestionSet = "/assay.catalogue.v1.CatalogueService/GetQuestionSet";
constexpr std::string_view kListRuleSets = "/assay.catalogue.v1.CatalogueService/ListRuleSets";
constexpr std::string_view kGetRuleSet = "/assay.catalogue.v1.CatalogueService/GetRuleSet";

constexpr std::string_view kPublish = "/assay.catalogue.v1.CatalogueService/PublishRevisions";
constexpr std::string_view kListRevisions = "/assay.catalogue.v1.CatalogueService/ListRevisions";
constexpr std::string_view kSetAlias = "/assay.catalogue.v1.CatalogueService/SetAlias";
constexpr std::string_view kListAliases = "/assay.catalogue.v1.CatalogueService/ListAliases";
constexpr std::string_view kCompare = "/assay.catalogue.v1.CatalogueService/CompareRevisions";
constexpr std::string_view kExport = "/assay.catalogue.v1.CatalogueService/ExportDocument";

absl::StatusOr<const SchemeShelves*> FindSchemeByName(const Registry& registry,
                                                      std::string_view field,
                                                      std::string_view name) {
  ASSAY_ASSIGN_OR_RETURN(const std::vector<std::string> ids, ParseName(field, "schemes/*", name));
  return FindScheme(registry, field, ids[0]);
}

// The body of the three Get calls of documents.
template <typename Message>
absl::Status GetDocument(const LiveRegistry& live, const ShelfTraits<Message>& traits,
                         std::string_view name, EpochDays today, Message& response) {
  const std::shared_ptr<const Registry> registry = live.snapshot();
  ASSAY_ASSIGN_OR_RETURN(const FoundDocument<Message> found,
                         FindDocument(*registry, traits, "name", name, today));
  response = found.revision();
  return absl::OkStatus();
}

// The body of the three List calls of documents; `add` makes room for an entry in the response.
template <typename Message, typename Request, typename Response>
absl::Status ListDocuments(const LiveRegistry& live, const ShelfTraits<Message>& traits,
                           std::string_view method, const Request& request, Response& response,
                           absl::FunctionRef<Message*()> add) {
  const std::shared_ptr<const Registry> registry = live.snapshot();
  ASSAY_ASSIGN_OR_RETURN(const SchemeShelves* shelves,
                         FindSchemeByName(*registry, "parent", request.parent()));
  ASSAY_ASSIGN_OR_RETURN(paging::Page page,
                         paging::Page::Of(request, paging::Binding(method, request.parent(), "")));
  using Entry = ShelvedDocument<Message>;
  ASSAY_ASSIGN_OR_RETURN(*response.mutable_next_page_token(),
                         ListPage(
                             shelves->*traits.shelf, std::move(page),
                             [](const Entry& document) { return document.summary->ByteSizeLong(); },
                             [&](const Entry& document) { *add() = *document.summary; }));
  return absl::OkStatus();
}

}  // namespace

grpc::ServerUnaryReactor* CatalogueServiceImpl::ListSchemes(grpc::CallbackServerContext* context,
                                                            const v1::ListSchemesRequest* request,
                                                            v1::ListSchemesResponse* response) {
  return rpc::Unary(
      runtime_, context, request, response, kListSchemes, Execution::kInline,
      [this](const CallContext&, const v1::ListSchemesRequest& list,
             v1::ListSchemesResponse& listed) -> absl::Status {
        const std::shared_ptr<const Registry> registry = live_.snapshot();
        ASSAY_ASSIGN_OR_RETURN(paging::Page page,
                               paging::Page::Of(list, paging::Binding(kListSchemes, "", "")));
        ASSAY_ASSIGN_OR_RETURN(
            *listed.mutable_next_page_token(),
            ListPage(
                registry->schemes(), std::move(page),
                [](const SchemeShelves& shelves) { return shelves.scheme.ByteSizeLong(); },
                [&](const SchemeShelves& shelves) { *listed.add_schemes() = shelves.scheme; }));
        return absl::OkStatus();
      });
}

grpc::ServerUnaryReactor* CatalogueServiceImpl::GetScheme(grpc::CallbackServerContext* context,
                                                          const v1::GetSchemeRequest* request,
                                                          v1::Scheme* response) {
  return rpc::Unary(runtime_, context, request, response, kGetScheme, Execution::kInline,
                    [this](const CallContext&, const v1::GetSchemeRequest& get,
                           v1::Scheme& scheme) -> absl::Status {
                      const std::shared_ptr<const Registry> registry = live_.snapshot();
                      ASSAY_ASSIGN_OR_RETURN(const SchemeShelves* shelves,
                                             FindSchemeByName(*registry, "name", get.name()));
                      scheme = shelves->scheme;
                      return absl::OkStatus();
                    });
}

grpc::ServerUnaryReactor* CatalogueServiceImpl::ListCatalogues(
    grpc::CallbackServerContext* context, const v1::ListCataloguesRequest* request,
    v1::ListCataloguesResponse* response) {
  return rpc::Unary(runtime_, context, request, response, kListCatalogues, Execution::kInline,
                    [this](const CallContext&, const v1::ListCataloguesRequest& list,
                           v1::ListCataloguesResponse& page) {
                      return ListDocuments<v1::Catalogue>(live_, kCatalogues, kListCatalogues, list,
                                                          page,
                                                          [&] { return page.add_catalogues(); });
                    });
}

grpc::ServerUnaryReactor* CatalogueServiceImpl::GetCatalogue(grpc::CallbackServerContext* context,
                                                             const v1::GetCatalogueRequest* request,
                                                             v1::Catalogue* response) {
  return rpc::Unary(
      runtime_, context, request, response, kGetCatalogue, Execution::kInline,
      [this](const CallContext&, const v1::GetCatalogueRequest& get, v1::Catalogue& catalogue) {
        return GetDocument(live_, kCatalogues, get.name(), Today(), catalogue);
      });
}

grpc::ServerUnaryReactor* CatalogueServiceImpl::ListQuestionSets(
    grpc::CallbackServerContext* context, const v1::ListQuestionSetsRequest* request,
    v1::ListQuestionSetsResponse* response) {
  return rpc::Unary(runtime_, context, request, response, kListQuestionSets, Execution::kInline,
                    [this](const CallContext&, const v1::ListQuestionSetsRequest& list,
                           v1::ListQuestionSetsResponse& page) {
                      return ListDocuments<v1::QuestionSet>(
                          live_, kQuestionSets, kListQuestionSets, list, page,
                          [&] { return page.add_question_sets(); });
                    });
}

grpc::ServerUnaryReactor* CatalogueServiceImpl::GetQuestionSet(
    grpc::CallbackServerContext* context, const v1::GetQuestionSetRequest* request,
    v1::QuestionSet* response) {
  return rpc::Unary(
      runtime_, context, request, response, kGetQuestionSet, Execution::kInline,
      [this](const CallContext&, const v1::GetQuestionSetRequest& get, v1::QuestionSet& set) {
        return GetDocument(live_, kQuestionSets, get.name(), Today(), set);
      });
}

grpc::ServerUnaryReactor* CatalogueServiceImpl::ListRuleSets(grpc::CallbackServerContext* context,
                                                             const v1::ListRuleSetsRequest* request,
                                                             v1::ListRuleSetsResponse* response) {
  return rpc::Unary(runtime_, context, request, response, kListRuleSets, Execution::kInline,
                    [this](const CallContext&, const v1::ListRuleSetsRequest& list,
                           v1::ListRuleSetsResponse& page) {
                      return ListDocuments<v1::RuleSet>(live_, kRuleSets, kListRuleSets, list, page,
                                                        [&] { return page.add_rule_sets(); });
                    });
}

grpc::ServerUnaryReactor* CatalogueServiceImpl::GetRuleSet(grpc::CallbackServerContext* context,
                                                           const v1::GetRuleSetRequest* request,
                                                           v1::RuleSet* response) {
  return rpc::Unary(
      runtime_, context, request, response, kGetRuleSet, Execution::kInline,
      [this](const CallContext&, const v1::GetRuleSetRequest& get, v1::RuleSet& rules) {
        return GetDocument(live_, kRuleSets, get.name(), Today(), rules);
      });
}

grpc::ServerUnaryReactor* CatalogueServiceImpl::PublishRevisions(
    grpc::CallbackServerContext* context, const v1::PublishRevisionsRequest* request,
    v1::PublishRevisionsResponse* response) {
  return rpc::Unary(runtime_, context, request, response, kPublish, Execution::kWorker, publisher_,
                    &Publisher::Publish);
}

grpc::ServerUnaryReactor* CatalogueServiceImpl::ListRevisions(
    grpc::CallbackServerContext* context, const v1::ListRevisionsRequest* request,
    v1::ListRevisionsResponse* response) {
  return rpc::Unary(runtime_, context, request, response, kListRevisions, Execution::kInline,
                    revisions_, &RevisionQueries::ListRevisions);
}

grpc::ServerUnaryReactor* CatalogueServiceImpl::SetAlias(grpc::CallbackServerContext* context,
                                                         const v1::SetAliasRequest* request,
                                                         v1::Alias* response) {
  return rpc::Unary(runtime_, context, request, response, kSetAlias, Execution::kWorker, publisher_,
                    &Publisher::SetAlias);
}

grpc::ServerUnaryReactor* CatalogueServiceImpl::ListAliases(grpc::CallbackServerContext* context,
                                                            const v1::ListAliasesRequest* request,
                                                            v1::ListAliasesResponse* response) {
  return rpc::Unary(runtime_, context, request, response, kListAliases, Execution::kInline,
                    revisions_, &RevisionQueries::ListAliases);
}

grpc::ServerUnaryReactor* CatalogueServiceImpl::CompareRevisions(
    grpc::CallbackServerContext* context, const v1::CompareRevisionsRequest* request,
    v1::CompareRevisionsResponse* response) {
  return rpc::Unary(runtime_, context, request, response, kCompare, Execution::kWorker, revisions_,
                    &RevisionQueries::Compare);
}

grpc::ServerUnaryReactor* CatalogueServiceImpl::ExportDocument(
    grpc::CallbackServerContext* context, const v1::ExportDocumentRequest* request,
    v1::ExportDocumentResponse* response) {
  return rpc::Unary(runtime_, context, request, response, kExport, Execution::kWorker, revisions_,
                    &RevisionQueries::Export);
}

}  // namespace assay::catalogue
