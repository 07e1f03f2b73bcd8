#include "services/scoring/convert_rules.h"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "common/status/macros.h"
#include "services/scoring/engine/model_one.h"
#include "services/scoring/errors.h"

namespace assay::scoring {
namespace {

namespace v1 = ::assay::catalogue::v1;

// Reads the options of one rule set and remembers the first it does not know.
class OptionReader {
 public:
  explicit OptionReader(const v1::RuleSet& rules) : rules_(rules) {}

  template <typename Wire, typename Value>
  void Read(std::string_view option, Wire wire,
            std::initializer_list<std::pair<Wire, Value>> choices, Value& value) {
    for (const auto& [known, meaning] : choices) {
      if (known == wire) {
        value = meaning;
        return;
      }
    }
    if (status_.ok()) {
      status_ = DocumentNotSupported(
          rules_.name(), std::string(option) + " " + std::to_string(static_cast<int>(wire)));
    }
  }

  const absl::Status& status() const { return status_; }

 private:
  const v1::RuleSet& rules_;
  absl::Status status_;
};

void ReadFindingOptions(const v1::RuleSet& rules, OptionReader& reader, RuleOptions& options) {
  using NotApplicable = QuestionNotApplicableRule;
  reader.Read("question_not_applicable", rules.question_not_applicable(),
              {{v1::QUESTION_NOT_APPLICABLE_POLICY_COUNTS_AS_MET, NotApplicable::kCountsAsMet},
               {v1::QUESTION_NOT_APPLICABLE_POLICY_EXCLUDED, NotApplicable::kExcluded}},
              options.question_not_applicable);
  reader.Read("adjustment_clamp", rules.adjustment_clamp(),
              {{v1::ADJUSTMENT_CLAMP_POLICY_ON, AdjustmentClamp::kOn},
               {v1::ADJUSTMENT_CLAMP_POLICY_REFUSE, AdjustmentClamp::kRefuse}},
              options.adjustment_clamp);
  reader.Read("adjustment_reason", rules.adjustment_reason(),
              {{v1::ADJUSTMENT_REASON_POLICY_REQUIRED, AdjustmentReason::kRequired},
               {v1::ADJUSTMENT_REASON_POLICY_OPTIONAL, AdjustmentReason::kOptional}},
              options.adjustment_reason);
  reader.Read("adjust_blank", rules.adjust_blank(),
              {{v1::ADJUST_BLANK_POLICY_REFUSE, AdjustBlank::kRefuse},
               {v1::ADJUST_BLANK_POLICY_ALLOW, AdjustBlank::kAllow}},
              options.adjust_blank);
  reader.Read("blank", rules.blank(),
              {{v1::BLANK_POLICY_NOT_MET, BlankRule::kNotMet},
               {v1::BLANK_POLICY_INCOMPLETE, BlankRule::kIncomplete}},
              options.blank);
  reader.Read("phase", rules.phase(),
              {{v1::PHASE_POLICY_LATEST, PhaseRule::kLatest},
               {v1::PHASE_POLICY_PRACTICAL_ONLY, PhaseRule::kPracticalOnly},
               {v1::PHASE_POLICY_THEORETICAL_ONLY, PhaseRule::kTheoreticalOnly}},
              options.phase);
}

void ReadFlagOptions(const v1::RuleSet& rules, OptionReader& reader, RuleOptions& options) {
  reader.Read("override_policy", rules.override_policy(),
              {{v1::OVERRIDE_POLICY_MET, OverrideRule::kHonoured},
               {v1::OVERRIDE_POLICY_IGNORE, OverrideRule::kIgnored}},
              options.overrides);
  // The engine always refuses the two together; a rule set must say so.
  bool refused = true;
  reader.Read("override_with_na", rules.override_with_na(),
              {{v1::OVERRIDE_WITH_NOT_APPLICABLE_POLICY_REFUSE, true}}, refused);
  reader.Read("all_not_applicable", rules.all_not_applicable(),
              {{v1::ALL_NOT_APPLICABLE_POLICY_NEUTRAL, AllNotApplicable::kNeutral},
               {v1::ALL_NOT_APPLICABLE_POLICY_PASS, AllNotApplicable::kPass},
               {v1::ALL_NOT_APPLICABLE_POLICY_FAIL, AllNotApplicable::kFail}},
              options.all_not_applicable);
  reader.Read("anchor_not_applicable", rules.anchor_not_applicable(),
              {{v1::ANCHOR_NOT_APPLICABLE_POLICY_REFUSE, AnchorNotApplicable::kRefuse},
               {v1::ANCHOR_NOT_APPLICABLE_POLICY_ALLOW, AnchorNotApplicable::kAllow}},
              options.anchor_not_applicable);
  reader.Read("anchor_override", rules.anchor_override(),
              {{v1::ANCHOR_OVERRIDE_POLICY_REVIEW, AnchorOverride::kReview},
               {v1::ANCHOR_OVERRIDE_POLICY_REFUSE, AnchorOverride::kRefuse}},
              options.anchor_override);
  reader.Read("anchor_certificate", rules.anchor_certificate(),
              {{v1::ANCHOR_CERTIFICATE_POLICY_ENFORCE, AnchorCertificate::kEnforce},
               {v1::ANCHOR_CERTIFICATE_POLICY_RECORD, AnchorCertificate::kRecord}},
              options.anchor_certificate);
}

// The percentages and points of a document fit int32 by the engine's own checks; a number beyond
// is passed on as one it refuses.
int32_t ToInt32(uint32_t value) { return value > INT32_MAX ? -1 : static_cast<int32_t>(value); }

template <typename Wire>
std::optional<int32_t> Optional(bool present, Wire value) {
  return present ? std::optional<int32_t>(ToInt32(value)) : std::nullopt;
}

void AddModelOne(const v1::RuleSet& rules, RuleSetDefinition& definition) {
  const v1::ResultStrings& strings = rules.result_strings();
  UseModelOne({strings.pass(), strings.fail(), strings.incomplete(), strings.separator()},
              {ToInt32(rules.points().met()), ToInt32(rules.points().partially_met()),
               ToInt32(rules.points().not_met())},
              definition);
}

absl::StatusOr<OutcomeKind> ToKind(const v1::RuleSet& rules, v1::OutcomeKind kind) {
  switch (kind) {
    case v1::OUTCOME_KIND_PASSED:
      return OutcomeKind::kPassed;
    case v1::OUTCOME_KIND_CONDITIONAL:
      return OutcomeKind::kConditional;
    case v1::OUTCOME_KIND_FAILED:
      return OutcomeKind::kFailed;
    case v1::OUTCOME_KIND_RATED:
      return OutcomeKind::kRated;
    default:
      return DocumentNotSupported(rules.name(), "outcome kind " + std::to_string(kind));
  }
}

OutcomeConditions ToConditions(const v1::OutcomeConditions& wire) {
  OutcomeConditions when;
  when.objectives_pass = wire.objectives_pass();
  when.percent_at_least = Optional(wire.has_percent_at_least(), wire.percent_at_least());
  when.points_at_least = Optional(wire.has_points_at_least(), wire.points_at_least());
  when.shortfall_at_most = Optional(wire.has_shortfall_at_most(), wire.shortfall_at_most());
  when.item_shortfall_at_most =
      Optional(wire.has_item_shortfall_at_most(), wire.item_shortfall_at_most());
  for (const v1::ItemShortfall& exception : wire.item_shortfall_exceptions()) {
    when.item_shortfall_exceptions.push_back({exception.control(), ToInt32(exception.at_most())});
  }
  when.full_marks.assign(wire.full_marks().begin(), wire.full_marks().end());
  when.full_objectives.assign(wire.full_objectives().begin(), wire.full_objectives().end());
  when.requirements_met = wire.requirements_met();
  return when;
}

absl::Status AddOutcomes(const v1::RuleSet& rules, RuleSetDefinition& definition) {
  for (const v1::OutcomeRule& outcome : rules.outcomes()) {
    OutcomeRule& added = definition.outcomes.emplace_back();
    added.id = outcome.id();
    ASSAY_ASSIGN_OR_RETURN(added.kind, ToKind(rules, outcome.kind()));
    added.text = outcome.text();
    added.when = ToConditions(outcome.when());
  }
  return absl::OkStatus();
}

absl::Status AddReviewReasons(const v1::RuleSet& rules, RuleSetDefinition& definition) {
  for (const v1::ReviewReason& reason : rules.review_reasons()) {
    if (reason.reason() != "RATIFICATION") {
      return DocumentNotSupported(rules.name(), "review reason " + reason.reason());
    }
    definition.ratification.push_back({{reason.profiles().begin(), reason.profiles().end()}});
  }
  return absl::OkStatus();
}

absl::Status AddModelTwo(const v1::RuleSet& rules, RuleSetDefinition& definition) {
  definition.model_version = rules.revision().model_version();
  for (const v1::Scale& scale : rules.scales()) {
    Scale& added = definition.scales.emplace_back();
    added.id = scale.id();
    for (const v1::Mark& mark : scale.marks()) {
      added.marks.push_back({mark.id(), ToInt32(mark.points())});
    }
  }
  definition.default_scale = rules.default_scale();
  for (const v1::ItemRule& item : rules.items()) {
    definition.items.push_back({item.control(), item.scale(), !item.not_counted()});
  }
  if (rules.derivation() < v1::DERIVATION_UNSPECIFIED ||
      rules.derivation() > v1::DERIVATION_INDICATORS) {
    return DocumentNotSupported(rules.name(), "derivation " + std::to_string(rules.derivation()));
  }
  definition.derivation = rules.derivation() == v1::DERIVATION_INDICATORS ? Derivation::kIndicators
                                                                          : Derivation::kAllMeet;
  ASSAY_RETURN_IF_ERROR(AddOutcomes(rules, definition));
  for (const v1::Requirement& requirement : rules.requirements()) {
    definition.requirements.push_back(
        {requirement.profile(), requirement.control(), requirement.mark()});
  }
  if (rules.has_score_base()) {
    definition.score_base = rules.score_base();
  }
  definition.texts = {rules.result_strings().incomplete(), rules.result_strings().separator()};
  return AddReviewReasons(rules, definition);
}

}  // namespace

absl::Status AddRuleSet(const v1::RuleSet& rules, RuleSetDefinition& definition) {
  for (const v1::ObjectiveRule& rule : rules.objectives()) {
    definition.objectives.push_back(
        {rule.objective(), rule.mandatory(), rule.anchor(),
         Optional(rule.has_threshold_percent(), rule.threshold_percent()),
         Optional(rule.has_item_shortfall_at_most(), rule.item_shortfall_at_most())});
  }
  for (const v1::Threshold& threshold : rules.thresholds()) {
    definition.thresholds.push_back({threshold.profile(), ToInt32(threshold.percent())});
  }
  definition.options.zero_point_rule =
      rules.fail_on_zero_points() ? ZeroPointRule::kOn : ZeroPointRule::kOff;
  OptionReader reader(rules);
  ReadFindingOptions(rules, reader, definition.options);
  ReadFlagOptions(rules, reader, definition.options);
  ASSAY_RETURN_IF_ERROR(reader.status());
  if (rules.revision().model_version() == 1) {
    AddModelOne(rules, definition);
    return absl::OkStatus();
  }
  return AddModelTwo(rules, definition);
}

}  // namespace assay::scoring
