#include "services/scoring/engine/reasons.h"

namespace assay::scoring {
namespace {

struct Entry {
  ReasonCode code;
  std::string_view name;
};

constexpr Entry kEntries[] = {
    {ReasonCode::kQuestionMeets, "QUESTION_MEETS"},
    {ReasonCode::kQuestionDoesNotMeet, "QUESTION_DOES_NOT_MEET"},
    {ReasonCode::kQuestionUnanswered, "QUESTION_UNANSWERED"},
    {ReasonCode::kQuestionNotApplicableCounted, "QUESTION_NOT_APPLICABLE_COUNTS_AS_MET"},
    {ReasonCode::kQuestionNotApplicableExcluded, "QUESTION_NOT_APPLICABLE_EXCLUDED"},
    {ReasonCode::kGateAnswered, "GATE_ANSWERED"},
    {ReasonCode::kGateUnanswered, "GATE_UNANSWERED"},
    {ReasonCode::kNotAsked, "NOT_ASKED"},
    {ReasonCode::kStatusRecorded, "STATUS_RECORDED"},
    {ReasonCode::kAllQuestionsMeet, "ALL_QUESTIONS_MEET"},
    {ReasonCode::kSomeQuestionsMeet, "SOME_QUESTIONS_MEET"},
    {ReasonCode::kNoQuestionMeets, "NO_QUESTION_MEETS"},
    {ReasonCode::kBlankNotMet, "BLANK_NOT_MET"},
    {ReasonCode::kBlankOpen, "BLANK_OPEN"},
    {ReasonCode::kQuestionOpen, "QUESTION_OPEN"},
    {ReasonCode::kAnchorCertificateValid, "ANCHOR_CERTIFICATE_VALID"},
    {ReasonCode::kAnchorCertificateMissing, "ANCHOR_CERTIFICATE_MISSING"},
    {ReasonCode::kAnchorCertificateNotYetValid, "ANCHOR_CERTIFICATE_NOT_YET_VALID"},
    {ReasonCode::kAnchorCertificateRevoked, "ANCHOR_CERTIFICATE_REVOKED"},
    {ReasonCode::kAnchorCertificateExpired, "ANCHOR_CERTIFICATE_EXPIRED"},
    {ReasonCode::kAnchorCertificateScopeNotCovered, "ANCHOR_CERTIFICATE_SCOPE_NOT_COVERED"},
    {ReasonCode::kAnchorCertificateScopeNotJudged, "ANCHOR_CERTIFICATE_SCOPE_NOT_JUDGED"},
    {ReasonCode::kAnchorCertificateRecordedOnly, "ANCHOR_CERTIFICATE_RECORDED_ONLY"},
    {ReasonCode::kAdjustedUp, "ADJUSTED_UP"},
    {ReasonCode::kAdjustedDown, "ADJUSTED_DOWN"},
    {ReasonCode::kAdjustmentClamped, "ADJUSTMENT_CLAMPED"},
    {ReasonCode::kOverriddenToMet, "OVERRIDDEN_TO_MET"},
    {ReasonCode::kOverrideIgnored, "OVERRIDE_IGNORED"},
    {ReasonCode::kNotApplicableLeavesSet, "NOT_APPLICABLE_LEAVES_SET"},
    {ReasonCode::kFlagOverturned, "FLAG_OVERTURNED"},
    {ReasonCode::kAdjustmentDropped, "ADJUSTMENT_DROPPED"},
    {ReasonCode::kThresholdMet, "THRESHOLD_MET"},
    {ReasonCode::kBelowThreshold, "BELOW_THRESHOLD"},
    {ReasonCode::kNoZeroPointControl, "NO_ZERO_POINT_CONTROL"},
    {ReasonCode::kZeroPointControl, "ZERO_POINT_CONTROL"},
    {ReasonCode::kZeroPointRuleOff, "ZERO_POINT_RULE_OFF"},
    {ReasonCode::kNotAssessedAtLevel, "NOT_ASSESSED_AT_LEVEL"},
    {ReasonCode::kNoScoredControls, "NO_SCORED_CONTROLS"},
    {ReasonCode::kIncompleteControls, "INCOMPLETE_CONTROLS"},
    {ReasonCode::kAnchorFailed, "ANCHOR_FAILED"},
    {ReasonCode::kItemBeyondLimit, "ITEM_BEYOND_LIMIT"},
    {ReasonCode::kIndicatorsMet, "INDICATORS_MET"},
    {ReasonCode::kIndicatorsPartiallyMet, "INDICATORS_PARTIALLY_MET"},
    {ReasonCode::kIndicatorsNotMet, "INDICATORS_NOT_MET"},
    {ReasonCode::kAllAssessedObjectivesPass, "ALL_ASSESSED_OBJECTIVES_PASS"},
    {ReasonCode::kObjectiveFailed, "OBJECTIVE_FAILED"},
    {ReasonCode::kIncompleteAssessment, "INCOMPLETE_ASSESSMENT"},
    {ReasonCode::kNoObjectiveAssessed, "NO_OBJECTIVE_ASSESSED"},
    {ReasonCode::kOutcomeConditionsMet, "OUTCOME_CONDITIONS_MET"},
    {ReasonCode::kNoOutcomeConditionsMet, "NO_OUTCOME_CONDITIONS_MET"},
};

// By number, so that a verdict's many codes are looked up at once.
constexpr std::array<std::string_view, 256> kNames = [] {
  std::array<std::string_view, 256> names{};
  for (const Entry& entry : kEntries) {
    names[static_cast<uint8_t>(entry.code)] = entry.name;
  }
  return names;
}();

}  // namespace

std::string_view ReasonName(ReasonCode code) { return kNames[static_cast<uint8_t>(code)]; }

}  // namespace assay::scoring
