#include "services/review_queue/domain/text.h"

#include "absl/strings/str_cat.h"

namespace assay::review_queue {

size_t Characters(std::string_view text) {
  size_t count = 0;
  for (const char c : text) {
    // Every byte but a continuation byte (10xxxxxx) begins a character.
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ++count;
  }
  return count;
}

std::string LengthProblem(std::string_view text, size_t minimum, size_t maximum) {
  const size_t count = Characters(text);
  if (count >= minimum && count <= maximum) return "";
  return absl::StrCat("has ", count, " characters; ", minimum, " to ", maximum, " are allowed");
}

}  // namespace assay::review_queue
