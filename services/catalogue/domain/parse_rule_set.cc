#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "common/text/view.h"
#include "services/catalogue/domain/document.h"
#include "services/catalogue/domain/parse.h"
#include "services/catalogue/limits.h"

namespace assay::catalogue {
namespace {

using nlohmann::json;

constexpr Choice kUse[] = {{"certification", v1::RULE_SET_USE_CERTIFICATION},
                           {"comparison", v1::RULE_SET_USE_COMPARISON}};

// The words of every option; data/FORMAT.md says what each means.
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

constexpr std::string_view kPlaceholder = "{objectives}";

void ReadPoints(ObjectReader reader, v1::StatusPoints& points) {
  points.set_met(reader.Integer("met", 1, kMaxControlPoints));
  points.set_partially_met(reader.Integer("partially_met", 0, points.met()));
  points.set_not_met(reader.Integer("not_met", 0, points.partially_met()));
  reader.Finish();
}

// The value of a word, as its enum.
template <typename Enum>
Enum Option(ObjectReader& reader, std::string_view key, std::span<const Choice> choices) {
  return static_cast<Enum>(reader.Word(key, choices));
}

void ReadOptions(ObjectReader reader, v1::RuleSet& rules) {
  rules.set_override_policy(Option<v1::OverridePolicy>(reader, "override_policy", kOverride));
  rules.set_question_not_applicable(Option<v1::QuestionNotApplicablePolicy>(
      reader, "question_not_applicable", kQuestionNotApplicable));
  rules.set_adjustment_clamp(
      Option<v1::AdjustmentClampPolicy>(reader, "adjustment_clamp", kAdjustmentClamp));
  rules.set_adjustment_reason(
      Option<v1::AdjustmentReasonPolicy>(reader, "adjustment_reason", kAdjustmentReason));
  rules.set_adjust_blank(Option<v1::AdjustBlankPolicy>(reader, "adjust_blank", kAdjustBlank));
  rules.set_override_with_na(
      Option<v1::OverrideWithNotApplicablePolicy>(reader, "override_with_na", kOverrideWithNa));
  rules.set_all_not_applicable(
      Option<v1::AllNotApplicablePolicy>(reader, "all_not_applicable", kAllNotApplicable));
  rules.set_anchor_not_applicable(
      Option<v1::AnchorNotApplicablePolicy>(reader, "anchor_not_applicable", kAnchorNotApplicable));
  rules.set_anchor_override(
      Option<v1::AnchorOverridePolicy>(reader, "anchor_override", kAnchorOverride));
  rules.set_anchor_certificate(
      Option<v1::AnchorCertificatePolicy>(reader, "anchor_certificate", kAnchorCertificate));
  rules.set_blank(Option<v1::BlankPolicy>(reader, "blank", kBlank));
  rules.set_phase(Option<v1::PhasePolicy>(reader, "phase", kPhase));
  rules.set_higher_level_satisfies(
      Option<v1::HigherLevelPolicy>(reader, "higher_level_satisfies", kHigherLevel));
  rules.set_attestation_anniversary(
      Option<v1::AttestationAnniversaryPolicy>(reader, "attestation_anniversary", kAnniversary));
  rules.set_separation_of_duties(
      Option<v1::SeparationOfDutiesPolicy>(reader, "separation_of_duties", kSeparation));
  rules.set_sampling_per_thousand(
      reader.Integer("sampling_per_thousand", 0, kMaxSamplingPerThousand));
  rules.set_reviews_required(reader.Integer("reviews_required", 1, kMaxReviewsRequired));
  reader.Finish();
}

// A wording with `placeholders` placeholders and no other brace, so that nothing is ever printed
// that somebody meant to be replaced.
std::string Wording(ObjectReader& reader, std::string_view key, size_t placeholders) {
  std::string text = reader.Text(key, kMaxResultStringBytes);
  const std::vector<std::string> pieces = absl::StrSplit(text, ToAbsl(kPlaceholder));
  bool stray_brace = false;
  for (const std::string& piece : pieces) {
    stray_brace = stray_brace || piece.find_first_of("{}") != std::string::npos;
  }
  if (pieces.size() != placeholders + 1 || stray_brace) {
    reader.errors().Fail(reader.PathOf(key), absl::StrCat("\"", text, "\""),
                         placeholders == 0
                             ? "a text without braces is required"
                             : "a text with {objectives} once and no other brace is required");
  }
  return text;
}

void ReadResultStrings(ObjectReader reader, v1::ResultStrings& strings) {
  strings.set_pass(Wording(reader, "pass", 0));
  strings.set_fail(Wording(reader, "fail", 1));
  strings.set_incomplete(Wording(reader, "incomplete", 0));
  strings.set_separator(Wording(reader, "separator", 0));
  reader.Finish();
}

}  // namespace

v1::RuleSet ReadRuleSet(const DocumentHead& head, ObjectReader& reader) {
  v1::RuleSet rules;
  SetHead(head, reader, rules);
  rules.set_catalogue(ResourceName({.scheme = head.scheme,
                                    .kind = DocumentKind::kCatalogue,
                                    .id = reader.DocumentId("catalogue")}));
  rules.set_use(Option<v1::RuleSetUse>(reader, "use", kUse));
  ReadPoints(reader.Object("points"), *rules.mutable_points());
  ParseErrors& errors = reader.errors();
  reader.Each("thresholds", 1, kMaxProfiles, [&](const json& element, std::string_view path) {
    ObjectReader entry(errors, element, path);
    v1::Threshold& threshold = *rules.add_thresholds();
    threshold.set_profile(entry.Id("profile"));
    threshold.set_percent(entry.Integer("percent", 0, kMaxPercent));
    entry.Finish();
  });
  reader.Each("objectives", 1, kMaxObjectives, [&](const json& element, std::string_view path) {
    ObjectReader entry(errors, element, path);
    v1::ObjectiveRule& rule = *rules.add_objectives();
    rule.set_objective(entry.Id("objective"));
    rule.set_mandatory(entry.Boolean("mandatory"));
    rule.set_anchor(entry.Boolean("anchor"));
    entry.Finish();
  });
  rules.set_fail_on_zero_points(reader.Boolean("fail_on_zero_points"));
  ReadOptions(reader.Object("options"), rules);
  ReadResultStrings(reader.Object("result_strings"), *rules.mutable_result_strings());
  return rules;
}

}  // namespace assay::catalogue
