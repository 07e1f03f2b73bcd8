#include "services/catalogue/application.h"

#include <map>
#include <utility>

#include "common/ids/hex.h"
#include "common/status/macros.h"
#include "common/storage/rocksdb_store.h"
#include "common/text/view.h"
#include "services/catalogue/domain/validate.h"
#include "services/catalogue/scheme_folder.h"
#include "services/catalogue/storage/catalogue_store.h"
#include "services/catalogue/stored_documents.h"

namespace assay::catalogue {
namespace {

// The database's folder below --data_dir.
constexpr char kDatabaseFolder[] = "/catalogue.db";

void LogResult(const Logger& logger, const PutResult& result) {
  const std::string document = ResourceName(result.name);
  if (result.added) {
    logger.Log(Severity::kInfo, "revision added",
               {{"document", document}, {"revision", result.number}});
  } else if (result.number != result.latest) {
    logger.Log(Severity::kWarning,
               "the file holds an earlier revision; the latest one is served by default",
               {{"document", document},
                {"file_revision", result.number},
                {"latest_revision", result.latest}});
  }
}

// The files that were put fit each other. What was published by a request since may not fit them;
// it stays served, but PublishRevisions refuses everything that leaves it so.
absl::Status WarnOfMisfits(const std::vector<StoredRevision>& revisions, const Logger& logger) {
  std::map<std::string, DocumentsByName> schemes;
  for (size_t i = 0; i < revisions.size(); ++i) {
    const DocumentName& name = revisions[i].name;
    const bool is_latest = i + 1 == revisions.size() || revisions[i + 1].name != name;
    if (!is_latest) continue;
    ASSAY_ASSIGN_OR_RETURN(schemes[name.scheme][name], ParseStored(revisions[i]));
  }
  for (auto& [scheme, documents] : schemes) {
    for (const Misfit& misfit : FindMisfits(ByKind(std::move(documents)))) {
      logger.Log(
          Severity::kWarning,
          "a document does not fit the latest revisions of its scheme; nothing of the scheme "
          "can be published without a revision of it that does",
          {{"document", ResourceName(misfit.name)},
           {"problem", FromAbsl(misfit.status.message())}});
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Registry> LoadRegistry(const std::string& scheme_dir, storage::Store& store,
                                      IdSource& ids, const Clock& clock, const Logger& logger) {
  ASSAY_ASSIGN_OR_RETURN(const std::vector<SchemeDocuments> schemes, ReadSchemeDir(scheme_dir));
  CatalogueStore documents(store, ids);
  for (const SchemeDocuments& scheme : schemes) {
    ASSAY_ASSIGN_OR_RETURN(const std::vector<PutResult> results,
                           documents.PutRevisions(scheme, clock.Now()));
    for (const PutResult& result : results) LogResult(logger, result);
  }
  ASSAY_ASSIGN_OR_RETURN(const std::vector<StoredRevision> revisions, documents.ListRevisions());
  ASSAY_ASSIGN_OR_RETURN(const std::vector<StoredAliasEntry> aliases, documents.ListAliasEntries());
  ASSAY_ASSIGN_OR_RETURN(Registry registry, Registry::Build(revisions, aliases));
  ASSAY_RETURN_IF_ERROR(WarnOfMisfits(revisions, logger));
  return registry;
}

absl::StatusOr<std::unique_ptr<rpc::Application>> CatalogueApplication::Create(
    const CatalogueOptions& options, rpc::ServiceEnvironment& environment) {
  storage::RocksDbOptions database;
  database.path = environment.options.data_dir + kDatabaseFolder;
  ASSAY_ASSIGN_OR_RETURN(std::unique_ptr<storage::RocksDbStore> store,
                         storage::RocksDbStore::Open(database));
  ASSAY_ASSIGN_OR_RETURN(Registry registry,
                         LoadRegistry(options.scheme_dir, *store, environment.ids,
                                      environment.clock, environment.logger));
  return std::unique_ptr<rpc::Application>(
      new CatalogueApplication(std::move(store), std::move(registry), environment));
}

CatalogueApplication::CatalogueApplication(std::unique_ptr<storage::Store> store, Registry registry,
                                           rpc::ServiceEnvironment& environment)
    : store_(std::move(store)),
      live_(std::move(registry)),
      service_(environment.runtime, *store_, environment.ids, environment.clock, live_) {}

std::vector<rpc::HostedService> CatalogueApplication::services() {
  return {{v1::CatalogueService::service_full_name(), &service_}};
}

}  // namespace assay::catalogue
