#include "common/testing/test_server.h"

#include <cstdlib>
#include <iostream>
#include <utility>

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/rpc/client.h"

namespace assay::testing_kit {
namespace {

// What calls under way get when a test's server goes out of scope.
constexpr absl::Duration kTestDrain = absl::Seconds(5);

template <typename T>
T ValueOrDie(absl::StatusOr<T> value) {
  if (!value.ok()) {
    std::cerr << value.status() << "\n";
    std::abort();
  }
  return *std::move(value);
}

}  // namespace

TestRuntime::TestRuntime(const std::vector<std::string>& services,
                         const TestRuntimeOptions& options)
    : log_descriptor_(memfd_create("test-log", MFD_CLOEXEC)),
      keys_(clock_),
      logger_("test", Severity::kDebug, clock_, log_descriptor_),
      metrics_(ValueOrDie(metrics::Metrics::Create("test", ""))),
      verifier_(keys_.MakeVerifier()),
      access_(ValueOrDie(auth::AccessRules::ForServices(services))),
      pool_(options.worker_threads, options.worker_queue),
      runtime_{.verifier = *verifier_,
               .access = access_,
               .pool = pool_,
               .metrics = *metrics_,
               .logger = logger_,
               .clock = clock_,
               .ids = ids_,
               .default_deadline = options.default_deadline} {}

TestRuntime::~TestRuntime() {
  pool_.Stop();
  close(log_descriptor_);
}

std::string TestRuntime::Log() const {
  struct stat file = {};
  if (fstat(log_descriptor_, &file) != 0) return "";
  std::string text(static_cast<size_t>(file.st_size), '\0');
  const ssize_t length = pread(log_descriptor_, text.data(), text.size(), 0);
  text.resize(length > 0 ? static_cast<size_t>(length) : 0);
  return text;
}

TestServer::TestServer(TestRuntime& runtime, const std::vector<rpc::HostedService>& services,
                       const rpc::ServerOptions& options)
    : server_(ValueOrDie(rpc::Server::Create(options, runtime.access(), services))),
      channel_(ValueOrDie(rpc::MakeChannel(server_->address(), {}))) {}

TestServer::~TestServer() { server_->Shutdown(kTestDrain); }

std::unique_ptr<grpc::ClientContext> WithToken(std::string_view token, absl::Duration deadline) {
  auto context = std::make_unique<grpc::ClientContext>();
  context->set_deadline(absl::ToChronoTime(SystemClock().Now() + deadline));
  if (!token.empty()) context->AddMetadata("authorization", "Bearer " + std::string(token));
  return context;
}

}  // namespace assay::testing_kit
