// Rule sets of model version 2, as data/RULE_MODEL.md describes them.

#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_replace.h"

#include "services/catalogue/domain/parse_rules.h"
#include "services/catalogue/domain/text_form.h"
#include "services/catalogue/limits.h"

namespace assay::catalogue {
namespace {

using nlohmann::json;

constexpr Choice kDerivations[] = {{"all_meet", v1::DERIVATION_ALL_MEET},
                                   {"indicators", v1::DERIVATION_INDICATORS}};
constexpr Choice kOutcomeKinds[] = {{"passed", v1::OUTCOME_KIND_PASSED},
                                    {"conditional", v1::OUTCOME_KIND_CONDITIONAL},
                                    {"failed", v1::OUTCOME_KIND_FAILED},
                                    {"rated", v1::OUTCOME_KIND_RATED}};
constexpr Choice kReviewReasons[] = {{"RATIFICATION", 0}};

// A wording whose only braces are those of placeholders, so that nothing is ever printed that
// somebody meant to be replaced.
std::string OutcomeText(ObjectReader& reader) {
  std::string text = reader.Text("text", kMaxResultStringBytes);
  const std::string rest = absl::StrReplaceAll(
      text, {{"{objectives}", ""}, {"{score}", ""}, {"{points}", ""}, {"{maximum}", ""}});
  if (rest.find_first_of("{}") != std::string::npos) {
    reader.errors().Fail(reader.PathOf("text"), Quoted(text),
                         "a text whose only braces are those of {objectives}, {score}, {points} "
                         "and {maximum} is required");
  }
  return text;
}

void ReadScale(ObjectReader reader, v1::Scale& scale) {
  scale.set_id(reader.Id("id"));
  ParseErrors& errors = reader.errors();
  reader.Each("marks", kMinMarks, kMaxMarks, [&](const json& element, std::string_view path) {
    ObjectReader entry(errors, element, path);
    v1::Mark& mark = *scale.add_marks();
    mark.set_id(entry.Id("id"));
    mark.set_points(entry.Integer("points", 0, kMaxControlPoints));
    entry.Finish();
  });
  reader.Finish();
}

void ReadItem(ObjectReader reader, v1::ItemRule& item) {
  item.set_control(reader.Id("control"));
  const bool has_scale = reader.Has("scale");
  const bool has_counts = reader.Has("counts");
  if (has_scale) item.set_scale(reader.Id("scale"));
  if (has_counts) item.set_not_counted(!reader.Boolean("counts"));
  reader.Finish();
  if (!has_scale && !has_counts) {
    reader.errors().Fail(reader.path(), "an entry with 'control' alone, which says nothing",
                         "'scale', 'counts' or both are required");
  }
}

void ReadObjective(ObjectReader reader, v1::ObjectiveRule& rule) {
  ReadObjectiveRule(reader, rule);
  if (reader.Has("threshold_percent")) {
    rule.set_threshold_percent(reader.Integer("threshold_percent", 0, kMaxPercent));
  }
  if (reader.Has("item_shortfall_at_most")) {
    rule.set_item_shortfall_at_most(reader.Integer("item_shortfall_at_most", 0, kMaxControlPoints));
  }
  reader.Finish();
}

void ReadExceptions(ObjectReader& reader, v1::OutcomeConditions& when) {
  if (!reader.Has("item_shortfall_exceptions")) return;
  ParseErrors& errors = reader.errors();
  reader.Each("item_shortfall_exceptions", 1, kMaxControls,
              [&](const json& element, std::string_view path) {
                ObjectReader entry(errors, element, path);
                v1::ItemShortfall& exception = *when.add_item_shortfall_exceptions();
                exception.set_control(entry.Id("control"));
                exception.set_at_most(entry.Integer("at_most", 0, kMaxControlPoints));
                entry.Finish();
              });
}

// A condition that always holds (0 percent, 0 points) is refused: it would only look like one.
void ReadConditions(ObjectReader reader, v1::OutcomeConditions& when) {
  when.set_objectives_pass(reader.Flag("objectives_pass"));
  if (reader.Has("percent_at_least")) {
    when.set_percent_at_least(reader.Integer("percent_at_least", 1, kMaxPercent));
  }
  if (reader.Has("points_at_least")) {
    when.set_points_at_least(reader.Integer("points_at_least", 1, kMaxTotalPoints));
  }
  if (reader.Has("shortfall_at_most")) {
    when.set_shortfall_at_most(reader.Integer("shortfall_at_most", 0, kMaxTotalPoints));
  }
  if (reader.Has("item_shortfall_at_most")) {
    when.set_item_shortfall_at_most(reader.Integer("item_shortfall_at_most", 0, kMaxControlPoints));
  }
  ReadExceptions(reader, when);
  if (reader.Has("full_marks")) {
    for (std::string& id : reader.Ids("full_marks", 1, kMaxControls)) {
      when.add_full_marks(std::move(id));
    }
  }
  if (reader.Has("full_objectives")) {
    for (std::string& id : reader.Ids("full_objectives", 1, kMaxObjectives)) {
      when.add_full_objectives(std::move(id));
    }
  }
  when.set_requirements_met(reader.Flag("requirements_met"));
  reader.Finish();
}

void ReadOutcome(ObjectReader reader, v1::OutcomeRule& outcome) {
  outcome.set_id(reader.Id("id"));
  outcome.set_kind(static_cast<v1::OutcomeKind>(reader.Word("kind", kOutcomeKinds)));
  outcome.set_text(OutcomeText(reader));
  if (reader.Has("when")) ReadConditions(reader.Object("when"), *outcome.mutable_when());
  reader.Finish();
}

void ReadRequirement(ObjectReader reader, v1::Requirement& requirement) {
  requirement.set_profile(reader.Id("profile"));
  requirement.set_control(reader.Id("control"));
  requirement.set_mark(reader.Id("mark"));
  reader.Finish();
}

void ReadReviewReason(ObjectReader reader, v1::ReviewReason& reason) {
  const int word = reader.Word("reason", kReviewReasons);
  reason.set_reason(std::string(kReviewReasons[word].word));
  for (std::string& profile : reader.Ids("profiles", 1, kMaxProfiles)) {
    reason.add_profiles(std::move(profile));
  }
  reader.Finish();
}

void ReadValidity(ObjectReader reader, v1::Validity& validity) {
  validity.set_certificate_months(reader.Integer("certificate_months", 1, kMaxMonths));
  validity.set_attestation_months(
      reader.Integer("attestation_months", 0, validity.certificate_months()));
  reader.Finish();
}

// Reads a list of objects, each with `read`, into new entries that `add` makes.
template <typename Add, typename Read>
void ReadList(ObjectReader& reader, std::string_view key, size_t max, Add add, Read read) {
  ParseErrors& errors = reader.errors();
  reader.Each(key, 1, max, [&](const json& element, std::string_view path) {
    read(ObjectReader(errors, element, path), *add());
  });
}

}  // namespace

void ReadModel2(ObjectReader& reader, v1::RuleSet& rules) {
  ReadList(
      reader, "scales", kMaxScales, [&] { return rules.add_scales(); }, ReadScale);
  rules.set_default_scale(reader.Id("default_scale"));
  if (reader.Has("items")) {
    ReadList(
        reader, "items", kMaxControls, [&] { return rules.add_items(); }, ReadItem);
  }
  rules.set_derivation(v1::DERIVATION_ALL_MEET);
  if (reader.Has("derivation")) {
    rules.set_derivation(static_cast<v1::Derivation>(reader.Word("derivation", kDerivations)));
  }
  ReadThresholds(reader, rules);
  ReadList(
      reader, "objectives", kMaxObjectives, [&] { return rules.add_objectives(); }, ReadObjective);
  rules.set_fail_on_zero_points(reader.Boolean("fail_on_not_met"));
  ReadList(
      reader, "outcomes", kMaxOutcomes, [&] { return rules.add_outcomes(); }, ReadOutcome);
  if (reader.Has("requirements")) {
    ReadList(
        reader, "requirements", kMaxRequirements, [&] { return rules.add_requirements(); },
        ReadRequirement);
  }
  if (reader.Has("score_base")) {
    rules.set_score_base(
        static_cast<int32_t>(reader.SignedInteger("score_base", -kMaxScoreBase, kMaxScoreBase)));
  }
  if (reader.Has("review_reasons")) {
    ReadList(
        reader, "review_reasons", kMaxReviewReasons, [&] { return rules.add_review_reasons(); },
        ReadReviewReason);
  }
  if (reader.Has("validity")) ReadValidity(reader.Object("validity"), *rules.mutable_validity());
  static const json kNoOptions = json::object();
  ReadOptions(reader.Has("options") ? reader.Object("options")
                                    : ObjectReader(reader.errors(), kNoOptions, "options"),
              OptionKeys::kDefaulted, rules);
  ObjectReader strings = reader.Object("result_strings");
  rules.mutable_result_strings()->set_incomplete(ReadPlainText(strings, "incomplete"));
  rules.mutable_result_strings()->set_separator(ReadPlainText(strings, "separator"));
  strings.Finish();
}

}  // namespace assay::catalogue
