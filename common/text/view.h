// Debian's Abseil has an absl::string_view of its own; our headers speak std::string_view. This is
// the border crossing for calls into Abseil.

#ifndef ASSAY_COMMON_TEXT_VIEW_H_
#define ASSAY_COMMON_TEXT_VIEW_H_

#include <string_view>

#include "absl/strings/string_view.h"

namespace assay {

inline absl::string_view ToAbsl(std::string_view text) { return {text.data(), text.size()}; }
inline std::string_view FromAbsl(absl::string_view text) { return {text.data(), text.size()}; }

}  // namespace assay

#endif  // ASSAY_COMMON_TEXT_VIEW_H_
