#include "services/catalogue/exchange/csv_table.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

#include "common/status/macros.h"
#include "common/text/view.h"
#include "services/catalogue/domain/text_form.h"
#include "services/catalogue/errors.h"
#include "services/catalogue/limits.h"

namespace assay::catalogue {
namespace {

// One pass over the text, one row at a time.
class RowReader {
 public:
  RowReader(std::string_view file, std::string_view content) : file_(file), rest_(content) {}

  bool AtEnd() const { return rest_.empty(); }

  absl::StatusOr<CsvRow> Next() {
    CsvRow row{.line = line_, .cells = {}};
    while (true) {
      if (row.cells.size() == kMaxCsvColumns) {
        return Fail(row, "too many cells",
                    absl::StrCat("at most ", kMaxCsvColumns, " cells a row are allowed"));
      }
      ASSAY_ASSIGN_OR_RETURN(std::string cell, Cell(row));
      row.cells.push_back(std::move(cell));
      if (!rest_.empty() && rest_[0] == ',') {
        rest_.remove_prefix(1);
        continue;
      }
      if (!rest_.empty()) {
        rest_.remove_prefix(LineEnd());
        ++line_;
      }
      return row;
    }
  }

 private:
  absl::Status Fail(const CsvRow& row, std::string_view value, std::string_view allowed) const {
    return SchemeFileInvalid({file_, absl::StrCat("line ", line_, ", cell ", row.cells.size() + 1)},
                             value, allowed);
  }

  // Length of the line end at the start of what is left, 0 when there is none.
  size_t LineEnd() const {
    if (rest_[0] == '\n') return 1;
    return rest_.substr(0, 2) == "\r\n" ? 2 : 0;
  }

  absl::StatusOr<std::string> Cell(const CsvRow& row) {
    if (!rest_.empty() && rest_[0] == '"') return QuotedCell(row);
    const size_t length = std::min(rest_.find_first_of(",\"\r\n"), rest_.size());
    std::string cell(rest_.substr(0, length));
    rest_.remove_prefix(length);
    if (rest_.empty() || rest_[0] == ',' || LineEnd() > 0) return cell;
    if (rest_[0] == '"') {
      return Fail(row, Shown(cell + "\""),
                  "a cell with a quote stands in quotes, the quote doubled");
    }
    return Fail(row, Shown(cell + "\r"), "lines end with LF or CRLF, not with CR alone");
  }

  absl::StatusOr<std::string> QuotedCell(const CsvRow& row) {
    std::string cell;
    size_t lines = 0;
    rest_.remove_prefix(1);
    while (true) {
      const size_t length = rest_.find('"');
      if (length == std::string_view::npos) {
        return Fail(row, "a quote that is never closed", "a closing quote is required");
      }
      const std::string_view part = rest_.substr(0, length);
      lines += static_cast<size_t>(std::count(part.begin(), part.end(), '\n'));
      cell += part;
      rest_.remove_prefix(length + 1);
      if (rest_.empty() || rest_[0] != '"') break;
      cell += '"';
      rest_.remove_prefix(1);
    }
    if (!rest_.empty() && rest_[0] != ',' && LineEnd() == 0) {
      return Fail(row, absl::StrCat("text after the closing quote of ", Shown(cell)),
                  "a comma or a line end is required there");
    }
    line_ += lines;
    return cell;
  }

  const std::string_view file_;
  std::string_view rest_;
  size_t line_ = 1;
};

bool StartsFormula(std::string_view text) {
  return !text.empty() && (text[0] == '=' || text[0] == '+' || text[0] == '-' || text[0] == '@');
}

std::string_view WithoutApostrophes(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of('\''), text.size()));
  return text;
}

}  // namespace

absl::Status ReadCsvRows(std::string_view file, std::string_view content,
                         absl::FunctionRef<absl::Status(const CsvRow& row)> visit) {
  RowReader reader(file, content);
  while (!reader.AtEnd()) {
    ASSAY_ASSIGN_OR_RETURN(const CsvRow row, reader.Next());
    const bool blank = std::all_of(row.cells.begin(), row.cells.end(),
                                   [](const std::string& cell) { return cell.empty(); });
    if (!blank) ASSAY_RETURN_IF_ERROR(visit(row));
  }
  return absl::OkStatus();
}

std::string CsvCell(std::string_view text) {
  const bool outer_space = !text.empty() && (text.front() == ' ' || text.back() == ' ');
  if (!outer_space && text.find_first_of(",\"\r\n") == std::string_view::npos) {
    return std::string(text);
  }
  std::string cell = "\"";
  for (const char c : text) {
    if (c == '"') cell += '"';
    cell += c;
  }
  cell += '"';
  return cell;
}

std::string GuardFormula(std::string_view text) {
  return StartsFormula(WithoutApostrophes(text)) ? absl::StrCat("'", ToAbsl(text))
                                                 : std::string(text);
}

std::string UnguardFormula(std::string_view cell) {
  if (!cell.empty() && cell[0] == '\'' && StartsFormula(WithoutApostrophes(cell))) {
    cell.remove_prefix(1);
  }
  return std::string(cell);
}

std::string JoinList(const std::vector<std::string>& entries) {
  std::string cell;
  for (size_t i = 0; i < entries.size(); ++i) {
    if (i > 0) cell += '|';
    const std::string& entry = entries[i];
    for (size_t k = 0; k < entry.size(); ++k) {
      const bool outer_space = entry[k] == ' ' && (k == 0 || k + 1 == entry.size());
      if (outer_space || entry[k] == '|' || entry[k] == '\\') cell += '\\';
      cell += entry[k];
    }
  }
  return cell;
}

ListCell SplitList(std::string_view cell) {
  ListCell list;
  std::string entry;
  size_t kept = 0;  // Bytes of `entry` that trailing spaces are not taken from.
  const auto finish = [&] {
    entry.resize(std::max(kept, entry.find_last_not_of(' ') + 1));
    if (entry.empty())
      list.problem = "entries separated by \"|\", none of them empty, are required";
    list.entries.push_back(std::move(entry));
    entry.clear();
    kept = 0;
  };
  for (size_t i = 0; i < cell.size(); ++i) {
    if (cell[i] == '|') {
      finish();
    } else if (cell[i] == '\\') {
      ++i;
      if (i == cell.size() || (cell[i] != '|' && cell[i] != '\\' && cell[i] != ' ')) {
        list.problem = "in a list, \"\\\" stands only before \"|\", \"\\\" or a space";
        return list;
      }
      entry += cell[i];
      kept = entry.size();
    } else if (cell[i] != ' ' || !entry.empty()) {
      entry += cell[i];
    }
  }
  finish();
  return list;
}

std::string CsvPlace(size_t line, std::string_view column) {
  return absl::StrCat("line ", line, ", column ", ToAbsl(column));
}

}  // namespace assay::catalogue
