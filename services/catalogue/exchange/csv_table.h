// Rows and cells of CSV (RFC 4180), without a meaning.

#ifndef ASSAY_SERVICES_CATALOGUE_EXCHANGE_CSV_TABLE_H_
#define ASSAY_SERVICES_CATALOGUE_EXCHANGE_CSV_TABLE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace assay::catalogue {

// A row with the line on which it starts (from 1).
struct CsvRow {
  size_t line = 0;
  std::vector<std::string> cells;
};

// Hands the rows of `content` to `visit` one by one, from the top; stops at the first error, its
// own or one that `visit` returns. `content` has passed CheckSourceText. Cells are separated by
// commas, lines end with LF or CRLF, and a cell in double quotes may hold all three (a quote
// doubled). A row has at most kMaxCsvColumns cells. Rows whose cells are all empty are passed over:
// spreadsheets leave them behind. Refused, with line and number of the cell: a quote inside an
// unquoted cell, text after a closing quote, a quote never closed.
absl::Status ReadCsvRows(std::string_view file, std::string_view content,
                         absl::FunctionRef<absl::Status(const CsvRow& row)> visit);

// A cell as it is written: in quotes when it holds a comma, quote, line end or outer space.
std::string CsvCell(std::string_view text);

// Spreadsheets take a cell that starts with = + - or @ for a formula and run it. Such a text is
// written with an apostrophe before it, which they show or swallow but never run; so is a text that
// starts with apostrophes before such a character, so that reading takes off exactly what writing
// put on. Both are each other's inverse for every text.
std::string GuardFormula(std::string_view text);
std::string UnguardFormula(std::string_view cell);

// A list in one cell, separated by "|". Inside an entry "\" stands before "|", "\" and an outer
// space; spaces around entries are otherwise dropped.
std::string JoinList(const std::vector<std::string>& entries);

// What went wrong with a list, or its entries.
struct ListCell {
  std::vector<std::string> entries;
  std::string problem;  // Empty when there is none; what would be right.
};
ListCell SplitList(std::string_view cell);

// "line 7, column profiles".
std::string CsvPlace(size_t line, std::string_view column);

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_EXCHANGE_CSV_TABLE_H_
