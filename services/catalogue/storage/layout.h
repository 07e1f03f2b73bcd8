// Key and value bytes of the catalogue's rows; FORMAT.md describes them, golden bytes pin them.

#ifndef ASSAY_SERVICES_CATALOGUE_STORAGE_LAYOUT_H_
#define ASSAY_SERVICES_CATALOGUE_STORAGE_LAYOUT_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "common/storage/store.h"
#include "common/time/timestamp.h"
#include "services/catalogue/domain/document.h"

namespace assay::catalogue {

// A revision as it is stored.
struct StoredRevision {
  DocumentName name;
  uint32_t number = 0;
  absl::Time create_time;  // Whole microseconds.
  std::string digest;      // 32 raw bytes.
  std::string canonical;   // Canonical JSON.
};

// One entry of an alias's history: from a day on the alias names a revision.
struct StoredAliasEntry {
  DocumentName document;
  std::string alias;
  uint32_t number = 0;  // From 1, without gaps, in the order in which entries were added.
  uint32_t revision = 0;
  EpochDays effective_from = 0;
  absl::Time create_time;  // Whole microseconds.
  std::string creator;     // Subject of the token.
};

// Head row: how many revisions a document has. Every command on the document writes it.
std::string HeadKey(const DocumentName& name);
std::string EncodeHead(uint32_t latest);
absl::StatusOr<uint32_t> DecodeHead(std::string_view value);

// Revision row.
std::string RevisionKey(const DocumentName& name, uint32_t number);
storage::ScanRange AllRevisions();
// The heads of all documents of a scheme.
storage::ScanRange HeadsOf(std::string_view scheme);
absl::StatusOr<DocumentName> DecodeHeadKey(std::string_view key);
std::string EncodeRevision(const StoredRevision& revision);
absl::StatusOr<StoredRevision> DecodeRevision(std::string_view key, std::string_view value);

// Digest row: which revision has this content.
std::string DigestKey(const DocumentName& name, std::string_view digest);
std::string EncodeNumber(uint32_t number);
absl::StatusOr<uint32_t> DecodeNumber(std::string_view value);

// Alias rows: how many entries an alias has, and each entry. The head's value is that of
// EncodeNumber.
std::string AliasHeadKey(const DocumentName& document, std::string_view alias);
storage::ScanRange AliasHeadsOf(const DocumentName& document);
std::string AliasEntryKey(const DocumentName& document, std::string_view alias, uint32_t number);
storage::ScanRange AliasEntriesOf(const DocumentName& document, std::string_view alias);
storage::ScanRange AllAliasEntries();
std::string EncodeAliasEntry(const StoredAliasEntry& entry);
absl::StatusOr<StoredAliasEntry> DecodeAliasEntry(std::string_view key, std::string_view value);

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_STORAGE_LAYOUT_H_
