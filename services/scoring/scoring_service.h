// The gRPC surface of scoring: unpack, score, pack. Stores nothing.

#ifndef ASSAY_SERVICES_SCORING_SCORING_SERVICE_H_
#define ASSAY_SERVICES_SCORING_SCORING_SERVICE_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "assay/scoring/v1/scoring_service.grpc.pb.h"

#include "common/rpc/arena_messages.h"
#include "common/rpc/call.h"
#include "services/scoring/basis_resolver.h"
#include "services/scoring/score.h"

namespace assay::scoring {

// Thread-safe. Calls and messages of streams run inline when, at the moment they come in, their
// documents are cached and their margins follow from sums (TalliesSuffice, engine/margin.h); those
// that have to ask the catalogue, for at most kCatalogueCallLimit a document, or to search for
// margins run on the worker pool. Where a document falls out of the cache between that moment and
// the scoring, a call that runs inline asks the catalogue there. A message that the pool is too
// busy for is answered with that error; its stream goes on. A batch runs in one piece where its
// slowest part has to. Comparing verdicts of different documents asks for combinations of them that
// nobody named, so it always runs on the pool.
class ScoringServiceImpl final : public v1::ScoringService::CallbackService {
 public:
  // All must outlive this.
  ScoringServiceImpl(rpc::CallRuntime& runtime, BasisResolver& resolver, const Scorer& scorer);

  grpc::ServerUnaryReactor* Score(grpc::CallbackServerContext* context,
                                  const v1::ScoreRequest* request,
                                  v1::ScoreResponse* response) override;
  grpc::ServerBidiReactor<v1::ScoreStreamRequest, v1::ScoreStreamResponse>* ScoreStream(
      grpc::CallbackServerContext* context) override;
  grpc::ServerUnaryReactor* BatchScore(grpc::CallbackServerContext* context,
                                       const v1::BatchScoreRequest* request,
                                       v1::BatchScoreResponse* response) override;
  grpc::ServerUnaryReactor* WhatIf(grpc::CallbackServerContext* context,
                                   const v1::WhatIfRequest* request,
                                   v1::WhatIfResponse* response) override;
  grpc::ServerUnaryReactor* CompareVerdicts(grpc::CallbackServerContext* context,
                                            const v1::CompareVerdictsRequest* request,
                                            v1::CompareVerdictsResponse* response) override;
  grpc::ServerBidiReactor<v1::RescoreStreamRequest, v1::RescoreStreamResponse>* RescoreStream(
      grpc::CallbackServerContext* context) override;
  grpc::ServerUnaryReactor* ValidateInputs(grpc::CallbackServerContext* context,
                                           const v1::ValidateInputsRequest* request,
                                           v1::ValidateInputsResponse* response) override;

 private:
  // Whether scoring by it takes microseconds: nothing to ask for and no search.
  bool IsQuick(const v1::ScoringBasis& basis) const;
  rpc::Execution ExecutionFor(const v1::ScoringBasis& basis) const;
  rpc::Execution ExecutionFor(const v1::BatchScoreRequest& request) const;
  rpc::Execution ExecutionFor(const v1::CompareVerdictsRequest& request) const;
  rpc::Execution ExecutionFor(const v1::RescoreStreamRequest& request) const;
  absl::Status ValidateOne(const rpc::CallContext& call, const v1::ValidateInputsRequest& request,
                           v1::ValidateInputsResponse& response);

  rpc::CallRuntime& runtime_;
  BasisResolver& resolver_;
  const Scorer& scorer_;
  rpc::ArenaMessages<v1::ScoreRequest, v1::ScoreResponse> score_messages_;
  rpc::ArenaMessages<v1::BatchScoreRequest, v1::BatchScoreResponse> batch_messages_;
  rpc::ArenaMessages<v1::WhatIfRequest, v1::WhatIfResponse> what_if_messages_;
  rpc::ArenaMessages<v1::CompareVerdictsRequest, v1::CompareVerdictsResponse> compare_messages_;
};

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_SCORING_SERVICE_H_
