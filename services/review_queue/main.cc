// The review queue's process: flags -> store -> queue -> relay -> gRPC surface.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "common/outbox/relay.h"
#include "common/outbox/relay_report.h"
#include "common/rpc/service_main.h"
#include "common/status/macros.h"
#include "common/storage/rocksdb_store.h"
#include "services/review_queue/clients/assessment_store_client.h"
#include "services/review_queue/decision_delivery.h"
#include "services/review_queue/limits.h"
#include "services/review_queue/options.h"
#include "services/review_queue/review_queue.h"
#include "services/review_queue/review_queue_service.h"

namespace assay::review_queue {
namespace {

// Members in the order they depend on one another.
class ReviewQueueApplication final : public rpc::Application {
 public:
  static absl::StatusOr<std::unique_ptr<rpc::Application>> Create(
      const ReviewQueueOptions& options, rpc::ServiceEnvironment& environment) {
    ASSAY_ASSIGN_OR_RETURN(
        auto store,
        storage::RocksDbStore::Open({.path = environment.options.data_dir, .log_sink = nullptr}));
    ASSAY_ASSIGN_OR_RETURN(const std::shared_ptr<grpc::Channel> channel,
                           rpc::MakeChannel(options.assessment_store, environment.options.tls,
                                            environment.options.max_message_bytes));
    auto client = MakeAssessmentStoreClient(channel, *environment.tokens, kDeliveryLimit);
    auto application = std::unique_ptr<ReviewQueueApplication>(
        new ReviewQueueApplication(std::move(store), std::move(client), environment));
    ASSAY_RETURN_IF_ERROR(application->CreateRelay(environment));
    return std::unique_ptr<rpc::Application>(std::move(application));
  }

  std::vector<rpc::HostedService> services() override {
    return {{v1::ReviewQueueService::service_full_name(), &service_}};
  }
  void Start() override { relay_->Start(); }
  void Stop() override { relay_->Stop(); }
  absl::Status Health() override { return store_->Health(); }

 private:
  ReviewQueueApplication(std::unique_ptr<storage::Store> store,
                         std::unique_ptr<AssessmentStoreClient> client,
                         rpc::ServiceEnvironment& environment)
      : store_(std::move(store)),
        client_(std::move(client)),
        queue_(*store_, environment.clock, environment.ids,
               std::string("services/") + kServiceName),
        delivery_(queue_, *client_),
        service_(environment.runtime, queue_, [this] { relay_->Kick(); }) {}

  absl::Status CreateRelay(rpc::ServiceEnvironment& environment) {
    ASSAY_ASSIGN_OR_RETURN(
        relay_, outbox::Relay::Create(
                    *store_, environment.clock,
                    [this](const outbox::Message& message) { return delivery_.Deliver(message); },
                    outbox::ReportTo(environment.logger, environment.metrics)));
    return absl::OkStatus();
  }

  const std::unique_ptr<storage::Store> store_;
  const std::unique_ptr<AssessmentStoreClient> client_;
  ReviewQueue queue_;
  DecisionDelivery delivery_;
  std::unique_ptr<outbox::Relay> relay_;
  ReviewQueueServiceImpl service_;
};

}  // namespace
}  // namespace assay::review_queue

int main(int argc, char** argv) {
  assay::review_queue::ReviewQueueOptions options;
  assay::rpc::ServiceDefinition definition;
  definition.traits = assay::review_queue::Traits(options);
  definition.services = {assay::review_queue::v1::ReviewQueueService::service_full_name()};
  definition.build = [&options](assay::rpc::ServiceEnvironment& environment) {
    return assay::review_queue::ReviewQueueApplication::Create(options, environment);
  };
  return assay::rpc::ServiceMain(argc, argv, definition);
}
