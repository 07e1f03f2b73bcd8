#include "services/catalogue/exchange/source_text.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

#include "common/text/view.h"
#include "services/catalogue/domain/text_form.h"
#include "services/catalogue/errors.h"
#include "services/catalogue/limits.h"

namespace assay::catalogue {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Length of the well-formed sequence at the start of `text`, 0 when there is none. The table of
// RFC 3629, section 4.
size_t SequenceLength(std::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto continues = [&](size_t i) { return i < text.size() && (byte(i) & 0xC0) == 0x80; };
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  if (first < 0xC2 || first > 0xF4) return 0;
  if (!continues(1)) return 0;
  if (first < 0xE0) return 2;
  if (!continues(2)) return 0;
  if (first < 0xF0) {
    if (first == 0xE0 && byte(1) < 0xA0) return 0;  // Overlong.
    if (first == 0xED && byte(1) > 0x9F) return 0;  // Surrogate.
    return 3;
  }
  if (!continues(3)) return 0;
  if (first == 0xF0 && byte(1) < 0x90) return 0;
  if (first == 0xF4 && byte(1) > 0x8F) return 0;
  return 4;
}

std::string HexByte(char c) {
  return absl::StrCat("byte 0x", absl::Hex(static_cast<unsigned char>(c), absl::kZeroPad2));
}

}  // namespace

std::optional<size_t> FindInvalidUtf8(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    const size_t length = SequenceLength(text.substr(i));
    if (length == 0) return i;
    i += length;
  }
  return std::nullopt;
}

std::string PlaceOfByte(std::string_view text, size_t position) {
  const std::string_view before = text.substr(0, position);
  const size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0.
  return absl::StrCat("line ", std::count(before.begin(), before.end(), '\n') + 1, ", column ",
                      position - line_start + 1);
}

absl::StatusOr<std::string_view> CheckSourceText(std::string_view file, std::string_view content) {
  if (content.size() > kMaxFileBytes) {
    return SchemeFileInvalid({file, ""}, absl::StrCat(content.size(), " bytes long"),
                             absl::StrCat("at most ", kMaxFileBytes, " bytes are allowed"));
  }
  if (content.substr(0, kByteOrderMark.size()) == kByteOrderMark) {
    content.remove_prefix(kByteOrderMark.size());
  }
  if (const std::optional<size_t> position = FindInvalidUtf8(content)) {
    return SchemeFileInvalid({file, PlaceOfByte(content, *position)}, HexByte(content[*position]),
                             "text in UTF-8 is required");
  }
  const auto control = std::find_if(content.begin(), content.end(), [](const char& c) {
    return HasControlCharacters({&c, 1}) && c != '\t' && c != '\n' && c != '\r';
  });
  if (control != content.end()) {
    const auto position = static_cast<size_t>(control - content.begin());
    return SchemeFileInvalid({file, PlaceOfByte(content, position)}, HexByte(*control),
                             "text without control characters is required");
  }
  return content;
}

absl::Status CheckDocumentSize(std::string_view file, std::string_view what,
                               std::string_view json) {
  if (json.size() <= kMaxFileBytes) return absl::OkStatus();
  return SchemeFileInvalid({file, ""}, absl::StrCat(json.size(), " bytes long as ", ToAbsl(what)),
                           absl::StrCat("at most ", kMaxFileBytes, " bytes are allowed"));
}

}  // namespace assay::catalogue
