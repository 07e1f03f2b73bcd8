// Calls to the services: one channel each, made on first use, with the caller's token, a deadline
// and retries of UNAVAILABLE.

#ifndef ASSAY_TOOLS_ASSAYCTL_CONNECTION_H_
#define ASSAY_TOOLS_ASSAYCTL_CONNECTION_H_

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <type_traits>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"

#include "assay/assessment_store/v1/assessment_store_service.grpc.pb.h"
#include "assay/catalogue/v1/catalogue_service.grpc.pb.h"
#include "assay/review_queue/v1/review_queue_service.grpc.pb.h"
#include "assay/scoring/v1/scoring_service.grpc.pb.h"

#include "common/rpc/client.h"
#include "tools/assayctl/options.h"
#include "tools/assayctl/output/error.h"

namespace assay::assayctl {

// Which service an API belongs to.
template <typename Interface>
struct ApiOf;
template <>
struct ApiOf<catalogue::v1::CatalogueService::StubInterface> {
  using Api = catalogue::v1::CatalogueService;
  static constexpr Service kService = Service::kCatalogue;
};
template <>
struct ApiOf<scoring::v1::ScoringService::StubInterface> {
  using Api = scoring::v1::ScoringService;
  static constexpr Service kService = Service::kScoring;
};
template <>
struct ApiOf<assessment_store::v1::AssessmentStoreService::StubInterface> {
  using Api = assessment_store::v1::AssessmentStoreService;
  static constexpr Service kService = Service::kAssessmentStore;
};
template <>
struct ApiOf<review_queue::v1::ReviewQueueService::StubInterface> {
  using Api = review_queue::v1::ReviewQueueService;
  static constexpr Service kService = Service::kReviewQueue;
};

// Items asked for in one page of a list: bounded by the size of a message, as an item may carry
// long texts.
inline constexpr int kPageSize = 200;

// Used by one thread; `options` must outlive it.
class Connection {
 public:
  // `token` may be empty: then none is sent.
  Connection(const Options& options, absl::Duration timeout, std::string token);

  // A usage error (PLAINTEXT_REFUSED) when a token would travel unencrypted to another machine.
  absl::StatusOr<std::shared_ptr<grpc::Channel>> Channel(Service service);

  const std::string& address(Service service) const { return options_.address(service); }
  absl::Duration timeout() const { return timeout_; }

  // Token and no deadline: a stream lasts as long as its input.
  absl::Status PrepareStream(grpc::ClientContext& context);

  // connection.Call(&ScoringService::StubInterface::Score, request)
  template <typename Interface, typename Request, typename Response>
  absl::StatusOr<Response> Call(grpc::Status (Interface::*method)(grpc::ClientContext*,
                                                                  const Request&, Response*),
                                const std::type_identity_t<Request>& request) {
    constexpr Service kService = ApiOf<Interface>::kService;
    absl::StatusOr<std::shared_ptr<grpc::Channel>> channel = Channel(kService);
    if (!channel.ok()) return channel.status();
    const auto stub = ApiOf<Interface>::Api::NewStub(*channel);
    Response response;
    absl::Status status = rpc::ClientCall(CallOptions(), *stub, method, request, response);
    if (!status.ok()) return AtService(std::move(status), ServiceName(kService), address(kService));
    return response;
  }

  // Pages of a list, merged, until `count(merged)` reaches `limit` or the list ends. With
  // next_page_token left in the answer there is more.
  template <typename Interface, typename Request, typename Response>
  absl::StatusOr<Response> List(grpc::Status (Interface::*method)(grpc::ClientContext*,
                                                                  const Request&, Response*),
                                std::type_identity_t<Request> request,
                                int (Response::*count)() const, int limit) {
    Response merged;
    do {
      request.set_page_size(std::min(kPageSize, limit - (merged.*count)()));
      request.set_page_token(merged.next_page_token());
      absl::StatusOr<Response> page = Call(method, request);
      if (!page.ok()) return page.status();
      merged.clear_next_page_token();
      merged.MergeFrom(*page);
    } while (!merged.next_page_token().empty() && (merged.*count)() < limit);
    return merged;
  }

 private:
  rpc::ClientCallOptions CallOptions();

  const Options& options_;
  const absl::Duration timeout_;
  const bool has_token_;
  rpc::FixedTokenSource tokens_;
  std::array<std::shared_ptr<grpc::Channel>, kServices.size()> channels_;
};

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_CONNECTION_H_
