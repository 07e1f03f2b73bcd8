// One document as one sheet: for scheme authors who live in spreadsheets.
//
// The first column, "record", says what a row is (document, source, objective, profile, control;
// document, source, control, question); the others are named after the keys of the JSON in any
// order. An empty cell is a key left out. Rows of one kind keep their order; kinds may be mixed.

#ifndef ASSAY_SERVICES_CATALOGUE_EXCHANGE_CSV_H_
#define ASSAY_SERVICES_CATALOGUE_EXCHANGE_CSV_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "nlohmann/json.hpp"

#include "services/catalogue/domain/document.h"

namespace assay::catalogue {

// SCHEME_FILE_INVALID with "line L, column <name>" otherwise, and for kinds that have no CSV.
absl::StatusOr<nlohmann::json> ReadCsv(DocumentKind kind, std::string_view file,
                                       std::string_view content);

// Writes what CsvRecords() lists and passes over the rest: FromSchemeJson finds the difference.
// Columns that no row uses are left out. `kind` is one that has CSV.
std::string WriteCsv(DocumentKind kind, const nlohmann::json& document);

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_EXCHANGE_CSV_H_
