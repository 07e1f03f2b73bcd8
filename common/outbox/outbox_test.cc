#include "common/outbox/outbox.h"

#include <functional>
#include <string>

#include "gtest/gtest.h"

#include "common/ids/hex.h"
#include "common/status/error.h"
#include "common/storage/memory_store.h"

namespace assay::outbox {
namespace {

Message Example() {
  Message message;
  message.id = "things/t/submissions/2";
  message.destination = "review-queue";
  message.aggregate = "things/t";
  message.chain_head = {7, std::string(kSha256Bytes, '\xAB')};
  message.payload = std::string("\x00\xFF", 2);
  message.enqueued_at = absl::FromUnixMicros(0x0102030405060708);
  return message;
}

absl::Status EnqueueOne(storage::Store& store, const Message& message) {
  return store.Transact([&](storage::Transaction& tx) { return Enqueue(tx, message); });
}

TEST(OutboxFormatTest, GoldenBytes) {
  EXPECT_EQ(ToHex(MessageKey(Example())),
            "88"
            "7468696e67732f74"
            "0001"
            "0000000000000007"
            "7468696e67732f742f7375626d697373696f6e732f32"
            "0001");
  EXPECT_EQ(ToHex(EncodeMessageRow(Example())),
            "01"
            "0102030405060708"
            "abababababababababababababababababababababababababababababababab"
            "0000000c"
            "7265766965772d7175657565"
            "00000002"
            "00ff");
}

TEST(OutboxFormatTest, RoundTrips) {
  const Message message =
      DecodeMessageRow(MessageKey(Example()), EncodeMessageRow(Example())).value();
  EXPECT_EQ(message.id, Example().id);
  EXPECT_EQ(message.destination, Example().destination);
  EXPECT_EQ(message.aggregate, Example().aggregate);
  EXPECT_EQ(message.chain_head, Example().chain_head);
  EXPECT_EQ(message.payload, Example().payload);
  EXPECT_EQ(message.enqueued_at, Example().enqueued_at);
  EXPECT_EQ(EnqueuedAt(EncodeMessageRow(Example())).value(), Example().enqueued_at);
}

TEST(OutboxFormatTest, TruncatedOrLongerRowsAreMalformed) {
  const std::string key = MessageKey(Example());
  const std::string row = EncodeMessageRow(Example());
  for (size_t length = 0; length < row.size(); ++length) {
    const absl::Status status = DecodeMessageRow(key, row.substr(0, length)).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss) << length;
    EXPECT_EQ(ErrorReason(status), "OUTBOX_ROW_MALFORMED") << length;
  }
  for (size_t length = 0; length < key.size(); ++length) {
    EXPECT_EQ(ErrorReason(DecodeMessageRow(key.substr(0, length), row).status()),
              "OUTBOX_ROW_MALFORMED");
  }
  EXPECT_FALSE(DecodeMessageRow(key, row + "x").ok());
}

TEST(OutboxTest, RefusesAMessageThatIsWaiting) {
  storage::MemoryStore store;
  EXPECT_TRUE(EnqueueOne(store, Example()).ok());
  const absl::Status status = EnqueueOne(store, Example());
  EXPECT_EQ(status.code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(ErrorReason(status), "OUTBOX_MESSAGE_EXISTS");
}

void ExpectEnqueue(std::string_view refused_part, const std::function<void(Message&)>& change) {
  storage::MemoryStore store;
  Message message = Example();
  change(message);
  const absl::Status status = EnqueueOne(store, message);
  if (refused_part.empty()) {
    EXPECT_TRUE(status.ok()) << status;
    return;
  }
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << refused_part;
  EXPECT_EQ(ErrorReason(status), "OUTBOX_MESSAGE_INVALID") << refused_part;
  EXPECT_EQ(ErrorMetadata(status, "part"), refused_part);
}

TEST(OutboxTest, HasLimits) {
  const std::string longest(kMaxMessageNameBytes, 'n');
  ExpectEnqueue("", [&](Message& m) { m.id = longest; });
  ExpectEnqueue("id", [&](Message& m) { m.id = longest + "n"; });
  ExpectEnqueue("id", [](Message& m) { m.id = ""; });
  ExpectEnqueue("", [&](Message& m) { m.destination = longest; });
  ExpectEnqueue("destination", [&](Message& m) { m.destination = longest + "n"; });
  ExpectEnqueue("destination", [](Message& m) { m.destination = ""; });
  ExpectEnqueue("", [&](Message& m) { m.aggregate = longest; });
  ExpectEnqueue("aggregate", [&](Message& m) { m.aggregate = longest + "n"; });
  ExpectEnqueue("aggregate", [](Message& m) { m.aggregate = ""; });
  ExpectEnqueue("chain_head", [](Message& m) { m.chain_head = audit::EmptyHead(); });
  ExpectEnqueue("chain_head", [](Message& m) { m.chain_head.hash = "short"; });
  ExpectEnqueue("", [](Message& m) { m.payload = std::string(kMaxPayloadBytes, 'p'); });
  ExpectEnqueue("payload", [](Message& m) { m.payload = std::string(kMaxPayloadBytes + 1, 'p'); });
  ExpectEnqueue("enqueued_at", [](Message& m) { m.enqueued_at = absl::InfiniteFuture(); });
}

}  // namespace
}  // namespace assay::outbox
