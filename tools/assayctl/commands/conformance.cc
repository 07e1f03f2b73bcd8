// `conformance run`: vectors against any server.

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

#include "common/status/macros.h"
#include "tools/assayctl/commands/command.h"
#include "tools/assayctl/commands/scheme_publish.h"
#include "tools/assayctl/conformance/report.h"
#include "tools/assayctl/conformance/run.h"
#include "tools/assayctl/conformance/vector.h"
#include "tools/assayctl/files.h"
#include "tools/assayctl/output/error.h"
#include "tools/assayctl/output/text.h"

namespace assay::assayctl {
namespace {

using scoring::v1::ScoreRequest;
using scoring::v1::ScoringService;
using scoring::v1::Verdict;

struct RunArgs {
  std::string vectors = "tests/conformance";
  std::string filter = "*";
  bool publish_schemes = false;
  bool no_digests = false;
};

absl::StatusOr<std::vector<Vector>> LoadVectors(const RunArgs& args) {
  ASSAY_ASSIGN_OR_RETURN(const std::vector<std::string> files, FindVectorFiles(args.vectors));
  std::vector<Vector> all;
  for (const std::string& file : files) {
    ASSAY_ASSIGN_OR_RETURN(const std::string text, ReadFile(file));
    ASSAY_ASSIGN_OR_RETURN(std::vector<Vector> vectors, ParseVectors(file, text));
    all.insert(all.end(), std::make_move_iterator(vectors.begin()),
               std::make_move_iterator(vectors.end()));
  }
  // Before the filter: two of one name are a mistake whatever is run today.
  ASSAY_RETURN_IF_ERROR(CheckNames(all));
  all.erase(std::remove_if(
                all.begin(), all.end(),
                [&args](const Vector& vector) { return !MatchesGlob(args.filter, vector.name); }),
            all.end());
  // A run of nothing would pass.
  if (all.empty()) {
    return UsageError("NO_VECTORS",
                      absl::StrCat("no vector in ", args.vectors, " is named like ", args.filter));
  }
  return all;
}

// The folder of schemes beside or in that of the vectors.
std::string SchemesFolder(const std::string& vectors) {
  namespace fs = std::filesystem;
  std::error_code error;
  const std::string inside = vectors + "/schemes";
  return fs::is_directory(inside, error) ? inside : vectors + "/../schemes";
}

absl::Status PublishSchemes(Context& context, const RunArgs& args,
                            const std::vector<Vector>& vectors) {
  std::set<std::string> folders;
  for (const Vector& vector : vectors) {
    folders.insert(vector.scheme_files.begin(), vector.scheme_files.end());
  }
  for (const std::string& folder : folders) {
    DraftArguments draft;
    draft.scheme = folder;
    ASSAY_ASSIGN_OR_RETURN(
        const auto published,
        PublishFiles(context, draft, {absl::StrCat(SchemesFolder(args.vectors), "/", folder)},
                     PublishMode::kPublish, ""));
    const auto added = std::count_if(published.documents().begin(), published.documents().end(),
                                     [](const auto& document) { return document.added(); });
    context.Note(absl::StrCat("scheme ", folder, ": ",
                              Count(published.documents_size(), "document"), ", ", added, " new"));
  }
  return absl::OkStatus();
}

// Shows each result as it comes, unless all stand in one document at the end.
void ShowResult(Context& context, const VectorResult& result) {
  if (context.is_table()) context.out() << RenderResult(result, context.style());
  if (context.format() == OutputFormat::kNdjson) context.out() << ResultToJson(result) << "\n";
}

absl::StatusOr<ExitCode> RunVectors(Context& context, const RunArgs& args) {
  ASSAY_ASSIGN_OR_RETURN(const std::vector<Vector> vectors, LoadVectors(args));
  if (args.publish_schemes) {
    ASSAY_RETURN_IF_ERROR(PublishSchemes(context, args, vectors));
  }
  const Digests digests = args.no_digests ? Digests::kPassOver : Digests::kCompare;
  const ScoreFunction score = [&context](const ScoreRequest& request) -> absl::StatusOr<Verdict> {
    ASSAY_ASSIGN_OR_RETURN(
        auto response, context.connection().Call(&ScoringService::StubInterface::Score, request));
    return std::move(*response.mutable_verdict());
  };
  std::vector<VectorResult> results;
  for (const Vector& vector : vectors) {
    ASSAY_ASSIGN_OR_RETURN(VectorResult result, RunVector(vector, digests, score));
    ShowResult(context, result);
    results.push_back(std::move(result));
  }
  const RunTotals totals = CountResults(results);
  if (context.is_table()) context.out() << RenderTotals(totals, digests, context.style());
  if (context.format() == OutputFormat::kJson) {
    context.out() << RunToJson(context.connection().address(Service::kScoring), digests, results);
  }
  return totals.failed == 0 ? ExitCode::kOk : ExitCode::kRefused;
}

}  // namespace

void AddConformanceCommands(CLI::App& root, Context& context) {
  CLI::App& group = *root.add_subcommand("conformance", "Published vectors against any server");
  group.require_subcommand(1);
  auto [app, args] = AddCommand<RunArgs>(
      group, context, "run",
      "Score every vector and say what differs from what it expects; exits with 1 when one does",
      RunVectors);
  app->add_option("--vectors", args->vectors,
                  "Folder of the vectors; see tests/conformance/FORMAT.md")
      ->capture_default_str();
  app->add_option("--filter", args->filter, "Only vectors named like this, with * and ?")
      ->capture_default_str();
  app->add_flag("--publish-schemes", args->publish_schemes,
                "Publish the schemes that the vectors need first; the token needs the role "
                "catalogue_publisher beside one that may score");
  app->add_flag("--no-digests", args->no_digests,
                "Pass over digests, for servers that make other ones");
}

}  // namespace assay::assayctl
