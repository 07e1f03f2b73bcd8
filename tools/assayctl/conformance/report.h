// What a run of vectors came to, for people and for programs; tests/conformance/FORMAT.md.

#ifndef ASSAY_TOOLS_ASSAYCTL_CONFORMANCE_REPORT_H_
#define ASSAY_TOOLS_ASSAYCTL_CONFORMANCE_REPORT_H_

#include <string>
#include <vector>

#include "tools/assayctl/conformance/run.h"
#include "tools/assayctl/output/style.h"

namespace assay::assayctl {

// A value that differs is shown in at most this many columns; JSON has it whole.
inline constexpr size_t kMaxShownValue = 120;

struct RunTotals {
  int passed = 0;
  int failed = 0;
};
RunTotals CountResults(const std::vector<VectorResult>& results);

// "ok    name", or "FAIL  name" and one line for each difference. Ends in '\n'.
std::string RenderResult(const VectorResult& result, const Style& style);

// "2 vectors: 1 passed, 1 failed". Ends in '\n'.
std::string RenderTotals(const RunTotals& totals, Digests digests, const Style& style);

// One line without '\n'.
std::string ResultToJson(const VectorResult& result);

// One indented document. Ends in '\n'.
std::string RunToJson(const std::string& server, Digests digests,
                      const std::vector<VectorResult>& results);

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_CONFORMANCE_REPORT_H_
