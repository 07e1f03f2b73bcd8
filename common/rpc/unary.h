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

#include <memory>
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

// Ends the call in the log and on the wire. Nothing of the call may be touched after it.
void FinishUnary(CallState& state, const absl::Status& status, grpc::ServerUnaryReactor& reactor);

// A call on its way through the worker pool, which owns it. gRPC keeps request, response and
// context until Finish, so a worker may go on after the caller has left.
class WorkerCall {
 public:
  WorkerCall(CallRuntime& runtime, const grpc::CallbackServerContext& context,
             std::string_view method, grpc::ServerUnaryReactor& reactor)
      : state_(runtime, context, method, CallState::Kind::kUnary), reactor_(reactor) {}
  virtual ~WorkerCall() = default;

  // Admits `call` and hands it to the pool, or ends it.
  static void Begin(std::unique_ptr<WorkerCall> call);

 protected:
  virtual absl::Status Body(const CallContext& call) = 0;

 private:
  void Run();

  CallState state_;
  grpc::ServerUnaryReactor& reactor_;
};

template <typename Request, typename Response, typename Handler>
class WorkerCallOf final : public WorkerCall {
 public:
  WorkerCallOf(CallRuntime& runtime, const grpc::CallbackServerContext& context,
               std::string_view method, grpc::ServerUnaryReactor& reactor, const Request& request,
               Response& response, Handler handler)
      : WorkerCall(runtime, context, method, reactor),
        request_(request),
        response_(response),
        handler_(std::move(handler)) {}

 private:
  absl::Status Body(const CallContext& call) override {
    return handler_(call, request_, response_);
  }

  const Request& request_;
  Response& response_;
  Handler handler_;
};

}  // namespace internal

// `method` must have static storage (a literal). `handler` runs at most once, and only for an
// allowed caller before its deadline; request, response and whatever it captures by reference must
// be gRPC's or outlive the server. They stay valid while it runs even when the caller has gone.
// A response filled by a handler that fails is not sent.
template <typename Request, typename Response, typename Handler>
requires std::is_invocable_r_v<absl::Status, Handler&, const CallContext&, const Request&,
                               Response&>
    grpc::ServerUnaryReactor* Unary(CallRuntime& runtime, grpc::CallbackServerContext* context,
                                    const Request* request, Response* response,
                                    std::string_view method, Execution execution, Handler handler) {
  // gRPC's own reactor, for only its end is not sent through another thread. A call that runs
  // inline needs nothing but this stack.
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  if (execution == Execution::kInline) {
    internal::CallState state(runtime, *context, method, internal::CallState::Kind::kUnary);
    absl::Status status = state.Admit();
    if (status.ok()) status = handler(state.context(), *request, *response);
    internal::FinishUnary(state, status, *reactor);
    return reactor;
  }
  internal::WorkerCall::Begin(std::make_unique<internal::WorkerCallOf<Request, Response, Handler>>(
      runtime, *context, method, *reactor, *request, *response, std::move(handler)));
  return reactor;
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
