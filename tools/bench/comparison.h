// Runs several servers under the same load by turns, so that what else the machine does hits all
// of them, and tells what came out as JSON.

#ifndef ASSAY_TOOLS_BENCH_COMPARISON_H_
#define ASSAY_TOOLS_BENCH_COMPARISON_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "nlohmann/json.hpp"

#include "assay/scoring/v1/scoring_service.pb.h"

#include "tools/bench/load.h"

namespace assay::bench {

struct BenchOptions {
  absl::Duration length = absl::Milliseconds(500);  // Of one run.
  int rounds = 3;
  std::vector<int> callers = {1, 16, 64};
  std::vector<int> streams = {1, 16};
};

// The flags --seconds, --rounds, --callers and --streams. Nothing when the program shall go on,
// otherwise its exit code.
std::optional<int> ParseBenchOptions(int argc, const char* const* argv, const char* description,
                                     BenchOptions& options);

// One server of a comparison. The client is not owned.
struct Contender {
  std::string name;
  LoadClient* client = nullptr;
};

enum class Load { kUnary, kStream };

// The object of one load on all contenders, the first of which is what the others are measured by:
//
//   {"view": "summary", "callers": 16,
//    "echo": {"calls_per_second": 50000, "p50_us": 300, "p99_us": 700, "cpu_us_per_call": 38.1,
//             "errors": 0},
//    "score": {..., "ratio": 0.91, "more_cpu_us_per_call": 3.2}}
//
// Rates and CPU times are medians over the rounds, latencies are of all rounds; `ratio` is the rate
// by the first contender's, `more_cpu_us_per_call` what a call costs client and server together
// beyond the first's. Progress goes to stderr.
nlohmann::ordered_json Compare(const std::vector<Contender>& contenders, Load load, int callers,
                               const scoring::v1::ScoreRequest& request,
                               const BenchOptions& options);

// True when any run of a comparison saw an error.
bool HasErrors(const nlohmann::ordered_json& comparisons);

}  // namespace assay::bench

#endif  // ASSAY_TOOLS_BENCH_COMPARISON_H_
