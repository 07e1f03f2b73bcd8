#include "common/outbox/outbox.h"

#include <cstdint>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"

#include "common/ids/hex.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "common/storage/key_codec.h"
#include "common/storage/value_codec.h"
#include "common/text/view.h"

namespace assay::outbox {
namespace {

constexpr uint8_t kFormatVersion = 1;

absl::Status MessageInvalid(std::string_view part, std::string_view problem) {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "OUTBOX_MESSAGE_INVALID")
      .Message(absl::StrCat("outbox message: ", ToAbsl(part), " ", ToAbsl(problem)))
      .Metadata("part", part)
      .Build();
}

absl::Status MessageExists(const Message& message) {
  return ErrorBuilder(absl::StatusCode::kAlreadyExists, "OUTBOX_MESSAGE_EXISTS")
      .Message(absl::StrCat("outbox message ", message.id, " is waiting already"))
      .Metadata("message", message.id)
      .Build();
}

absl::Status RowMalformed(std::string_view key) {
  return ErrorBuilder(absl::StatusCode::kDataLoss, "OUTBOX_ROW_MALFORMED")
      .Message("stored outbox row does not decode")
      .Metadata("key", ToHex(key))
      .Build();
}

absl::Status CheckName(std::string_view part, std::string_view name) {
  if (name.empty() || name.size() > kMaxMessageNameBytes) {
    return MessageInvalid(part, absl::StrCat("has ", name.size(), " bytes; 1 to ",
                                             kMaxMessageNameBytes, " are allowed"));
  }
  return absl::OkStatus();
}

absl::Status CheckMessage(const Message& message) {
  ASSAY_RETURN_IF_ERROR(CheckName("id", message.id));
  ASSAY_RETURN_IF_ERROR(CheckName("destination", message.destination));
  ASSAY_RETURN_IF_ERROR(CheckName("aggregate", message.aggregate));
  if (message.chain_head.sequence == 0 || message.chain_head.hash.size() != kSha256Bytes) {
    return MessageInvalid("chain_head", "names no event; append the event first");
  }
  if (message.payload.size() > kMaxPayloadBytes) {
    return MessageInvalid("payload",
                          absl::StrCat("has ", message.payload.size(), " bytes; at most ",
                                       kMaxPayloadBytes, " are allowed"));
  }
  if (message.enqueued_at == absl::InfiniteFuture() ||
      message.enqueued_at == absl::InfinitePast()) {
    return MessageInvalid("enqueued_at", "is infinite");
  }
  return absl::OkStatus();
}

}  // namespace

std::string MessageKey(const Message& message) {
  return storage::KeyBuilder(storage::kOutboxFamily)
      .String(message.aggregate)
      .U64(message.chain_head.sequence)
      .String(message.id)
      .Build();
}

std::string EncodeMessageRow(const Message& message) {
  return storage::ValueWriter()
      .U8(kFormatVersion)
      .I64(absl::ToUnixMicros(message.enqueued_at))
      .Fixed(message.chain_head.hash)
      .String(message.destination)
      .String(message.payload)
      .Take();
}

absl::StatusOr<absl::Time> EnqueuedAt(std::string_view value) {
  storage::ValueReader in(value);
  in.Require(in.U8() == kFormatVersion);
  const absl::Time time = absl::FromUnixMicros(in.I64());
  if (!in.good()) return RowMalformed("");
  return time;
}

absl::StatusOr<Message> DecodeMessageRow(std::string_view key, std::string_view value) {
  Message message;
  storage::KeyParser parser(key, storage::kOutboxFamily);
  message.aggregate = parser.String();
  message.chain_head.sequence = parser.U64();
  message.id = parser.String();
  if (!parser.Finish().ok()) return RowMalformed(key);
  storage::ValueReader in(value);
  in.Require(in.U8() == kFormatVersion);
  message.enqueued_at = absl::FromUnixMicros(in.I64());
  message.chain_head.hash = std::string(in.Fixed(kSha256Bytes));
  message.destination = std::string(in.String());
  message.payload = std::string(in.String());
  if (!in.Finished()) return RowMalformed(key);
  return message;
}

absl::Status Enqueue(storage::Transaction& tx, const Message& message) {
  ASSAY_RETURN_IF_ERROR(CheckMessage(message));
  const std::string key = MessageKey(message);
  ASSAY_ASSIGN_OR_RETURN(const std::optional<std::string> waiting, tx.Get(key));
  if (waiting.has_value()) return MessageExists(message);
  return tx.Put(key, EncodeMessageRow(message));
}

}  // namespace assay::outbox
