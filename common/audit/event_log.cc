#include "common/audit/event_log.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

#include "common/audit/event_format.h"
#include "common/ids/hex.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "common/storage/key_codec.h"
#include "common/text/view.h"

namespace assay::audit {
namespace {

absl::Status EventInvalid(std::string_view part, std::string_view problem) {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "AUDIT_EVENT_INVALID")
      .Message(absl::StrCat("event: ", ToAbsl(part), " ", ToAbsl(problem)))
      .Metadata("part", part)
      .Build();
}

absl::Status TextNotFound(std::string_view aggregate, uint64_t sequence, std::string_view field) {
  return ErrorBuilder(absl::StatusCode::kNotFound, "AUDIT_TEXT_NOT_FOUND")
      .Message(absl::StrCat(ToAbsl(aggregate), " event ", sequence, " has no text ", ToAbsl(field)))
      .Metadata("aggregate", aggregate)
      .Metadata("sequence", absl::StrCat(sequence))
      .Metadata("field", field)
      .Build();
}

absl::Status CheckName(std::string_view part, std::string_view name) {
  if (name.empty()) return EventInvalid(part, "is empty");
  if (name.size() > kMaxNameBytes) {
    return EventInvalid(
        part, absl::StrCat("has ", name.size(), " bytes; at most ", kMaxNameBytes, " are allowed"));
  }
  return absl::OkStatus();
}

absl::Status CheckType(std::string_view type) {
  if (type.empty() || type.size() > kMaxTypeBytes) {
    return EventInvalid(
        "type", absl::StrCat("has ", type.size(), " bytes; 1 to ", kMaxTypeBytes, " are allowed"));
  }
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  const bool upper_snake = is_upper(type[0]) && std::all_of(type.begin(), type.end(), [&](char c) {
                             return is_upper(c) || (c >= '0' && c <= '9') || c == '_';
                           });
  if (!upper_snake) return EventInvalid("type", "must be UPPER_SNAKE");
  return absl::OkStatus();
}

absl::Status CheckActor(const Actor& actor) {
  ASSAY_RETURN_IF_ERROR(CheckName("actor.subject", actor.subject));
  if (!actor.organisation.empty()) {
    ASSAY_RETURN_IF_ERROR(CheckName("actor.organisation", actor.organisation));
  }
  if (actor.roles.size() > kMaxRoles) {
    return EventInvalid(
        "actor.roles",
        absl::StrCat("has ", actor.roles.size(), " entries; at most ", kMaxRoles, " are allowed"));
  }
  for (const std::string& role : actor.roles) {
    ASSAY_RETURN_IF_ERROR(CheckName("actor.roles", role));
  }
  return absl::OkStatus();
}

// Expects the texts sorted by field.
absl::Status CheckTexts(const std::vector<NamedText>& texts) {
  if (texts.size() > kMaxTexts) {
    return EventInvalid("texts", absl::StrCat("has ", texts.size(), " entries; at most ", kMaxTexts,
                                              " are allowed"));
  }
  for (size_t i = 0; i < texts.size(); ++i) {
    ASSAY_RETURN_IF_ERROR(CheckName("texts.field", texts[i].field));
    if (texts[i].text.size() > kMaxTextBytes) {
      return EventInvalid("texts.text",
                          absl::StrCat("has ", texts[i].text.size(), " bytes; at most ",
                                       kMaxTextBytes, " are allowed"));
    }
    if (i > 0 && texts[i - 1].field == texts[i].field) {
      return EventInvalid("texts.field", "stands twice");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckDraft(const EventDraft& draft) {
  ASSAY_RETURN_IF_ERROR(CheckName("aggregate", draft.aggregate));
  // Infinite times would be stored as another time than the caller meant.
  if (draft.time == absl::InfiniteFuture() || draft.time == absl::InfinitePast()) {
    return EventInvalid("time", "is infinite");
  }
  ASSAY_RETURN_IF_ERROR(CheckActor(draft.actor));
  ASSAY_RETURN_IF_ERROR(CheckType(draft.type));
  if (draft.body.size() > kMaxBodyBytes) {
    return EventInvalid("body", absl::StrCat("has ", draft.body.size(), " bytes; at most ",
                                             kMaxBodyBytes, " are allowed"));
  }
  return CheckTexts(draft.texts);
}

void SortForEncoding(EventDraft& draft) {
  std::vector<std::string>& roles = draft.actor.roles;
  std::sort(roles.begin(), roles.end());
  roles.erase(std::unique(roles.begin(), roles.end()), roles.end());
  std::sort(draft.texts.begin(), draft.texts.end(),
            [](const NamedText& a, const NamedText& b) { return a.field < b.field; });
}

// The texts of `event` that are still there.
absl::Status FillTexts(storage::Reader& reader, Event& event) {
  for (EventText& text : event.texts) {
    ASSAY_ASSIGN_OR_RETURN(const std::optional<std::string> row,
                           reader.Get(TextKey(event.aggregate, event.sequence, text.field)));
    if (!row.has_value()) continue;
    ASSAY_ASSIGN_OR_RETURN(SaltedText salted, DecodeTextRow(*row));
    text.text = std::move(salted.text);
  }
  return absl::OkStatus();
}

absl::StatusOr<Event> DecodeEvent(std::string_view aggregate, std::string_view key,
                                  std::string_view row) {
  ASSAY_ASSIGN_OR_RETURN(const uint64_t sequence, SequenceOfEventKey(key));
  ASSAY_ASSIGN_OR_RETURN(Event event, DecodeEventRow(row));
  event.aggregate = std::string(aggregate);
  event.sequence = sequence;
  return event;
}

}  // namespace

ChainHead EmptyHead() { return {0, std::string(kSha256Bytes, '\0')}; }

absl::StatusOr<ChainHead> ReadHead(storage::Reader& reader, std::string_view aggregate) {
  ASSAY_ASSIGN_OR_RETURN(const std::optional<std::string> row, reader.Get(HeadKey(aggregate)));
  if (!row.has_value()) return EmptyHead();
  return DecodeHeadRow(*row);
}

absl::StatusOr<ChainHead> Append(storage::Transaction& tx, IdSource& ids, EventDraft draft) {
  SortForEncoding(draft);
  ASSAY_RETURN_IF_ERROR(CheckDraft(draft));
  ASSAY_ASSIGN_OR_RETURN(const ChainHead previous, ReadHead(tx, draft.aggregate));

  Event event;
  event.time = draft.time;
  event.actor = std::move(draft.actor);
  event.type = std::move(draft.type);
  event.body = std::move(draft.body);
  ChainHead head;
  head.sequence = previous.sequence + 1;
  for (NamedText& named : draft.texts) {
    const SaltedText salted = {ids.RandomBytes(kSaltBytes), std::move(named.text)};
    ASSAY_RETURN_IF_ERROR(
        tx.Put(TextKey(draft.aggregate, head.sequence, named.field), EncodeTextRow(salted)));
    event.texts.push_back({std::move(named.field), TextCommitment(salted), std::nullopt});
  }
  const std::string canonical = CanonicalEvent(event);
  head.hash = EventHash(draft.aggregate, head.sequence, previous.hash, canonical);
  ASSAY_RETURN_IF_ERROR(
      tx.Put(EventKey(draft.aggregate, head.sequence), EncodeEventRow(head.hash, canonical)));
  ASSAY_RETURN_IF_ERROR(tx.Put(HeadKey(draft.aggregate), EncodeHeadRow(head)));
  return head;
}

absl::StatusOr<std::vector<Event>> List(storage::Reader& reader, std::string_view aggregate,
                                        uint64_t after_sequence, size_t limit) {
  storage::ScanRange range = storage::PrefixRange(EventKeyPrefix(aggregate));
  range.begin = storage::KeyAfter(EventKey(aggregate, after_sequence));
  range.limit = limit;
  std::vector<Event> events;
  absl::Status decoded;
  ASSAY_RETURN_IF_ERROR(reader.Scan(range, [&](std::string_view key, std::string_view row) {
    absl::StatusOr<Event> event = DecodeEvent(aggregate, key, row);
    decoded = event.status();
    if (event.ok()) events.push_back(*std::move(event));
    return decoded.ok();
  }));
  ASSAY_RETURN_IF_ERROR(decoded);
  for (Event& event : events) ASSAY_RETURN_IF_ERROR(FillTexts(reader, event));
  return events;
}

absl::Status EraseText(storage::Transaction& tx, std::string_view aggregate, uint64_t sequence,
                       std::string_view field) {
  ASSAY_ASSIGN_OR_RETURN(const std::optional<std::string> row,
                         tx.Get(EventKey(aggregate, sequence)));
  if (!row.has_value()) return TextNotFound(aggregate, sequence, field);
  ASSAY_ASSIGN_OR_RETURN(const Event event, DecodeEventRow(*row));
  const bool known = std::any_of(event.texts.begin(), event.texts.end(),
                                 [&](const EventText& text) { return text.field == field; });
  if (!known) return TextNotFound(aggregate, sequence, field);
  return tx.Delete(TextKey(aggregate, sequence, field));
}

}  // namespace assay::audit
