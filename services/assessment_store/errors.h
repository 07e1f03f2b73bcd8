// Every error that is born in the assessment store. Code and reason are part of the API; the
// service proto lists them.

#ifndef ASSAY_SERVICES_ASSESSMENT_STORE_ERRORS_H_
#define ASSAY_SERVICES_ASSESSMENT_STORE_ERRORS_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace assay::assessment_store {

// Also for assessments the caller may not see: existence is not revealed. `field` is the one that
// names it in the request.
absl::Status AssessmentNotFound(std::string_view id, std::string_view field);
absl::Status AssessmentAlreadyExists(std::string_view id);
absl::Status VerdictNotFound(std::string_view id, std::string_view digest);

absl::Status AssessmentIdInvalid(std::string_view id);
absl::Status SupplierIsCertificationBody(std::string_view organisation);
// `why`: "is for comparison", "has sampling, which ...".
absl::Status RuleSetNotForAssessment(std::string_view rule_set, std::string_view why);
absl::Status VerdictIncomplete(std::string_view id);
// The submission's flags, or what was written about them, are more than the review queue takes.
absl::Status SubmissionTooLarge(std::string_view what, size_t count, size_t limit);
absl::Status OutboxMessageMalformed(std::string_view message, std::string_view destination);

absl::Status AssessmentNotOpen(std::string_view id, std::string_view state);
absl::Status SubmissionNotInReview(std::string_view id, std::string_view state);
absl::Status ControlsNotConfirmed(const std::vector<std::string>& controls);
absl::Status PhaseIncomplete(const std::vector<std::string>& without_theoretical,
                             const std::vector<std::string>& without_practical);

// The caller's role may not write `field`; `may` says what it may.
absl::Status FieldNotAllowed(std::string_view field, std::string_view role, std::string_view may);
// The caller's organisation is none of the assessment's.
absl::Status OrganisationNotAllowed(std::string_view organisation);

absl::Status FieldRequired(std::string_view field, std::string_view want);
absl::Status TextLength(std::string_view field, size_t characters, size_t limit);
absl::Status TextTooLong(std::string_view field, size_t characters, size_t limit);
absl::Status TooMany(std::string_view field, size_t count, size_t limit);
absl::Status ChangeMaskInvalid(std::string_view field, std::string_view path);
absl::Status ChangeEmpty(std::string_view field);
absl::Status ControlDuplicate(std::string_view field, std::string_view control);
absl::Status ControlUnknown(std::string_view field, std::string_view control,
                            std::string_view profile);
absl::Status ControlsRequired();
absl::Status RecordMalformed(std::string_view what, std::string_view id);

}  // namespace assay::assessment_store

#endif  // ASSAY_SERVICES_ASSESSMENT_STORE_ERRORS_H_
