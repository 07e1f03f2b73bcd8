#include "services/review_queue/domain/decide.h"

#include <functional>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/audit/etag.h"
#include "common/testing/status_matchers.h"
#include "services/review_queue/domain/claim.h"
#include "services/review_queue/limits.h"
#include "services/review_queue/testing/sample.h"

namespace assay::review_queue {
namespace {

using testing_kit::HasField;
using testing_kit::HasMetadata;
using testing_kit::HasReason;
using testing_kit::IsOk;

const std::string kRandom(kClaimTokenRandomBytes, '\x5A');

// An item that ravi holds, and all that a decision on it needs.
struct Held {
  ReviewItem item;
  DecisionBasis basis;
};

Held HeldByRavi() {
  const ClaimedItem claimed = *ClaimItem(SampleItem(), absl::Hours(1), kRandom, ByReviewer("ravi"));
  Held held;
  held.item = claimed.change.item;
  held.basis = {claimed.token, held.item.id().submission_number, held.item.submission.result_digest,
                audit::EtagOf(held.item.head)};
  return held;
}

DecisionDraft Uphold() { return {DecisionKind::kUphold, "The reasoning holds.", {}}; }
DecisionDraft Overturn(std::vector<ControlDecision> controls) {
  return {DecisionKind::kOverturn, "Not all of it holds.", std::move(controls)};
}

TEST(DecideTest, UpholdsWithAReason) {
  const Held held = HeldByRavi();
  const auto decided = Decide(held.item, Uphold(), held.basis, ByReviewer("ravi"));
  ASSERT_THAT(decided, IsOk());
  EXPECT_EQ(decided->event, EventType::kDecided);
  EXPECT_EQ(decided->item.state, ItemState::kDecided);
  const Decision& decision = *decided->item.decision;
  EXPECT_EQ(decision.kind, DecisionKind::kUphold);
  EXPECT_EQ(decision.reviewer, "ravi");
  EXPECT_EQ(decision.reviewer_organisation, kSchemeOwner);
  EXPECT_EQ(decision.decide_time, SampleNow());
  EXPECT_EQ(decision.effect, DecisionEffect::kPending);
}

TEST(DecideTest, CountsLateWorkOfAnUnreplacedHolder) {
  const Held held = HeldByRavi();
  EXPECT_THAT(Decide(held.item, Uphold(), held.basis, ByReviewer("ravi", absl::Hours(9))), IsOk());
}

TEST(DecideTest, RefusesALostClaim) {
  const Held held = HeldByRavi();
  const ClaimedItem taken_over = *ClaimItem(held.item, absl::Hours(1), std::string(16, 'x'),
                                            ByReviewer("rita", absl::Hours(1)));
  EXPECT_THAT(Decide(taken_over.change.item, Uphold(), held.basis, ByReviewer("ravi")),
              HasReason(absl::StatusCode::kAborted, "CLAIM_LOST"));
}

TEST(DecideTest, OverturnsEachKindOfFlag) {
  const Held held = HeldByRavi();
  const auto decided = Decide(held.item, Overturn({{"1203", "a"}, {"2300", "b"}, {"2500", "c"}}),
                              held.basis, ByReviewer("ravi"));
  ASSERT_THAT(decided, IsOk());
  EXPECT_EQ(decided->item.decision->controls.size(), 3);
}

TEST(DecideTest, OverturnsFlaggedControlsOnly) {
  Held held = HeldByRavi();
  v1::Flag neutral;
  neutral.mutable_trigger()->set_kind(scoring::v1::TRIGGER_KIND_NO_SCORED_CONTROLS);
  neutral.mutable_trigger()->set_control_id("4200");
  held.item.submission.flags.push_back(neutral);
  for (const char* control : {"9999", "4200"}) {
    const auto decided = Decide(held.item, Overturn({{"1203", "a"}, {control, "b"}}), held.basis,
                                ByReviewer("ravi"));
    EXPECT_THAT(decided, HasReason(absl::StatusCode::kInvalidArgument, "DECISION_INVALID"));
    EXPECT_THAT(decided, HasField("decision.controls[1].control_id"));
  }
}

TEST(DecideTest, ReturnsAnyControl) {
  const Held held = HeldByRavi();
  const DecisionDraft draft{DecisionKind::kReturn, "Please explain.", {{"3101", "Since when?"}}};
  EXPECT_THAT(Decide(held.item, draft, held.basis, ByReviewer("ravi")), IsOk());
}

TEST(DecideTest, ChecksFourEyesAgain) {
  const Held held = HeldByRavi();
  const Occasion moved{{"ravi", std::string(kSupplier), {"reviewer"}}, SampleNow()};
  const auto decided = Decide(held.item, Uphold(), held.basis, moved);
  EXPECT_THAT(decided, HasReason(absl::StatusCode::kPermissionDenied, "FOUR_EYES"));
  EXPECT_THAT(decided, HasMetadata("rule", "SUPPLIER"));
}

struct BasisCase {
  const char* name;
  const char* reason;
  const char* field;
  std::function<void(DecisionBasis&)> spoil;
};

class DecideBasis : public testing::TestWithParam<BasisCase> {};

TEST_P(DecideBasis, MustBeTheItems) {
  Held held = HeldByRavi();
  GetParam().spoil(held.basis);
  const auto decided = Decide(held.item, Uphold(), held.basis, ByReviewer("ravi"));
  EXPECT_THAT(decided, HasReason(absl::StatusCode::kAborted, GetParam().reason));
  EXPECT_THAT(decided, HasField(GetParam().field));
}

INSTANTIATE_TEST_SUITE_P(
    All, DecideBasis,
    testing::Values(BasisCase{"NoToken", "CLAIM_LOST", "claim_token",
                              [](DecisionBasis& b) { b.claim_token = ""; }},
                    BasisCase{"OtherSubmission", "SUBMISSION_MISMATCH", "submission_number",
                              [](DecisionBasis& b) { b.submission_number = 2; }},
                    BasisCase{"OtherResult", "SUBMISSION_MISMATCH", "result_digest",
                              [](DecisionBasis& b) { b.result_digest[0] ^= 1; }},
                    BasisCase{"StaleEtag", "ETAG_MISMATCH", "etag",
                              [](DecisionBasis& b) { b.etag = "0-00"; }}),
    [](const auto& test) { return test.param.name; });

TEST(DecideTest, NeedsAnEtag) {
  Held held = HeldByRavi();
  held.basis.etag = "";
  const auto decided = Decide(held.item, Uphold(), held.basis, ByReviewer("ravi"));
  EXPECT_THAT(decided, HasReason(absl::StatusCode::kInvalidArgument, "ETAG_REQUIRED"));
  EXPECT_THAT(decided, HasField("etag"));
}

struct DraftCase {
  const char* name;
  DecisionDraft draft;
  const char* field;
};

std::vector<ControlDecision> Controls(size_t count) {
  std::vector<ControlDecision> controls;
  for (size_t i = 0; i < count; ++i) controls.push_back({std::to_string(1000 + i), "why"});
  return controls;
}

class DecisionRefused : public testing::TestWithParam<DraftCase> {};

TEST_P(DecisionRefused, NamesTheField) {
  const Held held = HeldByRavi();
  const auto decided = Decide(held.item, GetParam().draft, held.basis, ByReviewer("ravi"));
  EXPECT_THAT(decided, HasReason(absl::StatusCode::kInvalidArgument, "DECISION_INVALID"));
  EXPECT_THAT(decided, HasField(GetParam().field));
}

INSTANTIATE_TEST_SUITE_P(
    All, DecisionRefused,
    testing::Values(
        DraftCase{"NoReason", {DecisionKind::kUphold, "", {}}, "decision.reason"},
        DraftCase{"LongReason",
                  {DecisionKind::kUphold, std::string(kMaxTextCharacters + 1, 'r'), {}},
                  "decision.reason"},
        DraftCase{
            "UpholdWithControls", {DecisionKind::kUphold, "r", Controls(1)}, "decision.controls"},
        DraftCase{"OverturnWithout", {DecisionKind::kOverturn, "r", {}}, "decision.controls"},
        DraftCase{"ReturnWithout", {DecisionKind::kReturn, "r", {}}, "decision.controls"},
        DraftCase{"TooMany",
                  {DecisionKind::kReturn, "r", Controls(kMaxDecisionControls + 1)},
                  "decision.controls"},
        DraftCase{"Twice",
                  {DecisionKind::kOverturn, "r", {{"1203", "a"}, {"1203", "b"}}},
                  "decision.controls[1].control_id"},
        DraftCase{"NoControlId",
                  {DecisionKind::kReturn, "r", {{"", "a"}}},
                  "decision.controls[0].control_id"},
        DraftCase{"NoControlReason",
                  {DecisionKind::kOverturn, "r", {{"1203", ""}}},
                  "decision.controls[0].reason"},
        DraftCase{"LongControlReason",
                  {DecisionKind::kReturn, "r", {{"1", std::string(kMaxTextCharacters + 1, 'r')}}},
                  "decision.controls[0].reason"}),
    [](const auto& test) { return test.param.name; });

TEST(CheckDecisionTest, AcceptsEveryLimit) {
  DecisionDraft draft{DecisionKind::kReturn, std::string(kMaxTextCharacters, 'r'),
                      Controls(kMaxDecisionControls)};
  for (ControlDecision& control : draft.controls) {
    control.reason = std::string(kMaxTextCharacters, 'q');
  }
  EXPECT_THAT(CheckDecision(draft), IsOk());
}

TEST(CheckDecisionTest, BoundsBytesToo) {
  DecisionDraft draft{DecisionKind::kReturn, "r", Controls(kMaxDecisionControls)};
  std::string wide;
  for (size_t i = 0; i < kMaxTextCharacters; ++i) wide += "\xF0\x9F\x94\x8D";
  for (ControlDecision& control : draft.controls) control.reason = wide;
  const absl::Status status = CheckDecision(draft);
  EXPECT_THAT(status, HasReason(absl::StatusCode::kInvalidArgument, "DECISION_INVALID"));
  EXPECT_THAT(status, HasField("decision"));
}

TEST(NoteEffectTest, HappensOnce) {
  const Held held = HeldByRavi();
  const ReviewItem decided = Decide(held.item, Uphold(), held.basis, ByReviewer("ravi"))->item;
  const auto noted = NoteEffect(decided, DecisionEffect::kApplied, ByStore());
  ASSERT_TRUE(noted.has_value());
  EXPECT_EQ(noted->event, EventType::kDecisionDelivered);
  EXPECT_EQ(noted->item.decision->effect, DecisionEffect::kApplied);
  EXPECT_FALSE(NoteEffect(noted->item, DecisionEffect::kRefusedStale, ByStore()).has_value());
}

}  // namespace
}  // namespace assay::review_queue
