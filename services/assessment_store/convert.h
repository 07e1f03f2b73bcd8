// Stored records to API messages.

#ifndef ASSAY_SERVICES_ASSESSMENT_STORE_CONVERT_H_
#define ASSAY_SERVICES_ASSESSMENT_STORE_CONVERT_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

#include "assay/assessment_store/v1/assessment_store.pb.h"

#include "common/audit/event_log.h"
#include "services/assessment_store/storage/records.pb.h"

namespace assay::assessment_store {

v1::Assessment ToApi(const records::AssessmentRecord& record, const audit::ChainHead& head);
v1::ControlResult ToApi(std::string_view assessment, const records::ControlRecord& record);
v1::VerdictRecord ToApi(std::string_view assessment, const records::StoredVerdict& verdict);
// DATA_LOSS RECORD_MALFORMED when its body is no records::EventBody.
absl::StatusOr<v1::AssessmentEvent> ToApi(std::string_view assessment, const audit::Event& event);

// "IN_REVIEW" for ASSESSMENT_STATE_IN_REVIEW.
std::string StateWord(v1::AssessmentState state);

}  // namespace assay::assessment_store

#endif  // ASSAY_SERVICES_ASSESSMENT_STORE_CONVERT_H_
