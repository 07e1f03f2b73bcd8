#include "services/scoring/compare.h"

#include "common/status/macros.h"
#include "services/scoring/convert_verdict.h"
#include "services/scoring/difference_cause.h"
#include "services/scoring/errors.h"
#include "services/scoring/give_verdict.h"
#include "services/scoring/thread_scored.h"

namespace assay::scoring {
namespace {

absl::Status ScoreSide(const rpc::CallContext& call, const Scorer& scorer,
                       const v1::ScoreRequest& request, Scored& scored, v1::Verdict& verdict) {
  ASSAY_ASSIGN_OR_RETURN(const Detail detail, ToDetail(request.view()));
  ASSAY_RETURN_IF_ERROR(scorer.Score(call, request, scored));
  FillVerdict(scored, detail, verdict);
  return absl::OkStatus();
}

}  // namespace

bool NameSameDocuments(const v1::ScoringBasis& before, const v1::ScoringBasis& after) {
  return before.catalogue() == after.catalogue() && before.rule_set() == after.rule_set() &&
         before.question_set() == after.question_set();
}

absl::Status Compare(const rpc::CallContext& call, const Scorer& scorer,
                     const v1::CompareVerdictsRequest& request,
                     v1::CompareVerdictsResponse& response) {
  const ThreadScored before(Role::kBefore);
  const ThreadScored after(Role::kAfter);
  if (const absl::Status status =
          ScoreSide(call, scorer, request.before(), *before, *response.mutable_before());
      !status.ok()) {
    return InPart("before", "before.", status);
  }
  if (const absl::Status status =
          ScoreSide(call, scorer, request.after(), *after, *response.mutable_after());
      !status.ok()) {
    return InPart("after", "after.", status);
  }
  return ExplainDifference(call, scorer, {request.before(), *before}, {request.after(), *after},
                           *response.mutable_difference());
}

}  // namespace assay::scoring
