#include "tests/journey/client.h"

#include <vector>

#include "absl/time/time.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/channel_arguments.h"

#include "common/time/clock.h"

namespace assay::journey {
namespace {

using access::v1::ROLE_ASSESSOR;
using access::v1::ROLE_AUDITOR;
using access::v1::ROLE_REVIEWER;
using access::v1::ROLE_SUPPLIER;

// HealthCheckResponse with status = SERVING: field 1, value 1.
// A service that was started again should be found at once.
constexpr int kReconnectMs = 100;
constexpr absl::Duration kHealthLimit = absl::Seconds(5);

constexpr char kServingBytes[] = {0x08, 0x01};

std::string Bytes(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (!buffer.Dump(&slices).ok()) return bytes;
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

}  // namespace

Person Anna() {
  return {"anna@northgate-assurance", "organisations/northgate-assurance", {ROLE_ASSESSOR}};
}
Person Ravi() { return {"ravi@iasme-review", "organisations/scheme-owner", {ROLE_REVIEWER}}; }
Person Auditor() { return {"auditor@scheme-owner", "organisations/scheme-owner", {ROLE_AUDITOR}}; }
Person Sam() { return {"sam@tamar-robotics", "organisations/tamar-robotics", {ROLE_SUPPLIER}}; }

std::shared_ptr<grpc::Channel> OwnChannel(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, kReconnectMs);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, kReconnectMs);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kReconnectMs);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

bool IsServing(const std::string& address) {
  grpc::GenericStub stub(OwnChannel(address));
  grpc::CompletionQueue queue;
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(SystemClock().Now() + kHealthLimit));
  const grpc::Slice no_bytes;  // A HealthCheckRequest with no field set.
  const grpc::ByteBuffer request(&no_bytes, 1);
  auto call = stub.PrepareUnaryCall(&context, "/grpc.health.v1.Health/Check", request, &queue);
  call->StartCall();
  grpc::ByteBuffer response;
  grpc::Status status;
  call->Finish(&response, &status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);
  return status.ok() && Bytes(response) == std::string(kServingBytes, sizeof(kServingBytes));
}

Client::Client(const Deployment& deployment, const Person& person, OnUnavailable on_unavailable)
    : on_unavailable_(on_unavailable),
      token_(deployment.keys().Mint(person.subject, person.organisation, person.roles)),
      store_(Store::NewStub(OwnChannel(deployment.address(Service::kAssessmentStore)))),
      queue_(Queue::NewStub(OwnChannel(deployment.address(Service::kReviewQueue)))),
      scoring_(Scoring::NewStub(OwnChannel(deployment.address(Service::kScoring)))),
      catalogue_(Catalogue::NewStub(OwnChannel(deployment.address(Service::kCatalogue)))) {}

}  // namespace assay::journey
