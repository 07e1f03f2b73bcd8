// Submissions, items and people for tests.

#ifndef ASSAY_SERVICES_REVIEW_QUEUE_TESTING_SAMPLE_H_
#define ASSAY_SERVICES_REVIEW_QUEUE_TESTING_SAMPLE_H_

#include <cstdint>
#include <string_view>

#include "absl/time/time.h"

#include "services/review_queue/domain/change.h"
#include "services/review_queue/domain/review_item.h"

namespace assay::review_queue {

inline constexpr std::string_view kCertificationBody = "organisations/northgate-assurance";
inline constexpr std::string_view kSupplier = "organisations/harbour-optics";
inline constexpr std::string_view kSchemeOwner = "organisations/scheme-owner";
inline constexpr std::string_view kContributor = "anna@northgate-assurance";

// 2026-06-01T09:00:00Z, where FakeClock starts.
absl::Time SampleNow();

// Submission `number` of assessments/`assessment`, made an hour before SampleNow plus a minute per
// number: an override on 1203, an N/A on 2300, a question of 2500 not applicable.
Submission SampleSubmission(std::string_view assessment = "a1", int64_t number = 1);

// `subject` of the scheme owner, at SampleNow plus `later`.
Occasion ByReviewer(std::string_view subject, absl::Duration later = absl::ZeroDuration());

// The assessment store, at SampleNow plus `later`.
Occasion ByStore(absl::Duration later = absl::ZeroDuration());

// The item of SampleSubmission as it arrived, OPEN, with a chain head.
ReviewItem SampleItem(std::string_view assessment = "a1", int64_t number = 1);

}  // namespace assay::review_queue

#endif  // ASSAY_SERVICES_REVIEW_QUEUE_TESTING_SAMPLE_H_
