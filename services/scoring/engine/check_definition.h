// Whether a definition makes sense; Compile() builds only from one that does.

#ifndef ASSAY_SERVICES_SCORING_ENGINE_CHECK_DEFINITION_H_
#define ASSAY_SERVICES_SCORING_ENGINE_CHECK_DEFINITION_H_

#include <string_view>
#include <vector>

#include "services/scoring/engine/definition.h"
#include "services/scoring/engine/definition_problems.h"

namespace assay::scoring {

// Checks all of it, whatever the profile, in the order of the definition. Empty: it can be
// compiled.
std::vector<DefinitionProblem> CheckDefinition(const SchemeDefinition& definition,
                                               std::string_view profile);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_CHECK_DEFINITION_H_
