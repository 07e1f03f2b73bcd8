// assay-catalogue: serves schemes and every revision of their documents.

#include "assay/catalogue/v1/catalogue_service.grpc.pb.h"

#include "common/rpc/service_main.h"
#include "services/catalogue/application.h"
#include "services/catalogue/options.h"

int main(int argc, char** argv) {
  assay::catalogue::CatalogueOptions options;
  assay::rpc::ServiceDefinition definition;
  definition.traits = assay::catalogue::CatalogueTraits(options);
  definition.services = {assay::catalogue::v1::CatalogueService::service_full_name()};
  definition.build = [&options](assay::rpc::ServiceEnvironment& environment) {
    return assay::catalogue::CatalogueApplication::Create(options, environment);
  };
  return assay::rpc::ServiceMain(argc, argv, definition);
}
