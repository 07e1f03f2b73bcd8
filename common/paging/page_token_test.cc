#include "common/paging/page_token.h"

#include <string>

#include "gtest/gtest.h"

#include "common/status/error.h"

namespace assay::paging {
namespace {

void ExpectInvalid(const std::string& token, std::string_view binding) {
  const absl::Status status = Decode(token, binding).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << token;
  EXPECT_EQ(ErrorReason(status), "PAGE_TOKEN_INVALID") << token;
  ASSERT_EQ(ErrorFields(status).size(), 1u);
  EXPECT_EQ(ErrorFields(status)[0].field, "page_token");
}

TEST(PageTokenTest, RoundTripsAnyCursor) {
  std::string cursor;
  for (int i = 0; i < 256; ++i) {
    cursor.push_back(static_cast<char>(i));
    const std::string token = Encode(cursor, "b").value();
    EXPECT_EQ(Decode(token, "b").value(), cursor);
    EXPECT_EQ(token.find_first_of("+/= "), std::string::npos);
  }
}

// Pinned: a token lives in clients across upgrades.
TEST(PageTokenTest, GoldenToken) {
  EXPECT_EQ(Encode("cursor", Binding("ListThings", "parents/p", "state=OPEN")).value(),
            "AdpYRdiVTdtuY3Vyc29yIc-6K3HzRDg");
}

TEST(PageTokenTest, IsBoundToMethodParentAndFilter) {
  const std::string token = Encode("c", Binding("List", "p", "f")).value();
  EXPECT_TRUE(Decode(token, Binding("List", "p", "f")).ok());
  ExpectInvalid(token, Binding("Lists", "p", "f"));
  ExpectInvalid(token, Binding("List", "q", "f"));
  ExpectInvalid(token, Binding("List", "p", "g"));
  ExpectInvalid(token, Binding("List", "pf", ""));
}

TEST(PageTokenTest, EveryOtherTokenIsRefused) {
  const std::string token = Encode("cursor", "b").value();
  for (size_t i = 0; i < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    ExpectInvalid(changed, "b");
    ExpectInvalid(token.substr(0, i), "b");
  }
  for (const std::string& text :
       {token + "A", token + "=", token + " ", " " + token, token + token, std::string("!"),
        std::string("\0", 1), std::string(100000, 'A')}) {
    ExpectInvalid(text, "b");
  }
}

TEST(PageTokenTest, CursorsHaveOneToMaxBytes) {
  const std::string longest(kMaxCursorBytes, '\xFF');
  EXPECT_EQ(Decode(Encode(longest, "b").value(), "b").value(), longest);
  EXPECT_EQ(ErrorReason(Encode(longest + "x", "b").status()), "CURSOR_SIZE_INVALID");
  EXPECT_EQ(ErrorReason(Encode("", "b").status()), "CURSOR_SIZE_INVALID");
}

TEST(PageSizeTest, DefaultsCapsAndRefuses) {
  EXPECT_EQ(PageSize(0).value(), static_cast<size_t>(kDefaultPageSize));
  EXPECT_EQ(PageSize(1).value(), 1u);
  EXPECT_EQ(PageSize(kMaxPageSize).value(), static_cast<size_t>(kMaxPageSize));
  EXPECT_EQ(PageSize(kMaxPageSize + 1).value(), static_cast<size_t>(kMaxPageSize));
  const absl::Status status = PageSize(-1).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ErrorReason(status), "PAGE_SIZE_INVALID");
  ASSERT_EQ(ErrorFields(status).size(), 1u);
  EXPECT_EQ(ErrorFields(status)[0].field, "page_size");
}

}  // namespace
}  // namespace assay::paging
