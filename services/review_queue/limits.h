// Every limit of the review queue, by name.

#ifndef ASSAY_SERVICES_REVIEW_QUEUE_LIMITS_H_
#define ASSAY_SERVICES_REVIEW_QUEUE_LIMITS_H_

#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"

namespace assay::review_queue {

// An item's id is "{assessment}.{submission_number}" and at most 64 characters, like every id.
inline constexpr size_t kMaxAssessmentIdCharacters = 50;
inline constexpr int64_t kMaxSubmissionNumber = 999'999'999;

// Lists of a submission: as many contributors as the assessment store keeps, and as many flags as
// one audit event carries texts for beside them.
inline constexpr size_t kMaxFlags = 1000;
inline constexpr size_t kMaxContributors = 1000;
inline constexpr size_t kMaxSubjectBytes = 128;
inline constexpr size_t kMaxProfileBytes = 64;

// Texts that people write, in Unicode characters.
inline constexpr size_t kMaxTextCharacters = 4000;
// Controls that one decision names.
inline constexpr size_t kMaxDecisionControls = 200;
inline constexpr size_t kMaxControlIdBytes = 64;

// Bytes of a submission and of a decision's texts as they arrive. A submission is no longer than
// what an outbox can carry; both together fit into one idempotency record (2 MiB) and one stored
// value (4 MiB) with room for names, times and hashes.
inline constexpr size_t kMaxSubmissionBytes = 1024 * 1024;
inline constexpr size_t kMaxDecisionBytes = 900 * 1024;

// A claim's length.
inline constexpr absl::Duration kMinClaimDuration = absl::Minutes(1);
inline constexpr absl::Duration kMaxClaimDuration = absl::Hours(24);
inline constexpr absl::Duration kDefaultClaimDuration = absl::Hours(1);

// Random bytes in a claim token, and the longest text that can be one.
inline constexpr size_t kClaimTokenRandomBytes = 16;
inline constexpr size_t kMaxClaimTokenBytes = 64;

// Rows that one page looks at to find items in the wanted states.
inline constexpr size_t kMaxRowsExaminedPerPage = 5000;

// The longest that one delivery of a decision may take.
inline constexpr absl::Duration kDeliveryLimit = absl::Seconds(10);

}  // namespace assay::review_queue

#endif  // ASSAY_SERVICES_REVIEW_QUEUE_LIMITS_H_
