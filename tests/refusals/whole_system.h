// The four services in one process: real servers on the loopback, real stubs and service tokens
// between them, the shipped scheme data; stores in memory, one fake clock, relays driven by hand.
//
// So a test can do what a caller can do, and then look at every stored byte.

#ifndef ASSAY_TESTS_REFUSALS_WHOLE_SYSTEM_H_
#define ASSAY_TESTS_REFUSALS_WHOLE_SYSTEM_H_

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"

#include "assay/assessment_store/v1/assessment_store_service.grpc.pb.h"
#include "assay/catalogue/v1/catalogue_service.grpc.pb.h"
#include "assay/review_queue/v1/review_queue_service.grpc.pb.h"
#include "assay/scoring/v1/scoring_service.grpc.pb.h"

#include "common/outbox/relay.h"
#include "common/status/grpc_status.h"
#include "common/testing/test_keys.h"
#include "common/testing/test_server.h"
#include "common/time/fake_clock.h"

namespace assay::refusals {

using Catalogue = catalogue::v1::CatalogueService::StubInterface;
using Scoring = scoring::v1::ScoringService::StubInterface;
using Store = assessment_store::v1::AssessmentStoreService::StubInterface;
using Queue = review_queue::v1::ReviewQueueService::StubInterface;

// Where one of the services listens.
struct Endpoint {
  std::string service;      // Full name of its gRPC service.
  std::string read_method;  // "/service/method" that answers an empty request of a service.
  std::string address;
  std::shared_ptr<grpc::Channel> channel;
};

// Rows by "<service>:<key>".
using Rows = std::map<std::string, std::string>;

// What differs between both, a line per row, keys in hexadecimal; "" when nothing does.
std::string Difference(const Rows& before, const Rows& after);

// Thread-safe but for the relays. Failures to start end the process.
class WholeSystem {
 public:
  WholeSystem();
  ~WholeSystem();

  FakeClock& clock();
  const testing_kit::TestKeys& keys() const;

  // Catalogue, scoring, assessment store, review queue.
  const std::vector<Endpoint>& endpoints() const { return endpoints_; }

  // Calls over the one channel to the method's service, with `token` (none when empty).
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Call(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                             Response*),
                                std::string_view token,
                                const std::type_identity_t<Request>& request) {
    const auto context = testing_kit::WithToken(token);
    Stub& stub = *std::get<std::unique_ptr<Stub>>(stubs_);
    Response response;
    const absl::Status status = FromGrpcStatus((stub.*method)(context.get(), request, &response));
    if (!status.ok()) return status;
    return response;
  }

  // One pass over the assessment store's outbox: submissions to the queue.
  outbox::DeliveryCounts DeliverSubmissions();
  // One pass over the queue's outbox: decisions to the assessment store.
  outbox::DeliveryCounts DeliverDecisions();

  // Every row of every service's store.
  Rows Everything();

 private:
  struct Parts;

  const std::unique_ptr<Parts> parts_;
  const std::vector<Endpoint> endpoints_;
  const std::tuple<std::unique_ptr<Catalogue>, std::unique_ptr<Scoring>, std::unique_ptr<Store>,
                   std::unique_ptr<Queue>>
      stubs_;
};

}  // namespace assay::refusals

#endif  // ASSAY_TESTS_REFUSALS_WHOLE_SYSTEM_H_
