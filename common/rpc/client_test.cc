#include "common/rpc/client.h"

#include <atomic>
#include <memory>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/rpc/testing/echo_service.h"
#include "common/status/error.h"
#include "common/testing/status_matchers.h"
#include "common/testing/test_server.h"

namespace assay::rpc {
namespace {

using ::assay::testing_kit::HasReason;
using ::assay::testing_kit::IsOk;
using ::assay::testing_kit::kTestAudience;
using ::assay::testing_kit::kTestIssuer;
using ::assay::testing_kit::StatusIs;
using ::assay::testing_kit::TestRuntime;
using ::assay::testing_kit::TestServer;
using testing::EchoRequest;
using testing::EchoResponse;
using testing::EchoService;
using testing::EchoServiceImpl;

// gRPC sends a deadline as the time left, rounded up to a few digits.
constexpr int64_t kRoundingMs = 100;

class ClientTest : public ::testing::Test {
 protected:
  // The server's first `failures` answers are errors of `code`.
  void FailFirst(int failures, absl::StatusCode code) {
    service_.set_hook([this, failures, code](const CallContext&, const EchoRequest&) {
      if (++calls_ > failures) return absl::OkStatus();
      return ErrorBuilder(code, "PLANTED").Message("planted").Build();
    });
  }
  absl::Status Echo(const ClientCallOptions& options) {
    return ClientCall(options, *stub_, &EchoService::StubInterface::Echo, EchoRequest(), response_);
  }
  std::unique_ptr<auth::TokenSigner> Signer() {
    return auth::TokenSigner::Create(runtime_.keys().service().private_pem, "service-1",
                                     kTestIssuer, kTestAudience, runtime_.clock())
        .value();
  }

  TestRuntime runtime_{{EchoService::service_full_name()}};
  EchoServiceImpl service_{runtime_.runtime()};
  TestServer server_{runtime_, {{EchoService::service_full_name(), &service_}}};
  std::unique_ptr<EchoService::StubInterface> stub_ = EchoService::NewStub(server_.channel());
  FixedTokenSource ada_{
      runtime_.keys().Mint("ada", "organisations/acme", {access::v1::ROLE_SUPPLIER})};
  std::atomic<int> calls_ = 0;
  EchoResponse response_;
};

TEST_F(ClientTest, SendsTokenTraceAndDeadline) {
  ClientCallOptions options;
  options.tokens = &ada_;
  options.limit = absl::Seconds(7);
  options.traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  ASSERT_THAT(Echo(options), IsOk());
  EXPECT_EQ(response_.subject(), "ada");
  EXPECT_EQ(response_.traceparent(), options.traceparent);
  EXPECT_LE(response_.remaining_ms(), 7'000 + kRoundingMs);
}

TEST_F(ClientTest, NeverOutlivesTheCallItIsMadeFor) {
  const absl::Time parent_deadline = SystemClock().Now() + absl::Seconds(3);
  const std::atomic<bool> cancelled = false;
  const auth::Principal principal;
  const CallContext parent("/a.B/C", principal, parent_deadline, "", cancelled);
  ASSERT_THAT(Echo(CallFor(parent, ada_)), IsOk());
  EXPECT_LE(response_.remaining_ms(), 3'000 + kRoundingMs);
}

TEST_F(ClientTest, WithoutATokenTheServerSaysSo) {
  EXPECT_THAT(Echo({}), HasReason(absl::StatusCode::kUnauthenticated, "TOKEN_MISSING"));
}

TEST_F(ClientTest, RetriesUnavailableUpToTheLimit) {
  FailFirst(kMaxAttempts - 1, absl::StatusCode::kUnavailable);
  EXPECT_THAT(Echo({.tokens = &ada_}), IsOk());
  EXPECT_EQ(calls_, kMaxAttempts);
}

TEST_F(ClientTest, GivesUpOneFailurePastTheLimit) {
  FailFirst(kMaxAttempts, absl::StatusCode::kUnavailable);
  EXPECT_THAT(Echo({.tokens = &ada_}), HasReason(absl::StatusCode::kUnavailable, "PLANTED"));
  EXPECT_EQ(calls_, kMaxAttempts);
}

TEST_F(ClientTest, RetriesNothingElse) {
  for (const auto code : {absl::StatusCode::kAborted, absl::StatusCode::kResourceExhausted,
                          absl::StatusCode::kInternal, absl::StatusCode::kUnknown}) {
    SCOPED_TRACE(absl::StatusCodeToString(code));
    calls_ = 0;
    FailFirst(1, code);
    EXPECT_THAT(Echo({.tokens = &ada_}), HasReason(code, "PLANTED"));
    EXPECT_EQ(calls_, 1);
  }
}

TEST_F(ClientTest, FailsFastWhenNobodyListens) {
  server_.server().Shutdown(absl::ZeroDuration());
  EXPECT_THAT(Echo({.tokens = &ada_}), StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(ClientTest, AServicesTokenIsKeptAndRenewedBeforeItExpires) {
  ServiceTokenSource tokens(Signer(), "services/assay-test", runtime_.clock());
  const std::string first = tokens.Token().value();
  runtime_.clock().Advance(ServiceTokenSource::kLifetime - ServiceTokenSource::kRenewBefore -
                           absl::Seconds(1));
  EXPECT_EQ(tokens.Token().value(), first);
  runtime_.clock().Advance(absl::Seconds(1));
  EXPECT_NE(tokens.Token().value(), first);
  ASSERT_THAT(Echo({.tokens = &tokens}), IsOk());
  EXPECT_EQ(response_.subject(), "services/assay-test");
  EXPECT_EQ(response_.organisation(), kServiceOrganisation);
}

TEST(MakeChannelTest, NamesAMissingFile) {
  EXPECT_THAT(MakeChannel("127.0.0.1:1", {.ca = "/absent.pem"}),
              HasReason(absl::StatusCode::kInvalidArgument, "FILE_UNREADABLE"));
}

}  // namespace
}  // namespace assay::rpc
