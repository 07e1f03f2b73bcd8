#include "services/review_queue/decision_delivery.h"

#include "common/ids/hex.h"
#include "common/ids/resource_name.h"
#include "common/status/macros.h"
#include "services/review_queue/convert.h"
#include "services/review_queue/errors.h"
#include "services/review_queue/storage/record_codec.h"

namespace assay::review_queue {
namespace {

assessment_store::v1::ApplyReviewDecisionRequest MakeRequest(const ReviewItem& item,
                                                             const audit::ChainHead& head) {
  assessment_store::v1::ApplyReviewDecisionRequest request;
  request.set_name(FormatName("assessments/*", {item.id().assessment}));
  request.set_review_item(item.name());
  request.set_submission_number(item.id().submission_number);
  request.set_result_digest(item.submission.result_digest);
  *request.mutable_decision() = ToProto(*item.decision);
  request.set_chain_sequence(static_cast<int64_t>(head.sequence));
  request.set_chain_hash(ToHex(head.hash));
  return request;
}

}  // namespace

absl::Status DecisionDelivery::Deliver(const outbox::Message& message) {
  ASSAY_ASSIGN_OR_RETURN(const ItemId id, DecodeDelivery(message.payload));
  ASSAY_ASSIGN_OR_RETURN(const ReviewItem item, queue_.Get(id));
  if (!item.decision.has_value()) {
    return RecordMalformed("delivery", "names " + item.name() + ", which is not decided");
  }
  // Noted before, and only the outbox entry is left: the process died in between.
  if (item.decision->effect != DecisionEffect::kPending) return absl::OkStatus();
  ASSAY_ASSIGN_OR_RETURN(
      const v1::DecisionEffect effect,
      assessment_store_.ApplyReviewDecision(MakeRequest(item, message.chain_head)));
  switch (effect) {
    case v1::DECISION_EFFECT_APPLIED:
      return queue_.NoteEffect(id, DecisionEffect::kApplied);
    case v1::DECISION_EFFECT_REFUSED_STALE:
      return queue_.NoteEffect(id, DecisionEffect::kRefusedStale);
    default:
      return DeliveryAnswerInvalid(item.name(), effect);
  }
}

}  // namespace assay::review_queue
