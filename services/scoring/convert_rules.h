// From a rule set on the wire to the engine's definition.

#ifndef ASSAY_SERVICES_SCORING_CONVERT_RULES_H_
#define ASSAY_SERVICES_SCORING_CONVERT_RULES_H_

#include "absl/status/status.h"

#include "assay/catalogue/v1/catalogue.pb.h"

#include "services/scoring/engine/definition.h"

namespace assay::scoring {

// Adds to an empty definition. FAILED_PRECONDITION DOCUMENT_NOT_SUPPORTED for an option, a kind of
// outcome or a review reason that this build does not know; whether ids and numbers make sense is
// for Compile() to say.
absl::Status AddRuleSet(const catalogue::v1::RuleSet& rules, RuleSetDefinition& definition);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_CONVERT_RULES_H_
