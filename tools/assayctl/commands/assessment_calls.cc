#include "tools/assayctl/commands/assessment_calls.h"

#include "common/time/timestamp.h"

namespace assay::assayctl {

void AddAssessmentName(CLI::App& app, std::string& target) {
  app.add_option("assessment", target, "Id or name of the assessment")->required();
}

void AddWriteFlags(CLI::App& app, WriteArgs& args) {
  AddAssessmentName(app, args.assessment);
  app.add_option("--etag", args.etag,
                 "Write only if this is still the assessment's etag; the present one when left "
                 "out");
  app.add_option("--request-id", args.request_id,
                 "Makes repeating the command harmless; a fresh one when left out");
}

absl::StatusOr<assessment_store::v1::Assessment> GetAssessment(Context& context,
                                                               const std::string& assessment) {
  assessment_store::v1::GetAssessmentRequest request;
  ASSAY_ASSIGN_OR_RETURN(*request.mutable_name(), QualifiedName("assessments", assessment));
  return context.connection().Call(&StoreStub::GetAssessment, request);
}

absl::StatusOr<assessment_store::v1::ListControlResultsResponse> ListResults(
    Context& context, const std::string& assessment, int limit) {
  using assessment_store::v1::ListControlResultsResponse;
  assessment_store::v1::ListControlResultsRequest request;
  ASSAY_ASSIGN_OR_RETURN(*request.mutable_parent(), QualifiedName("assessments", assessment));
  return context.connection().List(&StoreStub::ListControlResults, request,
                                   &ListControlResultsResponse::control_results_size, limit);
}

absl::StatusOr<assessment_store::v1::VerdictRecord> GetVerdict(Context& context,
                                                               const std::string& name) {
  assessment_store::v1::GetVerdictRequest request;
  request.set_name(name);
  return context.connection().Call(&StoreStub::GetVerdict, request);
}

ExitCode VerdictExit(const scoring::v1::Verdict& verdict, bool wanted) {
  const bool passed = verdict.outcome() == scoring::v1::OUTCOME_PASSED;
  return wanted && !passed ? ExitCode::kNotPassed : ExitCode::kOk;
}

std::string Today(Context& context) { return FormatDate(DateOf(context.clock().Now())); }

}  // namespace assay::assayctl
