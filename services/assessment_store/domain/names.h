// The names of what an assessment consists of, spelled in one place.

#ifndef ASSAY_SERVICES_ASSESSMENT_STORE_DOMAIN_NAMES_H_
#define ASSAY_SERVICES_ASSESSMENT_STORE_DOMAIN_NAMES_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace assay::assessment_store {

// `assessments/{assessment}`, also the name of its event log.
std::string AssessmentName(std::string_view id);
// `assessments/{assessment}/verdicts/{result_digest}`.
std::string VerdictName(std::string_view id, std::string_view digest);
// `reviewItems/{assessment}.{submission_number}`.
std::string ReviewItemName(std::string_view id, int64_t submission_number);
// `schemes/{scheme}` of `schemes/{scheme}/catalogues/{catalogue}@{revision}`.
std::string SchemeOf(std::string_view catalogue);

}  // namespace assay::assessment_store

#endif  // ASSAY_SERVICES_ASSESSMENT_STORE_DOMAIN_NAMES_H_
