#include "tools/bench/echo_target.h"

#include <cstdlib>
#include <iostream>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server_builder.h"
#include "grpcpp/support/message_allocator.h"

#include "common/rpc/unary.h"
#include "tools/bench/scenario.h"

namespace assay::bench {
namespace {

namespace v1 = ::assay::scoring::v1;

// A request that lives as long as its call, and whichever prebuilt answer the handler points to:
// gRPC serialises that one as it stands, nothing is copied.
class PrebuiltHolder final : public grpc::MessageHolder<v1::ScoreRequest, v1::ScoreResponse> {
 public:
  PrebuiltHolder() { set_request(&own_request_); }
  void Release() override { delete this; }
  // gRPC's interface is not const, but it only serialises the answer.
  void Answer(const v1::ScoreResponse& answer) {
    set_response(const_cast<v1::ScoreResponse*>(&answer));
  }

 private:
  v1::ScoreRequest own_request_;
};

class PrebuiltAllocator final : public grpc::MessageAllocator<v1::ScoreRequest, v1::ScoreResponse> {
 public:
  grpc::MessageHolder<v1::ScoreRequest, v1::ScoreResponse>* AllocateMessages() override {
    return new PrebuiltHolder();
  }
};

void AnswerWith(const v1::ScoreResponse& answer, grpc::CallbackServerContext* context) {
  static_cast<PrebuiltHolder*>(context->GetRpcAllocatorState())->Answer(answer);
}

// Reads, answers, reads: what a bare handler of a stream does.
class EchoStream final
    : public grpc::ServerBidiReactor<v1::ScoreStreamRequest, v1::ScoreStreamResponse> {
 public:
  EchoStream(const v1::ScoreStreamResponse& summary, const v1::ScoreStreamResponse& full)
      : summary_(summary), full_(full) {
    StartRead(&request_);
  }

  void OnReadDone(bool ok) override {
    if (!ok) {
      Finish(grpc::Status::OK);
      return;
    }
    StartWrite(request_.request().view() == v1::VERDICT_VIEW_FULL ? &full_ : &summary_);
  }
  void OnWriteDone(bool ok) override {
    if (ok) {
      StartRead(&request_);
    } else {
      Finish(grpc::Status::OK);
    }
  }
  void OnDone() override { delete this; }

 private:
  const v1::ScoreStreamResponse& summary_;
  const v1::ScoreStreamResponse& full_;
  v1::ScoreStreamRequest request_;
};

v1::ScoreStreamResponse StreamAnswer(const v1::ScoreResponse& answer) {
  v1::ScoreStreamResponse response;
  response.set_correlation_id(std::string(kCorrelationId));
  *response.mutable_verdict() = answer.verdict();
  return response;
}

}  // namespace

class EchoTarget::Service final : public v1::ScoringService::CallbackService {
 public:
  Service(PrebuiltAnswers answers, rpc::CallRuntime* runtime)
      : answers_(std::move(answers)),
        stream_summary_(StreamAnswer(answers_.summary)),
        stream_full_(StreamAnswer(answers_.full)),
        runtime_(runtime) {
    SetMessageAllocatorFor_Score(&allocator_);
  }

  grpc::ServerUnaryReactor* Score(grpc::CallbackServerContext* context,
                                  const v1::ScoreRequest* request,
                                  v1::ScoreResponse* response) override {
    if (runtime_ == nullptr) {
      AnswerWith(answers_.For(request->view()), context);
      grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
      reactor->Finish(grpc::Status::OK);
      return reactor;
    }
    return rpc::Unary(
        *runtime_, context, request, response, "/assay.scoring.v1.ScoringService/Score",
        rpc::Execution::kInline,
        [this, context](const rpc::CallContext&, const v1::ScoreRequest& in, v1::ScoreResponse&) {
          AnswerWith(answers_.For(in.view()), context);
          return absl::OkStatus();
        });
  }

  grpc::ServerBidiReactor<v1::ScoreStreamRequest, v1::ScoreStreamResponse>* ScoreStream(
      grpc::CallbackServerContext*) override {
    return new EchoStream(stream_summary_, stream_full_);
  }

 private:
  const PrebuiltAnswers answers_;
  const v1::ScoreStreamResponse stream_summary_;
  const v1::ScoreStreamResponse stream_full_;
  rpc::CallRuntime* const runtime_;
  PrebuiltAllocator allocator_;
};

EchoTarget::EchoTarget(PrebuiltAnswers answers, rpc::CallRuntime* runtime)
    : service_(std::make_unique<Service>(std::move(answers), runtime)) {
  if (runtime != nullptr) {
    auto server = rpc::Server::Create({}, runtime->access,
                                      {{v1::ScoringService::service_full_name(), service_.get()}});
    if (server.ok()) wrapped_ = *std::move(server);
    if (wrapped_ != nullptr) address_ = wrapped_->address();
  } else {
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(service_.get());
    bare_ = builder.BuildAndStart();
    address_ = absl::StrCat("127.0.0.1:", port);
  }
  if (wrapped_ == nullptr && bare_ == nullptr) {
    std::cerr << "cannot start the echo server\n";
    std::abort();
  }
}

EchoTarget::~EchoTarget() {
  if (bare_ != nullptr) bare_->Shutdown();
}

}  // namespace assay::bench
