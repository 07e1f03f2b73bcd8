#include <charconv>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"

#include "common/idempotency/idempotent_command.h"
#include "common/status/macros.h"
#include "common/text/characters.h"
#include "common/text/view.h"
#include "services/assessment_store/commands/assessment_commands.h"
#include "services/assessment_store/commands/change.h"
#include "services/assessment_store/convert.h"
#include "services/assessment_store/domain/control_changes.h"
#include "services/assessment_store/errors.h"
#include "services/assessment_store/limits.h"
#include "services/assessment_store/storage/assessment_rows.h"

namespace assay::assessment_store {
namespace {

std::string ChangeField(int index) { return absl::StrCat("changes[", index, "]"); }

// "controls[3].override.reasoning", as scoring speaks, to "changes[3].result.override.reasoning".
// Sound because the changes are sent to scoring in their own order.
std::string ToChangeField(std::string_view field) {
  constexpr std::string_view kPrefix = "controls[";
  if (field.substr(0, kPrefix.size()) != kPrefix) return std::string(field);
  const size_t end = field.find(']');
  if (end == std::string_view::npos) return std::string(field);
  return absl::StrCat("changes[", ToAbsl(field.substr(kPrefix.size(), end - kPrefix.size())),
                      "].result", ToAbsl(field.substr(end + 1)));
}

absl::Status CheckChanges(const v1::RecordControlResultsRequest& request) {
  if (request.changes().empty()) return FieldRequired("changes", "at least one change");
  if (request.changes_size() > kMaxChanges) {
    return TooMany("changes", static_cast<size_t>(request.changes_size()), kMaxChanges);
  }
  std::set<std::string_view> seen;
  for (int i = 0; i < request.changes_size(); ++i) {
    const std::string& control = request.changes(i).result().control_id();
    const std::string field = absl::StrCat(ChangeField(i), ".result.control_id");
    if (control.empty()) return FieldRequired(field, "a control id");
    const size_t length = CountCharacters(control);
    if (length > kMaxControlIdCharacters) {
      return TextTooLong(field, length, kMaxControlIdCharacters);
    }
    if (!seen.insert(control).second) return ControlDuplicate(field, control);
  }
  return absl::OkStatus();
}

// Applies every change to what `reader` holds.
absl::StatusOr<std::vector<ChangedControl>> ApplyAll(storage::Reader& reader,
                                                     const LoadedAssessment& loaded,
                                                     const v1::RecordControlResultsRequest& request,
                                                     int& reopened) {
  std::vector<ChangedControl> changed;
  size_t texts = 0;
  reopened = 0;
  for (int i = 0; i < request.changes_size(); ++i) {
    const v1::ControlChange& change = request.changes(i);
    ASSAY_ASSIGN_OR_RETURN(const std::optional<records::ControlRecord> before,
                           ReadControl(reader, loaded.record.id(), change.result().control_id()));
    ASSAY_ASSIGN_OR_RETURN(ChangedControl control,
                           ApplyChange(before, change, loaded.standing, ChangeField(i)));
    if (before.has_value() && before->confirmed()) ++reopened;
    texts += control.texts.size();
    changed.push_back(std::move(control));
  }
  if (texts > kMaxTexts) return TooMany("changes", texts, kMaxTexts);
  return changed;
}

}  // namespace

absl::StatusOr<v1::RecordControlResultsResponse> AssessmentCommands::RecordResults(
    const rpc::CallContext& call, const v1::RecordControlResultsRequest& request) {
  idempotency::IdempotentCommand<v1::RecordControlResultsResponse> command(
      parts_.store, parts_.clock, call.principal.subject, call.method, request);
  const auto snapshot = parts_.store.Snapshot();
  ASSAY_ASSIGN_OR_RETURN(auto answer, command.FirstAnswer(*snapshot));
  if (answer.has_value()) return *std::move(answer);

  ASSAY_RETURN_IF_ERROR(CheckChanges(request));
  ASSAY_ASSIGN_OR_RETURN(LoadedAssessment before,
                         LoadForWrite(*snapshot, call, request.name(), request.etag()));
  if (before.standing == Standing::kReader) {
    return OrganisationNotAllowed(call.principal.organisation);
  }
  ASSAY_RETURN_IF_ERROR(CheckOpen(before));
  int reopened = 0;
  ASSAY_ASSIGN_OR_RETURN(const std::vector<ChangedControl> changed,
                         ApplyAll(*snapshot, before, request, reopened));
  scoring::v1::AssessmentInputs inputs;
  for (const ChangedControl& control : changed) *inputs.add_controls() = control.record.result();
  ASSAY_RETURN_IF_ERROR(Validate(call, before.record, inputs, ToChangeField));

  return command.Commit(
      [&](storage::Transaction& tx) -> absl::StatusOr<v1::RecordControlResultsResponse> {
        ASSAY_ASSIGN_OR_RETURN(LoadedAssessment loaded,
                               LoadForWrite(tx, call, request.name(), request.etag()));
        Change change{.event_type = "RESULTS_RECORDED", .body = {}, .texts = {}};
        change.body.set_by_supplier(loaded.standing == Standing::kSupplier);
        for (const ChangedControl& control : changed) {
          records::ControlRecord record = control.record;
          record.set_updated_by(call.principal.subject);
          record.set_update_time_us(absl::ToUnixMicros(parts_.clock.Now()));
          *change.body.add_results() = WithoutTexts(record.result());
          change.texts.insert(change.texts.end(), control.texts.begin(), control.texts.end());
          ASSAY_RETURN_IF_ERROR(WriteControl(tx, loaded.record.id(), std::move(record)));
        }
        loaded.record.set_controls_confirmed(loaded.record.controls_confirmed() - reopened);
        ASSAY_RETURN_IF_ERROR(CommitChange(tx, call, loaded, std::move(change)));
        v1::RecordControlResultsResponse response;
        *response.mutable_assessment() = ToApi(loaded.record, loaded.head);
        return response;
      });
}

absl::StatusOr<v1::Assessment> AssessmentCommands::RecordCertificates(
    const rpc::CallContext& call, const v1::RecordCertificatesRequest& request) {
  idempotency::IdempotentCommand<v1::Assessment> command(
      parts_.store, parts_.clock, call.principal.subject, call.method, request);
  const auto snapshot = parts_.store.Snapshot();
  ASSAY_ASSIGN_OR_RETURN(auto answer, command.FirstAnswer(*snapshot));
  if (answer.has_value()) return *std::move(answer);

  if (request.certificates_size() > kMaxCertificates) {
    return TooMany("certificates", static_cast<size_t>(request.certificates_size()),
                   kMaxCertificates);
  }
  ASSAY_ASSIGN_OR_RETURN(LoadedAssessment before,
                         LoadForWrite(*snapshot, call, request.name(), request.etag()));
  ASSAY_RETURN_IF_ERROR(CheckAssessor(before, call.principal));
  ASSAY_RETURN_IF_ERROR(CheckOpen(before));
  scoring::v1::AssessmentInputs inputs;
  *inputs.mutable_certificates() = request.certificates();
  // Fields that nobody here has judged are not kept.
  inputs.DiscardUnknownFields();
  ASSAY_RETURN_IF_ERROR(Validate(call, before.record, inputs,
                                 [](std::string_view field) { return std::string(field); }));

  return command.Commit([&](storage::Transaction& tx) -> absl::StatusOr<v1::Assessment> {
    ASSAY_ASSIGN_OR_RETURN(LoadedAssessment loaded,
                           LoadForWrite(tx, call, request.name(), request.etag()));
    *loaded.record.mutable_certificates() = inputs.certificates();
    Change change{.event_type = "CERTIFICATES_RECORDED", .body = {}, .texts = {}};
    *change.body.mutable_certificates() = inputs.certificates();
    ASSAY_RETURN_IF_ERROR(CommitChange(tx, call, loaded, std::move(change)));
    return ToApi(loaded.record, loaded.head);
  });
}

}  // namespace assay::assessment_store
