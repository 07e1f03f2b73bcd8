// With and without: what a verdict would be if recorded overrides, N/As or adjustments were taken
// away, and which of them it rests on.
//
// Taking a flag away reveals the result recorded beneath it. Where nothing was recorded the answer
// is kUnknown, never a guess: beneath an honoured override or an N/A without a finding, and beneath
// an asked question marked not applicable, which has no other outcome. A flag that decides nothing
// (an override the rule set ignores, a question N/A under an override) is taken away without
// effect. A verdict is the same when outcome and outcome rule are.

#ifndef ASSAY_SERVICES_SCORING_ENGINE_COUNTERFACTUAL_H_
#define ASSAY_SERVICES_SCORING_ENGINE_COUNTERFACTUAL_H_

#include <cstdint>
#include <vector>

#include "services/scoring/engine/conclude.h"
#include "services/scoring/engine/evaluation.h"
#include "services/scoring/engine/profile.h"
#include "services/scoring/engine/record.h"

namespace assay::scoring {

enum class CounterfactualState : uint8_t {
  kNone = 0,  // The trigger is no flag that could be taken away.
  kNothingToRemove = 1,
  kSame = 2,
  kDifferent = 3,
  kUnknown = 4,
};

struct Counterfactual {
  CounterfactualState state = CounterfactualState::kNothingToRemove;
  Decision decision;             // Meaningless when unknown.
  std::vector<uint32_t> failed;  // Objectives that then fail the assessment.
  std::vector<uint32_t> unknown_controls;
};

struct Counterfactuals {
  Counterfactual without_overrides;
  Counterfactual without_not_applicable;
  Counterfactual without_adjustments;
  Counterfactual without_all;
  Counterfactual without_flags;  // Overrides and N/As.
  // What the verdict would be without each trigger of Evaluation::triggers alone.
  std::vector<CounterfactualState> by_trigger;
};

// Requires `evaluation` to be Evaluate(profile, record), and not incomplete.
Counterfactuals FindCounterfactuals(const CompiledProfile& profile, const Record& record,
                                    const Evaluation& evaluation);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_COUNTERFACTUAL_H_
