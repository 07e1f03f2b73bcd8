// The gRPC surface of the assessment store: unpack, one call into commands or queries, pack.

#ifndef ASSAY_SERVICES_ASSESSMENT_STORE_ASSESSMENT_STORE_SERVICE_H_
#define ASSAY_SERVICES_ASSESSMENT_STORE_ASSESSMENT_STORE_SERVICE_H_

#include "assay/assessment_store/v1/assessment_store_service.grpc.pb.h"

#include "common/rpc/call.h"
#include "services/assessment_store/commands/assessment_commands.h"
#include "services/assessment_store/queries/assessment_queries.h"

namespace assay::assessment_store {

// Thread-safe. What it is given outlives it.
class AssessmentStoreServiceImpl final : public v1::AssessmentStoreService::CallbackService {
 public:
  AssessmentStoreServiceImpl(rpc::CallRuntime& runtime, AssessmentCommands& commands,
                             AssessmentQueries& queries)
      : runtime_(runtime), commands_(commands), queries_(queries) {}

  grpc::ServerUnaryReactor* CreateAssessment(grpc::CallbackServerContext* context,
                                             const v1::CreateAssessmentRequest* request,
                                             v1::Assessment* response) override;
  grpc::ServerUnaryReactor* GetAssessment(grpc::CallbackServerContext* context,
                                          const v1::GetAssessmentRequest* request,
                                          v1::Assessment* response) override;
  grpc::ServerUnaryReactor* ListAssessments(grpc::CallbackServerContext* context,
                                            const v1::ListAssessmentsRequest* request,
                                            v1::ListAssessmentsResponse* response) override;
  grpc::ServerUnaryReactor* ListControlResults(grpc::CallbackServerContext* context,
                                               const v1::ListControlResultsRequest* request,
                                               v1::ListControlResultsResponse* response) override;
  grpc::ServerUnaryReactor* RecordControlResults(
      grpc::CallbackServerContext* context, const v1::RecordControlResultsRequest* request,
      v1::RecordControlResultsResponse* response) override;
  grpc::ServerUnaryReactor* RecordCertificates(grpc::CallbackServerContext* context,
                                               const v1::RecordCertificatesRequest* request,
                                               v1::Assessment* response) override;
  grpc::ServerUnaryReactor* ConfirmControls(grpc::CallbackServerContext* context,
                                            const v1::ConfirmControlsRequest* request,
                                            v1::Assessment* response) override;
  grpc::ServerUnaryReactor* ScoreAssessment(grpc::CallbackServerContext* context,
                                            const v1::ScoreAssessmentRequest* request,
                                            scoring::v1::Verdict* response) override;
  grpc::ServerUnaryReactor* SubmitAssessment(grpc::CallbackServerContext* context,
                                             const v1::SubmitAssessmentRequest* request,
                                             v1::SubmitAssessmentResponse* response) override;
  grpc::ServerUnaryReactor* RecallSubmission(grpc::CallbackServerContext* context,
                                             const v1::RecallSubmissionRequest* request,
                                             v1::Assessment* response) override;
  grpc::ServerUnaryReactor* GetVerdict(grpc::CallbackServerContext* context,
                                       const v1::GetVerdictRequest* request,
                                       v1::VerdictRecord* response) override;
  grpc::ServerUnaryReactor* ListAssessmentEvents(
      grpc::CallbackServerContext* context, const v1::ListAssessmentEventsRequest* request,
      v1::ListAssessmentEventsResponse* response) override;
  grpc::ServerUnaryReactor* ApplyReviewDecision(grpc::CallbackServerContext* context,
                                                const v1::ApplyReviewDecisionRequest* request,
                                                v1::ApplyReviewDecisionResponse* response) override;

 private:
  rpc::CallRuntime& runtime_;
  AssessmentCommands& commands_;
  AssessmentQueries& queries_;
};

}  // namespace assay::assessment_store

#endif  // ASSAY_SERVICES_ASSESSMENT_STORE_ASSESSMENT_STORE_SERVICE_H_
