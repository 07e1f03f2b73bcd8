#include <utility>

#include "absl/strings/str_cat.h"

#include "common/idempotency/idempotent_command.h"
#include "common/ids/hex.h"
#include "common/outbox/outbox.h"
#include "common/status/macros.h"
#include "common/text/characters.h"
#include "common/time/timestamp.h"
#include "services/assessment_store/commands/assessment_commands.h"
#include "services/assessment_store/commands/change.h"
#include "services/assessment_store/convert.h"
#include "services/assessment_store/domain/names.h"
#include "services/assessment_store/domain/submission.h"
#include "services/assessment_store/errors.h"
#include "services/assessment_store/limits.h"
#include "services/assessment_store/storage/assessment_rows.h"

namespace assay::assessment_store {

absl::Status AssessmentCommands::EnqueueReview(storage::Transaction& tx,
                                               const LoadedAssessment& loaded,
                                               const ControlRecords& controls,
                                               const scoring::v1::Verdict& verdict) {
  const absl::Time now = parts_.clock.Now();
  review_queue::v1::EnqueueReviewItemRequest request;
  *request.mutable_review_item() = ReviewItemOf(loaded.record, controls, verdict, now);
  request.set_chain_sequence(static_cast<int64_t>(loaded.head.sequence));
  request.set_chain_hash(ToHex(loaded.head.hash));
  outbox::Message message;
  message.id = absl::StrCat(AssessmentName(loaded.record.id()), "/submissions/",
                            loaded.record.submission_number());
  message.destination = std::string(kReviewQueueDestination);
  message.aggregate = AssessmentName(loaded.record.id());
  message.chain_head = loaded.head;
  message.payload = request.SerializeAsString();
  if (message.payload.size() > kMaxReviewItemBytes) {
    return SubmissionTooLarge("bytes of flags and their reasoning", message.payload.size(),
                              kMaxReviewItemBytes);
  }
  message.enqueued_at = now;
  return outbox::Enqueue(tx, message);
}

namespace {

// Nothing is submitted that could not become final or be reviewed.
absl::Status CheckSubmittable(std::string_view id, const scoring::v1::Verdict& verdict) {
  if (verdict.outcome() == scoring::v1::OUTCOME_INCOMPLETE) return VerdictIncomplete(id);
  const auto flags = static_cast<size_t>(verdict.review_triggers_size());
  return flags <= kMaxFlags ? absl::OkStatus() : SubmissionTooLarge("flags", flags, kMaxFlags);
}

}  // namespace

absl::StatusOr<v1::SubmitAssessmentResponse> AssessmentCommands::Submit(
    const rpc::CallContext& call, const v1::SubmitAssessmentRequest& request) {
  idempotency::IdempotentCommand<v1::SubmitAssessmentResponse> command(
      parts_.store, parts_.clock, call.principal.subject, call.method, request);
  const auto snapshot = parts_.store.Snapshot();
  ASSAY_ASSIGN_OR_RETURN(auto answer, command.FirstAnswer(*snapshot));
  if (answer.has_value()) return *std::move(answer);

  ASSAY_RETURN_IF_ERROR(ParseDate("as_of", request.as_of()).status());
  ASSAY_ASSIGN_OR_RETURN(const LoadedAssessment before,
                         LoadForWrite(*snapshot, call, request.name(), request.etag()));
  ASSAY_RETURN_IF_ERROR(CheckAssessor(before, call.principal));
  ASSAY_RETURN_IF_ERROR(CheckOpen(before));
  ASSAY_ASSIGN_OR_RETURN(const ControlRecords controls,
                         LoadControls(*snapshot, before.record.id()));
  ASSAY_ASSIGN_OR_RETURN(
      const std::shared_ptr<const Scope> scope,
      parts_.catalogue.ScopeOf(call, before.record.pins().catalogue(), before.record.profile()));
  ASSAY_RETURN_IF_ERROR(CheckConfirmed(*scope, controls));
  ASSAY_RETURN_IF_ERROR(CheckPhases(controls));
  ASSAY_ASSIGN_OR_RETURN(const scoring::v1::Verdict verdict,
                         ScoreFinal(call, before.record, controls, request.as_of(), {}));
  ASSAY_RETURN_IF_ERROR(CheckSubmittable(before.record.id(), verdict));

  bool queued = false;
  auto response =
      command.Commit([&](storage::Transaction& tx) -> absl::StatusOr<v1::SubmitAssessmentResponse> {
        ASSAY_ASSIGN_OR_RETURN(LoadedAssessment loaded,
                               LoadForWrite(tx, call, request.name(), request.etag()));
        records::AssessmentRecord& record = loaded.record;
        record.set_submission_number(record.submission_number() + 1);
        record.set_submitted_digest(verdict.result_digest());
        record.set_current_digest(verdict.result_digest());
        record.set_as_of(request.as_of());
        record.set_state(StateAfterSubmission(verdict));
        record.clear_return_decision();
        record.clear_overturned_controls();
        records::StoredVerdict stored;
        *stored.mutable_verdict() = verdict;
        stored.set_submission_number(record.submission_number());
        stored.set_create_time_us(absl::ToUnixMicros(parts_.clock.Now()));
        ASSAY_ASSIGN_OR_RETURN(stored, WriteVerdictOnce(tx, record.id(), std::move(stored)));
        Change change{.event_type = "SUBMITTED", .body = {}, .texts = {}};
        change.body.set_as_of(request.as_of());
        change.body.set_submission_number(record.submission_number());
        change.body.set_result_digest(verdict.result_digest());
        ASSAY_RETURN_IF_ERROR(CommitChange(tx, call, loaded, std::move(change)));
        queued = record.state() == v1::ASSESSMENT_STATE_IN_REVIEW;
        if (queued) ASSAY_RETURN_IF_ERROR(EnqueueReview(tx, loaded, controls, verdict));
        v1::SubmitAssessmentResponse answered;
        *answered.mutable_assessment() = ToApi(record, loaded.head);
        *answered.mutable_verdict() = ToApi(record.id(), stored);
        return answered;
      });
  if (response.ok() && queued) parts_.kick_relay();
  return response;
}

absl::StatusOr<v1::Assessment> AssessmentCommands::Recall(
    const rpc::CallContext& call, const v1::RecallSubmissionRequest& request) {
  idempotency::IdempotentCommand<v1::Assessment> command(
      parts_.store, parts_.clock, call.principal.subject, call.method, request);
  const auto snapshot = parts_.store.Snapshot();
  ASSAY_ASSIGN_OR_RETURN(auto answer, command.FirstAnswer(*snapshot));
  if (answer.has_value()) return *std::move(answer);

  const size_t length = CountCharacters(request.reason());
  if (length == 0 || length > kMaxReasonCharacters) {
    return TextLength("reason", length, kMaxReasonCharacters);
  }
  return command.Commit([&](storage::Transaction& tx) -> absl::StatusOr<v1::Assessment> {
    ASSAY_ASSIGN_OR_RETURN(LoadedAssessment loaded,
                           LoadForWrite(tx, call, request.name(), request.etag()));
    ASSAY_RETURN_IF_ERROR(CheckAssessor(loaded, call.principal));
    if (loaded.record.state() != v1::ASSESSMENT_STATE_IN_REVIEW) {
      return SubmissionNotInReview(loaded.record.id(), StateWord(loaded.record.state()));
    }
    loaded.record.set_state(v1::ASSESSMENT_STATE_IN_ASSESSMENT);
    Change change{.event_type = "RECALLED", .body = {}, .texts = {{"reason", request.reason()}}};
    change.body.set_submission_number(loaded.record.submission_number());
    change.body.set_result_digest(loaded.record.submitted_digest());
    ASSAY_RETURN_IF_ERROR(CommitChange(tx, call, loaded, std::move(change)));
    return ToApi(loaded.record, loaded.head);
  });
}

}  // namespace assay::assessment_store
