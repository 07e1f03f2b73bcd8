#include "tools/assayctl/connection.h"

#include <utility>

#include "absl/strings/str_cat.h"

#include "common/config/service_options.h"
#include "common/status/macros.h"

namespace assay::assayctl {

Connection::Connection(const Options& options, absl::Duration timeout, std::string token)
    : options_(options), timeout_(timeout), has_token_(!token.empty()), tokens_(std::move(token)) {}

absl::StatusOr<std::shared_ptr<grpc::Channel>> Connection::Channel(Service service) {
  std::shared_ptr<grpc::Channel>& channel = channels_[static_cast<size_t>(service)];
  if (channel != nullptr) {
    return channel;
  }
  const std::string& target = address(service);
  if (has_token_ && options_.tls_ca.empty() && !options_.allow_plaintext &&
      !config::IsLoopback(target)) {
    return UsageError("PLAINTEXT_REFUSED",
                      absl::StrCat("a token is not sent unencrypted to ", target,
                                   "; give --tls-ca FILE, or --allow-plaintext when the network "
                                   "encrypts by itself"));
  }
  config::TlsFiles tls;
  tls.ca = options_.tls_ca;
  ASSAY_ASSIGN_OR_RETURN(channel, rpc::MakeChannel(target, tls));
  return channel;
}

rpc::ClientCallOptions Connection::CallOptions() {
  rpc::ClientCallOptions call;
  call.limit = timeout_;
  call.tokens = has_token_ ? &tokens_ : nullptr;
  return call;
}

absl::Status Connection::PrepareStream(grpc::ClientContext& context) {
  rpc::ClientCallOptions call = CallOptions();
  call.limit = absl::InfiniteDuration();
  return rpc::PrepareContext(call, context);
}

}  // namespace assay::assayctl
