#include "tools/assayctl/output/reason_words.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_replace.h"

#include "common/text/view.h"

namespace assay::assayctl {
namespace {

struct Entry {
  std::string_view code;
  std::string_view words;
};

constexpr Entry kWords[] = {
    // Questions.
    {"QUESTION_MEETS", "meets the baseline"},
    {"QUESTION_DOES_NOT_MEET", "does not meet the baseline"},
    {"QUESTION_UNANSWERED", "unanswered, which counts as not meeting"},
    {"QUESTION_NOT_APPLICABLE_COUNTS_AS_MET", "not applicable, which counts as meeting"},
    {"QUESTION_NOT_APPLICABLE_EXCLUDED", "not applicable, left out"},
    {"GATE_ANSWERED", "only steers which questions are asked"},
    {"GATE_UNANSWERED", "left open, which counts as not meeting: it may hide questions"},
    {"NOT_ASKED", "not asked, its condition does not hold"},
    // Controls.
    {"STATUS_RECORDED", "assessed directly"},
    {"ALL_QUESTIONS_MEET", "every asked question meets the baseline"},
    {"SOME_QUESTIONS_MEET", "only some asked questions meet the baseline"},
    {"NO_QUESTION_MEETS", "no asked question meets the baseline"},
    {"BLANK_NOT_MET", "nothing recorded, which is Not Met"},
    {"BLANK_OPEN", "nothing recorded yet"},
    {"QUESTION_OPEN", "an asked question is unanswered"},
    {"INDICATORS_MET", "the statements of the best column hold"},
    {"INDICATORS_PARTIALLY_MET", "the statements of the middle column hold"},
    {"INDICATORS_NOT_MET", "a failing is present, or no column of statements holds"},
    {"ANCHOR_CERTIFICATE_VALID", "certificate valid at the date"},
    {"ANCHOR_CERTIFICATE_MISSING", "no certificate recorded"},
    {"ANCHOR_CERTIFICATE_NOT_YET_VALID", "certificate not yet valid at the date"},
    {"ANCHOR_CERTIFICATE_REVOKED", "certificate revoked"},
    {"ANCHOR_CERTIFICATE_EXPIRED", "certificate expired at the date"},
    {"ANCHOR_CERTIFICATE_SCOPE_NOT_COVERED", "certificate not judged to cover the scope"},
    {"ANCHOR_CERTIFICATE_RECORDED_ONLY", "certificates are recorded only under these rules"},
    {"ANCHOR_CERTIFICATE_SCOPE_NOT_JUDGED",
     "nobody judged whether the certificate covers the scope"},
    {"FLAG_OVERTURNED", "flag overturned by a reviewer"},
    {"ADJUSTMENT_DROPPED", "adjustment fell with the flag"},
    {"ADJUSTED_UP", "adjusted by +1"},
    {"ADJUSTED_DOWN", "adjusted by -1"},
    {"ADJUSTMENT_CLAMPED", "adjustment held at the end of the scale"},
    {"OVERRIDDEN_TO_MET", "overridden to Met"},
    {"OVERRIDE_IGNORED", "override ignored by these rules"},
    {"NOT_APPLICABLE_LEAVES_SET", "not applicable, not scored"},
    // Objectives.
    {"THRESHOLD_MET", "pass mark reached"},
    {"BELOW_THRESHOLD", "below the pass mark"},
    {"NO_ZERO_POINT_CONTROL", "no control with 0 points"},
    {"ZERO_POINT_CONTROL", "a control has 0 points"},
    {"ZERO_POINT_RULE_OFF", "a control has 0 points, which these rules allow"},
    {"NOT_ASSESSED_AT_LEVEL", "no control at this level"},
    {"NO_SCORED_CONTROLS", "every control is not applicable"},
    {"INCOMPLETE_CONTROLS", "some controls are still open"},
    {"ITEM_BEYOND_LIMIT", "a control falls further short of its maximum than allowed"},
    {"ANCHOR_FAILED", "the anchor failed, which fails everything"},
    // Assessments.
    {"ALL_ASSESSED_OBJECTIVES_PASS", "every assessed objective passes"},
    {"OBJECTIVE_FAILED", "an objective failed"},
    {"INCOMPLETE_ASSESSMENT", "something is still open"},
    {"NO_OBJECTIVE_ASSESSED", "no objective was assessed"},
    {"OUTCOME_CONDITIONS_MET", "the conditions of this outcome hold"},
    {"NO_OUTCOME_CONDITIONS_MET", "the conditions of no better outcome hold"},
};

}  // namespace

std::string ReasonWords(std::string_view code) {
  for (const Entry& entry : kWords) {
    if (entry.code == code) {
      return std::string(entry.words);
    }
  }
  return absl::AsciiStrToLower(absl::StrReplaceAll(ToAbsl(code), {{"_", " "}}));
}

}  // namespace assay::assayctl
