// Messages to other services that are committed together with the change they tell of. A Relay
// (relay.h) delivers them afterwards, at least once; receivers de-duplicate by Message::id.

#ifndef ASSAY_COMMON_OUTBOX_OUTBOX_H_
#define ASSAY_COMMON_OUTBOX_OUTBOX_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "common/audit/event_log.h"
#include "common/storage/store.h"

namespace assay::outbox {

inline constexpr size_t kMaxMessageNameBytes = 256;  // id, destination, aggregate.
inline constexpr size_t kMaxPayloadBytes = 1024 * 1024;

struct Message {
  std::string id;           // Unique; chosen by the sender: "assessments/a1/submissions/2".
  std::string destination;  // What to do with it, in the words of the sender's deliver callback.
  std::string aggregate;    // Messages of one aggregate are delivered in chain order.
  audit::ChainHead chain_head;  // The aggregate's head including the event this message tells of.
  std::string payload;          // Opaque here.
  absl::Time enqueued_at;       // Whole microseconds are kept.
};

// Adds `message` to the transaction. INVALID_ARGUMENT OUTBOX_MESSAGE_INVALID with metadata "part"
// when it breaks a limit; ALREADY_EXISTS OUTBOX_MESSAGE_EXISTS when it is still waiting.
absl::Status Enqueue(storage::Transaction& tx, const Message& message);

// The row format, shared with the relay and with inspection tools. FORMAT.md describes it.
std::string MessageKey(const Message& message);
std::string EncodeMessageRow(const Message& message);
// Both DATA_LOSS OUTBOX_ROW_MALFORMED.
absl::StatusOr<absl::Time> EnqueuedAt(std::string_view value);  // Without decoding the rest.
absl::StatusOr<Message> DecodeMessageRow(std::string_view key, std::string_view value);

}  // namespace assay::outbox

#endif  // ASSAY_COMMON_OUTBOX_OUTBOX_H_
