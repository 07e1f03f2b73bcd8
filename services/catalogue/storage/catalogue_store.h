// Keeps every revision of every document, and every entry of every alias, for ever.
//
// A document whose content was seen before is the revision it was then; other content becomes the
// next number. Nothing is changed or removed. Each new revision and each alias entry leaves an
// event in the scheme's hash-chained log (aggregate "schemes/{scheme}"), in the same transaction.

#ifndef ASSAY_SERVICES_CATALOGUE_STORAGE_CATALOGUE_STORE_H_
#define ASSAY_SERVICES_CATALOGUE_STORAGE_CATALOGUE_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "common/audit/event_log.h"
#include "common/ids/id_source.h"
#include "common/storage/store.h"
#include "services/catalogue/domain/document.h"
#include "services/catalogue/storage/layout.h"

namespace assay::catalogue {

// Who is named in the event of a revision that was loaded from files.
inline constexpr std::string_view kSystemSubject = "system";

// Types of the events that a new revision and a new alias entry leave.
inline constexpr std::string_view kRevisionAddedEvent = "DOCUMENT_REVISION_ADDED";
inline constexpr std::string_view kAliasSetEvent = "ALIAS_SET";

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
  // catalogues, question sets, rule sets. Writes nothing when nothing is new. Events name the
  // system. RESOURCE_EXHAUSTED TOO_MANY_REVISIONS; the store's errors.
  absl::StatusOr<std::vector<PutResult>> PutRevisions(const SchemeDocuments& documents,
                                                      absl::Time now);

  // Every revision of every document, by scheme, kind, id and number. DATA_LOSS
  // STORED_DOCUMENT_CORRUPT when one is not what was written.
  absl::StatusOr<std::vector<StoredRevision>> ListRevisions();

  // Every entry of every alias, by document, alias and number. DATA_LOSS as above.
  absl::StatusOr<std::vector<StoredAliasEntry>> ListAliasEntries();

  // One revision that is known to exist. DATA_LOSS STORED_DOCUMENT_CORRUPT when it does not.
  absl::StatusOr<StoredRevision> GetRevision(const DocumentName& name, uint32_t number);

  // The parts of a command, in its transaction or, without writing, in a snapshot.

  // The latest revision of every document of a scheme. Reads their heads, so that a transaction
  // that also writes an event of the scheme is run again when one of them changes.
  absl::StatusOr<std::vector<StoredRevision>> LatestRevisions(storage::Reader& reader,
                                                              const std::string& scheme);
  // What PutRevision would answer.
  absl::StatusOr<PutResult> FindRevision(storage::Reader& reader, const Document& document);
  // Adds the document's content unless it is a revision already.
  absl::StatusOr<PutResult> PutRevision(storage::Transaction& transaction, const Document& document,
                                        const audit::Actor& actor, absl::Time now);

  // The entries of one alias, oldest first; empty when there is no such alias.
  absl::StatusOr<std::vector<StoredAliasEntry>> AliasEntries(storage::Reader& reader,
                                                             const DocumentName& document,
                                                             std::string_view alias);
  // Adds an entry, unless the one for the same day that was added last names the same revision.
  // Number, time and creator are filled in here; the document and its revision must exist. Returns
  // the alias's entries. RESOURCE_EXHAUSTED TOO_MANY_ALIASES.
  absl::StatusOr<std::vector<StoredAliasEntry>> AddAliasEntry(storage::Transaction& transaction,
                                                              StoredAliasEntry entry,
                                                              const audit::Actor& actor,
                                                              absl::Time now);

 private:
  absl::Status AppendEvent(storage::Transaction& transaction, const DocumentName& document,
                           const audit::Actor& actor, absl::Time now, std::string_view type,
                           std::string body);

  storage::Store& store_;
  IdSource& ids_;
};

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_STORAGE_CATALOGUE_STORE_H_
