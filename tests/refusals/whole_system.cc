#include "tests/refusals/whole_system.h"

#include <cstdlib>
#include <iostream>
#include <utility>

#include "absl/strings/str_cat.h"

#include "common/auth/token.h"
#include "common/ids/hex.h"
#include "common/rpc/client.h"
#include "common/storage/memory_store.h"
#include "services/assessment_store/application.h"
#include "services/assessment_store/assessment_store_service.h"
#include "services/assessment_store/clients/catalogue_client.h"
#include "services/assessment_store/clients/review_queue_client.h"
#include "services/assessment_store/clients/scoring_client.h"
#include "services/assessment_store/commands/assessment_commands.h"
#include "services/assessment_store/queries/assessment_queries.h"
#include "services/catalogue/application.h"
#include "services/catalogue/catalogue_service.h"
#include "services/catalogue/live_registry.h"
#include "services/review_queue/clients/assessment_store_client.h"
#include "services/review_queue/decision_delivery.h"
#include "services/review_queue/limits.h"
#include "services/review_queue/review_queue.h"
#include "services/review_queue/review_queue_service.h"
#include "services/scoring/basis_resolver.h"
#include "services/scoring/clients/grpc_catalogue_client.h"
#include "services/scoring/disagreements.h"
#include "services/scoring/score.h"
#include "services/scoring/scoring_service.h"

namespace assay::refusals {
namespace {

using catalogue::v1::CatalogueService;
using review_queue::v1::ReviewQueueService;
using scoring::v1::ScoringService;
using StoreService = assessment_store::v1::AssessmentStoreService;
using testing_kit::TestRuntime;
using testing_kit::TestServer;

template <typename T>
T ValueOrDie(absl::StatusOr<T> value) {
  if (!value.ok()) {
    std::cerr << value.status() << "\n";
    std::abort();
  }
  return *std::move(value);
}

// A command waits on its worker for another service's worker; all of them share this pool.
testing_kit::TestRuntimeOptions RuntimeOptions() {
  testing_kit::TestRuntimeOptions options;
  options.worker_threads = 8;
  options.worker_queue = 64;
  return options;
}

std::unique_ptr<auth::TokenSigner> ServiceSigner(TestRuntime& runtime) {
  return ValueOrDie(auth::TokenSigner::Create(runtime.keys().service().private_pem, "service-1",
                                              testing_kit::kTestIssuer, testing_kit::kTestAudience,
                                              runtime.clock()));
}

void AddRows(std::string_view service, storage::Store& store, Rows& rows) {
  const absl::Status status =
      store.Snapshot()->Scan({}, [&](std::string_view key, std::string_view value) {
        rows.emplace(absl::StrCat(std::string(service), ":", std::string(key)), value);
        return true;
      });
  if (!status.ok()) std::abort();
}

// "store:0a0b": the key readable whatever its bytes are.
std::string ShownKey(const std::string& key) {
  const size_t colon = key.find(':');
  return absl::StrCat(key.substr(0, colon + 1), ToHex(std::string_view(key).substr(colon + 1)));
}

}  // namespace

std::string Difference(const Rows& before, const Rows& after) {
  std::string difference;
  for (const auto& [key, value] : before) {
    const auto found = after.find(key);
    if (found == after.end()) absl::StrAppend(&difference, "gone: ", ShownKey(key), "\n");
    if (found != after.end() && found->second != value) {
      absl::StrAppend(&difference, "changed: ", ShownKey(key), "\n");
    }
  }
  for (const auto& [key, value] : after) {
    if (!before.contains(key)) absl::StrAppend(&difference, "new: ", ShownKey(key), "\n");
  }
  return difference;
}

// In the order in which they use each other; the store's relay is last, since store and queue call
// one another.
struct WholeSystem::Parts {
  Parts()
      : runtime({CatalogueService::service_full_name(), ScoringService::service_full_name(),
                 StoreService::service_full_name(), ReviewQueueService::service_full_name()},
                RuntimeOptions()),
        scoring_tokens(ServiceSigner(runtime), "services/assay-scoring", runtime.clock()),
        store_tokens(ServiceSigner(runtime), "services/assay-assessment-store", runtime.clock()),
        queue_tokens(ServiceSigner(runtime), "services/assay-review-queue", runtime.clock()),
        registry(ValueOrDie(catalogue::LoadRegistry(ASSAY_TEST_DATA, catalogue_rows, runtime.ids(),
                                                    runtime.clock(), runtime.logger()))),
        catalogue_service(runtime.runtime(), catalogue_rows, runtime.ids(), runtime.clock(),
                          registry),
        catalogue_server(runtime, {{CatalogueService::service_full_name(), &catalogue_service}}),
        documents(CatalogueService::NewStub(catalogue_server.channel()), scoring_tokens),
        resolver(documents, runtime.clock()),
        disagreements(runtime.runtime().logger, runtime.runtime().metrics),
        engine(resolver, disagreements),
        scoring_service(runtime.runtime(), resolver, engine),
        scoring_server(runtime, {{ScoringService::service_full_name(), &scoring_service}}),
        scorer(assessment_store::MakeScoringClient(scoring_server.channel(), store_tokens)),
        scopes(assessment_store::MakeCatalogueClient(catalogue_server.channel(), store_tokens)),
        commands({store_rows, runtime.clock(), runtime.ids(), *scorer, *scopes, [] {}}),
        queries(store_rows, *scorer),
        store_service(runtime.runtime(), commands, queries),
        store_server(runtime, {{StoreService::service_full_name(), &store_service}}),
        assessments(review_queue::MakeAssessmentStoreClient(store_server.channel(), queue_tokens,
                                                            review_queue::kDeliveryLimit)),
        queue(queue_rows, runtime.clock(), runtime.ids(), "services/assay-review-queue"),
        delivery(queue, *assessments),
        queue_service(runtime.runtime(), queue, [] {}),
        queue_server(runtime, {{ReviewQueueService::service_full_name(), &queue_service}}),
        decisions(ValueOrDie(outbox::Relay::Create(
            queue_rows, runtime.clock(),
            [this](const outbox::Message& message) { return delivery.Deliver(message); }))),
        reviews(assessment_store::MakeReviewQueueClient(queue_server.channel(), store_tokens)),
        submissions(ValueOrDie(outbox::Relay::Create(
            store_rows, runtime.clock(), [this](const outbox::Message& message) {
              return assessment_store::Deliver(*reviews, message);
            }))) {}

