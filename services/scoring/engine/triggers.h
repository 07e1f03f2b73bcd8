// What recorded inputs ask a reviewer to look at (rule 11), whatever the rule set and the result.

#ifndef ASSAY_SERVICES_SCORING_ENGINE_TRIGGERS_H_
#define ASSAY_SERVICES_SCORING_ENGINE_TRIGGERS_H_

#include <vector>

#include "services/scoring/engine/evaluation.h"
#include "services/scoring/engine/input.h"
#include "services/scoring/engine/profile.h"

namespace assay::scoring {

// What is recorded of one control of the profile. Points into the AssessmentInput it was made from.
struct RecordedControl {
  const ControlInput* input = nullptr;  // Null where nothing is recorded.
  bool overturned = false;              // Its flags do not count any more.
};

// By the profile's index.
using ControlInputs = std::vector<RecordedControl>;
ControlInputs MatchControls(const CompiledProfile& profile, const AssessmentInput& input);

// The flags of overturned controls count for nothing here. One trigger per override, N/A and
// question marked N/A, in catalogue order; then one per objective all of whose controls (at least
// one) are recorded as N/A. A question triggers once when it is marked in either phase, asked or
// not.
std::vector<ReviewTrigger> FindTriggers(const CompiledProfile& profile,
                                        const ControlInputs& inputs);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_TRIGGERS_H_
