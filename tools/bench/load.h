// Clients that keep a scoring server busy for a while, and what they saw.

#ifndef ASSAY_TOOLS_BENCH_LOAD_H_
#define ASSAY_TOOLS_BENCH_LOAD_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "grpcpp/channel.h"

#include "assay/scoring/v1/scoring_service.grpc.pb.h"

namespace assay::bench {

// Callers share that many connections.
inline constexpr int kChannels = 2;
// Requests of one stream that are on their way at a time.
inline constexpr int kStreamWindow = 64;

struct LoadResult {
  int64_t calls = 0;
  int64_t errors = 0;
  absl::Duration elapsed;
  // User and system time of the whole process, so of client and server together.
  absl::Duration cpu;
  std::vector<uint32_t> latencies_us;

  double CallsPerSecond() const;
  double CpuMicrosPerCall() const;
};

// Adds calls, errors, times and latencies of `more`.
void Merge(const LoadResult& more, LoadResult& into);

// The value below which `percent` of the latencies lie; 0 when there are none.
uint32_t Percentile(std::vector<uint32_t> latencies_us, int percent);

// The connections to one server, and the token that its calls carry. Thread-safe.
class LoadClient {
 public:
  LoadClient(const std::string& address, std::string token);

  // One call, for warming up and for its answer. An error ends the process.
  scoring::v1::ScoreResponse ScoreOnce(const scoring::v1::ScoreRequest& request);

  // `callers` callers, each of which sends its next call when the last was answered.
  LoadResult Score(const scoring::v1::ScoreRequest& request, int callers, absl::Duration length);

  // `streams` streams, each with kStreamWindow requests on their way.
  LoadResult ScoreStream(const scoring::v1::ScoreRequest& request, int streams,
                         absl::Duration length);

 private:
  scoring::v1::ScoringService::Stub& StubFor(int caller) {
    return *stubs_[static_cast<size_t>(caller % kChannels)];
  }

  const std::string authorization_;
  std::vector<std::unique_ptr<scoring::v1::ScoringService::Stub>> stubs_;
};

}  // namespace assay::bench

#endif  // ASSAY_TOOLS_BENCH_LOAD_H_
