// What scoring finds: every node of the explanation tree, flat, by the profile's indices.
//
// Enum numbers are pinned: canonical bytes hold them (CANONICAL.md).

#ifndef ASSAY_SERVICES_SCORING_ENGINE_EVALUATION_H_
#define ASSAY_SERVICES_SCORING_ENGINE_EVALUATION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "services/scoring/engine/input.h"
#include "services/scoring/engine/objective.h"
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
  // Whether anything was found beneath an override or N/A. Without it base_points is 0.
  bool base_known = false;
  int32_t base_points = 0;  // From the finding alone.
  int32_t points = 0;       // What counts.
  int32_t maximum = 0;      // 2; 0 for kNotApplicable.
  // Whose finding was used. Of a control that an overturn leaves blank: the phase that was present.
  Phase phase = Phase::kNone;
  ReasonList reasons;
  // Its slice of Evaluation::questions; empty when the points come from a status or nothing.
  uint32_t first_question_result = 0;
  uint32_t question_result_count = 0;
};

enum class ObjectiveOutcome : uint8_t {
  kPassed = 1,
  kFailed = 2,
  kNotAssessedAtLevel = 3,  // Neutral: the profile has no control of it.
  kNoScoredControls = 4,    // Neutral: every control is N/A.
  kIncomplete = 5,
};

struct ObjectiveResult {
  ObjectiveOutcome outcome = ObjectiveOutcome::kNotAssessedAtLevel;
  ObjectiveCounts counts;
  ObjectiveScore score;
  bool anchor = false;
  bool fails_verdict = false;  // kFailed, and mandatory or an anchor.
  ReasonList reasons;
  // Its slice of Evaluation::zero_point_controls.
  uint32_t first_zero_point_control = 0;
  uint32_t zero_point_control_count = 0;
};

enum class VerdictOutcome : uint8_t { kPassed = 1, kFailed = 2, kIncomplete = 3 };

struct Verdict {
  VerdictOutcome outcome = VerdictOutcome::kIncomplete;
  std::string result;  // "Passed", "Failed on objective(s): CE, B"; texts of the rule set.
  std::vector<uint32_t> failed_objectives;  // Those that fail the verdict, catalogue order.
  bool failed_on_anchor = false;
  ReasonList reasons;
};

enum class TriggerKind : uint8_t {
  kOverride = 1,
  kNotApplicable = 2,
  kQuestionNotApplicable = 3,
  kNoScoredControls = 4,
};

// Something recorded that a reviewer must see, whatever the rule set and the result.
struct ReviewTrigger {
  TriggerKind kind = TriggerKind::kOverride;
  // Of the control; of the question for kQuestionNotApplicable, of the objective for
  // kNoScoredControls.
  uint32_t index = 0;
  bool anchor = false;  // On an anchor objective: highest priority.

  friend bool operator==(const ReviewTrigger&, const ReviewTrigger&) = default;
};

struct Evaluation {
  std::vector<ControlResult> controls;      // One per control of the profile, same index.
  std::vector<ObjectiveResult> objectives;  // One per objective of the scheme, same index.
  std::vector<QuestionResult> questions;
  std::vector<uint32_t> zero_point_controls;
  std::vector<ReviewTrigger> triggers;  // Of controls and their questions, then of objectives.
  Verdict verdict;
};

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_EVALUATION_H_
