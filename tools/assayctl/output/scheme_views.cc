#include "tools/assayctl/output/scheme_views.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

#include "tools/assayctl/output/table.h"
#include "tools/assayctl/output/text.h"

namespace assay::assayctl {
namespace {

using catalogue::v1::Catalogue;
using catalogue::v1::Control;
using catalogue::v1::Revision;
using catalogue::v1::RuleSet;
using catalogue::v1::Scheme;
using google::protobuf::FieldDescriptor;

constexpr size_t kDigestDigits = 16;

void AddDocument(Table& table, const char* kind, const std::string& name, const std::string& title,
                 const Revision& revision) {
  table.AddRow({kind, LastSegment(name), title, absl::StrCat(revision.number()),
                revision.digest().substr(0, kDigestDigits), FormatTime(revision.create_time())});
}

template <typename Lines>
std::string BulletList(std::string_view title, const Lines& lines, const Style& style) {
  if (lines.empty()) {
    return "";
  }
  std::string out = absl::StrCat("\n", style.Apply(Paint::kBold, title), "\n");
  for (const std::string& line : lines) {
    absl::StrAppend(&out, "  - ", Printable(line), "\n");
  }
  return out;
}

// Every option is an enum field of the rule set, so a new one shows up here by itself.
std::string OptionsTable(const RuleSet& rule_set, const Style& style) {
  Table table({{"OPTION"}, {"VALUE"}});
  const google::protobuf::Descriptor* descriptor = RuleSet::descriptor();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const FieldDescriptor* field = descriptor->field(i);
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
      const int value = rule_set.GetReflection()->GetEnumValue(rule_set, field);
      table.AddRow(
          {absl::StrReplaceAll(field->name(), {{"_", " "}}), EnumWords(field->enum_type(), value)});
    }
  }
  table.AddRow({"fail on zero points", rule_set.fail_on_zero_points() ? "yes" : "no"});
  table.AddRow({"sampling", absl::StrCat(rule_set.sampling_per_thousand(), " of 1000")});
  table.AddRow({"reviews required", absl::StrCat(rule_set.reviews_required())});
  return table.Render(style);
}

// "CYBER_ESSENTIALS or CYBER_BASELINE" where one of several is enough.
std::string CertificateKinds(const Control& control) {
  return control.certificate_kinds().empty() ? control.certificate_kind()
                                             : absl::StrJoin(control.certificate_kinds(), " or ");
}

// Points of the three statuses, or the marks of each scale where the rule set has scales.
void AddMarks(const RuleSet& rule_set, Fields& fields) {
  if (rule_set.scales().empty()) {
    fields.Add("points", absl::StrCat("met ", rule_set.points().met(), ", partially met ",
                                      rule_set.points().partially_met(), ", not met ",
                                      rule_set.points().not_met()));
  }
  for (const auto& scale : rule_set.scales()) {
    std::string marks;
    for (const auto& mark : scale.marks()) {
      absl::StrAppend(&marks, marks.empty() ? "" : ", ", mark.id(), " ", mark.points());
    }
    const bool is_default = scale.id() == rule_set.default_scale();
    fields.Add(absl::StrCat("scale ", scale.id()),
               absl::StrCat(marks, is_default ? " (unless an item says otherwise)" : ""));
  }
}

std::string ObjectiveRuleText(const catalogue::v1::ObjectiveRule& rule) {
  std::string text = rule.mandatory() ? "mandatory" : "not mandatory";
  if (rule.anchor()) text += ", anchor";
  if (rule.has_threshold_percent()) {
    absl::StrAppend(&text, ", pass mark ", rule.threshold_percent(), "%");
  }
  if (rule.has_item_shortfall_at_most()) {
    absl::StrAppend(&text, ", no control more than ", rule.item_shortfall_at_most(),
                    " short of its maximum");
  }
  return text;
}

// Best first, as the rules try them; "" when the rule set has none of its own.
std::string OutcomesTable(const RuleSet& rule_set, const Style& style) {
  if (rule_set.outcomes().empty()) return "";
  Table table({{"OUTCOME"}, {"KIND"}, {"WORDING"}});
  for (const auto& outcome : rule_set.outcomes()) {
    table.AddRow({outcome.id(), Words(outcome.kind()), outcome.text()});
  }
  return "\n" + table.Render(style);
}

}  // namespace

