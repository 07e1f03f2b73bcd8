// The contract of store.h, run over every engine.

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/status/error.h"
#include "common/status/macros.h"
#include "common/storage/memory_store.h"
#include "common/storage/rocksdb_store.h"
#include "common/storage/store.h"
#include "common/testing/temp_dir.h"

namespace assay::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Engine {
  std::string name;
  std::function<std::unique_ptr<Store>(const std::string& folder)> open;
};

std::ostream& operator<<(std::ostream& out, const Engine& engine) { return out << engine.name; }

class StoreContractTest : public ::testing::TestWithParam<Engine> {
 protected:
  void SetUp() override {
    store_ = GetParam().open(folder_.path());
    ASSERT_NE(store_, nullptr);
  }

  absl::Status Put(std::string_view key, std::string_view value) {
    return store_->Transact([&](Transaction& tx) { return tx.Put(key, value); });
  }

  std::optional<std::string> Get(std::string_view key) {
    return store_->Snapshot()->Get(key).value();
  }

  static std::vector<std::string> Collect(Reader& reader, const ScanRange& range) {
    std::vector<std::string> rows;
    const absl::Status status =
        reader.Scan(range, [&](std::string_view key, std::string_view value) {
          rows.push_back(std::string(key) + "=" + std::string(value));
          return true;
        });
    EXPECT_TRUE(status.ok()) << status;
    return rows;
  }

  static ScanRange Range(std::string begin, std::string end,
                         Direction direction = Direction::kForward) {
    ScanRange range;
    range.begin = std::move(begin);
    range.end = std::move(end);
    range.direction = direction;
    return range;
  }

  const testing_kit::TempDir folder_;
  std::unique_ptr<Store> store_;
};

TEST_P(StoreContractTest, ReturnsWhatWasPut) {
  ASSERT_TRUE(Put("a", "1").ok());
  EXPECT_EQ(Get("a"), "1");
  EXPECT_EQ(Get("b"), std::nullopt);
  const std::string binary("\0\xFF\x01", 3);
  ASSERT_TRUE(Put(binary, binary).ok());
  EXPECT_EQ(Get(binary), binary);
  ASSERT_TRUE(Put("empty", "").ok());
  EXPECT_EQ(Get("empty"), "");
}

TEST_P(StoreContractTest, DeleteRemovesAndAbsentKeysMayBeDeleted) {
  ASSERT_TRUE(Put("a", "1").ok());
  ASSERT_TRUE(store_
                  ->Transact([](Transaction& tx) -> absl::Status {
                    ASSAY_RETURN_IF_ERROR(tx.Delete("a"));
                    return tx.Delete("never-there");
                  })
                  .ok());
  EXPECT_EQ(Get("a"), std::nullopt);
}

