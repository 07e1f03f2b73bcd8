// gRPC credentials from PEM files.

#ifndef ASSAY_COMMON_RPC_TLS_FILES_H_
#define ASSAY_COMMON_RPC_TLS_FILES_H_

#include <memory>

#include "absl/status/statusor.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/security/server_credentials.h"

#include "common/config/service_options.h"

namespace assay::rpc {

// Insecure without a certificate. With a CA a client's certificate is asked for, and refused when
// the CA did not sign it; clients without one (people behind a token) are let in.
// INVALID_ARGUMENT FILE_UNREADABLE.
absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> MakeServerCredentials(
    const config::TlsFiles& files);

// Insecure without a CA. INVALID_ARGUMENT FILE_UNREADABLE.
absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> MakeChannelCredentials(
    const config::TlsFiles& files);

}  // namespace assay::rpc

#endif  // ASSAY_COMMON_RPC_TLS_FILES_H_
