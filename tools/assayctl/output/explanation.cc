#include "tools/assayctl/output/explanation.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "tools/assayctl/output/error.h"
#include "tools/assayctl/output/reason_words.h"
#include "tools/assayctl/output/scorecard.h"
#include "tools/assayctl/output/table.h"
#include "tools/assayctl/output/text.h"
#include "tools/assayctl/output/verdict_notes.h"

namespace assay::assayctl {
namespace {

using scoring::v1::ControlExplanation;
using scoring::v1::ObjectiveResult;
using scoring::v1::QuestionExplanation;
using scoring::v1::Verdict;

// Ids of controls and questions that stand in one cell.
constexpr int kMaxIdsInCell = 4;

bool NeedsExplanation(const ObjectiveResult& objective) {
  return objective.outcome() == scoring::v1::OUTCOME_FAILED ||
         objective.outcome() == scoring::v1::OUTCOME_INCOMPLETE;
}

bool IsBelowFull(const ControlExplanation& control) {
  return control.points() < control.maximum() || control.state() == scoring::v1::RESULT_STATE_OPEN;
}

bool HasReason(const ControlExplanation& control, std::string_view start) {
  return std::any_of(control.reasons().begin(), control.reasons().end(),
                     [start](const std::string& reason) { return reason.starts_with(start); });
}

// Something beside the finding had a hand in it.
bool IsSpecial(const ControlExplanation& control) {
  return control.state() == scoring::v1::RESULT_STATE_NOT_APPLICABLE ||
         HasReason(control, "OVERRID") || HasReason(control, "ADJUST") ||
         HasReason(control, "FLAG_OVERTURNED");
}

// 0 first: nothing of the points, then what is short of full points, then what flags lifted.
int Rank(const ControlExplanation& control) {
  if (!IsBelowFull(control)) return 3;
  if (control.points() <= 0) return 0;
  return HasReason(control, "ANCHOR_CERTIFICATE") ? 1 : 2;
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
  std::vector<std::string> lacking;
  for (const QuestionExplanation& question : control.questions()) {
    if (question.state() == scoring::v1::RESULT_STATE_NOT_MET ||
        question.state() == scoring::v1::RESULT_STATE_OPEN) {
      lacking.push_back(absl::StrCat(question.question_id(), " ", Words(question.state())));
    }
  }
  const size_t count = lacking.size();
  lacking.resize(std::min(count, static_cast<size_t>(kMaxIdsInCell)));
  std::string text = absl::StrJoin(lacking, ", ");
  if (count > lacking.size()) absl::StrAppend(&text, " and ", count - lacking.size(), " more");
  return text;
}

// As JoinReasonWords, with the mark found where it was recorded directly.
std::string ReasonsOf(const ControlExplanation& control) {
  std::vector<std::string> words;
  for (const std::string& reason : control.reasons()) {
    const bool mark = reason == "STATUS_RECORDED" && !control.mark().empty();
    words.push_back(mark ? absl::StrCat("assessed as ", control.mark()) : ReasonWords(reason));
  }
  return absl::StrJoin(words, ", ");
}

std::string WhyControl(const ControlExplanation& control) {
  // What tells most first: the end is what is cut.
  const std::string questions = LackingQuestions(control);
  std::string why = absl::StrCat(questions, questions.empty() ? "" : ": ", ReasonsOf(control));
  if (control.phase() != scoring::v1::PHASE_UNSPECIFIED) {
    absl::StrAppend(&why, " [", Words(control.phase()), "]");
  }
  return why;
}

std::string Points(const ControlExplanation& control) {
  return control.maximum() > 0 ? absl::StrCat(control.points(), "/", control.maximum()) : "-";
}

std::string ControlsTable(std::vector<const ControlExplanation*> controls, int limit,
                          const std::string& objective, const Style& style) {
  // The catalogue's order within.
  std::stable_sort(
      controls.begin(), controls.end(),
      [](const ControlExplanation* a, const ControlExplanation* b) { return Rank(*a) < Rank(*b); });
  Table table({{"CONTROL"}, {"STATE"}, {"POINTS", Align::kRight}, {"WHY"}});
  table.LimitWidth(kExplanationWidth);
  const size_t shown = std::min(controls.size(), static_cast<size_t>(limit));
  for (size_t i = 0; i < shown; ++i) {
    const ControlExplanation& control = *controls[i];
    table.AddRow({control.control_id(), Cell(Words(control.state()), PaintOfState(control.state())),
                  Points(control), WhyControl(control)});
  }
  std::string out = table.Render(style, "  ");
  if (controls.size() > shown) {
    absl::StrAppend(&out, "  and ", controls.size() - shown, " more of ", Printable(objective),
                    "; -o json has every control\n");
  }
  return out;
}

std::string ZeroPoints(const ObjectiveResult& objective) {
  const auto& ids = objective.zero_point_controls();
  const int shown = std::min(ids.size(), kMaxIdsInCell);
  std::string text =
      absl::StrCat("0 points: ", absl::StrJoin(ids.begin(), ids.begin() + shown, " "));
  if (ids.size() > shown) absl::StrAppend(&text, " and ", ids.size() - shown, " more");
  return text;
}

// What decided it, in numbers where there are some: "1 point short, 0 points: 2300".
std::string WhyObjective(const ObjectiveResult& objective) {
  std::vector<std::string> parts;
  const bool failed = NeedsExplanation(objective);
  for (const std::string& reason : objective.reasons()) {
    const bool fine = reason == "THRESHOLD_MET" || reason == "NO_ZERO_POINT_CONTROL";
    if (failed && fine) continue;
    if (reason == "BELOW_THRESHOLD" && objective.points_needed() > objective.points()) {
      parts.push_back(Count(objective.points_needed() - objective.points(), "point") + " short");
    } else if (reason == "ZERO_POINT_CONTROL" && !objective.zero_point_controls().empty()) {
      parts.push_back(ZeroPoints(objective));
    } else {
      parts.push_back(ReasonWords(reason));
    }
  }
  return absl::StrJoin(parts, ", ");
}

std::string ObjectivesTable(const Verdict& verdict, const Style& style) {
  Table table({{"OBJECTIVE"},
               {"OUTCOME"},
               {"POINTS", Align::kRight},
               {"PASS MARK", Align::kRight},
               {"WHY"}});
  table.LimitWidth(kExplanationWidth);
  for (const ObjectiveResult& objective : verdict.objectives()) {
    const bool scored = objective.maximum() > 0;
    table.AddRow(
        {absl::StrCat(objective.objective(), objective.anchor() ? " (anchor)" : ""),
         Cell(Words(objective.outcome()), PaintOf(objective.outcome())),
         scored ? absl::StrCat(objective.points(), "/", objective.maximum()) : "-",
         scored ? absl::StrCat(objective.points_needed(), " (", objective.threshold_percent(), "%)")
                : "-",
         WhyObjective(objective)});
  }
  return table.Render(style);
}

// The controls that had a hand in the objective's result.
std::vector<const ControlExplanation*> DecidingControls(const ObjectiveResult& objective) {
  std::vector<const ControlExplanation*> controls;
  for (const ControlExplanation& control : objective.controls()) {
    if (IsBelowFull(control) || IsSpecial(control)) controls.push_back(&control);
  }
  return controls;
}

std::string RenderObjective(const ObjectiveResult& objective, int limit, const Style& style) {
  std::string out =
      style.Apply(Paint::kBold, absl::StrCat("Objective ", Printable(objective.objective()), ": "));
  absl::StrAppend(&out, style.Apply(PaintOf(objective.outcome()), Words(objective.outcome())));
  if (objective.maximum() > 0) {
    absl::StrAppend(
        &out, ", ", objective.points(), " of ", objective.maximum(), " points, ",
        FormatPercent(objective.points(), objective.maximum(), objective.threshold_percent()));
  }
  out += "\n";
  std::vector<const ControlExplanation*> controls = DecidingControls(objective);
  if (!controls.empty()) {
    out += ControlsTable(std::move(controls), limit, objective.objective(), style);
  }
  if (objective.has_margin()) {
    out += Wrap(MarginWords(objective.margin()), kExplanationWidth - 2, "  ");
  }
  return out;
}

// Those to explain control by control: the named one, or those that did not pass.
std::vector<const ObjectiveResult*> ObjectivesToExplain(const Verdict& verdict,
                                                        const std::string& objective) {
  std::vector<const ObjectiveResult*> objectives;
  for (const ObjectiveResult& candidate : verdict.objectives()) {
    const bool wanted =
        objective.empty() ? NeedsExplanation(candidate) : candidate.objective() == objective;
    if (wanted) objectives.push_back(&candidate);
  }
  return objectives;
}

std::string RenderObjectives(const Verdict& verdict, const std::string& objective,
                             const Style& style) {
  const std::vector<const ObjectiveResult*> all = ObjectivesToExplain(verdict, objective);
  const size_t shown = std::min(all.size(), static_cast<size_t>(kMaxExplainedObjectives));
  const int lines = kExplainedLines / std::max(1, static_cast<int>(shown));
  const int limit = std::max(kMinExplainedControls, lines - kLinesBesideControls);
  std::string out;
  for (size_t i = 0; i < shown; ++i) {
    absl::StrAppend(&out, "\n", RenderObjective(*all[i], limit, style));
  }
  if (all.size() > shown) {
    absl::StrAppend(&out, "\n", all.size() - shown,
                    " more did not pass; --objective ID explains one\n");
  }
  return out;
}

std::string Section(const std::string& text) { return text.empty() ? "" : "\n" + text; }

}  // namespace

absl::Status CheckObjective(const Verdict& verdict, const std::string& objective) {
  std::vector<std::string> ids;
  for (const ObjectiveResult& candidate : verdict.objectives()) {
    if (candidate.objective() == objective) return absl::OkStatus();
    ids.push_back(candidate.objective());
  }
  return UsageError("OBJECTIVE_UNKNOWN", absl::StrCat("--objective \"", objective, "\" is none of ",
                                                      absl::StrJoin(ids, ", ")));
}

std::string RenderExplanation(const Verdict& verdict, const std::string& objective,
                              const Style& style) {
  std::string out = RenderVerdictLine(verdict, style);
  absl::StrAppend(&out, style.Apply(Paint::kBold, "Why: "), JoinReasonWords(verdict.reasons()),
                  "\n\n", ObjectivesTable(verdict, style),
                  RenderObjectives(verdict, objective, style), Section(RenderFlags(verdict, style)),
                  Section(RenderWithAndWithout(verdict, style)));
  if (verdict.has_margin()) {
    absl::StrAppend(
        &out, "\n",
        Wrap(absl::StrCat("Overall: ", MarginWords(verdict.margin())), kExplanationWidth, ""));
  }
  if (!verdict.result_digest().empty()) {
    absl::StrAppend(&out, "\n", style.Apply(Paint::kDim, "result digest "),
                    Printable(verdict.result_digest()), "\n");
  }
  return out;
}

std::string RenderVerdict(const Verdict& verdict, bool explain, const Style& style) {
  return explain ? RenderExplanation(verdict, "", style) : RenderScorecard(verdict, style);
}

}  // namespace assay::assayctl
