#include "tools/assayctl/testing/tool_runner.h"

#include <cstdlib>
#include <iostream>
#include <sstream>

#include <fcntl.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "grpcpp/health_check_service_interface.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server_builder.h"

#include "tools/assayctl/app.h"

namespace assay::assayctl {

FakeServer::FakeServer(const std::vector<grpc::Service*>& services) {
  grpc::EnableDefaultHealthCheckService(true);
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  for (grpc::Service* service : services) builder.RegisterService(service);
  server_ = builder.BuildAndStart();
  if (server_ == nullptr) {
    std::cerr << "the fake server does not start\n";
    std::abort();
  }
  address_ = absl::StrCat("127.0.0.1:", port);
}

FakeServer::~FakeServer() { server_->Shutdown(); }

ToolRunner::ToolRunner(const std::string& address) {
  const std::string target = address.empty() ? "127.0.0.1:1" : address;
  for (const char* name :
       {"ASSAY_CATALOGUE", "ASSAY_SCORING", "ASSAY_ASSESSMENT_STORE", "ASSAY_REVIEW_QUEUE"}) {
    environment_[name] = target;
  }
  environment_["ASSAY_HOME"] = home_.path();
}

RunResult ToolRunner::Run(const std::vector<std::string>& args, const std::string& input) {
  const int descriptor = ::open(input_.Write("in", input).c_str(), O_RDONLY | O_CLOEXEC);
  std::ostringstream out;
  std::ostringstream err;
  const Environment environment = [this](const std::string& name) {
    const auto it = environment_.find(name);
    return it == environment_.end() ? std::string() : it->second;
  };
  RunResult result;
  result.code = RunApp(args, environment, {.in = descriptor, .out = out, .err = err}, clock_, ids_);
  result.out = out.str();
  result.err = err.str();
  ::close(descriptor);
  return result;
}

}  // namespace assay::assayctl
