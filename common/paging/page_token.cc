#include "common/paging/page_token.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

#include "common/ids/hex.h"
#include "common/status/error.h"
#include "common/text/view.h"

namespace assay::paging {
namespace {

constexpr char kVersion = 1;
constexpr size_t kDigestBytes = 8;
constexpr size_t kCursorOffset = 1 + kDigestBytes;
constexpr size_t kMaxTokenBytes = kCursorOffset + kMaxCursorBytes + kDigestBytes;
constexpr size_t kMaxTokenCharacters = (kMaxTokenBytes * 4 + 2) / 3;

std::string ShortDigest(std::string_view bytes) { return Sha256(bytes).substr(0, kDigestBytes); }

absl::Status TokenInvalid() {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "PAGE_TOKEN_INVALID")
      .Message(
          "page_token is not one that this list gave for the same parent and filter; "
          "start again without one")
      .Field("page_token", "is not a next_page_token of this list with the same arguments")
      .Build();
}

std::string Escape(std::string_view bytes) {
  std::string text;
  absl::WebSafeBase64Escape(ToAbsl(bytes), &text);
  return text;
}

}  // namespace

absl::StatusOr<std::string> Encode(std::string_view cursor, std::string_view binding) {
  if (cursor.empty() || cursor.size() > kMaxCursorBytes) {
    return ErrorBuilder(absl::StatusCode::kInternal, "CURSOR_SIZE_INVALID")
        .Message(absl::StrCat("page cursor has ", cursor.size(), " bytes; 1 to ", kMaxCursorBytes,
                              " are allowed"))
        .Build();
  }
  std::string bytes(1, kVersion);
  bytes.append(ShortDigest(binding)).append(cursor);
  bytes.append(ShortDigest(bytes));
  return Escape(bytes);
}

absl::StatusOr<std::string> Decode(std::string_view token, std::string_view binding) {
  std::string bytes;
  if (token.size() > kMaxTokenCharacters || !absl::WebSafeBase64Unescape(ToAbsl(token), &bytes)) {
    return TokenInvalid();
  }
  // The unescaper forgives spaces, padding and stray last bits; one cursor has one token.
  if (Escape(bytes) != token) return TokenInvalid();
  if (bytes.size() <= kCursorOffset + kDigestBytes || bytes[0] != kVersion) return TokenInvalid();
  const std::string_view all(bytes);
  const std::string_view checked = all.substr(0, all.size() - kDigestBytes);
  if (ShortDigest(checked) != all.substr(checked.size())) return TokenInvalid();
  if (ShortDigest(binding) != checked.substr(1, kDigestBytes)) return TokenInvalid();
  return std::string(checked.substr(kCursorOffset));
}

std::string Binding(std::string_view method, std::string_view parent, std::string_view filter) {
  // Lengths in front keep ("a", "bc") and ("ab", "c") apart.
  return absl::StrCat(method.size(), ":", ToAbsl(method), parent.size(), ":", ToAbsl(parent),
                      filter.size(), ":", ToAbsl(filter));
}

absl::StatusOr<size_t> PageSize(int32_t requested) {
  if (requested < 0) {
    const std::string problem = absl::StrCat("is ", requested, "; 0 (for ", kDefaultPageSize,
                                             ") to ", kMaxPageSize, " are allowed");
    return ErrorBuilder(absl::StatusCode::kInvalidArgument, "PAGE_SIZE_INVALID")
        .Message(absl::StrCat("page_size ", problem))
        .Field("page_size", problem)
        .Build();
  }
  if (requested == 0) return size_t{kDefaultPageSize};
  return static_cast<size_t>(std::min(requested, kMaxPageSize));
}

}  // namespace assay::paging
