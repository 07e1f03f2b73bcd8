// Lengths of texts as people count them.

#ifndef ASSAY_COMMON_TEXT_CHARACTERS_H_
#define ASSAY_COMMON_TEXT_CHARACTERS_H_

#include <cstddef>
#include <string_view>

namespace assay {

// Unicode code points of a UTF-8 text: every byte that does not continue a sequence.
inline size_t CountCharacters(std::string_view utf8) {
  size_t count = 0;
  for (const char c : utf8) {
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ++count;
  }
  return count;
}

}  // namespace assay

#endif  // ASSAY_COMMON_TEXT_CHARACTERS_H_
