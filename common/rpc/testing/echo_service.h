// The echo service of the tests: answers with what it was sent and who sent it.

#ifndef ASSAY_COMMON_RPC_TESTING_ECHO_SERVICE_H_
#define ASSAY_COMMON_RPC_TESTING_ECHO_SERVICE_H_

#include <functional>

#include "absl/status/status.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/server_callback.h"

#include "common/rpc/bidi.h"
#include "common/rpc/call.h"
#include "common/rpc/testing/echo.grpc.pb.h"

namespace assay::rpc::testing {

// Thread-safe. Set the hook before the first call.
class EchoServiceImpl final : public EchoService::CallbackService {
 public:
  // Runs in every handler; its error is the handler's.
  using Hook = std::function<absl::Status(const CallContext&, const EchoRequest&)>;

  explicit EchoServiceImpl(CallRuntime& runtime, BidiOptions bidi = {})
      : runtime_(runtime), bidi_(bidi) {}

  void set_hook(Hook hook) { hook_ = std::move(hook); }
  // Where messages of EchoStream run; inline when not set. Before the first call, as the hook.
  void set_stream_work(BidiWork<EchoRequest, EchoResponse> work) { stream_work_ = std::move(work); }

  grpc::ServerUnaryReactor* Echo(grpc::CallbackServerContext* context, const EchoRequest* request,
                                 EchoResponse* response) override;
  grpc::ServerUnaryReactor* EchoOnWorker(grpc::CallbackServerContext* context,
                                         const EchoRequest* request,
                                         EchoResponse* response) override;
  grpc::ServerUnaryReactor* Assess(grpc::CallbackServerContext* context, const EchoRequest* request,
                                   EchoResponse* response) override;
  grpc::ServerBidiReactor<EchoRequest, EchoResponse>* EchoStream(
      grpc::CallbackServerContext* context) override;

 private:
  absl::Status Answer(const CallContext& call, const EchoRequest& request,
                      EchoResponse& response) const;

  CallRuntime& runtime_;
  const BidiOptions bidi_;
  Hook hook_;
  BidiWork<EchoRequest, EchoResponse> stream_work_;
};

}  // namespace assay::rpc::testing

#endif  // ASSAY_COMMON_RPC_TESTING_ECHO_SERVICE_H_
