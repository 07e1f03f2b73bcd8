// From what one phase recorded about a control to Met, Partially Met or Not Met (rule 1).
//
// A question is asked when it has no asked_when, or when its gate is asked and answered with one of
// the named answers in the same phase. Only asked questions count:
//   * a scored question meets, does not meet, or is unanswered, which does not meet;
//   * a question marked not applicable counts as meeting or is left out, by rule set;
//   * a gate is answered once it has a gate answer. Left unanswered it does not meet, scored or
//     not, since an open gate may hide questions; an unscored gate otherwise counts neither way;
//   * a gate marked not applicable opens its follow-ups: it must not hide them.

#ifndef ASSAY_SERVICES_SCORING_ENGINE_FINDING_H_
#define ASSAY_SERVICES_SCORING_ENGINE_FINDING_H_

#include <cstdint>
#include <vector>

#include "services/scoring/engine/evaluation.h"
#include "services/scoring/engine/input.h"
#include "services/scoring/engine/profile.h"

namespace assay::scoring {

// An outcome or a gate's answer. What else is answered is free text and says nothing here.
bool IsRecorded(const CompiledQuestion& question, const QuestionOutcome& outcome);

struct FindingSummary {
  // A status, an outcome or a gate's answer is recorded, on a question that is asked or not. False:
  // the rest says nothing.
  bool present = false;
  bool from_status = false;
  Status status = Status::kNotMet;
  int32_t open_questions = 0;  // Asked and unanswered.
  // Every question that could count was marked not applicable, which is a control N/A in disguise.
  bool all_not_applicable = false;
};

// Total: questions that are unknown to the control are passed over. `results`, when given, gets
// one entry per question of the control in the profile, unless the finding is a status.
FindingSummary SummarizeFinding(const CompiledProfile& profile, uint32_t control,
                                const PhaseFinding& finding, std::vector<QuestionResult>* results);

// The finding that counts under the rule set's phase option: the latest present, or that of the
// named phase. phase is kNone and summary.present false when there is none.
struct ChosenFinding {
  Phase phase = Phase::kNone;
  const PhaseFinding* finding = nullptr;  // Of the input; null when there is none.
  FindingSummary summary;
};
ChosenFinding ChooseFinding(const CompiledProfile& profile, uint32_t control,
                            const ControlInput& input);

// The finding with every question N/A taken away: such a question has no result any more. What was
// recorded beside it, a gate's answer too, stays.
PhaseFinding WithoutNotApplicable(PhaseFinding finding);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_FINDING_H_
