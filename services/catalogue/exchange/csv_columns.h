// What the rows and columns of a scheme's CSV mean: the table to extend when the model of
// catalogues or question sets grows a key. The order in which people read keys is in layout.cc, and
// OSCAL's place for each in oscal.h.

#ifndef ASSAY_SERVICES_CATALOGUE_EXCHANGE_CSV_COLUMNS_H_
#define ASSAY_SERVICES_CATALOGUE_EXCHANGE_CSV_COLUMNS_H_

#include <span>
#include <string_view>

#include "services/catalogue/domain/document.h"

namespace assay::catalogue {

// The first column: what a row is.
inline constexpr std::string_view kRecordColumn = "record";

enum class CellType { kText, kNumber, kBoolean, kList };

// A key of the JSON; "asked_when.answers" is a key inside an object.
struct CsvColumn {
  std::string_view name;
  CellType type;
  bool required;  // Whether ParseDocument requires it; such a cell may not be empty.
};

// A kind of row, and the list of the JSON whose entries its rows are.
struct CsvRecord {
  std::string_view word;  // "control".
  std::string_view list;  // "controls"; empty for the one row about the document itself.
  bool is_text;           // The entries are texts, in column "text", and not objects.
  std::span<const CsvColumn> columns;
};

// The rows of a kind of document, in the order in which they are written; empty for kinds that have
// no CSV.
std::span<const CsvRecord> CsvRecords(DocumentKind kind);

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_EXCHANGE_CSV_COLUMNS_H_
