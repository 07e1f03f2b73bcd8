#include "services/review_queue/storage/event_codec.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

#include "common/ids/hex.h"
#include "services/review_queue/limits.h"
#include "services/review_queue/storage/record_codec.h"
#include "services/review_queue/storage/record_convert.h"
#include "services/review_queue/storage/records.pb.h"

namespace assay::review_queue {
namespace {

using Texts = std::vector<audit::NamedText>;

// Subjects are many and short: several stand in one text, one a line.
constexpr size_t kContributorsPerText = 400;
constexpr size_t kMaxContributorTexts =
    (kMaxContributors + kContributorsPerText - 1) / kContributorsPerText;

static_assert(kMaxFlags + kMaxContributorTexts <= audit::kMaxTexts);
static_assert(kContributorsPerText * (kMaxSubjectBytes + 1) <= audit::kMaxTextBytes);
static_assert(kMaxDecisionControls + 1 <= audit::kMaxTexts);
// A Unicode character has up to four bytes in UTF-8.
static_assert(4 * kMaxTextCharacters <= audit::kMaxTextBytes);
static_assert(kMaxSubmissionBytes <= audit::kMaxBodyBytes);

void AddText(std::string field, const std::string& text, Texts& texts) {
  if (!text.empty()) texts.push_back({std::move(field), text});
}

void AddContributors(const std::vector<std::string>& contributors, Texts& texts) {
  for (size_t begin = 0; begin < contributors.size(); begin += kContributorsPerText) {
    std::string lines;
    const size_t end = std::min(begin + kContributorsPerText, contributors.size());
    for (size_t i = begin; i < end; ++i) absl::StrAppend(&lines, contributors[i], "\n");
    AddText(absl::StrCat("contributors[", begin / kContributorsPerText, "]"), lines, texts);
  }
}

void AddEnqueued(const ReviewItem& item, records::EventBody& body, Texts& texts) {
  records::EnqueuedBody& enqueued = *body.mutable_enqueued();
  *enqueued.mutable_submission() = ToRecord(item.submission);
  enqueued.mutable_submission()->clear_contributors();
  for (int i = 0; i < enqueued.submission().flags_size(); ++i) {
    v1::Flag& flag = *enqueued.mutable_submission()->mutable_flags(i);
    AddText(absl::StrCat("flags[", i, "].reasoning"), flag.reasoning(), texts);
    flag.clear_reasoning();
  }
  AddContributors(item.submission.contributors, texts);
  enqueued.set_fingerprint(item.fingerprint);
  enqueued.set_superseded_by(item.superseded_by);
}

void AddClaim(const Claim& claim, records::EventBody& body) {
  body.mutable_claim()->set_fencing_number(claim.fencing_number);
  body.mutable_claim()->set_expire_time_micros(absl::ToUnixMicros(claim.expire_time));
  body.mutable_claim()->set_token_digest(claim.token_digest);
}

void AddDecided(const ReviewItem& item, records::EventBody& body, Texts& texts) {
  const Decision& decision = *item.decision;
  records::DecidedBody& decided = *body.mutable_decided();
  decided.set_kind(static_cast<records::Kind>(decision.kind));
  decided.set_submission_number(item.id().submission_number);
  decided.set_result_digest(FromHex(item.submission.result_digest).value_or(""));
  AddText(std::string(kDecisionReasonText), decision.reason, texts);
  for (size_t i = 0; i < decision.controls.size(); ++i) {
    decided.add_controls(decision.controls[i].control_id);
    AddText(absl::StrCat("decision.controls[", i, "].reason"), decision.controls[i].reason, texts);
  }
}

void AddChange(const ItemChange& change, records::EventBody& body, Texts& texts) {
  const ReviewItem& item = change.item;
  switch (change.event) {
    case EventType::kEnqueued:
      return AddEnqueued(item, body, texts);
    case EventType::kClaimed:
    case EventType::kClaimExtended:
    case EventType::kClaimReleased:
      return AddClaim(*item.claim, body);
    case EventType::kDecided:
      return AddDecided(item, body, texts);
    case EventType::kSuperseded:
      body.mutable_superseded()->set_superseded_by(item.superseded_by);
      return;
    case EventType::kDecisionDelivered:
      body.mutable_delivered()->set_effect(static_cast<records::Effect>(item.decision->effect));
      return;
  }
}

}  // namespace

std::string_view EventTypeName(EventType type) {
  switch (type) {
    case EventType::kEnqueued:
      return "ENQUEUED";
    case EventType::kClaimed:
      return "CLAIMED";
    case EventType::kClaimExtended:
      return "CLAIM_EXTENDED";
    case EventType::kClaimReleased:
      return "CLAIM_RELEASED";
    case EventType::kDecided:
      return "DECIDED";
    case EventType::kSuperseded:
      return "SUPERSEDED";
    case EventType::kDecisionDelivered:
      return "DECISION_DELIVERED";
  }
  return "UNKNOWN";  // Not reached: the switch names every type.
}

audit::EventDraft ToEvent(const ItemChange& change) {
  audit::EventDraft draft;
  draft.aggregate = change.item.name();
  draft.time = change.occasion.now;
  draft.actor = change.occasion.actor;
  draft.type = EventTypeName(change.event);
  records::EventBody body;
  body.set_format_version(kRecordFormatVersion);
  AddChange(change, body, draft.texts);
  draft.body = body.SerializeAsString();
  return draft;
}

}  // namespace assay::review_queue
