#include "services/scoring/difference_cause.h"

#include <memory>
#include <utility>

#include "common/status/macros.h"
#include "services/scoring/engine/canonical.h"
#include "services/scoring/thread_scored.h"

namespace assay::scoring {
namespace {

// By pinned names, so that a name without a revision means what it meant.
v1::ScoringBasis PinnedBasis(const Scored& scored) {
  v1::ScoringBasis basis;
  basis.set_catalogue(scored.basis->pins.catalogue());
  basis.set_rule_set(scored.basis->pins.rule_set());
  basis.set_question_set(scored.basis->pins.question_set());
  basis.set_profile(scored.basis->profile.id());
  return basis;
}

v1::ScoringBasis Exchange(const Scored& before, const Scored& after, v1::DifferenceCause cause) {
  v1::ScoringBasis basis = PinnedBasis(before);
  const v1::Pins& pins = after.basis->pins;
  switch (cause) {
    case v1::DIFFERENCE_CAUSE_INPUTS:
      basis.set_profile(after.basis->profile.id());
      break;
    case v1::DIFFERENCE_CAUSE_CATALOGUE:
      basis.set_catalogue(pins.catalogue());
      break;
    case v1::DIFFERENCE_CAUSE_QUESTION_SET:
      basis.set_question_set(pins.question_set());
      break;
    case v1::DIFFERENCE_CAUSE_RULE_SET:
      basis.set_rule_set(pins.rule_set());
      break;
    default:
      break;
  }
  return basis;
}

absl::Status ScoreExchanged(const rpc::CallContext& call, const Scorer& scorer,
                            const ScoredRequest& before, const ScoredRequest& after,
                            v1::DifferenceCause cause, Scored& exchanged) {
  const bool inputs = cause == v1::DIFFERENCE_CAUSE_INPUTS;
  std::shared_ptr<const Basis> basis = before.scored.basis;
  if (!inputs || basis->profile.id() != after.scored.basis->profile.id()) {
    ASSAY_ASSIGN_OR_RETURN(basis,
                           scorer.Resolve(call, Exchange(before.scored, after.scored, cause)));
  }
  // Only the outcome matters, so the digest is of the version that every basis has.
  return scorer.ScoreUnder(std::move(basis), inputs ? after.request : before.request,
                           kCanonicalVersion, exchanged);
}

bool IsNoCombination(const absl::Status& status) {
  return status.code() == absl::StatusCode::kInvalidArgument ||
         status.code() == absl::StatusCode::kFailedPrecondition;
}

absl::Status FillSufficient(const rpc::CallContext& call, const Scorer& scorer,
                            const ScoredRequest& before, const ScoredRequest& after,
                            v1::VerdictDifference& difference) {
  if (!difference.outcome_changed()) {
    return absl::OkStatus();
  }
  if (difference.changed_size() == 1) {
    difference.add_sufficient(difference.changed(0));
    return absl::OkStatus();
  }
  const ThreadScored exchanged(Role::kExchanged);
  for (const int number : difference.changed()) {
    if (call.cancelled()) {
      return absl::CancelledError("the caller has gone");
    }
    const auto cause = static_cast<v1::DifferenceCause>(number);
    absl::Status status = ScoreExchanged(call, scorer, before, after, cause, *exchanged);
    if (!status.ok() && !IsNoCombination(status)) {
      return status;
    }
    if (status.ok() && OutcomeDiffers(before.scored, *exchanged)) {
      difference.add_sufficient(cause);
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ExplainDifference(const rpc::CallContext& call, const Scorer& scorer,
                               const ScoredRequest& before, const ScoredRequest& after,
                               v1::VerdictDifference& difference) {
  FillDifference(before, after, difference);
  return FillSufficient(call, scorer, before, after, difference);
}

}  // namespace assay::scoring
