// One suite over both engines: what the queue expects of its storage.

#include "services/review_queue/storage/item_store.h"

#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/ids/id_source.h"
#include "common/status/macros.h"
#include "common/storage/memory_store.h"
#include "common/storage/rocksdb_store.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "services/review_queue/domain/claim.h"
#include "services/review_queue/domain/enqueue.h"
#include "services/review_queue/storage/keys.h"
#include "services/review_queue/testing/sample.h"

namespace assay::review_queue {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing_kit::HasReason;
using testing_kit::IsOk;
using testing_kit::IsOkAndHolds;

enum class Engine { kMemory, kRocksDb };

constexpr size_t kNoLimit = 1000;

class ItemStoreTest : public testing::TestWithParam<Engine> {
 protected:
  ItemStoreTest() {
    if (GetParam() == Engine::kMemory) {
      store_ = std::make_unique<storage::MemoryStore>();
    } else {
      store_ = *storage::RocksDbStore::Open({.path = dir_.File("db"), .log_sink = nullptr});
    }
  }

  absl::StatusOr<ReviewItem> Write(const ItemChange& change) {
    ReviewItem written;
    ASSAY_RETURN_IF_ERROR(store_->Transact([&](storage::Transaction& tx) -> absl::Status {
      ASSAY_ASSIGN_OR_RETURN(written, ItemWriter(tx, ids_).Write(change));
      return absl::OkStatus();
    }));
    return written;
  }

  ReviewItem Arrive(std::string_view assessment, int64_t number) {
    ReviewItem item = SampleItem(assessment, number);
    item.head = audit::EmptyHead();
    return *Write({std::move(item), EventType::kEnqueued, ByStore()});
  }

  ReviewItem Claimed(const ReviewItem& item) {
    return *Write(
        ClaimItem(item, absl::Hours(1), std::string(16, 'r'), ByReviewer("ravi"))->change);
  }

  ReviewItem Superseded(ReviewItem item, int64_t by) {
    item.state = ItemState::kSuperseded;
    item.superseded_by = by;
    return *Write({std::move(item), EventType::kSuperseded, ByStore()});
  }

  // Names of one page; `next` gets the cursor.
  std::vector<std::string> Page(ItemList list, const ItemCursor& after, size_t size,
                                ItemCursor* next = nullptr, size_t limit = kNoLimit) {
    std::vector<std::string> names;
    const auto snapshot = store_->Snapshot();
    const auto cursor = ItemReader(*snapshot).List(list, after, limit, [&](const ReviewItem& item) {
      if (names.size() == size) return Visit::kStop;
      names.push_back(item.name());
      return Visit::kNext;
    });
    EXPECT_THAT(cursor, IsOk());
    if (next != nullptr) *next = *cursor;
    return names;
  }

