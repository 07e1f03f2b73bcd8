#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"

#include "common/idempotency/idempotent_command.h"
#include "common/status/macros.h"
#include "services/assessment_store/commands/assessment_commands.h"
#include "services/assessment_store/commands/change.h"
#include "services/assessment_store/convert.h"
#include "services/assessment_store/errors.h"
#include "services/assessment_store/limits.h"
#include "services/assessment_store/storage/assessment_rows.h"

namespace assay::assessment_store {
namespace {

// The ids to confirm, in catalogue order, each once.
absl::StatusOr<std::vector<std::string>> Chosen(const v1::ConfirmControlsRequest& request,
                                                const Scope& scope, std::string_view profile) {
  if (request.all()) return scope;
  if (request.control_ids().empty()) return ControlsRequired();
  if (request.control_ids_size() > kMaxConfirmedControls) {
    return TooMany("control_ids", static_cast<size_t>(request.control_ids_size()),
                   kMaxConfirmedControls);
  }
  const std::set<std::string_view> known(scope.begin(), scope.end());
  std::set<std::string_view> chosen;
  for (int i = 0; i < request.control_ids_size(); ++i) {
    const std::string& control = request.control_ids(i);
    const std::string field = absl::StrCat("control_ids[", i, "]");
    if (!known.contains(control)) return ControlUnknown(field, control, profile);
    if (!chosen.insert(control).second) return ControlDuplicate(field, control);
  }
  std::vector<std::string> ordered;
  std::copy_if(scope.begin(), scope.end(), std::back_inserter(ordered),
               [&](const std::string& control) { return chosen.contains(control); });
  return ordered;
}

}  // namespace

absl::StatusOr<v1::Assessment> AssessmentCommands::Confirm(
    const rpc::CallContext& call, const v1::ConfirmControlsRequest& request) {
  idempotency::IdempotentCommand<v1::Assessment> command(
      parts_.store, parts_.clock, call.principal.subject, call.method, request);
  const auto snapshot = parts_.store.Snapshot();
  ASSAY_ASSIGN_OR_RETURN(auto answer, command.FirstAnswer(*snapshot));
  if (answer.has_value()) return *std::move(answer);

  ASSAY_ASSIGN_OR_RETURN(const LoadedAssessment before,
                         LoadForWrite(*snapshot, call, request.name(), request.etag()));
  ASSAY_RETURN_IF_ERROR(CheckAssessor(before, call.principal));
  ASSAY_RETURN_IF_ERROR(CheckOpen(before));
  ASSAY_ASSIGN_OR_RETURN(
      const std::shared_ptr<const Scope> scope,
      parts_.catalogue.ScopeOf(call, before.record.pins().catalogue(), before.record.profile()));
  ASSAY_ASSIGN_OR_RETURN(const std::vector<std::string> chosen,
                         Chosen(request, *scope, before.record.profile()));

  return command.Commit([&](storage::Transaction& tx) -> absl::StatusOr<v1::Assessment> {
    ASSAY_ASSIGN_OR_RETURN(LoadedAssessment loaded,
                           LoadForWrite(tx, call, request.name(), request.etag()));
    Change change{.event_type = "CONTROLS_CONFIRMED", .body = {}, .texts = {}};
    int newly_confirmed = 0;
    for (const std::string& control : chosen) {
      ASSAY_ASSIGN_OR_RETURN(std::optional<records::ControlRecord> record,
                             ReadControl(tx, loaded.record.id(), control));
      if (record.has_value() && record->confirmed()) continue;
      ++newly_confirmed;
      change.body.add_controls(control);
      if (!record.has_value()) record.emplace();
      record->mutable_result()->set_control_id(control);
      record->set_confirmed(true);
      record->set_updated_by(call.principal.subject);
      record->set_update_time_us(absl::ToUnixMicros(parts_.clock.Now()));
      ASSAY_RETURN_IF_ERROR(WriteControl(tx, loaded.record.id(), *std::move(record)));
    }
    loaded.record.set_controls_confirmed(loaded.record.controls_confirmed() + newly_confirmed);
    ASSAY_RETURN_IF_ERROR(CommitChange(tx, call, loaded, std::move(change)));
    return ToApi(loaded.record, loaded.head);
  });
}

}  // namespace assay::assessment_store
