// Why each node of a verdict is what it is: stable codes, one list for all kinds of node.
//
// Names and numbers never change meaning once released; new ones are added at the end of their
// group. They explain a result and are not part of result_digest.

#ifndef ASSAY_SERVICES_SCORING_ENGINE_REASONS_H_
#define ASSAY_SERVICES_SCORING_ENGINE_REASONS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace assay::scoring {

enum class ReasonCode : uint8_t {
  // A question.
  kQuestionMeets = 1,
  kQuestionDoesNotMeet = 2,
  kQuestionUnanswered = 3,            // Counts as not meeting.
  kQuestionNotApplicableCounted = 4,  // Counts as meeting.
  kQuestionNotApplicableExcluded = 5,
  kGateAnswered = 6,    // An unscored gate, answered: counts neither way.
  kGateUnanswered = 7,  // Counts as not meeting: it may hide questions.
  kNotAsked = 8,        // Its gate is closed; an answer given all the same is ignored.

  // A control, in the order in which the rules act.
  kStatusRecorded = 20,     // The status was assessed directly.
  kAllQuestionsMeet = 21,   // Met.
  kSomeQuestionsMeet = 22,  // Partially Met.
  kNoQuestionMeets = 23,    // Not Met.
  kBlankNotMet = 24,        // Nothing recorded: Not Met.
  kBlankOpen = 25,          // Nothing recorded: open.
  kQuestionOpen = 26,       // An asked question is unanswered in a provisional score.
  kIndicatorsMet = 27,      // Statements of the best column hold, no failing is present.
  kIndicatorsPartiallyMet = 28,
  kIndicatorsNotMet = 29,  // A failing is present, or no column holds.
  kAnchorCertificateValid = 30,
  kAnchorCertificateMissing = 31,
  kAnchorCertificateNotYetValid = 32,
  kAnchorCertificateRevoked = 33,
  kAnchorCertificateExpired = 34,
  kAnchorCertificateScopeNotCovered = 35,
  kAnchorCertificateScopeNotJudged = 36,
  kAnchorCertificateRecordedOnly = 37,  // The rule set does not enforce the finding before it.
  kAdjustedUp = 40,
  kAdjustedDown = 41,
  kAdjustmentClamped = 42,  // The adjustment would have left the points of the control's scale.
  kOverriddenToMet = 43,
  kOverrideIgnored = 44,  // The rule set knows no overrides.
  kNotApplicableLeavesSet = 45,
  kFlagOverturned = 46,     // First of all: a recorded override, N/A or question N/A is gone.
  kAdjustmentDropped = 47,  // It no longer fits what the overturned flag left.

  // An objective.
  kThresholdMet = 60,
  kBelowThreshold = 61,
  // A zero point control is one that is Not Met, which is worth 0 points in model version 1.
  kNoZeroPointControl = 62,
  kZeroPointControl = 63,
  kZeroPointRuleOff = 64,  // There is one; the rule set does not mind.
  kNotAssessedAtLevel = 65,
  kNoScoredControls = 66,
  kIncompleteControls = 67,
  kAnchorFailed = 68,
  kItemBeyondLimit = 69,  // A control falls further short of its maximum than the objective allows.

  // The assessment; kAnchorFailed stands here too.
  kAllAssessedObjectivesPass = 80,
  kObjectiveFailed = 81,
  kIncompleteAssessment = 82,
  kNoObjectiveAssessed = 83,     // Every objective is neutral, so nothing failed.
  kOutcomeConditionsMet = 84,    // Those of the outcome, in a rule set with outcomes of its own.
  kNoOutcomeConditionsMet = 85,  // The last outcome, which has none.
};

// "STATUS_RECORDED" and so on; "" for a number that is no code.
std::string_view ReasonName(ReasonCode code);

// The codes of one node, in the order in which the rules acted. Holds no heap memory.
class ReasonList {
 public:
  using value_type = ReasonCode;
  using const_iterator = const ReasonCode*;

  // More than any node can collect; see reasons_test.cc and evaluate.cc.
  static constexpr size_t kCapacity = 8;

  void Add(ReasonCode code) {
    if (size_ < kCapacity) {
      codes_[size_++] = code;
    }
  }
  bool Has(ReasonCode code) const {
    for (ReasonCode mine : *this) {
      if (mine == code) {
        return true;
      }
    }
    return false;
  }
  const_iterator begin() const { return codes_.data(); }
  const_iterator end() const { return codes_.data() + size_; }
  size_t size() const { return size_; }

 private:
  std::array<ReasonCode, kCapacity> codes_{};
  uint8_t size_ = 0;
};

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_REASONS_H_
