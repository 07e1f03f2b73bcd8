#include "tools/assayctl/commands/scheme_publish.h"

#include "common/status/macros.h"
#include "tools/assayctl/commands/command.h"
#include "tools/assayctl/output/error.h"
#include "tools/assayctl/requests/names.h"

namespace assay::assayctl {
namespace {

using catalogue::v1::PublishRevisionsRequest;
using catalogue::v1::PublishRevisionsResponse;
using CatalogueStub = catalogue::v1::CatalogueService::StubInterface;

struct PublishArgs {
  std::vector<std::string> paths;
  DraftArguments draft;
  bool validate_only = false;
  std::string request_id;
};

absl::StatusOr<ExitCode> RunPublish(Context& context, const PublishArgs& args) {
  const PublishMode mode = args.validate_only ? PublishMode::kValidateOnly : PublishMode::kPublish;
  ASSAY_ASSIGN_OR_RETURN(const PublishRevisionsResponse response,
                         PublishFiles(context, args.draft, args.paths, mode, args.request_id));
  ASSAY_RETURN_IF_ERROR(context.Show(
      response, [&](const Style& style) { return RenderPublished(response, mode, style); }));
  if (context.is_table()) context.err() << RenderPublishRemarks(response);
  return ExitCode::kOk;
}

void AddPublish(CLI::App& group, Context& context, const std::string& name,
                const std::string& description) {
  auto [app, args] = AddCommand<PublishArgs>(group, context, name, description, RunPublish);
  app->add_option("files", args->paths,
                  "Files, or folders laid out as scheme.json, catalogues/, question-sets/ and "
                  "rule-sets/; - for standard input, with --kind and --format")
      ->required();
  app->add_option("--scheme", args->draft.scheme,
                  "Id of the scheme; else the folder's name. May be a new one");
  app->add_option("--kind", args->draft.kind,
                  "scheme, catalogue, question-set or rule-set; else the folder's name says so")
      ->check(CLI::IsMember({"scheme", "catalogue", "question-set", "rule-set"}));
  app->add_option("--format", args->draft.format,
                  "json, yaml, csv or oscal; else the file's ending says so")
      ->check(CLI::IsMember({"json", "yaml", "csv", "oscal"}));
  app->add_option("--id", args->draft.id, "Id of the document, when there is one file only");
  app->add_option("--frame", args->draft.frame,
                  "The file is a list of requirements over this frame: its name, such as "
                  "catalogues/v7, with @REVISION for an older one");
  app->add_flag("--validate-only", args->validate_only,
                "Check everything, say what would happen, write nothing");
  app->add_option("--request-id", args->request_id,
                  "The same id again gives the first answer again; a fresh one when left out");
}

}  // namespace

absl::StatusOr<PublishRevisionsResponse> PublishFiles(Context& context,
                                                      const DraftArguments& arguments,
                                                      const std::vector<std::string>& paths,
                                                      PublishMode mode,
                                                      const std::string& request_id) {
  ASSAY_ASSIGN_OR_RETURN(const std::vector<std::string> files, ExpandPaths(paths));
  if (files.size() > 1 && !arguments.id.empty()) {
    return UsageError("DRAFT_INVALID", "--id goes with one file only");
  }
  PublishRevisionsRequest request;
  DraftArguments settled = arguments;
  ASSAY_ASSIGN_OR_RETURN(settled.scheme, SchemeOf(arguments, files));
  ASSAY_ASSIGN_OR_RETURN(*request.mutable_parent(), QualifiedName("schemes", settled.scheme));
  if (!arguments.frame.empty()) {
    ASSAY_ASSIGN_OR_RETURN(settled.frame, DocumentNameOf(settled.scheme, arguments.frame));
  }
  for (const std::string& file : files) {
    ASSAY_ASSIGN_OR_RETURN(std::string content, context.ReadInput(file));
    ASSAY_ASSIGN_OR_RETURN(*request.add_documents(), BuildDraft(settled, file, std::move(content)));
  }
  request.set_validate_only(mode == PublishMode::kValidateOnly);
  if (mode == PublishMode::kPublish) request.set_request_id(context.RequestId(request_id));
  return context.connection().Call(&CatalogueStub::PublishRevisions, request);
}

void AddSchemePublish(CLI::App& group, Context& context) {
  AddPublish(group, context, "publish",
             "Publish scheme files as new revisions, all or none; needs a catalogue publisher");
  AddPublish(group, context, "import", "The same as publish");
}

}  // namespace assay::assayctl
