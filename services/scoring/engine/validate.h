// Whether recorded inputs fit a profile and its rule set. Evaluate() relies on it.
//
// Every control is judged on its own, so an editor of one control can be told at once.

#ifndef ASSAY_SERVICES_SCORING_ENGINE_VALIDATE_H_
#define ASSAY_SERVICES_SCORING_ENGINE_VALIDATE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "services/scoring/engine/input.h"
#include "services/scoring/engine/profile.h"

namespace assay::scoring {

enum class InputProblemCode : uint8_t {
  kControlUnknown,
  kControlNotInScope,
  kControlDuplicate,
  kStatusAndQuestions,
  kStatusAndMark,
  kStatusInvalid,
  kMarkUnknown,
  kQuestionUnknown,  // Unknown, or a question of another control.
  kQuestionNotInScope,
  kQuestionDuplicate,
  kQuestionJustificationUnexpected,  // Given for an outcome other than not applicable.
  kQuestionNotApplicableNeedsJustification,
  kAllQuestionsNotApplicable,
  kAdjustmentOutOfRange,
  kAdjustmentReasonRequired,
  kAdjustmentOnBlank,
  kAdjustmentOutsidePoints,
  kOverrideReasoningRequired,
  kOverrideWithNotApplicable,
  kOverrideOnAnchor,
  kNotApplicableJustificationRequired,
  kNotApplicableOnAnchor,
  kGateAnswerUnknown,
  kCertificateInvalid,
};

// Stable: "CONTROL_UNKNOWN" and so on.
std::string_view InputProblemReason(InputProblemCode code);

inline constexpr int32_t kNoControl = -1;

struct InputProblem {
  InputProblemCode code = InputProblemCode::kControlUnknown;
  // In the input; kNoControl for certificates and overturned controls.
  int32_t control_index = kNoControl;
  // Within the control ("practical.questions[2].result"), or from the top for certificates and
  // overturned controls ("certificates[0].expires_on", "overturned_controls[1]"). Names are those
  // of the API.
  std::string field;
  std::string control;  // Its id as given; empty for certificates.
  std::string detail;   // What is wrong and what would be right.
};

// Those of certificates alone; `control_index` is kNoControl.
std::vector<InputProblem> ValidateCertificates(const CompiledProfile& profile,
                                               const std::vector<Certificate>& certificates);

// All problems, in the order of the input. Controls are judged as they were recorded, so whatever
// could be recorded can be overturned. Mode is not judged here: it has no wrong value.
std::vector<InputProblem> Validate(const CompiledProfile& profile, const AssessmentInput& input);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_VALIDATE_H_
