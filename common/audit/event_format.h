// The stored bytes of events, heads and texts, and what is hashed. FORMAT.md describes every byte;
// golden bytes pin it. Internal to this folder and to inspection tools.

#ifndef ASSAY_COMMON_AUDIT_EVENT_FORMAT_H_
#define ASSAY_COMMON_AUDIT_EVENT_FORMAT_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "common/audit/event_log.h"

namespace assay::audit {

inline constexpr uint8_t kFormatVersion = 1;
// First byte of what is hashed, so that no hash of one kind can stand for another kind.
inline constexpr uint8_t kEventHashDomain = 0x01;
inline constexpr uint8_t kTextCommitmentDomain = 0x02;
inline constexpr size_t kSaltBytes = 16;

// A text with the salt of its commitment.
struct SaltedText {
  std::string salt;  // kSaltBytes.
  std::string text;
};

// The canonical bytes of everything in `event` but aggregate, sequence and hash. Roles must be
// sorted and unique, texts sorted by field.
std::string CanonicalEvent(const Event& event);

// 32 bytes.
std::string EventHash(std::string_view aggregate, uint64_t sequence, std::string_view previous_hash,
                      std::string_view canonical_event);
std::string TextCommitment(const SaltedText& text);

// Rows. Decoding refuses anything that encoding would not have made: DATA_LOSS
// AUDIT_ROW_MALFORMED.
std::string EncodeEventRow(std::string_view hash, std::string_view canonical_event);
absl::StatusOr<Event> DecodeEventRow(std::string_view row);  // Without aggregate and sequence.
// The canonical bytes inside an event row; only for rows that decode.
std::string_view CanonicalPart(std::string_view row);

std::string EncodeHeadRow(const ChainHead& head);
absl::StatusOr<ChainHead> DecodeHeadRow(std::string_view row);

std::string EncodeTextRow(const SaltedText& text);
absl::StatusOr<SaltedText> DecodeTextRow(std::string_view row);

// Keys.
std::string HeadKey(std::string_view aggregate);
std::string EventKey(std::string_view aggregate, uint64_t sequence);
std::string EventKeyPrefix(std::string_view aggregate);
absl::StatusOr<uint64_t> SequenceOfEventKey(std::string_view key);
std::string TextKey(std::string_view aggregate, uint64_t sequence, std::string_view field);
std::string TextKeyPrefix(std::string_view aggregate);

struct TextKeyParts {
  uint64_t sequence = 0;
  std::string field;
};
absl::StatusOr<TextKeyParts> ParseTextKey(std::string_view key);

}  // namespace assay::audit

#endif  // ASSAY_COMMON_AUDIT_EVENT_FORMAT_H_
