// For tests: schemes that nobody would write, over the whole of the rule model.

#ifndef ASSAY_SERVICES_SCORING_ENGINE_TESTING_RANDOM_SCHEME_H_
#define ASSAY_SERVICES_SCORING_ENGINE_TESTING_RANDOM_SCHEME_H_

#include "services/scoring/engine/definition.h"
#include "services/scoring/engine/testing/random.h"

namespace assay::scoring {

// Every option of RuleOptions at random.
RuleOptions RandomOptions(Random& random);

// Gives about `percent` of the controls whose scale has two or three marks one to six questions:
// gates, follow-ups, unscored gates, levels of their own. Requires a scheme with scales; with
// Derivation::kIndicators every question gets a column.
void AddRandomQuestions(SchemeDefinition& scheme, Random& random, uint32_t percent);

// Scales of two to six marks, items that do not count, limits, requirements, ordered outcomes,
// anchors, certificates, questions, indicators. One to three profiles "P0".., at most 24 controls.
// Compile() accepts it for each of its profiles.
SchemeDefinition RandomScheme(Random& random);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_TESTING_RANDOM_SCHEME_H_