TEST_P(StoreContractTest, TransactionReadsItsOwnWrites) {
  ASSERT_TRUE(Put("a", "1").ok());
  ASSERT_TRUE(Put("c", "3").ok());
  const absl::Status status = store_->Transact([&](Transaction& tx) -> absl::Status {
    ASSAY_RETURN_IF_ERROR(tx.Put("a", "one"));
    ASSAY_RETURN_IF_ERROR(tx.Put("b", "2"));
    ASSAY_RETURN_IF_ERROR(tx.Delete("c"));
    EXPECT_EQ(tx.Get("a").value(), "one");
    EXPECT_EQ(tx.Get("c").value(), std::nullopt);
    EXPECT_THAT(Collect(tx, Range("", "")), ElementsAre("a=one", "b=2"));
    EXPECT_THAT(Collect(tx, Range("", "", Direction::kBackward)), ElementsAre("b=2", "a=one"));
    EXPECT_THAT(Collect(tx, Range("b", "c")), ElementsAre("b=2"));
    EXPECT_THAT(Collect(tx, Range("b", "c", Direction::kBackward)), ElementsAre("b=2"));
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_THAT(Collect(*store_->Snapshot(), Range("", "")), ElementsAre("a=one", "b=2"));
}

TEST_P(StoreContractTest, AnErrorInTheClosureWritesNothingAndIsReturned) {
  const absl::Status status = store_->Transact([](Transaction& tx) -> absl::Status {
    ASSAY_RETURN_IF_ERROR(tx.Put("a", "1"));
    return absl::FailedPreconditionError("no");
  });
  EXPECT_EQ(status, absl::FailedPreconditionError("no"));
  EXPECT_EQ(Get("a"), std::nullopt);
  EXPECT_TRUE(store_->Health().ok());
}

TEST_P(StoreContractTest, SnapshotDoesNotSeeLaterCommits) {
  ASSERT_TRUE(Put("a", "1").ok());
  ASSERT_TRUE(Put("b", "1").ok());
  auto snapshot = store_->Snapshot();
  ASSERT_TRUE(Put("a", "2").ok());
  ASSERT_TRUE(Put("c", "2").ok());
  ASSERT_TRUE(store_->Transact([](Transaction& tx) { return tx.Delete("b"); }).ok());
  EXPECT_EQ(snapshot->Get("a").value(), "1");
  EXPECT_THAT(Collect(*snapshot, Range("", "")), ElementsAre("a=1", "b=1"));
  EXPECT_THAT(Collect(*store_->Snapshot(), Range("", "")), ElementsAre("a=2", "c=2"));
}

TEST_P(StoreContractTest, TransactionReadsOneSnapshot) {
  ASSERT_TRUE(Put("a", "1").ok());
  const absl::Status status = store_->Transact([&](Transaction& tx) -> absl::Status {
    EXPECT_TRUE(Put("b", "outside").ok());
    EXPECT_EQ(tx.Get("a").value(), "1");
    EXPECT_THAT(Collect(tx, Range("", "")), ElementsAre("a=1"));
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
}

TEST_P(StoreContractTest, AChangeToAKeyThatWasReadRunsTheClosureAgain) {
  ASSERT_TRUE(Put("a", "1").ok());
  std::vector<std::string> seen;
  const absl::Status status = store_->Transact([&](Transaction& tx) -> absl::Status {
    ASSAY_ASSIGN_OR_RETURN(const std::optional<std::string> a, tx.Get("a"));
    if (seen.empty()) {
      EXPECT_TRUE(Put("a", "2").ok());
    }
    seen.push_back(a.value());
    return tx.Put("copy", a.value());
  });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_THAT(seen, ElementsAre("1", "2"));
  EXPECT_EQ(Get("copy"), "2");
}

TEST_P(StoreContractTest, AnAbsentKeyThatWasReadIsValidatedToo) {
  int runs = 0;
  const absl::Status status = store_->Transact([&](Transaction& tx) -> absl::Status {
    ASSAY_ASSIGN_OR_RETURN(const std::optional<std::string> a, tx.Get("a"));
    if (++runs == 1) {
      EXPECT_TRUE(Put("a", "taken").ok());
    }
    return a.has_value() ? absl::AlreadyExistsError("taken") : tx.Put("a", "mine");
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(Get("a"), "taken");
}

TEST_P(StoreContractTest, AScanIsNotValidated) {
  int runs = 0;
  const absl::Status status = store_->Transact([&](Transaction& tx) -> absl::Status {
    EXPECT_THAT(Collect(tx, Range("a", "b")), IsEmpty());
    if (++runs == 1) {
      EXPECT_TRUE(Put("a1", "other").ok());
    }
    return tx.Put("b", "written");
  });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(runs, 1);
}

TEST_P(StoreContractTest, EndlessConflictsEndInContention) {
  ASSERT_TRUE(Put("a", "0").ok());
  int runs = 0;
  const absl::Status status = store_->Transact([&](Transaction& tx) -> absl::Status {
    ASSAY_RETURN_IF_ERROR(tx.Get("a").status());
    ++runs;
    EXPECT_TRUE(Put("a", std::to_string(runs)).ok());
    return tx.Put("b", "x");
  });
  EXPECT_EQ(ErrorReason(status), "TRANSACTION_CONTENTION");
  EXPECT_EQ(runs, kMaxTransactionAttempts);
  EXPECT_EQ(Get("b"), std::nullopt);
}

TEST_P(StoreContractTest, ConcurrentIncrementsLoseNoUpdate) {
  constexpr int kThreads = 4;
  constexpr int kIncrements = 50;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < kIncrements; ++n) {
        const absl::Status status = store_->Transact([&](Transaction& tx) -> absl::Status {
          ASSAY_ASSIGN_OR_RETURN(const std::optional<std::string> old, tx.Get("counter"));
          return tx.Put("counter", std::to_string(std::stoi(old.value_or("0")) + 1));
        });
        EXPECT_TRUE(status.ok()) << status;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(Get("counter"), std::to_string(kThreads * kIncrements));
}

// Two accounts whose sum must not fall below zero; each thread reads both and writes one.
TEST_P(StoreContractTest, ConcurrentWithdrawalsShowNoWriteSkew) {
  constexpr int kRounds = 50;
  for (int round = 0; round < kRounds; ++round) {
    ASSERT_TRUE(Put("x", "1").ok());
    ASSERT_TRUE(Put("y", "0").ok());
    const auto withdraw = [&](std::string_view key) {
      const absl::Status status = store_->Transact([&](Transaction& tx) -> absl::Status {
        ASSAY_ASSIGN_OR_RETURN(const std::optional<std::string> x, tx.Get("x"));
        ASSAY_ASSIGN_OR_RETURN(const std::optional<std::string> y, tx.Get("y"));
        if (std::stoi(*x) + std::stoi(*y) < 1) return absl::OkStatus();
        return tx.Put(key, std::to_string(std::stoi(key == "x" ? *x : *y) - 1));
      });
      EXPECT_TRUE(status.ok()) << status;
    };
    std::thread first(withdraw, "x");
    std::thread second(withdraw, "y");
    first.join();
    second.join();
    ASSERT_EQ(std::stoi(*Get("x")) + std::stoi(*Get("y")), 0) << "round " << round;
  }
}

TEST_P(StoreContractTest, ScansRangesInBothDirections) {
  for (const char* key : {"a", "b", "c", "d"}) ASSERT_TRUE(Put(key, key).ok());
  auto reader = store_->Snapshot();
  EXPECT_THAT(Collect(*reader, Range("b", "d")), ElementsAre("b=b", "c=c"));
  EXPECT_THAT(Collect(*reader, Range("b", "d", Direction::kBackward)), ElementsAre("c=c", "b=b"));
  EXPECT_THAT(Collect(*reader, Range("c", "")), ElementsAre("c=c", "d=d"));
  EXPECT_THAT(Collect(*reader, Range("", "c", Direction::kBackward)), ElementsAre("b=b", "a=a"));
  EXPECT_THAT(Collect(*reader, Range("bb", "zz", Direction::kBackward)), ElementsAre("d=d", "c=c"));
  EXPECT_THAT(Collect(*reader, Range("bb", "bz")), IsEmpty());
  EXPECT_THAT(Collect(*reader, Range("d", "a")), IsEmpty());
  EXPECT_THAT(Collect(*reader, Range("d", "a", Direction::kBackward)), IsEmpty());
}

TEST_P(StoreContractTest, ScanStopsAtItsLimitOrWhenTheVisitorSaysSo) {
  for (const char* key : {"a", "b", "c"}) ASSERT_TRUE(Put(key, key).ok());
  auto reader = store_->Snapshot();
  ScanRange range = Range("", "");
  range.limit = 2;
  EXPECT_THAT(Collect(*reader, range), ElementsAre("a=a", "b=b"));
  range.direction = Direction::kBackward;
  EXPECT_THAT(Collect(*reader, range), ElementsAre("c=c", "b=b"));
  range.limit = 0;
  EXPECT_THAT(Collect(*reader, range), IsEmpty());
  int visits = 0;
  EXPECT_TRUE(
      reader->Scan(Range("", ""), [&](std::string_view, std::string_view) { return ++visits < 2; })
          .ok());
  EXPECT_EQ(visits, 2);
}

TEST_P(StoreContractTest, LongScansAndReadsInsideAVisitorWork) {
  constexpr int kRows = 1000;
  ASSERT_TRUE(store_
                  ->Transact([](Transaction& tx) -> absl::Status {
                    for (int i = 0; i < kRows; ++i) {
                      ASSAY_RETURN_IF_ERROR(
                          tx.Put("k" + std::to_string(1000 + i), std::to_string(i)));
                    }
                    return absl::OkStatus();
                  })
                  .ok());
  auto reader = store_->Snapshot();
  for (const Direction direction : {Direction::kForward, Direction::kBackward}) {
    int row = 0;
    ASSERT_TRUE(reader
                    ->Scan(Range("", "", direction),
                           [&](std::string_view key, std::string_view value) {
                             const int i = direction == Direction::kForward ? row : kRows - 1 - row;
                             EXPECT_EQ(value, std::to_string(i));
                             EXPECT_EQ(reader->Get(key).value(), value);
                             ++row;
                             return true;
                           })
                    .ok());
    EXPECT_EQ(row, kRows);
  }
}

TEST_P(StoreContractTest, KeysHaveOneToMaxBytes) {
  const std::string longest(kMaxKeyBytes, 'k');
  EXPECT_TRUE(Put(longest, "1").ok());
  EXPECT_EQ(Get(longest), "1");
  for (const std::string& key : {std::string(), longest + "k"}) {
    EXPECT_EQ(ErrorReason(Put(key, "1")), "KEY_SIZE_INVALID");
    EXPECT_EQ(ErrorReason(store_->Snapshot()->Get(key).status()), "KEY_SIZE_INVALID");
    EXPECT_EQ(ErrorReason(store_->Transact([&](Transaction& tx) { return tx.Delete(key); })),
              "KEY_SIZE_INVALID");
    EXPECT_EQ(ErrorReason(store_->Transact([&](Transaction& tx) { return tx.Get(key).status(); })),
              "KEY_SIZE_INVALID");
  }
}

TEST_P(StoreContractTest, ValuesHaveAtMostMaxBytes) {
  EXPECT_TRUE(Put("a", std::string(kMaxValueBytes, 'v')).ok());
  EXPECT_EQ(Get("a")->size(), kMaxValueBytes);
  const absl::Status status = Put("a", std::string(kMaxValueBytes + 1, 'v'));
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ErrorReason(status), "VALUE_TOO_LARGE");
}

TEST_P(StoreContractTest, TransactionsHaveAtMostMaxBytes) {
  // Eight full values less the eight key bytes are exactly the limit.
  const std::string value(kMaxValueBytes - 1, 'v');
  const auto fill = [&](Transaction& tx) -> absl::Status {
    for (char key = 'a'; key < 'i'; ++key) {
      ASSAY_RETURN_IF_ERROR(tx.Put(std::string(1, key), value));
    }
    return absl::OkStatus();
  };
  static_assert(8 * kMaxValueBytes == kMaxTransactionBytes);
  EXPECT_TRUE(store_->Transact(fill).ok());
  const absl::Status status = store_->Transact([&](Transaction& tx) -> absl::Status {
    ASSAY_RETURN_IF_ERROR(fill(tx));
    return tx.Put("z", "");
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ErrorReason(status), "TRANSACTION_TOO_LARGE");
}

std::vector<Engine> Engines() {
  return {{"memory", [](const std::string&) { return std::make_unique<MemoryStore>(); }},
          {"rocksdb", [](const std::string& folder) -> std::unique_ptr<Store> {
             RocksDbOptions options;
             options.path = folder + "/db";
             auto store = RocksDbStore::Open(options);
             EXPECT_TRUE(store.ok()) << store.status();
             return store.ok() ? *std::move(store) : nullptr;
           }}};
}

INSTANTIATE_TEST_SUITE_P(Engines, StoreContractTest, ::testing::ValuesIn(Engines()),
                         [](const auto& engine) { return engine.param.name; });

}  // namespace
}  // namespace assay::storage
