// What only the durable engine promises: surviving reopening, and how it fails.

#include "common/storage/rocksdb_store.h"

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <sys/resource.h>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rocksdb/status.h"

#include "common/status/error.h"
#include "common/status/macros.h"
#include "common/storage/rocksdb_status.h"
#include "common/sync/mutex.h"
#include "common/testing/temp_dir.h"

namespace assay::storage {
namespace {

using ::testing::AnyOf;
using ::testing::Eq;

class RocksDbStoreTest : public ::testing::Test {
 protected:
  absl::Status Open() {
    store_.reset();
    RocksDbOptions options;
    options.path = folder_.path() + "/deep/er/db";
    options.log_sink = [this](std::string_view severity, std::string_view) {
      MutexLock lock(mutex_);
      severities_.emplace_back(severity);
    };
    auto store = RocksDbStore::Open(options);
    ASSAY_RETURN_IF_ERROR(store.status());
    store_ = *std::move(store);
    return absl::OkStatus();
  }

  absl::Status Put(std::string_view key, std::string_view value) {
    return store_->Transact([&](Transaction& tx) { return tx.Put(key, value); });
  }

  std::optional<std::string> Get(std::string_view key) {
    return store_->Snapshot()->Get(key).value();
  }

  std::vector<std::filesystem::path> FilesEndingIn(std::string_view suffix) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path() + "/deep/er/db")) {
      if (entry.path().extension() == suffix) files.push_back(entry.path());
    }
    return files;
  }

  const testing_kit::TempDir folder_;
  Mutex mutex_;
  std::vector<std::string> severities_ ASSAY_GUARDED_BY(mutex_);
  // Last, so that it closes first: its background threads log into what stands above.
  std::unique_ptr<RocksDbStore> store_;
};

TEST_F(RocksDbStoreTest, KeepsDataAcrossReopening) {
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Put("a", "1").ok());
  ASSERT_TRUE(Open().ok());
  EXPECT_EQ(Get("a"), "1");
  ASSERT_TRUE(Put("a", "2").ok());
  ASSERT_TRUE(Open().ok());
  EXPECT_EQ(Get("a"), "2");
}

TEST_F(RocksDbStoreTest, WritesNoLogFileOfItsOwn) {
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Put("a", "1").ok());
  EXPECT_FALSE(std::filesystem::exists(folder_.path() + "/deep/er/db/LOG"));
}

TEST_F(RocksDbStoreTest, RefusesAFolderThatIsOpen) {
  ASSERT_TRUE(Open().ok());
  RocksDbOptions options;
  options.path = folder_.path() + "/deep/er/db";
  const absl::Status second = RocksDbStore::Open(options).status();
  EXPECT_EQ(second.code(), absl::StatusCode::kFailedPrecondition) << second;
  EXPECT_EQ(ErrorReason(second), "STORE_LOCKED");
}

TEST_F(RocksDbStoreTest, RefusesAPathThatCannotBeAFolder) {
  std::ofstream(folder_.path() + "/file") << "x";
  RocksDbOptions options;
  options.path = folder_.path() + "/file/db";
  EXPECT_EQ(ErrorReason(RocksDbStore::Open(options).status()), "STORE_IO_ERROR");
  options.path = "";
  EXPECT_EQ(ErrorReason(RocksDbStore::Open(options).status()), "STORE_IO_ERROR");
}

TEST_F(RocksDbStoreTest, DamagedTablesAreDataLoss) {
  ASSERT_TRUE(Open().ok());
  // More than one write buffer, so that tables are written.
  for (int i = 0; i < 12; ++i) {
    ASSERT_TRUE(Put("k" + std::to_string(i), std::string(1024 * 1024, 'x')).ok());
  }
  ASSERT_TRUE(Open().ok());
  store_.reset();
  const auto tables = FilesEndingIn(".sst");
  ASSERT_FALSE(tables.empty());
  for (const auto& table : tables) {
    std::fstream file(table, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(100);
    file.write("damage", 6);
  }
  ASSERT_TRUE(Open().ok());
  const absl::Status status = store_->Snapshot()->Get("k0").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss) << status;
  EXPECT_EQ(ErrorReason(status), "STORE_CORRUPT");
}

