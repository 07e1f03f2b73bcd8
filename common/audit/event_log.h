// The hash-chained event log of an aggregate: who did what, when and why, in an order nobody can
// change unseen. The event log is the truth; other rows of an aggregate are a cache of it.
//
// An aggregate is named by its resource name ("assessments/a1"). Its events are numbered from 1
// without gaps. Each event's hash covers the previous event's hash (FORMAT.md), so changing,
// reordering or removing any event breaks the chain from there on. Rewriting everything including
// the head is found by comparing with heads that were told to others: every outbox message carries
// one (see `witnesses` of VerifyChain).
//
// Free text and personal data are not hashed themselves: a salted commitment is, and salt and text
// stand in a row of their own. EraseText removes that row; the chain still verifies.
//
// All functions are thread-safe over different transactions. Append reads and writes the head row
// of the aggregate, so of two concurrent commands on one aggregate the second is run again.

#ifndef ASSAY_COMMON_AUDIT_EVENT_LOG_H_
#define ASSAY_COMMON_AUDIT_EVENT_LOG_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "common/ids/id_source.h"
#include "common/storage/store.h"

namespace assay::audit {

inline constexpr size_t kMaxNameBytes = 256;  // Aggregate, subject, organisation, role, text field.
inline constexpr size_t kMaxTypeBytes = 64;
inline constexpr size_t kMaxRoles = 16;
inline constexpr size_t kMaxBodyBytes = 2 * 1024 * 1024;
inline constexpr size_t kMaxTexts = 1024;
inline constexpr size_t kMaxTextBytes = 64 * 1024;

// The last event of an aggregate.
struct ChainHead {
  uint64_t sequence = 0;  // 0: no event yet.
  std::string hash;       // 32 bytes; all zero when there is no event yet.

  friend bool operator==(const ChainHead&, const ChainHead&) = default;
};

// The head of an aggregate without events.
ChainHead EmptyHead();

struct Actor {
  std::string subject;             // Required. Who, as in the verified token.
  std::string organisation;        // "organisations/o1", or empty.
  std::vector<std::string> roles;  // Kept sorted and without duplicates.

  friend bool operator==(const Actor&, const Actor&) = default;
};

// A text a person wrote, with the field it belongs to ("results/2300/override/reasoning").
struct NamedText {
  std::string field;
  std::string text;
};

// An event to be appended.
struct EventDraft {
  std::string aggregate;
  absl::Time time;  // Kept in whole microseconds, rounded down.
  Actor actor;
  std::string type;              // UPPER_SNAKE, such as "ASSESSMENT_SUBMITTED".
  std::string body;              // The caller's own canonical bytes; opaque here. No personal data.
  std::vector<NamedText> texts;  // Fields must differ; kept sorted by field.
};

// A text as read back.
struct EventText {
  std::string field;
  std::string commitment;           // 32 bytes.
  std::optional<std::string> text;  // nullopt: erased.
};

struct Event {
  std::string aggregate;
  uint64_t sequence = 0;
  absl::Time time;
  Actor actor;
  std::string type;
  std::string body;
  std::vector<EventText> texts;
  std::string hash;  // 32 bytes, as stored; VerifyChain checks it.
};

// Adds one event and returns the new head. Salts come from `ids`.
// INVALID_ARGUMENT AUDIT_EVENT_INVALID with metadata "part" when the draft breaks a limit above.
absl::StatusOr<ChainHead> Append(storage::Transaction& tx, IdSource& ids, EventDraft draft);

// EmptyHead() when the aggregate has no event.
absl::StatusOr<ChainHead> ReadHead(storage::Reader& reader, std::string_view aggregate);

// Up to `limit` events with a sequence above `after_sequence`, in order. DATA_LOSS
// AUDIT_ROW_MALFORMED when a row does not decode; hashes are not checked here.
absl::StatusOr<std::vector<Event>> List(storage::Reader& reader, std::string_view aggregate,
                                        uint64_t after_sequence, size_t limit);

// OK when the events from 1 to the head are all there, in order, with the hashes they must have;
// the texts still present match their commitments; and every head in `witnesses` is on the chain.
// Otherwise DATA_LOSS AUDIT_CHAIN_BROKEN with metadata aggregate, sequence (the first bad one) and
// problem: ROW_MALFORMED, SEQUENCE_GAP, HASH_MISMATCH, TEXT_MISMATCH, TEXT_WITHOUT_EVENT,
// HEAD_MISMATCH or WITNESS_MISMATCH. Give it a snapshot: it reads the whole chain.
absl::Status VerifyChain(storage::Reader& reader, std::string_view aggregate,
                         const std::vector<ChainHead>& witnesses = {});

// Removes text and salt of one field of one event for good. Erasing twice is fine. NOT_FOUND
// AUDIT_TEXT_NOT_FOUND when there is no such event or it never had the field. That texts were
// erased, by whom and why, is for the caller to append as an event of its own.
absl::Status EraseText(storage::Transaction& tx, std::string_view aggregate, uint64_t sequence,
                       std::string_view field);

}  // namespace assay::audit

#endif  // ASSAY_COMMON_AUDIT_EVENT_LOG_H_
