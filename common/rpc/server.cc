#include "common/rpc/server.h"

#include <csignal>
#include <cstdio>
#include <fstream>
#include <mutex>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"
#include "grpcpp/health_check_service_interface.h"
#include "grpcpp/resource_quota.h"
#include "grpcpp/server_builder.h"

#include "common/rpc/tls_files.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "common/text/view.h"
#include "common/time/clock.h"

namespace assay::rpc {
namespace {

constexpr int kKeepaliveMs = 60'000;         // We ping an idle connection this often ...
constexpr int kKeepaliveTimeoutMs = 20'000;  // ... and close it when no answer came.
constexpr int kMinPingIntervalMs = 10'000;   // Clients that ping more often are turned away.
constexpr int kQuotaMaxThreads = 64;

absl::Status CheckCovered(const auth::AccessRules& access,
                          const std::vector<HostedService>& services) {
  for (const HostedService& hosted : services) {
    if (access.Covers(hosted.full_name)) continue;
    return ErrorBuilder(absl::StatusCode::kFailedPrecondition, "ACCESS_RULE_MISSING")
        .Message(absl::StrCat("service ", hosted.full_name, " has no access rules"))
        .Metadata("service", hosted.full_name)
        .Build();
  }
  return absl::OkStatus();
}

// Plugins are global to gRPC and must be in place before the first server.
void EnablePlugins() {
  static std::once_flag once;
  std::call_once(once, [] {
    grpc::EnableDefaultHealthCheckService(true);
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  });
}

void SetLimits(grpc::ServerBuilder& builder, const ServerOptions& options) {
  builder.SetMaxReceiveMessageSize(options.max_message_bytes);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, kMaxConcurrentStreams);
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, kMaxMetadataBytes);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveMs);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kKeepaliveTimeoutMs);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
                             kMinPingIntervalMs);
  // With it, a second process would share the port and silently take half of the calls.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  grpc::ResourceQuota quota("server");
  quota.Resize(kServerMemoryQuotaBytes).SetMaxThreads(kQuotaMaxThreads);
  builder.SetResourceQuota(quota);
}

std::string BoundAddress(const std::string& listen, int port) {
  if (absl::StartsWith(listen, "unix:")) return listen;
  return absl::StrCat(listen.substr(0, listen.rfind(':')), ":", port);
}

absl::Status WritePortFile(const std::string& path, const std::string& address) {
  const std::string fresh = path + ".new";
  std::ofstream out(fresh, std::ios::trunc);
  out << address << "\n";
  out.close();
  if (out.fail() || std::rename(fresh.c_str(), path.c_str()) != 0) {
    return ErrorBuilder(absl::StatusCode::kFailedPrecondition, "PORT_FILE_UNWRITABLE")
        .Message("cannot write the port file " + path)
        .Metadata("path", path)
        .Build();
  }
  return absl::OkStatus();
}

sigset_t StopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

// True when a stop signal came within `limit`.
bool WaitForStopSignal(absl::Duration limit) {
  const sigset_t signals = StopSignals();
  const timespec timeout = absl::ToTimespec(limit);
  return sigtimedwait(&signals, nullptr, &timeout) > 0;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Create(const ServerOptions& options,
                                                       const auth::AccessRules& access,
                                                       const std::vector<HostedService>& services) {
  ASSAY_RETURN_IF_ERROR(CheckCovered(access, services));
  ASSAY_ASSIGN_OR_RETURN(const auto credentials, MakeServerCredentials(options.tls));
  EnablePlugins();
  grpc::ServerBuilder builder;
  SetLimits(builder, options);
  int port = 0;
  builder.AddListeningPort(options.listen, credentials, &port);
  for (const HostedService& hosted : services) builder.RegisterService(hosted.service);
  std::unique_ptr<grpc::Server> built = builder.BuildAndStart();
  if (built == nullptr) {
    return ErrorBuilder(absl::StatusCode::kFailedPrecondition, "LISTEN_FAILED")
        .Message(absl::StrCat("cannot listen on ", options.listen,
                              ": it is in use, not ours, or the TLS files do not fit"))
        .Metadata("address", options.listen)
        .Build();
  }
  std::unique_ptr<Server> server(new Server(std::move(built), BoundAddress(options.listen, port)));
  server->SetServing(true);
  if (!options.port_file.empty()) {
    ASSAY_RETURN_IF_ERROR(WritePortFile(options.port_file, server->address()));
  }
  return server;
}

Server::~Server() { Shutdown(absl::ZeroDuration()); }

void Server::SetServing(bool serving) {
  server_->GetHealthCheckService()->SetServingStatus(serving);
}

void Server::Shutdown(absl::Duration limit) {
  SetServing(false);
  server_->Shutdown(absl::ToChronoTime(SystemClock().Now() + limit));
}

void BlockSignals() {
  const sigset_t signals = StopSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
}

int RunUntilSignal(Server& server, const Logger& logger,
                   const std::function<absl::Status()>& health) {
  while (!WaitForStopSignal(kHealthInterval)) {
    if (!health) continue;
    const absl::Status status = health();
    if (status.ok()) continue;
    logger.Log(Severity::kError, "unhealthy, stopping",
               {{"reason", ErrorReason(status)}, {"error", FromAbsl(status.message())}});
    server.Shutdown(kDrainLimit);
    return 1;
  }
  logger.Log(Severity::kInfo, "stop signal, draining");
  server.Shutdown(kDrainLimit);
  logger.Log(Severity::kInfo, "drained");
  return 0;
}

}  // namespace assay::rpc
