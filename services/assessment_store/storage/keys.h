// The keys of the assessment store's rows. FORMAT.md documents them; golden bytes pin them.

#ifndef ASSAY_SERVICES_ASSESSMENT_STORE_STORAGE_KEYS_H_
#define ASSAY_SERVICES_ASSESSMENT_STORE_STORAGE_KEYS_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

#include "common/storage/store.h"

namespace assay::assessment_store {

std::string AssessmentKey(std::string_view assessment);
std::string ControlKey(std::string_view assessment, std::string_view control);
std::string VerdictKey(std::string_view assessment, std::string_view digest);
std::string AppliedDecisionKey(std::string_view assessment, std::string_view review_item);
// One row for the supplier and one for the certification body; the value is empty.
std::string OrganisationKey(std::string_view organisation, std::string_view assessment);

// All assessments with an id greater than `after`.
storage::ScanRange AssessmentsAfter(std::string_view after);
// All assessments of an organisation with an id greater than `after`.
storage::ScanRange OrganisationAfter(std::string_view organisation, std::string_view after);
// All controls of an assessment with an id greater than `after`.
storage::ScanRange ControlsAfter(std::string_view assessment, std::string_view after);

// The assessment's id of a head row, and of an organisation row. DATA_LOSS KEY_MALFORMED.
absl::StatusOr<std::string> AssessmentOfAssessmentKey(std::string_view key);
absl::StatusOr<std::string> AssessmentOfOrganisationKey(std::string_view key);

}  // namespace assay::assessment_store

#endif  // ASSAY_SERVICES_ASSESSMENT_STORE_STORAGE_KEYS_H_
