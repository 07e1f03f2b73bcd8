#include "services/scoring/rescore.h"

#include <string>
#include <string_view>
#include <utility>

#include "common/status/macros.h"
#include "common/status/rename_fields.h"
#include "services/scoring/convert_verdict.h"
#include "services/scoring/difference_cause.h"
#include "services/scoring/errors.h"
#include "services/scoring/give_verdict.h"
#include "services/scoring/thread_scored.h"

namespace assay::scoring {
namespace {

// The name stands in a field of its own here.
absl::Status OfOtherRuleSet(absl::Status status) {
  return RenameFields(std::move(status), [](std::string_view field) {
    return std::string(field == "basis.rule_set" ? "rule_set" : field);
  });
}

}  // namespace

v1::ScoringBasis OtherBasis(const v1::RescoreStreamRequest& request) {
  v1::ScoringBasis basis = request.request().basis();
  basis.set_rule_set(request.rule_set());
  return basis;
}

absl::Status RescoreOne(const rpc::CallContext& call, const Scorer& scorer,
                        const v1::RescoreStreamRequest& request, v1::Rescore& rescore) {
  const v1::ScoreRequest& score = request.request();
  ASSAY_ASSIGN_OR_RETURN(const Detail detail, ToDetail(score.view()));
  const ThreadScored before(Role::kBefore);
  const ThreadScored after(Role::kAfter);
  ASSAY_RETURN_IF_ERROR(scorer.Score(call, score, *before));
  auto basis = scorer.Resolve(call, OtherBasis(request));
  if (!basis.ok()) {
    return OfOtherRuleSet(std::move(basis).status());
  }
  if (const absl::Status status = scorer.ScoreUnder(*std::move(basis), score, *after);
      !status.ok()) {
    return InPart("under " + after->basis->pins.rule_set(), "", status);
  }
  FillVerdict(*before, detail, *rescore.mutable_before());
  FillVerdict(*after, detail, *rescore.mutable_after());
  return ExplainDifference(call, scorer, {score, *before}, {score, *after},
                           *rescore.mutable_difference());
}

}  // namespace assay::scoring
