#include "common/rpc/client.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/support/channel_arguments.h"

#include "common/rpc/tls_files.h"
#include "common/rpc/traceparent.h"
#include "common/status/macros.h"

namespace assay::rpc {
namespace {

// A peer that was restarted should be found again within a moment.
constexpr int kFirstReconnectMs = 50;
constexpr int kMinReconnectMs = 1'000;  // Also the time a connection attempt may take.
constexpr int kMaxReconnectMs = 2'000;

// Throttling: once more than half of recent calls failed, retries stop until calls succeed again,
// so that a struggling peer is not hit fourfold.
std::string ServiceConfig() {
  return absl::StrCat(R"({"methodConfig":[{"name":[{}],"waitForReady":false,"retryPolicy":{)",
                      R"("maxAttempts":)", kMaxAttempts,
                      R"(,"initialBackoff":"0.05s","maxBackoff":"1s","backoffMultiplier":2,)",
                      R"("retryableStatusCodes":["UNAVAILABLE"]}}],)",
                      R"("retryThrottling":{"maxTokens":100,"tokenRatio":0.1}})");
}

}  // namespace

ServiceTokenSource::ServiceTokenSource(std::unique_ptr<auth::TokenSigner> signer,
                                       std::string subject, const Clock& clock)
    : signer_(std::move(signer)), subject_(std::move(subject)), clock_(clock) {}

absl::StatusOr<std::string> ServiceTokenSource::Token() {
  const absl::Time now = clock_.Now();
  {
    MutexLock lock(mutex_);
    if (now < renew_at_) return token_;
  }
  // Outside the lock: two threads may both sign, which is cheaper than making all wait.
  ASSAY_ASSIGN_OR_RETURN(std::string token, signer_->Mint(subject_, kServiceOrganisation,
                                                          {access::v1::ROLE_SERVICE}, kLifetime));
  MutexLock lock(mutex_);
  token_ = token;
  renew_at_ = now + kLifetime - kRenewBefore;
  return token;
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> MakeChannel(std::string_view address,
                                                           const config::TlsFiles& tls,
                                                           int max_message_bytes) {
  ASSAY_ASSIGN_OR_RETURN(const auto credentials, MakeChannelCredentials(tls));
  grpc::ChannelArguments arguments;
  arguments.SetServiceConfigJSON(ServiceConfig());
  arguments.SetInt(GRPC_ARG_SERVICE_CONFIG_DISABLE_RESOLUTION, 1);
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 1);
  arguments.SetMaxReceiveMessageSize(max_message_bytes);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, kFirstReconnectMs);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, kMinReconnectMs);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kMaxReconnectMs);
  // Own connections: two clients in one process must not share one by accident.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(std::string(address), credentials, arguments);
}

ClientCallOptions CallFor(const CallContext& parent, TokenSource& tokens, absl::Duration limit) {
  return {.parent_deadline = parent.deadline,
          .limit = limit,
          .traceparent = parent.traceparent,
          .tokens = &tokens};
}

absl::Status PrepareContext(const ClientCallOptions& options, grpc::ClientContext& context) {
  const absl::Time deadline =
      std::min(options.parent_deadline, SystemClock().Now() + options.limit);
  context.set_deadline(absl::ToChronoTime(deadline));
  if (!options.traceparent.empty()) {
    context.AddMetadata(std::string(kTraceparentKey), std::string(options.traceparent));
  }
  if (options.tokens != nullptr) {
    ASSAY_ASSIGN_OR_RETURN(const std::string token, options.tokens->Token());
    context.AddMetadata("authorization", "Bearer " + token);
  }
  return absl::OkStatus();
}

}  // namespace assay::rpc
