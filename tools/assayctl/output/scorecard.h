// A verdict for people.

#ifndef ASSAY_TOOLS_ASSAYCTL_OUTPUT_SCORECARD_H_
#define ASSAY_TOOLS_ASSAYCTL_OUTPUT_SCORECARD_H_

#include <string>

#include "assay/scoring/v1/scoring.pb.h"

#include "tools/assayctl/output/style.h"

namespace assay::assayctl {

// At most this many ids of a list stand in one cell; the rest is counted.
inline constexpr int kMaxListedIds = 8;

// Verdict line, table of objectives, flags, pins and digest. Ends in '\n'.
std::string RenderScorecard(const scoring::v1::Verdict& verdict, const Style& style);

// "Failed on objective(s): B" and a second line with outcome, profile, mode, date, points or score,
// and number of flags.
std::string RenderVerdictLine(const scoring::v1::Verdict& verdict, const Style& style);

// The flags alone; "" when there is none.
std::string RenderTriggers(const scoring::v1::Verdict& verdict, const Style& style);

Paint PaintOf(scoring::v1::Outcome outcome);

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_OUTPUT_SCORECARD_H_
