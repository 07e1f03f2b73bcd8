#include "services/scoring/scoring_service.h"

#include <memory>
#include <vector>

#include "common/rpc/bidi.h"
#include "common/rpc/unary.h"
#include "common/status/grpc_status.h"
#include "common/status/macros.h"
#include "services/scoring/batch.h"
#include "services/scoring/compare.h"
#include "services/scoring/convert_inputs.h"
#include "services/scoring/errors.h"
#include "services/scoring/give_verdict.h"
#include "services/scoring/limits.h"
#include "services/scoring/rescore.h"
#include "services/scoring/what_if.h"

namespace assay::scoring {
namespace {

// Answers one message of a stream: its correlation id, and what `fill` puts in or its error.
template <typename Request, typename Response, typename Fill>
absl::Status AnswerItem(const Request& request, Response& response, Fill fill) {
  if (CountCharacters(request.correlation_id()) > kMaxCorrelationIdCharacters) {
    *response.mutable_error() =
        ToRpcStatus(TextTooLong("correlation_id", kMaxCorrelationIdCharacters));
    return absl::OkStatus();
  }
  response.set_correlation_id(request.correlation_id());
  if (const absl::Status status = fill(); !status.ok()) {
    *response.mutable_error() = ToRpcStatus(status);  // Replaces what was begun.
  }
  return absl::OkStatus();
}

// Answers one that the pool has no room for.
template <typename Request, typename Response>
void ShedItem(const absl::Status& busy, const Request& request, Response& response) {
  if (CountCharacters(request.correlation_id()) <= kMaxCorrelationIdCharacters) {
    response.set_correlation_id(request.correlation_id());
  }
  *response.mutable_error() = ToRpcStatus(busy);
}

rpc::Execution InlineIf(bool quick) {
  return quick ? rpc::Execution::kInline : rpc::Execution::kWorker;
}

}  // namespace

ScoringServiceImpl::ScoringServiceImpl(rpc::CallRuntime& runtime, BasisResolver& resolver,
                                       const Scorer& scorer)
    : runtime_(runtime), resolver_(resolver), scorer_(scorer) {
  SetMessageAllocatorFor_Score(&score_messages_);
  SetMessageAllocatorFor_BatchScore(&batch_messages_);
  SetMessageAllocatorFor_WhatIf(&what_if_messages_);
  SetMessageAllocatorFor_CompareVerdicts(&compare_messages_);
}

bool ScoringServiceImpl::IsQuick(const v1::ScoringBasis& basis) const {
  const std::shared_ptr<const Basis> cached = resolver_.FindCached(basis);
  return cached != nullptr && cached->quick_margins;
}

rpc::Execution ScoringServiceImpl::ExecutionFor(const v1::ScoringBasis& basis) const {
  return InlineIf(IsQuick(basis));
}

rpc::Execution ScoringServiceImpl::ExecutionFor(const v1::BatchScoreRequest& request) const {
  if (static_cast<size_t>(request.requests_size()) > kMaxBatchRequests) {
    return rpc::Execution::kInline;  // Refused at once.
  }
  for (const v1::ScoreRequest& score : request.requests()) {
    if (!IsQuick(score.basis())) {
      return rpc::Execution::kWorker;
    }
  }
  return rpc::Execution::kInline;
}

rpc::Execution ScoringServiceImpl::ExecutionFor(const v1::CompareVerdictsRequest& request) const {
  const v1::ScoringBasis& before = request.before().basis();
  const v1::ScoringBasis& after = request.after().basis();
  return InlineIf(NameSameDocuments(before, after) && IsQuick(before) && IsQuick(after));
}

rpc::Execution ScoringServiceImpl::ExecutionFor(const v1::RescoreStreamRequest& request) const {
  return InlineIf(IsQuick(request.request().basis()) && IsQuick(OtherBasis(request)));
}

grpc::ServerUnaryReactor* ScoringServiceImpl::Score(grpc::CallbackServerContext* context,
                                                    const v1::ScoreRequest* request,
                                                    v1::ScoreResponse* response) {
  return rpc::Unary(runtime_, context, request, response, "/assay.scoring.v1.ScoringService/Score",
                    ExecutionFor(request->basis()),
                    [this](const rpc::CallContext& call, const v1::ScoreRequest& score,
                           v1::ScoreResponse& answer) {
                      return GiveVerdict(call, scorer_, score, *answer.mutable_verdict());
                    });
}

grpc::ServerBidiReactor<v1::ScoreStreamRequest, v1::ScoreStreamResponse>*
ScoringServiceImpl::ScoreStream(grpc::CallbackServerContext* context) {
  return rpc::Bidi<v1::ScoreStreamRequest, v1::ScoreStreamResponse>(
      runtime_, context, "/assay.scoring.v1.ScoringService/ScoreStream",
      {.max_messages = kMaxStreamRequests},
      [this](const rpc::CallContext& call, const v1::ScoreStreamRequest& request,
             v1::ScoreStreamResponse& response) {
        return AnswerItem(request, response, [&] {
          return GiveVerdict(call, scorer_, request.request(), *response.mutable_verdict());
        });
      },
      {.execution =
           [this](const v1::ScoreStreamRequest& request) {
             return ExecutionFor(request.request().basis());
           },
       .shed = ShedItem<v1::ScoreStreamRequest, v1::ScoreStreamResponse>});
}

grpc::ServerUnaryReactor* ScoringServiceImpl::BatchScore(grpc::CallbackServerContext* context,
                                                         const v1::BatchScoreRequest* request,
                                                         v1::BatchScoreResponse* response) {
  return rpc::Unary(
      runtime_, context, request, response, "/assay.scoring.v1.ScoringService/BatchScore",
      ExecutionFor(*request),
      [this](const rpc::CallContext& call, const v1::BatchScoreRequest& batch,
             v1::BatchScoreResponse& answer) { return ScoreBatch(call, scorer_, batch, answer); });
}

grpc::ServerUnaryReactor* ScoringServiceImpl::WhatIf(grpc::CallbackServerContext* context,
                                                     const v1::WhatIfRequest* request,
                                                     v1::WhatIfResponse* response) {
  return rpc::Unary(runtime_, context, request, response, "/assay.scoring.v1.ScoringService/WhatIf",
                    ExecutionFor(request->request().basis()),
                    [this](const rpc::CallContext& call, const v1::WhatIfRequest& what_if,
                           v1::WhatIfResponse& answer) {
                      return scoring::WhatIf(call, scorer_, what_if, answer);
                    });
}

grpc::ServerUnaryReactor* ScoringServiceImpl::CompareVerdicts(
    grpc::CallbackServerContext* context, const v1::CompareVerdictsRequest* request,
    v1::CompareVerdictsResponse* response) {
  return rpc::Unary(runtime_, context, request, response,
                    "/assay.scoring.v1.ScoringService/CompareVerdicts", ExecutionFor(*request),
                    [this](const rpc::CallContext& call, const v1::CompareVerdictsRequest& compare,
                           v1::CompareVerdictsResponse& answer) {
                      return Compare(call, scorer_, compare, answer);
                    });
}

grpc::ServerBidiReactor<v1::RescoreStreamRequest, v1::RescoreStreamResponse>*
ScoringServiceImpl::RescoreStream(grpc::CallbackServerContext* context) {
  return rpc::Bidi<v1::RescoreStreamRequest, v1::RescoreStreamResponse>(
      runtime_, context, "/assay.scoring.v1.ScoringService/RescoreStream",
      {.max_messages = kMaxStreamRequests},
      [this](const rpc::CallContext& call, const v1::RescoreStreamRequest& request,
             v1::RescoreStreamResponse& response) {
        return AnswerItem(request, response, [&] {
          return RescoreOne(call, scorer_, request, *response.mutable_rescore());
        });
      },
      {.execution =
           [this](const v1::RescoreStreamRequest& request) { return ExecutionFor(request); },
       .shed = ShedItem<v1::RescoreStreamRequest, v1::RescoreStreamResponse>});
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
