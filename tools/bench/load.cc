#include "tools/bench/load.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iostream>
#include <latch>
#include <optional>
#include <utility>

#include <sys/resource.h>

#include "grpcpp/client_context.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"

#include "common/sync/mutex.h"
#include "common/time/clock.h"
#include "tools/bench/scenario.h"

namespace assay::bench {
namespace {

namespace v1 = ::assay::scoring::v1;

constexpr size_t kExpectedLatencies = 1 << 16;

absl::Time Now() { return SystemClock().Now(); }

absl::Duration ProcessCpu() {
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  return absl::DurationFromTimeval(usage.ru_utime) + absl::DurationFromTimeval(usage.ru_stime);
}

uint32_t MicrosSince(absl::Time start) {
  return static_cast<uint32_t>(absl::ToInt64Microseconds(Now() - start));
}

// One caller; used by one callback at a time.
class UnaryCaller {
 public:
  UnaryCaller(v1::ScoringService::Stub& stub, const v1::ScoreRequest& request,
              const std::string& authorization, absl::Time end, std::latch& finished)
      : stub_(stub),
        request_(request),
        authorization_(authorization),
        end_(end),
        finished_(finished) {
    result_.latencies_us.reserve(kExpectedLatencies);
  }

  void Next() {
    context_.emplace();
    context_->AddMetadata("authorization", authorization_);
    started_ = Now();
    stub_.async()->Score(&*context_, &request_, &response_,
                         [this](const grpc::Status& status) { Answered(status); });
  }

  const LoadResult& result() const { return result_; }

 private:
  void Answered(const grpc::Status& status) {
    result_.latencies_us.push_back(MicrosSince(started_));
    ++result_.calls;
    if (!status.ok()) ++result_.errors;
    if (Now() < end_) {
      Next();
    } else {
      finished_.count_down();
    }
  }

