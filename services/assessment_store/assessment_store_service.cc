#include "services/assessment_store/assessment_store_service.h"

#include <utility>

#include "common/rpc/unary.h"

// Method names as literals: the wrapper keeps views of them.
#define ASSAY_STORE_METHOD(name) "/assay.assessment_store.v1.AssessmentStoreService/" name

namespace assay::assessment_store {
namespace {

using rpc::Execution;

// Runs `domain.method(call, request)` behind the common wrapper.
template <typename Domain, typename Request, typename Response>
grpc::ServerUnaryReactor* Serve(
    rpc::CallRuntime& runtime, grpc::CallbackServerContext* context, const Request* request,
    Response* response, std::string_view method, Execution execution, Domain& domain,
    absl::StatusOr<Response> (Domain::*function)(const rpc::CallContext&, const Request&)) {
  return rpc::Unary(runtime, context, request, response, method, execution,
                    [&domain, function](const rpc::CallContext& call, const Request& unpacked,
                                        Response& packed) -> absl::Status {
                      auto answer = (domain.*function)(call, unpacked);
                      if (!answer.ok()) return answer.status();
                      packed = *std::move(answer);
                      return absl::OkStatus();
                    });
}

}  // namespace

grpc::ServerUnaryReactor* AssessmentStoreServiceImpl::CreateAssessment(
    grpc::CallbackServerContext* context, const v1::CreateAssessmentRequest* request,
    v1::Assessment* response) {
  return Serve(runtime_, context, request, response, ASSAY_STORE_METHOD("CreateAssessment"),
               Execution::kWorker, commands_, &AssessmentCommands::Create);
}

grpc::ServerUnaryReactor* AssessmentStoreServiceImpl::GetAssessment(
    grpc::CallbackServerContext* context, const v1::GetAssessmentRequest* request,
    v1::Assessment* response) {
  return Serve(runtime_, context, request, response, ASSAY_STORE_METHOD("GetAssessment"),
               Execution::kInline, queries_, &AssessmentQueries::Get);
}

grpc::ServerUnaryReactor* AssessmentStoreServiceImpl::ListAssessments(
    grpc::CallbackServerContext* context, const v1::ListAssessmentsRequest* request,
    v1::ListAssessmentsResponse* response) {
  return Serve(runtime_, context, request, response, ASSAY_STORE_METHOD("ListAssessments"),
               Execution::kInline, queries_, &AssessmentQueries::List);
}

grpc::ServerUnaryReactor* AssessmentStoreServiceImpl::ListControlResults(
    grpc::CallbackServerContext* context, const v1::ListControlResultsRequest* request,
    v1::ListControlResultsResponse* response) {
  return Serve(runtime_, context, request, response, ASSAY_STORE_METHOD("ListControlResults"),
               Execution::kInline, queries_, &AssessmentQueries::ListControlResults);
}

grpc::ServerUnaryReactor* AssessmentStoreServiceImpl::RecordControlResults(
    grpc::CallbackServerContext* context, const v1::RecordControlResultsRequest* request,
    v1::RecordControlResultsResponse* response) {
  return Serve(runtime_, context, request, response, ASSAY_STORE_METHOD("RecordControlResults"),
               Execution::kWorker, commands_, &AssessmentCommands::RecordResults);
}

grpc::ServerUnaryReactor* AssessmentStoreServiceImpl::RecordCertificates(
    grpc::CallbackServerContext* context, const v1::RecordCertificatesRequest* request,
    v1::Assessment* response) {
  return Serve(runtime_, context, request, response, ASSAY_STORE_METHOD("RecordCertificates"),
               Execution::kWorker, commands_, &AssessmentCommands::RecordCertificates);
}

grpc::ServerUnaryReactor* AssessmentStoreServiceImpl::ConfirmControls(
    grpc::CallbackServerContext* context, const v1::ConfirmControlsRequest* request,
    v1::Assessment* response) {
  return Serve(runtime_, context, request, response, ASSAY_STORE_METHOD("ConfirmControls"),
               Execution::kWorker, commands_, &AssessmentCommands::Confirm);
}

grpc::ServerUnaryReactor* AssessmentStoreServiceImpl::ScoreAssessment(
    grpc::CallbackServerContext* context, const v1::ScoreAssessmentRequest* request,
    scoring::v1::Verdict* response) {
  return Serve(runtime_, context, request, response, ASSAY_STORE_METHOD("ScoreAssessment"),
               Execution::kWorker, queries_, &AssessmentQueries::Score);
}

grpc::ServerUnaryReactor* AssessmentStoreServiceImpl::SubmitAssessment(
    grpc::CallbackServerContext* context, const v1::SubmitAssessmentRequest* request,
    v1::SubmitAssessmentResponse* response) {
  return Serve(runtime_, context, request, response, ASSAY_STORE_METHOD("SubmitAssessment"),
               Execution::kWorker, commands_, &AssessmentCommands::Submit);
}

grpc::ServerUnaryReactor* AssessmentStoreServiceImpl::RecallSubmission(
    grpc::CallbackServerContext* context, const v1::RecallSubmissionRequest* request,
    v1::Assessment* response) {
  return Serve(runtime_, context, request, response, ASSAY_STORE_METHOD("RecallSubmission"),
               Execution::kWorker, commands_, &AssessmentCommands::Recall);
}

grpc::ServerUnaryReactor* AssessmentStoreServiceImpl::GetVerdict(
    grpc::CallbackServerContext* context, const v1::GetVerdictRequest* request,
    v1::VerdictRecord* response) {
  return Serve(runtime_, context, request, response, ASSAY_STORE_METHOD("GetVerdict"),
               Execution::kInline, queries_, &AssessmentQueries::GetVerdict);
}

grpc::ServerUnaryReactor* AssessmentStoreServiceImpl::ListAssessmentEvents(
    grpc::CallbackServerContext* context, const v1::ListAssessmentEventsRequest* request,
    v1::ListAssessmentEventsResponse* response) {
  return Serve(runtime_, context, request, response, ASSAY_STORE_METHOD("ListAssessmentEvents"),
               Execution::kInline, queries_, &AssessmentQueries::ListEvents);
}

grpc::ServerUnaryReactor* AssessmentStoreServiceImpl::ApplyReviewDecision(
    grpc::CallbackServerContext* context, const v1::ApplyReviewDecisionRequest* request,
    v1::ApplyReviewDecisionResponse* response) {
  return Serve(runtime_, context, request, response, ASSAY_STORE_METHOD("ApplyReviewDecision"),
               Execution::kWorker, commands_, &AssessmentCommands::ApplyDecision);
}

}  // namespace assay::assessment_store
