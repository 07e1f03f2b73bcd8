// From what one phase recorded about a control to a mark of its scale (rule 1; RULE_MODEL.md,
// section 2).
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

#include "services/scoring/engine/control_result.h"
#include "services/scoring/engine/input.h"
#include "services/scoring/engine/profile.h"
#include "services/scoring/engine/record.h"

namespace assay::scoring {

// What one phase holds: a mark, or the records of the control's questions, or neither.
struct PhaseRecord {
  uint8_t mark = 0;  // As in ControlRecord.
  // One for each question of the control; null when no question of the assessment has a record.
  const QuestionRecord* questions = nullptr;
};

struct FindingSummary {
  // A mark, an outcome or a gate's answer is recorded, on a question that is asked or not. False:
  // the rest says nothing.
  bool present = false;
  bool from_mark = false;       // Directly assessed.
  uint8_t mark = 0;             // k: mark k-1 of the scale.
  int32_t open_questions = 0;   // Asked and unanswered.
  int32_t questions_met = 0;    // Asked questions that meet; failings that are absent.
  int32_t questions_unmet = 0;  // Asked questions that do not, the open ones among them.
  // Every question that could count was marked not applicable, which is a control N/A in disguise.
  bool all_not_applicable = false;
};

// Whether a question marked N/A counts as marked, or as one without an outcome (overturned). What
// was recorded beside it, a gate's answer too, stays.
enum class NotApplicableMarks : uint8_t { kStand, kTakenAway };

// Whether the phase holds anything; see FindingSummary::present.
bool IsPresent(const CompiledProfile& profile, uint32_t control, const PhaseRecord& phase);

// Total. `results`, when given, gets one entry per question of the control, unless the phase holds
// a mark or has no question records.
FindingSummary SummarizeFinding(const CompiledProfile& profile, uint32_t control,
                                const PhaseRecord& finding, NotApplicableMarks marks,
                                std::vector<QuestionResult>* results);

// The phase that counts under the rule set's phase option: the latest present, or the named one.
// kNone when there is none.
struct ChosenFinding {
  Phase phase = Phase::kNone;
  PhaseRecord finding;
};
ChosenFinding ChooseFinding(const CompiledProfile& profile, uint32_t control,
                            const PhaseRecord& theoretical, const PhaseRecord& practical);

// The phases of a control in a record.
PhaseRecord TheoreticalOf(const CompiledProfile& profile, const Record& record, uint32_t control);
PhaseRecord PracticalOf(const CompiledProfile& profile, const Record& record, uint32_t control);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_FINDING_H_
