// The one wrapper of unary handlers: it authenticates the call, checks the method's rule, applies
// the deadline, counts, times, logs one line and translates the status.
//
//   grpc::ServerUnaryReactor* GetScheme(grpc::CallbackServerContext* context,
//                                       const GetSchemeRequest* request,
//                                       Scheme* response) override {
//     return rpc::Unary(runtime_, context, request, response,
//                       "/assay.catalogue.v1.CatalogueService/GetScheme", Execution::kInline,
//                       [this](const rpc::CallContext& call, const GetSchemeRequest& get,
//                              Scheme& scheme) { return catalogue_.Get(get.name(), scheme); });
//   }

#ifndef ASSAY_COMMON_RPC_UNARY_H_
#define ASSAY_COMMON_RPC_UNARY_H_

#include <functional>
#include <string_view>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/server_callback.h"

#include "common/rpc/call.h"

namespace assay::rpc {
namespace internal {

// Starts the call; the returned reactor deletes itself when gRPC is done with it.
grpc::ServerUnaryReactor* StartUnary(CallRuntime& runtime, grpc::CallbackServerContext* context,
                                     std::string_view method, Execution execution,
                                     std::function<absl::Status(const CallContext&)> body);

}  // namespace internal

// `method` must have static storage (a literal). `handler` runs at most once, and only for an
// allowed caller before its deadline; request, response and whatever it captures by reference must
// be gRPC's or outlive the server. They stay valid while it runs even when the caller has gone.
// A response filled by a handler that fails is not sent.
template <typename Request, typename Response>
grpc::ServerUnaryReactor* Unary(
    CallRuntime& runtime, grpc::CallbackServerContext* context, const Request* request,
    Response* response, std::string_view method, Execution execution,
    std::type_identity_t<std::function<absl::Status(const CallContext&, const Request&, Response&)>>
        handler) {
  return internal::StartUnary(
      runtime, context, method, execution,
      [request, response, handler = std::move(handler)](const CallContext& call) {
        return handler(call, *request, *response);
      });
}

// The same for a method of a domain object that takes and returns values: `(domain.*function)(call,
// request)`. `domain` must outlive the server.
template <typename Domain, typename Request, typename Response>
grpc::ServerUnaryReactor* Unary(CallRuntime& runtime, grpc::CallbackServerContext* context,
                                const Request* request, Response* response, std::string_view method,
                                Execution execution, Domain& domain,
                                absl::StatusOr<Response> (Domain::*function)(const CallContext&,
                                                                             const Request&)) {
  return Unary(runtime, context, request, response, method, execution,
               [&domain, function](const CallContext& call, const Request& unpacked,
                                   Response& packed) -> absl::Status {
                 absl::StatusOr<Response> answer = (domain.*function)(call, unpacked);
                 if (!answer.ok()) return std::move(answer).status();
                 packed = *std::move(answer);
                 return absl::OkStatus();
               });
}

}  // namespace assay::rpc

#endif  // ASSAY_COMMON_RPC_UNARY_H_
