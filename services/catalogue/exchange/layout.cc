#include "services/catalogue/exchange/layout.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

namespace assay::catalogue {
namespace {

using nlohmann::json;

// Every key of data/FORMAT.md and of the OSCAL we write, so ordered that each object reads as it is
// described there.
constexpr std::string_view kReadingOrder[] = {
    "model_version", "id", "title", "frame", "reason", "control", "profile", "objective",
    "question", "owner", "default_catalogue", "default_rule_set", "notes", "sources", "catalogue",
    "use",
    // OSCAL.
    "uuid", "metadata", "last-modified", "version", "oscal-version", "name", "ns", "value",
    // Rule sets.
    "points", "scales", "default_scale", "derivation", "items", "thresholds", "objectives",
    "fail_on_zero_points", "fail_on_not_met", "requirements", "score_base", "outcomes",
    "review_reasons", "validity", "options", "result_strings",
    // Members of a rule set's objects.
    "met", "partially_met", "not_met", "scale", "counts", "marks", "mark", "percent", "mandatory",
    "anchor", "threshold_percent", "when", "objectives_pass", "percent_at_least", "points_at_least",
    "shortfall_at_most", "item_shortfall_at_most", "item_shortfall_exceptions", "at_most",
    "full_marks", "full_objectives", "requirements_met", "certificate_months", "attestation_months",
    "override_policy", "question_not_applicable", "adjustment_clamp", "adjustment_reason",
    "adjust_blank", "override_with_na", "all_not_applicable", "anchor_not_applicable",
    "anchor_override", "anchor_certificate", "blank", "phase", "higher_level_satisfies",
    "attestation_anniversary", "separation_of_duties", "sampling_per_thousand", "reviews_required",
    "pass", "fail", "incomplete", "separator",
    // Catalogues and question sets.
    "kind", "text", "theme", "scored", "indicator", "profiles", "controls", "questions",
    "certificate_kind", "certificate_kinds", "catalogue_title", "answers", "asked_when"};

// What a writer of YAML must quote when it looks like a number.
constexpr std::string_view kTextKeys[] = {"adjust_blank",
                                          "adjustment_clamp",
                                          "adjustment_reason",
                                          "all_not_applicable",
                                          "anchor_certificate",
                                          "anchor_not_applicable",
                                          "anchor_override",
                                          "answers",
                                          "attestation_anniversary",
                                          "blank",
                                          "catalogue",
                                          "catalogue_title",
                                          "certificate_kind",
                                          "certificate_kinds",
                                          "control",
                                          "default_catalogue",
                                          "default_rule_set",
                                          "default_scale",
                                          "derivation",
                                          "fail",
                                          "full_marks",
                                          "full_objectives",
                                          "higher_level_satisfies",
                                          "id",
                                          "incomplete",
                                          "indicator",
                                          "kind",
                                          "mark",
                                          "notes",
                                          "objective",
                                          "override_policy",
                                          "override_with_na",
                                          "owner",
                                          "pass",
                                          "phase",
                                          "profile",
                                          "profiles",
                                          "question",
                                          "question_not_applicable",
                                          "reason",
                                          "scale",
                                          "separation_of_duties",
                                          "separator",
                                          "sources",
                                          "text",
                                          "theme",
                                          "title",
                                          "use"};

size_t Rank(std::string_view key) {
  static const std::map<std::string_view, size_t> kRanks = [] {
    std::map<std::string_view, size_t> ranks;
    for (const std::string_view known : kReadingOrder) ranks.emplace(known, ranks.size());
    return ranks;
  }();
  const auto found = kRanks.find(key);
  return found == kRanks.end() ? kRanks.size() : found->second;
}

void WriteLine(const json& value, std::string& out) {
  if (value.is_object()) {
    out += '{';
    bool first = true;
    for (const std::string& key : KeysInReadingOrder(value)) {
      if (!first) out += ", ";
      first = false;
      out += json(key).dump() + ": ";
      WriteLine(value[key], out);
    }
    out += '}';
  } else if (value.is_array()) {
    out += '[';
    for (size_t i = 0; i < value.size(); ++i) {
      if (i > 0) out += ", ";
      WriteLine(value[i], out);
    }
    out += ']';
  } else {
    out += value.dump();
  }
}

// Objects outside lists and lists spread over lines; entries of lists stand on one line where they
// fit. Documents are at most kMaxJsonDepth deep, so recursion is bounded.
void WriteValue(const json& value, size_t indent, std::string& out) {
  const std::string margin(indent + 2, ' ');
  if (value.empty() || !value.is_structured()) {
    WriteLine(value, out);
  } else if (value.is_object()) {
    out += '{';
    bool first = true;
    for (const std::string& key : KeysInReadingOrder(value)) {
      out += (first ? "\n" : ",\n") + margin + json(key).dump() + ": ";
      first = false;
      WriteValue(value[key], indent + 2, out);
    }
    out += '\n' + std::string(indent, ' ') + '}';
  } else {
    out += '[';
    for (size_t i = 0; i < value.size(); ++i) {
      out += (i == 0 ? "\n" : ",\n") + margin;
      if (FitsOnOneLine(value[i])) {
        WriteLine(value[i], out);
      } else {
        WriteValue(value[i], indent + 2, out);
      }
    }
    out += '\n' + std::string(indent, ' ') + ']';
  }
}

}  // namespace

std::vector<std::string> KeysInReadingOrder(const json& object) {
  // Pairs sort by rank, then by bytes.
  std::vector<std::pair<size_t, std::string>> ranked;
  for (const auto& [key, value] : object.items()) ranked.emplace_back(Rank(key), key);
  std::sort(ranked.begin(), ranked.end());
  std::vector<std::string> keys;
  for (auto& [rank, key] : ranked) keys.push_back(std::move(key));
  return keys;
}

bool HoldsText(std::string_view key) {
  return std::binary_search(std::begin(kTextKeys), std::end(kTextKeys), key);
}

bool FitsOnOneLine(const json& entry) {
  if (!entry.is_object()) return true;
  return std::none_of(entry.begin(), entry.end(), [](const json& member) {
    return member.is_array() && std::any_of(member.begin(), member.end(), [](const json& element) {
             return element.is_structured();
           });
  });
}

std::string WriteJson(const json& document) {
  std::string text;
  WriteValue(document, 0, text);
  text += '\n';
  return text;
}

}  // namespace assay::catalogue
