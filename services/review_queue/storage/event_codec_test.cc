#include "services/review_queue/storage/event_codec.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/ids/hex.h"
#include "services/review_queue/storage/records.pb.h"
#include "services/review_queue/testing/sample.h"

namespace assay::review_queue {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string TextOf(const audit::EventDraft& draft, std::string_view field) {
  for (const audit::NamedText& text : draft.texts) {
    if (text.field == field) return text.text;
  }
  return "(absent)";
}

TEST(EventCodecTest, NamesWhoWhenAndWhat) {
  const audit::EventDraft draft =
      ToEvent({SampleItem(), EventType::kEnqueued, ByStore(absl::Minutes(1))});
  EXPECT_EQ(draft.aggregate, "reviewItems/a1.1");
  EXPECT_EQ(draft.type, "ENQUEUED");
  EXPECT_EQ(draft.time, SampleNow() + absl::Minutes(1));
  EXPECT_EQ(draft.actor.subject, "services/assay-assessment-store");
}

TEST(EventCodecTest, KeepsTextsAndSubjectsOutOfTheHashedBody) {
  const ReviewItem item = SampleItem();
  const audit::EventDraft draft = ToEvent({item, EventType::kEnqueued, ByStore()});
  EXPECT_EQ(TextOf(draft, "flags[1].reasoning"), item.submission.flags[1].reasoning());
  EXPECT_EQ(TextOf(draft, "contributors[0]"), std::string(kContributor) + "\nsam@harbour-optics\n");
  EXPECT_THAT(draft.body, Not(HasSubstr(item.submission.flags[1].reasoning())));
  EXPECT_THAT(draft.body, Not(HasSubstr(std::string(kContributor))));
}

TEST(EventCodecTest, DecisionReasonsAreTexts) {
  ReviewItem item = SampleItem();
  item.state = ItemState::kDecided;
  item.decision = Decision{DecisionKind::kOverturn,   "Whole.",    {{"1203", "Part."}},     "ravi",
                           std::string(kSchemeOwner), SampleNow(), DecisionEffect::kPending};
  const audit::EventDraft draft = ToEvent({item, EventType::kDecided, ByReviewer("ravi")});
  EXPECT_EQ(TextOf(draft, kDecisionReasonText), "Whole.");
  EXPECT_EQ(TextOf(draft, "decision.controls[0].reason"), "Part.");
  records::EventBody body;
  ASSERT_TRUE(body.ParseFromString(draft.body));
  EXPECT_EQ(body.decided().kind(), records::KIND_OVERTURN);
  EXPECT_THAT(body.decided().controls(), testing::ElementsAre("1203"));
  EXPECT_EQ(body.decided().submission_number(), 1);
}

// Golden: bodies as an earlier build wrote them.
TEST(EventCodecTest, BodiesArePinned) {
  ReviewItem item = SampleItem();
  item.claim = Claim{"ravi", 3, absl::FromUnixMicros(5), std::string(2, '\xAB')};
  EXPECT_EQ(ToHex(ToEvent({item, EventType::kClaimed, ByReviewer("ravi")}).body),
            "0801"
            "1a08"
            "0803"
            "1005"
            "1a02abab");
  item.superseded_by = 2;
  EXPECT_EQ(ToHex(ToEvent({item, EventType::kSuperseded, ByStore()}).body),
            "0801"
            "2a02"
            "0802");
  EXPECT_EQ(ToHex(Sha256(ToEvent({SampleItem(), EventType::kEnqueued, ByStore()}).body)),
            "363483eee19842c46ee67b2c4cccb8fed61f0544040852d9391357830653826d");
}

TEST(EventCodecTest, EveryTypeHasTheNameOfTheApi) {
  EXPECT_EQ(EventTypeName(EventType::kEnqueued), "ENQUEUED");
  EXPECT_EQ(EventTypeName(EventType::kClaimed), "CLAIMED");
  EXPECT_EQ(EventTypeName(EventType::kClaimExtended), "CLAIM_EXTENDED");
  EXPECT_EQ(EventTypeName(EventType::kClaimReleased), "CLAIM_RELEASED");
  EXPECT_EQ(EventTypeName(EventType::kDecided), "DECIDED");
  EXPECT_EQ(EventTypeName(EventType::kSuperseded), "SUPERSEDED");
  EXPECT_EQ(EventTypeName(EventType::kDecisionDelivered), "DECISION_DELIVERED");
}

}  // namespace
}  // namespace assay::review_queue
