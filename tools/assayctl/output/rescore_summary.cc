#include "tools/assayctl/output/rescore_summary.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"

#include "tools/assayctl/output/difference.h"
#include "tools/assayctl/output/table.h"
#include "tools/assayctl/output/text.h"

namespace assay::assayctl {
namespace {

using scoring::v1::VerdictDifference;

// Most often first; the order of ids where the counts are the same.
template <typename Key>
std::vector<std::pair<Key, int64_t>> ByCount(const std::map<Key, int64_t>& counts) {
  std::vector<std::pair<Key, int64_t>> sorted(counts.begin(), counts.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  return sorted;
}

template <typename Counts>
std::string List(const Counts& counts, size_t limit) {
  std::string text;
  const auto sorted = ByCount(counts);
  for (size_t i = 0; i < std::min(sorted.size(), limit); ++i) {
    absl::StrAppend(&text, i == 0 ? "" : ", ", Printable(sorted[i].first), " (", sorted[i].second,
                    ")");
  }
  return text;
}

}  // namespace

void RescoreSummary::Add(const scoring::v1::Rescore& rescore) {
  const VerdictDifference& difference = rescore.difference();
  ++total_;
  for (const auto& control : difference.controls()) ++controls_[control.control_id()];
  for (const auto& objective : difference.objectives()) {
    if (objective.outcome_before() == objective.outcome_after()) continue;
    ++objectives_[{objective.objective(),
                   OutcomeChange(objective.outcome_before(), objective.outcome_after())}];
  }
  if (!difference.outcome_changed()) {
    const bool details = difference.controls_size() > 0 || difference.objectives_size() > 0;
    details_changed_ += details ? 1 : 0;
    return;
  }
  ++outcome_changed_;
  std::string change = OutcomeChange(rescore.before().outcome(), rescore.after().outcome());
  if (rescore.before().outcome() == rescore.after().outcome()) {
    // Another rating of the same kind.
    change = absl::StrCat(rescore.before().outcome_id(), " -> ", rescore.after().outcome_id());
  }
  ++outcomes_[change];
  if (difference.sufficient().empty()) ++causes_["several changes together"];
  for (const int cause : difference.sufficient()) {
    ++causes_[Words(static_cast<scoring::v1::DifferenceCause>(cause))];
  }
}

std::string RescoreSummary::Render(const Style& style) const {
  std::string out =
      absl::StrCat(style.Apply(Paint::kBold, Count(total_, "assessment")), ": ", outcome_changed_,
                   " with another outcome, ", details_changed_, " with other details, ",
                   total_ - outcome_changed_ - details_changed_, " the same\n");
  if (!outcomes_.empty()) {
    Table table({{"OUTCOME"}, {"COUNT", Align::kRight}});
    for (const auto& [change, count] : ByCount(outcomes_)) {
      table.AddRow({change, absl::StrCat(count)});
    }
    absl::StrAppend(&out, "\n", table.Render(style));
  }
  if (!objectives_.empty()) {
    Table table({{"OBJECTIVE"}, {"OUTCOME"}, {"COUNT", Align::kRight}});
    for (const auto& [key, count] : ByCount(objectives_)) {
      table.AddRow({key.first, key.second, absl::StrCat(count)});
    }
    absl::StrAppend(&out, "\n", table.Render(style));
  }
  if (!causes_.empty()) {
    absl::StrAppend(&out, "\nOutcomes change because of: ", List(causes_, causes_.size()), "\n");
  }
  if (!controls_.empty()) {
    absl::StrAppend(&out, "Controls that differ most often: ", List(controls_, kMaxSummaryControls),
                    "\n");
  }
  return out;
}

}  // namespace assay::assayctl
