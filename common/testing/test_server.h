// A real server on a free port of the loopback, for tests of a service through its stubs.
//
//   TestRuntime runtime({CatalogueService::service_full_name()});
//   CatalogueServiceImpl service(runtime.runtime(), store);
//   TestServer server(runtime, {{CatalogueService::service_full_name(), &service}});
//   auto stub = CatalogueService::NewStub(server.channel());
//   auto context = WithToken(runtime.keys().Mint("ada", "organisations/acme", {ROLE_SUPPLIER}));
//   EXPECT_THAT(FromGrpcStatus(stub->GetScheme(context.get(), request, &scheme)), IsOk());

#ifndef ASSAY_COMMON_TESTING_TEST_SERVER_H_
#define ASSAY_COMMON_TESTING_TEST_SERVER_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"

#include "common/auth/access_rules.h"
#include "common/ids/id_source.h"
#include "common/log/logger.h"
#include "common/metrics/metrics.h"
#include "common/rpc/call.h"
#include "common/rpc/server.h"
#include "common/rpc/worker_pool.h"
#include "common/testing/test_keys.h"
#include "common/time/fake_clock.h"

namespace assay::testing_kit {

struct TestRuntimeOptions {
  int worker_threads = 2;
  int worker_queue = 16;
  absl::Duration default_deadline = absl::Seconds(30);
};

// All that a CallRuntime needs, with a fake clock and keys made on the spot. Failures end the
// process. Declare it before the service under test and the TestServer.
class TestRuntime {
 public:
  explicit TestRuntime(const std::vector<std::string>& services,
                       const TestRuntimeOptions& options = {});
  ~TestRuntime();

  rpc::CallRuntime& runtime() { return runtime_; }
  FakeClock& clock() { return clock_; }
  FakeIdSource& ids() { return ids_; }
  const TestKeys& keys() const { return keys_; }
  rpc::WorkerPool& pool() { return pool_; }
  Logger& logger() { return logger_; }
  metrics::Metrics& metrics() { return *metrics_; }
  const auth::AccessRules& access() const { return access_; }

  // What was logged so far.
  std::string Log() const;

 private:
  const int log_descriptor_;
  FakeClock clock_;
  FakeIdSource ids_;
  TestKeys keys_;
  Logger logger_;
  const std::unique_ptr<metrics::Metrics> metrics_;
  const std::unique_ptr<auth::TokenVerifier> verifier_;
  const auth::AccessRules access_;
  rpc::WorkerPool pool_;
  rpc::CallRuntime runtime_;
};

// Serves until it goes out of scope. Failures to start end the process.
class TestServer {
 public:
  TestServer(TestRuntime& runtime, const std::vector<rpc::HostedService>& services,
             const rpc::ServerOptions& options = {});
  ~TestServer();

  const std::string& address() const { return server_->address(); }
  rpc::Server& server() { return *server_; }
  // One channel, made once.
  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }

 private:
  const std::unique_ptr<rpc::Server> server_;
  const std::shared_ptr<grpc::Channel> channel_;
};

// A context that carries `token` (none when empty) and a deadline of real time.
std::unique_ptr<grpc::ClientContext> WithToken(std::string_view token,
                                               absl::Duration deadline = absl::Seconds(30));

}  // namespace assay::testing_kit

#endif  // ASSAY_COMMON_TESTING_TEST_SERVER_H_
