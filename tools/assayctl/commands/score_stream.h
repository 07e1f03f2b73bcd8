// Bulk scoring: lines of ScoreStreamRequest in, lines of ScoreStreamResponse out, in order.

#ifndef ASSAY_TOOLS_ASSAYCTL_COMMANDS_SCORE_STREAM_H_
#define ASSAY_TOOLS_ASSAYCTL_COMMANDS_SCORE_STREAM_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"

#include "tools/assayctl/context.h"

namespace assay::assayctl {

// Requests that the service takes on one stream; a longer input goes over several, one after the
// other.
inline constexpr int64_t kMaxRequestsPerStream = 1'000'000;

// Lines that are read but not yet answered, at most. Bounds the memory; gRPC's flow control bounds
// what travels.
inline constexpr size_t kMaxPendingLines = 256;

struct StreamLimits {
  int64_t requests_per_stream = kMaxRequestsPerStream;
  size_t pending_lines = kMaxPendingLines;
};

struct StreamTotals {
  int64_t answered = 0;
  int64_t failed = 0;  // Lines that are not JSON of a request, and answers with an error.
};

// Reads `descriptor` to its end. A line that cannot be sent becomes an error line in its place
// (reason LINE_INVALID, metadata `line`); empty lines are skipped. Fails when a stream breaks:
// what was answered until then has been printed.
absl::Status ScoreStream(Context& context, int descriptor, const StreamLimits& limits,
                         StreamTotals& totals);

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_COMMANDS_SCORE_STREAM_H_
