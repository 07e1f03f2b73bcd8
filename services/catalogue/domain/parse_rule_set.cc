#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_split.h"

#include "common/text/view.h"
#include "services/catalogue/domain/document.h"
#include "services/catalogue/domain/parse.h"
#include "services/catalogue/domain/parse_rules.h"
#include "services/catalogue/domain/text_form.h"
#include "services/catalogue/limits.h"

namespace assay::catalogue {
namespace {

using nlohmann::json;

constexpr Choice kUse[] = {{"certification", v1::RULE_SET_USE_CERTIFICATION},
                           {"comparison", v1::RULE_SET_USE_COMPARISON}};

constexpr std::string_view kPlaceholder = "{objectives}";

void ReadPoints(ObjectReader reader, v1::StatusPoints& points) {
  points.set_met(reader.Integer("met", 1, kMaxControlPoints));
  points.set_partially_met(reader.Integer("partially_met", 0, points.met()));
  points.set_not_met(reader.Integer("not_met", 0, points.partially_met()));
  reader.Finish();
}

// A wording with the placeholder once and no other brace, so that nothing is ever printed that
// somebody meant to be replaced.
std::string FailText(ObjectReader& reader) {
  std::string text = reader.Text("fail", kMaxResultStringBytes);
  const std::vector<std::string> pieces = absl::StrSplit(text, ToAbsl(kPlaceholder));
  bool stray_brace = false;
  for (const std::string& piece : pieces) {
    stray_brace = stray_brace || piece.find_first_of("{}") != std::string::npos;
  }
  if (pieces.size() != 2 || stray_brace) {
    reader.errors().Fail(reader.PathOf("fail"), Quoted(text),
                         "a text with {objectives} once and no other brace is required");
  }
  return text;
}

void ReadResultStrings(ObjectReader reader, v1::ResultStrings& strings) {
  strings.set_pass(ReadPlainText(reader, "pass"));
  strings.set_fail(FailText(reader));
  strings.set_incomplete(ReadPlainText(reader, "incomplete"));
  strings.set_separator(ReadPlainText(reader, "separator"));
  reader.Finish();
}

// What a rule set of model version 1 says about points and outcomes.
void ReadModel1(ObjectReader& reader, v1::RuleSet& rules) {
  ReadPoints(reader.Object("points"), *rules.mutable_points());
  ReadThresholds(reader, rules);
  ParseErrors& errors = reader.errors();
  reader.Each("objectives", 1, kMaxObjectives, [&](const json& element, std::string_view path) {
    ObjectReader entry(errors, element, path);
    ReadObjectiveRule(entry, *rules.add_objectives());
    entry.Finish();
  });
  rules.set_fail_on_zero_points(reader.Boolean("fail_on_zero_points"));
  ReadOptions(reader.Object("options"), OptionKeys::kRequired, rules);
  ReadResultStrings(reader.Object("result_strings"), *rules.mutable_result_strings());
}

}  // namespace

std::string ReadPlainText(ObjectReader& reader, std::string_view key) {
  std::string text = reader.Text(key, kMaxResultStringBytes);
  if (text.find_first_of("{}") != std::string::npos) {
    reader.errors().Fail(reader.PathOf(key), Quoted(text), "a text without braces is required");
  }
  return text;
}

void ReadThresholds(ObjectReader& reader, v1::RuleSet& rules) {
  ParseErrors& errors = reader.errors();
  reader.Each("thresholds", 1, kMaxProfiles, [&](const json& element, std::string_view path) {
    ObjectReader entry(errors, element, path);
    v1::Threshold& threshold = *rules.add_thresholds();
    threshold.set_profile(entry.Id("profile"));
    threshold.set_percent(entry.Integer("percent", 0, kMaxPercent));
    entry.Finish();
  });
}

void ReadObjectiveRule(ObjectReader& entry, v1::ObjectiveRule& rule) {
  rule.set_objective(entry.Id("objective"));
  rule.set_mandatory(entry.Boolean("mandatory"));
  rule.set_anchor(entry.Boolean("anchor"));
}

v1::RuleSet ReadRuleSet(const DocumentHead& head, ObjectReader& reader) {
  v1::RuleSet rules;
  SetHead(head, reader, rules);
  rules.set_catalogue(ResourceName({.scheme = head.scheme,
                                    .kind = DocumentKind::kCatalogue,
                                    .id = reader.DocumentId("catalogue")}));
  rules.set_use(static_cast<v1::RuleSetUse>(reader.Word("use", kUse)));
  if (head.is_model_2()) {
    ReadModel2(reader, rules);
  } else {
    ReadModel1(reader, rules);
  }
  return rules;
}

}  // namespace assay::catalogue
