// `score what-if` and `score compare`: two verdicts and what differs between them.

#include <string>

#include "common/status/macros.h"
#include "tools/assayctl/commands/command.h"
#include "tools/assayctl/output/difference.h"
#include "tools/assayctl/output/error.h"
#include "tools/assayctl/requests/input_change.h"

namespace assay::assayctl {
namespace {

using scoring::v1::ScoreRequest;
using scoring::v1::Verdict;
using ScoringStub = scoring::v1::ScoringService::StubInterface;

struct WhatIfArgs {
  std::string file = "-";
  WhatIfArguments flags;
  std::string changes;
  bool exit_code = false;
};

struct CompareArgs {
  std::string before;
  std::string after;
};

absl::Status ReadRequest(Context& context, const std::string& file, ScoreRequest& request) {
  ASSAY_ASSIGN_OR_RETURN(const std::string text, context.ReadInput(file));
  return ParseJson(file, text, request);
}

// Those of the file first: flags are laid over them.
absl::Status AppendFile(Context& context, const std::string& file,
                        scoring::v1::WhatIfRequest& what_if) {
  ASSAY_ASSIGN_OR_RETURN(const std::string text, context.ReadInput(file));
  scoring::v1::WhatIfRequest read;
  ASSAY_RETURN_IF_ERROR(ParseJsonList(file, "changes", text, read));
  if (read.has_request()) {
    return UsageError("CHANGE_INVALID", "the file of --changes holds changes only, no request");
  }
  what_if.mutable_changes()->MergeFrom(read.changes());
  return absl::OkStatus();
}

absl::StatusOr<ExitCode> RunWhatIf(Context& context, const WhatIfArgs& args) {
  if (args.file == "-" && args.changes == "-") {
    return UsageError("FLAGS_INVALID", "standard input holds either the request or the changes");
  }
  scoring::v1::WhatIfRequest request;
  ASSAY_RETURN_IF_ERROR(ReadRequest(context, args.file, *request.mutable_request()));
  if (!args.changes.empty()) ASSAY_RETURN_IF_ERROR(AppendFile(context, args.changes, request));
  ASSAY_RETURN_IF_ERROR(AppendChanges(args.flags, request));
  if (request.changes().empty()) {
    return UsageError("CHANGE_INVALID",
                      "nothing would change; give --met, --status, --mark, --not-applicable, "
                      "--override, --clear, --as-of or --changes");
  }
  // The way to a pass is part of the full view only.
  request.mutable_request()->set_view(scoring::v1::VERDICT_VIEW_FULL);
  ASSAY_ASSIGN_OR_RETURN(const auto response,
                         context.connection().Call(&ScoringStub::WhatIf, request));
  ASSAY_RETURN_IF_ERROR(context.Show(response, [&](const Style& style) {
    return RenderDifference({"as it is", "what if"}, response.actual(), response.hypothetical(),
                            response.difference(), style);
  }));
  const bool passed = response.hypothetical().outcome() == scoring::v1::OUTCOME_PASSED;
  return args.exit_code && !passed ? ExitCode::kNotPassed : ExitCode::kOk;
}

absl::StatusOr<ExitCode> RunCompare(Context& context, const CompareArgs& args) {
  if (args.before == "-" && args.after == "-") {
    return UsageError("FLAGS_INVALID", "standard input holds only one of the two requests");
  }
  scoring::v1::CompareVerdictsRequest request;
  ASSAY_RETURN_IF_ERROR(ReadRequest(context, args.before, *request.mutable_before()));
  ASSAY_RETURN_IF_ERROR(ReadRequest(context, args.after, *request.mutable_after()));
  ASSAY_ASSIGN_OR_RETURN(const auto response,
                         context.connection().Call(&ScoringStub::CompareVerdicts, request));
  ASSAY_RETURN_IF_ERROR(context.Show(response, [&](const Style& style) {
    return RenderDifference({"before", "after"}, response.before(), response.after(),
                            response.difference(), style);
  }));
  return ExitCode::kOk;
}

void AddWhatIf(CLI::App& group, Context& context) {
  auto [app, args] = AddCommand<WhatIfArgs>(
      group, context, "what-if", "Score inputs as they are and with changes; nothing is written",
      RunWhatIf);
  WhatIfArguments& flags = args->flags;
  app->add_option("file", args->file, "JSON of one ScoreRequest, or - for standard input")
      ->capture_default_str();
  app->add_option("--met", flags.met,
                  "CONTROL: were it Met. This and the next two replace all "
                  "that is recorded about the control")
      ->allow_extra_args(false);
  app->add_option("--status", flags.status, "CONTROL=met, partial or not_met")
      ->allow_extra_args(false);
  app->add_option("--mark", flags.mark, "CONTROL=MARK, for scales with more marks than a status")
      ->allow_extra_args(false);
  app->add_option("--not-applicable", flags.not_applicable,
                  "CONTROL=WHY: were it not applicable, laid over what is recorded")
      ->allow_extra_args(false);
  app->add_option("--override", flags.overridden,
                  "CONTROL=WHY: were it overridden, laid over what is recorded")
      ->allow_extra_args(false);
  app->add_option("--clear", flags.clear, "CONTROL: were nothing recorded about it")
      ->allow_extra_args(false);
  app->add_option("--as-of", flags.as_of, "Score as of this day instead, YYYY-MM-DD");
  app->add_option(
      "--changes", args->changes,
      "File with a JSON list of assay.scoring.v1.InputChange, applied before the flags");
  app->add_flag("--exit-code", args->exit_code, "Exit with 3 unless the changed verdict is a pass");
}

}  // namespace

void AddScoreComparisons(CLI::App& group, Context& context) {
  AddWhatIf(group, context);
  auto [app, args] = AddCommand<CompareArgs>(
      group, context, "compare",
      "Score two requests and say what differs, and whether inputs or documents caused it",
      RunCompare);
  app->add_option("before", args->before, "JSON of one ScoreRequest")->required();
  app->add_option("after", args->after, "JSON of another ScoreRequest")->required();
}

}  // namespace assay::assayctl
