#include "tools/assayctl/output/verdict_notes.h"

#include <algorithm>
#include <array>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "tools/assayctl/output/scorecard.h"
#include "tools/assayctl/output/table.h"
#include "tools/assayctl/output/text.h"

namespace assay::assayctl {
namespace {

using scoring::v1::Counterfactual;
using scoring::v1::Counterfactuals;
using scoring::v1::Margin;
using scoring::v1::ReviewTrigger;
using scoring::v1::Upgrade;
using scoring::v1::Verdict;

// The most telling first.
int Weight(const ReviewTrigger& trigger) {
  switch (trigger.without()) {
    case scoring::v1::COUNTERFACTUAL_STATE_DIFFERENT:
      return 0;
    case scoring::v1::COUNTERFACTUAL_STATE_UNKNOWN:
      return 1;
    default:
      return 2;
  }
}

Cell WithoutIt(const ReviewTrigger& trigger) {
  switch (trigger.without()) {
    case scoring::v1::COUNTERFACTUAL_STATE_DIFFERENT:
      return Cell("another verdict: load-bearing", Paint::kRed);
    case scoring::v1::COUNTERFACTUAL_STATE_UNKNOWN:
      return Cell("unknown: nothing is recorded beneath it", Paint::kYellow);
    case scoring::v1::COUNTERFACTUAL_STATE_SAME:
      return "the same verdict";
    default:
      return "";
  }
}

std::string FirstIds(const google::protobuf::RepeatedPtrField<std::string>& ids) {
  const int shown = std::min(ids.size(), kMaxListedIds);
  std::string text = absl::StrJoin(ids.begin(), ids.begin() + shown, " ");
  if (ids.size() > shown) absl::StrAppend(&text, " and ", ids.size() - shown, " more");
  return text;
}

Cell VerdictWithout(const Counterfactual& counterfactual) {
  switch (counterfactual.state()) {
    case scoring::v1::COUNTERFACTUAL_STATE_DIFFERENT:
      return Cell(
          absl::StrCat(Words(counterfactual.outcome()), ": ", counterfactual.result_string()),
          PaintOf(counterfactual.outcome()));
    case scoring::v1::COUNTERFACTUAL_STATE_UNKNOWN:
      return Cell(absl::StrCat("unknown: nothing is recorded beneath ",
                               FirstIds(counterfactual.unknown_controls())),
                  Paint::kYellow);
    case scoring::v1::COUNTERFACTUAL_STATE_SAME:
      return "the same";
    default:
      return Cell("none recorded", Paint::kDim);
  }
}

std::string Steps(const Upgrade& upgrade) {
  std::string text = absl::StrCat(Printable(upgrade.control_id()), " +", upgrade.steps());
  if (upgrade.required_steps() >= upgrade.steps()) {
    text += " (must)";
  } else if (upgrade.required_steps() > 0) {
    absl::StrAppend(&text, " (must ", upgrade.required_steps(), ")");
  }
  return text;
}

std::string PassMargin(const Margin& margin) {
  std::string text =
      margin.downgrades_to_fail() < 0
          ? "no downgrade would fail it"
          : absl::StrCat(Count(margin.downgrades_to_fail(), "downgrade"), " would fail it");
  if (margin.points_spare() > 0) {
    absl::StrAppend(&text, ", ", Count(margin.points_spare(), "point"), " to spare");
  }
  return text;
}

}  // namespace

std::string RenderFlags(const Verdict& verdict, const Style& style) {
  if (verdict.review_triggers().empty()) return "";
  std::vector<const ReviewTrigger*> flags;
  for (const ReviewTrigger& trigger : verdict.review_triggers()) flags.push_back(&trigger);
  std::stable_sort(flags.begin(), flags.end(), [](const ReviewTrigger* a, const ReviewTrigger* b) {
    return Weight(*a) < Weight(*b);
  });
  Table table({{"FLAG"}, {"CONTROL"}, {"OBJECTIVE"}, {"WITHOUT IT ALONE"}});
  const size_t shown = std::min(flags.size(), static_cast<size_t>(kMaxShownFlags));
  for (size_t i = 0; i < shown; ++i) {
    const ReviewTrigger& flag = *flags[i];
    table.AddRow({Cell(Words(flag.kind()), Paint::kYellow),
                  flag.question_id().empty() ? flag.control_id() : flag.question_id(),
                  absl::StrCat(flag.objective(), flag.anchor() ? " (anchor)" : ""),
                  WithoutIt(flag)});
  }
  std::string out = table.Render(style);
  if (flags.size() > shown) {
    absl::StrAppend(&out, "and ", Count(static_cast<int64_t>(flags.size() - shown), "more flag"),
                    "\n");
  }
  return out;
}

std::string RenderWithAndWithout(const Verdict& verdict, const Style& style) {
  if (!verdict.has_counterfactuals()) return "";
  const Counterfactuals& all = verdict.counterfactuals();
  struct Row {
    const char* words;
    const Counterfactual& counterfactual;
  };
  const std::array rows = {Row{"overrides", all.without_overrides()},
                           Row{"not applicable", all.without_not_applicable()},
                           Row{"adjustments", all.without_adjustments()},
                           Row{"all three", all.without_all()},
                           Row{"all reviewed flags", all.without_flags()}};
  const bool nothing = std::all_of(rows.begin(), rows.end(), [](const Row& row) {
    return row.counterfactual.state() <= scoring::v1::COUNTERFACTUAL_STATE_NOTHING_TO_REMOVE;
  });
  if (nothing) return "";
  Table table({{"WITHOUT"}, {"VERDICT"}});
  for (const Row& row : rows) table.AddRow({row.words, VerdictWithout(row.counterfactual)});
  return table.Render(style);
}

std::string MarginWords(const Margin& margin) {
  if (margin.upgrades_to_pass() == 0) return PassMargin(margin);
  if (margin.upgrades_to_pass() < 0) return "no upgrades of marks lead to a pass";
  std::string text = absl::StrCat(Count(margin.upgrades_to_pass(), "upgrade"), " to pass");
  const int shown = std::min(margin.path_size(), kMaxShownUpgrades);
  for (int i = 0; i < shown; ++i) {
    absl::StrAppend(&text, i == 0 ? ": " : ", ", Steps(margin.path(i)));
  }
  if (margin.path_size() > shown) {
    absl::StrAppend(&text, " and ", Count(margin.path_size() - shown, "more control"));
  }
  return text;
}

}  // namespace assay::assayctl
