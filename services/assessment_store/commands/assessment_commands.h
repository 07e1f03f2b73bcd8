// Everything that changes an assessment. One method is one command: read, ask other services, then
// one synced commit of state, event, remembered answer and outbox entry, if the etag still holds.
//
// Thread-safe. Methods block; run them on the worker pool. Errors are those of the service proto.

#ifndef ASSAY_SERVICES_ASSESSMENT_STORE_COMMANDS_ASSESSMENT_COMMANDS_H_
#define ASSAY_SERVICES_ASSESSMENT_STORE_COMMANDS_ASSESSMENT_COMMANDS_H_

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "assay/assessment_store/v1/assessment_store_service.pb.h"

#include "common/audit/event_log.h"
#include "common/ids/id_source.h"
#include "common/rpc/call.h"
#include "common/storage/store.h"
#include "common/time/clock.h"
#include "services/assessment_store/aggregate/loaded_assessment.h"
#include "services/assessment_store/clients/catalogue_client.h"
#include "services/assessment_store/clients/scoring_client.h"
#include "services/assessment_store/storage/records.pb.h"

namespace assay::assessment_store {

// Where the outbox's messages of this service go.
inline constexpr std::string_view kReviewQueueDestination = "review_queue.enqueue";

// All outlive the commands.
struct CommandParts {
  storage::Store& store;
  const Clock& clock;
  IdSource& ids;
  ScoringClient& scoring;
  CatalogueClient& catalogue;
  // Called after a commit that put something into the outbox.
  std::function<void()> kick_relay;
};

class AssessmentCommands {
 public:
  explicit AssessmentCommands(CommandParts parts) : parts_(std::move(parts)) {}

  absl::StatusOr<v1::Assessment> Create(const rpc::CallContext& call,
                                        const v1::CreateAssessmentRequest& request);
  absl::StatusOr<v1::RecordControlResultsResponse> RecordResults(
      const rpc::CallContext& call, const v1::RecordControlResultsRequest& request);
  absl::StatusOr<v1::Assessment> RecordCertificates(const rpc::CallContext& call,
                                                    const v1::RecordCertificatesRequest& request);
  absl::StatusOr<v1::Assessment> Confirm(const rpc::CallContext& call,
                                         const v1::ConfirmControlsRequest& request);
  absl::StatusOr<v1::SubmitAssessmentResponse> Submit(const rpc::CallContext& call,
                                                      const v1::SubmitAssessmentRequest& request);
  absl::StatusOr<v1::Assessment> Recall(const rpc::CallContext& call,
                                        const v1::RecallSubmissionRequest& request);
  absl::StatusOr<v1::ApplyReviewDecisionResponse> ApplyDecision(
      const rpc::CallContext& call, const v1::ApplyReviewDecisionRequest& request);

 private:
  struct Change;
  struct DecidedAssessment;

  // Loads for a write by etag: visible, etag current.
  absl::StatusOr<LoadedAssessment> LoadForWrite(storage::Reader& reader,
                                                const rpc::CallContext& call, std::string_view name,
                                                std::string_view etag);

  // Appends the event, stamps and writes the head row; `loaded` becomes the state after it.
  absl::Status CommitChange(storage::Transaction& tx, const rpc::CallContext& call,
                            LoadedAssessment& loaded, Change change);

  absl::Status Validate(const rpc::CallContext& call, const records::AssessmentRecord& record,
                        const scoring::v1::AssessmentInputs& inputs,
                        const std::function<std::string(std::string_view)>& field_of);
  absl::StatusOr<scoring::v1::Verdict> ScoreFinal(const rpc::CallContext& call,
                                                  const records::AssessmentRecord& record,
                                                  const ControlRecords& controls,
                                                  std::string_view as_of,
                                                  const std::vector<std::string>& overturned);
  absl::Status EnqueueReview(storage::Transaction& tx, const LoadedAssessment& loaded,
                             const ControlRecords& controls, const scoring::v1::Verdict& verdict);
  absl::StatusOr<DecidedAssessment> Decide(const rpc::CallContext& call, storage::Reader& snapshot,
                                           LoadedAssessment loaded,
                                           const v1::ApplyReviewDecisionRequest& request);
  absl::Status Uphold(storage::Reader& snapshot, DecidedAssessment& decided);
  absl::Status Overturn(const rpc::CallContext& call, storage::Reader& snapshot,
                        const review_queue::v1::Decision& decision, DecidedAssessment& decided);
  absl::Status Return(storage::Reader& snapshot, const review_queue::v1::Decision& decision,
                      DecidedAssessment& decided);
  absl::StatusOr<v1::ApplyReviewDecisionResponse> TryApplyDecision(
      const rpc::CallContext& call, std::string_view id,
      const v1::ApplyReviewDecisionRequest& request);

  CommandParts parts_;
};

}  // namespace assay::assessment_store

#endif  // ASSAY_SERVICES_ASSESSMENT_STORE_COMMANDS_ASSESSMENT_COMMANDS_H_
