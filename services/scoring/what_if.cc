#include "services/scoring/what_if.h"

#include <utility>
#include <vector>

#include "common/status/macros.h"
#include "services/scoring/convert_inputs.h"
#include "services/scoring/convert_verdict.h"
#include "services/scoring/difference_cause.h"
#include "services/scoring/errors.h"
#include "services/scoring/give_verdict.h"
#include "services/scoring/limits.h"
#include "services/scoring/thread_scored.h"
#include "services/scoring/what_if_changes.h"

namespace assay::scoring {
namespace {

// The request with other inputs.
v1::ScoreRequest WithInputs(const v1::ScoreRequest& request, v1::AssessmentInputs inputs) {
  v1::ScoreRequest changed;
  *changed.mutable_basis() = request.basis();
  *changed.mutable_inputs() = std::move(inputs);
  changed.set_mode(request.mode());
  changed.set_view(request.view());
  *changed.mutable_overturned_controls() = request.overturned_controls();
  changed.set_digest_version(request.digest_version());
  return changed;
}

// `refusal`, in the words of the changes where they are to blame.
absl::Status OfChanges(const CompiledProfile& profile, const v1::ScoreRequest& request,
                       const ChangedInputs& changed, const absl::Status& refusal) {
  if (refusal.code() != absl::StatusCode::kInvalidArgument) {
    return refusal;
  }
  std::vector<InputIssue> issues = CheckInputs(profile, ToInput(request.inputs(), AsOf::kRequired));
  if (issues.empty()) {
    return InPart("request", "request.", refusal);
  }
  for (InputIssue& issue : issues) {
    issue.field = FieldOfRequest(changed, issue.field);
    issue.root = InputIssue::Root::kRequest;
  }
  return InputsRefused(issues);
}

}  // namespace

absl::Status WhatIf(const rpc::CallContext& call, const Scorer& scorer,
                    const v1::WhatIfRequest& request, v1::WhatIfResponse& response) {
  ASSAY_RETURN_IF_ERROR(CheckEntries("changes", request.changes_size(), kMaxInputChanges));
  const absl::StatusOr<Detail> detail = ToDetail(request.request().view());
  if (!detail.ok()) {
    return InPart("request", "request.", detail.status());
  }
  const ThreadScored actual(Role::kBefore);
  const ThreadScored hypothetical(Role::kAfter);
  if (const absl::Status status = scorer.Score(call, request.request(), *actual); !status.ok()) {
    return InPart("request", "request.", status);
  }
  ASSAY_ASSIGN_OR_RETURN(ChangedInputs changed,
                         ApplyChanges(request.request().inputs(), request.changes()));
  const v1::ScoreRequest other = WithInputs(request.request(), std::move(changed.inputs));
  if (const absl::Status status = scorer.ScoreUnder(actual->basis, other, *hypothetical);
      !status.ok()) {
    return OfChanges(actual->basis->profile, other, changed, status);
  }
  FillVerdict(*actual, *detail, *response.mutable_actual());
  FillVerdict(*hypothetical, *detail, *response.mutable_hypothetical());
  response.mutable_hypothetical()->set_hypothetical(true);
  return ExplainDifference(call, scorer, {request.request(), *actual}, {other, *hypothetical},
                           *response.mutable_difference());
}

}  // namespace assay::scoring
