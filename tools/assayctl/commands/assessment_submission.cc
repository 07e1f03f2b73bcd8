// Commands about the result of an assessment: score, submit, recall.

#include "absl/strings/str_cat.h"

#include "common/status/macros.h"
#include "tools/assayctl/commands/assessment_calls.h"
#include "tools/assayctl/commands/command.h"
#include "tools/assayctl/output/assessment_views.h"
#include "tools/assayctl/output/explanation.h"
#include "tools/assayctl/output/text.h"

namespace assay::assayctl {
namespace {

using assessment_store::v1::Assessment;

struct ScoreArgs {
  std::string assessment;
  std::string as_of;
  bool final = false;
  bool explain = false;
  bool exit_code = false;
};

struct SubmitArgs {
  WriteArgs write;
  std::string as_of;
  bool explain = false;
  bool exit_code = false;
};

struct RecallArgs {
  WriteArgs write;
  std::string reason;
};

absl::StatusOr<ExitCode> RunScore(Context& context, const ScoreArgs& args) {
  assessment_store::v1::ScoreAssessmentRequest request;
  ASSAY_ASSIGN_OR_RETURN(*request.mutable_name(), QualifiedName("assessments", args.assessment));
  request.set_as_of(args.as_of.empty() ? Today(context) : args.as_of);
  request.set_mode(args.final ? scoring::v1::SCORING_MODE_FINAL
                              : scoring::v1::SCORING_MODE_PROVISIONAL);
  request.set_view(args.explain ? scoring::v1::VERDICT_VIEW_FULL
                                : scoring::v1::VERDICT_VIEW_SUMMARY);
  ASSAY_ASSIGN_OR_RETURN(const auto verdict,
                         context.connection().Call(&StoreStub::ScoreAssessment, request));
  ASSAY_RETURN_IF_ERROR(context.Show(
      verdict, [&](const Style& style) { return RenderVerdict(verdict, args.explain, style); }));
  return VerdictExit(verdict, args.exit_code);
}

std::string NextStep(const Assessment& assessment) {
  if (assessment.state() == assessment_store::v1::ASSESSMENT_STATE_IN_REVIEW) {
    return absl::StrCat("Submission ", assessment.submission_number(),
                        " has flags and waits for a reviewer.\n");
  }
  return absl::StrCat("Submission ", assessment.submission_number(), " has no flags: the result ",
                      Words(assessment.state()), " is final.\n");
}

absl::StatusOr<ExitCode> RunSubmit(Context& context, const SubmitArgs& args) {
  assessment_store::v1::SubmitAssessmentRequest request;
  request.set_as_of(args.as_of);
  ASSAY_RETURN_IF_ERROR(FillWrite(context, args.write, request));
  ASSAY_ASSIGN_OR_RETURN(const auto response,
                         context.connection().Call(&StoreStub::SubmitAssessment, request));
  const auto& verdict = response.verdict().verdict();
  ASSAY_RETURN_IF_ERROR(context.Show(response, [&](const Style& style) {
    return absl::StrCat(RenderVerdict(verdict, args.explain, style), "\n",
                        NextStep(response.assessment()));
  }));
  return VerdictExit(verdict, args.exit_code);
}

absl::StatusOr<ExitCode> RunRecall(Context& context, const RecallArgs& args) {
  assessment_store::v1::RecallSubmissionRequest request;
  request.set_reason(args.reason);
  ASSAY_RETURN_IF_ERROR(FillWrite(context, args.write, request));
  ASSAY_ASSIGN_OR_RETURN(const Assessment assessment,
                         context.connection().Call(&StoreStub::RecallSubmission, request));
  ASSAY_RETURN_IF_ERROR(context.Show(
      assessment, [&](const Style& style) { return RenderAssessment(assessment, style); }));
  return ExitCode::kOk;
}

}  // namespace

void AddAssessmentSubmission(CLI::App& group, Context& context) {
  auto score = AddCommand<ScoreArgs>(group, context, "score",
                                     "Score it as it stands, without changing it", RunScore);
  AddAssessmentName(*score.app, score.args->assessment);
  score.app->add_option("--as-of", score.args->as_of,
                        "The day certificates must be valid, YYYY-MM-DD; today when left out");
  score.app->add_flag("--final", score.args->final, "As if submitted: what is open counts against");
  score.app->add_flag("--explain", score.args->explain, "Say why, control by control");
  score.app->add_flag("--exit-code", score.args->exit_code,
                      "Exit with 3 unless the verdict is a pass");

  auto submit = AddCommand<SubmitArgs>(group, context, "submit",
                                       "Submit: the verdict is made and kept", RunSubmit);
  AddWriteFlags(*submit.app, submit.args->write);
  submit.app
      ->add_option("--as-of", submit.args->as_of, "The day certificates must be valid, YYYY-MM-DD")
      ->required();
  submit.app->add_flag("--explain", submit.args->explain, "Say why, control by control");
  submit.app->add_flag("--exit-code", submit.args->exit_code,
                       "Exit with 3 unless the verdict is a pass");

  auto recall = AddCommand<RecallArgs>(
      group, context, "recall", "Take a submission back while it waits for review", RunRecall);
  AddWriteFlags(*recall.app, recall.args->write);
  recall.app->add_option("--reason", recall.args->reason, "Why")->required();
}

}  // namespace assay::assayctl
