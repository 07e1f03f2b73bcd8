#include "services/assessment_store/aggregate/loaded_assessment.h"

#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "common/ids/resource_name.h"
#include "common/status/macros.h"
#include "services/assessment_store/convert.h"
#include "services/assessment_store/domain/names.h"
#include "services/assessment_store/errors.h"
#include "services/assessment_store/storage/assessment_rows.h"

namespace assay::assessment_store {

absl::StatusOr<std::string> ParseAssessmentName(std::string_view field, std::string_view name) {
  ASSAY_ASSIGN_OR_RETURN(std::vector<std::string> ids, ParseName(field, "assessments/*", name));
  return std::move(ids[0]);
}

namespace {

absl::StatusOr<std::optional<LoadedAssessment>> IfVisible(storage::Reader& reader,
                                                          const auth::Principal& caller,
                                                          records::AssessmentRecord record) {
  LoadedAssessment loaded;
  loaded.standing = StandingOf(caller, record.supplier(), record.certification_body());
  if (loaded.standing == Standing::kNone) return std::nullopt;
  loaded.record = std::move(record);
  ASSAY_ASSIGN_OR_RETURN(loaded.head, audit::ReadHead(reader, AssessmentName(loaded.record.id())));
  return std::optional<LoadedAssessment>(std::move(loaded));
}

}  // namespace

absl::StatusOr<std::optional<LoadedAssessment>> FindVisible(storage::Reader& reader,
                                                            const auth::Principal& caller,
                                                            std::string_view id) {
  ASSAY_ASSIGN_OR_RETURN(auto record, ReadAssessment(reader, id));
  if (!record.has_value()) return RecordMalformed("head row", id);
  return IfVisible(reader, caller, *std::move(record));
}

absl::StatusOr<LoadedAssessment> Load(storage::Reader& reader, const auth::Principal& caller,
                                      std::string_view id, std::string_view field) {
  ASSAY_ASSIGN_OR_RETURN(auto record, ReadAssessment(reader, id));
  if (!record.has_value()) return AssessmentNotFound(id, field);
  ASSAY_ASSIGN_OR_RETURN(auto loaded, IfVisible(reader, caller, *std::move(record)));
  if (!loaded.has_value()) return AssessmentNotFound(id, field);
  return *std::move(loaded);
}

absl::Status CheckOpen(const LoadedAssessment& loaded) {
  const auto state = loaded.record.state();
  if (state == v1::ASSESSMENT_STATE_IN_ASSESSMENT || state == v1::ASSESSMENT_STATE_RETURNED) {
    return absl::OkStatus();
  }
  return AssessmentNotOpen(loaded.record.id(), StateWord(state));
}

absl::Status CheckAssessor(const LoadedAssessment& loaded, const auth::Principal& caller) {
  return loaded.standing == Standing::kAssessor ? absl::OkStatus()
                                                : OrganisationNotAllowed(caller.organisation);
}

absl::StatusOr<ControlRecords> LoadControls(storage::Reader& reader, std::string_view id) {
  return ReadControls(reader, id, "", std::numeric_limits<size_t>::max());
}

}  // namespace assay::assessment_store
