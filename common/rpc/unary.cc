#include "common/rpc/unary.h"

#include "common/status/grpc_status.h"

namespace assay::rpc::internal {

void FinishUnary(CallState& state, const absl::Status& status, grpc::ServerUnaryReactor& reactor) {
  state.End(status);
  reactor.Finish(ToGrpcStatus(status));
}

void WorkerCall::Begin(std::unique_ptr<WorkerCall> call) {
  if (absl::Status admitted = call->state_.Admit(); !admitted.ok()) {
    FinishUnary(call->state_, admitted, call->reactor_);
    return;
  }
  // The pool's tasks can be copied and so cannot own it; each that is accepted runs exactly once.
  absl::Status submitted = call->state_.runtime().pool.Submit(
      [raw = call.get()] { std::unique_ptr<WorkerCall>(raw)->Run(); });
  if (submitted.ok()) {
    static_cast<void>(call.release());
  } else {
    FinishUnary(call->state_, submitted, call->reactor_);
  }
}

void WorkerCall::Run() {
  absl::Status status = state_.CheckAlive();  // It may have waited long in the queue.
  if (status.ok()) status = Body(state_.context());
  FinishUnary(state_, status, reactor_);
}

}  // namespace assay::rpc::internal
