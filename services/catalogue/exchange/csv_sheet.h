// A CSV file with a header row: what every sheet of ours has in common.

#ifndef ASSAY_SERVICES_CATALOGUE_EXCHANGE_CSV_SHEET_H_
#define ASSAY_SERVICES_CATALOGUE_EXCHANGE_CSV_SHEET_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace assay::catalogue {

// The columns a sheet may have, and those of them it must have.
struct SheetColumns {
  std::vector<std::string_view> known;
  std::vector<std::string_view> required;
};

// One cell under its header: on one line, its formula guard still on.
struct SheetCell {
  std::string_view column;
  std::string_view raw;
};

// A row below the header, as wide as the header. Points into what it was made from: valid during
// the visit only.
struct SheetRow {
  size_t line = 0;
  std::vector<SheetCell> cells;  // In the order of the header.

  // The raw cell of a column that the sheet has.
  std::string_view Of(std::string_view column) const;
};

// Checks `content` (CheckSourceText), reads the header and hands every other row to `visit`; stops
// at the first error, its own or one that `visit` returns.
//
// SCHEME_FILE_INVALID: no header; a column unknown, twice or missing; a row of another width than
// the header; a control character in a cell, a line end too (at "line 3, column title").
absl::Status ReadCsvSheet(std::string_view file, std::string_view content,
                          const SheetColumns& columns,
                          absl::FunctionRef<absl::Status(const SheetRow& row)> visit);

// The entries of a cell that holds a list, its guard taken off. SCHEME_FILE_INVALID at the cell.
absl::StatusOr<std::vector<std::string>> ReadListCell(std::string_view file, const SheetRow& row,
                                                      const SheetCell& cell);

// Names after one another, for messages.
std::string Listed(const std::vector<std::string_view>& names);

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_EXCHANGE_CSV_SHEET_H_
