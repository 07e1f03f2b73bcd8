#include "common/rpc/bidi.h"

#include <atomic>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/rpc/testing/echo_service.h"
#include "common/status/grpc_status.h"
#include "common/testing/status_matchers.h"
#include "common/testing/test_server.h"

namespace assay::rpc {
namespace {

using ::assay::testing_kit::HasReason;
using ::assay::testing_kit::IsOk;
using ::assay::testing_kit::StatusIs;
using ::assay::testing_kit::TestKeys;
using ::assay::testing_kit::TestRuntime;
using ::assay::testing_kit::TestServer;
using ::assay::testing_kit::WithToken;
using testing::EchoRequest;
using testing::EchoResponse;
using testing::EchoService;
using testing::EchoServiceImpl;

constexpr int kMaxMessages = 500;

// Messages that begin with "w" go to the pool.
BidiWork<EchoRequest, EchoResponse> WorkByText() {
  return {.execution = [](const EchoRequest& request) {
    return request.text()[0] == 'w' ? Execution::kWorker : Execution::kInline;
  }};
}

class BidiTest : public ::testing::Test {
 protected:
  using Stream = grpc::ClientReaderWriter<EchoRequest, EchoResponse>;

  std::unique_ptr<Stream> Open(auth::RoleSet roles = {access::v1::ROLE_SUPPLIER}) {
    context_ = WithToken(runtime_.keys().Mint("ada", "organisations/acme", roles));
    return stub_->EchoStream(context_.get());
  }

  static bool Send(Stream& stream, const std::string& text) {
    EchoRequest request;
    request.set_text(text);
    return stream.Write(request);
  }

