// Aligned columns of text.

#ifndef ASSAY_TOOLS_ASSAYCTL_OUTPUT_TABLE_H_
#define ASSAY_TOOLS_ASSAYCTL_OUTPUT_TABLE_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tools/assayctl/output/style.h"

namespace assay::assayctl {

// A shortened last column keeps at least this many columns.
inline constexpr size_t kMinLastColumn = 20;

enum class Align { kLeft, kRight };

struct Column {
  std::string title;
  Align align = Align::kLeft;
};

// One value; implicit from text so that rows read like lists.
struct Cell {
  Cell(std::string value, Paint color = Paint::kNone)  // NOLINT(google-explicit-constructor)
      : text(std::move(value)), paint(color) {}
  Cell(const char* value, Paint color = Paint::kNone)  // NOLINT(google-explicit-constructor)
      : text(value), paint(color) {}

  std::string text;
  Paint paint = Paint::kNone;
};

// Rows under bold titles, two spaces between columns, no space at the end of a line. Cells are
// made printable (text.h). Not thread-safe.
class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  // Cells left out are empty; cells beyond the columns are dropped.
  void AddRow(std::vector<Cell> cells);

  bool empty() const { return rows_.empty(); }

  // Shortens the last column where a line would be wider than `columns` (indent and all), down to
  // kMinLastColumn. 0: never.
  void LimitWidth(size_t columns) { limit_ = columns; }

  // Every line ends in '\n'. Each line starts with `indent`.
  std::string Render(const Style& style, std::string_view indent = "") const;

 private:
  // Columns left for the last one, 0 when it need not be shortened.
  size_t RoomOfLast(const std::vector<size_t>& widths, size_t indent) const;

  std::vector<Column> columns_;
  std::vector<std::vector<Cell>> rows_;
  size_t limit_ = 0;
};

// "key  value" lines of one resource. Pairs with an empty value are left out.
class Fields {
 public:
  void Add(std::string_view name, std::string_view value, Paint paint = Paint::kNone);
  std::string Render(const Style& style) const;

 private:
  std::vector<std::pair<std::string, Cell>> fields_;
};

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_OUTPUT_TABLE_H_
