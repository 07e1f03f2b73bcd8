#include "common/rpc/unary.h"

#include <utility>

#include "common/status/grpc_status.h"

namespace assay::rpc::internal {
namespace {

// gRPC keeps request, response and context until OnDone, which comes after both Finish and
// OnCancel have had their turn; so a worker may go on after the caller has left, and Finish, which
// is reached exactly once, is the last thing that touches this object.
class UnaryCall final : public grpc::ServerUnaryReactor {
 public:
  UnaryCall(CallRuntime& runtime, grpc::CallbackServerContext* context, std::string_view method,
            std::function<absl::Status(const CallContext&)> body)
      : state_(runtime, *context, method, CallState::Kind::kUnary), body_(std::move(body)) {}

  void Begin(const grpc::CallbackServerContext& context, Execution execution) {
    if (absl::Status admitted = state_.Admit(context); !admitted.ok()) {
      End(admitted);
      return;
    }
    if (execution == Execution::kInline) {
      Run();
      return;
    }
    // Once submitted, this object belongs to the worker.
    absl::Status submitted = state_.runtime().pool.Submit([this] { Run(); });
    if (!submitted.ok()) End(submitted);
  }

  void OnCancel() override { state_.MarkCancelled(); }
  void OnDone() override { delete this; }

 private:
  void Run() {
    absl::Status status = state_.CheckAlive();  // It may have waited long in the queue.
    if (status.ok()) status = body_(state_.context());
    End(status);
  }

  void End(const absl::Status& status) {
    state_.End(status);
    Finish(ToGrpcStatus(status));
  }

  CallState state_;
  const std::function<absl::Status(const CallContext&)> body_;
};

}  // namespace

grpc::ServerUnaryReactor* StartUnary(CallRuntime& runtime, grpc::CallbackServerContext* context,
                                     std::string_view method, Execution execution,
                                     std::function<absl::Status(const CallContext&)> body) {
  auto* call = new UnaryCall(runtime, context, method, std::move(body));
  // gRPC deletes nothing before it has been given the reactor, so returning it is safe even when
  // the call has ended by now.
  call->Begin(*context, execution);
  return call;
}

}  // namespace assay::rpc::internal
