#include "common/idempotency/idempotency.h"

#include <string>
#include <thread>

#include "gtest/gtest.h"

#include "common/ids/hex.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "common/storage/key_codec.h"
#include "common/storage/memory_store.h"

namespace assay::idempotency {
namespace {

const absl::Time kTime = absl::FromUnixSeconds(1780304400);

class IdempotencyTest : public ::testing::Test {
 protected:
  RequestKey Key(std::string_view request_id = "r-1") {
    return {"alice", "/assay.x.v1.X/Create", request_id, fingerprint_};
  }

  absl::Status RememberOne(const RequestKey& key, std::string_view response) {
    return store_.Transact(
        [&](storage::Transaction& tx) { return Remember(tx, key, response, kTime); });
  }

  absl::StatusOr<std::optional<std::string>> LookupOne(const RequestKey& key) {
    return Lookup(*store_.Snapshot(), key);
  }

  const std::string fingerprint_ = Sha256("content");
  const std::string other_fingerprint_ = Sha256("other content");
  storage::MemoryStore store_;
};

TEST_F(IdempotencyTest, GivesTheFirstAnswerAgain) {
  EXPECT_EQ(LookupOne(Key()).value(), std::nullopt);
  ASSERT_TRUE(RememberOne(Key(), "answer").ok());
  EXPECT_EQ(LookupOne(Key()).value(), "answer");
}

TEST_F(IdempotencyTest, AnEmptyAnswerIsAnAnswer) {
  ASSERT_TRUE(RememberOne(Key(), "").ok());
  EXPECT_EQ(LookupOne(Key()).value(), "");
}

TEST_F(IdempotencyTest, RefusesTheIdForOtherContent) {
  ASSERT_TRUE(RememberOne(Key(), "answer").ok());
  RequestKey other = Key();
  other.fingerprint = other_fingerprint_;
  const absl::Status status = LookupOne(other).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ErrorReason(status), "REQUEST_ID_REUSED");
  ASSERT_EQ(ErrorFields(status).size(), 1u);
  EXPECT_EQ(ErrorFields(status)[0].field, "request_id");
  EXPECT_EQ(ErrorReason(RememberOne(other, "x")), "REQUEST_ID_REUSED");
  EXPECT_EQ(ErrorReason(RememberOne(Key(), "x")), "REQUEST_ID_REUSED");
  EXPECT_EQ(LookupOne(Key()).value(), "answer");
}

TEST_F(IdempotencyTest, CallersMethodsAndIdsAreApart) {
  ASSERT_TRUE(RememberOne(Key(), "answer").ok());
  RequestKey key = Key("r-2");
  EXPECT_EQ(LookupOne(key).value(), std::nullopt);
  key = Key();
  key.caller = "bob";
  EXPECT_EQ(LookupOne(key).value(), std::nullopt);
  key = Key();
  key.method = "/assay.x.v1.X/Update";
  EXPECT_EQ(LookupOne(key).value(), std::nullopt);
}

TEST_F(IdempotencyTest, OfTwoConcurrentSendsOneDoesTheWork) {
  const auto send = [&] {
    const absl::Status status = store_.Transact([&](storage::Transaction& tx) -> absl::Status {
      ASSAY_ASSIGN_OR_RETURN(const std::optional<std::string> answer, Lookup(tx, Key()));
      if (answer.has_value()) return absl::OkStatus();
      ASSAY_ASSIGN_OR_RETURN(const std::optional<std::string> done, tx.Get("done"));
      ASSAY_RETURN_IF_ERROR(tx.Put("done", done.value_or("") + "x"));
      return Remember(tx, Key(), "answer", kTime);
    });
    EXPECT_TRUE(status.ok()) << status;
  };
  std::thread first(send);
  std::thread second(send);
  first.join();
  second.join();
  EXPECT_EQ(store_.Snapshot()->Get("done").value(), "x");
}

TEST_F(IdempotencyTest, RequestIdsHaveOneTo64PlainCharacters) {
  const std::string longest(kMaxRequestIdCharacters, 'a');
  for (const std::string& id : {std::string("a"), std::string("A-Z_09"), longest}) {
    EXPECT_TRUE(CheckRequestId(id).ok()) << id;
    EXPECT_TRUE(LookupOne(Key(id)).ok()) << id;
  }
  for (const std::string& id :
       {std::string(), longest + "a", std::string("a b"), std::string("a/b"),
        std::string("\xC3\xA9"), std::string("a\0", 2)}) {
    const absl::Status status = LookupOne(Key(id)).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << id;
    EXPECT_EQ(ErrorReason(status), "REQUEST_ID_INVALID") << id;
    ASSERT_EQ(ErrorFields(status).size(), 1u);
    EXPECT_EQ(ErrorFields(status)[0].field, "request_id");
    EXPECT_EQ(ErrorReason(RememberOne(Key(id), "x")), "REQUEST_ID_INVALID") << id;
  }
}

TEST_F(IdempotencyTest, KeysOfImpossibleSizeAreOurOwnFault) {
  const std::string long_text(kMaxCallerBytes + 1, 'x');
  RequestKey key = Key();
  key.caller = std::string_view(long_text).substr(1);
  EXPECT_TRUE(LookupOne(key).ok());
  key.caller = long_text;
  EXPECT_EQ(ErrorReason(LookupOne(key).status()), "IDEMPOTENCY_KEY_INVALID");
  key = Key();
  key.method = std::string_view(long_text).substr(1);
  EXPECT_TRUE(LookupOne(key).ok());
  key.method = long_text;
  EXPECT_EQ(ErrorReason(LookupOne(key).status()), "IDEMPOTENCY_KEY_INVALID");
  key = Key();
  key.fingerprint = "short";
  EXPECT_EQ(ErrorReason(LookupOne(key).status()), "IDEMPOTENCY_KEY_INVALID");
}

TEST_F(IdempotencyTest, AnswersHaveAtMostMaxBytes) {
  EXPECT_TRUE(RememberOne(Key("at"), std::string(kMaxResponseBytes, 'x')).ok());
  const absl::Status status = RememberOne(Key("past"), std::string(kMaxResponseBytes + 1, 'x'));
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ErrorReason(status), "RESPONSE_TOO_LARGE");
}

