// What a verdict says beyond its points, for people: with and without, load-bearing flags, margins.

#ifndef ASSAY_TOOLS_ASSAYCTL_OUTPUT_VERDICT_NOTES_H_
#define ASSAY_TOOLS_ASSAYCTL_OUTPUT_VERDICT_NOTES_H_

#include <string>
#include <string_view>

#include "assay/scoring/v1/scoring.pb.h"

#include "tools/assayctl/output/style.h"

namespace assay::assayctl {

// Rows of flags and steps of a path that are shown; the rest is counted. JSON has them all.
inline constexpr int kMaxShownFlags = 6;
inline constexpr int kMaxShownUpgrades = 5;

// Flags with what the verdict would be without each alone, load-bearing ones first; "" when there
// is none. Ends in '\n'.
std::string RenderFlags(const scoring::v1::Verdict& verdict, const Style& style);

// A line for each kind of flag that is recorded, taken away; "" when the verdict says nothing of it
// or there is nothing to take away. Ends in '\n'.
std::string RenderWithAndWithout(const scoring::v1::Verdict& verdict, const Style& style);

// "3 upgrades to pass: 2300 +1 (must), 2301 +1, 2302 +1"; of a pass "4 downgrades would fail it, 3
// points to spare". No '\n'.
std::string MarginWords(const scoring::v1::Margin& margin);

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_OUTPUT_VERDICT_NOTES_H_
