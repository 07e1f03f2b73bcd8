#include "services/review_queue/storage/item_store.h"

#include <algorithm>
#include <utility>

#include "common/paging/page_token.h"
#include "common/status/macros.h"
#include "common/storage/key_codec.h"
#include "services/review_queue/errors.h"
#include "services/review_queue/storage/event_codec.h"
#include "services/review_queue/storage/keys.h"
#include "services/review_queue/storage/record_codec.h"

namespace assay::review_queue {
namespace {

storage::KeyFamily FamilyOf(ItemList list) {
  return list == ItemList::kWaiting ? kWaitingFamily : kHistoryFamily;
}

absl::StatusOr<int64_t> LatestNumber(storage::Reader& reader, const std::string& assessment) {
  ASSAY_ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                         reader.Get(AssessmentKey(assessment)));
  if (!bytes.has_value()) return 0;
  return DecodeAssessment(*bytes);
}

// Keys of order rows are read first and their items after: a scan's visitor should not wait for
// other reads.
absl::StatusOr<std::vector<std::string>> OrderKeys(storage::Reader& reader, ItemList list,
                                                   const ItemCursor& after, size_t limit) {
  storage::ScanRange range = storage::PrefixRange(storage::KeyBuilder(FamilyOf(list)).Build());
  if (!after.empty()) {
    // Page tokens are not signed: a cursor of somebody's own making must stay inside the list.
    if (!ParseOrderKey(FamilyOf(list), after).ok()) return paging::TokenInvalid();
    range.begin = storage::KeyAfter(after);
  }
  range.limit = limit;
  std::vector<std::string> keys;
  ASSAY_RETURN_IF_ERROR(reader.Scan(range, [&keys](std::string_view key, std::string_view) {
    keys.emplace_back(key);
    return true;
  }));
  return keys;
}

}  // namespace

absl::StatusOr<std::optional<ReviewItem>> ItemReader::Find(const ItemId& id) const {
  ASSAY_ASSIGN_OR_RETURN(const std::optional<std::string> bytes, reader_.Get(ItemKey(id)));
  if (!bytes.has_value()) return std::nullopt;
  ASSAY_ASSIGN_OR_RETURN(ReviewItem item, DecodeItem(*bytes));
  if (item.id() != id) return RecordMalformed("item", "stands under the key of another");
  return item;
}

absl::StatusOr<ReviewItem> ItemReader::Get(const ItemId& id) const {
  ASSAY_ASSIGN_OR_RETURN(std::optional<ReviewItem> item, Find(id));
  if (!item.has_value()) return ReviewItemNotFound(ItemName(id));
  return *std::move(item);
}

absl::StatusOr<Neighbours> ItemReader::NeighboursOf(const ItemId& id) const {
  Neighbours neighbours;
  ASSAY_ASSIGN_OR_RETURN(const int64_t latest, LatestNumber(reader_, id.assessment));
  ASSAY_ASSIGN_OR_RETURN(neighbours.same, Find(id));
  if (latest == 0) return neighbours;
  ASSAY_ASSIGN_OR_RETURN(neighbours.latest, Find({id.assessment, latest}));
  if (!neighbours.latest.has_value()) {
    return RecordMalformed("assessment", "names a latest item that is not there");
  }
  return neighbours;
}

absl::StatusOr<ItemCursor> ItemReader::List(ItemList list, const ItemCursor& after, size_t limit,
                                            absl::FunctionRef<Visit(ReviewItem)> visitor) const {
  // Read in chunks: a page is mostly far shorter than what may be looked at for it.
  constexpr size_t kChunk = 256;
  ItemCursor last = after;
  while (limit > 0) {
    const size_t wanted = std::min(limit, kChunk);
    ASSAY_ASSIGN_OR_RETURN(const std::vector<std::string> keys,
                           OrderKeys(reader_, list, last, wanted));
    for (const std::string& key : keys) {
      ASSAY_ASSIGN_OR_RETURN(const ItemId id, ParseOrderKey(FamilyOf(list), key));
      ASSAY_ASSIGN_OR_RETURN(std::optional<ReviewItem> item, Find(id));
      if (!item.has_value()) return RecordMalformed("list", "names an item that is not there");
      if (visitor(*std::move(item)) == Visit::kStop) return last;
      last = key;
    }
    if (keys.size() < wanted) return ItemCursor();
    limit -= wanted;
  }
  return last;
}

absl::StatusOr<std::vector<audit::Event>> ItemReader::Events(const ItemId& id,
                                                             uint64_t after_sequence,
                                                             size_t limit) const {
  return audit::List(reader_, ItemName(id), after_sequence, limit);
}

absl::StatusOr<ReviewItem> ItemWriter::Write(const ItemChange& change) {
  ReviewItem item = change.item;
  ASSAY_ASSIGN_OR_RETURN(item.head, audit::Append(tx_, ids_, ToEvent(change)));
  ASSAY_RETURN_IF_ERROR(tx_.Put(ItemKey(item.id()), EncodeItem(item)));
  ASSAY_RETURN_IF_ERROR(WriteLists(item, change.event));
  return item;
}

absl::Status ItemWriter::WriteLists(const ReviewItem& item, EventType event) {
  const ItemId& id = item.id();
  const absl::Time submit_time = item.submission.submit_time;
  const std::string waiting_key = OrderKey(kWaitingFamily, submit_time, id);
  switch (event) {
    case EventType::kEnqueued: {
      ASSAY_RETURN_IF_ERROR(tx_.Put(OrderKey(kHistoryFamily, submit_time, id), ""));
      if (IsWaiting(item)) ASSAY_RETURN_IF_ERROR(tx_.Put(waiting_key, ""));
      ASSAY_ASSIGN_OR_RETURN(const int64_t latest, LatestNumber(tx_, id.assessment));
      if (id.submission_number <= latest) return absl::OkStatus();
      return tx_.Put(AssessmentKey(id.assessment), EncodeAssessment(id.submission_number));
    }
    case EventType::kDecided:
    case EventType::kSuperseded:
      return tx_.Delete(waiting_key);
    case EventType::kClaimed:
    case EventType::kClaimExtended:
    case EventType::kClaimReleased:
    case EventType::kDecisionDelivered:
      return absl::OkStatus();
  }
  return absl::OkStatus();
}

}  // namespace assay::review_queue
