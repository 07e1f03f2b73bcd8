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
  // Kinds of certificate of which one must stand ("CYBER_ESSENTIALS"); empty for none.
  std::vector<std::string> certificate_kinds;
};

enum class QuestionKind : uint8_t { kYesNo, kMultipleChoice, kFrequency, kNumber, kGate };

// The question is asked only when `gate` (an earlier question of the same control, of kind kGate)
// is itself asked and has one of `answers` as its answer, in the same phase.
struct AskedWhen {
  std::string gate;
  std::vector<std::string> answers;
};

// The column of a statement where marks are derived from indicators.
enum class Indicator : uint8_t { kNone = 0, kMet = 1, kPartiallyMet = 2, kNotMet = 3 };

struct QuestionDefinition {
  std::string id;  // "2314.1"
  std::string control;
  std::vector<std::string> profiles;
  QuestionKind kind = QuestionKind::kYesNo;
  bool scored = true;  // Only a gate may be unscored: it then only opens or closes others.
  std::optional<AskedWhen> asked_when = std::nullopt;
  // What a gate may be answered with, at most kMaxGateAnswers (profile.h); empty for other kinds.
  std::vector<std::string> answers = {};
  Indicator indicator = Indicator::kNone;
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
  // Rule 6b, fail_on_not_met; off before ASR v2.1.
  ZeroPointRule zero_point_rule = ZeroPointRule::kOn;
  OverrideRule overrides = OverrideRule::kHonoured;  // Ignored before ASR v2.1.
};

// How outcomes of questions make a mark (RULE_MODEL.md, section 2).
enum class Derivation : uint8_t { kAllMeet, kIndicators };

struct Mark {
  std::string id;
  int32_t points = 0;  // 0 to kMaxPoints (profile.h).
};

// Marks from best to worst; points never rise, and the first has more than the last.
struct Scale {
  std::string id;
  std::vector<Mark> marks;
};

// What the rule set says of one control; controls without one have the default scale and count.
struct ItemRule {
  std::string control;
  std::string scale;  // Empty: the default.
  bool counts = true;
};

struct Requirement {
  std::string profile;
  std::string control;
  std::string mark;
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
  std::optional<int32_t> threshold_percent = std::nullopt;  // Instead of the profile's.
  std::optional<int32_t> item_shortfall_at_most = std::nullopt;
};

enum class OutcomeKind : uint8_t { kPassed = 1, kConditional = 2, kFailed = 3, kRated = 4 };

struct ItemShortfall {
  std::string control;
  int32_t at_most = 0;
};

// All that are given must hold (RULE_MODEL.md, section 6).
struct OutcomeConditions {
  bool objectives_pass = false;
  std::optional<int32_t> percent_at_least = std::nullopt;
  std::optional<int32_t> points_at_least = std::nullopt;
  std::optional<int32_t> shortfall_at_most = std::nullopt;
  std::optional<int32_t> item_shortfall_at_most = std::nullopt;
  std::vector<ItemShortfall> item_shortfall_exceptions = {};
  std::vector<std::string> full_marks = {};
  std::vector<std::string> full_objectives = {};
  bool requirements_met = false;
};

// `text` may hold the placeholders below, each replaced wherever it stands.
struct OutcomeRule {
  std::string id;
  OutcomeKind kind = OutcomeKind::kFailed;
  std::string text;
  OutcomeConditions when = {};
};

// Sends every assessment at one of the profiles to review.
struct RatificationRule {
  std::vector<std::string> profiles;
};

// Wording of what no outcome says.
struct ResultTexts {
  std::string incomplete;
  std::string separator;  // Between ids in kObjectivesPlaceholder.
};

inline constexpr char kObjectivesPlaceholder[] = "{objectives}";
inline constexpr char kScorePlaceholder[] = "{score}";
inline constexpr char kPointsPlaceholder[] = "{points}";
inline constexpr char kMaximumPlaceholder[] = "{maximum}";

// A rule set in the terms of model version 2; one of version 1 has one scale of three marks and two
// outcomes (RULE_MODEL.md).
struct RuleSetDefinition {
  uint32_t model_version = 2;  // Of the file; decides which canonical bytes it may be asked for.
  std::vector<Scale> scales;
  std::string default_scale;
  std::vector<ItemRule> items = {};
  Derivation derivation = Derivation::kAllMeet;
  RuleOptions options;
  std::vector<ObjectiveRule> objectives;  // One for each objective of the scheme, in any order.
  std::vector<ProfileThreshold> thresholds;
  std::vector<OutcomeRule> outcomes;  // Best first; the last without conditions.
  std::vector<Requirement> requirements = {};
  std::optional<int32_t> score_base = std::nullopt;
  std::vector<RatificationRule> ratification = {};
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
