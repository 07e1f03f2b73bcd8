// From what was recorded about one control to its points (rules 1 to 4 and 8).

#ifndef ASSAY_SERVICES_SCORING_ENGINE_SCORE_CONTROL_H_
#define ASSAY_SERVICES_SCORING_ENGINE_SCORE_CONTROL_H_

#include <cstdint>
#include <vector>

#include "services/scoring/engine/evaluation.h"
#include "services/scoring/engine/input.h"
#include "services/scoring/engine/profile.h"
#include "services/scoring/engine/triggers.h"

namespace assay::scoring {

// `recorded` is what `input` says about `control`. Appends the control's question results
// to `questions`. Total over validated input.
ControlResult ScoreControl(const CompiledProfile& profile, const AssessmentInput& input,
                           uint32_t control, const RecordedControl& recorded,
                           std::vector<QuestionResult>& questions);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_SCORE_CONTROL_H_
