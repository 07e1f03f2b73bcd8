#include "tools/assayctl/commands/score_stream.h"

#include <memory>
#include <optional>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

#include "common/config/service_options.h"
#include "common/status/error.h"
#include "common/status/grpc_status.h"
#include "common/status/macros.h"
#include "common/text/view.h"
#include "tools/assayctl/commands/line_reader.h"
#include "tools/assayctl/commands/pending_lines.h"
#include "tools/assayctl/output/error.h"
#include "tools/assayctl/output/json.h"

namespace assay::assayctl {
namespace {

using scoring::v1::ScoreStreamRequest;
using scoring::v1::ScoreStreamResponse;
using scoring::v1::ScoringService;
using Stream = grpc::ClientReaderWriterInterface<ScoreStreamRequest, ScoreStreamResponse>;

constexpr absl::Duration kProgressInterval = absl::Milliseconds(200);

absl::Status LineInvalid(int64_t number, std::string_view problem) {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "LINE_INVALID")
      .Message(absl::StrCat("line ", number, ": ", ToAbsl(problem)))
      .Metadata("line", absl::StrCat(number))
      .Build();
}

absl::Status ParseLine(const Line& line, ScoreStreamRequest& request) {
  if (line.too_long) {
    return LineInvalid(line.number, absl::StrCat("is longer than ", kMaxLineBytes >> 20, " MiB"));
  }
  request.Clear();
  if (absl::Status parsed = ParseJson("it", line.text, request); !parsed.ok()) {
    return LineInvalid(line.number, FromAbsl(parsed.message()));
  }
  // Sent, it would end the stream for all lines behind it.
  if (request.ByteSizeLong() > static_cast<size_t>(config::kDefaultMaxMessageBytes)) {
    return LineInvalid(line.number, absl::StrCat("the request is larger than ",
                                                 config::kDefaultMaxMessageBytes >> 20, " MiB"));
  }
  return absl::OkStatus();
}

// Says on a terminal how far the work is.
class Progress {
 public:
  Progress(Context& context, const StreamTotals& totals) : context_(context), totals_(totals) {}

  void Update() {
    const absl::Time now = context_.clock().Now();
    if (!context_.streams().err_is_terminal || now - shown_ < kProgressInterval) return;
    shown_ = now;
    Show("\r");
  }
  void Finish() {
    if (context_.streams().err_is_terminal) Show("\r");
    if (context_.streams().err_is_terminal) context_.err() << "\n";
  }

 private:
  void Show(const char* start) {
    context_.err() << start << totals_.answered << " answered, " << totals_.failed << " failed"
                   << std::flush;
  }

  Context& context_;
  const StreamTotals& totals_;
  absl::Time shown_ = absl::InfinitePast();
};

// The sending half: reads lines, notes each in `pending`, sends the good ones. Runs in a thread of
// its own until the input or the stream's share of it ends.
class Sender {
 public:
  Sender(LineReader& lines, Stream& stream, PendingLines& pending, int64_t max_requests)
      : lines_(lines), stream_(stream), pending_(pending), max_requests_(max_requests) {}

  void Run() {
    Send();
    stream_.WritesDone();
    pending_.Close();
  }

  // After Run: the input has more lines, for another stream.
  bool input_left() const { return input_left_; }

 private:
  void Send() {
    Line line;
    ScoreStreamRequest request;
    for (int64_t sent = 0; sent < max_requests_;) {
      if (!lines_.Next(line)) {
        input_left_ = false;
        return;
      }
      if (line.text.find_first_not_of(" \t\r") == std::string::npos && !line.too_long) continue;
      absl::Status parsed = ParseLine(line, request);
      // Noted before it is sent, so that the answer finds its line.
      if (!pending_.Push({line.number, parsed})) return;
      if (parsed.ok() && !stream_.Write(request)) return;
      sent += parsed.ok() ? 1 : 0;
    }
  }

