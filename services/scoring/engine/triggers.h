// What recorded inputs ask a reviewer to look at (rule 11), whatever the rule set and the result.

#ifndef ASSAY_SERVICES_SCORING_ENGINE_TRIGGERS_H_
#define ASSAY_SERVICES_SCORING_ENGINE_TRIGGERS_H_

#include <vector>

#include "services/scoring/engine/evaluation.h"
#include "services/scoring/engine/profile.h"
#include "services/scoring/engine/record.h"

namespace assay::scoring {

// Into `triggers`, whose memory is used again. The flags of overturned controls count for nothing.
// One trigger per override, N/A and question marked N/A, in catalogue order; then one per objective
// all of whose controls that count (at least one) are recorded as N/A; then one per ratification
// rule of the profile. A question triggers once when it is marked in either phase, asked or not.
void FindTriggers(const CompiledProfile& profile, const Record& record,
                  std::vector<ReviewTrigger>& triggers);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_TRIGGERS_H_
