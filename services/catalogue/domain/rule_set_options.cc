#include <span>
#include <string_view>

#include "services/catalogue/domain/parse_rules.h"
#include "services/catalogue/limits.h"

namespace assay::catalogue {
namespace {

// The words of every option, the default of model version 2 first; data/FORMAT.md says what each
// means. A default never changes: files that leave the option out rely on it.
constexpr Choice kOverride[] = {{"met", v1::OVERRIDE_POLICY_MET},
                                {"ignore", v1::OVERRIDE_POLICY_IGNORE}};
constexpr Choice kQuestionNotApplicable[] = {
    {"counts_as_met", v1::QUESTION_NOT_APPLICABLE_POLICY_COUNTS_AS_MET},
    {"excluded", v1::QUESTION_NOT_APPLICABLE_POLICY_EXCLUDED}};
constexpr Choice kAdjustmentClamp[] = {{"on", v1::ADJUSTMENT_CLAMP_POLICY_ON},
                                       {"refuse", v1::ADJUSTMENT_CLAMP_POLICY_REFUSE}};
constexpr Choice kAdjustmentReason[] = {{"required", v1::ADJUSTMENT_REASON_POLICY_REQUIRED},
                                        {"optional", v1::ADJUSTMENT_REASON_POLICY_OPTIONAL}};
constexpr Choice kAdjustBlank[] = {{"refuse", v1::ADJUST_BLANK_POLICY_REFUSE},
                                   {"allow", v1::ADJUST_BLANK_POLICY_ALLOW}};
constexpr Choice kOverrideWithNa[] = {{"refuse", v1::OVERRIDE_WITH_NOT_APPLICABLE_POLICY_REFUSE}};
constexpr Choice kAllNotApplicable[] = {{"neutral", v1::ALL_NOT_APPLICABLE_POLICY_NEUTRAL},
                                        {"pass", v1::ALL_NOT_APPLICABLE_POLICY_PASS},
                                        {"fail", v1::ALL_NOT_APPLICABLE_POLICY_FAIL}};
constexpr Choice kAnchorNotApplicable[] = {{"refuse", v1::ANCHOR_NOT_APPLICABLE_POLICY_REFUSE},
                                           {"allow", v1::ANCHOR_NOT_APPLICABLE_POLICY_ALLOW}};
constexpr Choice kAnchorOverride[] = {{"review", v1::ANCHOR_OVERRIDE_POLICY_REVIEW},
                                      {"refuse", v1::ANCHOR_OVERRIDE_POLICY_REFUSE}};
constexpr Choice kAnchorCertificate[] = {{"enforce", v1::ANCHOR_CERTIFICATE_POLICY_ENFORCE},
                                         {"record", v1::ANCHOR_CERTIFICATE_POLICY_RECORD}};
constexpr Choice kBlank[] = {{"not_met", v1::BLANK_POLICY_NOT_MET},
                             {"incomplete", v1::BLANK_POLICY_INCOMPLETE}};
constexpr Choice kPhase[] = {{"latest", v1::PHASE_POLICY_LATEST},
                             {"practical_only", v1::PHASE_POLICY_PRACTICAL_ONLY},
                             {"theoretical_only", v1::PHASE_POLICY_THEORETICAL_ONLY}};
constexpr Choice kHigherLevel[] = {{"yes", v1::HIGHER_LEVEL_POLICY_SATISFIES},
                                   {"no", v1::HIGHER_LEVEL_POLICY_DOES_NOT_SATISFY}};
constexpr Choice kAnniversary[] = {
    {"certificate", v1::ATTESTATION_ANNIVERSARY_POLICY_CERTIFICATE},
    {"contract_award", v1::ATTESTATION_ANNIVERSARY_POLICY_CONTRACT_AWARD}};
constexpr Choice kSeparation[] = {{"strict", v1::SEPARATION_OF_DUTIES_POLICY_STRICT},
                                  {"disclosed", v1::SEPARATION_OF_DUTIES_POLICY_DISCLOSED},
                                  {"off", v1::SEPARATION_OF_DUTIES_POLICY_OFF}};

// Reads options by key; where they may be left out, the first word of a table is the default.
class OptionReader {
 public:
  OptionReader(ObjectReader& reader, OptionKeys keys) : reader_(reader), keys_(keys) {}

  // The value of a word, as its enum.
  template <typename Enum>
  Enum Word(std::string_view key, std::span<const Choice> choices) {
    return static_cast<Enum>(Absent(key) ? choices.front().value : reader_.Word(key, choices));
  }

  // A whole number of `min` to `max`; `min` is the default.
  uint32_t Integer(std::string_view key, int64_t min, int64_t max) {
    return Absent(key) ? static_cast<uint32_t>(min) : reader_.Integer(key, min, max);
  }

 private:
  bool Absent(std::string_view key) { return keys_ == OptionKeys::kDefaulted && !reader_.Has(key); }

  ObjectReader& reader_;
  const OptionKeys keys_;
};

}  // namespace

void ReadOptions(ObjectReader reader, OptionKeys keys, v1::RuleSet& rules) {
  OptionReader option(reader, keys);
  rules.set_override_policy(option.Word<v1::OverridePolicy>("override_policy", kOverride));
  rules.set_question_not_applicable(option.Word<v1::QuestionNotApplicablePolicy>(
      "question_not_applicable", kQuestionNotApplicable));
  rules.set_adjustment_clamp(
      option.Word<v1::AdjustmentClampPolicy>("adjustment_clamp", kAdjustmentClamp));
  rules.set_adjustment_reason(
      option.Word<v1::AdjustmentReasonPolicy>("adjustment_reason", kAdjustmentReason));
  rules.set_adjust_blank(option.Word<v1::AdjustBlankPolicy>("adjust_blank", kAdjustBlank));
  rules.set_override_with_na(
      option.Word<v1::OverrideWithNotApplicablePolicy>("override_with_na", kOverrideWithNa));
  rules.set_all_not_applicable(
      option.Word<v1::AllNotApplicablePolicy>("all_not_applicable", kAllNotApplicable));
  rules.set_anchor_not_applicable(
      option.Word<v1::AnchorNotApplicablePolicy>("anchor_not_applicable", kAnchorNotApplicable));
  rules.set_anchor_override(
      option.Word<v1::AnchorOverridePolicy>("anchor_override", kAnchorOverride));
  rules.set_anchor_certificate(
      option.Word<v1::AnchorCertificatePolicy>("anchor_certificate", kAnchorCertificate));
  rules.set_blank(option.Word<v1::BlankPolicy>("blank", kBlank));
  rules.set_phase(option.Word<v1::PhasePolicy>("phase", kPhase));
  rules.set_higher_level_satisfies(
      option.Word<v1::HigherLevelPolicy>("higher_level_satisfies", kHigherLevel));
  rules.set_attestation_anniversary(
      option.Word<v1::AttestationAnniversaryPolicy>("attestation_anniversary", kAnniversary));
  rules.set_separation_of_duties(
      option.Word<v1::SeparationOfDutiesPolicy>("separation_of_duties", kSeparation));
  rules.set_sampling_per_thousand(
      option.Integer("sampling_per_thousand", 0, kMaxSamplingPerThousand));
  rules.set_reviews_required(option.Integer("reviews_required", 1, kMaxReviewsRequired));
  reader.Finish();
}

}  // namespace assay::catalogue
