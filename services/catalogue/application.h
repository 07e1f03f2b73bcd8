// Puts the catalogue together: its store, its documents, its gRPC surface.

#ifndef ASSAY_SERVICES_CATALOGUE_APPLICATION_H_
#define ASSAY_SERVICES_CATALOGUE_APPLICATION_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "common/ids/id_source.h"
#include "common/log/logger.h"
#include "common/rpc/service_main.h"
#include "common/storage/store.h"
#include "common/time/clock.h"
#include "services/catalogue/catalogue_service.h"
#include "services/catalogue/live_registry.h"
#include "services/catalogue/options.h"
#include "services/catalogue/registry.h"

namespace assay::catalogue {

// Reads the scheme directory, puts what is new into the store and returns all the store holds, also
// documents whose files are gone. Logs each new revision, and warns when a file holds an earlier
// revision than the latest (the latest stays the latest) and of every document that no longer fits
// the latest revisions of its scheme. When one scheme is refused nothing of any
// scheme is stored.
absl::StatusOr<Registry> LoadRegistry(const std::string& scheme_dir, storage::Store& store,
                                      IdSource& ids, const Clock& clock, const Logger& logger);

class CatalogueApplication final : public rpc::Application {
 public:
  static absl::StatusOr<std::unique_ptr<rpc::Application>> Create(
      const CatalogueOptions& options, rpc::ServiceEnvironment& environment);

  std::vector<rpc::HostedService> services() override;
  absl::Status Health() override { return store_->Health(); }

 private:
  CatalogueApplication(std::unique_ptr<storage::Store> store, Registry registry,
                       rpc::ServiceEnvironment& environment);

  const std::unique_ptr<storage::Store> store_;
  LiveRegistry live_;
  CatalogueServiceImpl service_;
};

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_APPLICATION_H_
