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

// Finds them in memory that it keeps from one call to the next. One thread at a time.
class CounterfactualFinder {
 public:
  // Into `found`, whose memory is used again. Requires `evaluation` to be
  // Evaluate(profile, record), and not incomplete.
  void Find(const CompiledProfile& profile, const Record& record, const Evaluation& evaluation,
            Counterfactuals& found);

 private:
  class Remover;

  // A control on which something could be taken away.
  struct Candidate {
    uint32_t control = 0;
    uint32_t first_beneath = 0;     // In beneath_, up to the next candidate's.
    uint8_t present = 0;            // Which kinds.
    bool question_decides = false;  // A question N/A is asked in the phase that was scored.
  };
  // What it comes to without some of them.
  struct Beneath {
    uint8_t removed = 0;
    bool known = false;            // Without the control's own flags of the kinds.
    bool known_questions = false;  // Without its questions' N/As too, where N/A is a kind.
    ControlChange change;          // Empty where not known.
  };

  std::vector<Candidate> candidates_;  // In catalogue order.
  std::vector<Beneath> beneath_;
  std::vector<QuestionResult> questions_;
  std::vector<uint32_t> failed_;
  Tallies sums_;
};

// The same in memory of its own.
Counterfactuals FindCounterfactuals(const CompiledProfile& profile, const Record& record,
                                    const Evaluation& evaluation);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_COUNTERFACTUAL_H_
