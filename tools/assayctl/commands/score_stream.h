// Bulk scoring: lines of ScoreStreamRequest in, lines of ScoreStreamResponse out, in order.

#ifndef ASSAY_TOOLS_ASSAYCTL_COMMANDS_SCORE_STREAM_H_
#define ASSAY_TOOLS_ASSAYCTL_COMMANDS_SCORE_STREAM_H_

#include "absl/status/status.h"

#include "tools/assayctl/commands/bulk_lines.h"
#include "tools/assayctl/context.h"

namespace assay::assayctl {

// RunBulk (bulk_stream.h) over ScoreStream.
absl::Status ScoreStream(Context& context, int descriptor, const StreamLimits& limits,
                         StreamTotals& totals);

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_COMMANDS_SCORE_STREAM_H_
