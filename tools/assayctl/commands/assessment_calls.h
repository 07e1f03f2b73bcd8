// Calls to the assessment store that several commands make.

#ifndef ASSAY_TOOLS_ASSAYCTL_COMMANDS_ASSESSMENT_CALLS_H_
#define ASSAY_TOOLS_ASSAYCTL_COMMANDS_ASSESSMENT_CALLS_H_

#include <string>

#include "CLI/CLI.hpp"
#include "absl/status/statusor.h"

#include "common/status/macros.h"
#include "tools/assayctl/context.h"
#include "tools/assayctl/output/exit_code.h"
#include "tools/assayctl/requests/names.h"

namespace assay::assayctl {

using StoreStub = assessment_store::v1::AssessmentStoreService::StubInterface;

// The flags of every write.
struct WriteArgs {
  std::string assessment;
  std::string etag;
  std::string request_id;
};

void AddAssessmentName(CLI::App& app, std::string& target);
void AddWriteFlags(CLI::App& app, WriteArgs& args);

// `assessment` is an id or a name in all that follow.
absl::StatusOr<assessment_store::v1::Assessment> GetAssessment(Context& context,
                                                               const std::string& assessment);
absl::StatusOr<assessment_store::v1::ListControlResultsResponse> ListResults(
    Context& context, const std::string& assessment, int limit);
// `name` is the full name of a verdict.
absl::StatusOr<assessment_store::v1::VerdictRecord> GetVerdict(Context& context,
                                                               const std::string& name);

// Fills in name, etag (the present one unless given) and request id (a fresh one unless given).
template <typename Request>
absl::Status FillWrite(Context& context, const WriteArgs& args, Request& request) {
  ASSAY_ASSIGN_OR_RETURN(*request.mutable_name(), QualifiedName("assessments", args.assessment));
  request.set_etag(args.etag);
  if (args.etag.empty()) {
    ASSAY_ASSIGN_OR_RETURN(const auto present, GetAssessment(context, request.name()));
    request.set_etag(present.etag());
  }
  request.set_request_id(context.RequestId(args.request_id));
  return absl::OkStatus();
}

// 3 when `wanted` and the verdict is no pass.
ExitCode VerdictExit(const scoring::v1::Verdict& verdict, bool wanted);

// Today's date in UTC, YYYY-MM-DD.
std::string Today(Context& context);

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_COMMANDS_ASSESSMENT_CALLS_H_
