#include "services/scoring/give_verdict.h"

#include "common/status/macros.h"
#include "services/scoring/convert_verdict.h"
#include "services/scoring/errors.h"
#include "services/scoring/thread_scored.h"

namespace assay::scoring {

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

absl::Status GiveVerdict(const rpc::CallContext& call, const Scorer& scorer,
                         const v1::ScoreRequest& request, v1::Verdict& verdict) {
  ASSAY_ASSIGN_OR_RETURN(const Detail detail, ToDetail(request.view()));
  const ThreadScored scored(Role::kOnly);
  ASSAY_RETURN_IF_ERROR(scorer.Score(call, request, *scored));
  FillVerdict(*scored, detail, verdict);
  return absl::OkStatus();
}

}  // namespace assay::scoring
