#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "common/status/macros.h"
#include "common/text/view.h"
#include "services/catalogue/errors.h"
#include "services/catalogue/exchange/csv.h"
#include "services/catalogue/exchange/csv_columns.h"
#include "services/catalogue/exchange/csv_table.h"
#include "services/catalogue/exchange/source_text.h"

namespace assay::catalogue {
namespace {

using nlohmann::json;

template <typename Names>
std::string Listed(const Names& names) {
  return absl::StrJoin(names, ", ", [](std::string* out, std::string_view name) {
    absl::StrAppend(out, ToAbsl(name));
  });
}

// Sets `object[name]`, or the key inside an object that a dotted name means.
void SetKey(json& object, std::string_view name, json value) {
  const size_t dot = name.find('.');
  if (dot == std::string_view::npos) {
    object[std::string(name)] = std::move(value);
  } else {
    object[std::string(name.substr(0, dot))][std::string(name.substr(dot + 1))] = std::move(value);
  }
}

class SheetReader {
 public:
  SheetReader(DocumentKind kind, std::string_view file) : records_(CsvRecords(kind)), file_(file) {
    for (const CsvRecord& record : records_) {
      if (!record.list.empty()) document_[std::string(record.list)] = json::array();
    }
  }

  absl::Status Row(const CsvRow& row) {
    if (header_.empty()) return Header(row);
    if (row.cells.size() != header_.size()) {
      return SchemeFileInvalid(
          {file_, absl::StrCat("line ", row.line)}, absl::StrCat(row.cells.size(), " cells long"),
          absl::StrCat("as many cells as the header has, ", header_.size(), ", are required"));
    }
    ASSAY_ASSIGN_OR_RETURN(const CsvRecord* record, Record(row));
    json entry = json::object();
    ASSAY_RETURN_IF_ERROR(ReadCells(row, *record, entry));
    return Attach(row, *record, std::move(entry));
  }

  absl::StatusOr<json> Finish() {
    if (header_.empty()) return SchemeFileInvalid({file_, ""}, "empty", "a header row is required");
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
  absl::Status Header(const CsvRow& row) {
    std::vector<std::string_view> known = {kRecordColumn};
    for (const CsvRecord& record : records_) {
      for (const CsvColumn& column : record.columns) {
        if (std::find(known.begin(), known.end(), column.name) == known.end()) {
          known.push_back(column.name);
        }
      }
    }
    ASSAY_RETURN_IF_ERROR(CheckCsvHeader(file_, row.line, row.cells, known, {kRecordColumn}));
    header_ = row.cells;
    record_column_ = static_cast<size_t>(std::find(header_.begin(), header_.end(), kRecordColumn) -
                                         header_.begin());
    return absl::OkStatus();
  }

  absl::StatusOr<const CsvRecord*> Record(const CsvRow& row) const {
    std::vector<std::string_view> words;
    for (const CsvRecord& record : records_) {
      if (record.word == row.cells[record_column_]) return &record;
      words.push_back(record.word);
    }
    return SchemeFileInvalid({file_, CsvPlace(row.line, kRecordColumn)},
                             Shown(row.cells[record_column_]),
                             absl::StrCat("one of ", Listed(words), " is required"));
  }

  absl::Status ReadCells(const CsvRow& row, const CsvRecord& record, json& entry) const {
    for (size_t i = 0; i < header_.size(); ++i) {
      if (i == record_column_ || row.cells[i].empty()) continue;
      const auto column =
          std::find_if(record.columns.begin(), record.columns.end(),
                       [&](const CsvColumn& candidate) { return candidate.name == header_[i]; });
      const std::string place = CsvPlace(row.line, header_[i]);
      if (column == record.columns.end()) {
        return SchemeFileInvalid(
            {file_, place}, Shown(row.cells[i]),
            absl::StrCat("a row of record \"", ToAbsl(record.word), "\" leaves this column empty"));
      }
      ASSAY_ASSIGN_OR_RETURN(json value, Cell(place, column->type, row.cells[i]));
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

  absl::StatusOr<json> Cell(const std::string& place, CellType type, std::string_view raw) const {
    if (HasControlCharacters(raw)) {
      return SchemeFileInvalid({file_, place}, Shown(raw), "a text on one line is required");
    }
    const std::string text = UnguardFormula(raw);
    switch (type) {
      case CellType::kText:
        return json(text);
      case CellType::kBoolean:
        // Spreadsheets write their own booleans in capitals.
        if (text == "true" || text == "TRUE") return json(true);
        if (text == "false" || text == "FALSE") return json(false);
        return SchemeFileInvalid({file_, place}, Shown(raw), "true or false is required");
      case CellType::kNumber: {
        uint64_t number = 0;
        const bool digits = text.find_first_not_of("0123456789") == std::string::npos;
        if (digits && absl::SimpleAtoi(text, &number)) return json(number);
        return SchemeFileInvalid({file_, place}, Shown(raw), "a whole number is required");
      }
      case CellType::kList:
        break;
    }
    ListCell list = SplitList(text);
    if (!list.problem.empty()) return SchemeFileInvalid({file_, place}, Shown(raw), list.problem);
    return json(std::move(list.entries));
  }

  absl::Status Attach(const CsvRow& row, const CsvRecord& record, json entry) {
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
  std::vector<std::string> header_;
  size_t record_column_ = 0;
  bool has_document_ = false;
  json document_ = json::object();
};

}  // namespace

absl::Status CheckCsvHeader(std::string_view file, size_t line,
                            const std::vector<std::string>& header,
                            const std::vector<std::string_view>& known,
                            const std::vector<std::string_view>& required) {
  const std::string row = absl::StrCat("line ", line);
  if (header.size() == 1 && header[0].find_first_of(";\t") != std::string::npos) {
    return SchemeFileInvalid({file, row}, Shown(header[0]),
                             "cells are separated by commas, not by semicolons or tabs");
  }
  for (size_t i = 0; i < header.size(); ++i) {
    const std::string cell = absl::StrCat(row, ", cell ", i + 1);
    if (std::find(known.begin(), known.end(), header[i]) == known.end()) {
      return SchemeFileInvalid({file, cell}, Shown(header[i]),
                               absl::StrCat("the name of a column is required: ", Listed(known)));
    }
    if (std::find(header.begin(), header.begin() + static_cast<std::ptrdiff_t>(i), header[i]) !=
        header.begin() + static_cast<std::ptrdiff_t>(i)) {
      return SchemeFileInvalid({file, cell}, Shown(header[i]), "each column once");
    }
  }
  for (const std::string_view column : required) {
    if (std::find(header.begin(), header.end(), column) == header.end()) {
      return SchemeFileInvalid(
          {file, row}, absl::StrCat("without column ", ToAbsl(column)),
          absl::StrCat("a header row with it is required; known columns: ", Listed(known)));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<json> ReadCsv(DocumentKind kind, std::string_view file, std::string_view content) {
  ASSAY_ASSIGN_OR_RETURN(const std::string_view text, CheckSourceText(file, content));
  SheetReader reader(kind, file);
  ASSAY_RETURN_IF_ERROR(
      ReadCsvRows(file, text, [&](const CsvRow& row) { return reader.Row(row); }));
  return reader.Finish();
}

}  // namespace assay::catalogue
