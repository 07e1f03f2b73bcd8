// From a control's finding and flags to the points that count (rules 2 to 4 and 8; RULE_MODEL.md,
// section 3).

#ifndef ASSAY_SERVICES_SCORING_ENGINE_SCORE_CONTROL_H_
#define ASSAY_SERVICES_SCORING_ENGINE_SCORE_CONTROL_H_

#include <optional>
#include <vector>

#include "services/scoring/engine/control_result.h"
#include "services/scoring/engine/finding.h"
#include "services/scoring/engine/profile.h"
#include "services/scoring/engine/record.h"

namespace assay::scoring {

// All that decides about one control.
struct ControlFacts {
  Mode mode = Mode::kFinal;
  Phase phase = Phase::kNone;
  FindingSummary finding;  // Of the phase.
  int32_t adjustment = 0;
  uint8_t flags = 0;  // As in ControlRecord.
  // It is overturned and has a flag to take away.
  bool flag_overturned = false;
  // How its certificate stands; none for a control that rests on no certificate.
  std::optional<ReasonCode> certificate = std::nullopt;
};

// The rules themselves. `first_question_result` and `question_result_count` stay 0.
ControlResult ScoreFacts(const CompiledScale& scale, const RuleOptions& rules,
                         Derivation derivation, const ControlFacts& facts);

// Appends the control's question results to `questions`.
ControlResult ScoreControl(const CompiledProfile& profile, const Record& record, uint32_t control,
                           std::vector<QuestionResult>& questions);

// The same of a control without question records, `recorded` not being overturned.
ControlResult ScoreMarks(const CompiledProfile& profile, const Record& record, uint32_t control,
                         const ControlRecord& recorded);

// ScoreControl as if `recorded` stood in the record for the control.
ControlResult ScoreControlAs(const CompiledProfile& profile, const Record& record, uint32_t control,
                             const ControlRecord& recorded, std::vector<QuestionResult>& questions);

// Works out the tables of every scale that a control of the profile looks results up in.
ControlTables BuildTables(const CompiledProfile& profile);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_SCORE_CONTROL_H_
