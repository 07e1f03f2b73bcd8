// Whatever is changed, reordered or removed behind the log's back, VerifyChain finds it.

#include <optional>
#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "common/audit/event_format.h"
#include "common/audit/event_log.h"
#include "common/ids/hex.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "common/storage/memory_store.h"

namespace assay::audit {
namespace {

constexpr std::string_view kAggregate = "things/t";

class VerifyChainTest : public ::testing::Test {
 protected:
  // Four events; the second has a text.
  void SetUp() override {
    for (int i = 1; i <= 4; ++i) {
      EventDraft draft;
      draft.aggregate = std::string(kAggregate);
      draft.time = absl::FromUnixSeconds(1780304400 + i);
      draft.actor = {"alice", "organisations/o", {"assessor"}};
      draft.type = "THING_DONE";
      draft.body = "body " + std::to_string(i);
      if (i == 2) draft.texts = {{"reason", "because"}};
      ASSERT_TRUE(store_
                      .Transact([&](storage::Transaction& tx) -> absl::Status {
                        ASSAY_ASSIGN_OR_RETURN(const ChainHead head, Append(tx, ids_, draft));
                        heads_[i] = head;
                        return absl::OkStatus();
                      })
                      .ok());
    }
  }

  std::string Row(const std::string& key) { return store_.Snapshot()->Get(key).value().value(); }

  void Write(const std::string& key, const std::optional<std::string>& row) {
    ASSERT_TRUE(store_
                    .Transact([&](storage::Transaction& tx) {
                      return row.has_value() ? tx.Put(key, *row) : tx.Delete(key);
                    })
                    .ok());
  }

  void ExpectBroken(uint64_t sequence, std::string_view problem,
                    const std::vector<ChainHead>& witnesses = {}) {
    const absl::Status status = VerifyChain(*store_.Snapshot(), kAggregate, witnesses);
    EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
    EXPECT_EQ(ErrorReason(status), "AUDIT_CHAIN_BROKEN");
    EXPECT_EQ(ErrorMetadata(status, "aggregate"), kAggregate);
    EXPECT_EQ(ErrorMetadata(status, "sequence"), std::to_string(sequence));
    if (!problem.empty()) {
      EXPECT_EQ(ErrorMetadata(status, "problem"), problem);
    }
  }

