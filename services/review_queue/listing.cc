#include "services/review_queue/listing.h"

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

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

}  // namespace

absl::Status ListItems(const ReviewQueue& queue, std::string_view method,
                       const v1::ListReviewItemsRequest& request,
                       v1::ListReviewItemsResponse& response) {
  ASSAY_ASSIGN_OR_RETURN(const States states, WantedStates(request));
  ASSAY_ASSIGN_OR_RETURN(paging::Page page, paging::Page::Of(request, BindingOf(method, states)));
  const absl::Time now = queue.Now();
  const auto take = [&](const ReviewItem& item) {
    if (!states.contains(ShownState(item, now))) return Visit::kNext;
    v1::ReviewItem proto = ToProto(item, now);
    if (!page.Take(proto.ByteSizeLong())) return Visit::kStop;
    *response.add_review_items() = std::move(proto);
    return Visit::kNext;
  };
  ASSAY_ASSIGN_OR_RETURN(const ItemCursor next,
                         queue.List(ListFor(states), page.cursor(), kMaxRowsExaminedPerPage, take));
  if (next.empty()) return absl::OkStatus();
  ASSAY_ASSIGN_OR_RETURN(*response.mutable_next_page_token(), page.Next(next));
  return absl::OkStatus();
}

absl::Status ListEvents(const ReviewQueue& queue, std::string_view method,
                        const v1::ListReviewItemEventsRequest& request,
                        v1::ListReviewItemEventsResponse& response) {
  ASSAY_ASSIGN_OR_RETURN(const ItemId id, ParseItemName("parent", request.parent()));
  ASSAY_ASSIGN_OR_RETURN(paging::Page page,
                         paging::Page::Of(request, paging::Binding(method, request.parent(), "")));
  ASSAY_ASSIGN_OR_RETURN(const uint64_t after, page.Sequence());
  ASSAY_ASSIGN_OR_RETURN(const std::vector<audit::Event> events,
                         queue.Events(id, after, page.rows_to_read()));
  for (const audit::Event& event : events) {
    v1::ReviewItemEvent proto = ToProto(event);
    if (!page.Take(proto.ByteSizeLong())) {
      ASSAY_ASSIGN_OR_RETURN(*response.mutable_next_page_token(),
                             page.Next(std::to_string(event.sequence - 1)));
      break;
    }
    *response.add_events() = std::move(proto);
  }
  return absl::OkStatus();
}

}  // namespace assay::review_queue
