#include "services/review_queue/domain/four_eyes.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

#include "services/review_queue/errors.h"

namespace assay::review_queue {

absl::Status CheckFourEyes(const ReviewItem& item, const audit::Actor& reviewer) {
  const Submission& submission = item.submission;
  if (std::binary_search(submission.contributors.begin(), submission.contributors.end(),
                         reviewer.subject)) {
    return FourEyes("CONTRIBUTOR", absl::StrCat(reviewer.subject, " contributed to assessments/",
                                                submission.id.assessment));
  }
  if (reviewer.organisation == submission.certification_body) {
    return FourEyes("CERTIFICATION_BODY",
                    absl::StrCat(reviewer.organisation, " is the certification body"));
  }
  if (reviewer.organisation == submission.supplier) {
    return FourEyes("SUPPLIER", absl::StrCat(reviewer.organisation, " is the supplier"));
  }
  return absl::OkStatus();
}

}  // namespace assay::review_queue
