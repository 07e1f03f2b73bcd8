// Documents of what the store holds.

#ifndef ASSAY_SERVICES_CATALOGUE_STORED_DOCUMENTS_H_
#define ASSAY_SERVICES_CATALOGUE_STORED_DOCUMENTS_H_

#include <map>
#include <string>

#include "absl/status/statusor.h"

#include "services/catalogue/domain/document.h"
#include "services/catalogue/storage/layout.h"

namespace assay::catalogue {

// "schemes/dcc/ruleSets/asr-2.1@3".
std::string RevisionName(const DocumentName& name, uint32_t number);

// The document of a revision, parsed afresh; its `file` is the revision's name. DATA_LOSS
// STORED_DOCUMENT_CORRUPT when it does not parse or is another document than the row says.
absl::StatusOr<Document> ParseStored(const StoredRevision& stored);

// One revision of each document of a scheme.
using DocumentsByName = std::map<DocumentName, Document>;

// The same by kind, to be checked together.
SchemeDocuments ByKind(DocumentsByName documents);

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_STORED_DOCUMENTS_H_
