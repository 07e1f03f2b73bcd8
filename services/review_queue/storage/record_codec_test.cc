#include "services/review_queue/storage/record_codec.h"

#include <functional>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/ids/hex.h"
#include "common/testing/status_matchers.h"
#include "services/review_queue/storage/records.pb.h"
#include "services/review_queue/testing/sample.h"

namespace assay::review_queue {
namespace {

using testing_kit::HasReason;
using testing_kit::IsOk;
using testing_kit::IsOkAndHolds;

// An item with everything in it.
ReviewItem DecidedItem() {
  ReviewItem item = SampleItem();
  item.state = ItemState::kDecided;
  item.claim = Claim{"ravi", 3, SampleNow() + absl::Hours(1), Sha256("token")};
  item.decision = Decision{DecisionKind::kReturn,     "Please explain.",
                           {{"2300", "Since?"}},      "ravi",
                           std::string(kSchemeOwner), SampleNow() + absl::Minutes(5),
                           DecisionEffect::kApplied};
  item.head = {5, Sha256("head")};
  item.update_time = SampleNow() + absl::Minutes(6);
  return item;
}

TEST(RecordCodecTest, ItemsRoundTrip) {
  const std::string bytes = EncodeItem(DecidedItem());
  const auto item = DecodeItem(bytes);
  ASSERT_THAT(item, IsOk());
  EXPECT_EQ(EncodeItem(*item), bytes);
  EXPECT_EQ(item->claim->expire_time, SampleNow() + absl::Hours(1));
  EXPECT_EQ(item->decision->controls.front().reason, "Since?");
  EXPECT_EQ(item->submission.result_digest, SampleSubmission().result_digest);
  EXPECT_EQ(item->submission.flags.size(), 3);
  EXPECT_EQ(item->head, DecidedItem().head);
}

// Golden: a decided item as an earlier build wrote it; its SHA-256 stands for the bytes.
TEST(RecordCodecTest, ItemBytesArePinned) {
  EXPECT_EQ(ToHex(Sha256(EncodeItem(DecidedItem()))),
            "4e376f2ee1e6320033147692b4173be3b7814f8089ba3ad5db60fadff5ff5545");
}

TEST(RecordCodecTest, SmallRecordsArePinned) {
  EXPECT_EQ(ToHex(EncodeAssessment(7)), "08011007");
  EXPECT_EQ(ToHex(EncodeDelivery({"a1", 7})),
            "0801"
            "12026131"
            "1807");
  EXPECT_THAT(DecodeAssessment(EncodeAssessment(7)), IsOkAndHolds(7));
  EXPECT_THAT(DecodeDelivery(EncodeDelivery({"a1", 7})), IsOkAndHolds(ItemId{"a1", 7}));
}

TEST(RecordCodecTest, AnswersRoundTrip) {
  const std::string bytes = EncodeAnswer({DecidedItem(), "3-token", SampleNow()});
  const auto answer = DecodeAnswer(bytes);
  ASSERT_THAT(answer, IsOk());
  EXPECT_EQ(answer->claim_token, "3-token");
  EXPECT_EQ(answer->time, SampleNow());
  EXPECT_EQ(EncodeAnswer(*answer), bytes);
}

struct Damage {
  const char* name;
  std::function<void(records::ItemRecord&)> apply;
};

class ItemRecordDamaged : public testing::TestWithParam<Damage> {};

TEST_P(ItemRecordDamaged, IsDataLoss) {
  records::ItemRecord record;
  ASSERT_TRUE(record.ParseFromString(EncodeItem(DecidedItem())));
  GetParam().apply(record);
  EXPECT_THAT(DecodeItem(record.SerializeAsString()),
              HasReason(absl::StatusCode::kDataLoss, "RECORD_MALFORMED"));
}

INSTANTIATE_TEST_SUITE_P(
    All, ItemRecordDamaged,
    testing::Values(
        Damage{"OtherVersion", [](records::ItemRecord& r) { r.set_format_version(2); }},
        Damage{"NoVersion", [](records::ItemRecord& r) { r.clear_format_version(); }},
        Damage{"NoState", [](records::ItemRecord& r) { r.clear_state(); }},
        Damage{"DecidedWithoutDecision", [](records::ItemRecord& r) { r.clear_decision(); }},
        Damage{"OpenWithDecision",
               [](records::ItemRecord& r) { r.set_state(records::STATE_OPEN); }},
        Damage{"DecidedAndSuperseded", [](records::ItemRecord& r) { r.set_superseded_by(2); }},
        Damage{"ClaimedWithoutClaim",
               [](records::ItemRecord& r) {
                 r.set_state(records::STATE_CLAIMED);
                 r.clear_decision();
                 r.clear_claim();
               }},
        Damage{"NoKind", [](records::ItemRecord& r) { r.mutable_decision()->clear_kind(); }},
        Damage{"NoEffect", [](records::ItemRecord& r) { r.mutable_decision()->clear_effect(); }},
        Damage{"NoHead", [](records::ItemRecord& r) { r.clear_chain_hash(); }},
        Damage{"NoId", [](records::ItemRecord& r) { r.clear_submission(); }}),
    [](const auto& test) { return test.param.name; });

TEST(RecordCodecTest, GarbageIsDataLoss) {
  for (const std::string& bytes : {std::string(), std::string("\xFF\xFF\xFF"), std::string("x")}) {
    EXPECT_THAT(DecodeItem(bytes), HasReason(absl::StatusCode::kDataLoss, "RECORD_MALFORMED"));
    EXPECT_THAT(DecodeAssessment(bytes),
                HasReason(absl::StatusCode::kDataLoss, "RECORD_MALFORMED"));
    EXPECT_THAT(DecodeDelivery(bytes), HasReason(absl::StatusCode::kDataLoss, "RECORD_MALFORMED"));
    EXPECT_THAT(DecodeAnswer(bytes), HasReason(absl::StatusCode::kDataLoss, "RECORD_MALFORMED"));
  }
}

}  // namespace
}  // namespace assay::review_queue
