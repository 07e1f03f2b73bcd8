// `scheme revisions`, `alias`, `compare` and `export`.

#include "common/status/macros.h"
#include "tools/assayctl/commands/command.h"
#include "tools/assayctl/files.h"
#include "tools/assayctl/output/error.h"
#include "tools/assayctl/output/revision_views.h"
#include "tools/assayctl/requests/names.h"
#include "tools/assayctl/requests/scheme_files.h"

namespace assay::assayctl {
namespace {

using CatalogueStub = catalogue::v1::CatalogueService::StubInterface;

constexpr char kDefaultScheme[] = "dcc";

struct NamedArgs {
  std::string scheme = kDefaultScheme;
  std::string name;
  int limit = kDefaultListLimit;
};

struct SetAliasArgs {
  std::string scheme = kDefaultScheme;
  std::string name;
  std::string alias;
  uint32_t revision = 0;
  std::string from;
  std::string request_id;
};

struct CompareArgs {
  std::string scheme = kDefaultScheme;
  std::string base;
  std::string other;
};

struct ExportArgs {
  std::string scheme = kDefaultScheme;
  std::string name;
  std::string format = "json";
  std::string file = "-";
};

absl::StatusOr<ExitCode> RunRevisions(Context& context, const NamedArgs& args) {
  catalogue::v1::ListRevisionsRequest request;
  ASSAY_ASSIGN_OR_RETURN(*request.mutable_name(), DocumentNameOf(args.scheme, args.name));
  ASSAY_ASSIGN_OR_RETURN(
      const auto list,
      context.connection().List(&CatalogueStub::ListRevisions, request,
                                &catalogue::v1::ListRevisionsResponse::revisions_size, args.limit));
  ASSAY_RETURN_IF_ERROR(
      context.ShowList(list, [&](const Style& style) { return RenderRevisions(list, style); }));
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> RunListAliases(Context& context, const NamedArgs& args) {
  catalogue::v1::ListAliasesRequest request;
  ASSAY_ASSIGN_OR_RETURN(*request.mutable_parent(), DocumentNameOf(args.scheme, args.name));
  ASSAY_ASSIGN_OR_RETURN(
      const auto list,
      context.connection().List(&CatalogueStub::ListAliases, request,
                                &catalogue::v1::ListAliasesResponse::aliases_size, args.limit));
  ASSAY_RETURN_IF_ERROR(
      context.ShowList(list, [&](const Style& style) { return RenderAliases(list, style); }));
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> RunSetAlias(Context& context, const SetAliasArgs& args) {
  catalogue::v1::SetAliasRequest request;
  ASSAY_ASSIGN_OR_RETURN(*request.mutable_document(), DocumentNameOf(args.scheme, args.name));
  request.set_alias(args.alias);
  request.set_revision(args.revision);
  request.set_effective_from(args.from);
  request.set_request_id(context.RequestId(args.request_id));
  ASSAY_ASSIGN_OR_RETURN(const auto alias,
                         context.connection().Call(&CatalogueStub::SetAlias, request));
  ASSAY_RETURN_IF_ERROR(
      context.Show(alias, [&](const Style& style) { return RenderAlias(alias, style); }));
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> RunCompare(Context& context, const CompareArgs& args) {
  catalogue::v1::CompareRevisionsRequest request;
  ASSAY_ASSIGN_OR_RETURN(*request.mutable_base(), DocumentNameOf(args.scheme, args.base));
  if (args.other.starts_with('@')) {
    request.set_other(WithoutRevision(request.base()) + args.other);
  } else {
    ASSAY_ASSIGN_OR_RETURN(*request.mutable_other(), DocumentNameOf(args.scheme, args.other));
  }
  ASSAY_ASSIGN_OR_RETURN(const auto comparison,
                         context.connection().Call(&CatalogueStub::CompareRevisions, request));
  ASSAY_RETURN_IF_ERROR(context.Show(
      comparison, [&](const Style& style) { return RenderComparison(comparison, style); }));
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> RunExport(Context& context, const ExportArgs& args) {
  catalogue::v1::ExportDocumentRequest request;
  ASSAY_ASSIGN_OR_RETURN(*request.mutable_name(), DocumentNameOf(args.scheme, args.name));
  ASSAY_ASSIGN_OR_RETURN(const auto format, ParseFormat(args.format));
  request.set_format(format);
  ASSAY_ASSIGN_OR_RETURN(const auto document,
                         context.connection().Call(&CatalogueStub::ExportDocument, request));
  if (args.file != "-") {
    ASSAY_RETURN_IF_ERROR(ReplaceFile(args.file, document.content(), kPublicFile));
  }
  if (!context.is_table()) {
    ASSAY_RETURN_IF_ERROR(context.PrintJson(document));
    return ExitCode::kOk;
  }
  if (args.file == "-") {
    context.out() << document.content();
  } else {
    context.out() << document.name() << " written to " << args.file << "\n";
  }
  context.err() << RenderLosses(document.name(), document.losses());
  return ExitCode::kOk;
}

void AddDocument(CLI::App& app, std::string& scheme, std::string& name, const char* flag,
                 const char* help) {
  app.add_option(flag, name, help)->required();
  app.add_option("--scheme", scheme, "Id of the scheme, where the name does not say it")
      ->capture_default_str();
}

constexpr char kDocumentHelp[] =
    "The document, such as ruleSets/asr-2.1, questionSets/ID, catalogues/ID or its full name";
constexpr char kRevisionHelp[] =
    "The document, such as ruleSets/asr-2.1, with @REVISION or @ALIAS for another than the latest";

void AddAliases(CLI::App& group, Context& context) {
  CLI::App& aliases = *group.add_subcommand("alias", "Names that move from revision to revision");
  aliases.require_subcommand(1);
  auto set = AddCommand<SetAliasArgs>(
      aliases, context, "set",
      "Let an alias name a revision from a day on; needs a catalogue publisher", RunSetAlias);
  AddDocument(*set.app, set.args->scheme, set.args->name, "name", kDocumentHelp);
  set.app->add_option("alias", set.args->alias, "The alias, such as current")->required();
  set.app->add_option("revision", set.args->revision, "Number of the revision")->required();
  set.app->add_option("--from", set.args->from, "First day, YYYY-MM-DD; today when left out");
  set.app->add_option("--request-id", set.args->request_id,
                      "The same id again gives the first answer again; a fresh one when left out");
  auto list = AddCommand<NamedArgs>(
      aliases, context, "list", "List a document's aliases with their histories", RunListAliases);
  AddDocument(*list.app, list.args->scheme, list.args->name, "name", kDocumentHelp);
  AddLimit(*list.app, list.args->limit);
}

}  // namespace

void AddSchemeRevisions(CLI::App& group, Context& context) {
  auto revisions = AddCommand<NamedArgs>(group, context, "revisions",
                                         "List a document's revisions, newest first", RunRevisions);
  AddDocument(*revisions.app, revisions.args->scheme, revisions.args->name, "name", kDocumentHelp);
  AddLimit(*revisions.app, revisions.args->limit);

  AddAliases(group, context);

  auto compare = AddCommand<CompareArgs>(
      group, context, "compare", "Say how two revisions differ and which levels that touches",
      RunCompare);
  AddDocument(*compare.app, compare.args->scheme, compare.args->base, "base", kRevisionHelp);
  compare.app
      ->add_option("other", compare.args->other,
                   "Another one of the same kind, or @REVISION alone for one of the same document")
      ->required();

  auto write = AddCommand<ExportArgs>(
      group, context, "export", "Write a revision as a file; what the format cannot say is named",
      RunExport);
  AddDocument(*write.app, write.args->scheme, write.args->name, "name", kRevisionHelp);
  write.app->add_option("--format", write.args->format, "json, yaml, csv or oscal")
      ->check(CLI::IsMember({"json", "yaml", "csv", "oscal"}))
      ->capture_default_str();
  write.app->add_option("-O,--file", write.args->file, "File to write; - for standard output")
      ->capture_default_str();
}

}  // namespace assay::assayctl
