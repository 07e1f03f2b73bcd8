#include "services/review_queue/testing/service_fixture.h"

#include "common/ids/hex.h"
#include "services/review_queue/convert.h"
#include "services/review_queue/testing/sample.h"

namespace assay::review_queue {
namespace {

using Api = v1::ReviewQueueService::StubInterface;

}  // namespace

v1::EnqueueReviewItemRequest SampleEnqueue(std::string_view assessment, int64_t number) {
  const ReviewItem item = SampleItem(assessment, number);
  v1::EnqueueReviewItemRequest request;
  *request.mutable_review_item() = ToProto(item, SampleNow());
  request.set_chain_sequence(static_cast<int64_t>(item.submission.assessment_head.sequence));
  request.set_chain_hash(ToHex(item.submission.assessment_head.hash));
  return request;
}

std::map<std::string, std::string> AllRows(storage::Store& store) {
  std::map<std::string, std::string> rows;
  const absl::Status status =
      store.Snapshot()->Scan({}, [&rows](std::string_view key, std::string_view value) {
        rows.emplace(key, value);
        return true;
      });
  EXPECT_TRUE(status.ok()) << status;
  return rows;
}

ServiceTest::ServiceTest()
    : ravi_{"ravi", std::string(kSchemeOwner), {auth::Role::ROLE_REVIEWER}},
      rita_{"rita", std::string(kSchemeOwner), {auth::Role::ROLE_REVIEW_LEAD}},
      runtime_({v1::ReviewQueueService::service_full_name()}),
      queue_(store_, runtime_.clock(), runtime_.ids(), "services/assay-review-queue"),
      service_(runtime_.runtime(), queue_, [this] { ++decisions_; }),
      server_(runtime_, {{v1::ReviewQueueService::service_full_name(), &service_}}),
      stub_(v1::ReviewQueueService::NewStub(server_.channel())) {}

std::string ServiceTest::Token(const Person& person) const {
  return runtime_.keys().Mint(person.subject, person.organisation, person.roles);
}

absl::StatusOr<v1::ReviewItem> ServiceTest::Enqueue(const v1::EnqueueReviewItemRequest& request) {
  return CallWithToken(&Api::EnqueueReviewItem,
                       runtime_.keys().MintService("services/assay-assessment-store"), request);
}

v1::ReviewItem ServiceTest::Arrived(std::string_view assessment, int64_t number) {
  const auto item = Enqueue(SampleEnqueue(assessment, number));
  EXPECT_TRUE(item.ok()) << item.status();
  return item.value_or(v1::ReviewItem());
}

absl::StatusOr<v1::ReviewItem> ServiceTest::Get(std::string_view name) {
  v1::GetReviewItemRequest request;
  request.set_name(std::string(name));
  return Call(&Api::GetReviewItem, ravi_, request);
}

absl::StatusOr<v1::ClaimReviewItemResponse> ServiceTest::Claim(const Person& person,
                                                               std::string_view name,
                                                               std::string_view request_id) {
  v1::ClaimReviewItemRequest request;
  request.set_name(std::string(name));
  request.set_request_id(std::string(request_id));
  return Call(&Api::ClaimReviewItem, person, request);
}

absl::StatusOr<v1::ReviewItem> ServiceTest::Decide(const Person& person,
                                                   const v1::DecideReviewItemRequest& request) {
  return Call(&Api::DecideReviewItem, person, request);
}

absl::StatusOr<v1::ListReviewItemsResponse> ServiceTest::List(
    const v1::ListReviewItemsRequest& request) {
  return Call(&Api::ListReviewItems, ravi_, request);
}

v1::DecideReviewItemRequest ServiceTest::Uphold(const v1::ClaimReviewItemResponse& claimed) {
  const v1::ReviewItem& item = claimed.review_item();
  v1::DecideReviewItemRequest request;
  request.set_name(item.name());
  request.set_claim_token(claimed.claim_token());
  request.set_submission_number(item.submission_number());
  request.set_result_digest(item.result_digest());
  request.set_etag(item.etag());
  request.mutable_decision()->set_kind(v1::DECISION_KIND_UPHOLD);
  request.mutable_decision()->set_reason("The reasoning holds.");
  return request;
}

}  // namespace assay::review_queue
