#include "services/catalogue/storage/layout.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/ids/hex.h"
#include "common/testing/status_matchers.h"

namespace assay::catalogue {
namespace {

using testing_kit::HasReason;
using testing_kit::IsOk;
using testing_kit::IsOkAndHolds;
using testing_kit::StatusIs;

const DocumentName kName = {.scheme = "dcc", .kind = DocumentKind::kRuleSet, .id = "asr-2.1"};

StoredRevision Example() {
  return {.name = kName,
          .number = 258,
          .create_time = absl::FromUnixMicros(1'780'304'400'000'001),
          .digest = DocumentDigest(DocumentKind::kRuleSet, R"({"id":"asr-2.1"})"),
          .canonical = R"({"id":"asr-2.1"})"};
}

// Written down byte by byte from FORMAT.md: data on disk depends on them.
TEST(LayoutTest, KeysHaveTheirGoldenBytes) {
  const std::string document =
      "6463630001"           // "dcc", end
      "00000004"             // kind: rule set
      "6173722d322e310001";  // "asr-2.1", end
  EXPECT_EQ(ToHex(HeadKey(kName)), "01" + document);
  EXPECT_EQ(ToHex(RevisionKey(kName, 258)), "02" + document + "00000102");
  EXPECT_EQ(ToHex(DigestKey(kName, std::string("\xAB\x00\xCD", 3))),
            "03" + document + "ab00ffcd0001");
}

TEST(LayoutTest, ValuesHaveTheirGoldenBytes) {
  EXPECT_EQ(ToHex(EncodeHead(258)), "0100000102");
  EXPECT_EQ(ToHex(EncodeNumber(7)), "0100000007");
  const StoredRevision revision = Example();
  EXPECT_EQ(ToHex(EncodeRevision(revision)),
            "01"
            "0006532d6b5aa401" +
                ToHex(revision.digest) + ToHex(revision.canonical));
}

TEST(LayoutTest, RevisionsRoundTrip) {
  const StoredRevision revision = Example();
  const auto decoded =
      DecodeRevision(RevisionKey(kName, revision.number), EncodeRevision(revision));
  ASSERT_THAT(decoded, IsOk());
  EXPECT_EQ(decoded->name, revision.name);
  EXPECT_EQ(decoded->number, revision.number);
  EXPECT_EQ(decoded->create_time, revision.create_time);
  EXPECT_EQ(decoded->digest, revision.digest);
  EXPECT_EQ(decoded->canonical, revision.canonical);
  EXPECT_THAT(DecodeHead(EncodeHead(4'000'000'000)), IsOkAndHolds(4'000'000'000u));
  EXPECT_THAT(DecodeNumber(EncodeNumber(1)), IsOkAndHolds(1u));
}

StoredAliasEntry ExampleEntry() {
  return {.document = kName,
          .alias = "current",
          .number = 3,
          .revision = 258,
          .effective_from = 20'605,  // 2026-06-01.
          .create_time = absl::FromUnixMicros(1'780'304'400'000'001),
          .creator = "pat"};
}

TEST(LayoutTest, AliasRowsHaveTheirGoldenBytes) {
  const std::string alias =
      "6463630001"           // "dcc", end
      "00000004"             // kind: rule set
      "6173722d322e310001"   // "asr-2.1", end
      "63757272656e740001";  // "current", end
  EXPECT_EQ(ToHex(AliasHeadKey(kName, "current")), "04" + alias);
  EXPECT_EQ(ToHex(AliasEntryKey(kName, "current", 3)), "05" + alias + "00000003");
  EXPECT_EQ(ToHex(EncodeAliasEntry(ExampleEntry())),
            "01"                // version
            "00000102"          // revision
            "0000507d"          // effective from
            "0006532d6b5aa401"  // create time
            "00000003706174");  // creator: length, "pat"
}

TEST(LayoutTest, AliasEntriesRoundTrip) {
  StoredAliasEntry entry = ExampleEntry();
  for (const EpochDays day : {20'605, 0, -1}) {
    entry.effective_from = day;
    const auto decoded =
        DecodeAliasEntry(AliasEntryKey(kName, "current", 3), EncodeAliasEntry(entry));
    ASSERT_THAT(decoded, IsOk());
    EXPECT_EQ(decoded->document, entry.document);
    EXPECT_EQ(decoded->alias, entry.alias);
    EXPECT_EQ(decoded->number, entry.number);
    EXPECT_EQ(decoded->revision, entry.revision);
    EXPECT_EQ(decoded->effective_from, day);
    EXPECT_EQ(decoded->create_time, entry.create_time);
    EXPECT_EQ(decoded->creator, entry.creator);
  }
}

TEST(LayoutTest, DamagedAliasEntriesAreDataLoss) {
  const std::string key = AliasEntryKey(kName, "current", 3);
  const std::string value = EncodeAliasEntry(ExampleEntry());
  for (size_t size = 0; size < value.size(); ++size) {
    EXPECT_THAT(DecodeAliasEntry(key, value.substr(0, size)),
                StatusIs(absl::StatusCode::kDataLoss));
  }
  EXPECT_THAT(DecodeAliasEntry(key, value + "x"), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(DecodeAliasEntry(key, "\x02" + value.substr(1)),
              HasReason(absl::StatusCode::kDataLoss, "STORED_DOCUMENT_CORRUPT"));
  EXPECT_THAT(DecodeAliasEntry(key.substr(0, key.size() - 1), value),
              StatusIs(absl::StatusCode::kDataLoss));
}

TEST(LayoutTest, HeadKeysNameTheirDocument) {
  EXPECT_THAT(DecodeHeadKey(HeadKey(kName)), IsOkAndHolds(kName));
  EXPECT_THAT(DecodeHeadKey(DigestKey(kName, "x")), StatusIs(absl::StatusCode::kDataLoss));
}

TEST(LayoutTest, RevisionsOfADocumentSortByNumber) {
  EXPECT_LT(RevisionKey(kName, 2), RevisionKey(kName, 10));
  EXPECT_LT(RevisionKey(kName, 255), RevisionKey(kName, 256));
}

TEST(LayoutTest, DamageIsDataLossAndNeverNotFound) {
  const StoredRevision revision = Example();
  const std::string key = RevisionKey(kName, revision.number);
  const std::string value = EncodeRevision(revision);
  for (size_t size = 0; size < value.size(); ++size) {
    EXPECT_THAT(DecodeRevision(key, value.substr(0, size)), StatusIs(absl::StatusCode::kDataLoss));
  }
  std::string changed = value;
  changed.back() ^= 1;
  EXPECT_THAT(DecodeRevision(key, changed),
              HasReason(absl::StatusCode::kDataLoss, "STORED_DOCUMENT_CORRUPT"));
  changed = value;
  changed[0] = 2;
  EXPECT_THAT(DecodeRevision(key, changed), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(DecodeRevision(key.substr(0, key.size() - 1), value),
              StatusIs(absl::StatusCode::kDataLoss));
  DocumentName unknown = kName;
  unknown.kind = static_cast<DocumentKind>(9);
  EXPECT_THAT(DecodeRevision(RevisionKey(unknown, 1), value),
              StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(DecodeHead("\x01"), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(DecodeNumber(std::string("\x02\0\0\0\x01", 5)),
              StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace assay::catalogue
