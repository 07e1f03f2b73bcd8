#include "services/review_queue/domain/decide.h"

#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"

#include "common/audit/etag.h"
#include "common/status/macros.h"
#include "services/review_queue/domain/claim.h"
#include "services/review_queue/domain/four_eyes.h"
#include "services/review_queue/domain/text.h"
#include "services/review_queue/errors.h"
#include "services/review_queue/limits.h"

namespace assay::review_queue {
namespace {

std::string ControlPath(size_t index, std::string_view field) {
  return absl::StrCat("decision.controls[", index, "].", std::string(field));
}

absl::Status CheckControlCount(const DecisionDraft& draft) {
  const size_t count = draft.controls.size();
  if (draft.kind == DecisionKind::kUphold) {
    if (count == 0) return absl::OkStatus();
    return DecisionInvalid("decision.controls",
                           absl::StrCat("names ", count, " controls; UPHOLD names none"));
  }
  if (count >= 1 && count <= kMaxDecisionControls) return absl::OkStatus();
  return DecisionInvalid("decision.controls", absl::StrCat("names ", count, " controls; 1 to ",
                                                           kMaxDecisionControls, " are allowed"));
}

absl::Status CheckControls(const DecisionDraft& draft) {
  std::set<std::string_view> seen;
  for (size_t i = 0; i < draft.controls.size(); ++i) {
    const ControlDecision& control = draft.controls[i];
    if (control.control_id.empty() || control.control_id.size() > kMaxControlIdBytes) {
      return DecisionInvalid(ControlPath(i, "control_id"),
                             absl::StrCat("has ", control.control_id.size(), " bytes; 1 to ",
                                          kMaxControlIdBytes, " are allowed"));
    }
    if (!seen.insert(control.control_id).second) {
      return DecisionInvalid(
          ControlPath(i, "control_id"),
          absl::StrCat("names ", control.control_id, " a second time; each control once"));
    }
    const std::string problem = LengthProblem(control.reason, 1, kMaxTextCharacters);
    if (!problem.empty()) return DecisionInvalid(ControlPath(i, "reason"), problem);
  }
  return absl::OkStatus();
}

absl::Status CheckBytes(const DecisionDraft& draft) {
  size_t bytes = draft.reason.size();
  for (const ControlDecision& control : draft.controls) {
    bytes += control.control_id.size() + control.reason.size();
  }
  if (bytes <= kMaxDecisionBytes) return absl::OkStatus();
  return DecisionInvalid("decision", absl::StrCat("has ", bytes, " bytes of text; at most ",
                                                  kMaxDecisionBytes, " are allowed"));
}

// Flags that a reviewer can let fall. NO_SCORED_CONTROLS is not one: it follows from the others.
bool CanFall(const v1::Flag& flag) {
  switch (flag.trigger().kind()) {
    case scoring::v1::TRIGGER_KIND_OVERRIDE:
    case scoring::v1::TRIGGER_KIND_NOT_APPLICABLE:
    case scoring::v1::TRIGGER_KIND_QUESTION_NOT_APPLICABLE:
      return true;
    default:
      return false;
  }
}

absl::Status CheckOverturnedFlags(const ReviewItem& item, const DecisionDraft& draft) {
  if (draft.kind != DecisionKind::kOverturn) return absl::OkStatus();
  std::set<std::string_view> flagged;
  for (const v1::Flag& flag : item.submission.flags) {
    if (CanFall(flag)) flagged.insert(flag.trigger().control_id());
  }
  for (size_t i = 0; i < draft.controls.size(); ++i) {
    const std::string& control = draft.controls[i].control_id;
    if (flagged.contains(control)) continue;
    return DecisionInvalid(ControlPath(i, "control_id"),
                           absl::StrCat("names ", control,
                                        ", which carries no override or not-applicable mark of "
                                        "this submission; OVERTURN names those that do"));
  }
  return absl::OkStatus();
}

absl::Status CheckBasis(const ReviewItem& item, const DecisionBasis& basis) {
  const int64_t number = item.id().submission_number;
  if (basis.submission_number != number) {
    return SubmissionMismatch("submission_number", std::to_string(basis.submission_number),
                              std::to_string(number));
  }
  if (basis.result_digest != item.submission.result_digest) {
    return SubmissionMismatch("result_digest", basis.result_digest, item.submission.result_digest);
  }
  return audit::CheckEtag(item.head, basis.etag);
}

}  // namespace

absl::Status CheckDecision(const DecisionDraft& draft) {
  const std::string problem = LengthProblem(draft.reason, 1, kMaxTextCharacters);
  if (!problem.empty()) return DecisionInvalid("decision.reason", problem);
  ASSAY_RETURN_IF_ERROR(CheckControlCount(draft));
  ASSAY_RETURN_IF_ERROR(CheckControls(draft));
  return CheckBytes(draft);
}

absl::StatusOr<ItemChange> Decide(const ReviewItem& item, const DecisionDraft& draft,
                                  const DecisionBasis& basis, const Occasion& occasion) {
  ASSAY_RETURN_IF_ERROR(CheckFourEyes(item, occasion.actor));
  ASSAY_RETURN_IF_ERROR(CheckWaiting(item));
  ASSAY_RETURN_IF_ERROR(CheckClaimToken(item, basis.claim_token, occasion.actor.subject));
  ASSAY_RETURN_IF_ERROR(CheckBasis(item, basis));
  ASSAY_RETURN_IF_ERROR(CheckDecision(draft));
  ASSAY_RETURN_IF_ERROR(CheckOverturnedFlags(item, draft));
  ReviewItem decided = item;
  decided.state = ItemState::kDecided;
  decided.decision = Decision{.kind = draft.kind,
                              .reason = draft.reason,
                              .controls = draft.controls,
                              .reviewer = occasion.actor.subject,
                              .reviewer_organisation = occasion.actor.organisation,
                              .decide_time = occasion.now,
                              .effect = DecisionEffect::kPending};
  decided.update_time = occasion.now;
  return ItemChange{std::move(decided), EventType::kDecided, occasion};
}

std::optional<ItemChange> NoteEffect(const ReviewItem& item, DecisionEffect effect,
                                     const Occasion& occasion) {
  if (item.decision->effect != DecisionEffect::kPending) return std::nullopt;
  ReviewItem noted = item;
  noted.decision->effect = effect;
  noted.update_time = occasion.now;
  return ItemChange{std::move(noted), EventType::kDecisionDelivered, occasion};
}

}  // namespace assay::review_queue
