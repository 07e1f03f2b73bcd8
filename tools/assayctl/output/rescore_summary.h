// How many of a run of re-scored assessments change, and why.

#ifndef ASSAY_TOOLS_ASSAYCTL_OUTPUT_RESCORE_SUMMARY_H_
#define ASSAY_TOOLS_ASSAYCTL_OUTPUT_RESCORE_SUMMARY_H_

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "assay/scoring/v1/scoring_service.pb.h"

#include "tools/assayctl/output/style.h"

namespace assay::assayctl {

// Controls that differ most often are named up to this many.
inline constexpr size_t kMaxSummaryControls = 8;

// Counts; memory is bounded by the number of ids of the catalogues. Not thread-safe.
class RescoreSummary {
 public:
  void Add(const scoring::v1::Rescore& rescore);

  // Totals, changes of the outcome with their counts, objectives that flip, causes, and the
  // controls that differ most often. Ends in '\n'.
  std::string Render(const Style& style) const;

 private:
  using Counts = std::map<std::string, int64_t>;

  int64_t total_ = 0;
  int64_t outcome_changed_ = 0;
  int64_t details_changed_ = 0;  // The outcome stays.
  Counts outcomes_;              // "failed -> passed".
  Counts causes_;                // "rule set"; of changed outcomes.
  Counts controls_;
  std::map<std::pair<std::string, std::string>, int64_t> objectives_;  // Objective and change.
};

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_OUTPUT_RESCORE_SUMMARY_H_
