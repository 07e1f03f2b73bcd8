#include "tools/assayctl/commands/score_stream.h"

#include "tools/assayctl/commands/bulk_stream.h"

namespace assay::assayctl {

using scoring::v1::ScoreStreamRequest;
using scoring::v1::ScoreStreamResponse;

absl::Status ScoreStream(Context& context, int descriptor, const StreamLimits& limits,
                         StreamTotals& totals) {
  BulkJob<ScoreStreamRequest, ScoreStreamResponse> job;
  job.open = [](auto& stub, grpc::ClientContext* call) { return stub.ScoreStream(call); };
  return RunBulk(job, context, descriptor, limits, totals);
}

}  // namespace assay::assayctl
