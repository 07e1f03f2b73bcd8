// What one control and its questions come to.
//
// Enum numbers are pinned: canonical bytes hold them (CANONICAL.md).

#ifndef ASSAY_SERVICES_SCORING_ENGINE_CONTROL_RESULT_H_
#define ASSAY_SERVICES_SCORING_ENGINE_CONTROL_RESULT_H_

#include <cstdint>

#include "services/scoring/engine/input.h"
#include "services/scoring/engine/reasons.h"

namespace assay::scoring {

enum class Phase : uint8_t { kNone = 0, kTheoretical = 1, kPractical = 2 };

// A question of a control whose points come from questions.
struct QuestionResult {
  uint32_t question = 0;  // Index in the profile.
  bool asked = false;
  // As recorded; kUnanswered for a question N/A that was overturned.
  Outcome outcome = Outcome::kUnanswered;
  ReasonCode reason = ReasonCode::kNotAsked;
};

enum class ControlState : uint8_t {
  kMet = 1,
  kPartiallyMet = 2,
  kNotMet = 3,
  kNotApplicable = 4,
  kBlank = 5,  // Nothing recorded and the rules leave it open; a blank that counts is kNotMet.
};

struct ControlResult {
  ControlState state = ControlState::kBlank;
  bool open = false;  // Keeps the assessment INCOMPLETE.
  // Whether anything was found beneath an override or N/A. Without it base_points is 0 and mark 0.
  bool base_known = false;
  // Whose finding was used. Of a control that an overturn leaves blank: the phase that was present.
  Phase phase = Phase::kNone;
  uint8_t mark = 0;         // k: mark k-1 of the scale was found; 0: none.
  int32_t base_points = 0;  // From the finding alone.
  int32_t points = 0;       // What counts.
  int32_t maximum = 0;      // The scale's; 0 for kNotApplicable.
  ReasonList reasons;
  // Its slice of Evaluation::questions; empty when the points come from a mark or nothing.
  uint32_t first_question_result = 0;
  uint32_t question_result_count = 0;
};

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_CONTROL_RESULT_H_
