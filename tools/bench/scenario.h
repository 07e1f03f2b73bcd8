// What the benchmarks send: one assessment of realistic content, and answers to compare with.

#ifndef ASSAY_TOOLS_BENCH_SCENARIO_H_
#define ASSAY_TOOLS_BENCH_SCENARIO_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assay/scoring/v1/scoring_service.pb.h"

namespace assay::bench {

inline constexpr std::string_view kProfile = "L3";
inline constexpr int kLevel3Controls = 144;

// Every answer of a stream carries it, so that a prebuilt one is the right one.
inline constexpr std::string_view kCorrelationId = "bench-0001";

// A direct status for every control, the theoretical phase throughout and the practical one of
// every third; each ninth Partially Met; two overrides and three N/A with written reasons, none of
// them on an anchor (the controls of `anchors`). Both certificates are valid.
scoring::v1::AssessmentInputs RealisticInputs(std::span<const std::string> controls,
                                              std::span<const std::string> anchors);

// `count` control ids of the shipped scheme's form, for benchmarks that score nothing.
std::vector<std::string> PlaceholderControls(int count);

// An answer of the size and shape of a Level 3 verdict in that view, for the same benchmarks.
scoring::v1::Verdict PlaceholderVerdict(std::span<const std::string> controls,
                                        scoring::v1::VerdictView view);

}  // namespace assay::bench

#endif  // ASSAY_TOOLS_BENCH_SCENARIO_H_
