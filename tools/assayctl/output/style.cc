#include "tools/assayctl/output/style.h"

namespace assay::assayctl {
namespace {

std::string_view Code(Paint paint) {
  switch (paint) {
    case Paint::kNone:
      return "";
    case Paint::kBold:
      return "1";
    case Paint::kDim:
      return "2";
    case Paint::kGreen:
      return "32";
    case Paint::kRed:
      return "31";
    case Paint::kYellow:
      return "33";
  }
  return "";
}

}  // namespace

std::string Style::Apply(Paint paint, std::string_view text) const {
  const std::string_view code = Code(paint);
  if (!colored_ || code.empty() || text.empty()) {
    return std::string(text);
  }
  std::string painted = "\x1b[";
  painted.append(code).append("m").append(text).append("\x1b[0m");
  return painted;
}

}  // namespace assay::assayctl