  LineReader& lines_;
  Stream& stream_;
  PendingLines& pending_;
  const int64_t max_requests_;
  bool input_left_ = true;
};

// The printing half: one line of output for each entry of `pending`, until there are no more or
// the stream ends early.
class Printer {
 public:
  Printer(Context& context, Stream& stream, PendingLines& pending, StreamTotals& totals,
          Progress& progress)
      : context_(context),
        stream_(stream),
        pending_(pending),
        totals_(totals),
        progress_(progress) {}

  // False when the stream ended with answers missing.
  absl::StatusOr<bool> Run() {
    while (std::optional<PendingLine> line = pending_.Pop()) {
      if (!line->error.ok()) {
        Print(StreamErrorLine("", line->error), /*failed=*/true);
        continue;
      }
      response_.Clear();
      if (!stream_.Read(&response_)) return false;
      ASSAY_RETURN_IF_ERROR(PrintResponse());
    }
    return true;
  }

 private:
  absl::Status PrintResponse() {
    if (response_.has_error()) {
      Print(StreamErrorLine(response_.correlation_id(), FromRpcStatus(response_.error())),
            /*failed=*/true);
      return absl::OkStatus();
    }
    ASSAY_ASSIGN_OR_RETURN(const std::string line, ToJsonLine(response_));
    Print(line, /*failed=*/false);
    return absl::OkStatus();
  }

  void Print(const std::string& line, bool failed) {
    context_.out() << line << "\n";
    if (pending_.empty()) context_.out().flush();  // Somebody may be waiting at the other end.
    ++totals_.answered;
    totals_.failed += failed ? 1 : 0;
    progress_.Update();
  }

  Context& context_;
  Stream& stream_;
  PendingLines& pending_;
  StreamTotals& totals_;
  Progress& progress_;
  ScoreStreamResponse response_;
};

// One stream over as much of the input as one takes. Tells whether lines are left.
absl::StatusOr<bool> RunOneStream(Context& context, LineReader& lines, const StreamLimits& limits,
                                  StreamTotals& totals, Progress& progress) {
  ASSAY_ASSIGN_OR_RETURN(const auto channel, context.connection().Channel(Service::kScoring));
  grpc::ClientContext call;
  ASSAY_RETURN_IF_ERROR(context.connection().PrepareStream(call));
  const auto stub = ScoringService::NewStub(channel);
  const std::unique_ptr<Stream> stream(stub->ScoreStream(&call));

  PendingLines pending(limits.pending_lines);
  Sender sender(lines, *stream, pending, limits.requests_per_stream);
  std::thread thread([&sender] { sender.Run(); });
  const absl::StatusOr<bool> complete = Printer(context, *stream, pending, totals, progress).Run();
  if (!complete.ok()) call.TryCancel();
  if (!complete.ok() || !*complete) {
    pending.Close();
    lines.Stop();
  }
  thread.join();
  ScoreStreamResponse unasked;
  while (stream->Read(&unasked)) {
  }
  absl::Status finished = FromGrpcStatus(stream->Finish());
  ASSAY_RETURN_IF_ERROR(complete.status());
  ASSAY_RETURN_IF_ERROR(AtService(std::move(finished), ServiceName(Service::kScoring),
                                  context.connection().address(Service::kScoring)));
  if (!*complete) {
    return ErrorBuilder(absl::StatusCode::kInternal, "ANSWERS_MISSING")
        .Message("the scoring service ended the stream before it had answered every request")
        .Build();
  }
  return sender.input_left();
}

}  // namespace

absl::Status ScoreStream(Context& context, int descriptor, const StreamLimits& limits,
                         StreamTotals& totals) {
  LineReader lines(descriptor);
  Progress progress(context, totals);
  absl::StatusOr<bool> input_left = true;
  while (input_left.ok() && *input_left) {
    input_left = RunOneStream(context, lines, limits, totals, progress);
  }
  context.out().flush();
  progress.Finish();
  ASSAY_RETURN_IF_ERROR(input_left.status());
  return lines.status();
}

}  // namespace assay::assayctl