  FakeIdSource ids_;
  storage::MemoryStore store_;
  ChainHead heads_[5];
};

TEST_F(VerifyChainTest, AcceptsAWholeChainAndAnEmptyOne) {
  EXPECT_TRUE(VerifyChain(*store_.Snapshot(), kAggregate).ok());
  EXPECT_TRUE(VerifyChain(*store_.Snapshot(), kAggregate, {heads_[2], heads_[4]}).ok());
  EXPECT_TRUE(VerifyChain(*store_.Snapshot(), "things/never").ok());
}

TEST_F(VerifyChainTest, FindsAChangeOfAnyByteOfAnEvent) {
  const std::string key = EventKey(kAggregate, 2);
  const std::string row = Row(key);
  for (size_t i = 0; i < row.size(); ++i) {
    std::string changed = row;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    Write(key, changed);
    ExpectBroken(2, "");
  }
  Write(key, row);
  EXPECT_TRUE(VerifyChain(*store_.Snapshot(), kAggregate).ok());
}

TEST_F(VerifyChainTest, FindsAChangedBodyWithItsHashMadeToFit) {
  const std::string key = EventKey(kAggregate, 2);
  Event event = DecodeEventRow(Row(key)).value();
  event.body = "forged";
  const std::string canonical = CanonicalEvent(event);
  Write(key, EncodeEventRow(EventHash(kAggregate, 2, heads_[1].hash, canonical), canonical));
  ExpectBroken(3, "HASH_MISMATCH");
}

TEST_F(VerifyChainTest, FindsSwappedEvents) {
  const std::string second = Row(EventKey(kAggregate, 2));
  Write(EventKey(kAggregate, 2), Row(EventKey(kAggregate, 3)));
  Write(EventKey(kAggregate, 3), second);
  ExpectBroken(2, "HASH_MISMATCH");
}

TEST_F(VerifyChainTest, FindsARemovedEvent) {
  const std::string third = Row(EventKey(kAggregate, 3));
  Write(EventKey(kAggregate, 3), std::nullopt);
  ExpectBroken(3, "SEQUENCE_GAP");
  // Closing the gap does not help.
  Write(EventKey(kAggregate, 3), Row(EventKey(kAggregate, 4)));
  Write(EventKey(kAggregate, 4), std::nullopt);
  ExpectBroken(3, "HASH_MISMATCH");
}

TEST_F(VerifyChainTest, FindsARemovedFirstOrLastEvent) {
  const std::string last = Row(EventKey(kAggregate, 4));
  Write(EventKey(kAggregate, 4), std::nullopt);
  ExpectBroken(4, "HEAD_MISMATCH");
  Write(EventKey(kAggregate, 4), last);
  Write(EventKey(kAggregate, 1), std::nullopt);
  ExpectBroken(1, "SEQUENCE_GAP");
}

TEST_F(VerifyChainTest, FindsAChangedOrMissingHead) {
  Write(HeadKey(kAggregate), EncodeHeadRow({4, heads_[3].hash}));
  ExpectBroken(4, "HEAD_MISMATCH");
  Write(HeadKey(kAggregate), "garbage");
  ExpectBroken(4, "ROW_MALFORMED");
  Write(HeadKey(kAggregate), std::nullopt);
  ExpectBroken(1, "HEAD_MISMATCH");
}

TEST_F(VerifyChainTest, WitnessesFindACutEndAndARewrittenChain) {
  Write(EventKey(kAggregate, 4), std::nullopt);
  Write(HeadKey(kAggregate), EncodeHeadRow(heads_[3]));
  EXPECT_TRUE(VerifyChain(*store_.Snapshot(), kAggregate).ok());
  ExpectBroken(4, "WITNESS_MISMATCH", {heads_[4]});

  // Event 3 rewritten together with the head: consistent in itself, but not what was told.
  Event event = DecodeEventRow(Row(EventKey(kAggregate, 3))).value();
  event.body = "forged";
  const std::string canonical = CanonicalEvent(event);
  const std::string hash = EventHash(kAggregate, 3, heads_[2].hash, canonical);
  Write(EventKey(kAggregate, 3), EncodeEventRow(hash, canonical));
  Write(HeadKey(kAggregate), EncodeHeadRow({3, hash}));
  EXPECT_TRUE(VerifyChain(*store_.Snapshot(), kAggregate).ok());
  ExpectBroken(3, "WITNESS_MISMATCH", {heads_[3]});
}

TEST_F(VerifyChainTest, FindsAChangedText) {
  const std::string key = TextKey(kAggregate, 2, "reason");
  const std::string row = Row(key);
  for (size_t i = 0; i < row.size(); ++i) {
    std::string changed = row;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    Write(key, changed);
    ExpectBroken(2, i == 0 ? "ROW_MALFORMED" : "TEXT_MISMATCH");
  }
}

TEST_F(VerifyChainTest, FindsATextThatNoEventKnows) {
  const std::string row = Row(TextKey(kAggregate, 2, "reason"));
  Write(TextKey(kAggregate, 2, "remark"), row);
  ExpectBroken(2, "TEXT_WITHOUT_EVENT");
  Write(TextKey(kAggregate, 2, "remark"), std::nullopt);
  Write(TextKey(kAggregate, 9, "reason"), row);
  ExpectBroken(9, "TEXT_WITHOUT_EVENT");
}

TEST_F(VerifyChainTest, AnEventOfAnotherAggregateDoesNotFit) {
  EventDraft draft;
  draft.aggregate = "things/u";
  draft.time = absl::FromUnixSeconds(1780304401);
  draft.actor = {"alice", "organisations/o", {"assessor"}};
  draft.type = "THING_DONE";
  draft.body = "body 1";
  ASSERT_TRUE(
      store_.Transact([&](storage::Transaction& tx) { return Append(tx, ids_, draft).status(); })
          .ok());
  Write(EventKey(kAggregate, 1), Row(EventKey("things/u", 1)));
  ExpectBroken(1, "HASH_MISMATCH");
}

}  // namespace
}  // namespace assay::audit
