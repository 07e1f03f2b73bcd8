#include "common/rpc/unary.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <latch>
#include <memory>
#include <string>
#include <thread>

#include "absl/strings/match.h"
#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "grpcpp/generic/generic_stub.h"
#include "gtest/gtest.h"

#include "common/rpc/testing/echo_service.h"
#include "common/status/error.h"
#include "common/status/grpc_status.h"
#include "common/testing/status_matchers.h"
#include "common/testing/test_server.h"
#include "common/text/view.h"
#include "common/time/clock.h"

namespace assay::rpc {
namespace {

using ::assay::testing_kit::HasField;
using ::assay::testing_kit::HasMetadata;
using ::assay::testing_kit::HasReason;
using ::assay::testing_kit::IsOk;
using ::assay::testing_kit::StatusIs;
using ::assay::testing_kit::TestRuntime;
using ::assay::testing_kit::TestServer;
using ::assay::testing_kit::WithToken;
using ::testing::AllOf;
using testing::EchoRequest;
using testing::EchoResponse;
using testing::EchoService;
using testing::EchoServiceImpl;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kAcme[] = "organisations/acme";

class UnaryTest : public ::testing::Test {
 protected:
  std::string Supplier(std::string_view subject = "ada", std::string_view organisation = kAcme) {
    return runtime_.keys().Mint(subject, organisation, {access::v1::ROLE_SUPPLIER});
  }

  absl::Status Echo(grpc::ClientContext& context, std::string_view text = "hello") {
    EchoRequest request;
    request.set_text(std::string(text));
    return FromGrpcStatus(stub_->Echo(&context, request, &response_));
  }
  absl::Status Echo(std::string_view token, std::string_view text = "hello") {
    return Echo(*WithToken(token), text);
  }
  absl::Status EchoOnWorker(std::string_view token, absl::Duration deadline = absl::Seconds(30)) {
    return FromGrpcStatus(
        stub_->EchoOnWorker(WithToken(token, deadline).get(), EchoRequest(), &response_));
  }

