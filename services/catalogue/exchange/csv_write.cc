#include <algorithm>
#include <iterator>

#include "services/catalogue/exchange/csv.h"
#include "services/catalogue/exchange/csv_columns.h"
#include "services/catalogue/exchange/csv_table.h"

namespace assay::catalogue {
namespace {

using nlohmann::json;

constexpr std::string_view kLineEnd = "\r\n";  // RFC 4180.

// The columns in the order in which they stand in a sheet.
constexpr std::string_view kSheetOrder[] = {"id",
                                            "title",
                                            "objective",
                                            "control",
                                            "kind",
                                            "scored",
                                            "profiles",
                                            "indicator",
                                            "answers",
                                            "asked_when.question",
                                            "asked_when.answers",
                                            "certificate_kind",
                                            "certificate_kinds",
                                            "catalogue_title",
                                            "catalogue",
                                            "model_version",
                                            "frame",
                                            "text"};

// A line of the sheet: the record's word and its cells, as yet without a column order.
struct SheetRow {
  std::string_view record;
  std::vector<std::pair<std::string_view, std::string>> cells;
};

const json* FindKey(const json& object, std::string_view name) {
  const size_t dot = name.find('.');
  const auto found = object.find(std::string(name.substr(0, dot)));
  if (found == object.end()) return nullptr;
  if (dot == std::string_view::npos) return &*found;
  return found->is_object() ? FindKey(*found, name.substr(dot + 1)) : nullptr;
}

// A value as a cell; empty for what a cell cannot hold.
std::string CellOf(const json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (!value.is_array()) return value.is_object() ? "" : value.dump();
  std::vector<std::string> entries;
  for (const json& entry : value) entries.push_back(CellOf(entry));
  return JoinList(entries);
}

SheetRow RowOf(const CsvRecord& record, const json& entry) {
  SheetRow row{.record = record.word, .cells = {}};
  if (record.is_text) {
    row.cells.emplace_back(record.columns[0].name, GuardFormula(CellOf(entry)));
    return row;
  }
  if (!entry.is_object()) return row;
  for (const CsvColumn& column : record.columns) {
    const json* value = FindKey(entry, column.name);
    if (value != nullptr) row.cells.emplace_back(column.name, GuardFormula(CellOf(*value)));
  }
  return row;
}

std::vector<SheetRow> RowsOf(DocumentKind kind, const json& document) {
  std::vector<SheetRow> rows;
  for (const CsvRecord& record : CsvRecords(kind)) {
    if (record.list.empty()) {
      rows.push_back(RowOf(record, document));
      continue;
    }
    const json* list = document.is_object() ? FindKey(document, record.list) : nullptr;
    if (list == nullptr || !list->is_array()) continue;
    for (const json& entry : *list) rows.push_back(RowOf(record, entry));
  }
  return rows;
}

std::vector<std::string_view> UsedColumns(const std::vector<SheetRow>& rows) {
  std::vector<std::string_view> used;
  for (const std::string_view column : kSheetOrder) {
    const bool is_used = std::any_of(rows.begin(), rows.end(), [&](const SheetRow& row) {
      return std::any_of(row.cells.begin(), row.cells.end(),
                         [&](const auto& cell) { return cell.first == column; });
    });
    if (is_used) used.push_back(column);
  }
  return used;
}

}  // namespace

std::string WriteCsv(DocumentKind kind, const json& document) {
  const std::vector<SheetRow> rows = RowsOf(kind, document);
  const std::vector<std::string_view> columns = UsedColumns(rows);
  std::string text(kRecordColumn);
  for (const std::string_view column : columns) text.append(",").append(column);
  text += kLineEnd;
  for (const SheetRow& row : rows) {
    text += row.record;
    for (const std::string_view column : columns) {
      const auto cell = std::find_if(row.cells.begin(), row.cells.end(),
                                     [&](const auto& entry) { return entry.first == column; });
      text += ',';
      if (cell != row.cells.end()) text += CsvCell(cell->second);
    }
    text += kLineEnd;
  }
  return text;
}

}  // namespace assay::catalogue
