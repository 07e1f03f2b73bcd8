#include "services/catalogue/exchange/csv_sheet.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "common/status/macros.h"
#include "common/text/view.h"
#include "services/catalogue/domain/text_form.h"
#include "services/catalogue/errors.h"
#include "services/catalogue/exchange/csv_table.h"
#include "services/catalogue/exchange/source_text.h"

namespace assay::catalogue {
namespace {

absl::Status CheckHeader(std::string_view file, const CsvRow& row, const SheetColumns& columns) {
  const std::vector<std::string>& header = row.cells;
  const std::string place = absl::StrCat("line ", row.line);
  if (header.size() == 1 && header[0].find_first_of(";\t") != std::string::npos) {
    return SchemeFileInvalid({file, place}, Shown(header[0]),
                             "cells are separated by commas, not by semicolons or tabs");
  }
  for (size_t i = 0; i < header.size(); ++i) {
    const std::string cell = absl::StrCat(place, ", cell ", i + 1);
    if (std::find(columns.known.begin(), columns.known.end(), header[i]) == columns.known.end()) {
      return SchemeFileInvalid(
          {file, cell}, Shown(header[i]),
          absl::StrCat("the name of a column is required: ", Listed(columns.known)));
    }
    const auto end = header.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::find(header.begin(), end, header[i]) != end) {
      return SchemeFileInvalid({file, cell}, Shown(header[i]), "each column once");
    }
  }
  for (const std::string_view column : columns.required) {
    if (std::find(header.begin(), header.end(), column) == header.end()) {
      return SchemeFileInvalid(
          {file, place}, absl::StrCat("without column ", ToAbsl(column)),
          absl::StrCat("a header row with it is required; known columns: ", Listed(columns.known)));
    }
  }
  return absl::OkStatus();
}

// The row under its header.
absl::StatusOr<SheetRow> Below(std::string_view file, const std::vector<std::string>& header,
                               const CsvRow& row) {
  if (row.cells.size() != header.size()) {
    return SchemeFileInvalid(
        {file, absl::StrCat("line ", row.line)}, absl::StrCat(row.cells.size(), " cells long"),
        absl::StrCat("as many cells as the header has, ", header.size(), ", are required"));
  }
  SheetRow below{.line = row.line, .cells = {}};
  for (size_t i = 0; i < header.size(); ++i) {
    if (HasControlCharacters(row.cells[i])) {
      return SchemeFileInvalid({file, CsvPlace(row.line, header[i])}, Shown(row.cells[i]),
                               "a text on one line is required");
    }
    below.cells.push_back({header[i], row.cells[i]});
  }
  return below;
}

}  // namespace

std::string_view SheetRow::Of(std::string_view column) const {
  for (const SheetCell& cell : cells) {
    if (cell.column == column) return cell.raw;
  }
  std::abort();  // The header was checked: the caller asks for a column it did not require.
}

absl::Status ReadCsvSheet(std::string_view file, std::string_view content,
                          const SheetColumns& columns,
                          absl::FunctionRef<absl::Status(const SheetRow& row)> visit) {
  ASSAY_ASSIGN_OR_RETURN(const std::string_view text, CheckSourceText(file, content));
  std::vector<std::string> header;
  ASSAY_RETURN_IF_ERROR(ReadCsvRows(file, text, [&](const CsvRow& row) -> absl::Status {
    if (header.empty()) {
      header = row.cells;
      return CheckHeader(file, row, columns);
    }
    ASSAY_ASSIGN_OR_RETURN(const SheetRow below, Below(file, header, row));
    return visit(below);
  }));
  if (header.empty()) return SchemeFileInvalid({file, ""}, "empty", "a header row is required");
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::string>> ReadListCell(std::string_view file, const SheetRow& row,
                                                      const SheetCell& cell) {
  ListCell list = SplitList(UnguardFormula(cell.raw));
  if (list.problem.empty()) return std::move(list.entries);
  return SchemeFileInvalid({file, CsvPlace(row.line, cell.column)}, Shown(cell.raw), list.problem);
}

std::string Listed(const std::vector<std::string_view>& names) {
  return absl::StrJoin(names, ", ", [](std::string* out, std::string_view name) {
    absl::StrAppend(out, ToAbsl(name));
  });
}

}  // namespace assay::catalogue
