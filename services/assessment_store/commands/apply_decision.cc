#include <utility>

#include "absl/strings/str_cat.h"

#include "common/audit/etag.h"
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

absl::Status AssessmentCommands::Uphold(storage::Reader& snapshot, DecidedAssessment& decided) {
  records::AssessmentRecord& record = decided.loaded.record;
  decided.change.event_type = "REVIEW_UPHELD";
  ASSAY_ASSIGN_OR_RETURN(const auto verdict,
                         ReadVerdict(snapshot, record.id(), record.submitted_digest()));
  if (!verdict.has_value()) return RecordMalformed("verdict", record.id());
  record.set_state(FinalState(verdict->verdict()));
  return absl::OkStatus();
}

absl::Status AssessmentCommands::Overturn(const rpc::CallContext& call, storage::Reader& snapshot,
                                          const review_queue::v1::Decision& decision,
                                          DecidedAssessment& decided) {
  records::AssessmentRecord& record = decided.loaded.record;
  decided.change.event_type = "REVIEW_OVERTURNED";
  const std::vector<std::string> overturned = ControlsOf(decision);
  ASSAY_ASSIGN_OR_RETURN(const ControlRecords controls, LoadControls(snapshot, record.id()));
  ASSAY_ASSIGN_OR_RETURN(scoring::v1::Verdict verdict,
                         ScoreFinal(call, record, controls, record.as_of(), overturned));
  record.set_current_digest(verdict.result_digest());
  record.set_state(FinalState(verdict));
  record.mutable_overturned_controls()->Assign(overturned.begin(), overturned.end());
  decided.change.body.set_result_digest(verdict.result_digest());
  records::StoredVerdict& stored = decided.verdict.emplace();
  *stored.mutable_verdict() = std::move(verdict);
  stored.set_submission_number(record.submission_number());
  stored.mutable_overturned_controls()->Assign(overturned.begin(), overturned.end());
  stored.set_create_time_us(absl::ToUnixMicros(parts_.clock.Now()));
  return absl::OkStatus();
}

absl::Status AssessmentCommands::Return(storage::Reader& snapshot,
                                        const review_queue::v1::Decision& decision,
                                        DecidedAssessment& decided) {
  records::AssessmentRecord& record = decided.loaded.record;
  decided.change.event_type = "REVIEW_RETURNED";
  for (const std::string& control : ControlsOf(decision)) {
    ASSAY_ASSIGN_OR_RETURN(auto reopened, ReadControl(snapshot, record.id(), control));
    if (!reopened.has_value() || !reopened->confirmed()) continue;
    reopened->set_confirmed(false);
    decided.reopened.push_back(*std::move(reopened));
  }
  record.set_controls_confirmed(record.controls_confirmed() -
                                static_cast<int32_t>(decided.reopened.size()));
  *record.mutable_return_decision() = decision;
  record.set_state(v1::ASSESSMENT_STATE_RETURNED);
  return absl::OkStatus();
}

absl::StatusOr<AssessmentCommands::DecidedAssessment> AssessmentCommands::Decide(
    const rpc::CallContext& call, storage::Reader& snapshot, LoadedAssessment loaded,
    const v1::ApplyReviewDecisionRequest& request) {
  const review_queue::v1::Decision& decision = request.decision();
  DecidedAssessment decided;
  decided.loaded = std::move(loaded);
  decided.change.touches_content = false;
  decided.change.texts = TextsOf(decision);
  records::EventBody& body = decided.change.body;
  body.set_submission_number(request.submission_number());
  body.set_result_digest(request.result_digest());
  body.set_review_item(request.review_item());
  *body.mutable_decision() = WithoutTexts(decision);
  body.set_peer_chain_sequence(request.chain_sequence());
  body.set_peer_chain_hash(request.chain_hash());

  absl::Status status;
  if (IsStale(decided.loaded.record, request.submission_number(), request.result_digest())) {
    decided.effect = review_queue::v1::DECISION_EFFECT_REFUSED_STALE;
    decided.change.event_type = "REVIEW_REFUSED_STALE";
  } else if (decision.kind() == review_queue::v1::DECISION_KIND_UPHOLD) {
    status = Uphold(snapshot, decided);
  } else if (decision.kind() == review_queue::v1::DECISION_KIND_OVERTURN) {
    status = Overturn(call, snapshot, decision, decided);
  } else if (decision.kind() == review_queue::v1::DECISION_KIND_RETURN) {
    status = Return(snapshot, decision, decided);
  } else {
    status = FieldRequired("decision.kind", "UPHOLD, OVERTURN or RETURN");
  }
  if (!status.ok()) return status;
  return decided;
}

absl::StatusOr<v1::ApplyReviewDecisionResponse> AssessmentCommands::TryApplyDecision(
    const rpc::CallContext& call, std::string_view id,
    const v1::ApplyReviewDecisionRequest& request) {
  const auto snapshot = parts_.store.Snapshot();
  ASSAY_ASSIGN_OR_RETURN(LoadedAssessment before, Load(*snapshot, call.principal, id));
  const std::string etag = audit::EtagOf(before.head);
  ASSAY_ASSIGN_OR_RETURN(const DecidedAssessment decided,
                         Decide(call, *snapshot, std::move(before), request));
  review_queue::v1::DecisionEffect effect = decided.effect;
  ASSAY_RETURN_IF_ERROR(parts_.store.Transact([&](storage::Transaction& tx) -> absl::Status {
    ASSAY_ASSIGN_OR_RETURN(auto applied, ReadAppliedDecision(tx, id, request.review_item()));
    if (applied.has_value()) {
      effect = applied->effect();
      return absl::OkStatus();
    }
    ASSAY_ASSIGN_OR_RETURN(const LoadedAssessment now, Load(tx, call.principal, id));
    ASSAY_RETURN_IF_ERROR(audit::CheckEtag(now.head, etag));
    LoadedAssessment after = decided.loaded;
    for (const auto& control : decided.reopened) {
      ASSAY_RETURN_IF_ERROR(WriteControl(tx, id, control));
    }
    if (decided.verdict.has_value()) {
      ASSAY_RETURN_IF_ERROR(WriteVerdictOnce(tx, id, *decided.verdict).status());
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
