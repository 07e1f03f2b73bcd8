// Key and value bytes of the catalogue's rows; FORMAT.md describes them, golden bytes pin them.

#ifndef ASSAY_SERVICES_CATALOGUE_STORAGE_LAYOUT_H_
#define ASSAY_SERVICES_CATALOGUE_STORAGE_LAYOUT_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "common/storage/store.h"
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

// Head row: how many revisions a document has. Every command on the document writes it.
std::string HeadKey(const DocumentName& name);
std::string EncodeHead(uint32_t latest);
absl::StatusOr<uint32_t> DecodeHead(std::string_view value);

// Revision row.
std::string RevisionKey(const DocumentName& name, uint32_t number);
storage::ScanRange AllRevisions();
std::string EncodeRevision(const StoredRevision& revision);
absl::StatusOr<StoredRevision> DecodeRevision(std::string_view key, std::string_view value);

// Digest row: which revision has this content.
std::string DigestKey(const DocumentName& name, std::string_view digest);
std::string EncodeNumber(uint32_t number);
absl::StatusOr<uint32_t> DecodeNumber(std::string_view value);

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_STORAGE_LAYOUT_H_
