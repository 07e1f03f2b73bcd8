// What was recorded about one assessment, by the indices of a compiled profile: a few bytes a
// control and nothing to look up or allocate while it is scored.
//
// Indices are those of CompiledProfile (profile.h): items in catalogue order, objective by
// objective; the questions of an item side by side, in the order of the question set. Nothing here
// depends on how a profile is compiled beyond that order.
// Plain values; ToRecord() and the service's converter make them from inputs that Validate()
// accepts, and only such records may be scored.

#ifndef ASSAY_SERVICES_SCORING_ENGINE_RECORD_H_
#define ASSAY_SERVICES_SCORING_ENGINE_RECORD_H_

#include <cstdint>
#include <vector>

#include "services/scoring/engine/input.h"

namespace assay::scoring {

class CompiledProfile;

// Bits of ControlRecord::flags.
inline constexpr uint8_t kOverriddenFlag = 1;
inline constexpr uint8_t kNotApplicableFlag = 2;
// A reviewer took override, N/A and question N/As away; they stand here as they were recorded.
inline constexpr uint8_t kOverturnedFlag = 4;

struct ControlRecord {
  // 0: no mark. k: mark k-1 of the item's scale, so in a scale of three 1 is the best mark, 3 the
  // worst. 0 too where the phase holds outcomes of questions: Record::theoretical_questions and
  // Record::practical_questions.
  uint8_t theoretical = 0;
  uint8_t practical = 0;
  int8_t adjustment = 0;  // -1, 0, +1.
  uint8_t flags = 0;

  friend bool operator==(const ControlRecord&, const ControlRecord&) = default;
};

struct QuestionRecord {
  Outcome outcome = Outcome::kUnanswered;
  // 0: none. k: answer k-1 of the gate's list. Always 0 for other kinds of question.
  uint8_t gate_answer = 0;

  bool empty() const { return outcome == Outcome::kUnanswered && gate_answer == 0; }
  friend bool operator==(const QuestionRecord&, const QuestionRecord&) = default;
};

struct Record {
  Mode mode = Mode::kFinal;
  EpochDay as_of = 0;
  std::vector<Certificate> certificates;
  std::vector<ControlRecord> controls;  // One for each item of the profile.
  // Of each phase: empty when no question has an outcome or an answer in it; else one entry for
  // each question of the profile.
  std::vector<QuestionRecord> theoretical_questions;
  std::vector<QuestionRecord> practical_questions;

  friend bool operator==(const Record&, const Record&) = default;
};

// The mark a finding names by status or id: k for mark k-1 of the control's scale; 0 when it names
// none, or none that the scale has.
uint8_t MarkOf(const CompiledProfile& profile, uint32_t control, const PhaseFinding& finding);

// The control's questions in one phase's finding, one entry each in the profile's order; questions
// of other controls and answers that a gate does not list are passed over. Empty when nothing is
// recorded.
std::vector<QuestionRecord> QuestionsOf(const CompiledProfile& profile, uint32_t control,
                                        const PhaseFinding& finding);

// Requires Validate(profile, input).empty().
Record ToRecord(const CompiledProfile& profile, const AssessmentInput& input);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_RECORD_H_
