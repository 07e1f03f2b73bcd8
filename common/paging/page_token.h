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
#include <utility>

#include "absl/status/status.h"
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

// INVALID_ARGUMENT PAGE_TOKEN_INVALID naming field page_token: for lists that find the cursor
// inside a well-formed token to be none of theirs.
absl::Status TokenInvalid();

// Joins method, parent and filter without ambiguity.
std::string Binding(std::string_view method, std::string_view parent, std::string_view filter);

// 0: kDefaultPageSize; above kMaxPageSize: kMaxPageSize; negative: INVALID_ARGUMENT
// PAGE_SIZE_INVALID naming field page_size.
absl::StatusOr<size_t> PageSize(int32_t requested);

// The bytes that the entries of one page may have together, unless a single entry is larger: a
// page must fit into a caller's 4 MiB message limit.
inline constexpr size_t kMaxPageBytes = 2 * 1024 * 1024;

// One page of a list: where it begins and when it is full.
//
//   ASSAY_ASSIGN_OR_RETURN(Page page, Page::Of(request, binding));
//   for (rows behind page.cursor()) {
//     if (!page.Take(entry.ByteSizeLong())) -> there are more: the last cursor taken is the token
//   }
class Page {
 public:
  // From any List request: checks page_size, decodes page_token.
  template <typename Request>
  static absl::StatusOr<Page> Of(const Request& request, std::string binding) {
    return Create(request.page_size(), request.page_token(), std::move(binding));
  }

  // Behind which row the page begins; "" for the first page.
  const std::string& cursor() const { return cursor_; }
  // The cursor as a sequence number, 0 for the first page. INVALID_ARGUMENT PAGE_TOKEN_INVALID.
  absl::StatusOr<uint64_t> Sequence() const;
  // Read this many rows: one more than the page holds tells whether there is another page.
  size_t rows_to_read() const { return size_ + 1; }

  // True when an entry of `bytes` still fits; counts it then. The first always fits.
  bool Take(size_t bytes);

  // The token of the page that begins behind `cursor`.
  absl::StatusOr<std::string> Next(std::string_view cursor) const;

 private:
  static absl::StatusOr<Page> Create(int32_t page_size, std::string_view token,
                                     std::string binding);
  Page(size_t size, std::string cursor, std::string binding)
      : size_(size), cursor_(std::move(cursor)), binding_(std::move(binding)) {}

  size_t size_;
  std::string cursor_;
  std::string binding_;
  size_t taken_ = 0;
  size_t bytes_ = 0;
};

}  // namespace assay::paging

#endif  // ASSAY_COMMON_PAGING_PAGE_TOKEN_H_
