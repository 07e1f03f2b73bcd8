#include "services/assessment_store/domain/names.h"

#include "common/ids/resource_name.h"

namespace assay::assessment_store {

std::string AssessmentName(std::string_view id) { return FormatName("assessments/*", {id}); }

std::string VerdictName(std::string_view id, std::string_view digest) {
  return FormatName("assessments/*/verdicts/*", {id, digest});
}

std::string ReviewItemName(std::string_view id, int64_t submission_number) {
  return FormatName("reviewItems/*.*", {id, std::to_string(submission_number)});
}

std::string SchemeOf(std::string_view catalogue) {
  return std::string(catalogue.substr(0, catalogue.find("/catalogues/")));
}

}  // namespace assay::assessment_store
