// VerifyChain: recomputes everything that can be recomputed and names the first disagreement.

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"

#include "common/audit/event_format.h"
#include "common/audit/event_log.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "common/storage/key_codec.h"
#include "common/text/view.h"

namespace assay::audit {
namespace {

class ChainVerifier {
 public:
  ChainVerifier(storage::Reader& reader, std::string_view aggregate,
                const std::vector<ChainHead>& witnesses)
      : reader_(reader), aggregate_(aggregate), witnesses_(witnesses), last_(EmptyHead()) {}

  absl::Status Run() {
    ASSAY_RETURN_IF_ERROR(ForEachRow(EventKeyPrefix(aggregate_), &ChainVerifier::CheckEvent));
    ASSAY_RETURN_IF_ERROR(ForEachRow(TextKeyPrefix(aggregate_), &ChainVerifier::CheckText));
    ASSAY_RETURN_IF_ERROR(CheckHead());
    for (const ChainHead& witness : witnesses_) {
      if (witness.sequence > last_.sequence) return Broken(witness.sequence, "WITNESS_MISMATCH");
    }
    return absl::OkStatus();
  }

 private:
  using RowCheck = absl::Status (ChainVerifier::*)(std::string_view key, std::string_view row);

  absl::Status ForEachRow(const std::string& prefix, RowCheck check) {
    absl::Status result;
    ASSAY_RETURN_IF_ERROR(
        reader_.Scan(storage::PrefixRange(prefix), [&](std::string_view key, std::string_view row) {
          result = (this->*check)(key, row);
          return result.ok();
        }));
    return result;
  }

  absl::Status CheckEvent(std::string_view key, std::string_view row) {
    const uint64_t expected = last_.sequence + 1;
    const absl::StatusOr<uint64_t> sequence = SequenceOfEventKey(key);
    if (!sequence.ok()) return Broken(expected, "ROW_MALFORMED");
    if (*sequence != expected) return Broken(expected, "SEQUENCE_GAP");
    const absl::StatusOr<Event> event = DecodeEventRow(row);
    if (!event.ok()) return Broken(expected, "ROW_MALFORMED");
    const std::string hash = EventHash(aggregate_, expected, last_.hash, CanonicalPart(row));
    if (event->hash != hash) return Broken(expected, "HASH_MISMATCH");
    last_ = {expected, hash};
    for (const ChainHead& witness : witnesses_) {
      if (witness.sequence == expected && witness.hash != hash) {
        return Broken(expected, "WITNESS_MISMATCH");
      }
    }
    return absl::OkStatus();
  }

  // A text that is gone was erased; one that is there must be the one that was committed to.
  absl::Status CheckText(std::string_view key, std::string_view row) {
    const absl::StatusOr<TextKeyParts> parts = ParseTextKey(key);
    if (!parts.ok()) return Broken(0, "ROW_MALFORMED");
    const absl::StatusOr<SaltedText> text = DecodeTextRow(row);
    if (!text.ok()) return Broken(parts->sequence, "ROW_MALFORMED");
    ASSAY_RETURN_IF_ERROR(LoadCommitments(parts->sequence));
    const auto commitment = commitments_.find(parts->field);
    if (commitment == commitments_.end()) return Broken(parts->sequence, "TEXT_WITHOUT_EVENT");
    if (commitment->second != TextCommitment(*text)) {
      return Broken(parts->sequence, "TEXT_MISMATCH");
    }
    return absl::OkStatus();
  }

  // Text rows come in order of sequence, so each event is read once; all memory is one event.
  absl::Status LoadCommitments(uint64_t sequence) {
    if (sequence == commitments_of_) return absl::OkStatus();
    commitments_of_ = sequence;
    commitments_.clear();
    ASSAY_ASSIGN_OR_RETURN(const std::optional<std::string> row,
                           reader_.Get(EventKey(aggregate_, sequence)));
    if (!row.has_value()) return absl::OkStatus();
    ASSAY_ASSIGN_OR_RETURN(Event event, DecodeEventRow(*row));
    for (EventText& text : event.texts) {
      commitments_.emplace(std::move(text.field), std::move(text.commitment));
    }
    return absl::OkStatus();
  }

  absl::Status CheckHead() {
    const absl::StatusOr<ChainHead> head = ReadHead(reader_, aggregate_);
    if (!head.ok()) {
      return ErrorReason(head.status()) == "AUDIT_ROW_MALFORMED"
                 ? Broken(last_.sequence, "ROW_MALFORMED")
                 : head.status();
    }
    // The first sequence that the two disagree about.
    if (head->sequence != last_.sequence) {
      return Broken(std::min(head->sequence, last_.sequence) + 1, "HEAD_MISMATCH");
    }
    if (head->hash != last_.hash) return Broken(last_.sequence, "HEAD_MISMATCH");
    return absl::OkStatus();
  }

  absl::Status Broken(uint64_t sequence, std::string_view problem) const {
    return ErrorBuilder(absl::StatusCode::kDataLoss, "AUDIT_CHAIN_BROKEN")
        .Message(absl::StrCat("event log of ", ToAbsl(aggregate_), " is broken at event ", sequence,
                              ": ", ToAbsl(problem)))
        .Metadata("aggregate", aggregate_)
        .Metadata("sequence", absl::StrCat(sequence))
        .Metadata("problem", problem)
        .Build();
  }

  storage::Reader& reader_;
  const std::string aggregate_;
  const std::vector<ChainHead>& witnesses_;
  ChainHead last_;  // Of the events checked so far.
  uint64_t commitments_of_ = 0;
  std::map<std::string, std::string> commitments_;
};

}  // namespace

absl::Status VerifyChain(storage::Reader& reader, std::string_view aggregate,
                         const std::vector<ChainHead>& witnesses) {
  return ChainVerifier(reader, aggregate, witnesses).Run();
}

}  // namespace assay::audit
