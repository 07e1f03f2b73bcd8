#include "services/catalogue/storage/catalogue_store.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/audit/event_log.h"
#include "common/ids/hex.h"
#include "common/storage/memory_store.h"
#include "common/storage/rocksdb_store.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "services/catalogue/limits.h"
#include "services/catalogue/testing/shipped.h"

namespace assay::catalogue {
namespace {

using ::testing::Each;
using ::testing::Field;
using ::testing::SizeIs;
using testing_kit::HasReason;
using testing_kit::IsOk;

const absl::Time kFirstDay = absl::FromUnixSeconds(1'780'304'400);
const absl::Time kSecondDay = kFirstDay + absl::Hours(24);

class CatalogueStoreTest : public ::testing::Test {
 protected:
  SchemeDocuments Parse() const {
    auto documents = ParseAll(json_);
    EXPECT_THAT(documents, IsOk());
    return *std::move(documents);
  }

  // The result for asr-2.1, which the tests change.
  PutResult Put(absl::Time now = kFirstDay) {
    const auto results = documents_.PutRevisions(Parse(), now);
    EXPECT_THAT(results, IsOk());
    for (const PutResult& result : *results) {
      if (result.name.id == "asr-2.1") return result;
    }
    ADD_FAILURE() << "no result for asr-2.1";
    return {};
  }

  std::vector<audit::Event> Events() {
    const auto events = audit::List(*store_.Snapshot(), "schemes/dcc", 0, 100);
    EXPECT_THAT(events, IsOk());
    return *events;
  }

  storage::MemoryStore store_;
  FakeIdSource ids_;
  CatalogueStore documents_{store_, ids_};
  ShippedJson json_ = LoadShipped(ASSAY_TEST_DATA);
};

TEST_F(CatalogueStoreTest, FirstContentIsRevisionOne) {
  const auto results = documents_.PutRevisions(Parse(), kFirstDay);
  ASSERT_THAT(results, IsOk());
  EXPECT_THAT(*results, SizeIs(5));
  EXPECT_THAT(*results, Each(Field(&PutResult::number, 1u)));
  EXPECT_THAT(*results, Each(Field(&PutResult::latest, 1u)));
  EXPECT_THAT(*results, Each(Field(&PutResult::added, true)));
}

TEST_F(CatalogueStoreTest, SameContentAddsNothing) {
  Put();
  const size_t events = Events().size();
  EXPECT_FALSE(Put(kSecondDay).added);
  const auto revisions = documents_.ListRevisions();
  ASSERT_THAT(revisions, IsOk());
  EXPECT_THAT(*revisions, SizeIs(5));
  EXPECT_THAT(*revisions, Each(Field(&StoredRevision::create_time, kFirstDay)));
  EXPECT_THAT(Events(), SizeIs(events));
}

TEST_F(CatalogueStoreTest, OtherContentIsTheNextNumberAndTheFirstStays) {
  Put();
  const std::string first = Parse().rule_sets[0].canonical;
  json_.rule_set["title"] = "ASR v2.1, corrected";
  const PutResult result = Put(kSecondDay);
  EXPECT_TRUE(result.added);
  EXPECT_EQ(result.number, 2u);
  EXPECT_EQ(result.latest, 2u);
  const auto revisions = documents_.ListRevisions();
  ASSERT_THAT(revisions, IsOk());
  ASSERT_THAT(*revisions, SizeIs(6));
  // By kind, then id, then number: asr-2.1@1, asr-2.1@2, asr-pre-2.1@1 are the last.
  EXPECT_EQ((*revisions)[3].canonical, first);
  EXPECT_EQ((*revisions)[3].create_time, kFirstDay);
  EXPECT_EQ((*revisions)[4].number, 2u);
  EXPECT_EQ((*revisions)[4].create_time, kSecondDay);
}

TEST_F(CatalogueStoreTest, ContentSeenBeforeIsTheRevisionItWas) {
  Put();
  json_.rule_set["title"] = "ASR v2.1, corrected";
  Put();
  json_ = LoadShipped(ASSAY_TEST_DATA);
  const PutResult result = Put();
  EXPECT_FALSE(result.added);
  EXPECT_EQ(result.number, 1u);
  EXPECT_EQ(result.latest, 2u);
}

TEST_F(CatalogueStoreTest, EachNewRevisionLeavesAnEventInTheSchemesLog) {
  Put();
  json_.rule_set["title"] = "ASR v2.1, corrected";
  Put(kSecondDay);
  const std::vector<audit::Event> events = Events();
  ASSERT_THAT(events, SizeIs(6));
  EXPECT_EQ(events[5].type, kRevisionAddedEvent);
  EXPECT_EQ(events[5].actor.subject, kSystemSubject);
  EXPECT_EQ(events[5].time, kSecondDay);
  EXPECT_EQ(events[5].body, R"({"digest":")" + ToHex(Parse().rule_sets[0].digest) +
                                R"(","document":"schemes/dcc/ruleSets/asr-2.1","revision":2})");
  EXPECT_THAT(audit::VerifyChain(*store_.Snapshot(), "schemes/dcc"), IsOk());
}

TEST_F(CatalogueStoreTest, FailedCommitLeavesNothingBehind) {
  store_.FailNextCommit(storage::FailedCommit::kLost);
  EXPECT_THAT(documents_.PutRevisions(Parse(), kFirstDay),
              HasReason(absl::StatusCode::kUnavailable, "COMMIT_OUTCOME_UNKNOWN"));
  store_.Reopen();
  EXPECT_THAT(*documents_.ListRevisions(), SizeIs(0));
  EXPECT_THAT(Events(), SizeIs(0));
}

TEST_F(CatalogueStoreTest, NumbersPastTheLimitAreRefused) {
  Put();
  const DocumentName name = Parse().rule_sets[0].name;
  const auto set_head = [&](uint32_t latest) {
    ASSERT_THAT(store_.Transact([&](storage::Transaction& transaction) {
      return transaction.Put(HeadKey(name), EncodeHead(latest));
    }),
                IsOk());
  };
  set_head(kMaxRevisions - 1);
  json_.rule_set["title"] = "last";
  EXPECT_EQ(Put().number, kMaxRevisions);
  json_.rule_set["title"] = "one too many";
  EXPECT_THAT(documents_.PutRevisions(Parse(), kFirstDay),
              HasReason(absl::StatusCode::kResourceExhausted, "TOO_MANY_REVISIONS"));
}

TEST_F(CatalogueStoreTest, DamagedRevisionIsDataLoss) {
  Put();
  const DocumentName name = Parse().rule_sets[0].name;
  ASSERT_THAT(store_.Transact([&](storage::Transaction& transaction) {
    return transaction.Put(RevisionKey(name, 1), "\x01 not what was written");
  }),
              IsOk());
  EXPECT_THAT(documents_.ListRevisions(),
              HasReason(absl::StatusCode::kDataLoss, "STORED_DOCUMENT_CORRUPT"));
}

class AliasRowsTest : public CatalogueStoreTest {
 protected:
  AliasRowsTest() { Put(); }

