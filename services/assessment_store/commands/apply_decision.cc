#include <utility>

#include "absl/strings/str_cat.h"

#include "common/ids/resource_name.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "services/assessment_store/commands/assessment_commands.h"
#include "services/assessment_store/commands/change.h"
#include "services/assessment_store/convert.h"
#include "services/assessment_store/domain/review_outcome.h"
#include "services/assessment_store/domain/submission.h"
#include "services/assessment_store/errors.h"
#include "services/assessment_store/storage/assessment_rows.h"

namespace assay::assessment_store {

// An assessment as a decision leaves it.
struct AssessmentCommands::DecidedAssessment {
  LoadedAssessment loaded;
  Change change;
  std::optional<records::StoredVerdict> verdict;  // A new one, after an overturn.
  std::vector<records::ControlRecord> reopened;   // After a return.
  review_queue::v1::DecisionEffect effect = review_queue::v1::DECISION_EFFECT_APPLIED;
};

namespace {

// Lost races between reading and committing before the relay is told to come again.
constexpr int kMaxAttempts = 5;

v1::ApplyReviewDecisionResponse Answer(review_queue::v1::DecisionEffect effect) {
  v1::ApplyReviewDecisionResponse response;
  response.set_effect(effect);
  return response;
}

}  // namespace

absl::StatusOr<AssessmentCommands::DecidedAssessment> AssessmentCommands::Decide(
    const rpc::CallContext& call, LoadedAssessment loaded,
    const v1::ApplyReviewDecisionRequest& request) {
  DecidedAssessment decided;
  decided.change.touches_content = false;
  records::EventBody& body = decided.change.body;
  body.set_submission_number(request.submission_number());
  body.set_result_digest(request.result_digest());
  body.set_review_item(request.review_item());
  *body.mutable_decision() = WithoutTexts(request.decision());
  body.set_peer_chain_sequence(request.chain_sequence());
  body.set_peer_chain_hash(request.chain_hash());
  decided.change.texts = TextsOf(request.decision());
  records::AssessmentRecord& record = loaded.record;

  if (IsStale(record, request.submission_number(), request.result_digest())) {
    decided.effect = review_queue::v1::DECISION_EFFECT_REFUSED_STALE;
    decided.change.event_type = "REVIEW_REFUSED_STALE";
    decided.loaded = std::move(loaded);
    return decided;
  }
  const auto snapshot = parts_.store.Snapshot();
  ASSAY_ASSIGN_OR_RETURN(ControlRecords controls, LoadControls(*snapshot, record.id()));
  const std::vector<std::string> named = ControlsOf(request.decision());
  switch (request.decision().kind()) {
    case review_queue::v1::DECISION_KIND_UPHOLD: {
      decided.change.event_type = "REVIEW_UPHELD";
      ASSAY_ASSIGN_OR_RETURN(auto verdict,
                             ReadVerdict(*snapshot, record.id(), record.submitted_digest()));
      if (!verdict.has_value()) return RecordMalformed("verdict", record.id());
      record.set_state(FinalState(verdict->verdict()));
      break;
    }
    case review_queue::v1::DECISION_KIND_OVERTURN: {
      decided.change.event_type = "REVIEW_OVERTURNED";
      ASSAY_ASSIGN_OR_RETURN(
          scoring::v1::Verdict verdict,
          ScoreFinal(call, record, WithoutFlags(std::move(controls), named), record.as_of()));
      record.set_current_digest(verdict.result_digest());
      record.set_state(FinalState(verdict));
      body.set_result_digest(verdict.result_digest());
      decided.verdict.emplace();
      *decided.verdict->mutable_verdict() = std::move(verdict);
      decided.verdict->set_submission_number(record.submission_number());
      for (const std::string& control : named) decided.verdict->add_overturned_controls(control);
      decided.verdict->set_create_time_us(absl::ToUnixMicros(parts_.clock.Now()));
      break;
    }
    case review_queue::v1::DECISION_KIND_RETURN: {
      decided.change.event_type = "REVIEW_RETURNED";
      for (const std::string& control : named) {
        ASSAY_ASSIGN_OR_RETURN(auto control_record, ReadControl(*snapshot, record.id(), control));
        if (!control_record.has_value() || !control_record->confirmed()) continue;
        control_record->set_confirmed(false);
        decided.reopened.push_back(*std::move(control_record));
      }
      record.set_controls_confirmed(record.controls_confirmed() -
                                    static_cast<int32_t>(decided.reopened.size()));
      *record.mutable_return_decision() = request.decision();
      record.set_state(v1::ASSESSMENT_STATE_RETURNED);
      break;
    }
    default:
      return FieldRequired("decision.kind", "UPHOLD, OVERTURN or RETURN");
  }
  decided.loaded = std::move(loaded);
  return decided;
}

absl::StatusOr<v1::ApplyReviewDecisionResponse> AssessmentCommands::TryApplyDecision(
    const rpc::CallContext& call, std::string_view id,
    const v1::ApplyReviewDecisionRequest& request) {
  ASSAY_ASSIGN_OR_RETURN(LoadedAssessment before,
                         Load(*parts_.store.Snapshot(), call.principal, id));
  const std::string etag = EtagOf(before.head);
  ASSAY_ASSIGN_OR_RETURN(const DecidedAssessment decided, Decide(call, std::move(before), request));
  review_queue::v1::DecisionEffect effect = decided.effect;
  ASSAY_RETURN_IF_ERROR(parts_.store.Transact([&](storage::Transaction& tx) -> absl::Status {
    ASSAY_ASSIGN_OR_RETURN(auto applied, ReadAppliedDecision(tx, id, request.review_item()));
    if (applied.has_value()) {
      effect = applied->effect();
      return absl::OkStatus();
    }
    ASSAY_ASSIGN_OR_RETURN(const LoadedAssessment now, Load(tx, call.principal, id));
    ASSAY_RETURN_IF_ERROR(CheckEtag(now, etag));
    LoadedAssessment after = decided.loaded;
    for (const auto& control : decided.reopened) {
      ASSAY_RETURN_IF_ERROR(WriteControl(tx, id, control));
    }
    if (decided.verdict.has_value()) {
      ASSAY_RETURN_IF_ERROR(WriteVerdictOnce(tx, id, *decided.verdict));
    }
    records::AppliedDecision row;
    row.set_effect(decided.effect);
    ASSAY_RETURN_IF_ERROR(WriteAppliedDecision(tx, id, request.review_item(), row));
    effect = decided.effect;
    return CommitChange(tx, call, after, decided.change);
  }));
  return Answer(effect);
}

absl::StatusOr<v1::ApplyReviewDecisionResponse> AssessmentCommands::ApplyDecision(
    const rpc::CallContext& call, const v1::ApplyReviewDecisionRequest& request) {
  ASSAY_ASSIGN_OR_RETURN(const std::string id, ParseAssessmentName("name", request.name()));
  ASSAY_RETURN_IF_ERROR(ParseName("review_item", "reviewItems/*", request.review_item()).status());
  ASSAY_ASSIGN_OR_RETURN(auto applied,
                         ReadAppliedDecision(*parts_.store.Snapshot(), id, request.review_item()));
  if (applied.has_value()) return Answer(applied->effect());
  for (int attempt = 1;; ++attempt) {
    auto answer = TryApplyDecision(call, id, request);
    // Somebody wrote between reading and committing: what the decision means may have changed.
    const bool lost_race = !answer.ok() && ErrorReason(answer.status()) == "ETAG_MISMATCH";
    if (!lost_race || attempt == kMaxAttempts) return answer;
  }
}

}  // namespace assay::assessment_store
