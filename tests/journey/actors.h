// The two people of the main flow, acting through the real APIs.

#ifndef ASSAY_TESTS_JOURNEY_ACTORS_H_
#define ASSAY_TESTS_JOURNEY_ACTORS_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "assay/assessment_store/v1/assessment_store_service.pb.h"
#include "assay/review_queue/v1/review_queue_service.pb.h"

#include "tests/journey/client.h"
#include "tests/journey/deployment.h"
#include "tests/journey/sample.h"

namespace assay::journey {

// Takes one sample through its life. Remembers the assessment as last acknowledged; each command
// carries its etag and a request id of its own. Not thread-safe; `deployment` must outlive it.
class Assessor {
 public:
  using Assessment = assessment_store::v1::Assessment;

  Assessor(const Deployment& deployment, Sample sample,
           OnUnavailable on_unavailable = OnUnavailable::kReport);

  // Call after the store was started again.
  void Reconnect();

  absl::Status Create();
  absl::Status RecordCertificates();
  absl::Status Record(const std::vector<assessment_store::v1::ControlChange>& changes);
  absl::Status RecordAll() { return Record(sample_.changes); }
  absl::Status ConfirmAll();
  absl::Status Submit();
  absl::Status Recall(std::string_view reason);
  // Create, certificates, all controls, confirm, submit.
  absl::Status CreateAndSubmit();

  // As last acknowledged.
  const Assessment& assessment() const { return assessment_; }
  const Sample& sample() const { return sample_; }

  // As stored now; also what later commands start from.
  absl::StatusOr<Assessment> Read();
  absl::StatusOr<std::vector<assessment_store::v1::ControlResult>> Results();
  absl::StatusOr<std::vector<assessment_store::v1::AssessmentEvent>> Events();
  // The current verdict.
  absl::StatusOr<assessment_store::v1::VerdictRecord> Verdict();

 private:
  // Remembers the assessment of an acknowledged answer.
  absl::Status Acknowledge(const absl::StatusOr<Assessment>& answer);
  std::string NextRequestId();
  template <typename Request>
  Request NewRequest();

  const Deployment& deployment_;
  const Sample sample_;
  const OnUnavailable on_unavailable_;
  std::unique_ptr<Client> client_;
  Assessment assessment_;
  int requests_ = 0;
};

// A reviewer at the queue. Not thread-safe; `deployment` must outlive it.
class Reviewer {
 public:
  using ReviewItem = review_queue::v1::ReviewItem;

  explicit Reviewer(const Deployment& deployment, Person person = Ravi());

  // Call after the queue was started again.
  void Reconnect();

  // Every item, in whatever state, of the assessment; an error while the queue is down.
  absl::StatusOr<std::vector<ReviewItem>> ItemsOf(std::string_view assessment);
  // The items that wait, of whatever assessment.
  absl::StatusOr<std::vector<ReviewItem>> Waiting();
  // Waits until the item is there and answers it.
  absl::StatusOr<ReviewItem> Await(std::string_view item_name);
  // Waits until the item's decision has an effect and answers the item.
  absl::StatusOr<ReviewItem> AwaitEffect(std::string_view item_name);

  absl::StatusOr<review_queue::v1::ClaimReviewItemResponse> Claim(std::string_view item_name);
  absl::StatusOr<ReviewItem> Decide(const review_queue::v1::ClaimReviewItemResponse& claim,
                                    const review_queue::v1::Decision& decision);
  absl::StatusOr<ReviewItem> Get(std::string_view item_name);
  absl::StatusOr<std::vector<review_queue::v1::ReviewItemEvent>> Events(std::string_view item_name);

 private:
  std::string NextRequestId(std::string_view verb, std::string_view item_name);
  absl::StatusOr<std::vector<ReviewItem>> List(
      const std::vector<review_queue::v1::ReviewItemState>& states);

  const Deployment& deployment_;
  const Person person_;
  std::unique_ptr<Client> client_;
  int requests_ = 0;
};

review_queue::v1::Decision Uphold();
review_queue::v1::Decision Overturn(std::string_view control_id);
review_queue::v1::Decision Return(std::string_view control_id);

// "reviewItems/{assessment}.{submission}"
std::string ItemName(const assessment_store::v1::Assessment& assessment);

}  // namespace assay::journey

#endif  // ASSAY_TESTS_JOURNEY_ACTORS_H_
