#include "common/audit/event_format.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "absl/strings/str_cat.h"

#include "common/ids/hex.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "common/storage/key_codec.h"
#include "common/storage/value_codec.h"
#include "common/text/view.h"

namespace assay::audit {
namespace {

using storage::KeyBuilder;
using storage::KeyParser;
using storage::ValueReader;
using storage::ValueWriter;

absl::Status RowMalformed(std::string_view kind) {
  return ErrorBuilder(absl::StatusCode::kDataLoss, "AUDIT_ROW_MALFORMED")
      .Message(absl::StrCat("stored ", ToAbsl(kind), " row does not decode"))
      .Metadata("kind", kind)
      .Build();
}

template <typename Items, typename Less>
bool StrictlyIncreasing(const Items& items, Less less) {
  return std::adjacent_find(items.begin(), items.end(), [&](const auto& a, const auto& b) {
           return !less(a, b);
         }) == items.end();
}

// What CanonicalEvent wrote. The order checks make the encoding unique.
void ScanCanonicalEvent(ValueReader& in, Event& event) {
  event.time = absl::FromUnixMicros(in.I64());
  event.actor.subject = std::string(in.String());
  event.actor.organisation = std::string(in.String());
  for (size_t i = in.Count(4); i > 0; --i) event.actor.roles.emplace_back(in.String());
  event.type = std::string(in.String());
  event.body = std::string(in.String());
  for (size_t i = in.Count(4 + kSha256Bytes); i > 0; --i) {
    EventText text;
    text.field = std::string(in.String());
    text.commitment = std::string(in.Fixed(kSha256Bytes));
    event.texts.push_back(std::move(text));
  }
  in.Require(StrictlyIncreasing(event.actor.roles, std::less<>()));
  in.Require(StrictlyIncreasing(
      event.texts, [](const EventText& a, const EventText& b) { return a.field < b.field; }));
}

}  // namespace

std::string CanonicalEvent(const Event& event) {
  ValueWriter out;
  out.I64(absl::ToUnixMicros(event.time))
      .String(event.actor.subject)
      .String(event.actor.organisation)
      .U32(static_cast<uint32_t>(event.actor.roles.size()));
  for (const std::string& role : event.actor.roles) out.String(role);
  out.String(event.type).String(event.body).U32(static_cast<uint32_t>(event.texts.size()));
  for (const EventText& text : event.texts) out.String(text.field).Fixed(text.commitment);
  return out.Take();
}

std::string EventHash(std::string_view aggregate, uint64_t sequence, std::string_view previous_hash,
                      std::string_view canonical_event) {
  return Sha256(ValueWriter()
                    .U8(kEventHashDomain)
                    .U8(kFormatVersion)
                    .String(aggregate)
                    .U64(sequence)
                    .Fixed(previous_hash)
                    .String(canonical_event)
                    .Take());
}

std::string TextCommitment(const SaltedText& text) {
  return Sha256(ValueWriter().U8(kTextCommitmentDomain).Fixed(text.salt).Fixed(text.text).Take());
}

std::string EncodeEventRow(std::string_view hash, std::string_view canonical_event) {
  return ValueWriter().U8(kFormatVersion).Fixed(hash).Fixed(canonical_event).Take();
}

std::string_view CanonicalPart(std::string_view row) { return row.substr(1 + kSha256Bytes); }

absl::StatusOr<Event> DecodeEventRow(std::string_view row) {
  ValueReader in(row);
  Event event;
  in.Require(in.U8() == kFormatVersion);
  event.hash = std::string(in.Fixed(kSha256Bytes));
  ScanCanonicalEvent(in, event);
  if (!in.Finished()) return RowMalformed("event");
  return event;
}

std::string EncodeHeadRow(const ChainHead& head) {
  return ValueWriter().U8(kFormatVersion).U64(head.sequence).Fixed(head.hash).Take();
}

absl::StatusOr<ChainHead> DecodeHeadRow(std::string_view row) {
  ValueReader in(row);
  ChainHead head;
  in.Require(in.U8() == kFormatVersion);
  head.sequence = in.U64();
  head.hash = std::string(in.Fixed(kSha256Bytes));
  in.Require(head.sequence > 0);
  if (!in.Finished()) return RowMalformed("head");
  return head;
}

std::string EncodeTextRow(const SaltedText& text) {
  return ValueWriter().U8(kFormatVersion).Fixed(text.salt).Fixed(text.text).Take();
}

absl::StatusOr<SaltedText> DecodeTextRow(std::string_view row) {
  ValueReader in(row);
  SaltedText text;
  in.Require(in.U8() == kFormatVersion);
  text.salt = std::string(in.Fixed(kSaltBytes));
  text.text = std::string(in.Rest());
  if (!in.good()) return RowMalformed("text");
  return text;
}

std::string HeadKey(std::string_view aggregate) {
  return KeyBuilder(storage::kAuditHeadFamily).String(aggregate).Build();
}

std::string EventKey(std::string_view aggregate, uint64_t sequence) {
  return KeyBuilder(storage::kAuditEventFamily).String(aggregate).U64(sequence).Build();
}

std::string EventKeyPrefix(std::string_view aggregate) {
  return KeyBuilder(storage::kAuditEventFamily).String(aggregate).Build();
}

absl::StatusOr<uint64_t> SequenceOfEventKey(std::string_view key) {
  KeyParser parser(key, storage::kAuditEventFamily);
  parser.String();
  const uint64_t sequence = parser.U64();
  ASSAY_RETURN_IF_ERROR(parser.Finish());
  return sequence;
}

std::string TextKey(std::string_view aggregate, uint64_t sequence, std::string_view field) {
  return KeyBuilder(storage::kAuditTextFamily)
      .String(aggregate)
      .U64(sequence)
      .String(field)
      .Build();
}

std::string TextKeyPrefix(std::string_view aggregate) {
  return KeyBuilder(storage::kAuditTextFamily).String(aggregate).Build();
}

absl::StatusOr<TextKeyParts> ParseTextKey(std::string_view key) {
  KeyParser parser(key, storage::kAuditTextFamily);
  parser.String();
  TextKeyParts parts;
  parts.sequence = parser.U64();
  parts.field = parser.String();
  ASSAY_RETURN_IF_ERROR(parser.Finish());
  return parts;
}

}  // namespace assay::audit
