// Assessments, recorded results and their history for people. Every text ends in '\n'.

#ifndef ASSAY_TOOLS_ASSAYCTL_OUTPUT_ASSESSMENT_VIEWS_H_
#define ASSAY_TOOLS_ASSAYCTL_OUTPUT_ASSESSMENT_VIEWS_H_

#include <string>

#include "assay/assessment_store/v1/assessment_store.pb.h"
#include "assay/assessment_store/v1/assessment_store_service.pb.h"

#include "tools/assayctl/output/style.h"

namespace assay::assayctl {

std::string RenderAssessment(const assessment_store::v1::Assessment& assessment,
                             const Style& style);
std::string RenderAssessments(const assessment_store::v1::ListAssessmentsResponse& list,
                              const Style& style);
std::string RenderResults(const assessment_store::v1::ListControlResultsResponse& list,
                          const Style& style);
std::string RenderEvents(const assessment_store::v1::ListAssessmentEventsResponse& list,
                         const Style& style);
// Scorecard and which submission it is of.
std::string RenderVerdictRecord(const assessment_store::v1::VerdictRecord& record,
                                const Style& style);

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_OUTPUT_ASSESSMENT_VIEWS_H_
