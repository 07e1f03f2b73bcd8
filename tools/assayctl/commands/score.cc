#include <fcntl.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"

#include "common/status/macros.h"
#include "tools/assayctl/commands/command.h"
#include "tools/assayctl/commands/score_stream.h"
#include "tools/assayctl/output/error.h"
#include "tools/assayctl/output/scorecard.h"
#include "tools/assayctl/output/text.h"

namespace assay::assayctl {
namespace {

using scoring::v1::ScoreRequest;
using scoring::v1::ScoreResponse;
using scoring::v1::ScoringService;

struct ScoreArgs {
  std::string file = "-";
  bool stream = false;
  bool explain = false;
  bool exit_code = false;
};

absl::StatusOr<ExitCode> RunStream(Context& context, const ScoreArgs& args) {
  if (args.explain || args.exit_code) {
    return UsageError("FLAGS_INVALID", "--explain and --exit-code do not go with --stream");
  }
  int descriptor = context.streams().in;
  if (args.file != "-") {
    descriptor = ::open(args.file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
      return UsageError("FILE_UNREADABLE", absl::StrCat("cannot read ", args.file));
    }
  }
  StreamTotals totals;
  const absl::Status status = ScoreStream(context, descriptor, StreamLimits(), totals);
  if (descriptor != context.streams().in) ::close(descriptor);
  ASSAY_RETURN_IF_ERROR(status);
  if (totals.failed == 0) return ExitCode::kOk;
  context.Note(absl::StrCat(totals.failed, " of ", Count(totals.answered, "line"), " failed"));
  return ExitCode::kNotPassed;
}

absl::StatusOr<ExitCode> RunScore(Context& context, const ScoreArgs& args) {
  if (args.stream) return RunStream(context, args);
  ASSAY_ASSIGN_OR_RETURN(const std::string text, context.ReadInput(args.file));
  ScoreRequest request;
  ASSAY_RETURN_IF_ERROR(ParseJson(args.file, text, request));
  if (args.explain) request.set_view(scoring::v1::VERDICT_VIEW_FULL);
  ASSAY_ASSIGN_OR_RETURN(const ScoreResponse response,
                         context.connection().Call(&ScoringService::StubInterface::Score, request));
  ASSAY_RETURN_IF_ERROR(context.Show(response.verdict(), [&](const Style& style) {
    return RenderScorecard(response.verdict(), style) +
           (args.explain ? "\n" + RenderExplanation(response.verdict(), style) : "");
  }));
  const bool passed = response.verdict().outcome() == scoring::v1::OUTCOME_PASSED;
  return args.exit_code && !passed ? ExitCode::kNotPassed : ExitCode::kOk;
}

}  // namespace

void AddScoreCommand(CLI::App& root, Context& context) {
  auto [app, args] = AddCommand<ScoreArgs>(
      root, context, "score", "Score inputs without storing them: a file of one ScoreRequest",
      RunScore);
  app->add_option("file", args->file,
                  "JSON of assay.scoring.v1.ScoreRequest, or - for standard input; with --stream "
                  "one ScoreStreamRequest a line")
      ->capture_default_str();
  app->add_flag("--stream", args->stream,
                "Bulk: NDJSON in, NDJSON out, in the same order; a bad line becomes an error line");
  app->add_flag("--explain", args->explain, "Say why, control by control");
  app->add_flag("--exit-code", args->exit_code, "Exit with 3 unless the verdict is a pass");
}

}  // namespace assay::assayctl
