// Stored records to API messages, and the forms of etags and times.

#ifndef ASSAY_SERVICES_ASSESSMENT_STORE_CONVERT_H_
#define ASSAY_SERVICES_ASSESSMENT_STORE_CONVERT_H_

#include <string>
#include <string_view>

#include "assay/assessment_store/v1/assessment_store.pb.h"

#include "common/audit/event_log.h"
#include "common/auth/principal.h"
#include "services/assessment_store/storage/records.pb.h"

namespace assay::assessment_store {

// An assessment's etag is the head of its event chain: every write appends an event.
std::string EtagOf(const audit::ChainHead& head);

v1::Assessment ToApi(const records::AssessmentRecord& record, const audit::ChainHead& head);
v1::ControlResult ToApi(std::string_view assessment, const records::ControlRecord& record);
v1::VerdictRecord ToApi(std::string_view assessment, const records::StoredVerdict& verdict);
// The body is of records::EventBody; one that does not parse is left out, the entry stays.
v1::AssessmentEvent ToApi(const audit::Event& event);

std::string VerdictName(std::string_view assessment, std::string_view digest);
// "IN_REVIEW" for ASSESSMENT_STATE_IN_REVIEW.
std::string StateWord(v1::AssessmentState state);
audit::Actor ActorOf(const auth::Principal& principal);

}  // namespace assay::assessment_store

#endif  // ASSAY_SERVICES_ASSESSMENT_STORE_CONVERT_H_
