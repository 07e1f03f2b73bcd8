// A verdict for people.

#ifndef ASSAY_TOOLS_ASSAYCTL_OUTPUT_SCORECARD_H_
#define ASSAY_TOOLS_ASSAYCTL_OUTPUT_SCORECARD_H_

#include <string>

#include "assay/scoring/v1/scoring.pb.h"

#include "tools/assayctl/output/style.h"

namespace assay::assayctl {

// At most this many ids of a list stand in one cell; the rest is counted.
inline constexpr int kMaxListedIds = 8;

// At most this many controls of one objective stand in an explanation, worst first, so that it
// stays one screen. JSON output has them all.
inline constexpr int kMaxExplainedControls = 25;

// Verdict line, table of objectives, flags, pins and digest. Ends in '\n'.
std::string RenderScorecard(const scoring::v1::Verdict& verdict, const Style& style);

// Why: for each objective that failed or is open what it lacks and the controls below full points
// (with their open or failing questions), then every flagged control elsewhere. Needs a verdict in
// full view. Ends in '\n'.
std::string RenderExplanation(const scoring::v1::Verdict& verdict, const Style& style);

// The flags alone; "" when there is none.
std::string RenderTriggers(const scoring::v1::Verdict& verdict, const Style& style);

Paint PaintOf(scoring::v1::Outcome outcome);

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_OUTPUT_SCORECARD_H_
