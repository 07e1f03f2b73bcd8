// Scheme files in other formats: every document that can be published is JSON (data/FORMAT.md), and
// this is the way in and out of that JSON. Pure: no I/O, no clock; total over arbitrary bytes.
// FORMATS.md beside this file describes each format for the people who write them.
//
// A conversion says what it dropped. It never guesses: what a format cannot carry is a loss, what a
// file says wrongly is an error with its place.

#ifndef ASSAY_SERVICES_CATALOGUE_EXCHANGE_EXCHANGE_H_
#define ASSAY_SERVICES_CATALOGUE_EXCHANGE_EXCHANGE_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

#include "services/catalogue/domain/document.h"
#include "services/catalogue/exchange/losses.h"

namespace assay::catalogue {

enum class Format { kJson, kYaml, kCsv, kOscalJson };

inline constexpr Format kAllFormats[] = {Format::kJson, Format::kYaml, Format::kCsv,
                                         Format::kOscalJson};

// "json", "yaml", "csv", "oscal-json".
std::string_view FormatWord(Format format);

struct Imported {
  std::string json;          // Canonical JSON, for ParseDocument.
  std::vector<Loss> losses;  // What the file says and a document cannot, and what was filled in.
};

struct Exported {
  std::string text;
  std::vector<Loss> losses;  // What the document says and the format cannot.
};

// The JSON of a file. `file` is its name, for errors (and, from OSCAL, which has no such thing, for
// the document's id). The form is checked here as far as the format goes; ParseDocument checks the
// rest. Only a foreign OSCAL file has losses.
//
// INVALID_ARGUMENT SCHEME_FILE_INVALID. The path is "line 3, column 7" in YAML, "line 3, column
// profiles" (the column's name) in CSV, the path inside the file in JSON and OSCAL. Rule sets and
// schemes have no CSV, and only catalogues have OSCAL.
absl::StatusOr<Imported> ToSchemeJson(Format format, DocumentKind kind, std::string_view file,
                                      std::string_view content);

// The text of a document, which should have passed ParseDocument. Every export is read back before
// it is returned: its losses are all differences between what went in and what comes back, so an
// empty list means the same digest. Text is in UTF-8 and ends with a line end.
//
// INVALID_ARGUMENT SCHEME_FILE_INVALID: not JSON, a kind that the format does not have, or a text
// that would be longer than a file may be.
absl::StatusOr<Exported> FromSchemeJson(Format format, DocumentKind kind,
                                        std::string_view json_text);

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_EXCHANGE_EXCHANGE_H_
