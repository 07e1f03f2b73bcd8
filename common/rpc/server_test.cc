#include "common/rpc/server.h"

#include <future>
#include <latch>
#include <memory>
#include <string>
#include <thread>

#include "gmock/gmock.h"
#include "grpcpp/generic/generic_stub.h"
#include "gtest/gtest.h"

#include "common/rpc/client.h"
#include "common/rpc/testing/echo_service.h"
#include "common/status/grpc_status.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "common/testing/test_certificates.h"
#include "common/testing/test_server.h"

namespace assay::rpc {
namespace {

using ::assay::testing_kit::HasMetadata;
using ::assay::testing_kit::HasReason;
using ::assay::testing_kit::IsOk;
using ::assay::testing_kit::MakeCertificates;
using ::assay::testing_kit::ReadFileOrDie;
using ::assay::testing_kit::StatusIs;
using ::assay::testing_kit::TempDir;
using ::assay::testing_kit::TestCertificates;
using ::assay::testing_kit::TestRuntime;
using ::assay::testing_kit::TestServer;
using ::assay::testing_kit::WithToken;
using ::testing::AllOf;
using testing::EchoRequest;
using testing::EchoResponse;
using testing::EchoService;
using testing::EchoServiceImpl;

class ServerTest : public ::testing::Test {
 protected:
  std::vector<HostedService> Services() { return {{EchoService::service_full_name(), &service_}}; }
  std::string Supplier() {
    return runtime_.keys().Mint("ada", "organisations/acme", {access::v1::ROLE_SUPPLIER});
  }
  absl::Status EchoOnWorker(const std::shared_ptr<grpc::Channel>& channel, std::string_view token) {
    EchoResponse response;
    return FromGrpcStatus(EchoService::NewStub(channel)->EchoOnWorker(WithToken(token).get(),
                                                                      EchoRequest(), &response));
  }

