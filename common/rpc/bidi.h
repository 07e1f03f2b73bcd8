// The one wrapper of bidirectional streams: for each message read, one answer, in order.
//
// The caller is checked once, when the stream opens, by the same rules as a unary call; its
// token's expiry again at each message. Read, answer, read: one message is in work at a time, and
// the next is read when the answer to the last was taken, so a slow reader slows its own stream and
// nothing piles up. (Reading during the write was slower: every message then woke two of gRPC's
// threads, which cost more than the overlap won.) The handler runs inline in gRPC's thread, where
// it must not block, unless the stream's selector sends the message to the worker pool.

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

#include "common/rpc/arena_messages.h"
#include "common/rpc/call.h"
#include "common/status/grpc_status.h"

namespace assay::rpc {

inline constexpr int64_t kDefaultMaxStreamMessages = 1'000'000;

struct BidiOptions {
  // One more ends the stream with RESOURCE_EXHAUSTED STREAM_TOO_LONG; open a new one.
  int64_t max_messages = kDefaultMaxStreamMessages;
};

// Where messages are worked on, and what becomes of those the pool has no room for.
template <typename Request, typename Response>
struct BidiWork {
  // Asked in gRPC's thread before each message; must not block. Empty: always inline.
  std::function<Execution(const Request&)> execution = nullptr;
  // Turns the pool's refusal (SERVER_BUSY, SERVER_STOPPING) into the message's answer. Empty: the
  // refusal ends the stream.
  std::function<void(const absl::Status&, const Request&, Response&)> shed = nullptr;
};

namespace internal {

absl::Status StreamTooLong(std::string_view method, int64_t max_messages);

// At any time exactly one of these is under way: a read, a message in work, a write. So the handler
// never runs twice at once, nothing needs a lock, and Finish is reached exactly once. While a
// worker has a message Finish is still to come, so gRPC keeps this object even when the caller has
// gone. Deletes itself when gRPC is done with it.
template <typename Request, typename Response>
class BidiCall final : public grpc::ServerBidiReactor<Request, Response> {
 public:
  using Handler = std::function<absl::Status(const CallContext&, const Request&, Response&)>;

  BidiCall(CallRuntime& runtime, grpc::CallbackServerContext* context, std::string_view method,
           const BidiOptions& options, Handler handler, BidiWork<Request, Response> work)
      : state_(runtime, *context, method, CallState::Kind::kStream),
        options_(options),
        handler_(std::move(handler)),
        work_(std::move(work)) {
    if (absl::Status admitted = state_.Admit(); !admitted.ok()) {
      End(admitted);
      return;
    }
    this->StartRead(&request_);
  }

  void OnReadDone(bool ok) override {
    if (!ok) {  // The caller half-closed, or has gone; gRPC knows which.
      End(state_.context().cancelled() ? Gone() : absl::OkStatus());
      return;
    }
    if (++messages_ > options_.max_messages) {
      End(StreamTooLong(state_.context().method, options_.max_messages));
      return;
    }
    response_.Renew();
    if (!work_.execution || work_.execution(request_) == Execution::kInline) {
      HandleOne();
      return;
    }
    // Once submitted, this object belongs to the worker.
    absl::Status submitted = state_.runtime().pool.Submit([this] { HandleOne(); });
    if (!submitted.ok()) Shed(submitted);
  }

  void OnWriteDone(bool ok) override {
    if (ok) {
      this->StartRead(&request_);
    } else {
      End(Gone());
    }
  }

  void OnDone() override { delete this; }

 private:
  static absl::Status Gone() { return absl::CancelledError("the caller has gone"); }

  void HandleOne() {
    absl::Status status = state_.CheckAlive();  // It may have waited in the queue.
    if (status.ok()) status = handler_(state_.context(), request_, response_.message());
    Answer(status);
  }

  void Shed(const absl::Status& refusal) {
    if (!work_.shed) {
      End(refusal);
      return;
    }
    absl::Status status = state_.CheckAlive();
    if (status.ok()) work_.shed(refusal, request_, response_.message());
    Answer(status);
  }

  // Nothing of `this` may be touched after it: the next callback may run at once elsewhere.
  void Answer(const absl::Status& status) {
    if (!status.ok()) {
      End(status);
      return;
    }
    this->StartWrite(&response_.message());
  }

  // Nothing of `this` may be touched after Finish.
  void End(const absl::Status& status) {
    state_.End(status);
    this->Finish(ToGrpcStatus(status));
  }

  CallState state_;
  const BidiOptions options_;
  const Handler handler_;
  const BidiWork<Request, Response> work_;
  int64_t messages_ = 0;
  Request request_;  // Read into again and again: it keeps its memory.
  RenewedMessage<Response> response_;
};

}  // namespace internal

// `method` must have static storage. `handler` answers one message; an error ends the stream with
// it, so what is wrong with one item belongs into its answer. Answers come in the order of the
// messages wherever these run.
template <typename Request, typename Response>
grpc::ServerBidiReactor<Request, Response>* Bidi(
    CallRuntime& runtime, grpc::CallbackServerContext* context, std::string_view method,
    const BidiOptions& options,
    std::type_identity_t<std::function<absl::Status(const CallContext&, const Request&, Response&)>>
        handler,
    std::type_identity_t<BidiWork<Request, Response>> work = {}) {
  return new internal::BidiCall<Request, Response>(runtime, context, method, options,
                                                   std::move(handler), std::move(work));
}

}  // namespace assay::rpc

#endif  // ASSAY_COMMON_RPC_BIDI_H_
