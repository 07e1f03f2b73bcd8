// ClaimReviewItem, ExtendClaim and ReleaseClaim through a real stub.

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/ids/hex.h"
#include "common/testing/proto_matchers.h"
#include "common/testing/status_matchers.h"
#include "common/time/timestamp.h"
#include "services/review_queue/limits.h"
#include "services/review_queue/testing/sample.h"
#include "services/review_queue/testing/service_fixture.h"

namespace assay::review_queue {
namespace {

using testing_kit::EqualsProto;
using testing_kit::HasField;
using testing_kit::HasMetadata;
using testing_kit::HasReason;
using testing_kit::IsOk;
using testing_kit::IsOkAndHolds;
using Api = v1::ReviewQueueService::StubInterface;

class ClaimTest : public ServiceTest {
 protected:
  absl::StatusOr<v1::ReviewItem> Extend(const Person& person, std::string_view token,
                                        absl::Duration duration = absl::Hours(2)) {
    v1::ExtendClaimRequest request;
    request.set_name("reviewItems/a1.1");
    request.set_claim_token(std::string(token));
    request.mutable_duration()->set_seconds(absl::ToInt64Seconds(duration));
    return Call(&Api::ExtendClaim, person, request);
  }
  absl::StatusOr<v1::ReviewItem> Release(const Person& person, std::string_view token) {
    v1::ReleaseClaimRequest request;
    request.set_name("reviewItems/a1.1");
    request.set_claim_token(std::string(token));
    return Call(&Api::ReleaseClaim, person, request);
  }
  absl::StatusOr<v1::ClaimReviewItemResponse> ClaimFor(int64_t seconds, int32_t nanos = 0) {
    v1::ClaimReviewItemRequest request;
    request.set_name("reviewItems/a1.1");
    request.mutable_duration()->set_seconds(seconds);
    request.mutable_duration()->set_nanos(nanos);
    return Call(&Api::ClaimReviewItem, ravi_, request);
  }
};

TEST_F(ClaimTest, HoldsTheItemForAnHour) {
  const v1::ReviewItem item = Arrived();
  const auto claimed = Claim(ravi_, item.name());
  ASSERT_THAT(claimed, IsOk());
  EXPECT_EQ(claimed->review_item().state(), v1::REVIEW_ITEM_STATE_CLAIMED);
  EXPECT_EQ(claimed->review_item().claim().reviewer(), "ravi");
  EXPECT_EQ(claimed->review_item().claim().fencing_number(), 1);
  EXPECT_EQ(FromTimestamp(claimed->review_item().claim().expire_time()),
            SampleNow() + absl::Hours(1));
  EXPECT_NE(claimed->review_item().etag(), item.etag());
  EXPECT_THAT(Get(item.name()), IsOkAndHolds(EqualsProto(claimed->review_item())));
}

TEST_F(ClaimTest, StoresTheTokensHashOnly) {
  const auto claimed = Claim(ravi_, Arrived().name());
  ASSERT_THAT(claimed, IsOk());
  bool hash_is_stored = false;
  for (const auto& [key, value] : Rows()) {
    EXPECT_EQ(value.find(claimed->claim_token()), std::string::npos) << ToHex(key);
    hash_is_stored |= value.find(Sha256(claimed->claim_token())) != std::string::npos;
  }
  EXPECT_TRUE(hash_is_stored);
}

TEST_F(ClaimTest, RefusesAClaimedItemAlsoToItsHolder) {
  const std::string name = Arrived().name();
  ASSERT_THAT(Claim(ravi_, name), IsOk());
  const auto rows = Rows();
  for (const Person& person : {ravi_, rita_}) {
    const auto again = Claim(person, name);
    EXPECT_THAT(again, HasReason(absl::StatusCode::kFailedPrecondition, "REVIEW_ITEM_CLAIMED"));
    EXPECT_THAT(again, HasMetadata("expire_time", "2026-06-01T10:00:00Z"));
  }
  EXPECT_EQ(Rows(), rows);
}

TEST_F(ClaimTest, TakesOverAfterExpiry) {
  const std::string name = Arrived().name();
  const auto first = Claim(ravi_, name);
  runtime_.clock().Advance(absl::Hours(1));
  EXPECT_EQ(Get(name)->state(), v1::REVIEW_ITEM_STATE_OPEN);
  const auto second = Claim(rita_, name);
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->review_item().claim().fencing_number(), 2);
  EXPECT_NE(second->claim_token(), first->claim_token());
  const auto rows = Rows();
  const auto lost = Extend(ravi_, first->claim_token());
  EXPECT_THAT(lost, HasReason(absl::StatusCode::kAborted, "CLAIM_LOST"));
  EXPECT_THAT(lost, HasField("claim_token"));
  EXPECT_THAT(Release(ravi_, first->claim_token()),
              HasReason(absl::StatusCode::kAborted, "CLAIM_LOST"));
  EXPECT_EQ(Rows(), rows);
}

TEST_F(ClaimTest, RequestIdGivesTheFirstAnswerAgainTokenIncluded) {
  const std::string name = Arrived().name();
  const auto first = Claim(ravi_, name, "claim-1");
  ASSERT_THAT(first, IsOk());
  runtime_.clock().Advance(absl::Hours(2));
  const auto rows = Rows();
  EXPECT_THAT(Claim(ravi_, name, "claim-1"), IsOkAndHolds(EqualsProto(*first)));
  EXPECT_EQ(Rows(), rows);
  EXPECT_THAT(Extend(ravi_, first->claim_token()), IsOk());
}

TEST_F(ClaimTest, RequestIdBelongsToOneCallerAndOneContent) {
  Arrived("a1", 1);
  Arrived("a2", 1);
  ASSERT_THAT(Claim(ravi_, "reviewItems/a1.1", "id"), IsOk());
  const auto rows = Rows();
  const auto reused = Claim(ravi_, "reviewItems/a2.1", "id");
  EXPECT_THAT(reused, HasReason(absl::StatusCode::kInvalidArgument, "REQUEST_ID_REUSED"));
  EXPECT_THAT(reused, HasField("request_id"));
  EXPECT_THAT(Claim(ravi_, "reviewItems/a2.1", "no spaces"),
              HasReason(absl::StatusCode::kInvalidArgument, "REQUEST_ID_INVALID"));
  EXPECT_EQ(Rows(), rows);
  EXPECT_THAT(Claim(rita_, "reviewItems/a2.1", "id"), IsOk());
}

TEST_F(ClaimTest, RefusedClaimDoesNotUseUpItsRequestId) {
  const std::string name = Arrived().name();
  ASSERT_THAT(Claim(rita_, name), IsOk());
  EXPECT_FALSE(Claim(ravi_, name, "id").ok());
  runtime_.clock().Advance(absl::Hours(1));
  EXPECT_THAT(Claim(ravi_, name, "id"), IsOk());
}

TEST_F(ClaimTest, DurationHasLimits) {
  Arrived();
  const auto rows = Rows();
  for (const auto& [seconds, nanos] : {std::pair<int64_t, int32_t>{59, 999'999'999},
                                       {24 * 3600, 1},
                                       {0, 0},
                                       {-3600, 0},
                                       {3600, -1},
                                       {3600, 1'000'000'000},
                                       {315'576'000'000, 0}}) {
    const auto claimed = ClaimFor(seconds, nanos);
    EXPECT_THAT(claimed,
                HasReason(absl::StatusCode::kInvalidArgument, "CLAIM_DURATION_OUT_OF_RANGE"))
        << seconds << "." << nanos;
    EXPECT_THAT(claimed, HasField("duration"));
  }
  EXPECT_EQ(Rows(), rows);
  const auto claimed = ClaimFor(60);
  ASSERT_THAT(claimed, IsOk());
  runtime_.clock().Advance(absl::Minutes(1));
  EXPECT_THAT(ClaimFor(24 * 3600), IsOk());
}

TEST_F(ClaimTest, ExtendAndReleaseAreForTheHolder) {
  const std::string name = Arrived().name();
  const auto claimed = Claim(ravi_, name);
  EXPECT_THAT(Extend(rita_, claimed->claim_token()),
              HasReason(absl::StatusCode::kAborted, "CLAIM_LOST"));
  const auto extended = Extend(ravi_, claimed->claim_token());
  ASSERT_THAT(extended, IsOk());
  EXPECT_EQ(FromTimestamp(extended->claim().expire_time()), SampleNow() + absl::Hours(2));
  EXPECT_THAT(Extend(ravi_, claimed->claim_token(), absl::Seconds(59)),
              HasReason(absl::StatusCode::kInvalidArgument, "CLAIM_DURATION_OUT_OF_RANGE"));
  const auto released = Release(ravi_, claimed->claim_token());
  ASSERT_THAT(released, IsOk());
  EXPECT_EQ(released->state(), v1::REVIEW_ITEM_STATE_OPEN);
  EXPECT_THAT(Release(ravi_, claimed->claim_token()),
              HasReason(absl::StatusCode::kAborted, "CLAIM_LOST"));
  EXPECT_THAT(Claim(rita_, name), IsOk());
}

TEST_F(ClaimTest, FourEyes) {
  const std::string name = Arrived().name();
  const auto rows = Rows();
  const struct {
    Person person;
    const char* rule;
  } cases[] = {
      {{std::string(kContributor), std::string(kSchemeOwner), {auth::Role::ROLE_REVIEWER}},
       "CONTRIBUTOR"},
      {{"bob", std::string(kCertificationBody), {auth::Role::ROLE_REVIEWER}}, "CERTIFICATION_BODY"},
      {{"bob", std::string(kSupplier), {auth::Role::ROLE_REVIEW_LEAD}}, "SUPPLIER"},
  };
  for (const auto& [person, rule] : cases) {
    const auto claimed = Claim(person, name);
    EXPECT_THAT(claimed, HasReason(absl::StatusCode::kPermissionDenied, "FOUR_EYES"));
    EXPECT_THAT(claimed, HasMetadata("rule", rule));
  }
  EXPECT_EQ(Rows(), rows);
}

TEST_F(ClaimTest, IsForReviewersOnly) {
  const std::string name = Arrived().name();
  const auto rows = Rows();
  for (const auth::Role role : {auth::Role::ROLE_AUDITOR, auth::Role::ROLE_ASSESSOR,
                                auth::Role::ROLE_SUPPLIER, auth::Role::ROLE_OPERATOR}) {
    EXPECT_THAT(Claim({"bob", std::string(kSchemeOwner), {role}}, name),
                HasReason(absl::StatusCode::kPermissionDenied, "ROLE_NOT_ALLOWED"));
  }
  v1::ClaimReviewItemRequest request;
  request.set_name(name);
  EXPECT_THAT(CallWithToken(&Api::ClaimReviewItem, "", request),
              HasReason(absl::StatusCode::kUnauthenticated, "TOKEN_MISSING"));
  EXPECT_EQ(Rows(), rows);
}

TEST_F(ClaimTest, NamesMustBeRightAndThere) {
  EXPECT_THAT(Claim(ravi_, "reviewItems/nothing"),
              HasReason(absl::StatusCode::kInvalidArgument, "RESOURCE_NAME_INVALID"));
  EXPECT_THAT(Claim(ravi_, "reviewItems/a9.9"),
              HasReason(absl::StatusCode::kNotFound, "REVIEW_ITEM_NOT_FOUND"));
  EXPECT_THAT(Get("reviewItems/a9.9"),
              HasReason(absl::StatusCode::kNotFound, "REVIEW_ITEM_NOT_FOUND"));
  EXPECT_TRUE(Rows().empty());
}

}  // namespace
}  // namespace assay::review_queue