  TestRuntime runtime_{{EchoService::service_full_name()},
                       {.worker_threads = 1, .worker_queue = 1}};
  EchoServiceImpl service_{runtime_.runtime()};
  TestServer server_{runtime_, {{EchoService::service_full_name(), &service_}}};
  std::unique_ptr<EchoService::Stub> stub_ = EchoService::NewStub(server_.channel());
  EchoResponse response_;
};

TEST_F(UnaryTest, TwoUsersOfOneChannelSeeThemselvesOnly) {
  const std::string ada = Supplier("ada", kAcme);
  const std::string bob = Supplier("bob", "organisations/bolt");
  for (int i = 0; i < 3; ++i) {
    ASSERT_THAT(Echo(ada), IsOk());
    EXPECT_EQ(response_.subject(), "ada");
    EXPECT_EQ(response_.organisation(), kAcme);
    ASSERT_THAT(Echo(bob), IsOk());
    EXPECT_EQ(response_.subject(), "bob");
    EXPECT_EQ(response_.organisation(), "organisations/bolt");
  }
  // Nor does a call without a token inherit anybody's identity.
  EXPECT_THAT(Echo(""), HasReason(absl::StatusCode::kUnauthenticated, "TOKEN_MISSING"));
}

TEST_F(UnaryTest, RefusesBadTokensWithTheirReason) {
  const auto& keys = runtime_.keys();
  const auth::RoleSet roles = {access::v1::ROLE_SUPPLIER};
  const auto refused = [](const char* reason) {
    return HasReason(absl::StatusCode::kUnauthenticated, reason);
  };
  EXPECT_THAT(Echo("garbage"), refused("TOKEN_MALFORMED"));
  EXPECT_THAT(Echo(keys.MintExpired("ada", kAcme, roles)), refused("TOKEN_EXPIRED"));
  EXPECT_THAT(Echo(keys.MintNotYetValid("ada", kAcme, roles)), refused("TOKEN_NOT_YET_VALID"));
  EXPECT_THAT(Echo(keys.MintWronglySigned("ada", kAcme, roles)),
              refused("TOKEN_SIGNATURE_INVALID"));
  EXPECT_THAT(Echo(keys.MintForOtherAudience("ada", kAcme, roles)),
              refused("TOKEN_AUDIENCE_MISMATCH"));
}

TEST_F(UnaryTest, TheAuthorizationHeaderIsABearerTokenGivenOnce) {
  auto basic = WithToken("");
  basic->AddMetadata("authorization", "Basic YTpi");
  EXPECT_THAT(Echo(*basic), HasReason(absl::StatusCode::kUnauthenticated, "TOKEN_MALFORMED"));
  auto twice = WithToken(Supplier("ada"));
  twice->AddMetadata("authorization", "Bearer " + Supplier("bob"));
  EXPECT_THAT(Echo(*twice), HasReason(absl::StatusCode::kUnauthenticated, "TOKEN_MALFORMED"));
}

TEST_F(UnaryTest, DeniesARoleTheMethodDoesNotName) {
  EXPECT_THAT(
      FromGrpcStatus(stub_->Assess(WithToken(Supplier()).get(), EchoRequest(), &response_)),
      AllOf(HasReason(absl::StatusCode::kPermissionDenied, "ROLE_NOT_ALLOWED"),
            HasMetadata("method", "/assay.rpc.testing.EchoService/Assess"),
            HasMetadata("required_roles", "assessor"), HasMetadata("own_roles", "supplier")));
}

TEST_F(UnaryTest, AHandlersErrorArrivesWithItsDetails) {
  service_.set_hook([](const CallContext&, const EchoRequest&) {
    return ErrorBuilder(absl::StatusCode::kInvalidArgument, "TEXT_BAD")
        .Message("the text is bad")
        .Field("text", "is bad")
        .Build();
  });
  EXPECT_THAT(Echo(Supplier()),
              AllOf(HasReason(absl::StatusCode::kInvalidArgument, "TEXT_BAD"), HasField("text")));
}

TEST_F(UnaryTest, AFullPoolShedsWithAHintToRetry) {
  std::latch entered(1);
  std::latch release(1);
  ASSERT_THAT(runtime_.pool().Submit([&] {
    entered.count_down();
    release.wait();
  }),
              IsOk());
  entered.wait();
  ASSERT_THAT(runtime_.pool().Submit([] {}), IsOk());
  const absl::Status shed = EchoOnWorker(Supplier());
  EXPECT_THAT(shed, HasReason(absl::StatusCode::kResourceExhausted, "SERVER_BUSY"));
  EXPECT_TRUE(shed.GetPayload(ToAbsl(kRetryInfoUrl)).has_value());
  EXPECT_THAT(Echo(Supplier()), IsOk());  // Inline calls go on.
  release.count_down();
  runtime_.pool().Stop();
  EXPECT_THAT(EchoOnWorker(Supplier()),
              HasReason(absl::StatusCode::kUnavailable, "SERVER_STOPPING"));
}

TEST_F(UnaryTest, ACallWithoutADeadlineGetsTheServers) {
  grpc::ClientContext context;
  context.AddMetadata("authorization", "Bearer " + Supplier());
  ASSERT_THAT(Echo(context), IsOk());
  EXPECT_GT(response_.remaining_ms(), 0);
  EXPECT_LE(response_.remaining_ms(), 30'000);
}

TEST_F(UnaryTest, ACallsOwnDeadlineReachesTheHandler) {
  ASSERT_THAT(Echo(*WithToken(Supplier(), absl::Seconds(5))), IsOk());
  // gRPC sends it as the time left, rounded up to a few digits.
  EXPECT_LE(response_.remaining_ms(), 5'100);
}

TEST_F(UnaryTest, ACallWhoseDeadlinePassedInTheQueueNeverRuns) {
  std::atomic<int> ran = 0;
  service_.set_hook([&ran](const CallContext&, const EchoRequest&) {
    ++ran;
    return absl::OkStatus();
  });
  std::latch entered(1);
  std::latch release(1);
  ASSERT_THAT(runtime_.pool().Submit([&] {
    entered.count_down();
    release.wait();
  }),
              IsOk());
  entered.wait();
  EXPECT_THAT(EchoOnWorker(Supplier(), absl::Milliseconds(100)),
              StatusIs(absl::StatusCode::kDeadlineExceeded));
  // The server counts the 100 ms from the call's arrival, which is after the client did.
  const absl::Time past_at_the_server = SystemClock().Now() + absl::Milliseconds(100);
  while (SystemClock().Now() < past_at_the_server) std::this_thread::yield();
  release.count_down();
  runtime_.pool().Stop();
  EXPECT_EQ(ran, 0);
}

TEST_F(UnaryTest, ACallerThatLeavesIsSeenAndHarmsNothing) {
  std::latch entered(1);
  std::promise<std::string> seen;
  service_.set_hook([&](const CallContext& call, const EchoRequest& request) {
    entered.count_down();
    while (!call.cancelled()) std::this_thread::yield();
    seen.set_value(request.text());  // Still there though the caller is not.
    return absl::CancelledError("gone");
  });
  auto context = WithToken(Supplier());
  EchoRequest request;
  request.set_text("kept");
  std::thread caller([&] {
    EchoResponse response;
    EXPECT_THAT(FromGrpcStatus(stub_->EchoOnWorker(context.get(), request, &response)),
                StatusIs(absl::StatusCode::kCancelled));
  });
  entered.wait();
  context->TryCancel();
  EXPECT_EQ(seen.get_future().get(), "kept");
  caller.join();
  service_.set_hook(nullptr);
  EXPECT_THAT(Echo(Supplier()), IsOk());
}

TEST_F(UnaryTest, AnOversizedMessageIsRefusedAndTheServerGoesOn) {
  // Born inside gRPC: a code, no details. The message is a few bytes longer than its text.
  const std::string fits(config::kDefaultMaxMessageBytes - 16, 'x');
  const std::string too_long(config::kDefaultMaxMessageBytes, 'x');
  EXPECT_THAT(Echo(Supplier(), too_long), StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_THAT(FromGrpcStatus(stub_->Assess(WithToken(Supplier()).get(), EchoRequest(), &response_)),
              StatusIs(absl::StatusCode::kPermissionDenied));
  service_.set_hook([](const CallContext&, const EchoRequest& request) {
    // The answer would be too long for the client too; what counts is that this one arrived.
    return absl::FailedPreconditionError(std::to_string(request.text().size()));
  });
  EXPECT_EQ(Echo(Supplier(), fits), absl::FailedPreconditionError(std::to_string(fits.size())));
}

TEST_F(UnaryTest, GarbageBytesAreRefusedAndTheServerGoesOn) {
  grpc::GenericStub generic(server_.channel());
  const grpc::Slice garbage("\xFF\xFF\xFF\xFFgarbage");
  const grpc::ByteBuffer request(&garbage, 1);
  grpc::ByteBuffer response;
  auto context = WithToken(Supplier());
  std::promise<grpc::Status> done;
  generic.UnaryCall(context.get(), "/assay.rpc.testing.EchoService/Echo", grpc::StubOptions(),
                    &request, &response,
                    [&done](grpc::Status status) { done.set_value(std::move(status)); });
  EXPECT_THAT(FromGrpcStatus(done.get_future().get()),
              ::testing::AnyOf(StatusIs(absl::StatusCode::kUnimplemented),
                               StatusIs(absl::StatusCode::kInternal)));
  EXPECT_THAT(Echo(Supplier()), IsOk());
}

TEST_F(UnaryTest, TheTraceIsPassedOnOrBegun) {
  const std::string trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  auto traced = WithToken(Supplier());
  traced->AddMetadata("traceparent", trace);
  ASSERT_THAT(Echo(*traced), IsOk());
  EXPECT_EQ(response_.traceparent(), trace);
  auto broken = WithToken(Supplier());
  broken->AddMetadata("traceparent", "nonsense");
  ASSERT_THAT(Echo(*broken), IsOk());
  EXPECT_EQ(response_.traceparent().size(), trace.size());
  EXPECT_NE(response_.traceparent(), trace);
}

TEST_F(UnaryTest, ACallIsOneLogLineWithoutItsTokenOrContent) {
  const std::string token = Supplier();
  ASSERT_THAT(Echo(token, "private words"), IsOk());
  const std::string log = runtime_.Log();
  EXPECT_THAT(log, AllOf(HasSubstr("\"method\":\"/assay.rpc.testing.EchoService/Echo\""),
                         HasSubstr("\"code\":\"OK\""), HasSubstr("\"subject\":\"ada\""),
                         HasSubstr("\"trace_id\":"), Not(HasSubstr("private words")),
                         Not(HasSubstr(token.substr(0, 24)))));
  EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 1);
}

TEST_F(UnaryTest, CallsAreCounted) {
  ASSERT_THAT(Echo(Supplier()), IsOk());
  ASSERT_THAT(Echo(""), Not(IsOk()));
  const std::string page = runtime_.metrics().Page();
  const char* labels = ",method=\"/assay.rpc.testing.EchoService/Echo\"} 1\n";
  EXPECT_THAT(page, HasSubstr(std::string("code=\"OK\"") + labels));
  EXPECT_THAT(page, HasSubstr(std::string("code=\"UNAUTHENTICATED\"") + labels));
  EXPECT_THAT(page, HasSubstr("assay_rpc_in_flight{service=\"test\","
                              "method=\"/assay.rpc.testing.EchoService/Echo\"} 0"));
}

TEST_F(UnaryTest, AServiceMustShowACertificateWhereOneIsAskedFor) {
  runtime_.runtime().require_service_certificate = true;
  EXPECT_THAT(Echo(runtime_.keys().MintService("services/assay-scoring")),
              HasReason(absl::StatusCode::kUnauthenticated, "SERVICE_CERTIFICATE_REQUIRED"));
  EXPECT_THAT(Echo(Supplier()), IsOk());
}

}  // namespace
}  // namespace assay::rpc
