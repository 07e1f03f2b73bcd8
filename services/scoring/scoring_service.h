// The gRPC surface of scoring: unpack, score, pack. Stores nothing.

#ifndef ASSAY_SERVICES_SCORING_SCORING_SERVICE_H_
#define ASSAY_SERVICES_SCORING_SCORING_SERVICE_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "assay/scoring/v1/scoring_service.grpc.pb.h"

#include "common/rpc/call.h"
#include "services/scoring/basis_resolver.h"

namespace assay::scoring {

// Thread-safe. Calls and messages of streams whose documents are cached run inline; those that have
// to ask the catalogue run on the worker pool, for at most kCatalogueCallLimit a document. A
// message that the pool is too busy for is answered with that error; its stream goes on.
class ScoringServiceImpl final : public v1::ScoringService::CallbackService {
 public:
  // Both must outlive this.
  ScoringServiceImpl(rpc::CallRuntime& runtime, BasisResolver& resolver);

  grpc::ServerUnaryReactor* Score(grpc::CallbackServerContext* context,
                                  const v1::ScoreRequest* request,
                                  v1::ScoreResponse* response) override;
  grpc::ServerBidiReactor<v1::ScoreStreamRequest, v1::ScoreStreamResponse>* ScoreStream(
      grpc::CallbackServerContext* context) override;
  grpc::ServerUnaryReactor* ValidateInputs(grpc::CallbackServerContext* context,
                                           const v1::ValidateInputsRequest* request,
                                           v1::ValidateInputsResponse* response) override;

 private:
  rpc::Execution ExecutionFor(const v1::ScoringBasis& basis) const;
  absl::Status ScoreOne(const rpc::CallContext& call, const v1::ScoreRequest& request,
                        v1::Verdict& verdict);
  void ScoreItem(const rpc::CallContext& call, const v1::ScoreStreamRequest& request,
                 v1::ScoreStreamResponse& response);
  absl::Status ValidateOne(const rpc::CallContext& call, const v1::ValidateInputsRequest& request,
                           v1::ValidateInputsResponse& response);

  rpc::CallRuntime& runtime_;
  BasisResolver& resolver_;
};

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_SCORING_SERVICE_H_
