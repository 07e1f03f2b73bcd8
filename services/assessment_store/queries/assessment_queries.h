// Everything that reads assessments. Each query reads one snapshot.
//
// Thread-safe. Errors are those of the service proto.

#ifndef ASSAY_SERVICES_ASSESSMENT_STORE_QUERIES_ASSESSMENT_QUERIES_H_
#define ASSAY_SERVICES_ASSESSMENT_STORE_QUERIES_ASSESSMENT_QUERIES_H_

#include "absl/status/statusor.h"

#include "assay/assessment_store/v1/assessment_store_service.pb.h"

#include "common/rpc/call.h"
#include "common/storage/store.h"
#include "services/assessment_store/clients/scoring_client.h"

namespace assay::assessment_store {

class AssessmentQueries {
 public:
  // Both outlive the queries.
  AssessmentQueries(storage::Store& store, ScoringClient& scoring)
      : store_(store), scoring_(scoring) {}

  absl::StatusOr<v1::Assessment> Get(const rpc::CallContext& call,
                                     const v1::GetAssessmentRequest& request);
  absl::StatusOr<v1::ListAssessmentsResponse> List(const rpc::CallContext& call,
                                                   const v1::ListAssessmentsRequest& request);
  absl::StatusOr<v1::ListControlResultsResponse> ListControlResults(
      const rpc::CallContext& call, const v1::ListControlResultsRequest& request);
  absl::StatusOr<v1::VerdictRecord> GetVerdict(const rpc::CallContext& call,
                                               const v1::GetVerdictRequest& request);
  absl::StatusOr<v1::ListAssessmentEventsResponse> ListEvents(
      const rpc::CallContext& call, const v1::ListAssessmentEventsRequest& request);
  // Blocks on the scoring service.
  absl::StatusOr<scoring::v1::Verdict> Score(const rpc::CallContext& call,
                                             const v1::ScoreAssessmentRequest& request);

 private:
  storage::Store& store_;
  ScoringClient& scoring_;
};

}  // namespace assay::assessment_store

#endif  // ASSAY_SERVICES_ASSESSMENT_STORE_QUERIES_ASSESSMENT_QUERIES_H_
