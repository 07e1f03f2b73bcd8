// From the catalogue's documents to what the engine compiles.

#ifndef ASSAY_SERVICES_SCORING_CONVERT_DOCUMENTS_H_
#define ASSAY_SERVICES_SCORING_CONVERT_DOCUMENTS_H_

#include "absl/status/statusor.h"

#include "assay/catalogue/v1/catalogue.pb.h"

#include "services/scoring/engine/definition.h"

namespace assay::scoring {

// `question_set` may be null. FAILED_PRECONDITION DOCUMENTS_DO_NOT_MATCH when rule set or question
// set are for another catalogue or the set calls a control by another title, and
// DOCUMENT_NOT_SUPPORTED for a model version or rule this build does not know: a rule that is not
// understood is never passed over. What contradicts within is for Compile() to find.
absl::StatusOr<SchemeDefinition> ToDefinition(const catalogue::v1::Catalogue& catalogue,
                                              const catalogue::v1::QuestionSet* question_set,
                                              const catalogue::v1::RuleSet& rule_set);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_CONVERT_DOCUMENTS_H_
