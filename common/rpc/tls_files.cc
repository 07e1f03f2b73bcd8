#include "common/rpc/tls_files.h"

#include "common/auth/key_files.h"
#include "common/status/macros.h"

namespace assay::rpc {

absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> MakeServerCredentials(
    const config::TlsFiles& files) {
  if (!files.serves()) return grpc::InsecureServerCredentials();
  grpc::SslServerCredentialsOptions::PemKeyCertPair pair;
  ASSAY_ASSIGN_OR_RETURN(pair.private_key, auth::ReadKeyFile(files.key));
  ASSAY_ASSIGN_OR_RETURN(pair.cert_chain, auth::ReadKeyFile(files.certificate));
  grpc::SslServerCredentialsOptions options;
  options.pem_key_cert_pairs.push_back(pair);
  if (!files.ca.empty()) {
    ASSAY_ASSIGN_OR_RETURN(options.pem_root_certs, auth::ReadKeyFile(files.ca));
    options.client_certificate_request = GRPC_SSL_REQUEST_CLIENT_CERTIFICATE_AND_VERIFY;
  }
  return grpc::SslServerCredentials(options);
}

absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> MakeChannelCredentials(
    const config::TlsFiles& files) {
  if (files.ca.empty()) return grpc::InsecureChannelCredentials();
  grpc::SslCredentialsOptions options;
  ASSAY_ASSIGN_OR_RETURN(options.pem_root_certs, auth::ReadKeyFile(files.ca));
  if (!files.certificate.empty()) {
    ASSAY_ASSIGN_OR_RETURN(options.pem_private_key, auth::ReadKeyFile(files.key));
    ASSAY_ASSIGN_OR_RETURN(options.pem_cert_chain, auth::ReadKeyFile(files.certificate));
  }
  return grpc::SslCredentials(options);
}

}  // namespace assay::rpc
