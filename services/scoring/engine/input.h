// What was recorded about one assessment, as far as scoring needs it.
//
// Free text never enters the engine: a reason, a reasoning or a justification is only said to be
// there or not. Plain values; Validate() (validate.h) says whether they fit a profile.
// Enum numbers are pinned: canonical bytes hold them (CANONICAL.md).

#ifndef ASSAY_SERVICES_SCORING_ENGINE_INPUT_H_
#define ASSAY_SERVICES_SCORING_ENGINE_INPUT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay::scoring {

// kFinal: an unanswered question does not meet and a blank control is what the rule set says.
// kProvisional: the result is INCOMPLETE while anything is open; points as they stand.
enum class Mode : uint8_t { kFinal = 1, kProvisional = 2 };

// Whole days since 1970-01-01.
using EpochDay = int32_t;

// Whether a person judged the certificate to cover the assessment's scope. Without a judgement
// that it does, a certificate does not stand.
enum class ScopeVerdict : uint8_t { kNotJudged = 0, kCovers = 1, kDoesNotCover = 2 };

// Valid from `issued_on` to `expires_on`, both included, and not from `revoked_on` onwards.
struct Certificate {
  std::string kind;
  EpochDay issued_on = 0;
  EpochDay expires_on = 0;
  std::optional<EpochDay> revoked_on = std::nullopt;
  ScopeVerdict scope = ScopeVerdict::kNotJudged;
  std::string number = "";  // The issuer's, opaque; only tells doubles apart.

  friend bool operator==(const Certificate&, const Certificate&) = default;
};

enum class Status : uint8_t { kMet = 1, kPartiallyMet = 2, kNotMet = 3 };

enum class Outcome : uint8_t { kUnanswered = 0, kMeets = 1, kDoesNotMeet = 2, kNotApplicable = 3 };

struct QuestionOutcome {
  std::string question;
  Outcome outcome = Outcome::kUnanswered;
  std::string gate_answer = "";    // A gate's answer; it is unanswered while this is empty.
  bool has_justification = false;  // For kNotApplicable.
};

// What one phase found: nothing, a status, a mark, or outcomes of questions; never two of them.
struct PhaseFinding {
  // The best mark of the control's scale, the middle one of three, or the worst.
  std::optional<Status> status = std::nullopt;
  std::vector<QuestionOutcome> questions = {};
  std::string mark = "";  // Id of a mark of the control's scale; empty: none.
};

struct ControlInput {
  std::string control;
  PhaseFinding theoretical;  // Does the evidence support the answer.
  PhaseFinding practical;    // Is it really so.
  int32_t adjustment = 0;    // -1, 0, +1 points.
  bool has_adjustment_reason = false;
  bool overridden = false;
  bool has_override_reasoning = false;
  bool not_applicable = false;
  bool has_not_applicable_justification = false;
};

struct AssessmentInput {
  Mode mode = Mode::kFinal;
  EpochDay as_of = 0;
  std::vector<Certificate> certificates;
  std::vector<ControlInput> controls;  // Any order; a control left out is blank.
  // Controls whose override, N/A and question N/As a reviewer has taken away; any order. Inputs
  // stay as they were recorded.
  std::vector<std::string> overturned_controls = {};
};

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_INPUT_H_
