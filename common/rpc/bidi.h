// The one wrapper of bidirectional streams: for each message read, one answer, in order.
//
// The caller is checked once, when the stream opens, by the same rules as a unary call; its
// token's expiry again at each message. One message is in work at a time and the next is read only
// when the answer to the last was taken, so a slow reader slows its own stream and nothing piles
// up. The handler runs inline in gRPC's thread: it must not block.

#ifndef ASSAY_COMMON_RPC_BIDI_H_
#define ASSAY_COMMON_RPC_BIDI_H_

#include <cstdint>
#include <functional>
#include <string_view>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/server_callback.h"

#include "common/rpc/call.h"
#include "common/status/grpc_status.h"

namespace assay::rpc {

inline constexpr int64_t kDefaultMaxStreamMessages = 1'000'000;

struct BidiOptions {
  // One more ends the stream with RESOURCE_EXHAUSTED STREAM_TOO_LONG; open a new one.
  int64_t max_messages = kDefaultMaxStreamMessages;
};

namespace internal {

absl::Status StreamTooLong(std::string_view method, int64_t max_messages);

// At most one operation is outstanding at any time, so its callbacks never overlap (OnCancel but
// sets a flag) and Finish is reached exactly once. Deletes itself when gRPC is done with it.
template <typename Request, typename Response>
class BidiCall final : public grpc::ServerBidiReactor<Request, Response> {
 public:
  using Handler = std::function<absl::Status(const CallContext&, const Request&, Response&)>;

  BidiCall(CallRuntime& runtime, grpc::CallbackServerContext* context, std::string_view method,
           const BidiOptions& options, Handler handler)
      : state_(runtime, *context, method, CallState::Kind::kStream),
        options_(options),
        handler_(std::move(handler)) {
    if (absl::Status admitted = state_.Admit(*context); !admitted.ok()) {
      End(admitted);
      return;
    }
    this->StartRead(&request_);
  }

  void OnReadDone(bool ok) override {
    if (!ok) {  // The caller half-closed, or has gone; gRPC knows which.
      End(state_.context().cancelled() ? absl::CancelledError("the caller has gone")
                                       : absl::OkStatus());
      return;
    }
    absl::Status status = HandleOne();
    if (!status.ok()) {
      End(status);
      return;
    }
    this->StartWrite(&response_);
  }

  void OnWriteDone(bool ok) override {
    if (!ok) {
      End(absl::CancelledError("the caller has gone"));
      return;
    }
    this->StartRead(&request_);
  }

  void OnCancel() override { state_.MarkCancelled(); }
  void OnDone() override { delete this; }

 private:
  absl::Status HandleOne() {
    if (++messages_ > options_.max_messages) {
      return StreamTooLong(state_.context().method, options_.max_messages);
    }
    if (absl::Status alive = state_.CheckAlive(); !alive.ok()) return alive;
    response_.Clear();
    return handler_(state_.context(), request_, response_);
  }

  // Nothing of `this` may be touched after Finish.
  void End(const absl::Status& status) {
    state_.End(status);
    this->Finish(ToGrpcStatus(status));
  }

  CallState state_;
  const BidiOptions options_;
  const Handler handler_;
  int64_t messages_ = 0;
  Request request_;
  Response response_;
};

}  // namespace internal

// `method` must have static storage. `handler` answers one message; an error ends the stream with
// it, so what is wrong with one item belongs into its answer.
template <typename Request, typename Response>
grpc::ServerBidiReactor<Request, Response>* Bidi(
    CallRuntime& runtime, grpc::CallbackServerContext* context, std::string_view method,
    const BidiOptions& options,
    std::type_identity_t<std::function<absl::Status(const CallContext&, const Request&, Response&)>>
        handler) {
  return new internal::BidiCall<Request, Response>(runtime, context, method, options,
                                                   std::move(handler));
}

}  // namespace assay::rpc

#endif  // ASSAY_COMMON_RPC_BIDI_H_
