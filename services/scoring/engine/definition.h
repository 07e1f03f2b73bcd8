// A scheme as plain data: what is asked, at which profile, and by which rules it is scored.
//
// These structs are what a catalogue, a question set and a rule set say together. They are built by
// the caller, checked and flattened once by Compile() (profile.h) and not used afterwards.
// Plain values without behaviour; no invariant holds until Compile() has accepted them.

#ifndef ASSAY_SERVICES_SCORING_ENGINE_DEFINITION_H_
#define ASSAY_SERVICES_SCORING_ENGINE_DEFINITION_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay::scoring {

struct ObjectiveDefinition {
  std::string id;  // "CE", "A"
  std::string title;
};

struct ControlDefinition {
  std::string id;         // "2314"
  std::string objective;  // An ObjectiveDefinition::id.
  std::string title;
  std::vector<std::string> profiles;  // The set of profiles that assess it; not nested.
  // Kind of certificate this control rests on ("CYBER_ESSENTIALS"); empty for none.
  std::string certificate_kind;
};

enum class QuestionKind : uint8_t { kYesNo, kMultipleChoice, kFrequency, kNumber, kGate };

// The question is asked only when `gate` (an earlier question of the same control, of kind kGate)
// is itself asked and has one of `answers` as its answer, in the same phase.
struct AskedWhen {
  std::string gate;
  std::vector<std::string> answers;
};

struct QuestionDefinition {
  std::string id;  // "2314.1"
  std::string control;
  std::vector<std::string> profiles;
  QuestionKind kind = QuestionKind::kYesNo;
  bool scored = true;  // Only a gate may be unscored: it then only opens or closes others.
  std::optional<AskedWhen> asked_when = std::nullopt;
  // What a gate may be answered with; empty: anything. Empty for other kinds.
  std::vector<std::string> answers = {};
};

// The options of a rule set. The first value of each is the default and what ASR v2.1 means as we
// read it; the names in comments are the option names in rule files.
enum class QuestionNotApplicableRule : uint8_t { kCountsAsMet, kExcluded };
enum class AdjustmentClamp : uint8_t { kOn, kRefuse };
enum class AdjustmentReason : uint8_t { kRequired, kOptional };
enum class AdjustBlank : uint8_t { kRefuse, kAllow };
enum class AllNotApplicable : uint8_t { kNeutral, kPass, kFail };
enum class AnchorNotApplicable : uint8_t { kRefuse, kAllow };
enum class AnchorOverride : uint8_t { kReview, kRefuse };
enum class AnchorCertificate : uint8_t { kEnforce, kRecord };
enum class BlankRule : uint8_t { kNotMet, kIncomplete };
enum class PhaseRule : uint8_t { kLatest, kPracticalOnly, kTheoreticalOnly };
enum class ZeroPointRule : uint8_t { kOn, kOff };
enum class OverrideRule : uint8_t { kHonoured, kIgnored };

struct RuleOptions {
  QuestionNotApplicableRule question_not_applicable = QuestionNotApplicableRule::kCountsAsMet;
  AdjustmentClamp adjustment_clamp = AdjustmentClamp::kOn;
  AdjustmentReason adjustment_reason = AdjustmentReason::kRequired;
  AdjustBlank adjust_blank = AdjustBlank::kRefuse;
  AllNotApplicable all_not_applicable = AllNotApplicable::kNeutral;
  AnchorNotApplicable anchor_not_applicable = AnchorNotApplicable::kRefuse;
  AnchorOverride anchor_override = AnchorOverride::kReview;
  // Acts on every control with a certificate_kind, of an anchor or not.
  AnchorCertificate anchor_certificate = AnchorCertificate::kEnforce;
  BlankRule blank = BlankRule::kNotMet;
  PhaseRule phase = PhaseRule::kLatest;
  ZeroPointRule zero_point_rule = ZeroPointRule::kOn;  // Rule 6b; off before ASR v2.1.
  OverrideRule overrides = OverrideRule::kHonoured;    // Ignored before ASR v2.1.
};

// Points by status. Model version 1 knows 2, 1, 0 only; Compile() refuses anything else.
struct PointValues {
  int32_t met = 2;
  int32_t partially_met = 1;
  int32_t not_met = 0;
};

struct ProfileThreshold {
  std::string profile;
  int32_t percent = 0;  // 0 to 100, whole percent of an objective's maximum.
};

// What the rule set makes of one objective.
struct ObjectiveRule {
  std::string objective;
  bool mandatory = true;  // False: failing it does not fail the assessment.
  // True: failing it fails the assessment, mandatory or not, and its controls fall under
  // anchor_not_applicable and anchor_override.
  bool anchor = false;
};

// What an assessment's result reads like. `fail` holds kObjectivesPlaceholder exactly once, which
// is replaced by the ids of the failed objectives in catalogue order, joined by `separator`.
struct ResultTexts {
  std::string pass;
  std::string fail;
  std::string incomplete;
  std::string separator;
};

inline constexpr char kObjectivesPlaceholder[] = "{objectives}";

struct RuleSetDefinition {
  PointValues points;
  RuleOptions options;
  std::vector<ObjectiveRule> objectives;  // One for each objective of the scheme, in any order.
  std::vector<ProfileThreshold> thresholds;
  ResultTexts texts;
};

// Objectives, controls and questions stand in catalogue order, which is the order of every result.
struct SchemeDefinition {
  std::vector<std::string> profiles;
  std::vector<ObjectiveDefinition> objectives;
  std::vector<ControlDefinition> controls;
  std::vector<QuestionDefinition> questions;
  RuleSetDefinition rules;
};

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_DEFINITION_H_
