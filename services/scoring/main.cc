// assay-scoring: flags -> objects -> serve.

#include <memory>
#include <utility>
#include <vector>

#include "common/rpc/client.h"
#include "common/rpc/service_main.h"
#include "common/status/macros.h"
#include "services/scoring/basis_resolver.h"
#include "services/scoring/clients/grpc_catalogue_client.h"
#include "services/scoring/disagreements.h"
#include "services/scoring/options.h"
#include "services/scoring/score.h"
#include "services/scoring/scoring_service.h"

namespace assay::scoring {
namespace {

class ScoringApplication final : public rpc::Application {
 public:
  static absl::StatusOr<std::unique_ptr<rpc::Application>> Create(
      const ScoringOptions& options, rpc::ServiceEnvironment& environment) {
    ASSAY_ASSIGN_OR_RETURN(const auto channel,
                           rpc::MakeChannel(options.catalogue, environment.options.tls,
                                            environment.options.max_message_bytes));
    return std::make_unique<ScoringApplication>(catalogue::v1::CatalogueService::NewStub(channel),
                                                environment);
  }

  ScoringApplication(std::unique_ptr<catalogue::v1::CatalogueService::StubInterface> stub,
                     rpc::ServiceEnvironment& environment)
      : catalogue_(std::move(stub), *environment.tokens),
        resolver_(catalogue_, environment.clock),
        disagreements_(environment.logger, environment.metrics),
        scorer_(resolver_, disagreements_),
        service_(environment.runtime, resolver_, scorer_) {}

  std::vector<rpc::HostedService> services() override {
    return {{v1::ScoringService::service_full_name(), &service_}};
  }

 private:
  GrpcCatalogueClient catalogue_;
  BasisResolver resolver_;
  Disagreements disagreements_;
  Scorer scorer_;
  ScoringServiceImpl service_;
};

}  // namespace
}  // namespace assay::scoring

int main(int argc, char** argv) {
  using assay::scoring::ScoringApplication;
  assay::scoring::ScoringOptions options;
  assay::rpc::ServiceDefinition definition;
  definition.traits = assay::scoring::ScoringTraits(options);
  definition.services = {assay::scoring::v1::ScoringService::service_full_name()};
  definition.build = [&options](assay::rpc::ServiceEnvironment& environment) {
    return ScoringApplication::Create(options, environment);
  };
  return assay::rpc::ServiceMain(argc, argv, definition);
}
