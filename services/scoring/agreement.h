// Whether the two evaluators say the same of an assessment.
//
// Both run on every verdict; where they differ, none is issued. Compared is all that a verdict
// rests on: state, points and openness of every control, outcome, sums and checks of every
// objective, the outcome with its sums and failed objectives, and the review triggers in order. Not
// compared is what only the first has: reasons, phases, question results, wording.
//
// Thread-safe; allocates only to describe a difference.

#ifndef ASSAY_SERVICES_SCORING_AGREEMENT_H_
#define ASSAY_SERVICES_SCORING_AGREEMENT_H_

#include <optional>
#include <string>

#include "services/scoring/engine/evaluation.h"
#include "services/scoring/engine/profile.h"
#include "services/scoring/second_evaluator/result.h"

namespace assay::scoring {

// The first thing that differs, in words for a log ("control 2314: points 2 against 1", the first
// evaluator's value first; ids only, nothing that was recorded); nothing when they agree. Requires
// both to be of the same record of `profile`, and `mine` to be Evaluate()'s.
std::optional<std::string> Disagreement(const CompiledProfile& profile, const Evaluation& mine,
                                        const second::Result& theirs);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_AGREEMENT_H_
