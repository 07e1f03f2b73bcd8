#include "services/review_queue/convert.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"

#include "common/audit/etag.h"
#include "common/ids/hex.h"
#include "common/ids/resource_name.h"
#include "common/status/macros.h"
#include "common/time/timestamp.h"
#include "services/review_queue/errors.h"
#include "services/review_queue/limits.h"
#include "services/review_queue/storage/event_codec.h"

namespace assay::review_queue {
namespace {

constexpr std::string_view kAssessmentPattern = "assessments/*";

// The enums of the domain have the numbers of the API's.
static_assert(static_cast<int>(ItemState::kOpen) == v1::REVIEW_ITEM_STATE_OPEN);
static_assert(static_cast<int>(ItemState::kClaimed) == v1::REVIEW_ITEM_STATE_CLAIMED);
static_assert(static_cast<int>(ItemState::kDecided) == v1::REVIEW_ITEM_STATE_DECIDED);
static_assert(static_cast<int>(ItemState::kSuperseded) == v1::REVIEW_ITEM_STATE_SUPERSEDED);
static_assert(static_cast<int>(DecisionKind::kUphold) == v1::DECISION_KIND_UPHOLD);
static_assert(static_cast<int>(DecisionKind::kOverturn) == v1::DECISION_KIND_OVERTURN);
static_assert(static_cast<int>(DecisionKind::kReturn) == v1::DECISION_KIND_RETURN);
static_assert(static_cast<int>(DecisionEffect::kPending) == v1::DECISION_EFFECT_PENDING);
static_assert(static_cast<int>(DecisionEffect::kApplied) == v1::DECISION_EFFECT_APPLIED);
static_assert(static_cast<int>(DecisionEffect::kRefusedStale) == v1::DECISION_EFFECT_REFUSED_STALE);

void AddSubmission(const Submission& submission, v1::ReviewItem& proto) {
  proto.set_name(ItemName(submission.id));
  proto.set_assessment(FormatName(kAssessmentPattern, {submission.id.assessment}));
  proto.set_submission_number(submission.id.submission_number);
  proto.set_result_digest(submission.result_digest);
  proto.set_scheme(submission.scheme);
  proto.set_profile(submission.profile);
  proto.set_supplier(submission.supplier);
  proto.set_certification_body(submission.certification_body);
  *proto.mutable_verdict() = submission.verdict;
  proto.mutable_flags()->Assign(submission.flags.begin(), submission.flags.end());
  proto.mutable_contributors()->Assign(submission.contributors.begin(),
                                       submission.contributors.end());
  *proto.mutable_submit_time() = ToTimestamp(submission.submit_time);
}

// In whole microseconds, as it is stored.
absl::Time SubmitTime(const v1::ReviewItem& item) {
  if (!item.has_submit_time()) return absl::InfinitePast();
  const absl::Time time = FromTimestamp(item.submit_time());
  return absl::FromUnixMicros(absl::ToUnixMicros(time));
}

scoring::v1::Verdict Summary(const scoring::v1::Verdict& verdict) {
  scoring::v1::Verdict summary = verdict;
  for (scoring::v1::ObjectiveResult& objective : *summary.mutable_objectives()) {
    objective.clear_controls();
  }
  return summary;
}

absl::StatusOr<absl::Duration> DurationOf(const google::protobuf::Duration& proto) {
  // More nanoseconds than a second has, or another sign than the seconds: google.protobuf.Duration
  // forbids both.
  constexpr int32_t kNanosPerSecond = 1'000'000'000;
  const bool well_formed = proto.nanos() > -kNanosPerSecond && proto.nanos() < kNanosPerSecond &&
                           !(proto.seconds() > 0 && proto.nanos() < 0) &&
                           !(proto.seconds() < 0 && proto.nanos() > 0);
  if (!well_formed) return ClaimDurationOutOfRange("malformed");
  return absl::Seconds(proto.seconds()) + absl::Nanoseconds(proto.nanos());
}

}  // namespace

v1::ReviewItem ToProto(const ReviewItem& item, absl::Time now) {
  v1::ReviewItem proto;
  AddSubmission(item.submission, proto);
  proto.set_state(static_cast<v1::ReviewItemState>(ShownState(item, now)));
  if (item.claim.has_value()) {
    proto.mutable_claim()->set_reviewer(item.claim->reviewer);
    proto.mutable_claim()->set_fencing_number(item.claim->fencing_number);
    *proto.mutable_claim()->mutable_expire_time() = ToTimestamp(item.claim->expire_time);
  }
  if (item.decision.has_value()) *proto.mutable_decision() = ToProto(*item.decision);
  if (item.superseded_by != 0) {
    proto.set_superseded_by(ItemName({item.id().assessment, item.superseded_by}));
  }
  proto.set_etag(audit::EtagOf(item.head));
  *proto.mutable_create_time() = ToTimestamp(item.create_time);
  *proto.mutable_update_time() = ToTimestamp(item.update_time);
  return proto;
}

v1::Decision ToProto(const Decision& decision) {
  v1::Decision proto;
  proto.set_kind(static_cast<v1::DecisionKind>(decision.kind));
  proto.set_reason(decision.reason);
  for (const ControlDecision& control : decision.controls) {
    v1::ControlDecision& added = *proto.add_controls();
    added.set_control_id(control.control_id);
    added.set_reason(control.reason);
  }
  proto.set_reviewer(decision.reviewer);
  proto.set_reviewer_organisation(decision.reviewer_organisation);
  *proto.mutable_decide_time() = ToTimestamp(decision.decide_time);
  proto.set_effect(static_cast<v1::DecisionEffect>(decision.effect));
  return proto;
}

v1::ReviewItemEvent ToProto(const audit::Event& event) {
  v1::ReviewItemEvent proto;
  proto.set_sequence(static_cast<int64_t>(event.sequence));
  *proto.mutable_event_time() = ToTimestamp(event.time);
  proto.set_actor(event.actor.subject);
  proto.set_actor_organisation(event.actor.organisation);
  proto.set_type(event.type);
  for (const audit::EventText& text : event.texts) {
    if (text.field == kDecisionReasonText) proto.set_reason(text.text.value_or(""));
  }
  proto.set_hash(ToHex(event.hash));
  return proto;
}

absl::StatusOr<Submission> FromProto(const v1::EnqueueReviewItemRequest& request) {
  if (!request.has_review_item()) return SubmissionInvalid("review_item", "is missing");
  const v1::ReviewItem& item = request.review_item();
  if (request.ByteSizeLong() > kMaxSubmissionBytes) {
    return SubmissionInvalid("review_item",
                             absl::StrCat("has ", request.ByteSizeLong(), " bytes; at most ",
                                          kMaxSubmissionBytes, " are allowed"));
  }
  const auto assessment =
      ParseName("review_item.assessment", kAssessmentPattern, item.assessment());
  if (!assessment.ok()) {
    return SubmissionInvalid(
        "review_item.assessment",
        absl::StrCat("is '", item.assessment(), "'; assessments/* is required"));
  }
  Submission submission;
  submission.id = {assessment->front(), item.submission_number()};
  submission.result_digest = item.result_digest();
  submission.scheme = item.scheme();
  submission.profile = item.profile();
  submission.supplier = item.supplier();
  submission.certification_body = item.certification_body();
  submission.verdict = Summary(item.verdict());
  submission.flags.assign(item.flags().begin(), item.flags().end());
  submission.contributors.assign(item.contributors().begin(), item.contributors().end());
  std::sort(submission.contributors.begin(), submission.contributors.end());
  submission.contributors.erase(
      std::unique(submission.contributors.begin(), submission.contributors.end()),
      submission.contributors.end());
  submission.submit_time = SubmitTime(item);
  // A negative number becomes 0, which the rules refuse as missing.
  submission.assessment_head.sequence =
      static_cast<uint64_t>(std::max<int64_t>(request.chain_sequence(), 0));
  submission.assessment_head.hash = FromHex(request.chain_hash()).value_or("");
  return submission;
}

absl::StatusOr<DecisionDraft> DraftFromProto(const v1::DecideReviewItemRequest& request) {
  if (!request.has_decision()) return DecisionInvalid("decision", "is missing");
  const v1::Decision& decision = request.decision();
  if (!v1::DecisionKind_IsValid(decision.kind()) ||
      decision.kind() == v1::DECISION_KIND_UNSPECIFIED) {
    return DecisionInvalid("decision.kind", "is none of UPHOLD, OVERTURN and RETURN");
  }
  DecisionDraft draft;
  draft.kind = static_cast<DecisionKind>(decision.kind());
  draft.reason = decision.reason();
  for (const v1::ControlDecision& control : decision.controls()) {
    draft.controls.push_back({control.control_id(), control.reason()});
  }
  return draft;
}

DecisionBasis BasisFromProto(const v1::DecideReviewItemRequest& request) {
  return {request.claim_token(), request.submission_number(), request.result_digest(),
          request.etag()};
}

absl::StatusOr<absl::Duration> ClaimDuration(const v1::ClaimReviewItemRequest& request) {
  return request.has_duration() ? DurationOf(request.duration()) : kDefaultClaimDuration;
}

absl::StatusOr<absl::Duration> ClaimDuration(const v1::ExtendClaimRequest& request) {
  return request.has_duration() ? DurationOf(request.duration()) : kDefaultClaimDuration;
}

}  // namespace assay::review_queue
