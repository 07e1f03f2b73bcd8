#include "services/assessment_store/application.h"

#include <utility>
#include <vector>

#include "common/outbox/relay.h"
#include "common/outbox/relay_report.h"
#include "common/rpc/client.h"
#include "common/status/macros.h"
#include "common/storage/rocksdb_store.h"
#include "services/assessment_store/assessment_store_service.h"
#include "services/assessment_store/clients/catalogue_client.h"
#include "services/assessment_store/clients/scoring_client.h"
#include "services/assessment_store/commands/assessment_commands.h"
#include "services/assessment_store/errors.h"
#include "services/assessment_store/queries/assessment_queries.h"

namespace assay::assessment_store {
namespace {

struct Clients {
  std::unique_ptr<ScoringClient> scoring;
  std::unique_ptr<CatalogueClient> catalogue;
  std::unique_ptr<ReviewQueueClient> queue;
};

absl::StatusOr<Clients> MakeClients(const Options& options, rpc::ServiceEnvironment& environment) {
  const config::TlsFiles& tls = environment.options.tls;
  const int limit = environment.options.max_message_bytes;
  ASSAY_ASSIGN_OR_RETURN(auto scoring, rpc::MakeChannel(options.scoring, tls, limit));
  ASSAY_ASSIGN_OR_RETURN(auto catalogue, rpc::MakeChannel(options.catalogue, tls, limit));
  ASSAY_ASSIGN_OR_RETURN(auto queue, rpc::MakeChannel(options.review_queue, tls, limit));
  return Clients{MakeScoringClient(std::move(scoring), *environment.tokens),
                 MakeCatalogueClient(std::move(catalogue), *environment.tokens),
                 MakeReviewQueueClient(std::move(queue), *environment.tokens)};
}

class StoreApplication final : public rpc::Application {
 public:
  static absl::StatusOr<std::unique_ptr<rpc::Application>> Create(
      std::unique_ptr<storage::Store> store, Clients clients,
      rpc::ServiceEnvironment& environment) {
    ReviewQueueClient& queue = *clients.queue;
    ASSAY_ASSIGN_OR_RETURN(
        auto relay,
        outbox::Relay::Create(
            *store, environment.clock,
            [&queue](const outbox::Message& message) { return Deliver(queue, message); },
            outbox::ReportTo(environment.logger, environment.metrics)));
    return std::unique_ptr<rpc::Application>(
        new StoreApplication(std::move(store), std::move(clients), std::move(relay), environment));
  }

  std::vector<rpc::HostedService> services() override {
    return {{v1::AssessmentStoreService::service_full_name(), &service_}};
  }
  void Start() override { relay_->Start(); }
  void Stop() override { relay_->Stop(); }
  absl::Status Health() override { return store_->Health(); }

 private:
  StoreApplication(std::unique_ptr<storage::Store> store, Clients clients,
                   std::unique_ptr<outbox::Relay> relay, rpc::ServiceEnvironment& environment)
      : store_(std::move(store)),
        clients_(std::move(clients)),
        relay_(std::move(relay)),
        commands_({*store_, environment.clock, environment.ids, *clients_.scoring,
                   *clients_.catalogue, [this] { relay_->Kick(); }}),
        queries_(*store_, *clients_.scoring),
        service_(environment.runtime, commands_, queries_) {}

  // In the order in which they use each other.
  const std::unique_ptr<storage::Store> store_;
  const Clients clients_;
  const std::unique_ptr<outbox::Relay> relay_;
  AssessmentCommands commands_;
  AssessmentQueries queries_;
  AssessmentStoreServiceImpl service_;
};

}  // namespace

absl::Status Deliver(ReviewQueueClient& queue, const outbox::Message& message) {
  review_queue::v1::EnqueueReviewItemRequest request;
  if (message.destination != kReviewQueueDestination || !request.ParseFromString(message.payload)) {
    return OutboxMessageMalformed(message.id, message.destination);
  }
  return queue.Enqueue(request);
}

absl::StatusOr<std::unique_ptr<rpc::Application>> MakeApplication(
    const Options& options, rpc::ServiceEnvironment& environment) {
  ASSAY_ASSIGN_OR_RETURN(Clients clients, MakeClients(options, environment));
  storage::RocksDbOptions database;
  database.path = environment.options.data_dir;
  ASSAY_ASSIGN_OR_RETURN(auto store, storage::RocksDbStore::Open(database));
  return StoreApplication::Create(std::move(store), std::move(clients), environment);
}

}  // namespace assay::assessment_store
