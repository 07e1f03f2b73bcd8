// A document of a scheme: what a file says, checked, with the digest that names its content.
//
// A document has three forms: the file (formatted as people like), the canonical JSON (one
// sequence of bytes for one content; what is hashed and stored) and the API message (derived from
// the canonical form whenever it is needed, never stored). data/FORMAT.md describes the files and
// the digest.

#ifndef ASSAY_SERVICES_CATALOGUE_DOMAIN_DOCUMENT_H_
#define ASSAY_SERVICES_CATALOGUE_DOMAIN_DOCUMENT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"

#include "assay/catalogue/v1/catalogue.pb.h"

namespace assay::catalogue {

// The numbers are stored; never change or re-use one.
enum class DocumentKind : uint32_t { kScheme = 1, kCatalogue = 2, kQuestionSet = 3, kRuleSet = 4 };

inline constexpr DocumentKind kAllDocumentKinds[] = {
    DocumentKind::kScheme, DocumentKind::kCatalogue, DocumentKind::kQuestionSet,
    DocumentKind::kRuleSet};

// "scheme", "catalogue", "question_set", "rule_set": the word that enters the digest.
std::string_view KindWord(DocumentKind kind);

// Names a document, not one of its revisions. For a scheme document `id` equals `scheme`.
struct DocumentName {
  std::string scheme;
  DocumentKind kind = DocumentKind::kScheme;
  std::string id;

  friend auto operator<=>(const DocumentName&, const DocumentName&) = default;
  friend bool operator==(const DocumentName&, const DocumentName&) = default;
};

// "schemes/dcc", "schemes/dcc/catalogues/x", "schemes/dcc/questionSets/x",
// "schemes/dcc/ruleSets/x".
std::string ResourceName(const DocumentName& name);
// The way back; nullopt when `name` names no document.
std::optional<DocumentName> ParseResourceName(std::string_view name);

using DocumentMessage = std::variant<v1::Scheme, v1::Catalogue, v1::QuestionSet, v1::RuleSet>;

// Immutable once parsed.
struct Document {
  DocumentName name;
  std::string file;       // Where it was read from; only for messages.
  std::string canonical;  // Canonical JSON.
  std::string digest;     // 32 raw bytes.
  // The alternative of `name.kind`. Its name carries no revision; its revision holds the digest
  // and the model version (schemes have no revision in the API).
  DocumentMessage message;
};

// Parses the text of a file. Checks everything a document can say wrong by itself about form:
// syntax, duplicate, unknown and missing keys, types, words, ranges and limits. What it says about
// other entries (references, order, uniqueness) is checked by ValidateScheme.
//
// INVALID_ARGUMENT SCHEME_FILE_INVALID with the place inside the file.
absl::StatusOr<Document> ParseDocument(std::string_view scheme, DocumentKind kind,
                                       std::string_view file, std::string_view text);

// SHA-256 of "assay.document.v1", 0x00, the kind's word, 0x00, the canonical JSON: 32 raw bytes.
std::string DocumentDigest(DocumentKind kind, std::string_view canonical);

// The documents of one scheme that are meant to work together.
struct SchemeDocuments {
  Document scheme;
  std::vector<Document> catalogues;
  std::vector<Document> question_sets;
  std::vector<Document> rule_sets;
};

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_DOMAIN_DOCUMENT_H_
