// What the benchmarks send: one assessment of realistic content.

#ifndef ASSAY_TOOLS_BENCH_SCENARIO_H_
#define ASSAY_TOOLS_BENCH_SCENARIO_H_

#include <span>
#include <string>
#include <string_view>

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

}  // namespace assay::bench

#endif  // ASSAY_TOOLS_BENCH_SCENARIO_H_
