// The other services as the assessment store's tests need them.

#ifndef ASSAY_SERVICES_ASSESSMENT_STORE_TESTING_FAKE_CLIENTS_H_
#define ASSAY_SERVICES_ASSESSMENT_STORE_TESTING_FAKE_CLIENTS_H_

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "common/sync/mutex.h"
#include "services/assessment_store/clients/catalogue_client.h"
#include "services/assessment_store/clients/review_queue_client.h"
#include "services/assessment_store/clients/scoring_client.h"

namespace assay::assessment_store {

// Scores simply, flags of overturned controls taken away: FAILED when a control in the input is
// blank or has a NOT_MET finding, unless it is overridden or not applicable; the digest is that of
// the inputs without texts. Flags come from overrides and N/A. Validation reports `problems` and
// pins every name at revision 1.
class FakeScoringClient final : public ScoringClient {
 public:
  absl::StatusOr<scoring::v1::Verdict> Score(const rpc::CallContext& call,
                                             const scoring::v1::ScoreRequest& request) override;
  absl::StatusOr<scoring::v1::ValidateInputsResponse> ValidateInputs(
      const rpc::CallContext& call, const scoring::v1::ValidateInputsRequest& request) override;

  // Not thread-safe: set before the calls.
  std::vector<scoring::v1::InputProblem> problems;
  bool incomplete = false;             // Every verdict is INCOMPLETE.
  absl::Status unavailable;            // Returned by every call when it is an error.
  std::function<void()> before_score;  // Runs inside Score: lets a test win a race.
};

// The same scope for every profile.
class FakeCatalogueClient final : public CatalogueClient {
 public:
  absl::StatusOr<std::shared_ptr<const Scope>> ScopeOf(const rpc::CallContext&, std::string_view,
                                                       std::string_view) override {
    return std::make_shared<const Scope>(scope);
  }
  absl::StatusOr<std::string> WhyNotFor(const rpc::CallContext&, std::string_view) override {
    return why_not;
  }

  std::string why_not;
  Scope scope = {"0001", "1100", "2300"};
};

// Keeps what it is sent. Thread-safe.
class FakeReviewQueueClient final : public ReviewQueueClient {
 public:
  absl::Status Enqueue(const review_queue::v1::EnqueueReviewItemRequest& request) override {
    MutexLock lock(mutex_);
    received_.push_back(request);
    return answer_;
  }
  void set_answer(absl::Status answer) {
    MutexLock lock(mutex_);
    answer_ = std::move(answer);
  }
  std::vector<review_queue::v1::EnqueueReviewItemRequest> received() const {
    MutexLock lock(mutex_);
    return received_;
  }

 private:
  mutable Mutex mutex_;
  absl::Status answer_ ASSAY_GUARDED_BY(mutex_);
  std::vector<review_queue::v1::EnqueueReviewItemRequest> received_ ASSAY_GUARDED_BY(mutex_);
};

}  // namespace assay::assessment_store

#endif  // ASSAY_SERVICES_ASSESSMENT_STORE_TESTING_FAKE_CLIENTS_H_
