// What the commands share.

#include "services/assessment_store/commands/assessment_commands.h"

#include <utility>

#include "common/audit/actor.h"
#include "common/audit/etag.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "services/assessment_store/commands/change.h"
#include "services/assessment_store/convert.h"
#include "services/assessment_store/domain/names.h"
#include "services/assessment_store/domain/submission.h"
#include "services/assessment_store/storage/assessment_rows.h"

namespace assay::assessment_store {

absl::StatusOr<LoadedAssessment> AssessmentCommands::LoadForWrite(storage::Reader& reader,
                                                                  const rpc::CallContext& call,
                                                                  std::string_view name,
                                                                  std::string_view etag) {
  ASSAY_ASSIGN_OR_RETURN(const std::string id, ParseAssessmentName("name", name));
  ASSAY_ASSIGN_OR_RETURN(LoadedAssessment loaded, Load(reader, call.principal, id));
  ASSAY_RETURN_IF_ERROR(audit::CheckEtag(loaded.head, etag));
  return loaded;
}

absl::Status AssessmentCommands::CommitChange(storage::Transaction& tx,
                                              const rpc::CallContext& call,
                                              LoadedAssessment& loaded, Change change) {
  const absl::Time now = parts_.clock.Now();
  loaded.record.set_update_time_us(absl::ToUnixMicros(now));
  if (change.touches_content) {
    ASSAY_RETURN_IF_ERROR(AddContributor(loaded.record, call.principal.subject));
  }
  change.body.set_state(loaded.record.state());
  audit::EventDraft draft;
  draft.aggregate = AssessmentName(loaded.record.id());
  draft.time = now;
  draft.actor = audit::ActorOf(call.principal);
  draft.type = std::move(change.event_type);
  draft.body = change.body.SerializeAsString();
  draft.texts = std::move(change.texts);
  ASSAY_ASSIGN_OR_RETURN(loaded.head, audit::Append(tx, parts_.ids, std::move(draft)));
  return WriteAssessment(tx, loaded.record);
}

absl::Status AssessmentCommands::Validate(
    const rpc::CallContext& call, const records::AssessmentRecord& record,
    const scoring::v1::AssessmentInputs& inputs,
    const std::function<std::string(std::string_view)>& field_of) {
  scoring::v1::ValidateInputsRequest request;
  *request.mutable_basis() = BasisOf(record);
  *request.mutable_inputs() = inputs;
  ASSAY_ASSIGN_OR_RETURN(const scoring::v1::ValidateInputsResponse response,
                         parts_.scoring.ValidateInputs(call, request));
  if (response.problems().empty()) return absl::OkStatus();
  const auto& first = response.problems(0);
  ErrorBuilder error(absl::StatusCode::kInvalidArgument, first.reason());
  error.Message(first.message());
  if (!first.control_id().empty()) error.Metadata("control", first.control_id());
  for (const auto& problem : response.problems()) {
    error.Field(field_of(problem.field()), problem.message());
  }
  return error.Build();
}

absl::StatusOr<scoring::v1::Verdict> AssessmentCommands::ScoreFinal(
    const rpc::CallContext& call, const records::AssessmentRecord& record,
    const ControlRecords& controls, std::string_view as_of,
    const std::vector<std::string>& overturned) {
  scoring::v1::ScoreRequest request;
  request.mutable_overturned_controls()->Assign(overturned.begin(), overturned.end());
  *request.mutable_basis() = BasisOf(record);
  *request.mutable_inputs() = InputsOf(record, controls, as_of);
  request.set_mode(scoring::v1::SCORING_MODE_FINAL);
  request.set_view(scoring::v1::VERDICT_VIEW_FULL);
  return parts_.scoring.Score(call, request);
}

}  // namespace assay::assessment_store
