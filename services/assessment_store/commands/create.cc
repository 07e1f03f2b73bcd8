#include <utility>

#include "absl/strings/str_cat.h"

#include "common/idempotency/idempotent_command.h"
#include "common/ids/resource_name.h"
#include "common/status/macros.h"
#include "common/status/rename_fields.h"
#include "common/text/characters.h"
#include "services/assessment_store/commands/assessment_commands.h"
#include "services/assessment_store/commands/change.h"
#include "services/assessment_store/convert.h"
#include "services/assessment_store/domain/submission.h"
#include "services/assessment_store/errors.h"
#include "services/assessment_store/limits.h"
#include "services/assessment_store/storage/assessment_rows.h"

namespace assay::assessment_store {
namespace {

absl::Status CheckNewId(std::string_view id) {
  if (id.empty()) return absl::OkStatus();
  // Review items are named "<assessment>.<submission>": short, and without a dot.
  const bool fits = IsValidId(id) && id.size() <= kMaxAssessmentIdCharacters &&
                    id.find('.') == std::string_view::npos;
  return fits ? absl::OkStatus() : AssessmentIdInvalid(id);
}

absl::Status CheckRequired(const v1::Assessment& assessment) {
  if (assessment.profile().empty()) {
    return FieldRequired("assessment.profile", "a profile such as L1");
  }
  ASSAY_RETURN_IF_ERROR(
      ParseName("assessment.supplier", "organisations/*", assessment.supplier()).status());
  ASSAY_RETURN_IF_ERROR(
      ParseName("assessment.certification_body", "organisations/*", assessment.certification_body())
          .status());
  if (assessment.supplier() == assessment.certification_body()) {
    return SupplierIsCertificationBody(assessment.supplier());
  }
  const size_t length = CountCharacters(assessment.display_name());
  if (length > kMaxDisplayNameCharacters) {
    return TextTooLong("assessment.display_name", length, kMaxDisplayNameCharacters);
  }
  return absl::OkStatus();
}

// Who may open an assessment: the body that will assess, or the side that will be assessed.
absl::Status CheckCreator(const auth::Principal& caller, const v1::Assessment& assessment) {
  const Standing standing =
      StandingOf(caller, assessment.supplier(), assessment.certification_body());
  const bool own_platform = caller.Has(access::v1::ROLE_PLATFORM) &&
                            (caller.organisation == assessment.supplier() ||
                             caller.organisation == assessment.certification_body());
  if (standing == Standing::kAssessor || standing == Standing::kSupplier || own_platform) {
    return absl::OkStatus();
  }
  return OrganisationNotAllowed(caller.organisation);
}

// "basis.rule_set", as scoring speaks, to "assessment.pins.rule_set".
std::string ToAssessmentField(std::string_view field) {
  constexpr std::string_view kBasis = "basis.";
  if (field.substr(0, kBasis.size()) != kBasis) return std::string(field);
  const std::string name(field.substr(kBasis.size()));
  return name == "profile" ? "assessment.profile" : "assessment.pins." + name;
}

records::AssessmentRecord NewRecord(const v1::Assessment& assessment) {
  records::AssessmentRecord record;
  record.set_display_name(assessment.display_name());
  record.set_profile(assessment.profile());
  *record.mutable_pins() = assessment.pins();
  record.set_supplier(assessment.supplier());
  record.set_certification_body(assessment.certification_body());
  record.set_state(v1::ASSESSMENT_STATE_IN_ASSESSMENT);
  return record;
}

}  // namespace

absl::StatusOr<v1::Assessment> AssessmentCommands::Create(
    const rpc::CallContext& call, const v1::CreateAssessmentRequest& request) {
  idempotency::IdempotentCommand<v1::Assessment> command(
      parts_.store, parts_.clock, call.principal.subject, call.method, request);
  const auto snapshot = parts_.store.Snapshot();
  ASSAY_ASSIGN_OR_RETURN(auto answer, command.FirstAnswer(*snapshot));
  if (answer.has_value()) return *std::move(answer);

  ASSAY_RETURN_IF_ERROR(CheckNewId(request.assessment_id()));
  ASSAY_RETURN_IF_ERROR(CheckRequired(request.assessment()));
  ASSAY_RETURN_IF_ERROR(CheckCreator(call.principal, request.assessment()));

  records::AssessmentRecord record = NewRecord(request.assessment());
  // Resolves names to pinned revisions and refuses an unknown profile.
  scoring::v1::ValidateInputsRequest resolve;
  *resolve.mutable_basis() = BasisOf(record);
  const auto resolved = parts_.scoring.ValidateInputs(call, resolve);
  if (!resolved.ok()) return RenameFields(resolved.status(), ToAssessmentField);
  *record.mutable_pins() = resolved->pins();
  ASSAY_ASSIGN_OR_RETURN(const std::string why_not,
                         parts_.catalogue.WhyNotFor(call, record.pins().rule_set()));
  if (!why_not.empty()) return RuleSetNotForAssessment(record.pins().rule_set(), why_not);
  ASSAY_ASSIGN_OR_RETURN(
      const std::shared_ptr<const Scope> scope,
      parts_.catalogue.ScopeOf(call, record.pins().catalogue(), record.profile()));
  record.set_controls_in_scope(static_cast<int32_t>(scope->size()));
  record.set_create_time_us(absl::ToUnixMicros(parts_.clock.Now()));
  record.set_id(request.assessment_id().empty() ? parts_.ids.NewId() : request.assessment_id());

  return command.Commit([&](storage::Transaction& tx) -> absl::StatusOr<v1::Assessment> {
    ASSAY_ASSIGN_OR_RETURN(auto present, ReadAssessment(tx, record.id()));
    if (present.has_value()) return AssessmentAlreadyExists(record.id());
    LoadedAssessment created{record, audit::EmptyHead(), Standing::kNone};
    Change change{.event_type = "CREATED", .body = {}, .texts = {}};
    *change.body.mutable_created() = record;
    ASSAY_RETURN_IF_ERROR(WriteOrganisationRows(tx, record));
    ASSAY_RETURN_IF_ERROR(CommitChange(tx, call, created, std::move(change)));
    return ToApi(created.record, created.head);
  });
}

}  // namespace assay::assessment_store
