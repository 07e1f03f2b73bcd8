// ListReviewItems and ListReviewItemEvents through a real stub.

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/paging/page_token.h"
#include "common/testing/status_matchers.h"
#include "services/review_queue/limits.h"
#include "services/review_queue/testing/sample.h"
#include "services/review_queue/testing/service_fixture.h"

namespace assay::review_queue {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing_kit::HasField;
using testing_kit::HasReason;
using testing_kit::IsOk;
using Api = v1::ReviewQueueService::StubInterface;

class ListingTest : public ServiceTest {
 protected:
  std::vector<std::string> Names(const v1::ListReviewItemsRequest& request) {
    const auto page = List(request);
    EXPECT_THAT(page, IsOk());
    std::vector<std::string> names;
    for (const v1::ReviewItem& item : page->review_items()) names.push_back(item.name());
    return names;
  }
  static v1::ListReviewItemsRequest In(std::vector<v1::ReviewItemState> states) {
    v1::ListReviewItemsRequest request;
    for (const v1::ReviewItemState state : states) request.add_states(state);
    return request;
  }
  // One item in each stored state, and one whose claim has expired.
  void OneOfEach() {
    Arrived("decided", 1);
    ASSERT_THAT(Decide(ravi_, Uphold(*Claim(ravi_, "reviewItems/decided.1"))), IsOk());
    Arrived("moved", 2);
    Arrived("moved", 3);  // moved.2 is superseded, moved.3 open.
    Arrived("expired", 4);
    ASSERT_THAT(Claim(ravi_, "reviewItems/expired.4"), IsOk());
    runtime_.clock().Advance(absl::Hours(1));
    Arrived("claimed", 5);
    ASSERT_THAT(Claim(ravi_, "reviewItems/claimed.5"), IsOk());
  }
};

TEST_F(ListingTest, ShowsTheQueueAsItWaits) {
  OneOfEach();
  EXPECT_THAT(Names({}),
              ElementsAre("reviewItems/moved.3", "reviewItems/expired.4", "reviewItems/claimed.5"));
}

TEST_F(ListingTest, FiltersByTheStateShown) {
  OneOfEach();
  EXPECT_THAT(Names(In({v1::REVIEW_ITEM_STATE_OPEN})),
              ElementsAre("reviewItems/moved.3", "reviewItems/expired.4"));
  EXPECT_THAT(Names(In({v1::REVIEW_ITEM_STATE_CLAIMED})), ElementsAre("reviewItems/claimed.5"));
  EXPECT_THAT(Names(In({v1::REVIEW_ITEM_STATE_DECIDED})), ElementsAre("reviewItems/decided.1"));
  EXPECT_THAT(Names(In({v1::REVIEW_ITEM_STATE_SUPERSEDED, v1::REVIEW_ITEM_STATE_CLAIMED})),
              ElementsAre("reviewItems/moved.2", "reviewItems/claimed.5"));
}

TEST_F(ListingTest, PagesThroughEverything) {
  for (int number = 1; number <= 5; ++number) Arrived("a" + std::to_string(number), number);
  v1::ListReviewItemsRequest request;
  request.set_page_size(2);
  std::vector<int> sizes;
  std::vector<std::string> names;
  do {
    const auto page = List(request);
    ASSERT_THAT(page, IsOk());
    sizes.push_back(page->review_items_size());
    for (const v1::ReviewItem& item : page->review_items()) names.push_back(item.name());
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(sizes, ElementsAre(2, 2, 1));
  EXPECT_THAT(names, ElementsAre("reviewItems/a1.1", "reviewItems/a2.2", "reviewItems/a3.3",
                                 "reviewItems/a4.4", "reviewItems/a5.5"));
}

TEST_F(ListingTest, PageTokenIsBoundToTheFilter) {
  Arrived("a1", 1);
  Arrived("a2", 2);
  v1::ListReviewItemsRequest request;
  request.set_page_size(1);
  const std::string token = List(request)->next_page_token();
  ASSERT_FALSE(token.empty());
  for (const auto& states : std::vector<std::vector<v1::ReviewItemState>>{
           {v1::REVIEW_ITEM_STATE_OPEN},
           {v1::REVIEW_ITEM_STATE_DECIDED},
           {v1::REVIEW_ITEM_STATE_OPEN, v1::REVIEW_ITEM_STATE_DECIDED}}) {
    v1::ListReviewItemsRequest other = In(states);
    other.set_page_token(token);
    const auto page = List(other);
    EXPECT_THAT(page, HasReason(absl::StatusCode::kInvalidArgument, "PAGE_TOKEN_INVALID"));
    EXPECT_THAT(page, HasField("page_token"));
  }
  // The default filter spelt out is the same filter; the page's size may change.
  v1::ListReviewItemsRequest same = In({v1::REVIEW_ITEM_STATE_CLAIMED, v1::REVIEW_ITEM_STATE_OPEN});
  same.set_page_token(token);
  EXPECT_THAT(Names(same), ElementsAre("reviewItems/a2.2"));
}

TEST_F(ListingTest, RefusesUnknownTokensSizesAndStates) {
  v1::ListReviewItemsRequest request;
  request.set_page_token("bm90IGEgdG9rZW4");
  EXPECT_THAT(List(request), HasReason(absl::StatusCode::kInvalidArgument, "PAGE_TOKEN_INVALID"));
  request = {};
  request.set_page_size(-1);
  EXPECT_THAT(List(request), HasReason(absl::StatusCode::kInvalidArgument, "PAGE_SIZE_INVALID"));
  for (const int state : {0, 9}) {
    const auto page =
        List(In({v1::REVIEW_ITEM_STATE_OPEN, static_cast<v1::ReviewItemState>(state)}));
    EXPECT_THAT(page, HasReason(absl::StatusCode::kInvalidArgument, "STATE_FILTER_INVALID"));
    EXPECT_THAT(page, HasField("states[1]"));
  }
}

TEST_F(ListingTest, PageEndsBeforeItGrowsTooLong) {
  for (int number = 1; number <= 4; ++number) {
    v1::EnqueueReviewItemRequest request = SampleEnqueue("a" + std::to_string(number), number);
    request.mutable_review_item()->mutable_verdict()->set_result_string(
        std::string(paging::kMaxPageBytes / 5 * 2, 'r'));
    ASSERT_THAT(Enqueue(request), IsOk());
  }
  const auto page = List({});
  ASSERT_THAT(page, IsOk());
  EXPECT_EQ(page->review_items_size(), 2);
  v1::ListReviewItemsRequest next;
  next.set_page_token(page->next_page_token());
  EXPECT_THAT(Names(next), ElementsAre("reviewItems/a3.3", "reviewItems/a4.4"));
}

TEST_F(ListingTest, EventsComeInPages) {
  Arrived();
  ASSERT_THAT(Decide(ravi_, Uphold(*Claim(ravi_, "reviewItems/a1.1"))), IsOk());
  v1::ListReviewItemEventsRequest request;
  request.set_parent("reviewItems/a1.1");
  request.set_page_size(2);
  const auto first = Call(&Api::ListReviewItemEvents, ravi_, request);
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(first->events_size(), 2);
  request.set_page_token(first->next_page_token());
  const auto second = Call(&Api::ListReviewItemEvents, ravi_, request);
  ASSERT_THAT(second, IsOk());
  ASSERT_EQ(second->events_size(), 1);
  EXPECT_EQ(second->events(0).type(), "DECIDED");
  EXPECT_EQ(second->next_page_token(), "");
  Arrived("a2", 1);
  request.set_parent("reviewItems/a2.1");
  EXPECT_THAT(Call(&Api::ListReviewItemEvents, ravi_, request),
              HasReason(absl::StatusCode::kInvalidArgument, "PAGE_TOKEN_INVALID"));
}

TEST_F(ListingTest, EventsNeedAnItem) {
  v1::ListReviewItemEventsRequest request;
  request.set_parent("reviewItems/a1.1");
  EXPECT_THAT(Call(&Api::ListReviewItemEvents, ravi_, request),
              HasReason(absl::StatusCode::kNotFound, "REVIEW_ITEM_NOT_FOUND"));
  request.set_parent("a1.1");
  const auto events = Call(&Api::ListReviewItemEvents, ravi_, request);
  EXPECT_THAT(events, HasReason(absl::StatusCode::kInvalidArgument, "RESOURCE_NAME_INVALID"));
  EXPECT_THAT(events, HasField("parent"));
}

TEST_F(ListingTest, ReadsAreForReviewersAndAuditors) {
  const std::string name = Arrived().name();
  v1::GetReviewItemRequest get;
  get.set_name(name);
  const std::string organisation(kSchemeOwner);
  EXPECT_THAT(
      Call(&Api::GetReviewItem, Person{"ann", organisation, {auth::Role::ROLE_AUDITOR}}, get),
      IsOk());
  for (const auth::Role role : {auth::Role::ROLE_SUPPLIER, auth::Role::ROLE_ASSESSOR,
                                auth::Role::ROLE_OPERATOR, auth::Role::ROLE_PROCUREMENT_READER}) {
    const Person person{"bob", organisation, {role}};
    const auto denied = HasReason(absl::StatusCode::kPermissionDenied, "ROLE_NOT_ALLOWED");
    EXPECT_THAT(Call(&Api::GetReviewItem, person, get), denied);
    EXPECT_THAT(Call(&Api::ListReviewItems, person, v1::ListReviewItemsRequest()), denied);
    v1::ListReviewItemEventsRequest events;
    events.set_parent(name);
    EXPECT_THAT(Call(&Api::ListReviewItemEvents, person, events), denied);
  }
}

}  // namespace
}  // namespace assay::review_queue
