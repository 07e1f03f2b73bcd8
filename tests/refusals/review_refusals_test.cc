// Claims and decisions that come too late, from the wrong person or on the wrong submission.

#include <string>

#include "gtest/gtest.h"

#include "tests/refusals/refusal_test.h"

namespace assay::refusals {
namespace {

using testing::AllOf;
using testing_kit::HasMetadata;

class ReviewRefusalTest : public RefusalTest {
 protected:
  // Everything that needs a claim, with the claim's token and person.
  void ExpectClaimLost(const Person& person, const queue::ClaimReviewItemResponse& claim) {
    const StatusMatcher lost = Refused(kAborted, "CLAIM_LOST", "claim_token");
    auto decide = UpholdRequest(claim);
    decide.set_etag(GetItem(claim.review_item().name()).etag());
    ExpectRefused(&Queue::DecideReviewItem, As(person), decide, lost);
    queue::ExtendClaimRequest extend;
    extend.set_name(decide.name());
    extend.set_claim_token(decide.claim_token());
    ExpectRefused(&Queue::ExtendClaim, As(person), extend, lost);
    queue::ReleaseClaimRequest release;
    release.set_name(decide.name());
    release.set_claim_token(decide.claim_token());
    ExpectRefused(&Queue::ReleaseClaim, As(person), release, lost);
  }

