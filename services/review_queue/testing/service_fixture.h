// A review queue behind a real server on the loopback, over a store in memory and a fake clock.

#ifndef ASSAY_SERVICES_REVIEW_QUEUE_TESTING_SERVICE_FIXTURE_H_
#define ASSAY_SERVICES_REVIEW_QUEUE_TESTING_SERVICE_FIXTURE_H_

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "gtest/gtest.h"

#include "assay/review_queue/v1/review_queue_service.grpc.pb.h"

#include "common/auth/role.h"
#include "common/status/grpc_status.h"
#include "common/storage/memory_store.h"
#include "common/testing/test_server.h"
#include "services/review_queue/review_queue.h"
#include "services/review_queue/review_queue_service.h"

namespace assay::review_queue {

// The request that delivers SampleSubmission(assessment, number).
v1::EnqueueReviewItemRequest SampleEnqueue(std::string_view assessment = "a1", int64_t number = 1);

// Every row of `store`: to show that a refused command left each byte as it was.
std::map<std::string, std::string> AllRows(storage::Store& store);

// A person with a token of that role and organisation.
struct Person {
  std::string subject;
  std::string organisation;
  auth::RoleSet roles;
};

class ServiceTest : public testing::Test {
 protected:
  ServiceTest();

  template <typename Request, typename Response>
  using Method = grpc::Status (v1::ReviewQueueService::StubInterface::*)(grpc::ClientContext*,
                                                                         const Request&, Response*);

  // Calls as `person`; a token is minted for each call, valid now.
  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(Method<Request, Response> method, const Person& person,
                                const Request& request) {
    return CallWithToken(method, Token(person), request);
  }
  template <typename Request, typename Response>
  absl::StatusOr<Response> CallWithToken(Method<Request, Response> method, std::string_view token,
                                         const Request& request) {
    const auto context = testing_kit::WithToken(token);
    v1::ReviewQueueService::StubInterface& stub = *stub_;
    Response response;
    const absl::Status status = FromGrpcStatus((stub.*method)(context.get(), request, &response));
    if (!status.ok()) return status;
    return response;
  }
  std::string Token(const Person& person) const;

  absl::StatusOr<v1::ReviewItem> Enqueue(const v1::EnqueueReviewItemRequest& request);
  // The item of SampleEnqueue, which must be accepted.
  v1::ReviewItem Arrived(std::string_view assessment = "a1", int64_t number = 1);
  absl::StatusOr<v1::ReviewItem> Get(std::string_view name);
  absl::StatusOr<v1::ClaimReviewItemResponse> Claim(const Person& person, std::string_view name,
                                                    std::string_view request_id = "");
  absl::StatusOr<v1::ReviewItem> Decide(const Person& person,
                                        const v1::DecideReviewItemRequest& request);
  absl::StatusOr<v1::ListReviewItemsResponse> List(const v1::ListReviewItemsRequest& request);

  // UPHOLD with all that binds it to `claimed`.
  static v1::DecideReviewItemRequest Uphold(const v1::ClaimReviewItemResponse& claimed);

  std::map<std::string, std::string> Rows() { return AllRows(store_); }

  const Person ravi_;  // Reviewer of the scheme owner.
  const Person rita_;  // Another.
  testing_kit::TestRuntime runtime_;
  storage::MemoryStore store_;
  ReviewQueue queue_;
  int decisions_ = 0;  // How often the relay was woken.
  ReviewQueueServiceImpl service_;
  testing_kit::TestServer server_;
  const std::unique_ptr<v1::ReviewQueueService::StubInterface> stub_;
};

}  // namespace assay::review_queue

#endif  // ASSAY_SERVICES_REVIEW_QUEUE_TESTING_SERVICE_FIXTURE_H_
