#include "services/catalogue/domain/document.h"

#include <cstdlib>

#include "common/ids/hex.h"
#include "common/ids/resource_name.h"
#include "common/status/macros.h"
#include "services/catalogue/domain/parse.h"
#include "services/catalogue/domain/strict_json.h"

namespace assay::catalogue {

std::string_view KindWord(DocumentKind kind) {
  switch (kind) {
    case DocumentKind::kScheme:
      return "scheme";
    case DocumentKind::kCatalogue:
      return "catalogue";
    case DocumentKind::kQuestionSet:
      return "question_set";
    case DocumentKind::kRuleSet:
      return "rule_set";
  }
  std::abort();  // A number outside the enum: memory is not what we wrote.
}

namespace {

std::string_view NamePattern(DocumentKind kind) {
  switch (kind) {
    case DocumentKind::kScheme:
      return "schemes/*";
    case DocumentKind::kCatalogue:
      return "schemes/*/catalogues/*";
    case DocumentKind::kQuestionSet:
      return "schemes/*/questionSets/*";
    case DocumentKind::kRuleSet:
      return "schemes/*/ruleSets/*";
  }
  std::abort();
}

}  // namespace

std::string ResourceName(const DocumentName& name) {
  return FormatName(NamePattern(name.kind), {name.scheme, name.id});
}

std::optional<DocumentName> ParseResourceName(std::string_view name) {
  for (const DocumentKind kind : kAllDocumentKinds) {
    const auto ids = ParseName("name", NamePattern(kind), name);
    if (ids.ok()) return DocumentName{.scheme = ids->front(), .kind = kind, .id = ids->back()};
  }
  return std::nullopt;
}

std::string DocumentDigest(DocumentKind kind, std::string_view canonical) {
  std::string bytes = "assay.document.v1";
  bytes.push_back('\0');
  bytes.append(KindWord(kind));
  bytes.push_back('\0');
  bytes.append(canonical);
  return Sha256(bytes);
}

absl::StatusOr<Document> ParseDocument(std::string_view scheme, DocumentKind kind,
                                       std::string_view file, std::string_view text) {
  ASSAY_ASSIGN_OR_RETURN(const nlohmann::json json, ParseStrictJson(file, text));
  Document document;
  document.file = std::string(file);
  document.canonical = CanonicalJson(json);
  document.digest = DocumentDigest(kind, document.canonical);

  ParseErrors errors(file);
  ObjectReader reader(errors, json, "");
  DocumentHead head = ReadHead(reader);
  document.name = {.scheme = std::string(scheme), .kind = kind, .id = head.id};
  head.name = ResourceName(document.name);
  head.scheme = document.name.scheme;
  head.digest_hex = ToHex(document.digest);
  switch (kind) {
    case DocumentKind::kScheme:
      document.message = ReadScheme(head, reader);
      break;
    case DocumentKind::kCatalogue:
      document.message = ReadCatalogue(head, reader);
      break;
    case DocumentKind::kQuestionSet:
      document.message = ReadQuestionSet(head, reader);
      break;
    case DocumentKind::kRuleSet:
      document.message = ReadRuleSet(head, reader);
      break;
  }
  reader.Finish();
  ASSAY_RETURN_IF_ERROR(errors.status());
  return document;
}

}  // namespace assay::catalogue
