#include "tools/assayctl/output/difference.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

#include "common/text/view.h"
#include "tools/assayctl/output/scorecard.h"
#include "tools/assayctl/output/table.h"
#include "tools/assayctl/output/text.h"
#include "tools/assayctl/output/verdict_notes.h"

namespace assay::assayctl {
namespace {

using scoring::v1::ControlDifference;
using scoring::v1::ObjectiveDifference;
using scoring::v1::Verdict;
using scoring::v1::VerdictDifference;

template <typename Causes>
std::string JoinCauses(const Causes& causes) {
  std::string text;
  for (const int cause : causes) {
    absl::StrAppend(&text, text.empty() ? "" : ", ",
                    Words(static_cast<scoring::v1::DifferenceCause>(cause)));
  }
  return text;
}

// Whether and why the outcome changes, in a sentence.
std::string Summary(const VerdictDifference& difference) {
  const std::string changed = JoinCauses(difference.changed());
  if (!difference.outcome_changed()) {
    const bool details = difference.controls_size() > 0 || difference.objectives_size() > 0;
    return absl::StrCat("The outcome stays", details ? "; details differ" : "",
                        changed.empty() ? "; both are made from the same"
                                        : absl::StrCat(" (changed: ", changed, ")"),
                        ".");
  }
  if (difference.sufficient().empty()) {
    return absl::StrCat("The outcome changes, by several changes together: ", changed, ".");
  }
  return absl::StrCat("The outcome changes. Enough alone: ", JoinCauses(difference.sufficient()),
                      "; changed: ", changed, ".");
}

std::string Ratio(int points, int maximum) {
  return maximum > 0 ? absl::StrCat(points, "/", maximum) : "-";
}

std::string Arrow(const std::string& before, const std::string& after) {
  return before == after ? before : absl::StrCat(before, " -> ", after);
}

std::string ObjectivesTable(const VerdictDifference& difference, const Style& style) {
  Table table({{"OBJECTIVE"}, {"OUTCOME"}, {"POINTS"}});
  for (const ObjectiveDifference& o : difference.objectives()) {
    table.AddRow(
        {o.objective(),
         Cell(OutcomeChange(o.outcome_before(), o.outcome_after()), PaintOf(o.outcome_after())),
         Arrow(Ratio(o.points_before(), o.maximum_before()),
               Ratio(o.points_after(), o.maximum_after()))});
  }
  return table.empty() ? "" : "\n" + table.Render(style);
}

std::string State(scoring::v1::ResultState state) {
  return state == scoring::v1::RESULT_STATE_UNSPECIFIED ? "not in scope" : Words(state);
}

std::string ControlsTable(const VerdictDifference& difference, const Style& style) {
  Table table({{"CONTROL"}, {"STATE"}, {"POINTS"}, {"RECORDED"}});
  const int shown = std::min(difference.controls_size(), kMaxShownDifferences);
  for (int i = 0; i < shown; ++i) {
    const ControlDifference& control = difference.controls(i);
    table.AddRow(
        {control.control_id(), Arrow(State(control.state_before()), State(control.state_after())),
         Arrow(absl::StrCat(control.points_before()), absl::StrCat(control.points_after())),
         control.inputs_changed() ? "otherwise" : "the same"});
  }
  if (table.empty()) return "";
  std::string out = "\n" + table.Render(style);
  if (difference.controls_size() > shown) {
    absl::StrAppend(&out, "and ", Count(difference.controls_size() - shown, "more control"),
                    "; -o json has every control\n");
  }
  return out;
}

}  // namespace

std::string OutcomeChange(scoring::v1::Outcome before, scoring::v1::Outcome after) {
  const auto words = [](scoring::v1::Outcome outcome) {
    return outcome == scoring::v1::OUTCOME_UNSPECIFIED ? "none" : Words(outcome);
  };
  return Arrow(words(before), words(after));
}

std::string RenderDifference(const Sides& sides, const Verdict& before, const Verdict& after,
                             const VerdictDifference& difference, const Style& style) {
  Fields fields;
  for (const auto& [name, verdict] : {std::pair(sides.before, &before), {sides.after, &after}}) {
    fields.Add(name, absl::StrCat(verdict->result_string(), "  (", Words(verdict->outcome()), ")"),
               PaintOf(verdict->outcome()));
  }
  std::string out =
      absl::StrCat(fields.Render(style), "\n", Summary(difference), "\n",
                   ObjectivesTable(difference, style), ControlsTable(difference, style));
  if (after.has_margin()) {
    absl::StrAppend(&out, "\n", ToAbsl(sides.after), ": ", MarginWords(after.margin()), "\n");
  }
  return out;
}

}  // namespace assay::assayctl
