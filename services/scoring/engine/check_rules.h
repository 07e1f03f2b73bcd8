// The part of CheckDefinition() that looks at the rule set.

#ifndef ASSAY_SERVICES_SCORING_ENGINE_CHECK_RULES_H_
#define ASSAY_SERVICES_SCORING_ENGINE_CHECK_RULES_H_

#include <string_view>

#include "services/scoring/engine/definition.h"
#include "services/scoring/engine/definition_problems.h"

namespace assay::scoring {

void CheckRules(const SchemeDefinition& definition, std::string_view profile,
                DefinitionProblems& problems);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_CHECK_RULES_H_
