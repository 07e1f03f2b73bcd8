// An assessment as a command or query finds it, with the gates that nearly all of them share.

#ifndef ASSAY_SERVICES_ASSESSMENT_STORE_AGGREGATE_LOADED_ASSESSMENT_H_
#define ASSAY_SERVICES_ASSESSMENT_STORE_AGGREGATE_LOADED_ASSESSMENT_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "common/audit/event_log.h"
#include "common/auth/principal.h"
#include "common/storage/store.h"
#include "services/assessment_store/domain/standing.h"
#include "services/assessment_store/domain/submission.h"
#include "services/assessment_store/storage/records.pb.h"

namespace assay::assessment_store {

struct LoadedAssessment {
  records::AssessmentRecord record;
  audit::ChainHead head;
  Standing standing = Standing::kNone;
};

// The id in `assessments/{assessment}`. INVALID_ARGUMENT RESOURCE_NAME_INVALID naming `field`.
absl::StatusOr<std::string> ParseAssessmentName(std::string_view field, std::string_view name);

// nullopt when the caller may not see it. DATA_LOSS RECORD_MALFORMED when there is none: for ids
// that come from an index.
absl::StatusOr<std::optional<LoadedAssessment>> FindVisible(storage::Reader& reader,
                                                            const auth::Principal& caller,
                                                            std::string_view id);

// NOT_FOUND ASSESSMENT_NOT_FOUND naming `field` when there is none, or none that the caller may
// see.
absl::StatusOr<LoadedAssessment> Load(storage::Reader& reader, const auth::Principal& caller,
                                      std::string_view id, std::string_view field = "name");

// FAILED_PRECONDITION ASSESSMENT_NOT_OPEN unless results may be written in its state.
absl::Status CheckOpen(const LoadedAssessment& loaded);

// PERMISSION_DENIED ORGANISATION_NOT_ALLOWED unless the caller is its assessor.
absl::Status CheckAssessor(const LoadedAssessment& loaded, const auth::Principal& caller);

// All controls of an assessment.
absl::StatusOr<ControlRecords> LoadControls(storage::Reader& reader, std::string_view id);

}  // namespace assay::assessment_store

#endif  // ASSAY_SERVICES_ASSESSMENT_STORE_AGGREGATE_LOADED_ASSESSMENT_H_