TEST_F(RocksDbStoreTest, AMissingTableIsDataLoss) {
  ASSERT_TRUE(Open().ok());
  for (int i = 0; i < 12; ++i) {
    ASSERT_TRUE(Put("k" + std::to_string(i), std::string(1024 * 1024, 'x')).ok());
  }
  ASSERT_TRUE(Open().ok());
  store_.reset();
  for (const auto& table : FilesEndingIn(".sst")) std::filesystem::remove(table);
  const absl::Status status = Open();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss) << status;
}

// Makes every file stop growing at `bytes`, as a full disk would.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    getrlimit(RLIMIT_FSIZE, &before_);
    rlimit limit = before_;
    limit.rlim_cur = bytes;
    old_handler_ = std::signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, old_handler_);
  }

 private:
  rlimit before_{};
  void (*old_handler_)(int) = nullptr;
};

TEST_F(RocksDbStoreTest, AFailedLogWriteIsUnknownAndStopsFurtherWrites) {
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Put("a", "1").ok());
  {
    const FileSizeLimit limit(64 * 1024);
    const absl::Status failed = Put("b", std::string(1024 * 1024, 'x'));
    EXPECT_EQ(failed.code(), absl::StatusCode::kUnavailable) << failed;
    EXPECT_EQ(ErrorReason(failed), "COMMIT_OUTCOME_UNKNOWN");
  }
  EXPECT_EQ(ErrorReason(store_->Health()), "STORE_UNHEALTHY");
  EXPECT_EQ(ErrorReason(Put("c", "3")), "STORE_UNHEALTHY");
  EXPECT_EQ(Get("a"), "1");
  ASSERT_TRUE(Open().ok());
  EXPECT_TRUE(store_->Health().ok());
  EXPECT_EQ(Get("a"), "1");
  EXPECT_EQ(Get("c"), std::nullopt);
  EXPECT_TRUE(Put("c", "3").ok());
}

TEST(RocksDbStatusTest, TranslatesEveryKindWeMeet) {
  struct Case {
    rocksdb::Status status;
    absl::StatusCode code;
    std::string reason;
  };
  const Case cases[] = {
      {rocksdb::Status::Corruption("x"), absl::StatusCode::kDataLoss, "STORE_CORRUPT"},
      {rocksdb::Status::PathNotFound("x"), absl::StatusCode::kDataLoss, "STORE_CORRUPT"},
      {rocksdb::Status::IOError("x"), absl::StatusCode::kUnavailable, "STORE_IO_ERROR"},
      {rocksdb::Status::NoSpace("x"), absl::StatusCode::kUnavailable, "STORE_IO_ERROR"},
      {rocksdb::Status::ShutdownInProgress("x"), absl::StatusCode::kUnavailable, "STORE_IO_ERROR"},
      {rocksdb::Status::IOError("While lock file: /db/LOCK", "busy"),
       absl::StatusCode::kFailedPrecondition, "STORE_LOCKED"},
      {rocksdb::Status::InvalidArgument("x"), absl::StatusCode::kInternal, "STORE_INTERNAL"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(FromRocksDb(c.status).code(), c.code) << c.status.ToString();
    EXPECT_EQ(ErrorReason(FromRocksDb(c.status)), c.reason) << c.status.ToString();
  }
  EXPECT_TRUE(FromRocksDb(rocksdb::Status::OK()).ok());
  EXPECT_TRUE(IsConflict(rocksdb::Status::Busy()));
  EXPECT_TRUE(IsConflict(rocksdb::Status::TryAgain()));
  EXPECT_FALSE(IsConflict(rocksdb::Status::IOError()));
}

}  // namespace
}  // namespace assay::storage
