#include "services/review_queue/listing.h"

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "common/paging/page_token.h"
#include "common/status/macros.h"
#include "services/review_queue/convert.h"
#include "services/review_queue/errors.h"
#include "services/review_queue/limits.h"

namespace assay::review_queue {
namespace {

using States = std::set<ItemState>;

// The wanted states; the queue as it waits when none is named.
absl::StatusOr<States> WantedStates(const v1::ListReviewItemsRequest& request) {
  if (request.states().empty()) return States{ItemState::kOpen, ItemState::kClaimed};
  States states;
  for (int i = 0; i < request.states_size(); ++i) {
    const v1::ReviewItemState state = request.states(i);
    if (!v1::ReviewItemState_IsValid(state) || state == v1::REVIEW_ITEM_STATE_UNSPECIFIED) {
      return StateFilterInvalid(absl::StrCat("states[", i, "]"), state);
    }
    states.insert(static_cast<ItemState>(state));
  }
  return states;
}

ItemList ListFor(const States& states) {
  const bool only_waiting =
      !states.contains(ItemState::kDecided) && !states.contains(ItemState::kSuperseded);
  return only_waiting ? ItemList::kWaiting : ItemList::kAll;
}

// What a page token is bound to: the method and the set of states, however it was written.
std::string BindingOf(std::string_view method, const States& states) {
  const std::string filter = absl::StrJoin(states, ",", [](std::string* out, ItemState state) {
    absl::StrAppend(out, static_cast<int>(state));
  });
  return paging::Binding(method, "", filter);
}

absl::StatusOr<std::string> CursorOf(const std::string& token, const std::string& binding) {
  if (token.empty()) return std::string();
  return paging::Decode(token, binding);
}

// The sequence behind which a page of events begins. INVALID_ARGUMENT PAGE_TOKEN_INVALID.
absl::StatusOr<uint64_t> SequenceOf(const std::string& token, const std::string& binding) {
  ASSAY_ASSIGN_OR_RETURN(const std::string cursor, CursorOf(token, binding));
  uint64_t sequence = 0;
  if (!cursor.empty() && !absl::SimpleAtoi(cursor, &sequence)) return CursorInvalid();
  return sequence;
}

}  // namespace

absl::Status ListItems(const ReviewQueue& queue, std::string_view method,
                       const v1::ListReviewItemsRequest& request,
                       v1::ListReviewItemsResponse& response) {
  ASSAY_ASSIGN_OR_RETURN(const size_t page_size, paging::PageSize(request.page_size()));
  ASSAY_ASSIGN_OR_RETURN(const States states, WantedStates(request));
  const std::string binding = BindingOf(method, states);
  ASSAY_ASSIGN_OR_RETURN(const ItemCursor after, CursorOf(request.page_token(), binding));
  const absl::Time now = queue.Now();
  size_t bytes = 0;
  const auto take = [&](const ReviewItem& item) {
    if (!states.contains(ShownState(item, now))) return Visit::kNext;
    v1::ReviewItem proto = ToProto(item, now);
    bytes += proto.ByteSizeLong();
    const auto taken = static_cast<size_t>(response.review_items_size());
    if (taken == page_size || (taken > 0 && bytes > kMaxPageBytes)) return Visit::kStop;
    *response.add_review_items() = std::move(proto);
    return Visit::kNext;
  };
  ASSAY_ASSIGN_OR_RETURN(const ItemCursor next,
                         queue.List(ListFor(states), after, kMaxRowsExaminedPerPage, take));
  if (next.empty()) return absl::OkStatus();
  ASSAY_ASSIGN_OR_RETURN(*response.mutable_next_page_token(), paging::Encode(next, binding));
  return absl::OkStatus();
}

absl::Status ListEvents(const ReviewQueue& queue, std::string_view method,
                        const v1::ListReviewItemEventsRequest& request,
                        v1::ListReviewItemEventsResponse& response) {
  ASSAY_ASSIGN_OR_RETURN(const ItemId id, ParseItemName("parent", request.parent()));
  ASSAY_ASSIGN_OR_RETURN(const size_t page_size, paging::PageSize(request.page_size()));
  const std::string binding = paging::Binding(method, request.parent(), "");
  ASSAY_ASSIGN_OR_RETURN(const uint64_t after, SequenceOf(request.page_token(), binding));
  // One more than asked for tells whether there is another page.
  ASSAY_ASSIGN_OR_RETURN(std::vector<audit::Event> events, queue.Events(id, after, page_size + 1));
  const bool more = events.size() > page_size;
  if (more) events.pop_back();
  for (const audit::Event& event : events) *response.add_events() = ToProto(event);
  if (!more) return absl::OkStatus();
  ASSAY_ASSIGN_OR_RETURN(*response.mutable_next_page_token(),
                         paging::Encode(std::to_string(events.back().sequence), binding));
  return absl::OkStatus();
}

}  // namespace assay::review_queue
