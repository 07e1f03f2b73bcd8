// What every text format checks before it is read.

#ifndef ASSAY_SERVICES_CATALOGUE_EXCHANGE_SOURCE_TEXT_H_
#define ASSAY_SERVICES_CATALOGUE_EXCHANGE_SOURCE_TEXT_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace assay::catalogue {

// Position of the first byte that does not belong to well-formed UTF-8 (RFC 3629: no overlong
// form, no surrogate, nothing past U+10FFFF).
std::optional<size_t> FindInvalidUtf8(std::string_view text);

// "line 3, column 7" (columns in bytes, both from 1) of a position in `text`.
std::string PlaceOfByte(std::string_view text, size_t position);

// `content` without a leading byte order mark, once it is at most kMaxFileBytes of UTF-8 without
// control characters other than tab and line ends. SCHEME_FILE_INVALID naming line and column
// otherwise.
absl::StatusOr<std::string_view> CheckSourceText(std::string_view file, std::string_view content);

// SCHEME_FILE_INVALID when `json`, which was made from `file`, is longer than a document may be.
absl::Status CheckDocumentSize(std::string_view file, std::string_view what, std::string_view json);

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_EXCHANGE_SOURCE_TEXT_H_
