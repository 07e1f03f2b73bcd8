// Why a verdict is what it is, on one screen.

#ifndef ASSAY_TOOLS_ASSAYCTL_OUTPUT_EXPLANATION_H_
#define ASSAY_TOOLS_ASSAYCTL_OUTPUT_EXPLANATION_H_

#include <string>

#include "absl/status/status.h"

#include "assay/scoring/v1/scoring.pb.h"

#include "tools/assayctl/output/style.h"

namespace assay::assayctl {

// No line is wider; what does not fit is cut with "…". JSON output has everything.
inline constexpr size_t kExplanationWidth = 100;

// Lines for the objectives that are explained control by control, each of which takes six beside
// its controls: with the flags, the table of objectives and the rest it stays near 50 lines.
inline constexpr int kExplainedLines = 22;
inline constexpr int kLinesBesideControls = 6;

// An objective that is explained shows at least this many of them, however many there are.
inline constexpr int kMinExplainedControls = 2;

// At most this many objectives are explained control by control; the table has a line for each.
inline constexpr int kMaxExplainedObjectives = 4;

// OBJECTIVE_UNKNOWN, a usage error that names those it has, unless the verdict has `objective`.
absl::Status CheckObjective(const scoring::v1::Verdict& verdict, const std::string& objective);

// The result, a line for each objective with what decided it, the controls that decided the ones
// that failed or are open, flags, with and without, the way to a pass. With an `objective`, the
// controls of that one, passed or not. Needs a verdict in full view. Ends in '\n'.
std::string RenderExplanation(const scoring::v1::Verdict& verdict, const std::string& objective,
                              const Style& style);

// The explanation, or the scorecard (scorecard.h). Ends in '\n'.
std::string RenderVerdict(const scoring::v1::Verdict& verdict, bool explain, const Style& style);

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_OUTPUT_EXPLANATION_H_