  TestRuntime runtime_{{EchoService::service_full_name()}};
  EchoServiceImpl service_{runtime_.runtime()};
};

// The answer of grpc.health.v1.Health/Check for the whole server: field 1 is the status, 1 SERVING,
// 2 NOT_SERVING. By hand, since the health proto is not among those we compile.
int HealthOf(const std::shared_ptr<grpc::Channel>& channel) {
  grpc::GenericStub stub(channel);
  const grpc::ByteBuffer empty(nullptr, 0);
  grpc::ByteBuffer answer;
  auto context = WithToken("");
  std::promise<grpc::Status> done;
  stub.UnaryCall(context.get(), "/grpc.health.v1.Health/Check", grpc::StubOptions(), &empty,
                 &answer, [&done](grpc::Status status) { done.set_value(std::move(status)); });
  EXPECT_THAT(FromGrpcStatus(done.get_future().get()), IsOk());
  grpc::Slice slice;
  EXPECT_TRUE(answer.DumpToSingleSlice(&slice).ok());
  return slice.size() == 2 && slice.begin()[0] == 0x08 ? slice.begin()[1] : -1;
}

TEST_F(ServerTest, RefusesAServiceWithoutRules) {
  const auth::AccessRules nothing;
  EXPECT_THAT(Server::Create({}, nothing, Services()),
              AllOf(HasReason(absl::StatusCode::kFailedPrecondition, "ACCESS_RULE_MISSING"),
                    HasMetadata("service", "assay.rpc.testing.EchoService")));
}

TEST_F(ServerTest, TwoServersNeverShareAPort) {
  const TestServer first(runtime_, Services());
  EchoServiceImpl second_service(runtime_.runtime());
  EXPECT_THAT(Server::Create({.listen = first.address()}, runtime_.access(),
                             {{EchoService::service_full_name(), &second_service}}),
              HasReason(absl::StatusCode::kFailedPrecondition, "LISTEN_FAILED"));
}

TEST_F(ServerTest, WritesWhereItListens) {
  const TempDir dir;
  ServerOptions options;
  options.port_file = dir.File("port");
  const TestServer server(runtime_, Services(), options);
  EXPECT_EQ(ReadFileOrDie(dir.File("port")), server.address() + "\n");
  EXPECT_THAT(server.address(), ::testing::StartsWith("127.0.0.1:"));
  EXPECT_THAT(server.address(), ::testing::Not(::testing::EndsWith(":0")));
}

TEST_F(ServerTest, APortFileThatCannotBeWrittenIsAnError) {
  ServerOptions options;
  options.port_file = "/nonexistent/port";
  EXPECT_THAT(Server::Create(options, runtime_.access(), Services()),
              HasReason(absl::StatusCode::kFailedPrecondition, "PORT_FILE_UNWRITABLE"));
}

TEST_F(ServerTest, HealthNeedsNoTokenAndFollowsTheServer) {
  TestServer server(runtime_, Services());
  EXPECT_EQ(HealthOf(server.channel()), 1);
  server.server().SetServing(false);
  EXPECT_EQ(HealthOf(server.channel()), 2);
  server.server().SetServing(true);
  EXPECT_EQ(HealthOf(server.channel()), 1);
}

TEST_F(ServerTest, ShutdownLetsCallsUnderWayEnd) {
  std::latch entered(1);
  std::latch release(1);
  service_.set_hook([&](const CallContext&, const EchoRequest&) {
    entered.count_down();
    release.wait();
    return absl::OkStatus();
  });
  TestServer server(runtime_, Services());
  auto call =
      std::async(std::launch::async, [&] { return EchoOnWorker(server.channel(), Supplier()); });
  entered.wait();
  auto shutdown =
      std::async(std::launch::async, [&] { server.server().Shutdown(absl::Seconds(30)); });
  release.count_down();
  shutdown.get();
  EXPECT_THAT(call.get(), IsOk());
  EXPECT_THAT(EchoOnWorker(server.channel(), Supplier()), StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(ServerTest, ShutdownCancelsWhatTakesTooLong) {
  std::latch entered(1);
  service_.set_hook([&](const CallContext& call, const EchoRequest&) {
    entered.count_down();
    while (!call.cancelled()) std::this_thread::yield();
    return absl::CancelledError("gone");
  });
  TestServer server(runtime_, Services());
  auto call =
      std::async(std::launch::async, [&] { return EchoOnWorker(server.channel(), Supplier()); });
  entered.wait();
  server.server().Shutdown(absl::ZeroDuration());
  EXPECT_FALSE(call.get().ok());
}

class TlsTest : public ServerTest {
 protected:
  ServerOptions Tls() {
    ServerOptions options;
    options.tls = {.certificate = certificates_.server_certificate,
                   .key = certificates_.server_key,
                   .ca = certificates_.ca};
    return options;
  }
  absl::Status Call(const Server& server, const config::TlsFiles& files, std::string_view token) {
    return EchoOnWorker(MakeChannel(server.address(), files).value(), token);
  }

  TempDir dir_;
  TestCertificates certificates_ = MakeCertificates(dir_);
};

TEST_F(TlsTest, PeopleNeedNoCertificateAndServicesDo) {
  runtime_.runtime().require_service_certificate = true;
  const auto server = Server::Create(Tls(), runtime_.access(), Services());
  ASSERT_THAT(server, IsOk());
  const config::TlsFiles person = {.ca = certificates_.ca};
  const config::TlsFiles service = {.certificate = certificates_.client_certificate,
                                    .key = certificates_.client_key,
                                    .ca = certificates_.ca};
  const std::string service_token = runtime_.keys().MintService("services/assay-scoring");
  EXPECT_THAT(Call(**server, person, Supplier()), IsOk());
  EXPECT_THAT(Call(**server, service, service_token), IsOk());
  EXPECT_THAT(Call(**server, person, service_token),
              HasReason(absl::StatusCode::kUnauthenticated, "SERVICE_CERTIFICATE_REQUIRED"));
}

TEST_F(TlsTest, StrangersAndPlainTextAreRefused) {
  const auto server = Server::Create(Tls(), runtime_.access(), Services());
  ASSERT_THAT(server, IsOk());
  const TempDir other_dir;
  const TestCertificates other = MakeCertificates(other_dir);
  const auto unavailable = StatusIs(absl::StatusCode::kUnavailable);
  EXPECT_THAT(Call(**server, {}, Supplier()), unavailable);
  EXPECT_THAT(Call(**server, {.ca = other.ca}, Supplier()), unavailable);
  EXPECT_THAT(Call(**server,
                   {.certificate = other.client_certificate,
                    .key = other.client_key,
                    .ca = certificates_.ca},
                   Supplier()),
              unavailable);
}

TEST_F(TlsTest, MissingFilesAreNamed) {
  ServerOptions options = Tls();
  options.tls.key = dir_.File("absent.pem");
  EXPECT_THAT(Server::Create(options, runtime_.access(), Services()),
              AllOf(HasReason(absl::StatusCode::kInvalidArgument, "FILE_UNREADABLE"),
                    HasMetadata("path", dir_.File("absent.pem"))));
}

}  // namespace
}  // namespace assay::rpc
