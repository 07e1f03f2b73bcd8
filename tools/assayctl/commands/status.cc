#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"

#include "common/rpc/client.h"
#include "common/status/grpc_status.h"
#include "common/status/macros.h"
#include "tools/assayctl/commands/command.h"
#include "tools/assayctl/health.grpc.pb.h"
#include "tools/assayctl/output/table.h"
#include "tools/assayctl/output/text.h"

namespace assay::assayctl {
namespace {

using grpc::health::v1::Health;
using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

// A service that is well answers at once.
constexpr absl::Duration kHealthTimeout = absl::Seconds(5);

struct StatusArgs {};

struct ServiceHealth {
  Service service = Service::kCatalogue;
  std::string state;  // serving, not serving, unreachable
  std::string detail;
  bool serving = false;
};

ServiceHealth Check(Context& context, Service service) {
  ServiceHealth health;
  health.service = service;
  HealthCheckResponse response;
  // No token: health shows no content, and it is asked when tokens may be what is broken.
  const absl::Status status = [&]() -> absl::Status {
    ASSAY_ASSIGN_OR_RETURN(const auto channel, context.connection().Channel(service));
    const auto stub = Health::NewStub(channel);
    rpc::ClientCallOptions call;
    call.limit = std::min(context.connection().timeout(), kHealthTimeout);
    return rpc::ClientCall(call, *stub, &Health::StubInterface::Check, HealthCheckRequest(),
                           response);
  }();
  health.serving = status.ok() && response.status() == HealthCheckResponse::SERVING;
  if (!status.ok()) {
    health.state = "unreachable";
    health.detail = std::string(status.message());
  } else {
    health.state = health.serving ? "serving" : "not serving";
  }
  return health;
}

// gRPC strings causes together; the last one is what a person can act on. JSON has them all.
std::string Cause(const std::string& detail) {
  constexpr size_t kWidth = 80;
  const size_t colon = detail.rfind(": ");
  return Shorten(Printable(colon == std::string::npos ? detail : detail.substr(colon + 2)), kWidth);
}

std::string ToTable(Context& context, const std::vector<ServiceHealth>& all) {
  Table table({{"SERVICE"}, {"ADDRESS"}, {"STATE"}, {"DETAIL"}});
  for (const ServiceHealth& health : all) {
    table.AddRow(
        {std::string(ServiceName(health.service)), context.connection().address(health.service),
         Cell(health.state, health.serving ? Paint::kGreen : Paint::kRed), Cause(health.detail)});
  }
  return table.Render(context.style());
}

nlohmann::ordered_json ToDocument(Context& context, const ServiceHealth& health) {
  return {{"service", std::string(ServiceName(health.service))},
          {"address", context.connection().address(health.service)},
          {"serving", health.serving},
          {"state", health.state},
          {"detail", health.detail}};
}

std::string Dump(const nlohmann::ordered_json& document, int indent) {
  return document.dump(indent, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

absl::StatusOr<ExitCode> RunStatus(Context& context, const StatusArgs&) {
  std::vector<ServiceHealth> all;
  bool all_serving = true;
  nlohmann::ordered_json documents = nlohmann::ordered_json::array();
  for (Service service : kServices) {
    all.push_back(Check(context, service));
    all_serving = all_serving && all.back().serving;
    documents.push_back(ToDocument(context, all.back()));
  }
  if (context.format() == OutputFormat::kTable) {
    context.out() << ToTable(context, all);
  } else if (context.format() == OutputFormat::kJson) {
    context.out() << Dump({{"services", documents}}, 1);
  } else {
    for (const auto& document : documents) context.out() << Dump(document, -1);
  }
  return all_serving ? ExitCode::kOk : ExitCode::kRefused;
}

}  // namespace

void AddStatusCommand(CLI::App& root, Context& context) {
  AddCommand<StatusArgs>(root, context, "status",
                         "Health of the four services; exits with 1 when one is not serving",
                         RunStatus);
}

}  // namespace assay::assayctl
