#include "services/review_queue/storage/record_convert.h"

#include <optional>
#include <string>
#include <utility>

#include "common/ids/hex.h"
#include "common/status/macros.h"
#include "services/review_queue/errors.h"

namespace assay::review_queue {
namespace {

// The enums of the domain have the numbers of the stored ones.
static_assert(static_cast<int>(ItemState::kOpen) == records::STATE_OPEN);
static_assert(static_cast<int>(ItemState::kClaimed) == records::STATE_CLAIMED);
static_assert(static_cast<int>(ItemState::kDecided) == records::STATE_DECIDED);
static_assert(static_cast<int>(ItemState::kSuperseded) == records::STATE_SUPERSEDED);
static_assert(static_cast<int>(DecisionKind::kUphold) == records::KIND_UPHOLD);
static_assert(static_cast<int>(DecisionKind::kOverturn) == records::KIND_OVERTURN);
static_assert(static_cast<int>(DecisionKind::kReturn) == records::KIND_RETURN);
static_assert(static_cast<int>(DecisionEffect::kPending) == records::EFFECT_PENDING);
static_assert(static_cast<int>(DecisionEffect::kApplied) == records::EFFECT_APPLIED);
static_assert(static_cast<int>(DecisionEffect::kRefusedStale) == records::EFFECT_REFUSED_STALE);

absl::Status Malformed(std::string_view problem) { return RecordMalformed("item", problem); }

records::ClaimRecord ToClaimRecord(const Claim& claim) {
  records::ClaimRecord record;
  record.set_reviewer(claim.reviewer);
  record.set_fencing_number(claim.fencing_number);
  record.set_expire_time_micros(absl::ToUnixMicros(claim.expire_time));
  record.set_token_digest(claim.token_digest);
  return record;
}

records::DecisionRecord ToDecisionRecord(const Decision& decision) {
  records::DecisionRecord record;
  record.set_kind(static_cast<records::Kind>(decision.kind));
  record.set_reason(decision.reason);
  for (const ControlDecision& control : decision.controls) {
    records::ControlDecisionRecord* const added = record.add_controls();
    added->set_control_id(control.control_id);
    added->set_reason(control.reason);
  }
  record.set_reviewer(decision.reviewer);
  record.set_reviewer_organisation(decision.reviewer_organisation);
  record.set_decide_time_micros(absl::ToUnixMicros(decision.decide_time));
  record.set_effect(static_cast<records::Effect>(decision.effect));
  return record;
}

Submission FromSubmissionRecord(const records::SubmissionRecord& record) {
  Submission submission;
  submission.id = {record.assessment(), record.submission_number()};
  submission.result_digest = ToHex(record.result_digest());
  submission.scheme = record.scheme();
  submission.profile = record.profile();
  submission.supplier = record.supplier();
  submission.certification_body = record.certification_body();
  submission.verdict = record.verdict();
  submission.flags.assign(record.flags().begin(), record.flags().end());
  submission.contributors.assign(record.contributors().begin(), record.contributors().end());
  submission.submit_time = absl::FromUnixMicros(record.submit_time_micros());
  submission.assessment_head = {record.assessment_sequence(), record.assessment_hash()};
  return submission;
}

Claim FromClaimRecord(const records::ClaimRecord& record) {
  Claim claim;
  claim.reviewer = record.reviewer();
  claim.fencing_number = record.fencing_number();
  claim.expire_time = absl::FromUnixMicros(record.expire_time_micros());
  claim.token_digest = record.token_digest();
  return claim;
}

absl::StatusOr<Decision> FromDecisionRecord(const records::DecisionRecord& record) {
  if (!records::Kind_IsValid(record.kind()) || record.kind() == records::KIND_UNSPECIFIED) {
    return Malformed("unknown kind of decision");
  }
  if (!records::Effect_IsValid(record.effect()) || record.effect() == records::EFFECT_UNSPECIFIED) {
    return Malformed("unknown effect of a decision");
  }
  Decision decision;
  decision.kind = static_cast<DecisionKind>(record.kind());
  decision.reason = record.reason();
  for (const records::ControlDecisionRecord& control : record.controls()) {
    decision.controls.push_back({control.control_id(), control.reason()});
  }
  decision.reviewer = record.reviewer();
  decision.reviewer_organisation = record.reviewer_organisation();
  decision.decide_time = absl::FromUnixMicros(record.decide_time_micros());
  decision.effect = static_cast<DecisionEffect>(record.effect());
  return decision;
}

// What holds of every stored item; the rules rely on it.
absl::Status CheckInvariants(const ReviewItem& item) {
  if (item.id().assessment.empty() || item.id().submission_number < 1) {
    return Malformed("has no id");
  }
  if (item.state == ItemState::kClaimed && !item.claim.has_value()) {
    return Malformed("is claimed without a claim");
  }
  if ((item.state == ItemState::kDecided) != item.decision.has_value()) {
    return Malformed("state and decision contradict each other");
  }
  if ((item.state == ItemState::kSuperseded) != (item.superseded_by != 0)) {
    return Malformed("state and successor contradict each other");
  }
  if (item.head.sequence < 1 || item.head.hash.size() != kSha256Bytes ||
      item.fingerprint.size() != kSha256Bytes) {
    return Malformed("has no chain head or fingerprint");
  }
  return absl::OkStatus();
}

}  // namespace

records::SubmissionRecord ToRecord(const Submission& submission) {
  records::SubmissionRecord record;
  record.set_assessment(submission.id.assessment);
  record.set_submission_number(submission.id.submission_number);
  record.set_result_digest(FromHex(submission.result_digest).value_or(""));
  record.set_scheme(submission.scheme);
  record.set_profile(submission.profile);
  record.set_supplier(submission.supplier);
  record.set_certification_body(submission.certification_body);
  *record.mutable_verdict() = submission.verdict;
  record.mutable_flags()->Assign(submission.flags.begin(), submission.flags.end());
  record.mutable_contributors()->Assign(submission.contributors.begin(),
                                        submission.contributors.end());
  record.set_submit_time_micros(absl::ToUnixMicros(submission.submit_time));
  record.set_assessment_sequence(submission.assessment_head.sequence);
  record.set_assessment_hash(submission.assessment_head.hash);
  return record;
}

records::ItemRecord ToRecord(const ReviewItem& item) {
  records::ItemRecord record;
  *record.mutable_submission() = ToRecord(item.submission);
  record.set_fingerprint(item.fingerprint);
  record.set_state(static_cast<records::State>(item.state));
  if (item.claim.has_value()) *record.mutable_claim() = ToClaimRecord(*item.claim);
  if (item.decision.has_value()) *record.mutable_decision() = ToDecisionRecord(*item.decision);
  record.set_superseded_by(item.superseded_by);
  record.set_chain_sequence(item.head.sequence);
  record.set_chain_hash(item.head.hash);
  record.set_create_time_micros(absl::ToUnixMicros(item.create_time));
  record.set_update_time_micros(absl::ToUnixMicros(item.update_time));
  return record;
}

absl::StatusOr<ReviewItem> FromRecord(const records::ItemRecord& record) {
  if (!records::State_IsValid(record.state()) || record.state() == records::STATE_UNSPECIFIED) {
    return Malformed("unknown state");
  }
  ReviewItem item;
  item.submission = FromSubmissionRecord(record.submission());
  item.fingerprint = record.fingerprint();
  item.state = static_cast<ItemState>(record.state());
  if (record.has_claim()) item.claim = FromClaimRecord(record.claim());
  if (record.has_decision()) {
    ASSAY_ASSIGN_OR_RETURN(item.decision, FromDecisionRecord(record.decision()));
  }
  item.superseded_by = record.superseded_by();
  item.head = {record.chain_sequence(), record.chain_hash()};
  item.create_time = absl::FromUnixMicros(record.create_time_micros());
  item.update_time = absl::FromUnixMicros(record.update_time_micros());
  ASSAY_RETURN_IF_ERROR(CheckInvariants(item));
  return item;
}

}  // namespace assay::review_queue