  std::vector<Endpoint> Endpoints() const {
    const auto endpoint = [](const char* service, const char* read, const TestServer& server) {
      return Endpoint{service, absl::StrCat("/", service, "/", read), server.address(),
                      server.channel()};
    };
    return {endpoint(CatalogueService::service_full_name(), "GetScheme", catalogue_server),
            endpoint(ScoringService::service_full_name(), "Score", scoring_server),
            endpoint(StoreService::service_full_name(), "GetAssessment", store_server),
            endpoint(ReviewQueueService::service_full_name(), "GetReviewItem", queue_server)};
  }

  TestRuntime runtime;
  storage::MemoryStore catalogue_rows;
  storage::MemoryStore store_rows;
  storage::MemoryStore queue_rows;
  rpc::ServiceTokenSource scoring_tokens;
  rpc::ServiceTokenSource store_tokens;
  rpc::ServiceTokenSource queue_tokens;

  catalogue::LiveRegistry registry;
  catalogue::CatalogueServiceImpl catalogue_service;
  TestServer catalogue_server;

  scoring::GrpcCatalogueClient documents;
  scoring::BasisResolver resolver;
  scoring::Disagreements disagreements;
  scoring::Scorer engine;
  scoring::ScoringServiceImpl scoring_service;
  TestServer scoring_server;

  const std::unique_ptr<assessment_store::ScoringClient> scorer;
  const std::unique_ptr<assessment_store::CatalogueClient> scopes;
  assessment_store::AssessmentCommands commands;
  assessment_store::AssessmentQueries queries;
  assessment_store::AssessmentStoreServiceImpl store_service;
  TestServer store_server;

  const std::unique_ptr<review_queue::AssessmentStoreClient> assessments;
  review_queue::ReviewQueue queue;
  review_queue::DecisionDelivery delivery;
  review_queue::ReviewQueueServiceImpl queue_service;
  TestServer queue_server;
  const std::unique_ptr<outbox::Relay> decisions;

  const std::unique_ptr<assessment_store::ReviewQueueClient> reviews;
  const std::unique_ptr<outbox::Relay> submissions;
};

WholeSystem::WholeSystem()
    : parts_(std::make_unique<Parts>()),
      endpoints_(parts_->Endpoints()),
      stubs_(CatalogueService::NewStub(endpoints_[0].channel),
             ScoringService::NewStub(endpoints_[1].channel),
             StoreService::NewStub(endpoints_[2].channel),
             ReviewQueueService::NewStub(endpoints_[3].channel)) {}

WholeSystem::~WholeSystem() = default;

FakeClock& WholeSystem::clock() { return parts_->runtime.clock(); }

const testing_kit::TestKeys& WholeSystem::keys() const { return parts_->runtime.keys(); }

outbox::DeliveryCounts WholeSystem::DeliverSubmissions() {
  return ValueOrDie(parts_->submissions->DeliverPending());
}

outbox::DeliveryCounts WholeSystem::DeliverDecisions() {
  return ValueOrDie(parts_->decisions->DeliverPending());
}

Rows WholeSystem::Everything() {
  Rows rows;
  AddRows("catalogue", parts_->catalogue_rows, rows);
  AddRows("assessment_store", parts_->store_rows, rows);
  AddRows("review_queue", parts_->queue_rows, rows);
  return rows;
}

}  // namespace assay::refusals
