// Runs the whole tool in a test, against services made of plain functions.

#ifndef ASSAY_TOOLS_ASSAYCTL_TESTING_TOOL_RUNNER_H_
#define ASSAY_TOOLS_ASSAYCTL_TESTING_TOOL_RUNNER_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "grpcpp/impl/codegen/service_type.h"
#include "grpcpp/server.h"

#include "common/ids/id_source.h"
#include "common/testing/temp_dir.h"
#include "common/time/fake_clock.h"

namespace assay::assayctl {

// Serves `services` on a free port of the loopback until it goes out of scope, with health and
// without any check of tokens.
class FakeServer {
 public:
  explicit FakeServer(const std::vector<grpc::Service*>& services);
  ~FakeServer();
  FakeServer(const FakeServer&) = delete;
  FakeServer& operator=(const FakeServer&) = delete;

  const std::string& address() const { return address_; }

 private:
  std::unique_ptr<grpc::Server> server_;
  std::string address_;
};

struct RunResult {
  int code = -1;
  std::string out;
  std::string err;
};

// Every address of the environment is `address`; an empty home folder.
class ToolRunner {
 public:
  // With "" no service listens: port 1 of the loopback refuses.
  explicit ToolRunner(const std::string& address);

  RunResult Run(const std::vector<std::string>& args, const std::string& input = "");

  std::map<std::string, std::string>& environment() { return environment_; }
  const testing_kit::TempDir& home() const { return home_; }

 private:
  testing_kit::TempDir home_;
  testing_kit::TempDir input_;
  FakeClock clock_;
  FakeIdSource ids_;
  std::map<std::string, std::string> environment_;
};

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_TESTING_TOOL_RUNNER_H_
