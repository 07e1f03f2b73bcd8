// What all bulk commands share, whatever their messages are: limits, totals, lines, progress.

#ifndef ASSAY_TOOLS_ASSAYCTL_COMMANDS_BULK_LINES_H_
#define ASSAY_TOOLS_ASSAYCTL_COMMANDS_BULK_LINES_H_

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"

#include "tools/assayctl/commands/line_reader.h"
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

bool IsBlankLine(const Line& line);

// LINE_INVALID with metadata `line`, both.
absl::Status ParseRequestLine(const Line& line, google::protobuf::Message& request);
absl::Status CheckRequestSize(const Line& line, const google::protobuf::Message& request);

// ANSWERS_MISSING.
absl::Status AnswersMissing();

// Calls `work` with the descriptor of the file, or of standard input for "-". FILE_UNREADABLE.
absl::Status WithInput(Context& context, const std::string& file,
                       const std::function<absl::Status(int descriptor)>& work);

// Notes how many lines failed; exit code 3 when some did.
ExitCode StreamExit(Context& context, const StreamTotals& totals);

// Says on a terminal how far the work is.
class StreamProgress {
 public:
  StreamProgress(Context& context, const StreamTotals& totals)
      : context_(context), totals_(totals) {}

  void Update();
  void Finish();

 private:
  void Show();

  Context& context_;
  const StreamTotals& totals_;
  absl::Time shown_ = absl::InfinitePast();
};

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_COMMANDS_BULK_LINES_H_