  // One worker, and room for one task beside the one it is on.
  TestRuntime runtime_{{EchoService::service_full_name()},
                       {.worker_threads = 1, .worker_queue = 1}};
  EchoServiceImpl service_{runtime_.runtime(), {.max_messages = kMaxMessages}};
  TestServer server_{runtime_, {{EchoService::service_full_name(), &service_}}};
  std::unique_ptr<EchoService::Stub> stub_ = EchoService::NewStub(server_.channel());
  std::unique_ptr<grpc::ClientContext> context_;
  EchoResponse response_;
};

TEST_F(BidiTest, AnswersEachMessageInOrderUpToTheLimit) {
  auto stream = Open();
  std::thread writer([&stream] {
    for (int i = 0; i < kMaxMessages; ++i) Send(*stream, std::to_string(i));
    stream->WritesDone();
  });
  int next = 0;
  while (stream->Read(&response_)) {
    EXPECT_EQ(response_.text(), std::to_string(next++));
    EXPECT_EQ(response_.subject(), "ada");
  }
  writer.join();
  EXPECT_THAT(FromGrpcStatus(stream->Finish()), IsOk());
  EXPECT_EQ(next, kMaxMessages);
}

TEST_F(BidiTest, OneMessagePastTheLimitEndsTheStream) {
  auto stream = Open();
  std::thread writer([&stream] {
    for (int i = 0; i < kMaxMessages + 1; ++i) Send(*stream, "x");
    stream->WritesDone();
  });
  int answers = 0;
  while (stream->Read(&response_)) ++answers;
  writer.join();
  EXPECT_THAT(FromGrpcStatus(stream->Finish()),
              HasReason(absl::StatusCode::kResourceExhausted, "STREAM_TOO_LONG"));
  EXPECT_EQ(answers, kMaxMessages);
}

TEST_F(BidiTest, NothingIsLostWhenTheCallerStopsSendingBeforeItReads) {
  auto stream = Open();
  constexpr int kSent = 20;
  for (int i = 0; i < kSent; ++i) ASSERT_TRUE(Send(*stream, std::to_string(i)));
  stream->WritesDone();
  for (int i = 0; i < kSent; ++i) {
    ASSERT_TRUE(stream->Read(&response_));
    EXPECT_EQ(response_.text(), std::to_string(i));
  }
  EXPECT_FALSE(stream->Read(&response_));
  EXPECT_THAT(FromGrpcStatus(stream->Finish()), IsOk());
}

TEST_F(BidiTest, NoTwoMessagesAreInWorkAtOnce) {
  std::atomic<int> in_work = 0;
  std::atomic<bool> overlapped = false;
  service_.set_stream_work(WorkByText());
  service_.set_hook([&](const CallContext&, const EchoRequest&) {
    if (in_work.fetch_add(1) != 0) overlapped = true;
    std::this_thread::yield();
    in_work.fetch_sub(1);
    return absl::OkStatus();
  });
  auto stream = Open();
  std::thread writer([&stream] {
    for (int i = 0; i < kMaxMessages; ++i) Send(*stream, i % 3 == 0 ? "w" : "i");
    stream->WritesDone();
  });
  int answers = 0;
  while (stream->Read(&response_)) ++answers;
  writer.join();
  EXPECT_THAT(FromGrpcStatus(stream->Finish()), IsOk());
  EXPECT_EQ(answers, kMaxMessages);
  EXPECT_FALSE(overlapped);
}

TEST_F(BidiTest, AnEmptyStreamIsFine) {
  auto stream = Open();
  stream->WritesDone();
  EXPECT_FALSE(stream->Read(&response_));
  EXPECT_THAT(FromGrpcStatus(stream->Finish()), IsOk());
}

TEST_F(BidiTest, ChecksTheCallerLikeAUnaryCall) {
  auto denied = Open({access::v1::ROLE_ASSESSOR});
  EXPECT_FALSE(denied->Read(&response_));
  EXPECT_THAT(FromGrpcStatus(denied->Finish()),
              HasReason(absl::StatusCode::kPermissionDenied, "ROLE_NOT_ALLOWED"));
  context_ = WithToken("");
  auto anonymous = stub_->EchoStream(context_.get());
  EXPECT_FALSE(anonymous->Read(&response_));
  EXPECT_THAT(FromGrpcStatus(anonymous->Finish()),
              HasReason(absl::StatusCode::kUnauthenticated, "TOKEN_MISSING"));
}

TEST_F(BidiTest, AHandlersErrorEndsTheStream) {
  service_.set_hook([](const CallContext&, const EchoRequest& request) {
    return request.text() == "bad" ? absl::InvalidArgumentError("bad") : absl::OkStatus();
  });
  auto stream = Open();
  ASSERT_TRUE(Send(*stream, "good"));
  ASSERT_TRUE(stream->Read(&response_));
  Send(*stream, "bad");
  EXPECT_FALSE(stream->Read(&response_));
  EXPECT_THAT(FromGrpcStatus(stream->Finish()), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(BidiTest, TheStreamEndsWhenTheTokenRunsOut) {
  auto stream = Open();
  ASSERT_TRUE(Send(*stream, "in time"));
  ASSERT_TRUE(stream->Read(&response_));
  runtime_.clock().Advance(TestKeys::kLifetime + auth::kTokenLeeway);
  Send(*stream, "too late");
  EXPECT_FALSE(stream->Read(&response_));
  EXPECT_THAT(FromGrpcStatus(stream->Finish()),
              HasReason(absl::StatusCode::kUnauthenticated, "TOKEN_EXPIRED"));
}

// Keeps the runtime's only worker busy and its queue full until Release. Not copied or moved.
class BusyPool {
 public:
  explicit BusyPool(WorkerPool& pool) {
    std::promise<void> started;
    EXPECT_THAT(pool.Submit([&started, released = released_] {
      started.set_value();
      released.wait();
    }),
                IsOk());
    started.get_future().wait();
    EXPECT_THAT(pool.Submit([] {}), IsOk());
  }
  ~BusyPool() { release_.set_value(); }

 private:
  std::promise<void> release_;
  const std::shared_future<void> released_ = release_.get_future().share();
};

TEST_F(BidiTest, EachMessageRunsWhereTheSelectorSaysAndAnswersKeepTheirOrder) {
  std::promise<std::thread::id> promise;
  ASSERT_THAT(runtime_.pool().Submit([&promise] { promise.set_value(std::this_thread::get_id()); }),
              IsOk());
  const std::thread::id worker = promise.get_future().get();
  std::vector<bool> on_worker;  // One message is in work at a time, each before its answer.
  service_.set_stream_work(WorkByText());
  service_.set_hook([&](const CallContext&, const EchoRequest&) {
    on_worker.push_back(std::this_thread::get_id() == worker);
    return absl::OkStatus();
  });
  const std::vector<std::string> texts = {"w0", "i1", "w2", "w3", "i4", "i5"};
  auto stream = Open();
  for (const std::string& text : texts) ASSERT_TRUE(Send(*stream, text));
  stream->WritesDone();
  for (const std::string& text : texts) {
    ASSERT_TRUE(stream->Read(&response_));
    EXPECT_EQ(response_.text(), text);
  }
  EXPECT_FALSE(stream->Read(&response_));
  EXPECT_THAT(FromGrpcStatus(stream->Finish()), IsOk());
  EXPECT_EQ(on_worker, (std::vector<bool>{true, false, true, true, false, false}));
}

TEST_F(BidiTest, AWorkersErrorEndsTheStream) {
  service_.set_stream_work(WorkByText());
  service_.set_hook(
      [](const CallContext&, const EchoRequest&) { return absl::InvalidArgumentError("bad"); });
  auto stream = Open();
  Send(*stream, "w");
  EXPECT_FALSE(stream->Read(&response_));
  EXPECT_THAT(FromGrpcStatus(stream->Finish()), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(BidiTest, AFullPoolEndsTheStream) {
  service_.set_stream_work(WorkByText());
  const BusyPool busy(runtime_.pool());
  auto stream = Open();
  ASSERT_TRUE(Send(*stream, "inline"));
  ASSERT_TRUE(stream->Read(&response_));
  Send(*stream, "w");
  EXPECT_FALSE(stream->Read(&response_));
  EXPECT_THAT(FromGrpcStatus(stream->Finish()),
              HasReason(absl::StatusCode::kResourceExhausted, "SERVER_BUSY"));
}

TEST_F(BidiTest, AFullPoolOnlyCostsTheMessageWhenTheStreamSaysHowToAnswerIt) {
  BidiWork<EchoRequest, EchoResponse> work = WorkByText();
  work.shed = [](const absl::Status&, const EchoRequest& request, EchoResponse& response) {
    response.set_text("shed " + request.text());
  };
  service_.set_stream_work(work);
  const BusyPool busy(runtime_.pool());
  auto stream = Open();
  for (const char* text : {"w0", "i1"}) ASSERT_TRUE(Send(*stream, text));
  ASSERT_TRUE(stream->Read(&response_));
  EXPECT_EQ(response_.text(), "shed w0");
  ASSERT_TRUE(stream->Read(&response_));
  EXPECT_EQ(response_.text(), "i1");
  stream->WritesDone();
  EXPECT_THAT(FromGrpcStatus(stream->Finish()), IsOk());
}

TEST_F(BidiTest, ACallerMayLeaveWhileAWorkerHasItsMessage) {
  std::promise<void> started;
  std::promise<void> release;
  const std::shared_future<void> released = release.get_future().share();
  service_.set_stream_work(WorkByText());
  service_.set_hook([&started, released](const CallContext&, const EchoRequest& request) {
    if (request.text() == "wait") {
      started.set_value();
      released.wait();
    }
    return absl::OkStatus();
  });
  auto stream = Open();
  ASSERT_TRUE(Send(*stream, "wait"));
  started.get_future().wait();
  context_->TryCancel();
  EXPECT_THAT(FromGrpcStatus(stream->Finish()), StatusIs(absl::StatusCode::kCancelled));
  stream.reset();
  auto next = Open();
  EXPECT_TRUE(Send(*next, "inline") && next->Read(&response_));  // The worker is still busy.
  release.set_value();
  ASSERT_TRUE(Send(*next, "w") && next->Read(&response_));
  EXPECT_EQ(response_.text(), "w");
  next->WritesDone();
  EXPECT_THAT(FromGrpcStatus(next->Finish()), IsOk());
}

TEST_F(BidiTest, ACallerThatLeavesHarmsNothing) {
  auto stream = Open();
  ASSERT_TRUE(Send(*stream, "one"));
  ASSERT_TRUE(stream->Read(&response_));
  context_->TryCancel();
  EXPECT_FALSE(stream->Read(&response_));
  EXPECT_THAT(FromGrpcStatus(stream->Finish()), StatusIs(absl::StatusCode::kCancelled));
  auto next_context =
      WithToken(runtime_.keys().Mint("bob", "organisations/acme", {access::v1::ROLE_SUPPLIER}));
  auto next = stub_->EchoStream(next_context.get());
  ASSERT_TRUE(Send(*next, "two"));
  ASSERT_TRUE(next->Read(&response_));
  EXPECT_EQ(response_.subject(), "bob");
  next->WritesDone();
  EXPECT_THAT(FromGrpcStatus(next->Finish()), IsOk());
}

}  // namespace
}  // namespace assay::rpc
