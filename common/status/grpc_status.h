// The one place where absl::Status and grpc::Status are translated into each other.
//
// On the wire the details are a serialised google.rpc.Status in the grpc-status-details-bin
// trailer, the form every gRPC rich-error library reads.

#ifndef ASSAY_COMMON_STATUS_GRPC_STATUS_H_
#define ASSAY_COMMON_STATUS_GRPC_STATUS_H_

#include <string_view>

#include "absl/status/status.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/support/status.h"

namespace assay {

inline constexpr std::string_view kErrorInfoUrl = "type.googleapis.com/google.rpc.ErrorInfo";
inline constexpr std::string_view kBadRequestUrl = "type.googleapis.com/google.rpc.BadRequest";
inline constexpr std::string_view kRetryInfoUrl = "type.googleapis.com/google.rpc.RetryInfo";

// Keeps code, message and every payload. The two code spaces have the same numbers.
grpc::Status ToGrpcStatus(const absl::Status& status);
absl::Status FromGrpcStatus(const grpc::Status& status);

// For errors inside a message (one item of a batch or stream).
google::rpc::Status ToRpcStatus(const absl::Status& status);
absl::Status FromRpcStatus(const google::rpc::Status& status);

}  // namespace assay

#endif  // ASSAY_COMMON_STATUS_GRPC_STATUS_H_