  testing_kit::TempDir dir_;
  FakeIdSource ids_;
  std::unique_ptr<storage::Store> store_;
};

TEST_P(ItemStoreTest, FindsWhatWasWritten) {
  const ReviewItem written = Arrive("a1", 1);
  EXPECT_EQ(written.head.sequence, 1);
  const auto snapshot = store_->Snapshot();
  const ItemReader reader(*snapshot);
  const auto found = reader.Get({"a1", 1});
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(found->head, written.head);
  EXPECT_EQ(found->fingerprint, written.fingerprint);
  EXPECT_THAT(reader.Find({"a1", 2}), IsOkAndHolds(testing::Eq(std::nullopt)));
  EXPECT_THAT(reader.Get({"a1", 2}),
              HasReason(absl::StatusCode::kNotFound, "REVIEW_ITEM_NOT_FOUND"));
}

TEST_P(ItemStoreTest, KnowsTheLatestOfAnAssessment) {
  Arrive("a1", 2);
  Arrive("a1", 5);
  ReviewItem late = SampleItem("a1", 3);
  late.state = ItemState::kSuperseded;
  late.superseded_by = 5;
  ASSERT_THAT(Write({late, EventType::kEnqueued, ByStore()}), IsOk());
  Arrive("a", 9);
  const auto snapshot = store_->Snapshot();
  const auto neighbours = ItemReader(*snapshot).NeighboursOf({"a1", 2});
  ASSERT_THAT(neighbours, IsOk());
  EXPECT_EQ(neighbours->same->name(), "reviewItems/a1.2");
  EXPECT_EQ(neighbours->latest->name(), "reviewItems/a1.5");
  const auto none = ItemReader(*snapshot).NeighboursOf({"a2", 1});
  ASSERT_THAT(none, IsOk());
  EXPECT_FALSE(none->same.has_value() || none->latest.has_value());
}

TEST_P(ItemStoreTest, ListsOldestSubmissionFirst) {
  Arrive("b", 3);
  Arrive("c", 1);
  Arrive("a", 2);
  EXPECT_THAT(Page(ItemList::kWaiting, "", 10),
              ElementsAre("reviewItems/c.1", "reviewItems/a.2", "reviewItems/b.3"));
}

TEST_P(ItemStoreTest, WaitingListFollowsTheState) {
  const ReviewItem first = Arrive("a1", 1);
  const ReviewItem claimed = Claimed(first);
  EXPECT_THAT(Page(ItemList::kWaiting, "", 10), ElementsAre("reviewItems/a1.1"));
  Superseded(claimed, 2);
  EXPECT_THAT(Page(ItemList::kWaiting, "", 10), IsEmpty());
  EXPECT_THAT(Page(ItemList::kAll, "", 10), ElementsAre("reviewItems/a1.1"));
}

TEST_P(ItemStoreTest, ItemThatArrivesSupersededNeverWaits) {
  ReviewItem late = SampleItem("a1", 1);
  late.state = ItemState::kSuperseded;
  late.superseded_by = 2;
  ASSERT_THAT(Write({late, EventType::kEnqueued, ByStore()}), IsOk());
  EXPECT_THAT(Page(ItemList::kWaiting, "", 10), IsEmpty());
  EXPECT_THAT(Page(ItemList::kAll, "", 10), ElementsAre("reviewItems/a1.1"));
}

TEST_P(ItemStoreTest, PagesAreGapless) {
  for (int number = 1; number <= 5; ++number) Arrive("a" + std::to_string(number), number);
  ItemCursor next;
  EXPECT_THAT(Page(ItemList::kAll, "", 2, &next),
              ElementsAre("reviewItems/a1.1", "reviewItems/a2.2"));
  EXPECT_THAT(Page(ItemList::kAll, next, 2, &next),
              ElementsAre("reviewItems/a3.3", "reviewItems/a4.4"));
  EXPECT_THAT(Page(ItemList::kAll, next, 2, &next), ElementsAre("reviewItems/a5.5"));
  EXPECT_EQ(next, "");
}

TEST_P(ItemStoreTest, StopsLookingAtTheLimitAndGoesOnFromThere) {
  for (int number = 1; number <= 3; ++number) Arrive("a" + std::to_string(number), number);
  ItemCursor next;
  EXPECT_THAT(Page(ItemList::kAll, "", 10, &next, 2),
              ElementsAre("reviewItems/a1.1", "reviewItems/a2.2"));
  EXPECT_THAT(Page(ItemList::kAll, next, 10, &next, 2), ElementsAre("reviewItems/a3.3"));
  EXPECT_EQ(next, "");
}

TEST_P(ItemStoreTest, RefusesACursorOutsideTheList) {
  const auto snapshot = store_->Snapshot();
  const auto visitor = [](const ReviewItem&) { return Visit::kNext; };
  for (const std::string& cursor :
       {ItemKey({"a1", 1}), std::string("x"), OrderKey(kHistoryFamily, SampleNow(), {"a1", 1})}) {
    EXPECT_THAT(ItemReader(*snapshot).List(ItemList::kWaiting, cursor, 10, visitor),
                HasReason(absl::StatusCode::kInvalidArgument, "PAGE_TOKEN_INVALID"));
  }
}

TEST_P(ItemStoreTest, EveryWriteIsAnEventOnAnUnbrokenChain) {
  const ReviewItem claimed = Claimed(Arrive("a1", 1));
  EXPECT_EQ(claimed.head.sequence, 2);
  Superseded(claimed, 2);
  const auto snapshot = store_->Snapshot();
  const auto events = ItemReader(*snapshot).Events({"a1", 1}, 0, 10);
  ASSERT_THAT(events, IsOk());
  std::vector<std::string> types;
  for (const audit::Event& event : *events) types.push_back(event.type);
  EXPECT_THAT(types, ElementsAre("ENQUEUED", "CLAIMED", "SUPERSEDED"));
  EXPECT_EQ((*events)[1].hash, claimed.head.hash);
  EXPECT_THAT(audit::VerifyChain(*snapshot, "reviewItems/a1.1", {claimed.head}), IsOk());
}

TEST_P(ItemStoreTest, RowThatPointsNowhereIsDataLoss) {
  Arrive("a1", 1);
  ASSERT_THAT(store_->Transact([](storage::Transaction& tx) {
    return tx.Delete(ItemKey({"a1", 1}));
  }),
              IsOk());
  const auto snapshot = store_->Snapshot();
  const auto visitor = [](const ReviewItem&) { return Visit::kNext; };
  EXPECT_THAT(ItemReader(*snapshot).List(ItemList::kWaiting, "", 10, visitor),
              HasReason(absl::StatusCode::kDataLoss, "RECORD_MALFORMED"));
  EXPECT_THAT(ItemReader(*snapshot).NeighboursOf({"a1", 2}),
              HasReason(absl::StatusCode::kDataLoss, "RECORD_MALFORMED"));
}

INSTANTIATE_TEST_SUITE_P(Engines, ItemStoreTest, testing::Values(Engine::kMemory, Engine::kRocksDb),
                         [](const auto& test) {
                           return test.param == Engine::kMemory ? "Memory" : "RocksDb";
                         });

}  // namespace
}  // namespace assay::review_queue
