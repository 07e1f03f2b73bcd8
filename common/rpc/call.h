// What every call shares: the parts of the server it runs on, and what a handler is told about its
// caller.

#ifndef ASSAY_COMMON_RPC_CALL_H_
#define ASSAY_COMMON_RPC_CALL_H_

#include <atomic>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "grpcpp/server_context.h"

#include "common/auth/access_rules.h"
#include "common/auth/principal.h"
#include "common/auth/token.h"
#include "common/ids/id_source.h"
#include "common/log/logger.h"
#include "common/metrics/metrics.h"
#include "common/rpc/worker_pool.h"
#include "common/time/clock.h"

namespace assay::rpc {

// The parts of a server that the wrappers use. All must outlive the server's last call.
struct CallRuntime {
  auth::TokenVerifier& verifier;
  const auth::AccessRules& access;
  WorkerPool& pool;
  metrics::Metrics& metrics;
  Logger& logger;
  const Clock& clock;                                   // Latency.
  IdSource& ids;                                        // Trace ids of calls that bring none.
  absl::Duration default_deadline = absl::Seconds(10);  // Of calls that bring none.
  // Callers with ROLE_SERVICE must have shown a certificate on their connection. Set when the
  // server has TLS with a CA.
  bool require_service_certificate = false;
};

// Where a handler runs. Reads run inline in gRPC's thread; what commits to disk or calls another
// service runs on the pool.
enum class Execution { kInline, kWorker };

// What a handler knows of its call. Valid until the handler returns. Thread-safe.
class CallContext {
 public:
  CallContext(std::string_view call_method, const auth::Principal& caller, absl::Time call_deadline,
              std::string_view call_traceparent, const grpc::CallbackServerContext& call)
      : method(call_method),
        principal(caller),
        deadline(call_deadline),
        traceparent(call_traceparent),
        call_(&call) {}

  // Of a call that is not gRPC's: whoever holds the flag says when it is cancelled.
  CallContext(std::string_view call_method, const auth::Principal& caller, absl::Time call_deadline,
              std::string_view call_traceparent, const std::atomic<bool>& cancelled_flag)
      : method(call_method),
        principal(caller),
        deadline(call_deadline),
        traceparent(call_traceparent),
        cancelled_(&cancelled_flag) {}

  const std::string_view method;     // "/assay.catalogue.v1.CatalogueService/GetScheme"
  const auth::Principal& principal;  // Verified, and allowed to call this method.
  // On the machine's real clock, whatever clock tests inject. InfiniteFuture in a stream that
  // has none.
  const absl::Time deadline;
  const std::string_view traceparent;  // W3C Trace Context; the caller's, or a fresh one.

  // True once the caller has gone or the deadline has passed: long loops ask and return
  // CancelledError(). A commit under way is finished all the same.
  bool cancelled() const;

 private:
  // One of the two.
  const grpc::CallbackServerContext* const call_ = nullptr;
  const std::atomic<bool>* const cancelled_ = nullptr;
};

}  // namespace assay::rpc

namespace assay::rpc::internal {

// One call's way from arrival to its log line; the common part of unary.h and bidi.h. Used by one
// thread at a time.
class CallState {
 public:
  // Streams have no deadline unless the caller sets one.
  enum class Kind { kUnary, kStream };

  // Counts the call as started. `method` must have static storage; `context` is asked until End.
  CallState(CallRuntime& runtime, const grpc::CallbackServerContext& context,
            std::string_view method, Kind kind);

  // Authenticates, checks the method's rule and the deadline.
  absl::Status Admit();

  // DEADLINE_EXCEEDED, CANCELLED, or UNAUTHENTICATED once the caller's token has run out (streams
  // outlive tokens).
  absl::Status CheckAlive() const;

  // Logs and counts the end. Exactly once, just before the call is finished.
  void End(const absl::Status& status);

  // Only after Admit returned OK.
  CallContext context() const {
    return CallContext(method_, *principal_, deadline_, traceparent_, context_);
  }
  CallRuntime& runtime() const { return runtime_; }

 private:
  // Readings of the runtime's clock and of the machine's, which are one in production.
  struct Times {
    absl::Time own;
    absl::Time machine;
  };
  static Times ReadClocks(const CallRuntime& runtime);

  absl::Status Authenticate();
  absl::Status CheckAliveAt(const Times& now) const;
  void LogEnd(Severity severity, const absl::Status& status, absl::Duration latency) const;

  CallRuntime& runtime_;
  const grpc::CallbackServerContext& context_;
  const std::string_view method_;
  metrics::MethodMetrics& metrics_;
  const Times started_;
  absl::Time deadline_;
  std::string traceparent_;
  std::shared_ptr<const auth::Principal> principal_;  // Null until authenticated.
};

}  // namespace assay::rpc::internal

#endif  // ASSAY_COMMON_RPC_CALL_H_
