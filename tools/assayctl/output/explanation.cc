#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

#include "tools/assayctl/output/reason_words.h"
#include "tools/assayctl/output/scorecard.h"
#include "tools/assayctl/output/table.h"
#include "tools/assayctl/output/text.h"

namespace assay::assayctl {
namespace {

using scoring::v1::ControlExplanation;
using scoring::v1::ObjectiveResult;
using scoring::v1::QuestionExplanation;
using scoring::v1::Verdict;

bool NeedsExplanation(const ObjectiveResult& objective) {
  return objective.outcome() == scoring::v1::OUTCOME_FAILED ||
         objective.outcome() == scoring::v1::OUTCOME_INCOMPLETE;
}

bool IsFlagged(const Verdict& verdict, const std::string& control) {
  return std::any_of(verdict.review_triggers().begin(), verdict.review_triggers().end(),
                     [&control](const auto& trigger) { return trigger.control_id() == control; });
}

bool IsBelowFull(const ControlExplanation& control) {
  return control.points() < control.maximum() || control.state() == scoring::v1::RESULT_STATE_OPEN;
}

Paint PaintOfState(scoring::v1::ResultState state) {
  switch (state) {
    case scoring::v1::RESULT_STATE_MET:
      return Paint::kGreen;
    case scoring::v1::RESULT_STATE_NOT_MET:
      return Paint::kRed;
    case scoring::v1::RESULT_STATE_PARTIALLY_MET:
    case scoring::v1::RESULT_STATE_OPEN:
      return Paint::kYellow;
    default:
      return Paint::kDim;
  }
}

// "2300.1 not met, 2300.4 open": the questions that keep a control below its full points.
std::string LackingQuestions(const ControlExplanation& control) {
  std::string text;
  for (const QuestionExplanation& question : control.questions()) {
    if (question.state() == scoring::v1::RESULT_STATE_NOT_MET ||
        question.state() == scoring::v1::RESULT_STATE_OPEN) {
      absl::StrAppend(&text, text.empty() ? "" : ", ", question.question_id(), " ",
                      Words(question.state()));
    }
  }
  return text;
}

std::string ControlsTable(std::vector<const ControlExplanation*> controls, const Style& style) {
  // Worst first: nothing at all, then one point; the catalogue's order within.
  std::stable_sort(controls.begin(), controls.end(),
                   [](const ControlExplanation* a, const ControlExplanation* b) {
                     return a->points() < b->points();
                   });
  Table table({{"CONTROL"}, {"STATE"}, {"POINTS", Align::kRight}, {"PHASE"}, {"WHY"}});
  const size_t shown = std::min<size_t>(controls.size(), kMaxExplainedControls);
  for (size_t i = 0; i < shown; ++i) {
    const ControlExplanation& control = *controls[i];
    std::string why = JoinReasonWords(control.reasons());
    if (const std::string questions = LackingQuestions(control); !questions.empty()) {
      absl::StrAppend(&why, " (", questions, ")");
    }
    const bool scored = control.maximum() > 0;
    table.AddRow({control.control_id(), Cell(Words(control.state()), PaintOfState(control.state())),
                  scored ? absl::StrCat(control.points(), "/", control.maximum()) : "-",
                  Words(control.phase()), why});
  }
  std::string out = table.Render(style, "  ");
  if (controls.size() > shown) {
    absl::StrAppend(&out, "  and ", controls.size() - shown, " more below full points; -o json ",
                    "lists every control\n");
  }
  return out;
}

std::string Headline(const ObjectiveResult& objective, const Style& style) {
  std::string out =
      style.Apply(Paint::kBold, absl::StrCat("Objective ", Printable(objective.objective()),
                                             objective.anchor() ? " (anchor)" : "", ": "));
  absl::StrAppend(&out, style.Apply(PaintOf(objective.outcome()), Words(objective.outcome())), ", ",
                  JoinReasonWords(objective.reasons()), "\n");
  const int missing = objective.points_needed() - objective.points();
  if (missing > 0) {
    absl::StrAppend(&out, "  ", objective.points(), " of ", objective.maximum(), " points, ",
                    Count(missing, "point"), " short of the ", objective.points_needed(),
                    " needed for ", objective.threshold_percent(), "%\n");
  }
  if (!objective.zero_point_controls().empty() && !objective.no_zero_point_control()) {
    absl::StrAppend(&out, "  ", Count(objective.zero_point_controls_size(), "control"),
                    " with 0 points\n");
  }
  return out;
}

}  // namespace

std::string RenderExplanation(const Verdict& verdict, const Style& style) {
  std::string out =
      absl::StrCat(style.Apply(Paint::kBold, "Why: "), JoinReasonWords(verdict.reasons()), "\n");
  std::vector<const ControlExplanation*> flagged_elsewhere;
  for (const ObjectiveResult& objective : verdict.objectives()) {
    const bool explain = NeedsExplanation(objective);
    std::vector<const ControlExplanation*> controls;
    for (const ControlExplanation& control : objective.controls()) {
      if (explain && IsBelowFull(control)) {
        controls.push_back(&control);
      } else if (IsFlagged(verdict, control.control_id())) {
        flagged_elsewhere.push_back(&control);
      }
    }
    if (explain) {
      absl::StrAppend(&out, "\n", Headline(objective, style));
      if (!controls.empty()) {
        out += ControlsTable(std::move(controls), style);
      }
    }
  }
  if (!flagged_elsewhere.empty()) {
    absl::StrAppend(&out, "\n", style.Apply(Paint::kBold, "Flagged controls"), "\n",
                    ControlsTable(std::move(flagged_elsewhere), style));
  }
  return out;
}

}  // namespace assay::assayctl
