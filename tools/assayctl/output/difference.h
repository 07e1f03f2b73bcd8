// Two verdicts side by side, for people. Every text ends in '\n'.

#ifndef ASSAY_TOOLS_ASSAYCTL_OUTPUT_DIFFERENCE_H_
#define ASSAY_TOOLS_ASSAYCTL_OUTPUT_DIFFERENCE_H_

#include <string>
#include <string_view>

#include "assay/scoring/v1/scoring.pb.h"
#include "assay/scoring/v1/scoring_service.pb.h"

#include "tools/assayctl/output/style.h"

namespace assay::assayctl {

// At most this many controls that differ are shown; the rest is counted. JSON has them all.
inline constexpr int kMaxShownDifferences = 30;

// What the two verdicts are called: "before" and "after", "as it is" and "what if".
struct Sides {
  std::string_view before;
  std::string_view after;
};

// Both results, whether and why the outcome changes, then the objectives and controls that differ.
std::string RenderDifference(const Sides& sides, const scoring::v1::Verdict& before,
                             const scoring::v1::Verdict& after,
                             const scoring::v1::VerdictDifference& difference, const Style& style);

// "failed -> passed", or "failed" when both are the same; "none" for no outcome.
std::string OutcomeChange(scoring::v1::Outcome before, scoring::v1::Outcome after);

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_OUTPUT_DIFFERENCE_H_
