// The limits of the assessment store's API, in one place.

#ifndef ASSAY_SERVICES_ASSESSMENT_STORE_LIMITS_H_
#define ASSAY_SERVICES_ASSESSMENT_STORE_LIMITS_H_

#include <cstddef>

namespace assay::assessment_store {

// An assessment's id stays shorter than other ids: review items append the submission number.
inline constexpr size_t kMaxAssessmentIdCharacters = 50;
inline constexpr size_t kMaxDisplayNameCharacters = 200;
inline constexpr size_t kMaxReasonCharacters = 4000;
// More than any catalogue has; a much longer one would not fit into a storage key.
inline constexpr size_t kMaxControlIdCharacters = 64;
inline constexpr int kMaxChanges = 500;
inline constexpr int kMaxTexts = 1000;
inline constexpr int kMaxConfirmedControls = 2000;
inline constexpr int kMaxCertificates = 10;
// Subjects that touched one assessment.
inline constexpr int kMaxContributors = 1000;
// What the review queue takes of one submission: its flags, and the bytes of the whole item.
inline constexpr size_t kMaxFlags = 1000;
inline constexpr size_t kMaxReviewItemBytes = 900 * 1024;
// Control ids listed in one error; more are counted.
inline constexpr size_t kMaxListedControls = 60;

}  // namespace assay::assessment_store

#endif  // ASSAY_SERVICES_ASSESSMENT_STORE_LIMITS_H_
