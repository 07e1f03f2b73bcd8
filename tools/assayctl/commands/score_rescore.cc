// `score rescore`: the time machine. Lines of assessments in, lines of both verdicts out.

#include "common/status/macros.h"
#include "tools/assayctl/commands/bulk_stream.h"
#include "tools/assayctl/commands/command.h"
#include "tools/assayctl/output/rescore_summary.h"

namespace assay::assayctl {
namespace {

using scoring::v1::RescoreStreamRequest;
using scoring::v1::RescoreStreamResponse;

struct RescoreArgs {
  std::string file = "-";
  std::string rule_set;
  bool summary = false;
};

absl::StatusOr<ExitCode> RunRescore(Context& context, const RescoreArgs& args) {
  RescoreSummary summary;
  BulkJob<RescoreStreamRequest, RescoreStreamResponse> job;
  job.open = [](auto& stub, grpc::ClientContext* call) { return stub.RescoreStream(call); };
  job.prepare = [&args](RescoreStreamRequest& request) {
    if (!args.rule_set.empty()) request.set_rule_set(args.rule_set);
  };
  job.seen = [&summary](const RescoreStreamResponse& response) { summary.Add(response.rescore()); };
  StreamTotals totals;
  ASSAY_RETURN_IF_ERROR(WithInput(context, args.file, [&](int descriptor) {
    return RunBulk(job, context, descriptor, StreamLimits(), totals);
  }));
  if (args.summary || context.streams().err_is_terminal) {
    context.err() << summary.Render(context.err_style());
  }
  return StreamExit(context, totals);
}

}  // namespace

void AddScoreRescore(CLI::App& group, Context& context) {
  auto [app, args] = AddCommand<RescoreArgs>(
      group, context, "rescore",
      "Re-score many assessments under another rule set: NDJSON in, NDJSON out, in the same order",
      RunRescore);
  app->add_option(
         "file", args->file,
         "One RescoreStreamRequest (or ScoreStreamRequest) a line, or - for standard input")
      ->capture_default_str();
  app->add_option("--rule-set", args->rule_set,
                  "Name of the other rule set, schemes/S/ruleSets/R; instead of the lines' own");
  app->add_flag("--summary", args->summary,
                "Say on standard error how many change and why; a terminal is always told");
}

}  // namespace assay::assayctl
