// The parts of a service as its binary puts them together, for servers inside a benchmark.

#ifndef ASSAY_TOOLS_BENCH_SERVICE_RUNTIME_H_
#define ASSAY_TOOLS_BENCH_SERVICE_RUNTIME_H_

#include <memory>
#include <string>

#include "common/auth/access_rules.h"
#include "common/auth/token.h"
#include "common/log/logger.h"
#include "common/metrics/metrics.h"
#include "common/rpc/call.h"
#include "common/rpc/worker_pool.h"
#include "common/testing/test_keys.h"

namespace assay::bench {

// What assay-scoring runs with by default: real clock and randomness, tokens verified, metrics
// counted, one line per call logged at INFO. Only where the log goes differs: into a file without
// a name, which costs the same write(2) as a file or journal would. Failures end the process.
// Must outlive the servers that use it.
class ServiceRuntime {
 public:
  ServiceRuntime();
  ~ServiceRuntime();
  ServiceRuntime(const ServiceRuntime&) = delete;
  ServiceRuntime& operator=(const ServiceRuntime&) = delete;

  rpc::CallRuntime& runtime() { return runtime_; }
  const auth::AccessRules& access() const { return access_; }

  // Of an assessor; good for an hour.
  std::string MintToken() const;

 private:
  const int log_descriptor_;
  Logger logger_;
  const testing_kit::TestKeys keys_;
  const std::unique_ptr<auth::TokenVerifier> verifier_;
  const std::unique_ptr<metrics::Metrics> metrics_;
  const auth::AccessRules access_;
  rpc::WorkerPool pool_;
  rpc::CallRuntime runtime_;
};

}  // namespace assay::bench

#endif  // ASSAY_TOOLS_BENCH_SERVICE_RUNTIME_H_
