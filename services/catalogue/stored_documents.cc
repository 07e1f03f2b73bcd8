#include "services/catalogue/stored_documents.h"

#include <utility>

#include "absl/strings/str_cat.h"

#include "common/text/view.h"
#include "services/catalogue/errors.h"

namespace assay::catalogue {

std::string RevisionName(const DocumentName& name, uint32_t number) {
  return absl::StrCat(ResourceName(name), "@", number);
}

absl::StatusOr<Document> ParseStored(const StoredRevision& stored) {
  const std::string label = RevisionName(stored.name, stored.number);
  absl::StatusOr<Document> document =
      ParseDocument(stored.name.scheme, stored.name.kind, label, stored.canonical);
  if (!document.ok()) {
    return StoredDocumentCorrupt(label, FromAbsl(document.status().message()));
  }
  if (document->name != stored.name) {
    return StoredDocumentCorrupt(label, "the content calls itself otherwise");
  }
  return document;
}

SchemeDocuments ByKind(DocumentsByName documents) {
  SchemeDocuments by_kind;
  for (auto& [name, document] : documents) {
    switch (name.kind) {
      case DocumentKind::kScheme:
        by_kind.scheme = std::move(document);
        break;
      case DocumentKind::kCatalogue:
        by_kind.catalogues.push_back(std::move(document));
        break;
      case DocumentKind::kQuestionSet:
        by_kind.question_sets.push_back(std::move(document));
        break;
      case DocumentKind::kRuleSet:
        by_kind.rule_sets.push_back(std::move(document));
        break;
    }
  }
  return by_kind;
}

}  // namespace assay::catalogue
