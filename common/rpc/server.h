// A gRPC server of ours: health, reflection, limits, TLS, orderly end.

#ifndef ASSAY_COMMON_RPC_SERVER_H_
#define ASSAY_COMMON_RPC_SERVER_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "grpcpp/impl/codegen/service_type.h"
#include "grpcpp/server.h"

#include "common/auth/access_rules.h"
#include "common/config/service_options.h"
#include "common/log/logger.h"

namespace assay::rpc {

inline constexpr int kMaxConcurrentStreams = 1024;                    // Per connection.
inline constexpr int kMaxMetadataBytes = 16 * 1024;                   // Per call.
inline constexpr size_t kServerMemoryQuotaBytes = size_t{256} << 20;  // gRPC's own buffers.
inline constexpr absl::Duration kDrainLimit = absl::Seconds(5);
inline constexpr absl::Duration kHealthInterval = absl::Seconds(1);

struct ServerOptions {
  std::string listen = "127.0.0.1:0";
  config::TlsFiles tls = {};
  int max_message_bytes = config::kDefaultMaxMessageBytes;  // Of a request.
  std::string port_file = {};  // When set, the bound address is written to it, in one rename.
};

// One service of a server. `full_name` is CatalogueService::service_full_name(). Not owned.
struct HostedService {
  std::string full_name = {};
  grpc::Service* service = nullptr;
};

// Thread-safe.
class Server {
 public:
  // Listens on return; health says SERVING. FAILED_PRECONDITION ACCESS_RULE_MISSING when `access`
  // does not cover a service (health and reflection, which show no content, are exempt), and
  // LISTEN_FAILED when the address cannot be bound; INVALID_ARGUMENT FILE_UNREADABLE for TLS files.
  static absl::StatusOr<std::unique_ptr<Server>> Create(const ServerOptions& options,
                                                        const auth::AccessRules& access,
                                                        const std::vector<HostedService>& services);
  // Shuts down when nobody has.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Where it listens, with the real port: "127.0.0.1:41234".
  const std::string& address() const { return address_; }

  // What health answers for the server and each of its services.
  void SetServing(bool serving);

  // Health to NOT_SERVING, no new calls; those under way have `limit` to end, then are cancelled.
  // Returns when the last has ended. Idempotent.
  void Shutdown(absl::Duration limit);

 private:
  Server(std::unique_ptr<grpc::Server> server, std::string address)
      : server_(std::move(server)), address_(std::move(address)) {}

  const std::unique_ptr<grpc::Server> server_;
  const std::string address_;
};

// Blocks SIGTERM and SIGINT in this thread and all it starts, and ignores SIGPIPE. First thing in
// main: a thread started before could still be killed by the signal.
void BlockSignals();

// Serves until SIGTERM or SIGINT, then drains within kDrainLimit and returns 0. Calls `health` each
// kHealthInterval (may be null): when it fails, the server says NOT_SERVING, drains and returns 1,
// so that a supervisor starts the process anew. Needs BlockSignals.
int RunUntilSignal(Server& server, const Logger& logger,
                   const std::function<absl::Status()>& health);

}  // namespace assay::rpc

#endif  // ASSAY_COMMON_RPC_SERVER_H_
