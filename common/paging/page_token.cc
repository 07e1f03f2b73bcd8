#include "common/paging/page_token.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include "common/ids/hex.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "common/text/view.h"

namespace assay::paging {
namespace {

constexpr char kVersion = 1;
constexpr size_t kDigestBytes = 8;
constexpr size_t kCursorOffset = 1 + kDigestBytes;
constexpr size_t kMaxTokenBytes = kCursorOffset + kMaxCursorBytes + kDigestBytes;
constexpr size_t kMaxTokenCharacters = (kMaxTokenBytes * 4 + 2) / 3;

std::string ShortDigest(std::string_view bytes) { return Sha256(bytes).substr(0, kDigestBytes); }

std::string Escape(std::string_view bytes) {
  std::string text;
  absl::WebSafeBase64Escape(ToAbsl(bytes), &text);
  return text;
}

}  // namespace

absl::Status TokenInvalid() {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "PAGE_TOKEN_INVALID")
      .Message(
          "page_token is not one that this list gave for the same parent and filter; "
          "start again without one")
      .Field("page_token", "is not a next_page_token of this list with the same arguments")
      .Build();
}

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

absl::StatusOr<Page> Page::Create(int32_t page_size, std::string_view token, std::string binding) {
  ASSAY_ASSIGN_OR_RETURN(const size_t size, PageSize(page_size));
  std::string cursor;
  if (!token.empty()) {
    ASSAY_ASSIGN_OR_RETURN(cursor, Decode(token, binding));
  }
  return Page(size, std::move(cursor), std::move(binding));
}

absl::StatusOr<uint64_t> Page::Sequence() const {
  uint64_t sequence = 0;
  if (!cursor_.empty() && !absl::SimpleAtoi(cursor_, &sequence)) return TokenInvalid();
  return sequence;
}

bool Page::Take(size_t bytes) {
  if (taken_ == size_ || (taken_ > 0 && bytes_ + bytes > kMaxPageBytes)) return false;
  ++taken_;
  bytes_ += bytes;
  return true;
}

absl::StatusOr<std::string> Page::Next(std::string_view cursor) const {
  return Encode(cursor, binding_);
}

}  // namespace assay::paging
