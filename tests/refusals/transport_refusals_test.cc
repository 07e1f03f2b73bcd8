// Messages that gRPC itself refuses, and bytes that are no gRPC at all: the server answers or
// hangs up, stays up, and stores nothing.

#include <cerrno>
#include <cstdint>
#include <future>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "absl/strings/numbers.h"
#include "google/protobuf/unknown_field_set.h"
#include "grpcpp/generic/generic_stub.h"
#include "gtest/gtest.h"

#include "common/config/service_options.h"
#include "tests/refusals/refusal_test.h"

namespace assay::refusals {
namespace {

constexpr char kHttp2Preface[] = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

// Bytes without meaning, the same each time.
std::string Noise(size_t size) {
  std::string noise;
  uint32_t state = 2463534242u;  // xorshift32's customary seed.
  while (noise.size() < size) {
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    noise.push_back(static_cast<char>(state));
  }
  return noise;
}

// Sends `bytes` over TCP and reads until the server hangs up. False when it has not after ten
// seconds, or nobody listens.
bool SendAndWaitForHangUp(const std::string& address, std::string_view bytes) {
  sockaddr_in server = {};
  server.sin_family = AF_INET;
  uint32_t port = 0;
  if (!absl::SimpleAtoi(address.substr(address.rfind(':') + 1), &port)) return false;
  server.sin_port = htons(static_cast<uint16_t>(port));
  server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval patience = {.tv_sec = 10, .tv_usec = 0};
  setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
  bool hung_up = false;
  if (connect(connection, reinterpret_cast<const sockaddr*>(&server), sizeof(server)) == 0) {
    // The server may hang up before all is sent.
    while (!bytes.empty()) {
      const ssize_t sent = send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) break;
      bytes.remove_prefix(static_cast<size_t>(sent));
    }
    shutdown(connection, SHUT_WR);
    char answer[4096];
    ssize_t received = 0;
    do {
      received = recv(connection, answer, sizeof(answer), 0);
    } while (received > 0);
    hung_up = received == 0 || errno == ECONNRESET;
  }
  close(connection);
  return hung_up;
}

class TransportRefusalTest : public RefusalTest {
 protected:
  // A unary call with `message` in place of a request.
  absl::Status Send(const Endpoint& endpoint, std::string_view message) {
    grpc::GenericStub stub(endpoint.channel);
    const grpc::Slice slice(message.data(), message.size());
    const grpc::ByteBuffer request(&slice, 1);
    grpc::ByteBuffer answer;
    const auto context = testing_kit::WithToken(As(anna_));
    std::promise<grpc::Status> done;
    stub.UnaryCall(context.get(), endpoint.read_method, grpc::StubOptions(), &request, &answer,
                   [&done](grpc::Status status) { done.set_value(std::move(status)); });
    return FromGrpcStatus(done.get_future().get());
  }

