#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include "common/status/macros.h"
#include "common/text/view.h"
#include "services/catalogue/domain/text_form.h"
#include "services/catalogue/errors.h"
#include "services/catalogue/exchange/csv.h"
#include "services/catalogue/exchange/csv_columns.h"
#include "services/catalogue/exchange/csv_sheet.h"
#include "services/catalogue/exchange/csv_table.h"

namespace assay::catalogue {
namespace {

using nlohmann::json;

// Sets `object[name]`, or the key inside an object that a dotted name means.
void SetKey(json& object, std::string_view name, json value) {
  const size_t dot = name.find('.');
  if (dot == std::string_view::npos) {
    object[std::string(name)] = std::move(value);
  } else {
    object[std::string(name.substr(0, dot))][std::string(name.substr(dot + 1))] = std::move(value);
  }
}

// Every column that some record has.
SheetColumns ColumnsOf(std::span<const CsvRecord> records) {
  SheetColumns columns{.known = {kRecordColumn}, .required = {kRecordColumn}};
  for (const CsvRecord& record : records) {
    for (const CsvColumn& column : record.columns) {
      if (std::find(columns.known.begin(), columns.known.end(), column.name) ==
          columns.known.end()) {
        columns.known.push_back(column.name);
      }
    }
  }
  return columns;
}

// Makes a document of rows.
class DocumentReader {
 public:
  DocumentReader(std::span<const CsvRecord> records, std::string_view file)
      : records_(records), file_(file) {
    for (const CsvRecord& record : records_) {
      if (!record.list.empty()) document_[std::string(record.list)] = json::array();
    }
  }

  absl::Status Row(const SheetRow& row) {
    ASSAY_ASSIGN_OR_RETURN(const CsvRecord* record, Record(row));
    json entry = json::object();
    ASSAY_RETURN_IF_ERROR(ReadCells(row, *record, entry));
    return Attach(row, *record, std::move(entry));
  }

  absl::StatusOr<json> Finish() {
    if (!has_document_) {
      return SchemeFileInvalid({file_, ""}, "without a row of record \"document\"",
                               "one such row is required");
    }
    // A frame has no controls, and says so by not having the key.
    if (document_.value("frame", false) && document_["controls"].empty()) {
      document_.erase("controls");
    }
    return std::move(document_);
  }

 private:
  absl::StatusOr<const CsvRecord*> Record(const SheetRow& row) const {
    const std::string_view word = row.Of(kRecordColumn);
    std::vector<std::string_view> words;
    for (const CsvRecord& record : records_) {
      if (record.word == word) return &record;
      words.push_back(record.word);
    }
    return SchemeFileInvalid({file_, CsvPlace(row.line, kRecordColumn)}, Shown(word),
                             absl::StrCat("one of ", Listed(words), " is required"));
  }

  absl::Status ReadCells(const SheetRow& row, const CsvRecord& record, json& entry) const {
    for (const SheetCell& cell : row.cells) {
      if (cell.column == kRecordColumn || cell.raw.empty()) continue;
      const auto column =
          std::find_if(record.columns.begin(), record.columns.end(),
                       [&](const CsvColumn& candidate) { return candidate.name == cell.column; });
      if (column == record.columns.end()) {
        return SchemeFileInvalid(
            {file_, CsvPlace(row.line, cell.column)}, Shown(cell.raw),
            absl::StrCat("a row of record \"", ToAbsl(record.word), "\" leaves this column empty"));
      }
      ASSAY_ASSIGN_OR_RETURN(json value, Value(row, cell, column->type));
      SetKey(entry, column->name, std::move(value));
    }
    for (const CsvColumn& column : record.columns) {
      if (column.required && !entry.contains(std::string(column.name))) {
        return SchemeFileInvalid(
            {file_, CsvPlace(row.line, column.name)}, "empty",
            absl::StrCat("a row of record \"", ToAbsl(record.word), "\" requires this column"));
      }
    }
    return absl::OkStatus();
  }

  absl::StatusOr<json> Value(const SheetRow& row, const SheetCell& cell, CellType type) const {
    const std::string place = CsvPlace(row.line, cell.column);
    const std::string text = UnguardFormula(cell.raw);
    switch (type) {
      case CellType::kText:
        return json(text);
      case CellType::kBoolean:
        // Spreadsheets write their own booleans in capitals.
        if (text == "true" || text == "TRUE") return json(true);
        if (text == "false" || text == "FALSE") return json(false);
        return SchemeFileInvalid({file_, place}, Shown(cell.raw), "true or false is required");
      case CellType::kNumber: {
        uint64_t number = 0;
        const bool digits = text.find_first_not_of("0123456789") == std::string::npos;
        if (digits && absl::SimpleAtoi(text, &number)) return json(number);
        return SchemeFileInvalid({file_, place}, Shown(cell.raw), "a whole number is required");
      }
      case CellType::kList:
        break;
    }
    ASSAY_ASSIGN_OR_RETURN(std::vector<std::string> entries, ReadListCell(file_, row, cell));
    return json(std::move(entries));
  }

  absl::Status Attach(const SheetRow& row, const CsvRecord& record, json entry) {
    if (!record.list.empty()) {
      document_[std::string(record.list)].push_back(record.is_text ? std::move(entry["text"])
                                                                   : std::move(entry));
      return absl::OkStatus();
    }
    if (has_document_) {
      return SchemeFileInvalid({file_, CsvPlace(row.line, kRecordColumn)},
                               "a second row of record \"document\"", "one such row is allowed");
    }
    has_document_ = true;
    document_.update(entry);
    return absl::OkStatus();
  }

  const std::span<const CsvRecord> records_;
  const std::string file_;
  bool has_document_ = false;
  json document_ = json::object();
};

}  // namespace

absl::StatusOr<json> ReadCsv(DocumentKind kind, std::string_view file, std::string_view content) {
  const std::span<const CsvRecord> records = CsvRecords(kind);
  DocumentReader reader(records, file);
  ASSAY_RETURN_IF_ERROR(ReadCsvSheet(file, content, ColumnsOf(records),
                                     [&](const SheetRow& row) { return reader.Row(row); }));
  return reader.Finish();
}

}  // namespace assay::catalogue