  // Submission 1 of a1 is recalled and the same results are submitted again.
  void Resubmit(const std::string& id) {
    Must(&Store::RecallSubmission, As(anna_), RecallRequest(id));
    EXPECT_EQ(Submit(id).assessment().submission_number(), 2);
  }
};

TEST_F(ReviewRefusalTest, ClaimingAClaimedItem) {
  const std::string item = InReview("a1");
  Claim(ravi_, item);
  for (const Person& person : {rita_, ravi_}) {
    SCOPED_TRACE(person.subject);
    ExpectRefused(&Queue::ClaimReviewItem, As(person), ClaimRequest(item),
                  AllOf(Refused(kPrecondition, "REVIEW_ITEM_CLAIMED", ""),
                        StatusMatcher(HasMetadata("expire_time", "2026-06-01T10:00:00Z"))));
  }
}

TEST_F(ReviewRefusalTest, DecidingWithAClaimThatSomebodyElseTookOver) {
  const std::string item = InReview("a1");
  const auto lost = Claim(ravi_, item);
  system_.clock().Advance(absl::Hours(2));
  Claim(rita_, item);
  ExpectClaimLost(ravi_, lost);
}

TEST_F(ReviewRefusalTest, DecidingWithAReleasedClaim) {
  const std::string item = InReview("a1");
  const auto claim = Claim(ravi_, item);
  queue::ReleaseClaimRequest release;
  release.set_name(item);
  release.set_claim_token(claim.claim_token());
  Must(&Queue::ReleaseClaim, As(ravi_), release);
  ExpectClaimLost(ravi_, claim);
}

TEST_F(ReviewRefusalTest, DecidingWithSomebodyElsesOrAnInventedClaim) {
  const std::string item = InReview("a1");
  auto claim = Claim(ravi_, item);
  ExpectClaimLost(rita_, claim);
  for (const std::string& token :
       {std::string(), std::string("1-00000000000000000000000000000000"), std::string(5000, 'a')}) {
    SCOPED_TRACE(token.substr(0, 40));
    claim.set_claim_token(token);
    ExpectClaimLost(ravi_, claim);
  }
}

TEST_F(ReviewRefusalTest, DecidingOnASupersededSubmission) {
  const std::string item = InReview("a1");
  const auto claim = Claim(ravi_, item);
  Resubmit("a1");
  EXPECT_EQ(system_.DeliverSubmissions().delivered, 1u);
  const StatusMatcher superseded =
      AllOf(Refused(kPrecondition, "REVIEW_ITEM_SUPERSEDED", ""),
            StatusMatcher(HasMetadata("superseded_by", "reviewItems/a1.2")));
  ExpectRefused(&Queue::DecideReviewItem, As(ravi_), UpholdRequest(claim), superseded);
  ExpectRefused(&Queue::ClaimReviewItem, As(rita_), ClaimRequest(item), superseded);
}

// Decided before the queue heard of the second submission: the store refuses it as stale. The
// results are unchanged, so the digest is the same and only the number tells.
TEST_F(ReviewRefusalTest, ADecisionThatArrivesOnASupersededVerdict) {
  const std::string item = InReview("a1");
  const auto claim = Claim(ravi_, item);
  Resubmit("a1");
  store::Assessment before = Get("a1");
  Must(&Queue::DecideReviewItem, As(ravi_), UpholdRequest(claim));
  EXPECT_EQ(system_.DeliverDecisions().delivered, 1u);

  EXPECT_EQ(GetItem(item).decision().effect(), queue::DECISION_EFFECT_REFUSED_STALE);
  const store::Assessment after = Get("a1");
  EXPECT_EQ(after.state(), store::ASSESSMENT_STATE_IN_REVIEW);
  EXPECT_EQ(after.submission_number(), 2);
  EXPECT_EQ(after.current_verdict(), before.current_verdict());
  EXPECT_EQ(after.controls_confirmed(), before.controls_confirmed());
}

TEST_F(ReviewRefusalTest, ADecisionOnAnotherSubmissionResultOrEtagThanTheItems) {
  const std::string item = InReview("a1");
  const auto claim = Claim(ravi_, item);
  auto request = UpholdRequest(claim);
  request.set_submission_number(2);
  ExpectRefused(&Queue::DecideReviewItem, As(ravi_), request,
                Refused(kAborted, "SUBMISSION_MISMATCH", "submission_number"));
  request = UpholdRequest(claim);
  request.set_result_digest(std::string(64, '0'));
  ExpectRefused(&Queue::DecideReviewItem, As(ravi_), request,
                Refused(kAborted, "SUBMISSION_MISMATCH", "result_digest"));
  queue::ExtendClaimRequest extend;
  extend.set_name(item);
  extend.set_claim_token(claim.claim_token());
  Must(&Queue::ExtendClaim, As(ravi_), extend);
  ExpectRefused(&Queue::DecideReviewItem, As(ravi_), UpholdRequest(claim),
                Refused(kAborted, "ETAG_MISMATCH", "etag"));
}

TEST_F(ReviewRefusalTest, DecidingTwice) {
  const std::string item = InReview("a1");
  const auto claim = Claim(ravi_, item);
  Must(&Queue::DecideReviewItem, As(ravi_), UpholdRequest(claim));
  auto again = UpholdRequest(claim);
  again.set_etag(GetItem(item).etag());
  const StatusMatcher decided = Refused(kPrecondition, "REVIEW_ITEM_DECIDED", "");
  ExpectRefused(&Queue::DecideReviewItem, As(ravi_), again, decided);
  ExpectRefused(&Queue::ClaimReviewItem, As(rita_), ClaimRequest(item), decided);
  system_.DeliverDecisions();
  ExpectRefused(&Queue::DecideReviewItem, As(ravi_), again, decided);
}

TEST_F(ReviewRefusalTest, AUsedRequestIdWithOtherContent) {
  const StatusMatcher reused = Refused(kInvalid, "REQUEST_ID_REUSED", "request_id");
  const std::string item = InReview("a1");
  auto claim = ClaimRequest(item);
  claim.set_request_id("claim");
  const auto claimed = Must(&Queue::ClaimReviewItem, As(ravi_), claim);
  claim.mutable_duration()->set_seconds(7200);
  ExpectRefused(&Queue::ClaimReviewItem, As(ravi_), claim, reused);
  auto decide = UpholdRequest(claimed);
  decide.set_request_id("decide");
  Must(&Queue::DecideReviewItem, As(ravi_), decide);
  decide.mutable_decision()->set_reason("For another reason.");
  ExpectRefused(&Queue::DecideReviewItem, As(ravi_), decide, reused);
}

TEST_F(ReviewRefusalTest, ReviewersWhoAreNotIndependent) {
  const std::string item = InReview("a1");
  const auto claim = Claim(ravi_, item);
  struct {
    const char* rule;
    Person person;
  } const rows[] = {
      {"CONTRIBUTOR", {"anna", "organisations/scheme-owner", {auth::Role::ROLE_REVIEWER}}},
      {"CERTIFICATION_BODY", {"ruth", anna_.organisation, {auth::Role::ROLE_REVIEWER}}},
      {"SUPPLIER", {"rolf", sam_.organisation, {auth::Role::ROLE_REVIEW_LEAD}}},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.rule);
    const StatusMatcher refusal =
        AllOf(Refused(kDenied, "FOUR_EYES", ""), StatusMatcher(HasMetadata("rule", row.rule)));
    ExpectRefused(&Queue::ClaimReviewItem, As(row.person), ClaimRequest(item), refusal);
    ExpectRefused(&Queue::DecideReviewItem, As(row.person), UpholdRequest(claim), refusal);
  }
}

TEST_F(ReviewRefusalTest, CallsThatAreForServicesOnly) {
  const std::string item = InReview("a1");
  const StatusMatcher refusal = AllOf(Refused(kDenied, "ROLE_NOT_ALLOWED", ""),
                                      StatusMatcher(HasMetadata("required_roles", "service")));
  queue::EnqueueReviewItemRequest enqueue;
  *enqueue.mutable_review_item() = GetItem(item);
  store::ApplyReviewDecisionRequest apply;
  apply.set_name("assessments/a1");
  apply.set_review_item(item);
  apply.set_submission_number(1);
  apply.set_result_digest(GetItem(item).result_digest());
  apply.mutable_decision()->set_kind(queue::DECISION_KIND_UPHOLD);
  for (const Person& person : {anna_, sam_, ravi_, rita_}) {
    SCOPED_TRACE(person.subject);
    ExpectRefused(&Queue::EnqueueReviewItem, As(person), enqueue, refusal);
    ExpectRefused(&Store::ApplyReviewDecision, As(person), apply, refusal);
  }
}

TEST_F(ReviewRefusalTest, TheSameSubmissionWithOtherContent) {
  const std::string item = InReview("a1");
  queue::EnqueueReviewItemRequest request;
  *request.mutable_review_item() = GetItem(item);
  request.mutable_review_item()->mutable_flags(0)->set_reasoning("Never written.");
  request.set_chain_sequence(5);
  request.set_chain_hash(std::string(64, 'a'));
  ExpectRefused(&Queue::EnqueueReviewItem, AsService("services/assay-assessment-store"), request,
                Refused(kInvalid, "SUBMISSION_INVALID", "review_item"));
}

TEST_F(ReviewRefusalTest, ItemsThatAreNotThere) {
  InReview("a1");
  ExpectRefused(&Queue::ClaimReviewItem, As(ravi_), ClaimRequest("reviewItems/a1.2"),
                AllOf(Refused(kNotFound, "REVIEW_ITEM_NOT_FOUND", ""),
                      StatusMatcher(HasMetadata("name", "reviewItems/a1.2"))));
  for (const char* name : {"", "a1.1", "reviewItems/a1", "reviewItems/a1.01", "reviewItems/a1.x"}) {
    SCOPED_TRACE(name);
    ExpectRefused(&Queue::ClaimReviewItem, As(ravi_), ClaimRequest(name),
                  Refused(kInvalid, "RESOURCE_NAME_INVALID", "name"));
  }
}

TEST_F(ReviewRefusalTest, ClaimsTooShortOrTooLong) {
  const std::string item = InReview("a1");
  for (const int64_t seconds : {int64_t{59}, int64_t{24 * 3600 + 1}}) {
    SCOPED_TRACE(seconds);
    auto request = ClaimRequest(item);
    request.mutable_duration()->set_seconds(seconds);
    ExpectRefused(&Queue::ClaimReviewItem, As(ravi_), request,
                  Refused(kInvalid, "CLAIM_DURATION_OUT_OF_RANGE", "duration"));
  }
}

}  // namespace
}  // namespace assay::refusals