  // All four services still answer.
  void ExpectAnswersToProperCalls() {
    Must(&Catalogue::GetScheme, As(anna_),
         Parse<catalogue::v1::GetSchemeRequest>("name: 'schemes/dcc'"));
    Must(&Scoring::ValidateInputs, As(anna_),
         Parse<scoring::v1::ValidateInputsRequest>(
             "basis { catalogue: 'schemes/dcc/catalogues/def-stan-05-138-i4' "
             "rule_set: 'schemes/dcc/ruleSets/asr-2.1' profile: 'L0' }"));
    Must(&Store::ListAssessments, As(anna_), store::ListAssessmentsRequest());
    Must(&Queue::ListReviewItems, As(ravi_), queue::ListReviewItemsRequest());
  }
};

TEST_F(TransportRefusalTest, MessagesOverTheLimit) {
  InReview("a1");
  const std::string message(config::kDefaultMaxMessageBytes + 1, '\0');
  for (const Endpoint& endpoint : system_.endpoints()) {
    SCOPED_TRACE(endpoint.service);
    ExpectRefused([&] { return Send(endpoint, message); },
                  RefusedByGrpc(absl::StatusCode::kResourceExhausted));
  }
  ExpectAnswersToProperCalls();
}

// A message of exactly the limit gets to us, one byte more does not.
TEST_F(TransportRefusalTest, TheLargestMessage) {
  constexpr int kFiller = 20'000;  // A field number that the message does not have.
  InReview("a1");
  const Endpoint& endpoint = system_.endpoints()[2];
  const auto message = [](size_t filler) {
    auto request = Parse<store::GetAssessmentRequest>("name: 'assessments/none'");
    request.GetReflection()->MutableUnknownFields(&request)->AddLengthDelimited(
        kFiller, std::string(filler, 'x'));
    return request.SerializeAsString();
  };
  constexpr size_t kLimit = config::kDefaultMaxMessageBytes;
  const size_t overhead = message(kLimit).size() - kLimit;
  ASSERT_EQ(message(kLimit - overhead).size(), kLimit);
  ExpectRefused([&] { return Send(endpoint, message(kLimit - overhead)); },
                Refused(kNotFound, "ASSESSMENT_NOT_FOUND", "name"));
  ExpectRefused([&] { return Send(endpoint, message(kLimit - overhead + 1)); },
                RefusedByGrpc(absl::StatusCode::kResourceExhausted));
}

TEST_F(TransportRefusalTest, AnOversizedResult) {
  Create("a1", "L1");
  auto request = RecordRequest("a1", "changes { result { control_id: '1100' override { } } }");
  request.mutable_changes(0)->mutable_result()->mutable_override()->set_reasoning(
      std::string(config::kDefaultMaxMessageBytes, 'x'));
  ExpectRefused(&Store::RecordControlResults, As(anna_), request,
                RefusedByGrpc(absl::StatusCode::kResourceExhausted));
}

TEST_F(TransportRefusalTest, GarbageInPlaceOfAMessage) {
  InReview("a1");
  for (const Endpoint& endpoint : system_.endpoints()) {
    // A cut varint; a length beyond the end; wire type 7, which is none; noise.
    for (const std::string& garbage : {std::string("\x08\xff", 2),
                                       std::string("\x0a\x7f"
                                                   "a",
                                                   3),
                                       std::string("\x0f", 1), Noise(10'000)}) {
      SCOPED_TRACE(endpoint.service);
      // gRPC's own answer to a message that does not parse.
      ExpectRefused([&] { return Send(endpoint, garbage); },
                    RefusedByGrpc(absl::StatusCode::kUnimplemented));
    }
  }
  ExpectAnswersToProperCalls();
}

TEST_F(TransportRefusalTest, AMethodThatIsNone) {
  InReview("a1");
  for (Endpoint endpoint : system_.endpoints()) {
    SCOPED_TRACE(endpoint.service);
    endpoint.read_method = "/" + endpoint.service + "/DropEverything";
    ExpectRefused([&] { return Send(endpoint, ""); },
                  RefusedByGrpc(absl::StatusCode::kUnimplemented));
  }
}

// Bytes that a connection begins with.
struct RawCase {
  const char* name;
  std::string bytes;
};

void PrintTo(const RawCase& row, std::ostream* out) { *out << row.name; }

class RawBytesTest : public TransportRefusalTest, public testing::WithParamInterface<RawCase> {};

TEST_P(RawBytesTest, AreSurvived) {
  InReview("a1");
  const Rows before = system_.Everything();
  for (const Endpoint& endpoint : system_.endpoints()) {
    EXPECT_TRUE(SendAndWaitForHangUp(endpoint.address, GetParam().bytes)) << endpoint.service;
  }
  ExpectAnswersToProperCalls();
  EXPECT_EQ(Difference(before, system_.Everything()), "");
}

INSTANTIATE_TEST_SUITE_P(
    Garbage, RawBytesTest,
    testing::Values(RawCase{"Nothing", ""}, RawCase{"Noise", Noise(65'536)},
                    RawCase{"Zeros", std::string(65'536, '\0')},
                    RawCase{"HalfAPreface", std::string(kHttp2Preface, 10)},
                    RawCase{"PrefaceAndNoise", kHttp2Preface + Noise(65'536)},
                    RawCase{"Http1", "POST /v1/assessments HTTP/1.1\r\nHost: x\r\n\r\n{}"},
                    // A frame that says it is 16 MiB long, and ends.
                    RawCase{
                        "EndlessFrame",
                        kHttp2Preface + std::string("\xff\xff\xff\x00\x00\x00\x00\x00\x01", 9)}),
    CaseName<RawCase>);

}  // namespace
}  // namespace assay::refusals
