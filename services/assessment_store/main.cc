#include "common/rpc/service_main.h"
#include "services/assessment_store/application.h"
#include "services/assessment_store/assessment_store_service.h"
#include "services/assessment_store/options.h"

int main(int argc, char** argv) {
  namespace store = assay::assessment_store;
  store::Options options;
  assay::rpc::ServiceDefinition definition;
  definition.traits.name = "assay-assessment-store";
  definition.traits.description = "Keeps assessments, their results, verdicts and history";
  definition.traits.default_port = 7403;
  definition.traits.needs_service_key = true;
  definition.traits.add_options = [&options](CLI::App& app) { store::AddOptions(app, options); };
  definition.services = {store::v1::AssessmentStoreService::service_full_name()};
  definition.build = [&options](assay::rpc::ServiceEnvironment& environment) {
    return store::MakeApplication(options, environment);
  };
  return assay::rpc::ServiceMain(argc, argv, definition);
}