  absl::StatusOr<std::vector<StoredAliasEntry>> Add(const std::string& alias, uint32_t revision,
                                                    EpochDays day) {
    StoredAliasEntry entry;
    entry.document = {.scheme = "dcc", .kind = DocumentKind::kRuleSet, .id = "asr-2.1"};
    entry.alias = alias;
    entry.revision = revision;
    entry.effective_from = day;
    audit::Actor actor;
    actor.subject = "pat";
    std::vector<StoredAliasEntry> entries;
    const absl::Status status =
        store_.Transact([&](storage::Transaction& transaction) -> absl::Status {
          auto added = documents_.AddAliasEntry(transaction, entry, actor, kFirstDay);
          if (added.ok()) entries = *std::move(added);
          return added.status();
        });
    if (!status.ok()) return status;
    return entries;
  }
};

TEST_F(AliasRowsTest, EntriesAreNumberedAndLeaveAnEvent) {
  ASSERT_THAT(Add("current", 1, 20'605), IsOk());
  const auto entries = Add("current", 2, 20'606);
  ASSERT_THAT(entries, IsOk());
  ASSERT_THAT(*entries, SizeIs(2));
  EXPECT_EQ((*entries)[1].number, 2u);
  EXPECT_EQ((*entries)[1].creator, "pat");
  EXPECT_EQ((*entries)[1].create_time, kFirstDay);
  EXPECT_THAT(*documents_.ListAliasEntries(), SizeIs(2));
  const std::vector<audit::Event> events = Events();
  EXPECT_EQ(events.back().type, kAliasSetEvent);
  EXPECT_EQ(events.back().actor.subject, "pat");
  EXPECT_EQ(events.back().body, R"({"alias":"current","document":"schemes/dcc/ruleSets/asr-2.1",)"
                                R"("effective_from":"2026-06-02","entry":2,"revision":2})");
  EXPECT_THAT(audit::VerifyChain(*store_.Snapshot(), "schemes/dcc"), IsOk());
}

TEST_F(AliasRowsTest, AnEntryThatChangesNothingIsNotAdded) {
  ASSERT_THAT(Add("current", 1, 20'605), IsOk());
  EXPECT_THAT(*Add("current", 1, 20'605), SizeIs(1));
  EXPECT_THAT(*Add("current", 2, 20'605), SizeIs(2));
  EXPECT_THAT(*Add("current", 1, 20'605), SizeIs(3));
  EXPECT_THAT(*documents_.ListAliasEntries(), SizeIs(3));
}

TEST_F(AliasRowsTest, AliasesAndEntriesPastTheLimitAreRefused) {
  for (size_t i = 0; i < kMaxAliasesPerDocument; ++i) {
    ASSERT_THAT(Add("a" + std::to_string(i), 1, 20'605), IsOk());
  }
  EXPECT_THAT(Add("one-more", 1, 20'605),
              HasReason(absl::StatusCode::kResourceExhausted, "TOO_MANY_ALIASES"));
  for (size_t i = 1; i < kMaxAliasEntries; ++i) {
    ASSERT_THAT(Add("a0", 1 + static_cast<uint32_t>(i % 2), 20'605), IsOk());
  }
  EXPECT_THAT(Add("a0", 7, 20'605),
              HasReason(absl::StatusCode::kResourceExhausted, "TOO_MANY_ALIASES"));
}

TEST_F(CatalogueStoreTest, ReadsTheLatestRevisionsOfAScheme) {
  Put();
  json_.rule_set["title"] = "ASR v2.1, corrected";
  Put(kSecondDay);
  const auto snapshot = store_.Snapshot();
  const auto latest = documents_.LatestRevisions(*snapshot, "dcc");
  ASSERT_THAT(latest, IsOk());
  ASSERT_THAT(*latest, SizeIs(5));
  EXPECT_EQ((*latest)[3].name.id, "asr-2.1");
  EXPECT_EQ((*latest)[3].number, 2u);
  EXPECT_THAT(*documents_.LatestRevisions(*snapshot, "other"), SizeIs(0));
  EXPECT_EQ(documents_.GetRevision((*latest)[3].name, 1)->create_time, kFirstDay);
  EXPECT_THAT(documents_.GetRevision((*latest)[3].name, 3),
              HasReason(absl::StatusCode::kDataLoss, "STORED_DOCUMENT_CORRUPT"));
}

TEST_F(CatalogueStoreTest, RevisionsSurviveReopeningTheDatabase) {
  const testing_kit::TempDir folder;
  storage::RocksDbOptions options;
  options.path = folder.File("db");
  for (const bool first_time : {true, false}) {
    auto database = storage::RocksDbStore::Open(options);
    ASSERT_THAT(database, IsOk());
    CatalogueStore documents(**database, ids_);
    const auto results = documents.PutRevisions(Parse(), kFirstDay);
    ASSERT_THAT(results, IsOk());
    EXPECT_THAT(*results, Each(Field(&PutResult::added, first_time)));
    EXPECT_THAT(*documents.ListRevisions(), SizeIs(5));
  }
}

}  // namespace
}  // namespace assay::catalogue
