#include "common/status/macros.h"
#include "tools/assayctl/commands/command.h"
#include "tools/assayctl/commands/score_stream.h"
#include "tools/assayctl/output/error.h"
#include "tools/assayctl/output/explanation.h"
#include "tools/assayctl/output/scorecard.h"

namespace assay::assayctl {
namespace {

using scoring::v1::ScoreRequest;
using scoring::v1::ScoreResponse;
using scoring::v1::ScoringService;

struct ScoreArgs {
  std::string file = "-";
  bool stream = false;
  bool explain = false;
  std::string objective;
  bool exit_code = false;
};

absl::StatusOr<ExitCode> RunStream(Context& context, const ScoreArgs& args) {
  if (args.explain || args.exit_code) {
    return UsageError("FLAGS_INVALID", "--explain and --exit-code do not go with --stream");
  }
  StreamTotals totals;
  ASSAY_RETURN_IF_ERROR(WithInput(context, args.file, [&](int descriptor) {
    return ScoreStream(context, descriptor, StreamLimits(), totals);
  }));
  return StreamExit(context, totals);
}

absl::StatusOr<ExitCode> RunScore(Context& context, const ScoreArgs& args) {
  if (args.stream) return RunStream(context, args);
  ASSAY_ASSIGN_OR_RETURN(const std::string text, context.ReadInput(args.file));
  ScoreRequest request;
  ASSAY_RETURN_IF_ERROR(ParseJson(args.file, text, request));
  if (args.explain) request.set_view(scoring::v1::VERDICT_VIEW_FULL);
  ASSAY_ASSIGN_OR_RETURN(const ScoreResponse response,
                         context.connection().Call(&ScoringService::StubInterface::Score, request));
  const scoring::v1::Verdict& verdict = response.verdict();
  if (!args.objective.empty()) ASSAY_RETURN_IF_ERROR(CheckObjective(verdict, args.objective));
  ASSAY_RETURN_IF_ERROR(context.Show(verdict, [&](const Style& style) {
    return args.explain ? RenderExplanation(verdict, args.objective, style)
                        : RenderScorecard(verdict, style);
  }));
  const bool passed = verdict.outcome() == scoring::v1::OUTCOME_PASSED;
  return args.exit_code && !passed ? ExitCode::kNotPassed : ExitCode::kOk;
}

}  // namespace

void AddScoreCommand(CLI::App& root, Context& context) {
  auto [app, args] = AddCommand<ScoreArgs>(
      root, context, "score",
      "Score inputs without storing them: a file of one ScoreRequest, or one of the commands below",
      RunScore);
  app->add_option("file", args->file,
                  "JSON of assay.scoring.v1.ScoreRequest, or - for standard input; with --stream "
                  "one ScoreStreamRequest a line. A file named like a command needs ./ before it")
      ->capture_default_str();
  app->add_flag("--stream", args->stream,
                "Bulk: NDJSON in, NDJSON out, in the same order; a bad line becomes an error line");
  CLI::Option* explain = app->add_flag(
      "--explain", args->explain, "Say why on one screen: what decided, flags, the way to a pass");
  app->add_option("--objective", args->objective, "Explain this objective, passed or not")
      ->needs(explain);
  app->add_flag("--exit-code", args->exit_code, "Exit with 3 unless the verdict is a pass");
  AddScoreBatch(*app, context);
  AddScoreComparisons(*app, context);
  AddScoreRescore(*app, context);
}

}  // namespace assay::assayctl
