// The main function that all service binaries share: flags -> shared parts -> the service's own
// objects -> serve -> drain.
//
//   int main(int argc, char** argv) {
//     CatalogueOptions own;
//     rpc::ServiceDefinition definition;
//     definition.traits = {.name = "assay-catalogue", .description = "...", .default_port = 7401};
//     definition.traits.add_options = [&own](CLI::App& app) { AddCatalogueOptions(app, own); };
//     definition.services = {catalogue::v1::CatalogueService::service_full_name()};
//     definition.build = [&own](rpc::ServiceEnvironment& environment) {
//       return CatalogueApplication::Create(own, environment);
//     };
//     return rpc::ServiceMain(argc, argv, definition);
//   }

#ifndef ASSAY_COMMON_RPC_SERVICE_MAIN_H_
#define ASSAY_COMMON_RPC_SERVICE_MAIN_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "common/config/service_options.h"
#include "common/ids/id_source.h"
#include "common/log/logger.h"
#include "common/metrics/metrics.h"
#include "common/rpc/call.h"
#include "common/rpc/client.h"
#include "common/rpc/server.h"
#include "common/time/clock.h"

namespace assay::rpc {

// What a service's own objects are built from. Everything outlives the Application.
struct ServiceEnvironment {
  const config::ServiceOptions& options;
  CallRuntime& runtime;
  Logger& logger;
  metrics::Metrics& metrics;
  const Clock& clock;
  IdSource& ids;
  // This service's own tokens; null unless the traits need a service key.
  TokenSource* tokens;
};

// A service's own objects: its store, its domain, its gRPC surface, its relays.
class Application {
 public:
  // Runs after the last call has ended.
  virtual ~Application() = default;

  // The surfaces to serve; owned by the application.
  virtual std::vector<HostedService> services() = 0;

  // Background work, started when the server listens and stopped after the last call has ended.
  virtual void Start() {}
  virtual void Stop() {}

  // Asked every second from one thread; an error ends the process with exit code 1.
  virtual absl::Status Health() { return absl::OkStatus(); }
};

struct ServiceDefinition {
  config::ServiceTraits traits = {};
  // Full names of the services, whose access rules are read and checked before anything is built.
  std::vector<std::string> services = {};
  std::function<absl::StatusOr<std::unique_ptr<Application>>(ServiceEnvironment&)> build = {};
};

// Exit code of a process that could not start or whose health failed.
inline constexpr int kExitFailed = 1;

// The whole life of the process; returns its exit code: 0 after a drained SIGTERM or SIGINT, 2 for
// wrong flags, kExitFailed otherwise.
int ServiceMain(int argc, const char* const* argv, const ServiceDefinition& definition);

// Turns off Abseil's deadlock detection, which doubles the price of every lock in gRPC. ServiceMain
// does; other production mains call it first. Tests leave it on.
void SetProductionMutexMode();

}  // namespace assay::rpc

#endif  // ASSAY_COMMON_RPC_SERVICE_MAIN_H_