  v1::ScoringService::Stub& stub_;
  const v1::ScoreRequest& request_;
  const std::string& authorization_;
  const absl::Time end_;
  std::latch& finished_;
  std::optional<grpc::ClientContext> context_;
  v1::ScoreResponse response_;
  absl::Time started_;
  LoadResult result_;
};

// One stream. A read and a write are always under way while the window allows, so their callbacks
// may overlap.
class StreamCaller final
    : public grpc::ClientBidiReactor<v1::ScoreStreamRequest, v1::ScoreStreamResponse> {
 public:
  StreamCaller(v1::ScoringService::Stub& stub, const v1::ScoreStreamRequest& request,
               const std::string& authorization, absl::Time end, std::latch& finished)
      : request_(request), end_(end), finished_(finished) {
    result_.latencies_us.reserve(kExpectedLatencies);
    context_.AddMetadata("authorization", authorization);
    stub.async()->ScoreStream(&context_, this);
  }

  void Start() {
    AddHold();  // Writes start outside of callbacks of the stream, too.
    StartRead(&response_);
    StartCall();
    MutexLock lock(mutex_);
    WriteNext();
  }

  void OnWriteDone(bool ok) override {
    MutexLock lock(mutex_);
    writing_ = false;
    if (!ok) broken_ = true;
    WriteNext();
  }

  void OnReadDone(bool ok) override {
    if (!ok) {
      MutexLock lock(mutex_);
      broken_ = true;
      if (!writing_) EndWrites();
      return;
    }
    ++result_.calls;
    if (response_.has_error()) ++result_.errors;
    {
      MutexLock lock(mutex_);
      result_.latencies_us.push_back(MicrosSince(sent_[answered_ % kStreamWindow]));
      ++answered_;
      if (!writing_) WriteNext();
    }
    StartRead(&response_);
  }

  void OnDone(const grpc::Status& status) override {
    if (!status.ok()) ++result_.errors;
    finished_.count_down();
  }

  const LoadResult& result() const { return result_; }

 private:
  void WriteNext() ASSAY_REQUIRES(mutex_) {
    if (writing_) return;
    if (broken_ || Now() >= end_) {
      EndWrites();
      return;
    }
    if (written_ - answered_ >= kStreamWindow) return;
    sent_[written_ % kStreamWindow] = Now();
    ++written_;
    writing_ = true;
    StartWrite(&request_);
  }

  void EndWrites() ASSAY_REQUIRES(mutex_) {
    if (ended_) return;
    ended_ = true;
    if (!broken_) StartWritesDone();
    RemoveHold();
  }

  const v1::ScoreStreamRequest& request_;
  const absl::Time end_;
  std::latch& finished_;
  grpc::ClientContext context_;
  v1::ScoreStreamResponse response_;
  LoadResult result_;  // Of reads alone, but for the latencies.
  Mutex mutex_;
  std::array<absl::Time, kStreamWindow> sent_ ASSAY_GUARDED_BY(mutex_);
  uint64_t written_ ASSAY_GUARDED_BY(mutex_) = 0;
  uint64_t answered_ ASSAY_GUARDED_BY(mutex_) = 0;
  bool writing_ ASSAY_GUARDED_BY(mutex_) = false;
  bool broken_ ASSAY_GUARDED_BY(mutex_) = false;
  bool ended_ ASSAY_GUARDED_BY(mutex_) = false;
};

// Waits for callers that have started, and adds up what they saw.
template <typename Caller>
LoadResult Collect(std::vector<std::unique_ptr<Caller>>& callers, std::latch& finished,
                   absl::Time started, absl::Duration cpu_before) {
  finished.wait();
  LoadResult total;
  total.elapsed = Now() - started;
  total.cpu = ProcessCpu() - cpu_before;
  for (const auto& caller : callers) Merge(caller->result(), total);
  return total;
}

}  // namespace

double LoadResult::CallsPerSecond() const {
  const double seconds = absl::ToDoubleSeconds(elapsed);
  return seconds > 0 ? static_cast<double>(calls) / seconds : 0;
}

double LoadResult::CpuMicrosPerCall() const {
  return calls > 0 ? absl::ToDoubleMicroseconds(cpu) / static_cast<double>(calls) : 0;
}

void Merge(const LoadResult& more, LoadResult& into) {
  into.calls += more.calls;
  into.errors += more.errors;
  into.elapsed += more.elapsed;
  into.cpu += more.cpu;
  into.latencies_us.insert(into.latencies_us.end(), more.latencies_us.begin(),
                           more.latencies_us.end());
}

uint32_t Percentile(std::vector<uint32_t> latencies_us, int percent) {
  if (latencies_us.empty()) return 0;
  const size_t rank =
      std::min(latencies_us.size() * static_cast<size_t>(percent) / 100, latencies_us.size() - 1);
  const auto nth = latencies_us.begin() + static_cast<std::ptrdiff_t>(rank);
  std::nth_element(latencies_us.begin(), nth, latencies_us.end());
  return *nth;
}

LoadClient::LoadClient(const std::string& address, std::string token)
    : authorization_("Bearer " + std::move(token)) {
  for (int i = 0; i < kChannels; ++i) {
    grpc::ChannelArguments arguments;
    arguments.SetInt("assay.bench.channel", i);  // Else equal channels share one connection.
    stubs_.push_back(v1::ScoringService::NewStub(
        grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments)));
  }
}

v1::ScoreResponse LoadClient::ScoreOnce(const v1::ScoreRequest& request) {
  v1::ScoreResponse response;
  for (int i = 0; i < kChannels; ++i) {
    grpc::ClientContext context;
    context.AddMetadata("authorization", authorization_);
    const grpc::Status status = StubFor(i).Score(&context, request, &response);
    if (!status.ok()) {
      std::cerr << "Score failed: " << status.error_message() << "\n";
      std::abort();
    }
  }
  return response;
}

LoadResult LoadClient::Score(const v1::ScoreRequest& request, int callers, absl::Duration length) {
  std::latch finished(callers);
  const absl::Time started = Now();
  const absl::Duration cpu = ProcessCpu();
  std::vector<std::unique_ptr<UnaryCaller>> all;
  for (int i = 0; i < callers; ++i) {
    all.push_back(std::make_unique<UnaryCaller>(StubFor(i), request, authorization_,
                                                started + length, finished));
  }
  for (const auto& caller : all) caller->Next();
  return Collect(all, finished, started, cpu);
}

LoadResult LoadClient::ScoreStream(const v1::ScoreRequest& request, int streams,
                                   absl::Duration length) {
  v1::ScoreStreamRequest message;
  message.set_correlation_id(std::string(kCorrelationId));
  *message.mutable_request() = request;
  std::latch finished(streams);
  const absl::Time started = Now();
  const absl::Duration cpu = ProcessCpu();
  std::vector<std::unique_ptr<StreamCaller>> all;
  for (int i = 0; i < streams; ++i) {
    all.push_back(std::make_unique<StreamCaller>(StubFor(i), message, authorization_,
                                                 started + length, finished));
  }
  for (const auto& caller : all) caller->Start();
  return Collect(all, finished, started, cpu);
}

}  // namespace assay::bench