TEST_F(IdempotencyTest, StoredBytesArePinned) {
  ASSERT_TRUE(RememberOne(Key(), "answer").ok());
  const std::string key = storage::KeyBuilder(storage::kIdempotencyFamily)
                              .String("alice")
                              .String("/assay.x.v1.X/Create")
                              .String("r-1")
                              .Build();
  const std::optional<std::string> row = store_.Snapshot()->Get(key).value();
  ASSERT_TRUE(row.has_value());
  EXPECT_EQ(ToHex(*row), "01" + ToHex(fingerprint_) + "0006532d6b5aa400" + ToHex("answer"));
}

TEST_F(IdempotencyTest, DamagedRecordsAreDataLoss) {
  ASSERT_TRUE(RememberOne(Key(), "answer").ok());
  std::string record_key;
  ASSERT_TRUE(store_.Snapshot()
                  ->Scan({},
                         [&](std::string_view key, std::string_view) {
                           record_key = std::string(key);
                           return true;
                         })
                  .ok());
  for (const std::string& row :
       {std::string(), std::string("\x01short"), std::string(60, '\x02')}) {
    ASSERT_TRUE(
        store_.Transact([&](storage::Transaction& tx) { return tx.Put(record_key, row); }).ok());
    const absl::Status status = LookupOne(Key()).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
    EXPECT_EQ(ErrorReason(status), "IDEMPOTENCY_ROW_MALFORMED");
  }
}

}  // namespace
}  // namespace assay::idempotency
