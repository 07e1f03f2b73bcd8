#include "absl/strings/str_cat.h"

#include "common/status/macros.h"
#include "tools/assayctl/commands/assessment_calls.h"
#include "tools/assayctl/commands/command.h"
#include "tools/assayctl/output/assessment_views.h"
#include "tools/assayctl/output/error.h"
#include "tools/assayctl/output/explanation.h"
#include "tools/assayctl/output/text.h"
#include "tools/assayctl/requests/names.h"

namespace assay::assayctl {
namespace {

using assessment_store::v1::Assessment;

struct NameArgs {
  std::string assessment;
  int limit = kDefaultListLimit;
};

struct VerdictArgs {
  std::string assessment;
  std::string digest;
  bool explain = false;
  bool exit_code = false;
};

absl::StatusOr<ExitCode> RunGet(Context& context, const NameArgs& args) {
  ASSAY_ASSIGN_OR_RETURN(const Assessment assessment, GetAssessment(context, args.assessment));
  ASSAY_RETURN_IF_ERROR(context.Show(
      assessment, [&](const Style& style) { return RenderAssessment(assessment, style); }));
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> RunList(Context& context, const NameArgs& args) {
  using assessment_store::v1::ListAssessmentsResponse;
  ASSAY_ASSIGN_OR_RETURN(
      const auto list,
      context.connection().List(&StoreStub::ListAssessments, {},
                                &ListAssessmentsResponse::assessments_size, args.limit));
  ASSAY_RETURN_IF_ERROR(
      context.ShowList(list, [&](const Style& style) { return RenderAssessments(list, style); }));
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> RunResults(Context& context, const NameArgs& args) {
  ASSAY_ASSIGN_OR_RETURN(const auto list, ListResults(context, args.assessment, args.limit));
  ASSAY_RETURN_IF_ERROR(
      context.ShowList(list, [&](const Style& style) { return RenderResults(list, style); }));
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> RunEvents(Context& context, const NameArgs& args) {
  using assessment_store::v1::ListAssessmentEventsResponse;
  assessment_store::v1::ListAssessmentEventsRequest request;
  ASSAY_ASSIGN_OR_RETURN(*request.mutable_parent(), QualifiedName("assessments", args.assessment));
  ASSAY_ASSIGN_OR_RETURN(
      const auto list,
      context.connection().List(&StoreStub::ListAssessmentEvents, request,
                                &ListAssessmentEventsResponse::events_size, args.limit));
  ASSAY_RETURN_IF_ERROR(
      context.ShowList(list, [&](const Style& style) { return RenderEvents(list, style); }));
  return ExitCode::kOk;
}

absl::StatusOr<std::string> VerdictName(Context& context, const VerdictArgs& args) {
  ASSAY_ASSIGN_OR_RETURN(const std::string name, QualifiedName("assessments", args.assessment));
  if (!args.digest.empty()) return absl::StrCat(name, "/verdicts/", args.digest);
  ASSAY_ASSIGN_OR_RETURN(const Assessment assessment, GetAssessment(context, name));
  if (assessment.current_verdict().empty()) {
    return UsageError("NO_VERDICT",
                      absl::StrCat(name, " has not been submitted yet; `assayctl assessment score ",
                                   args.assessment, "` shows where it stands"));
  }
  return assessment.current_verdict();
}

absl::StatusOr<ExitCode> RunVerdict(Context& context, const VerdictArgs& args) {
  ASSAY_ASSIGN_OR_RETURN(const std::string name, VerdictName(context, args));
  ASSAY_ASSIGN_OR_RETURN(const auto record, GetVerdict(context, name));
  ASSAY_RETURN_IF_ERROR(context.Show(record, [&](const Style& style) {
    return RenderVerdictRecord(record, style) +
           (args.explain ? "\n" + RenderExplanation(record.verdict(), "", style) : "");
  }));
  return VerdictExit(record.verdict(), args.exit_code);
}

void AddNamed(CLI::App& group, Context& context, const char* name, const char* description,
              Runner<NameArgs> run, bool limited) {
  auto [app, args] = AddCommand<NameArgs>(group, context, name, description, run);
  AddAssessmentName(*app, args->assessment);
  if (limited) AddLimit(*app, args->limit);
}

}  // namespace

void AddAssessmentReads(CLI::App& group, Context& context) {
  AddNamed(group, context, "get", "Show one assessment", RunGet, /*limited=*/false);
  auto list =
      AddCommand<NameArgs>(group, context, "list", "List the assessments you may see", RunList);
  AddLimit(*list.app, list.args->limit);
  AddNamed(group, context, "results", "List what is recorded, control by control", RunResults,
           /*limited=*/true);
  AddNamed(group, context, "events", "List the history, oldest first", RunEvents,
           /*limited=*/true);
  auto verdict = AddCommand<VerdictArgs>(group, context, "verdict",
                                         "Show the verdict of the last submission", RunVerdict);
  AddAssessmentName(*verdict.app, verdict.args->assessment);
  verdict.app->add_option("digest", verdict.args->digest,
                          "Result digest of an earlier verdict, 64 hexadecimal digits");
  verdict.app->add_flag("--explain", verdict.args->explain, "Say why, control by control");
  verdict.app->add_flag("--exit-code", verdict.args->exit_code,
                        "Exit with 3 unless the verdict is a pass");
}

void AddAssessmentCommands(CLI::App& root, Context& context) {
  CLI::App& group =
      *root.add_subcommand("assessment", "Assessments: create, record, confirm, submit, read");
  group.require_subcommand(1);
  AddAssessmentReads(group, context);
  AddAssessmentWrites(group, context);
  AddAssessmentSubmission(group, context);
  AddAssessmentLoad(group, context);
}

}  // namespace assay::assayctl
