// One assessment scored: the path that every verdict of this service takes, whatever asked for it.

#ifndef ASSAY_SERVICES_SCORING_SCORE_H_
#define ASSAY_SERVICES_SCORING_SCORE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "assay/scoring/v1/scoring_service.pb.h"

#include "common/rpc/call.h"
#include "services/scoring/basis.h"
#include "services/scoring/basis_resolver.h"
#include "services/scoring/disagreements.h"
#include "services/scoring/engine/evaluation.h"
#include "services/scoring/engine/record.h"
#include "services/scoring/second_evaluator/result.h"

namespace assay::scoring {

// What was scored and what came of it. May be scored into again: its memory is used again.
struct Scored {
  std::shared_ptr<const Basis> basis;
  Record record;
  Evaluation evaluation;
  uint32_t digest_version = 0;
  std::string digest;  // 32 raw bytes.

  second::Result second;  // What the second evaluator says of the same.
  std::string bytes;      // The canonical bytes.
};

// Thread-safe.
class Scorer {
 public:
  // What scores a second time: second::Evaluate, and in tests one with a fault.
  using SecondEvaluator =
      std::function<void(const second::Scheme&, const Record&, second::Result&)>;

  // All must outlive this.
  Scorer(BasisResolver& resolver, Disagreements& disagreements);
  Scorer(BasisResolver& resolver, Disagreements& disagreements, SecondEvaluator second);

  // BasisResolver::Resolve.
  absl::StatusOr<std::shared_ptr<const Basis>> Resolve(const rpc::CallContext& call,
                                                       const v1::ScoringBasis& basis) const;

  // Resolves, checks and scores by both evaluators. Errors are those of the Score RPC. `scored`
  // means nothing after one.
  absl::Status Score(const rpc::CallContext& call, const v1::ScoreRequest& request,
                     Scored& scored) const;

  // The same by documents that are resolved already; the request's own basis is not looked at.
  absl::Status ScoreUnder(std::shared_ptr<const Basis> basis, const v1::ScoreRequest& request,
                          Scored& scored) const;
  // With a digest of another version than the request asks for.
  absl::Status ScoreUnder(std::shared_ptr<const Basis> basis, const v1::ScoreRequest& request,
                          uint32_t digest_version, Scored& scored) const;

  // The same for `scored.record` under `scored.basis`, for which it must be valid, with a digest of
  // `scored.digest_version`. Fails with EVALUATORS_DISAGREE only.
  absl::Status ScoreRecord(Scored& scored) const;

 private:
  BasisResolver& resolver_;
  Disagreements& disagreements_;
  const SecondEvaluator second_;
};

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_SCORE_H_
