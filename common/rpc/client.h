// Calls to other services: channels that retry UNAVAILABLE only, and one helper that gives each
// call a deadline, a token and the trace.
//
//   grpc::Status (CatalogueService::StubInterface::*)(...) is named, the rest is filled in:
//   rpc::ClientCall(options, *stub_, &CatalogueService::StubInterface::GetScheme, request, scheme)

#ifndef ASSAY_COMMON_RPC_CLIENT_H_
#define ASSAY_COMMON_RPC_CLIENT_H_

#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"

#include "common/auth/token.h"
#include "common/config/service_options.h"
#include "common/rpc/call.h"
#include "common/status/grpc_status.h"
#include "common/sync/mutex.h"

namespace assay::rpc {

// Bearer tokens for outgoing calls. Thread-safe.
class TokenSource {
 public:
  virtual ~TokenSource() = default;
  virtual absl::StatusOr<std::string> Token() = 0;
};

// Always the same token: a person's, read from a file or the environment.
class FixedTokenSource final : public TokenSource {
 public:
  explicit FixedTokenSource(std::string token) : token_(std::move(token)) {}
  absl::StatusOr<std::string> Token() override { return token_; }

 private:
  const std::string token_;
};

// A service's own tokens (ROLE_SERVICE), minted with its key and renewed well before they expire.
class ServiceTokenSource final : public TokenSource {
 public:
  static constexpr absl::Duration kLifetime = absl::Minutes(10);
  static constexpr absl::Duration kRenewBefore = absl::Minutes(2);

  // `subject` is "services/assay-scoring". `clock` must outlive this.
  ServiceTokenSource(std::unique_ptr<auth::TokenSigner> signer, std::string subject,
                     const Clock& clock);
  absl::StatusOr<std::string> Token() override ASSAY_EXCLUDES(mutex_);

 private:
  const std::unique_ptr<auth::TokenSigner> signer_;
  const std::string subject_;
  const Clock& clock_;
  Mutex mutex_;
  std::string token_ ASSAY_GUARDED_BY(mutex_);
  absl::Time renew_at_ ASSAY_GUARDED_BY(mutex_) = absl::InfinitePast();
};

// The organisation that services' own tokens name.
inline constexpr std::string_view kServiceOrganisation = "organisations/assay";

// At most this many tries of a call that fails with UNAVAILABLE, inside its deadline. Calls that
// write carry a request id, so that a second try changes nothing.
inline constexpr int kMaxAttempts = 4;

// A channel to "host:port", with TLS when `tls.ca` is set. It connects on first use and reconnects
// by itself; calls fail fast while it cannot. INVALID_ARGUMENT FILE_UNREADABLE for TLS files.
absl::StatusOr<std::shared_ptr<grpc::Channel>> MakeChannel(
    std::string_view address, const config::TlsFiles& tls,
    int max_message_bytes = config::kDefaultMaxMessageBytes);

struct ClientCallOptions {
  // The caller's deadline: a call never outlives the call it is made for.
  absl::Time parent_deadline = absl::InfiniteFuture();
  // The longest this call may take.
  absl::Duration limit = absl::Seconds(10);
  std::string_view traceparent = {};  // Passed on when not empty.
  TokenSource* tokens = nullptr;      // No token is sent without one.
};

// The options of a call made while serving `parent`.
ClientCallOptions CallFor(const CallContext& parent, TokenSource& tokens,
                          absl::Duration limit = absl::Seconds(10));

// Sets deadline, token and trace on `context`.
absl::Status PrepareContext(const ClientCallOptions& options, grpc::ClientContext& context);

// Makes the call and waits. The error is the server's own with its details, or one of gRPC's.
template <typename Stub, typename Interface, typename Request, typename Response>
absl::Status ClientCall(const ClientCallOptions& options, Stub& stub,
                        grpc::Status (Interface::*method)(grpc::ClientContext*, const Request&,
                                                          Response*),
                        const std::type_identity_t<Request>& request,
                        std::type_identity_t<Response>& response) {
  grpc::ClientContext context;
  if (absl::Status status = PrepareContext(options, context); !status.ok()) return status;
  return FromGrpcStatus((stub.*method)(&context, request, &response));
}

}  // namespace assay::rpc

#endif  // ASSAY_COMMON_RPC_CLIENT_H_
