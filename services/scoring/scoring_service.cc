#include "services/scoring/scoring_service.h"

#include <memory>
#include <vector>

#include "common/rpc/bidi.h"
#include "common/rpc/unary.h"
#include "common/status/grpc_status.h"
#include "common/status/macros.h"
#include "services/scoring/convert_inputs.h"
#include "services/scoring/convert_verdict.h"
#include "services/scoring/engine/evaluate.h"
#include "services/scoring/errors.h"
#include "services/scoring/limits.h"

namespace assay::scoring {
namespace {

absl::StatusOr<Mode> ToMode(v1::ScoringMode mode) {
  switch (mode) {
    case v1::SCORING_MODE_UNSPECIFIED:
    case v1::SCORING_MODE_FINAL:
      return Mode::kFinal;
    case v1::SCORING_MODE_PROVISIONAL:
      return Mode::kProvisional;
    default:
      return ModeInvalid(mode);
  }
}

absl::StatusOr<Detail> ToDetail(v1::VerdictView view) {
  switch (view) {
    case v1::VERDICT_VIEW_UNSPECIFIED:
    case v1::VERDICT_VIEW_SUMMARY:
      return Detail::kSummary;
    case v1::VERDICT_VIEW_FULL:
      return Detail::kFull;
    default:
      return ViewInvalid(view);
  }
}

}  // namespace

ScoringServiceImpl::ScoringServiceImpl(rpc::CallRuntime& runtime, BasisResolver& resolver)
    : runtime_(runtime), resolver_(resolver) {}

rpc::Execution ScoringServiceImpl::ExecutionFor(const v1::ScoringBasis& basis) const {
  return resolver_.IsCached(basis) ? rpc::Execution::kInline : rpc::Execution::kWorker;
}

grpc::ServerUnaryReactor* ScoringServiceImpl::Score(grpc::CallbackServerContext* context,
                                                    const v1::ScoreRequest* request,
                                                    v1::ScoreResponse* response) {
  return rpc::Unary(runtime_, context, request, response, "/assay.scoring.v1.ScoringService/Score",
                    ExecutionFor(request->basis()),
                    [this](const rpc::CallContext& call, const v1::ScoreRequest& score,
                           v1::ScoreResponse& answer) {
                      return ScoreOne(call, score, *answer.mutable_verdict());
                    });
}

grpc::ServerBidiReactor<v1::ScoreStreamRequest, v1::ScoreStreamResponse>*
ScoringServiceImpl::ScoreStream(grpc::CallbackServerContext* context) {
  return rpc::Bidi<v1::ScoreStreamRequest, v1::ScoreStreamResponse>(
      runtime_, context, "/assay.scoring.v1.ScoringService/ScoreStream",
      {.max_messages = kMaxStreamRequests},
      [this](const rpc::CallContext& call, const v1::ScoreStreamRequest& request,
             v1::ScoreStreamResponse& response) {
        ScoreItem(call, request, response);
        return absl::OkStatus();
      },
      {.execution =
           [this](const v1::ScoreStreamRequest& request) {
             return ExecutionFor(request.request().basis());
           },
       .shed =
           [](const absl::Status& busy, const v1::ScoreStreamRequest& request,
              v1::ScoreStreamResponse& response) {
             if (CountCharacters(request.correlation_id()) <= kMaxCorrelationIdCharacters) {
               response.set_correlation_id(request.correlation_id());
             }
             *response.mutable_error() = ToRpcStatus(busy);
           }});
}

grpc::ServerUnaryReactor* ScoringServiceImpl::ValidateInputs(
    grpc::CallbackServerContext* context, const v1::ValidateInputsRequest* request,
    v1::ValidateInputsResponse* response) {
  return rpc::Unary(
      runtime_, context, request, response, "/assay.scoring.v1.ScoringService/ValidateInputs",
      ExecutionFor(request->basis()),
      [this](const rpc::CallContext& call, const v1::ValidateInputsRequest& validate,
             v1::ValidateInputsResponse& answer) { return ValidateOne(call, validate, answer); });
}

absl::Status ScoringServiceImpl::ScoreOne(const rpc::CallContext& call,
                                          const v1::ScoreRequest& request, v1::Verdict& verdict) {
  ASSAY_ASSIGN_OR_RETURN(const Mode mode, ToMode(request.mode()));
  ASSAY_ASSIGN_OR_RETURN(const Detail detail, ToDetail(request.view()));
  ASSAY_ASSIGN_OR_RETURN(const std::shared_ptr<const Basis> basis,
                         resolver_.Resolve(call, request.basis()));
  ConvertedInputs converted = ToInput(request.inputs(), AsOf::kRequired);
  AddOverturnedControls(request.overturned_controls(), converted);
  if (const auto issues = CheckInputs(basis->profile, converted); !issues.empty()) {
    return InputsRefused(issues);
  }
  converted.input.mode = mode;
  const Evaluation evaluation = Evaluate(basis->profile, converted.input);
  FillVerdict(*basis, converted.input, evaluation, detail, verdict);
  return absl::OkStatus();
}

void ScoringServiceImpl::ScoreItem(const rpc::CallContext& call,
                                   const v1::ScoreStreamRequest& request,
                                   v1::ScoreStreamResponse& response) {
  if (CountCharacters(request.correlation_id()) > kMaxCorrelationIdCharacters) {
    *response.mutable_error() =
        ToRpcStatus(TextTooLong("correlation_id", kMaxCorrelationIdCharacters));
    return;
  }
  response.set_correlation_id(request.correlation_id());
  const absl::Status status = ScoreOne(call, request.request(), *response.mutable_verdict());
  if (!status.ok()) {
    *response.mutable_error() = ToRpcStatus(status);  // Replaces the verdict.
  }
}

absl::Status ScoringServiceImpl::ValidateOne(const rpc::CallContext& call,
                                             const v1::ValidateInputsRequest& request,
                                             v1::ValidateInputsResponse& response) {
  ASSAY_ASSIGN_OR_RETURN(const std::shared_ptr<const Basis> basis,
                         resolver_.Resolve(call, request.basis()));
  const ConvertedInputs converted = ToInput(request.inputs(), AsOf::kOptional);
  for (const InputIssue& issue : CheckInputs(basis->profile, converted)) {
    if (static_cast<size_t>(response.problems_size()) >= kMaxReportedProblems) {
      break;
    }
    v1::InputProblem& problem = *response.add_problems();
    problem.set_reason(issue.reason);
    problem.set_control_id(issue.control);
    problem.set_field(issue.field);
    problem.set_message(issue.message);
  }
  *response.mutable_pins() = basis->pins;
  return absl::OkStatus();
}

}  // namespace assay::scoring
