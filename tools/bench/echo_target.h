// What Score is measured against: a service of the same methods and messages that parses its
// request and sends an answer that was built beforehand.

#ifndef ASSAY_TOOLS_BENCH_ECHO_TARGET_H_
#define ASSAY_TOOLS_BENCH_ECHO_TARGET_H_

#include <memory>
#include <string>

#include "grpcpp/server.h"

#include "assay/scoring/v1/scoring_service.grpc.pb.h"

#include "common/rpc/call.h"
#include "common/rpc/server.h"

namespace assay::bench {

// The answers by view; a request without a view gets the summary.
struct PrebuiltAnswers {
  scoring::v1::ScoreResponse summary;
  scoring::v1::ScoreResponse full;

  const scoring::v1::ScoreResponse& For(scoring::v1::VerdictView view) const {
    return view == scoring::v1::VERDICT_VIEW_FULL ? full : summary;
  }
};

// A bare gRPC server on a free port of the loopback. With a `runtime`, its unary calls go through
// our call wrapper (authentication, access rule, deadline, metrics, log line) and our server's
// settings, so the difference to the bare one is what these cost; streams are bare either way.
// Failures to start end the process.
class EchoTarget {
 public:
  explicit EchoTarget(PrebuiltAnswers answers, rpc::CallRuntime* runtime = nullptr);
  ~EchoTarget();
  EchoTarget(const EchoTarget&) = delete;
  EchoTarget& operator=(const EchoTarget&) = delete;

  const std::string& address() const { return address_; }

 private:
  class Service;

  const std::unique_ptr<Service> service_;
  std::unique_ptr<grpc::Server> bare_;
  std::unique_ptr<rpc::Server> wrapped_;
  std::string address_;
};

}  // namespace assay::bench

#endif  // ASSAY_TOOLS_BENCH_ECHO_TARGET_H_
