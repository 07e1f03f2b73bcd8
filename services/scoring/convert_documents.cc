#include "services/scoring/convert_documents.h"

#include <initializer_list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "absl/status/status.h"

#include "common/ids/resource_name.h"
#include "common/status/macros.h"
#include "services/scoring/errors.h"

namespace assay::scoring {
namespace {

namespace v1 = ::assay::catalogue::v1;

// The document model this build reads.
constexpr uint32_t kModelVersion = 1;

template <typename Strings>
std::vector<std::string> ToVector(const Strings& strings) {
  return {strings.begin(), strings.end()};
}

template <typename Document>
absl::Status CheckModelVersion(const Document& document) {
  if (document.revision().model_version() != kModelVersion) {
    return DocumentNotSupported(
        document.name(), "model version " + std::to_string(document.revision().model_version()));
  }
  return absl::OkStatus();
}

template <typename Document>
absl::Status CheckSameCatalogue(const v1::Catalogue& catalogue, const Document& document) {
  ASSAY_ASSIGN_OR_RETURN(const RevisionedName name, SplitRevision("catalogue", catalogue.name()));
  if (document.catalogue() != name.name) {
    return BelongsToOtherCatalogue(document.name(), document.catalogue(), name.name);
  }
  return CheckModelVersion(document);
}

absl::StatusOr<QuestionKind> ToKind(std::string_view document, v1::QuestionKind kind) {
  switch (kind) {
    case v1::QUESTION_KIND_YES_NO:
      return QuestionKind::kYesNo;
    case v1::QUESTION_KIND_MULTIPLE_CHOICE:
      return QuestionKind::kMultipleChoice;
    case v1::QUESTION_KIND_FREQUENCY:
      return QuestionKind::kFrequency;
    case v1::QUESTION_KIND_NUMBER:
      return QuestionKind::kNumber;
    case v1::QUESTION_KIND_GATE:
      return QuestionKind::kGate;
    default:
      return DocumentNotSupported(document, "question kind " + std::to_string(kind));
  }
}

void AddCatalogue(const v1::Catalogue& catalogue, SchemeDefinition& definition) {
  for (const v1::Profile& profile : catalogue.profiles()) {
    definition.profiles.push_back(profile.id());
  }
  for (const v1::Objective& objective : catalogue.objectives()) {
    definition.objectives.push_back({objective.id(), objective.title()});
  }
  for (const v1::Control& control : catalogue.controls()) {
    definition.controls.push_back({.id = control.id(),
                                   .objective = control.objective(),
                                   .title = control.title(),
                                   .profiles = ToVector(control.profiles()),
                                   .certificate_kind = control.certificate_kind()});
  }
}

// An exchange of two ids cannot be seen by ids alone.
absl::Status CheckTitles(const v1::Catalogue& catalogue, const v1::QuestionSet& set) {
  std::unordered_map<std::string_view, std::string_view> titles;
  for (const v1::Control& control : catalogue.controls()) {
    titles.emplace(control.id(), control.title());
  }
  for (const v1::QuestionSetControl& control : set.controls()) {
    const auto found = titles.find(control.id());
    if (found != titles.end() && found->second != control.title()) {
      return ControlTitleDiffers(set.name(), control.id(), control.title(), found->second);
    }
  }
  return absl::OkStatus();
}

absl::Status AddQuestions(const v1::QuestionSet& set, SchemeDefinition& definition) {
  for (const v1::Question& question : set.questions()) {
    QuestionDefinition& added = definition.questions.emplace_back();
    added.id = question.id();
    added.control = question.control();
    added.profiles = ToVector(question.profiles());
    ASSAY_ASSIGN_OR_RETURN(added.kind, ToKind(set.name(), question.kind()));
    added.scored = question.scored();
    added.answers = ToVector(question.answers());
    if (question.has_asked_when()) {
      added.asked_when =
          AskedWhen{question.asked_when().question(), ToVector(question.asked_when().answers())};
    }
  }
  return absl::OkStatus();
}

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

// Options of the review that no part of this release acts on: only the value that asks for nothing
// more than is done may be scored by, so that a rule set never promises what does not happen.
absl::Status CheckReviewOptions(const v1::RuleSet& rules) {
  if (rules.separation_of_duties() != v1::SEPARATION_OF_DUTIES_POLICY_STRICT) {
    return DocumentNotSupported(
        rules.name(), "separation_of_duties " + std::to_string(rules.separation_of_duties()));
  }
  if (rules.sampling_per_thousand() != 0) {
    return DocumentNotSupported(
        rules.name(), "sampling_per_thousand " + std::to_string(rules.sampling_per_thousand()));
  }
  if (rules.reviews_required() != 1) {
    return DocumentNotSupported(rules.name(),
                                "reviews_required " + std::to_string(rules.reviews_required()));
  }
  return absl::OkStatus();
}

// The percentages and points of a document fit int32 by the engine's own checks; a number beyond
// is passed on as one it refuses.
int32_t ToInt32(uint32_t value) { return value > INT32_MAX ? -1 : static_cast<int32_t>(value); }

absl::Status AddRules(const v1::RuleSet& rules, RuleSetDefinition& definition) {
  definition.points = {ToInt32(rules.points().met()), ToInt32(rules.points().partially_met()),
                       ToInt32(rules.points().not_met())};
  for (const v1::ObjectiveRule& rule : rules.objectives()) {
    definition.objectives.push_back({rule.objective(), rule.mandatory(), rule.anchor()});
  }
  for (const v1::Threshold& threshold : rules.thresholds()) {
    definition.thresholds.push_back({threshold.profile(), ToInt32(threshold.percent())});
  }
  definition.texts = {rules.result_strings().pass(), rules.result_strings().fail(),
                      rules.result_strings().incomplete(), rules.result_strings().separator()};
  definition.options.zero_point_rule =
      rules.fail_on_zero_points() ? ZeroPointRule::kOn : ZeroPointRule::kOff;
  OptionReader reader(rules);
  ReadFindingOptions(rules, reader, definition.options);
  ReadFlagOptions(rules, reader, definition.options);
  ASSAY_RETURN_IF_ERROR(reader.status());
  return CheckReviewOptions(rules);
}

}  // namespace

absl::StatusOr<SchemeDefinition> ToDefinition(const v1::Catalogue& catalogue,
                                              const v1::QuestionSet* question_set,
                                              const v1::RuleSet& rule_set) {
  ASSAY_RETURN_IF_ERROR(CheckModelVersion(catalogue));
  ASSAY_RETURN_IF_ERROR(CheckSameCatalogue(catalogue, rule_set));
  SchemeDefinition definition;
  AddCatalogue(catalogue, definition);
  ASSAY_RETURN_IF_ERROR(AddRules(rule_set, definition.rules));
  if (question_set != nullptr) {
    ASSAY_RETURN_IF_ERROR(CheckSameCatalogue(catalogue, *question_set));
    ASSAY_RETURN_IF_ERROR(CheckTitles(catalogue, *question_set));
    ASSAY_RETURN_IF_ERROR(AddQuestions(*question_set, definition));
  }
  return definition;
}

}  // namespace assay::scoring
