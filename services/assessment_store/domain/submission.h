// What a submission needs and what it hands to the review queue. Pure functions.

#ifndef ASSAY_SERVICES_ASSESSMENT_STORE_DOMAIN_SUBMISSION_H_
#define ASSAY_SERVICES_ASSESSMENT_STORE_DOMAIN_SUBMISSION_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"

#include "assay/review_queue/v1/review_queue_service.pb.h"
#include "assay/scoring/v1/scoring_service.pb.h"

#include "services/assessment_store/storage/records.pb.h"

namespace assay::assessment_store {

using ControlRecords = std::vector<records::ControlRecord>;

// FAILED_PRECONDITION CONTROLS_NOT_CONFIRMED listing those of `scope` (control ids in catalogue
// order) without a confirmed record.
absl::Status CheckConfirmed(const std::vector<std::string>& scope, const ControlRecords& controls);

// FAILED_PRECONDITION PHASE_INCOMPLETE unless one phase has a finding for every control that is
// neither blank, not applicable nor overridden. (A confirmed blank is a recorded Not Met.)
absl::Status CheckPhases(const ControlRecords& controls);

// What scoring needs of an assessment.
scoring::v1::ScoringBasis BasisOf(const records::AssessmentRecord& record);
scoring::v1::AssessmentInputs InputsOf(const records::AssessmentRecord& record,
                                       const ControlRecords& controls, std::string_view as_of);

// IN_REVIEW when the verdict carries a trigger, else PASSED or FAILED by its outcome.
v1::AssessmentState StateAfterSubmission(const scoring::v1::Verdict& verdict);
// PASSED or FAILED by the verdict's outcome.
v1::AssessmentState FinalState(const scoring::v1::Verdict& verdict);

// The item for the queue: flags with what was written about them. `record` is the state after the
// submission.
review_queue::v1::ReviewItem ReviewItemOf(const records::AssessmentRecord& record,
                                          const ControlRecords& controls,
                                          const scoring::v1::Verdict& verdict,
                                          absl::Time submit_time);

// Adds `subject` to the sorted contributors. INVALID_ARGUMENT TOO_MANY when the list is full: a
// subject left out could review what it touched.
absl::Status AddContributor(records::AssessmentRecord& record, const std::string& subject);

// The verdict without its per-control part.
scoring::v1::Verdict Summary(scoring::v1::Verdict verdict);

}  // namespace assay::assessment_store

#endif  // ASSAY_SERVICES_ASSESSMENT_STORE_DOMAIN_SUBMISSION_H_
