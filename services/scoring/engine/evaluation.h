// What scoring finds: every node of the explanation tree, flat, by the profile's indices.
//
// Enum numbers are pinned: canonical bytes hold them (CANONICAL.md).

#ifndef ASSAY_SERVICES_SCORING_ENGINE_EVALUATION_H_
#define ASSAY_SERVICES_SCORING_ENGINE_EVALUATION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "services/scoring/engine/control_result.h"
#include "services/scoring/engine/objective.h"
#include "services/scoring/engine/reasons.h"
#include "services/scoring/engine/tally.h"

namespace assay::scoring {

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

enum class VerdictOutcome : uint8_t {
  kPassed = 1,
  kFailed = 2,
  kIncomplete = 3,
  kConditional = 4,
  kRated = 5,
};

inline constexpr int32_t kNoOutcomeRule = -1;

struct Verdict {
  VerdictOutcome outcome = VerdictOutcome::kIncomplete;
  int32_t rule = kNoOutcomeRule;  // Index in CompiledProfile::outcomes(); none when incomplete.
  // Over all scored controls that count.
  int32_t points = 0;
  int32_t maximum = 0;
  int32_t score = 0;   // As the scheme shows it: points, or its score base less the shortfall.
  std::string result;  // "Passed", "Failed on objective(s): CE, B"; texts of the rule set.
  std::vector<uint32_t> failed_objectives;  // Those that fail the assessment, catalogue order.
  bool failed_on_anchor = false;
  ReasonList reasons;
};

enum class TriggerKind : uint8_t {
  kOverride = 1,
  kNotApplicable = 2,
  kQuestionNotApplicable = 3,
  kNoScoredControls = 4,
  kRatification = 5,
};

// Something recorded that a reviewer must see, whatever the rule set and the result.
struct ReviewTrigger {
  TriggerKind kind = TriggerKind::kOverride;
  // Of the control; of the question for kQuestionNotApplicable, of the objective for
  // kNoScoredControls, of the rule for kRatification.
  uint32_t index = 0;
  bool anchor = false;  // On an anchor objective: highest priority.

  friend bool operator==(const ReviewTrigger&, const ReviewTrigger&) = default;
};

struct Evaluation {
  Tallies tallies;                          // What the verdict was decided from.
  std::vector<ControlResult> controls;      // One per control of the profile, same index.
  std::vector<ObjectiveResult> objectives;  // One per objective of the scheme, same index.
  std::vector<QuestionResult> questions;
  std::vector<uint32_t> zero_point_controls;
  std::vector<ReviewTrigger> triggers;  // Of controls and their questions, then of objectives.
  Verdict verdict;
};

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_EVALUATION_H_
