// Reads about revisions and aliases of documents of any kind.

#ifndef ASSAY_SERVICES_CATALOGUE_REVISION_QUERIES_H_
#define ASSAY_SERVICES_CATALOGUE_REVISION_QUERIES_H_

#include <string>

#include "absl/status/statusor.h"

#include "assay/catalogue/v1/catalogue_service.pb.h"

#include "common/ids/id_source.h"
#include "common/rpc/call.h"
#include "common/storage/store.h"
#include "common/time/clock.h"
#include "services/catalogue/live_registry.h"
#include "services/catalogue/storage/catalogue_store.h"

namespace assay::catalogue {

// Thread-safe. Everything it is given must outlive it. Meanings and errors are those of
// catalogue_service.proto. Compare and Export read the store and parse: call them on the worker
// pool. The others answer from memory.
class RevisionQueries {
 public:
  RevisionQueries(storage::Store& store, IdSource& ids, const Clock& clock,
                  const LiveRegistry& live)
      : documents_(store, ids), clock_(clock), live_(live) {}

  absl::StatusOr<v1::ListRevisionsResponse> ListRevisions(const rpc::CallContext& call,
                                                          const v1::ListRevisionsRequest& request);
  absl::StatusOr<v1::ListAliasesResponse> ListAliases(const rpc::CallContext& call,
                                                      const v1::ListAliasesRequest& request);
  absl::StatusOr<v1::CompareRevisionsResponse> Compare(const rpc::CallContext& call,
                                                       const v1::CompareRevisionsRequest& request);
  absl::StatusOr<v1::ExportDocumentResponse> Export(const rpc::CallContext& call,
                                                    const v1::ExportDocumentRequest& request);

 private:
  // The document of the revision that `name` names, that of a scheme too, parsed afresh; its `file`
  // is the revision's name.
  absl::StatusOr<Document> Load(std::string_view field, const std::string& name);

  CatalogueStore documents_;
  const Clock& clock_;
  const LiveRegistry& live_;
};

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_REVISION_QUERIES_H_
