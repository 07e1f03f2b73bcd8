#include "common/rpc/arena_messages.h"

#include <memory>
#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "common/rpc/testing/echo_service.h"
#include "common/status/grpc_status.h"
#include "common/testing/status_matchers.h"
#include "common/testing/test_server.h"

namespace assay::rpc {
namespace {

using ::assay::testing_kit::IsOk;
using testing::EchoRequest;
using testing::EchoResponse;
using testing::EchoService;
using testing::EchoServiceImpl;

using Holder = grpc::MessageHolder<EchoRequest, EchoResponse>;

TEST(ArenaMessagesTest, EachCallGetsEmptyMessages) {
  ArenaMessages<EchoRequest, EchoResponse> messages;
  Holder* first = messages.AllocateMessages();
  first->request()->set_text(std::string(kArenaBlockBytes, 'x'));
  first->response()->set_text("left behind");
  first->Release();
  Holder* second = messages.AllocateMessages();
  EXPECT_EQ(second->request()->text(), "");
  EXPECT_EQ(second->response()->text(), "");
  second->Release();
  EXPECT_EQ(messages.idle_blocks(), 1u);
}

TEST(ArenaMessagesTest, KeepsSoManyBlocksAndNoMore) {
  ArenaMessages<EchoRequest, EchoResponse> messages;
  std::vector<Holder*> calls;
  for (size_t i = 0; i < kMaxIdleArenaBlocks + 1; ++i) calls.push_back(messages.AllocateMessages());
  EXPECT_EQ(messages.idle_blocks(), 0u);
  for (size_t i = 0; i < kMaxIdleArenaBlocks; ++i) calls[i]->Release();
  EXPECT_EQ(messages.idle_blocks(), kMaxIdleArenaBlocks);
  calls.back()->Release();
  EXPECT_EQ(messages.idle_blocks(), kMaxIdleArenaBlocks);
}

TEST(RenewedMessageTest, EachIsEmptyAndAsLargeAsItNeedsToBe) {
  RenewedMessage<EchoResponse> messages;
  for (const size_t bytes : {size_t{10}, 2 * kArenaBlockBytes, size_t{10}}) {
    messages.Renew();
    EXPECT_EQ(messages.message().text(), "");
    messages.message().set_text(std::string(bytes, 'x'));
    EXPECT_EQ(messages.message().text().size(), bytes);
  }
}

// The echo service with its messages in arenas.
class ArenaEcho final : public EchoService::CallbackService {
 public:
  explicit ArenaEcho(CallRuntime& runtime) : echo_(runtime) {
    SetMessageAllocatorFor_Echo(&messages_);
    SetMessageAllocatorFor_EchoOnWorker(&messages_);
  }
  grpc::ServerUnaryReactor* Echo(grpc::CallbackServerContext* context, const EchoRequest* request,
                                 EchoResponse* response) override {
    return echo_.Echo(context, request, response);
  }
  grpc::ServerUnaryReactor* EchoOnWorker(grpc::CallbackServerContext* context,
                                         const EchoRequest* request,
                                         EchoResponse* response) override {
    return echo_.EchoOnWorker(context, request, response);
  }

 private:
  EchoServiceImpl echo_;
  ArenaMessages<EchoRequest, EchoResponse> messages_;
};

TEST(ArenaMessagesTest, CallsInlineAndOnWorkersAreAnsweredAsBefore) {
  testing_kit::TestRuntime runtime({EchoService::service_full_name()});
  ArenaEcho service(runtime.runtime());
  testing_kit::TestServer server(runtime, {{EchoService::service_full_name(), &service}});
  const auto stub = EchoService::NewStub(server.channel());
  const std::string token =
      runtime.keys().Mint("ada", "organisations/acme", {access::v1::ROLE_SUPPLIER});
  for (const size_t bytes : {size_t{1}, size_t{1000}, 2 * kArenaBlockBytes}) {
    EchoRequest request;
    request.set_text(std::string(bytes, 'e'));
    EchoResponse response;
    EXPECT_THAT(FromGrpcStatus(stub->Echo(testing_kit::WithToken(token).get(), request, &response)),
                IsOk());
    EXPECT_EQ(response.text(), request.text());
    EXPECT_THAT(
        FromGrpcStatus(stub->EchoOnWorker(testing_kit::WithToken(token).get(), request, &response)),
        IsOk());
    EXPECT_EQ(response.text(), request.text());
  }
}

}  // namespace
}  // namespace assay::rpc
