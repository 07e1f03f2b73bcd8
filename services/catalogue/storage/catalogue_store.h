// Keeps every revision of every document for ever.
//
// A document whose content was seen before is the revision it was then; other content becomes the
// next number. Nothing is changed or removed. Each new revision leaves an event in the scheme's
// hash-chained log (aggregate "schemes/{scheme}"), in the same transaction.

#ifndef ASSAY_SERVICES_CATALOGUE_STORAGE_CATALOGUE_STORE_H_
#define ASSAY_SERVICES_CATALOGUE_STORAGE_CATALOGUE_STORE_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "common/ids/id_source.h"
#include "common/storage/store.h"
#include "services/catalogue/domain/document.h"
#include "services/catalogue/storage/layout.h"

namespace assay::catalogue {

// Who is named in the event of a revision that was loaded from files.
inline constexpr std::string_view kSystemSubject = "system";

// Type of the event that a new revision leaves.
inline constexpr std::string_view kRevisionAddedEvent = "DOCUMENT_REVISION_ADDED";

// What became of one document.
struct PutResult {
  DocumentName name;
  uint32_t number = 0;  // The revision the content is.
  uint32_t latest = 0;  // The document's latest; above `number` when the content is an older one.
  bool added = false;   // Whether the content was new.
};

// Thread-safe. Keeps references: both must outlive it.
class CatalogueStore {
 public:
  CatalogueStore(storage::Store& store, IdSource& ids) : store_(store), ids_(ids) {}

  // Puts all documents of one scheme in one transaction; results are in the order scheme,
  // catalogues, question sets, rule sets. Writes nothing when nothing is new.
  // RESOURCE_EXHAUSTED TOO_MANY_REVISIONS; the store's errors.
  absl::StatusOr<std::vector<PutResult>> PutRevisions(const SchemeDocuments& documents,
                                                      absl::Time now);

  // Every revision of every document, by scheme, kind, id and number. DATA_LOSS
  // STORED_DOCUMENT_CORRUPT when one is not what was written.
  absl::StatusOr<std::vector<StoredRevision>> ListRevisions();

 private:
  absl::StatusOr<PutResult> PutRevision(storage::Transaction& transaction, const Document& document,
                                        absl::Time now);

  storage::Store& store_;
  IdSource& ids_;
};

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_STORAGE_CATALOGUE_STORE_H_
