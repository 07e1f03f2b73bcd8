#include "common/audit/event_format.h"

#include <string>

#include "gtest/gtest.h"

#include "common/ids/hex.h"
#include "common/status/error.h"

namespace assay::audit {
namespace {

Event Example() {
  Event event;
  event.time = absl::FromUnixMicros(0x0102030405060708);
  event.actor = {"alice", "organisations/o", {"assessor", "reviewer"}};
  event.type = "THING_DONE";
  event.body = std::string("\x00\xFF", 2);
  event.texts.push_back({"reason", std::string(kSha256Bytes, '\xAB'), std::nullopt});
  return event;
}

TEST(EventFormatTest, CanonicalEventGoldenBytes) {
  EXPECT_EQ(ToHex(CanonicalEvent(Example())),
            "0102030405060708"
            "00000005"
            "616c696365"
            "0000000f"
            "6f7267616e69736174696f6e732f6f"
            "00000002"
            "00000008"
            "6173736573736f72"
            "00000008"
            "7265766965776572"
            "0000000a"
            "5448494e475f444f4e45"
            "00000002"
            "00ff"
            "00000001"
            "00000006"
            "726561736f6e"
            "abababababababababababababababababababababababababababababababab");
}

// Expected values computed with another SHA-256 over the bytes that FORMAT.md names.
TEST(EventFormatTest, HashesGoldenBytes) {
  EXPECT_EQ(ToHex(TextCommitment({std::string(kSaltBytes, '\x11'), "because"})),
            "12bc3671a6f9ad745cfa5ac00d1424dc5bbefb5679a6f0d5c424414f9f8d0a2a");
  EXPECT_EQ(
      ToHex(EventHash("things/t", 1, std::string(kSha256Bytes, '\0'), CanonicalEvent(Example()))),
      "dd9d1157d87e459322cb0e1de170f7732a0143d15c70011a38426eae1dd81f6a");
}

TEST(EventFormatTest, RowsRoundTrip) {
  const std::string canonical = CanonicalEvent(Example());
  const std::string row = EncodeEventRow(std::string(kSha256Bytes, 'h'), canonical);
  const Event event = DecodeEventRow(row).value();
  EXPECT_EQ(event.hash, std::string(kSha256Bytes, 'h'));
  EXPECT_EQ(CanonicalEvent(event), canonical);
  EXPECT_EQ(CanonicalPart(row), canonical);
  EXPECT_EQ(event.actor, Example().actor);
  EXPECT_EQ(event.time, Example().time);

  const ChainHead head = {7, std::string(kSha256Bytes, 'h')};
  EXPECT_EQ(DecodeHeadRow(EncodeHeadRow(head)).value(), head);
  const SaltedText text = {std::string(kSaltBytes, 's'), "text"};
  EXPECT_EQ(DecodeTextRow(EncodeTextRow(text)).value().text, "text");
  EXPECT_EQ(DecodeTextRow(EncodeTextRow(text)).value().salt, text.salt);
}

void ExpectMalformed(const absl::Status& status) {
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(ErrorReason(status), "AUDIT_ROW_MALFORMED");
}

TEST(EventFormatTest, TruncatedOrLongerRowsAreMalformed) {
  const std::string event_row =
      EncodeEventRow(std::string(kSha256Bytes, 'h'), CanonicalEvent(Example()));
  for (size_t length = 0; length < event_row.size(); ++length) {
    ExpectMalformed(DecodeEventRow(event_row.substr(0, length)).status());
  }
  ExpectMalformed(DecodeEventRow(event_row + "x").status());
  const std::string head_row = EncodeHeadRow({7, std::string(kSha256Bytes, 'h')});
  for (size_t length = 0; length < head_row.size(); ++length) {
    ExpectMalformed(DecodeHeadRow(head_row.substr(0, length)).status());
  }
  ExpectMalformed(DecodeHeadRow(head_row + "x").status());
  for (size_t length = 0; length < 1 + kSaltBytes; ++length) {
    ExpectMalformed(DecodeTextRow(std::string(length, '\x01')).status());
  }
}

TEST(EventFormatTest, UnknownVersionsAreMalformed) {
  std::string row = EncodeEventRow(std::string(kSha256Bytes, 'h'), CanonicalEvent(Example()));
  row[0] = kFormatVersion + 1;
  ExpectMalformed(DecodeEventRow(row).status());
  std::string head = EncodeHeadRow({7, std::string(kSha256Bytes, 'h')});
  head[0] = kFormatVersion + 1;
  ExpectMalformed(DecodeHeadRow(head).status());
  std::string text = EncodeTextRow({std::string(kSaltBytes, 's'), ""});
  text[0] = kFormatVersion + 1;
  ExpectMalformed(DecodeTextRow(text).status());
}

TEST(EventFormatTest, UnsortedListsAreMalformed) {
  Event event = Example();
  event.actor.roles = {"reviewer", "assessor"};
  ExpectMalformed(
      DecodeEventRow(EncodeEventRow(std::string(kSha256Bytes, 'h'), CanonicalEvent(event)))
          .status());
  event = Example();
  event.texts.push_back(event.texts[0]);
  ExpectMalformed(
      DecodeEventRow(EncodeEventRow(std::string(kSha256Bytes, 'h'), CanonicalEvent(event)))
          .status());
}

}  // namespace
}  // namespace assay::audit
