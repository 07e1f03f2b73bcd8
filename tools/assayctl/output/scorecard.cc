#include "tools/assayctl/output/scorecard.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/repeated_ptr_field.h"

#include "common/text/view.h"
#include "tools/assayctl/output/table.h"
#include "tools/assayctl/output/text.h"

namespace assay::assayctl {
namespace {

using scoring::v1::ObjectiveResult;
using scoring::v1::Pins;
using scoring::v1::ReviewTrigger;
using scoring::v1::Verdict;

std::string ListIds(const google::protobuf::RepeatedPtrField<std::string>& ids) {
  std::string text;
  for (int i = 0; i < ids.size() && i < kMaxListedIds; ++i) {
    absl::StrAppend(&text, i == 0 ? "" : " ", ids[i]);
  }
  if (ids.size() > kMaxListedIds) {
    absl::StrAppend(&text, " and ", ids.size() - kMaxListedIds, " more");
  }
  return text;
}

// Neutral objectives have no points to show.
bool IsScored(const ObjectiveResult& objective) { return objective.maximum() > 0; }

// The last one only where it says something: few schemes limit single items.
std::vector<Column> ObjectiveColumns(const Verdict& verdict) {
  const Align right = Align::kRight;
  std::vector<Column> columns = {{"OBJECTIVE"},      {"OUTCOME"},          {"POINTS", right},
                                 {"PERCENT", right}, {"PASS MARK", right}, {"MET", right},
                                 {"PARTIAL", right}, {"NOT MET", right},   {"N/A", right},
                                 {"OPEN", right},    {"ZERO POINTS"}};
  if (std::any_of(verdict.objectives().begin(), verdict.objectives().end(),
                  [](const ObjectiveResult& o) { return o.item_beyond_limit(); })) {
    columns.push_back({"WORST ITEM"});
  }
  return columns;
}

Table ObjectivesTable(const Verdict& verdict) {
  Table table(ObjectiveColumns(verdict));
  for (const ObjectiveResult& o : verdict.objectives()) {
    const bool scored = IsScored(o);
    const Paint paint = PaintOf(o.outcome());
    table.AddRow({absl::StrCat(o.objective(), o.anchor() ? " (anchor)" : ""),
                  Cell(Words(o.outcome()), paint),
                  scored ? absl::StrCat(o.points(), "/", o.maximum()) : "-",
                  scored ? FormatPercent(o.points(), o.maximum(), o.threshold_percent()) : "-",
                  scored ? absl::StrCat(o.threshold_percent(), "% (", o.points_needed(), ")") : "-",
                  absl::StrCat(o.met()), absl::StrCat(o.partially_met()), absl::StrCat(o.not_met()),
                  absl::StrCat(o.not_applicable()), absl::StrCat(o.open()),
                  Cell(ListIds(o.zero_point_controls()), Paint::kRed),
                  Cell(o.item_beyond_limit() ? "beyond the limit" : "", Paint::kRed)});
  }
  return table;
}

// "conditional (cmmc-l2-conditional), " where the wording alone does not say what kind of result it
// is; "" for a plain pass, failure or open verdict.
std::string OutcomePhrase(const Verdict& verdict) {
  const std::string words = Words(verdict.outcome());
  const std::string id = Printable(verdict.outcome_id());
  const bool plain = verdict.outcome() != scoring::v1::OUTCOME_CONDITIONAL &&
                     verdict.outcome() != scoring::v1::OUTCOME_RATED;
  if (plain && (id.empty() || id == words)) return "";
  return absl::StrCat(words, id.empty() || id == words ? "" : absl::StrCat(" (", id, ")"), ", ");
}

std::string Pin(const std::string& name, const std::string& digest) {
  constexpr size_t kShownDigits = 16;
  return name.empty() ? "" : absl::StrCat(name, "  sha256:", digest.substr(0, kShownDigits));
}

std::string RenderPins(const Verdict& verdict, const Style& style) {
  const Pins& pins = verdict.pins();
  Fields fields;
  fields.Add("catalogue", Pin(pins.catalogue(), pins.catalogue_digest()));
  fields.Add("rule set", Pin(pins.rule_set(), pins.rule_set_digest()));
  fields.Add("question set", Pin(pins.question_set(), pins.question_set_digest()));
  fields.Add("result digest", verdict.result_digest());
  fields.Add("engine", verdict.engine_version());
  return fields.Render(style);
}

}  // namespace

Paint PaintOf(scoring::v1::Outcome outcome) {
  switch (outcome) {
    case scoring::v1::OUTCOME_PASSED:
      return Paint::kGreen;
    case scoring::v1::OUTCOME_FAILED:
      return Paint::kRed;
    case scoring::v1::OUTCOME_INCOMPLETE:
    case scoring::v1::OUTCOME_CONDITIONAL:
      return Paint::kYellow;
    case scoring::v1::OUTCOME_RATED:
      return Paint::kBold;
    default:
      return Paint::kDim;
  }
}

std::string RenderVerdictLine(const Verdict& verdict, const Style& style) {
  const Paint paint = PaintOf(verdict.outcome());
  std::string out =
      style.Apply(Paint::kBold, style.Apply(paint, Printable(verdict.result_string())));
  if (verdict.failed_on_anchor()) {
    out += style.Apply(Paint::kRed, "  [the anchor failed]");
  }
  if (verdict.hypothetical()) {
    out += style.Apply(Paint::kYellow, "  [hypothetical]");
  }
  absl::StrAppend(&out, "\n", OutcomePhrase(verdict), Printable(verdict.profile()), ", ",
                  Words(verdict.mode()), ", as of ", Printable(verdict.as_of()));
  if (verdict.maximum() > 0) {
    absl::StrAppend(&out, ", ", verdict.points(), "/", verdict.maximum(), " points");
  }
  if (verdict.score() != verdict.points()) {
    absl::StrAppend(&out, ", score ", verdict.score());
  }
  const int flags = verdict.review_triggers_size();
  absl::StrAppend(&out, ", ", flags == 0 ? "no flags" : Count(flags, "flag"), "\n");
  return out;
}

std::string RenderTriggers(const Verdict& verdict, const Style& style) {
  if (verdict.review_triggers().empty()) {
    return "";
  }
  Table table({{"FLAG"}, {"CONTROL"}, {"QUESTION"}, {"OBJECTIVE"}});
  for (const ReviewTrigger& trigger : verdict.review_triggers()) {
    table.AddRow({Cell(Words(trigger.kind()), Paint::kYellow), trigger.control_id(),
                  trigger.question_id(),
                  absl::StrCat(trigger.objective(), trigger.anchor() ? " (anchor)" : "")});
  }
  return table.Render(style);
}

std::string RenderScorecard(const Verdict& verdict, const Style& style) {
  std::string out = RenderVerdictLine(verdict, style);
  absl::StrAppend(&out, "\n", ObjectivesTable(verdict).Render(style), "\n");
  if (const std::string triggers = RenderTriggers(verdict, style); !triggers.empty()) {
    absl::StrAppend(&out, triggers, "\n");
  }
  out += RenderPins(verdict, style);
  return out;
}

}  // namespace assay::assayctl
