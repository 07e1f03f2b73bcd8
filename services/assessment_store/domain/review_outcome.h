// What a reviewer's decision does to an assessment. Pure functions.

#ifndef ASSAY_SERVICES_ASSESSMENT_STORE_DOMAIN_REVIEW_OUTCOME_H_
#define ASSAY_SERVICES_ASSESSMENT_STORE_DOMAIN_REVIEW_OUTCOME_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "assay/review_queue/v1/review_queue.pb.h"

#include "common/audit/event_log.h"
#include "services/assessment_store/domain/submission.h"
#include "services/assessment_store/storage/records.pb.h"

namespace assay::assessment_store {

// A decision counts only for exactly the submission and result it was made on, while that one is
// in review.
bool IsStale(const records::AssessmentRecord& record, int64_t submission_number,
             std::string_view result_digest);

// The control ids a decision names, in its order.
std::vector<std::string> ControlsOf(const review_queue::v1::Decision& decision);

// The decision without its free texts, and those texts for the event log.
review_queue::v1::Decision WithoutTexts(review_queue::v1::Decision decision);
std::vector<audit::NamedText> TextsOf(const review_queue::v1::Decision& decision);

}  // namespace assay::assessment_store

#endif  // ASSAY_SERVICES_ASSESSMENT_STORE_DOMAIN_REVIEW_OUTCOME_H_
