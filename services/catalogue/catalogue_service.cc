#include "services/catalogue/catalogue_service.h"

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

constexpr ShelfTraits<v1::Catalogue> kCatalogues = {"schemes/*/catalogues/*", "CATALOGUE_NOT_FOUND",
                                                    &SchemeShelves::catalogues};
constexpr ShelfTraits<v1::QuestionSet> kQuestionSets = {
    "schemes/*/questionSets/*", "QUESTION_SET_NOT_FOUND", &SchemeShelves::question_sets};
constexpr ShelfTraits<v1::RuleSet> kRuleSets = {"schemes/*/ruleSets/*", "RULE_SET_NOT_FOUND",
                                                &SchemeShelves::rule_sets};

absl::StatusOr<const SchemeShelves*> FindSchemeByName(const Registry& registry,
                                                      std::string_view field,
                                                      std::string_view name) {
  ASSAY_ASSIGN_OR_RETURN(const std::vector<std::string> ids, ParseName(field, "schemes/*", name));
  return FindScheme(registry, field, ids[0]);
}

// The body of the three Get calls of documents.
template <typename Message>
absl::Status GetDocument(const Registry& registry, const ShelfTraits<Message>& traits,
                         std::string_view name, Message& response) {
  ASSAY_ASSIGN_OR_RETURN(const Message* found, FindDocument(registry, traits, "name", name));
  response = *found;
  return absl::OkStatus();
}

// The body of the three List calls of documents; `add` makes room for an entry in the response.
template <typename Message, typename Request, typename Response>
absl::Status ListDocuments(const Registry& registry, const ShelfTraits<Message>& traits,
                           std::string_view method, const Request& request, Response& response,
                           absl::FunctionRef<Message*()> add) {
  ASSAY_ASSIGN_OR_RETURN(const SchemeShelves* shelves,
                         FindSchemeByName(registry, "parent", request.parent()));
  ASSAY_ASSIGN_OR_RETURN(paging::Page page,
                         paging::Page::Of(request, paging::Binding(method, request.parent(), "")));
  using Entry = ShelvedDocument<Message>;
  ASSAY_ASSIGN_OR_RETURN(*response.mutable_next_page_token(),
                         ListPage(
                             shelves->*traits.shelf, std::move(page),
                             [](const Entry& document) { return document.summary.ByteSizeLong(); },
                             [&](const Entry& document) { *add() = document.summary; }));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<const SchemeShelves*> FindScheme(const Registry& registry, std::string_view field,
                                                std::string_view scheme) {
  const auto found = registry.schemes().find(scheme);
  if (found != registry.schemes().end()) return &found->second;
  return ResourceNotFound("SCHEME_NOT_FOUND", field, FormatName("schemes/*", {scheme}));
}

grpc::ServerUnaryReactor* CatalogueServiceImpl::ListSchemes(grpc::CallbackServerContext* context,
                                                            const v1::ListSchemesRequest* request,
                                                            v1::ListSchemesResponse* response) {
  return rpc::Unary(
      runtime_, context, request, response, kListSchemes, Execution::kInline,
      [this](const CallContext&, const v1::ListSchemesRequest& list,
             v1::ListSchemesResponse& listed) -> absl::Status {
        ASSAY_ASSIGN_OR_RETURN(paging::Page page,
                               paging::Page::Of(list, paging::Binding(kListSchemes, "", "")));
        ASSAY_ASSIGN_OR_RETURN(
            *listed.mutable_next_page_token(),
            ListPage(
                registry_.schemes(), std::move(page),
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
                      ASSAY_ASSIGN_OR_RETURN(const SchemeShelves* shelves,
                                             FindSchemeByName(registry_, "name", get.name()));
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
                      return ListDocuments<v1::Catalogue>(registry_, kCatalogues, kListCatalogues,
                                                          list, page,
                                                          [&] { return page.add_catalogues(); });
                    });
}

grpc::ServerUnaryReactor* CatalogueServiceImpl::GetCatalogue(grpc::CallbackServerContext* context,
                                                             const v1::GetCatalogueRequest* request,
                                                             v1::Catalogue* response) {
  return rpc::Unary(
      runtime_, context, request, response, kGetCatalogue, Execution::kInline,
      [this](const CallContext&, const v1::GetCatalogueRequest& get, v1::Catalogue& catalogue) {
        return GetDocument(registry_, kCatalogues, get.name(), catalogue);
      });
}

grpc::ServerUnaryReactor* CatalogueServiceImpl::ListQuestionSets(
    grpc::CallbackServerContext* context, const v1::ListQuestionSetsRequest* request,
    v1::ListQuestionSetsResponse* response) {
  return rpc::Unary(runtime_, context, request, response, kListQuestionSets, Execution::kInline,
                    [this](const CallContext&, const v1::ListQuestionSetsRequest& list,
                           v1::ListQuestionSetsResponse& page) {
                      return ListDocuments<v1::QuestionSet>(
                          registry_, kQuestionSets, kListQuestionSets, list, page,
                          [&] { return page.add_question_sets(); });
                    });
}

grpc::ServerUnaryReactor* CatalogueServiceImpl::GetQuestionSet(
    grpc::CallbackServerContext* context, const v1::GetQuestionSetRequest* request,
    v1::QuestionSet* response) {
  return rpc::Unary(
      runtime_, context, request, response, kGetQuestionSet, Execution::kInline,
      [this](const CallContext&, const v1::GetQuestionSetRequest& get, v1::QuestionSet& set) {
        return GetDocument(registry_, kQuestionSets, get.name(), set);
      });
}

grpc::ServerUnaryReactor* CatalogueServiceImpl::ListRuleSets(grpc::CallbackServerContext* context,
                                                             const v1::ListRuleSetsRequest* request,
                                                             v1::ListRuleSetsResponse* response) {
  return rpc::Unary(runtime_, context, request, response, kListRuleSets, Execution::kInline,
                    [this](const CallContext&, const v1::ListRuleSetsRequest& list,
                           v1::ListRuleSetsResponse& page) {
                      return ListDocuments<v1::RuleSet>(registry_, kRuleSets, kListRuleSets, list,
                                                        page, [&] { return page.add_rule_sets(); });
                    });
}

grpc::ServerUnaryReactor* CatalogueServiceImpl::GetRuleSet(grpc::CallbackServerContext* context,
                                                           const v1::GetRuleSetRequest* request,
                                                           v1::RuleSet* response) {
  return rpc::Unary(
      runtime_, context, request, response, kGetRuleSet, Execution::kInline,
      [this](const CallContext&, const v1::GetRuleSetRequest& get, v1::RuleSet& rules) {
        return GetDocument(registry_, kRuleSets, get.name(), rules);
      });
}

}  // namespace assay::catalogue
