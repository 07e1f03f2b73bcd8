// A person who calls the services of a Deployment with a token of their own.

#ifndef ASSAY_TESTS_JOURNEY_CLIENT_H_
#define ASSAY_TESTS_JOURNEY_CLIENT_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"

#include "assay/assessment_store/v1/assessment_store_service.grpc.pb.h"
#include "assay/catalogue/v1/catalogue_service.grpc.pb.h"
#include "assay/review_queue/v1/review_queue_service.grpc.pb.h"
#include "assay/scoring/v1/scoring_service.grpc.pb.h"

#include "common/auth/role.h"
#include "common/status/grpc_status.h"
#include "common/testing/test_server.h"
#include "tests/journey/deployment.h"
#include "tests/journey/wait.h"

namespace assay::journey {

struct Person {
  std::string subject;
  std::string organisation;
  auth::RoleSet roles;
};

// An assessor of the certification body of all samples, a reviewer and an auditor of the scheme
// owner, and a supplier.
Person Anna();
Person Ravi();
Person Auditor();
Person Sam();

// A channel that shares no connection, and so no reconnection delay, with any other.
std::shared_ptr<grpc::Channel> OwnChannel(const std::string& address);

// What grpc.health.v1 answers for the server as a whole.
bool IsServing(const std::string& address);

// What a client does about UNAVAILABLE: hands it on, or repeats the same request, request id and
// all, until it is answered or kPatience is over.
enum class OnUnavailable { kReport, kRepeat };

// Connections are made anew for each Client: make a new one after a service was started again.
class Client {
 public:
  using Store = assessment_store::v1::AssessmentStoreService;
  using Queue = review_queue::v1::ReviewQueueService;
  using Scoring = scoring::v1::ScoringService;
  using Catalogue = catalogue::v1::CatalogueService;

  Client(const Deployment& deployment, const Person& person,
         OnUnavailable on_unavailable = OnUnavailable::kReport);

  // anna.Call(&Client::Store::StubInterface::GetAssessment, request)
  template <typename Interface, typename Request, typename Response>
  absl::StatusOr<Response> Call(grpc::Status (Interface::*method)(grpc::ClientContext*,
                                                                  const Request&, Response*),
                                const Request& request) {
    Response response;
    absl::Status status;
    Eventually([&] {
      const auto context = testing_kit::WithToken(token_);
      // A waiting call drives the connection; one that fails at once leaves it to a slow timer.
      context->set_wait_for_ready(on_unavailable_ == OnUnavailable::kRepeat);
      status = FromGrpcStatus((stub(method)->*method)(context.get(), request, &response));
      return on_unavailable_ == OnUnavailable::kReport || !absl::IsUnavailable(status);
    });
    if (!status.ok()) return status;
    return response;
  }

  // For streams.
  Scoring::StubInterface& scoring() { return *scoring_; }
  const std::string& token() const { return token_; }

 private:
  template <typename Request, typename Response, typename Interface>
  using Method = grpc::Status (Interface::*)(grpc::ClientContext*, const Request&, Response*);

  template <typename Request, typename Response>
  Store::StubInterface* stub(Method<Request, Response, Store::StubInterface>) {
    return store_.get();
  }
  template <typename Request, typename Response>
  Queue::StubInterface* stub(Method<Request, Response, Queue::StubInterface>) {
    return queue_.get();
  }
  template <typename Request, typename Response>
  Scoring::StubInterface* stub(Method<Request, Response, Scoring::StubInterface>) {
    return scoring_.get();
  }
  template <typename Request, typename Response>
  Catalogue::StubInterface* stub(Method<Request, Response, Catalogue::StubInterface>) {
    return catalogue_.get();
  }

  const OnUnavailable on_unavailable_;
  const std::string token_;
  const std::unique_ptr<Store::Stub> store_;
  const std::unique_ptr<Queue::Stub> queue_;
  const std::unique_ptr<Scoring::Stub> scoring_;
  const std::unique_ptr<Catalogue::Stub> catalogue_;
};

}  // namespace assay::journey

#endif  // ASSAY_TESTS_JOURNEY_CLIENT_H_
