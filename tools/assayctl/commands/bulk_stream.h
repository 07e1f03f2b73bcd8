// Bulk calls of the scoring service: lines of requests in, lines of answers out, in order, in
// bounded memory. One template for every bidirectional stream whose messages carry a
// correlation_id and answer with either a result or an error.

#ifndef ASSAY_TOOLS_ASSAYCTL_COMMANDS_BULK_STREAM_H_
#define ASSAY_TOOLS_ASSAYCTL_COMMANDS_BULK_STREAM_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "common/status/error.h"
#include "common/status/grpc_status.h"
#include "common/status/macros.h"
#include "tools/assayctl/commands/bulk_lines.h"
#include "tools/assayctl/commands/line_reader.h"
#include "tools/assayctl/commands/pending_lines.h"
#include "tools/assayctl/context.h"
#include "tools/assayctl/output/error.h"
#include "tools/assayctl/output/json.h"

namespace assay::assayctl {

// What is done with the lines of one bulk command.
template <typename Request, typename Response>
struct BulkJob {
  using Stream = grpc::ClientReaderWriterInterface<Request, Response>;

  // Starts a stream.
  std::function<std::unique_ptr<Stream>(scoring::v1::ScoringService::StubInterface&,
                                        grpc::ClientContext*)>
      open;
  // Changes a request that was read before it is sent. Called by another thread than `seen`.
  std::function<void(Request&)> prepare = [](Request&) {};
  // Looks at an answer that is no error.
  std::function<void(const Response&)> seen = [](const Response&) {};
};

// The sending half: reads lines, notes each in `pending`, sends the good ones. Runs in a thread of
// its own until the input or the stream's share of it ends.
template <typename Request, typename Response>
class BulkSender {
 public:
  using Job = BulkJob<Request, Response>;

  BulkSender(const Job& job, LineReader& lines, typename Job::Stream& stream, PendingLines& pending,
             int64_t max_requests)
      : job_(job), lines_(lines), stream_(stream), pending_(pending), max_requests_(max_requests) {}

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
    Request request;
    for (int64_t sent = 0; sent < max_requests_;) {
      if (!lines_.Next(line)) {
        input_left_ = false;
        return;
      }
      if (IsBlankLine(line)) continue;
      const absl::Status ready = Prepare(line, request);
      // Noted before it is sent, so that the answer finds its line.
      if (!pending_.Push({line.number, ready})) return;
      if (!ready.ok()) continue;
      if (!stream_.Write(request)) return;
      ++sent;
    }
  }

  absl::Status Prepare(const Line& line, Request& request) {
    ASSAY_RETURN_IF_ERROR(ParseRequestLine(line, request));
    job_.prepare(request);
    return CheckRequestSize(line, request);
  }

  const Job& job_;
  LineReader& lines_;
  typename Job::Stream& stream_;
  PendingLines& pending_;
  const int64_t max_requests_;
  bool input_left_ = true;
};

// The printing half: one line of output for each entry of `pending`, until there are no more or
// the stream ends early.
template <typename Request, typename Response>
class BulkPrinter {
 public:
  using Job = BulkJob<Request, Response>;

  BulkPrinter(const Job& job, Context& context, typename Job::Stream& stream, PendingLines& pending,
              StreamTotals& totals, StreamProgress& progress)
      : job_(job),
        context_(context),
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
    job_.seen(response_);
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

  const Job& job_;
  Context& context_;
  typename Job::Stream& stream_;
  PendingLines& pending_;
  StreamTotals& totals_;
  StreamProgress& progress_;
  Response response_;
};

// One stream over as much of the input as one takes. Tells whether lines are left.
template <typename Request, typename Response>
absl::StatusOr<bool> RunOneStream(const BulkJob<Request, Response>& job, Context& context,
                                  LineReader& lines, const StreamLimits& limits,
                                  StreamTotals& totals, StreamProgress& progress) {
  ASSAY_ASSIGN_OR_RETURN(const auto channel, context.connection().Channel(Service::kScoring));
  grpc::ClientContext call;
  ASSAY_RETURN_IF_ERROR(context.connection().PrepareStream(call));
  const auto stub = scoring::v1::ScoringService::NewStub(channel);
  const auto stream = job.open(*stub, &call);

  PendingLines pending(limits.pending_lines);
  BulkSender<Request, Response> sender(job, lines, *stream, pending, limits.requests_per_stream);
  std::thread thread([&sender] { sender.Run(); });
  const absl::StatusOr<bool> complete =
      BulkPrinter<Request, Response>(job, context, *stream, pending, totals, progress).Run();
  if (!complete.ok()) call.TryCancel();
  if (!complete.ok() || !*complete) {
    pending.Close();
    lines.Stop();
  }
  thread.join();
  Response unasked;
  while (stream->Read(&unasked)) {
  }
  absl::Status finished = FromGrpcStatus(stream->Finish());
  ASSAY_RETURN_IF_ERROR(complete.status());
  ASSAY_RETURN_IF_ERROR(AtService(std::move(finished), ServiceName(Service::kScoring),
                                  context.connection().address(Service::kScoring)));
  if (!*complete) return AnswersMissing();
  return sender.input_left();
}

// Reads `descriptor` to its end. A line that cannot be sent becomes an error line in its place
// (reason LINE_INVALID, metadata `line`); empty lines are skipped. Fails when a stream breaks:
// what was answered until then has been printed.
template <typename Request, typename Response>
absl::Status RunBulk(const BulkJob<Request, Response>& job, Context& context, int descriptor,
                     const StreamLimits& limits, StreamTotals& totals) {
  LineReader lines(descriptor);
  StreamProgress progress(context, totals);
  absl::StatusOr<bool> input_left = true;
  while (input_left.ok() && *input_left) {
    input_left = RunOneStream(job, context, lines, limits, totals, progress);
  }
  context.out().flush();
  progress.Finish();
  ASSAY_RETURN_IF_ERROR(input_left.status());
  return lines.status();
}

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_COMMANDS_BULK_STREAM_H_
