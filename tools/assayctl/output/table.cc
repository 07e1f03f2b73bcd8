#include "tools/assayctl/output/table.h"

#include <algorithm>

#include "tools/assayctl/output/text.h"

namespace assay::assayctl {
namespace {

constexpr size_t kGap = 2;

void AppendCell(std::string& line, const Cell& cell, Align align, size_t width,
                const Style& style) {
  const size_t used = Width(cell.text);
  const std::string padding(width > used ? width - used : 0, ' ');
  if (align == Align::kRight) {
    line += padding;
  }
  line += style.Apply(cell.paint, cell.text);
  if (align == Align::kLeft) {
    line += padding;
  }
}

std::string TrimEnd(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

}  // namespace

void Table::AddRow(std::vector<Cell> cells) {
  cells.resize(columns_.size(), Cell(""));
  for (Cell& cell : cells) {
    cell.text = Printable(cell.text);
  }
  rows_.push_back(std::move(cells));
}

size_t Table::RoomOfLast(const std::vector<size_t>& widths, size_t indent) const {
  size_t before = indent;
  for (size_t i = 0; i + 1 < widths.size(); ++i) before += widths[i] + kGap;
  if (limit_ == 0 || before + widths.back() <= limit_) return 0;
  return std::max(kMinLastColumn, limit_ > before ? limit_ - before : 0);
}

std::string Table::Render(const Style& style, std::string_view indent) const {
  std::vector<size_t> widths;
  std::vector<Cell> titles;
  for (size_t i = 0; i < columns_.size(); ++i) {
    size_t width = Width(columns_[i].title);
    for (const std::vector<Cell>& row : rows_) {
      width = std::max(width, Width(row[i].text));
    }
    widths.push_back(width);
    titles.emplace_back(columns_[i].title, Paint::kBold);
  }
  const size_t last = RoomOfLast(widths, Width(indent));
  const auto render_row = [&](const std::vector<Cell>& row) {
    std::string line(indent);
    for (size_t i = 0; i < row.size(); ++i) {
      if (i > 0) {
        line.append(kGap, ' ');
      }
      const bool shortened = i + 1 == row.size() && last > 0;
      const Cell cell = shortened ? Cell(Shorten(row[i].text, last), row[i].paint) : row[i];
      AppendCell(line, cell, columns_[i].align, shortened ? last : widths[i], style);
    }
    return TrimEnd(std::move(line)) + "\n";
  };
  std::string out = render_row(titles);
  for (const std::vector<Cell>& row : rows_) {
    out += render_row(row);
  }
  return out;
}

void Fields::Add(std::string_view name, std::string_view value, Paint paint) {
  if (!value.empty()) {
    fields_.emplace_back(std::string(name), Cell(Printable(value), paint));
  }
}

std::string Fields::Render(const Style& style) const {
  size_t width = 0;
  for (const auto& [name, cell] : fields_) {
    width = std::max(width, Width(name));
  }
  std::string out;
  for (const auto& [name, cell] : fields_) {
    std::string line;
    AppendCell(line, Cell(name, Paint::kDim), Align::kLeft, width + kGap, style);
    out += line + style.Apply(cell.paint, cell.text) + "\n";
  }
  return out;
}

}  // namespace assay::assayctl
