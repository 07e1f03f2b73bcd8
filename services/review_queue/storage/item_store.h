// Review items in a key-value store, in the owner's words. Thin views over a reader or a
// transaction of common/storage, whose contract holds: what ItemReader::Find and Neighbours return
// inside a transaction is validated at commit.
//
// Errors besides the store's own: DATA_LOSS RECORD_MALFORMED or KEY_MALFORMED.

#ifndef ASSAY_SERVICES_REVIEW_QUEUE_STORAGE_ITEM_STORE_H_
#define ASSAY_SERVICES_REVIEW_QUEUE_STORAGE_ITEM_STORE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"

#include "common/audit/event_log.h"
#include "common/ids/id_source.h"
#include "common/storage/store.h"
#include "services/review_queue/domain/change.h"
#include "services/review_queue/domain/enqueue.h"
#include "services/review_queue/domain/review_item.h"

namespace assay::review_queue {

// Which items a list runs over; both oldest submission first.
enum class ItemList {
  kWaiting,  // OPEN and CLAIMED as stored.
  kAll,
};

// What to do with an item that a list comes to.
enum class Visit {
  kNext,  // Taken or not wanted: go on.
  kStop,  // The page was full before this item: the next page begins with it.
};

// The item behind which the next page begins: bytes for a page token. Empty: there is none.
using ItemCursor = std::string;

// Not thread-safe; `reader` must outlive it.
class ItemReader {
 public:
  explicit ItemReader(storage::Reader& reader) : reader_(reader) {}

  absl::StatusOr<std::optional<ReviewItem>> Find(const ItemId& id) const;

  // NOT_FOUND REVIEW_ITEM_NOT_FOUND when there is none.
  absl::StatusOr<ReviewItem> Get(const ItemId& id) const;

  // What is here of the assessment that `id` is a submission of.
  absl::StatusOr<Neighbours> NeighboursOf(const ItemId& id) const;

  // Shows items behind `after` (empty: from the first) to `visitor` until it stops, the list ends,
  // or `limit` items were shown. Must not stop at the first item it is shown. INVALID_ARGUMENT
  // PAGE_TOKEN_INVALID when `after` is no position of the list.
  absl::StatusOr<ItemCursor> List(ItemList list, const ItemCursor& after, size_t limit,
                                  absl::FunctionRef<Visit(ReviewItem)> visitor) const;

  // Events with a sequence above `after_sequence`, at most `limit`.
  absl::StatusOr<std::vector<audit::Event>> Events(const ItemId& id, uint64_t after_sequence,
                                                   size_t limit) const;

 private:
  storage::Reader& reader_;
};

// Not thread-safe; both must outlive it.
class ItemWriter {
 public:
  ItemWriter(storage::Transaction& tx, IdSource& ids) : tx_(tx), ids_(ids) {}

  // Writes the event, the item with its new chain head, and the rows of the lists. Returns the item
  // as written.
  absl::StatusOr<ReviewItem> Write(const ItemChange& change);

 private:
  absl::Status WriteLists(const ReviewItem& item, EventType event);

  storage::Transaction& tx_;
  IdSource& ids_;
};

}  // namespace assay::review_queue

#endif  // ASSAY_SERVICES_REVIEW_QUEUE_STORAGE_ITEM_STORE_H_
