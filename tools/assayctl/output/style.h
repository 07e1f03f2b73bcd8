// Colour and weight, for terminals only.

#ifndef ASSAY_TOOLS_ASSAYCTL_OUTPUT_STYLE_H_
#define ASSAY_TOOLS_ASSAYCTL_OUTPUT_STYLE_H_

#include <string>
#include <string_view>

namespace assay::assayctl {

enum class Paint { kNone, kBold, kDim, kGreen, kRed, kYellow };

// Plain unless told otherwise. A value type.
class Style {
 public:
  Style() = default;
  static Style Plain() { return Style(false); }
  static Style Colored() { return Style(true); }

  bool colored() const { return colored_; }

  // `text` between the escape sequences of `paint`; `text` itself when plain.
  std::string Apply(Paint paint, std::string_view text) const;

 private:
  explicit Style(bool colored) : colored_(colored) {}

  bool colored_ = false;
};

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_OUTPUT_STYLE_H_
