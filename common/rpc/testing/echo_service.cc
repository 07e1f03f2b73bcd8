#include "common/rpc/testing/echo_service.h"

#include <string>

#include "common/rpc/unary.h"
#include "common/status/macros.h"
#include "common/time/clock.h"

namespace assay::rpc::testing {

absl::Status EchoServiceImpl::Answer(const CallContext& call, const EchoRequest& request,
                                     EchoResponse& response) const {
  if (hook_) ASSAY_RETURN_IF_ERROR(hook_(call, request));
  response.set_text(request.text());
  response.set_subject(call.principal.subject);
  response.set_organisation(call.principal.organisation);
  response.set_traceparent(std::string(call.traceparent));
  response.set_remaining_ms(absl::ToInt64Milliseconds(call.deadline - SystemClock().Now()));
  return absl::OkStatus();
}

grpc::ServerUnaryReactor* EchoServiceImpl::Echo(grpc::CallbackServerContext* context,
                                                const EchoRequest* request,
                                                EchoResponse* response) {
  return Unary(runtime_, context, request, response, "/assay.rpc.testing.EchoService/Echo",
               Execution::kInline,
               [this](const CallContext& call, const EchoRequest& in, EchoResponse& out) {
                 return Answer(call, in, out);
               });
}

grpc::ServerUnaryReactor* EchoServiceImpl::EchoOnWorker(grpc::CallbackServerContext* context,
                                                        const EchoRequest* request,
                                                        EchoResponse* response) {
  return Unary(runtime_, context, request, response, "/assay.rpc.testing.EchoService/EchoOnWorker",
               Execution::kWorker,
               [this](const CallContext& call, const EchoRequest& in, EchoResponse& out) {
                 return Answer(call, in, out);
               });
}

grpc::ServerUnaryReactor* EchoServiceImpl::Assess(grpc::CallbackServerContext* context,
                                                  const EchoRequest* request,
                                                  EchoResponse* response) {
  return Unary(runtime_, context, request, response, "/assay.rpc.testing.EchoService/Assess",
               Execution::kInline,
               [this](const CallContext& call, const EchoRequest& in, EchoResponse& out) {
                 return Answer(call, in, out);
               });
}

grpc::ServerBidiReactor<EchoRequest, EchoResponse>* EchoServiceImpl::EchoStream(
    grpc::CallbackServerContext* context) {
  return Bidi<EchoRequest, EchoResponse>(
      runtime_, context, "/assay.rpc.testing.EchoService/EchoStream", bidi_,
      [this](const CallContext& call, const EchoRequest& in, EchoResponse& out) {
        return Answer(call, in, out);
      },
      stream_work_);
}

}  // namespace assay::rpc::testing
