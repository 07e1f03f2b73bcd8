// Prometheus metrics of a process: what every call counts, and a registry for the rest.
//
//   assay_rpc_requests_total{method,code}        counter
//   assay_rpc_latency_seconds{method}            histogram
//   assay_rpc_in_flight{method}                  gauge
//
// They are served over HTTP at /metrics of the metrics address, only when one is configured. The
// page holds numbers and method names, nothing of anybody's content.

#ifndef ASSAY_COMMON_METRICS_METRICS_H_
#define ASSAY_COMMON_METRICS_METRICS_H_

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "common/sync/mutex.h"

namespace prometheus {
class Exposer;
class Registry;
}  // namespace prometheus

namespace assay::metrics {

// The metrics of one RPC method. Thread-safe; owned by Metrics and as long-lived.
class MethodMetrics {
 public:
  virtual ~MethodMetrics() = default;
  // Exactly one Finished follows each Started.
  virtual void Started() = 0;
  virtual void Finished(absl::StatusCode code, absl::Duration latency) = 0;
};

// Thread-safe.
class Metrics {
 public:
  // Serves at `address` ("host:port"; port 0 picks a free one), or nowhere when it is empty.
  // FAILED_PRECONDITION METRICS_ADDRESS_UNAVAILABLE when the address cannot be bound.
  static absl::StatusOr<std::unique_ptr<Metrics>> Create(std::string_view service,
                                                         std::string_view address);
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  // `method` must come from a fixed list (the server's own methods), never from a caller: every
  // new value is kept for the life of the process.
  MethodMetrics& Method(std::string_view method) ASSAY_EXCLUDES(mutex_);

  // For a service's own families.
  prometheus::Registry& registry() { return *registry_; }

  // The page as it is served.
  std::string Page() const;

  // The port it is served on; 0 when it is not.
  int port() const;

 private:
  struct Families;
  explicit Metrics(std::string_view service);

  const std::shared_ptr<prometheus::Registry> registry_;
  const std::unique_ptr<Families> families_;
  std::unique_ptr<prometheus::Exposer> exposer_;
  Mutex mutex_;
  std::map<std::string, std::unique_ptr<MethodMetrics>, std::less<>> methods_
      ASSAY_GUARDED_BY(mutex_);
};

}  // namespace assay::metrics

#endif  // ASSAY_COMMON_METRICS_METRICS_H_
