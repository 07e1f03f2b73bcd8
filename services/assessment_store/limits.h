// The limits of the assessment store's API, in one place. Each has a test at the limit and one
// past it.

#ifndef ASSAY_SERVICES_ASSESSMENT_STORE_LIMITS_H_
#define ASSAY_SERVICES_ASSESSMENT_STORE_LIMITS_H_

#include <cstddef>

namespace assay::assessment_store {

// An assessment's id stays shorter than other ids: review items append the submission number.
inline constexpr size_t kMaxAssessmentIdCharacters = 50;
inline constexpr size_t kMaxDisplayNameBytes = 200;
inline constexpr size_t kMaxReasonBytes = 4000;
inline constexpr int kMaxChanges = 500;
inline constexpr int kMaxTexts = 1000;
inline constexpr int kMaxConfirmedControls = 2000;
inline constexpr int kMaxCertificates = 10;
// Subjects that touched one assessment.
inline constexpr int kMaxContributors = 1000;
// Control ids listed in one error; more are counted.
inline constexpr size_t kMaxListedControls = 60;

}  // namespace assay::assessment_store

#endif  // ASSAY_SERVICES_ASSESSMENT_STORE_LIMITS_H_
