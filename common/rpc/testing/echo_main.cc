// A binary around the echo service, for tests of ServiceMain as a process.

#include <memory>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"

#include "common/rpc/service_main.h"
#include "common/rpc/testing/echo_service.h"
#include "common/status/error.h"

namespace {

using ::assay::rpc::testing::EchoService;
using ::assay::rpc::testing::EchoServiceImpl;

class EchoApplication final : public assay::rpc::Application {
 public:
  EchoApplication(assay::rpc::CallRuntime& runtime, bool healthy)
      : service_(runtime), healthy_(healthy) {}

  std::vector<assay::rpc::HostedService> services() override {
    return {{EchoService::service_full_name(), &service_}};
  }

  absl::Status Health() override {
    if (healthy_) return absl::OkStatus();
    return assay::ErrorBuilder(absl::StatusCode::kUnavailable, "STORE_FAILED")
        .Message("the store has failed")
        .Build();
  }

 private:
  EchoServiceImpl service_;
  const bool healthy_;
};

}  // namespace

int main(int argc, char** argv) {
  bool healthy = true;
  assay::rpc::ServiceDefinition definition;
  definition.traits.name = "assay-echo-server";
  definition.traits.description = "Echoes; for tests.";
  definition.traits.needs_data_dir = false;
  definition.traits.add_options = [&healthy](CLI::App& app) {
    assay::config::AddFlag(app, "healthy", healthy, "What Health() says");
  };
  definition.services = {EchoService::service_full_name()};
  definition.build = [&healthy](assay::rpc::ServiceEnvironment& environment)
      -> absl::StatusOr<std::unique_ptr<assay::rpc::Application>> {
    return std::make_unique<EchoApplication>(environment.runtime, healthy);
  };
  return assay::rpc::ServiceMain(argc, argv, definition);
}
