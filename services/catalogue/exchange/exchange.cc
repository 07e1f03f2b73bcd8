#include "services/catalogue/exchange/exchange.h"

#include <cstdlib>
#include <utility>

#include "absl/strings/str_cat.h"

#include "common/status/macros.h"
#include "common/text/view.h"
#include "services/catalogue/domain/strict_json.h"
#include "services/catalogue/errors.h"
#include "services/catalogue/exchange/csv.h"
#include "services/catalogue/exchange/csv_columns.h"
#include "services/catalogue/exchange/layout.h"
#include "services/catalogue/exchange/oscal.h"
#include "services/catalogue/exchange/source_text.h"
#include "services/catalogue/exchange/yaml.h"

namespace assay::catalogue {
namespace {

using nlohmann::json;

// What errors about an export call the document.
constexpr std::string_view kExportedFile = "document";

absl::Status CheckKind(Format format, DocumentKind kind, std::string_view file) {
  const std::string value =
      absl::StrCat("a ", ToAbsl(KindWord(kind)), " as ", ToAbsl(FormatWord(format)));
  if (format == Format::kCsv && CsvRecords(kind).empty()) {
    return SchemeFileInvalid({file, ""}, value,
                             "catalogues and question sets have CSV; write a rule set or a scheme "
                             "as YAML or JSON");
  }
  if (format == Format::kOscalJson && kind != DocumentKind::kCatalogue) {
    return SchemeFileInvalid({file, ""}, value,
                             "only catalogues have OSCAL; write other documents as YAML or JSON");
  }
  return absl::OkStatus();
}

absl::StatusOr<json> Read(Format format, DocumentKind kind, std::string_view file,
                          std::string_view content, LossList& losses) {
  switch (format) {
    case Format::kJson:
      return ParseStrictJson(file, content);
    case Format::kYaml:
      return ReadYaml(file, content);
    case Format::kCsv:
      return ReadCsv(kind, file, content);
    case Format::kOscalJson:
      return ReadOscal(file, content, losses);
  }
  std::abort();  // A number outside the enum: memory is not what we wrote.
}

std::string Write(Format format, DocumentKind kind, const json& document) {
  switch (format) {
    case Format::kJson:
      return WriteJson(document);
    case Format::kYaml:
      return WriteYaml(document);
    case Format::kCsv:
      return WriteCsv(kind, document);
    case Format::kOscalJson:
      return WriteJson(WriteOscal(document));
  }
  std::abort();
}

}  // namespace

std::string_view FormatWord(Format format) {
  switch (format) {
    case Format::kJson:
      return "json";
    case Format::kYaml:
      return "yaml";
    case Format::kCsv:
      return "csv";
    case Format::kOscalJson:
      return "oscal-json";
  }
  std::abort();
}

absl::StatusOr<Imported> ToSchemeJson(Format format, DocumentKind kind, std::string_view file,
                                      std::string_view content) {
  ASSAY_RETURN_IF_ERROR(CheckKind(format, kind, file));
  LossList losses;
  ASSAY_ASSIGN_OR_RETURN(const json document, Read(format, kind, file, content, losses));
  Imported imported{.json = CanonicalJson(document), .losses = losses.Take()};
  ASSAY_RETURN_IF_ERROR(CheckDocumentSize(file, "JSON", imported.json));
  return imported;
}

absl::StatusOr<Exported> FromSchemeJson(Format format, DocumentKind kind,
                                        std::string_view json_text) {
  ASSAY_RETURN_IF_ERROR(CheckKind(format, kind, kExportedFile));
  ASSAY_ASSIGN_OR_RETURN(const json document, ParseStrictJson(kExportedFile, json_text));
  Exported exported{.text = Write(format, kind, document), .losses = {}};
  ASSAY_RETURN_IF_ERROR(CheckDocumentSize(kExportedFile, FormatWord(format), exported.text));
  LossList losses;
  ASSAY_ASSIGN_OR_RETURN(const json back, Read(format, kind, kExportedFile, exported.text, losses));
  AddDifferences(document, back, losses);
  exported.losses = losses.Take();
  return exported;
}

}  // namespace assay::catalogue
