// Page tokens and page sizes of every List method (google.aip.dev/158).
//
// A token carries where the next page begins, bound to the list it came from. It is opaque and
// checksummed but not secret and not signed: whoever writes one by hand gets a cursor of his own
// making, so a list must clamp the decoded cursor to the range the caller may see.
//
// Layout, then base64url without padding:
//   u8 version = 1 | 8 bytes of SHA-256(binding) | cursor | 8 bytes of SHA-256(all before)

#ifndef ASSAY_COMMON_PAGING_PAGE_TOKEN_H_
#define ASSAY_COMMON_PAGING_PAGE_TOKEN_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace assay::paging {

inline constexpr int32_t kDefaultPageSize = 50;
inline constexpr int32_t kMaxPageSize = 1000;
// A cursor is at most one storage key.
inline constexpr size_t kMaxCursorBytes = 1024;

// `cursor`: 1 to kMaxCursorBytes bytes, INTERNAL CURSOR_SIZE_INVALID otherwise. `binding`: whatever
// must stay the same from page to page: method, parent, filter, order (use Binding).
absl::StatusOr<std::string> Encode(std::string_view cursor, std::string_view binding);

// The cursor. INVALID_ARGUMENT PAGE_TOKEN_INVALID naming field page_token for anything that Encode
// did not make for the same binding. Do not call it for an empty token: that is the first page.
absl::StatusOr<std::string> Decode(std::string_view token, std::string_view binding);

// Joins method, parent and filter without ambiguity.
std::string Binding(std::string_view method, std::string_view parent, std::string_view filter);

// 0: kDefaultPageSize; above kMaxPageSize: kMaxPageSize; negative: INVALID_ARGUMENT
// PAGE_SIZE_INVALID naming field page_size.
absl::StatusOr<size_t> PageSize(int32_t requested);

}  // namespace assay::paging

#endif  // ASSAY_COMMON_PAGING_PAGE_TOKEN_H_