std::string RenderSchemes(const catalogue::v1::ListSchemesResponse& list, const Style& style) {
  Table table({{"SCHEME"}, {"TITLE"}, {"OWNER"}, {"CATALOGUE"}, {"RULE SET"}});
  for (const Scheme& scheme : list.schemes()) {
    table.AddRow({LastSegment(scheme.name()), scheme.title(), scheme.owner(),
                  LastSegment(scheme.default_catalogue()), LastSegment(scheme.default_rule_set())});
  }
  return table.Render(style);
}

std::string RenderScheme(const Scheme& scheme,
                         const catalogue::v1::ListCataloguesResponse& catalogues,
                         const catalogue::v1::ListQuestionSetsResponse& question_sets,
                         const catalogue::v1::ListRuleSetsResponse& rule_sets, const Style& style) {
  Fields fields;
  fields.Add("scheme", scheme.name());
  fields.Add("title", scheme.title());
  fields.Add("owner", scheme.owner());
  fields.Add("default catalogue", scheme.default_catalogue());
  fields.Add("default rule set", scheme.default_rule_set());
  Table table(
      {{"DOCUMENT"}, {"NAME"}, {"TITLE"}, {"REVISION", Align::kRight}, {"DIGEST"}, {"LOADED"}});
  for (const Catalogue& document : catalogues.catalogues()) {
    AddDocument(table, "catalogue", document.name(), document.title(), document.revision());
  }
  for (const auto& document : question_sets.question_sets()) {
    AddDocument(table, "question set", document.name(), document.title(), document.revision());
  }
  for (const RuleSet& document : rule_sets.rule_sets()) {
    AddDocument(table, "rule set", document.name(), document.title(), document.revision());
  }
  return absl::StrCat(fields.Render(style), "\n", table.Render(style),
                      BulletList("Notes", scheme.notes(), style));
}

void Filter(const ControlFilter& filter, Catalogue& catalogue) {
  auto* controls = catalogue.mutable_controls();
  const auto unwanted = [&filter](const Control& control) {
    const bool in_profile =
        filter.profile.empty() || std::find(control.profiles().begin(), control.profiles().end(),
                                            filter.profile) != control.profiles().end();
    const bool in_objective = filter.objective.empty() || control.objective() == filter.objective;
    return !in_profile || !in_objective;
  };
  controls->erase(std::remove_if(controls->begin(), controls->end(), unwanted), controls->end());
}

std::string RenderControls(const Catalogue& catalogue, const Style& style) {
  Table table({{"CONTROL"}, {"OBJECTIVE"}, {"PROFILES"}, {"TITLE"}, {"CERTIFICATE"}});
  for (const Control& control : catalogue.controls()) {
    table.AddRow({control.id(), control.objective(), absl::StrJoin(control.profiles(), " "),
                  control.title(), CertificateKinds(control)});
  }
  return absl::StrCat(table.Render(style), "\n", Count(catalogue.controls_size(), "control"),
                      " of ", Printable(catalogue.name()), "\n");
}

std::string RenderRuleSet(const RuleSet& rule_set, const Style& style) {
  Fields fields;
  fields.Add("rule set", rule_set.name());
  fields.Add("title", rule_set.title());
  fields.Add("digest", rule_set.revision().digest());
  fields.Add("for", rule_set.catalogue());
  AddMarks(rule_set, fields);
  for (const auto& threshold : rule_set.thresholds()) {
    fields.Add(absl::StrCat("pass mark ", threshold.profile()),
               absl::StrCat(threshold.percent(), "%"));
  }
  for (const auto& objective : rule_set.objectives()) {
    fields.Add(absl::StrCat("objective ", objective.objective()), ObjectiveRuleText(objective));
  }
  if (rule_set.has_score_base()) {
    fields.Add("score", absl::StrCat(rule_set.score_base(), " less every point short"));
  }
  return absl::StrCat(fields.Render(style), OutcomesTable(rule_set, style), "\n",
                      OptionsTable(rule_set, style),
                      BulletList("Sources", rule_set.sources(), style));
}

}  // namespace assay::assayctl
