#include "absl/strings/str_cat.h"

#include "common/status/macros.h"
#include "tools/assayctl/commands/command.h"
#include "tools/assayctl/output/scheme_views.h"
#include "tools/assayctl/requests/names.h"

namespace assay::assayctl {
namespace {

using catalogue::v1::Catalogue;
using catalogue::v1::RuleSet;
using catalogue::v1::Scheme;
using CatalogueStub = catalogue::v1::CatalogueService::StubInterface;

constexpr char kDefaultScheme[] = "dcc";

struct ListArgs {
  int limit = kDefaultListLimit;
};

struct SchemeArgs {
  std::string scheme = kDefaultScheme;
};

struct DocumentArgs {
  std::string scheme = kDefaultScheme;
  std::string document;
  ControlFilter filter;
};

absl::StatusOr<Scheme> GetScheme(Context& context, const std::string& scheme) {
  catalogue::v1::GetSchemeRequest request;
  ASSAY_ASSIGN_OR_RETURN(*request.mutable_name(), QualifiedName("schemes", scheme));
  return context.connection().Call(&CatalogueStub::GetScheme, request);
}

// The full name of a document given by id or name; the scheme's default when none is given.
absl::StatusOr<std::string> DocumentName(Context& context, const DocumentArgs& args,
                                         const std::string& collection,
                                         const std::string& (Scheme::*default_name)() const) {
  if (args.document.empty()) {
    ASSAY_ASSIGN_OR_RETURN(const Scheme scheme, GetScheme(context, args.scheme));
    return (scheme.*default_name)();
  }
  if (args.document.find('/') != std::string::npos) return args.document;
  ASSAY_ASSIGN_OR_RETURN(const std::string scheme, QualifiedName("schemes", args.scheme));
  return absl::StrCat(scheme, "/", collection, "/", args.document);
}

absl::StatusOr<ExitCode> RunList(Context& context, const ListArgs& args) {
  using catalogue::v1::ListSchemesResponse;
  ASSAY_ASSIGN_OR_RETURN(const auto list,
                         context.connection().List(&CatalogueStub::ListSchemes, {},
                                                   &ListSchemesResponse::schemes_size, args.limit));
  ASSAY_RETURN_IF_ERROR(
      context.ShowList(list, [&](const Style& style) { return RenderSchemes(list, style); }));
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> RunGet(Context& context, const SchemeArgs& args) {
  using catalogue::v1::ListCataloguesResponse;
  using catalogue::v1::ListQuestionSetsResponse;
  using catalogue::v1::ListRuleSetsResponse;
  ASSAY_ASSIGN_OR_RETURN(const Scheme scheme, GetScheme(context, args.scheme));
  if (!context.is_table()) {
    ASSAY_RETURN_IF_ERROR(context.PrintJson(scheme));
    return ExitCode::kOk;
  }
  Connection& connection = context.connection();
  catalogue::v1::ListCataloguesRequest catalogues_request;
  catalogues_request.set_parent(scheme.name());
  ASSAY_ASSIGN_OR_RETURN(
      const auto catalogues,
      connection.List(&CatalogueStub::ListCatalogues, catalogues_request,
                      &ListCataloguesResponse::catalogues_size, kDefaultListLimit));
  catalogue::v1::ListQuestionSetsRequest questions_request;
  questions_request.set_parent(scheme.name());
  ASSAY_ASSIGN_OR_RETURN(
      const auto questions,
      connection.List(&CatalogueStub::ListQuestionSets, questions_request,
                      &ListQuestionSetsResponse::question_sets_size, kDefaultListLimit));
  catalogue::v1::ListRuleSetsRequest rules_request;
  rules_request.set_parent(scheme.name());
  ASSAY_ASSIGN_OR_RETURN(const auto rules,
                         connection.List(&CatalogueStub::ListRuleSets, rules_request,
                                         &ListRuleSetsResponse::rule_sets_size, kDefaultListLimit));
  context.out() << RenderScheme(scheme, catalogues, questions, rules, context.style());
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> RunControls(Context& context, const DocumentArgs& args) {
  catalogue::v1::GetCatalogueRequest request;
  ASSAY_ASSIGN_OR_RETURN(*request.mutable_name(),
                         DocumentName(context, args, "catalogues", &Scheme::default_catalogue));
  ASSAY_ASSIGN_OR_RETURN(Catalogue catalogue,
                         context.connection().Call(&CatalogueStub::GetCatalogue, request));
  Filter(args.filter, catalogue);
  ASSAY_RETURN_IF_ERROR(context.Show(
      catalogue, [&](const Style& style) { return RenderControls(catalogue, style); }));
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> RunRules(Context& context, const DocumentArgs& args) {
  catalogue::v1::GetRuleSetRequest request;
  ASSAY_ASSIGN_OR_RETURN(*request.mutable_name(),
                         DocumentName(context, args, "ruleSets", &Scheme::default_rule_set));
  ASSAY_ASSIGN_OR_RETURN(const RuleSet rule_set,
                         context.connection().Call(&CatalogueStub::GetRuleSet, request));
  ASSAY_RETURN_IF_ERROR(
      context.Show(rule_set, [&](const Style& style) { return RenderRuleSet(rule_set, style); }));
  return ExitCode::kOk;
}

}  // namespace

void AddSchemeCommands(CLI::App& root, Context& context) {
  CLI::App& group = *root.add_subcommand("scheme", "Schemes: controls, question sets, rule sets");
  group.require_subcommand(1);
  auto list = AddCommand<ListArgs>(group, context, "list", "List the schemes", RunList);
  AddLimit(*list.app, list.args->limit);

  auto get = AddCommand<SchemeArgs>(group, context, "get",
                                    "Show one scheme and the revisions of its documents", RunGet);
  get.app->add_option("scheme", get.args->scheme, "Id of the scheme")->capture_default_str();

  auto controls = AddCommand<DocumentArgs>(group, context, "controls",
                                           "List the controls of a catalogue", RunControls);
  controls.app->add_option("name", controls.args->document,
                           "Id or name of the catalogue, with @REVISION for an older one; the "
                           "scheme's default when left out");
  controls.app->add_option("--scheme", controls.args->scheme, "Id of the scheme")
      ->capture_default_str();
  controls.app->add_option("--profile", controls.args->filter.profile,
                           "Only controls in scope at this profile, such as L1");
  controls.app->add_option("--objective", controls.args->filter.objective,
                           "Only controls of this objective, such as B");

  auto rules = AddCommand<DocumentArgs>(group, context, "rules", "Show a rule set", RunRules);
  rules.app->add_option("name", rules.args->document,
                        "Id or name of the rule set, with @REVISION for an older one; the "
                        "scheme's default when left out");
  rules.app->add_option("--scheme", rules.args->scheme, "Id of the scheme")->capture_default_str();

  AddSchemePublish(group, context);
  AddSchemeRevisions(group, context);
}

}  // namespace assay::assayctl
