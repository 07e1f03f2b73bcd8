#include "services/assessment_store/assessment_store_service.h"

#include <string_view>

#include "common/rpc/unary.h"

namespace assay::assessment_store {
namespace {

using rpc::Execution;

constexpr std::string_view kCreateAssessment =
    "/assay.assessment_store.v1.AssessmentStoreService/CreateAssessment";
constexpr std::string_view kGetAssessment =
    "/assay.assessment_store.v1.AssessmentStoreService/GetAssessment";
constexpr std::string_view kListAssessments =
    "/assay.assessment_store.v1.AssessmentStoreService/ListAssessments";
constexpr std::string_view kListControlResults =
    "/assay.assessment_store.v1.AssessmentStoreService/ListControlResults";
constexpr std::string_view kRecordControlResults =
    "/assay.assessment_store.v1.AssessmentStoreService/RecordControlResults";
constexpr std::string_view kRecordCertificates =
    "/assay.assessment_store.v1.AssessmentStoreService/RecordCertificates";
constexpr std::string_view kConfirmControls =
    "/assay.assessment_store.v1.AssessmentStoreService/ConfirmControls";
constexpr std::string_view kScoreAssessment =
    "/assay.assessment_store.v1.AssessmentStoreService/ScoreAssessment";
constexpr std::string_view kSubmitAssessment =
    "/assay.assessment_store.v1.AssessmentStoreService/SubmitAssessment";
constexpr std::string_view kRecallSubmission =
    "/assay.assessment_store.v1.AssessmentStoreService/RecallSubmission";
constexpr std::string_view kGetVerdict =
    "/assay.assessment_store.v1.AssessmentStoreService/GetVerdict";
constexpr std::string_view kListAssessmentEvents =
    "/assay.assessment_store.v1.AssessmentStoreService/ListAssessmentEvents";
constexpr std::string_view kApplyReviewDecision =
    "/assay.assessment_store.v1.AssessmentStoreService/ApplyReviewDecision";

}  // namespace

grpc::ServerUnaryReactor* AssessmentStoreServiceImpl::CreateAssessment(
    grpc::CallbackServerContext* context, const v1::CreateAssessmentRequest* request,
    v1::Assessment* response) {
  return rpc::Unary(runtime_, context, request, response, kCreateAssessment, Execution::kWorker,
                    commands_, &AssessmentCommands::Create);
}

grpc::ServerUnaryReactor* AssessmentStoreServiceImpl::GetAssessment(
    grpc::CallbackServerContext* context, const v1::GetAssessmentRequest* request,
    v1::Assessment* response) {
  return rpc::Unary(runtime_, context, request, response, kGetAssessment, Execution::kInline,
                    queries_, &AssessmentQueries::Get);
}

grpc::ServerUnaryReactor* AssessmentStoreServiceImpl::ListAssessments(
    grpc::CallbackServerContext* context, const v1::ListAssessmentsRequest* request,
    v1::ListAssessmentsResponse* response) {
  return rpc::Unary(runtime_, context, request, response, kListAssessments, Execution::kInline,
                    queries_, &AssessmentQueries::List);
}

grpc::ServerUnaryReactor* AssessmentStoreServiceImpl::ListControlResults(
    grpc::CallbackServerContext* context, const v1::ListControlResultsRequest* request,
    v1::ListControlResultsResponse* response) {
  return rpc::Unary(runtime_, context, request, response, kListControlResults, Execution::kInline,
                    queries_, &AssessmentQueries::ListControlResults);
}

grpc::ServerUnaryReactor* AssessmentStoreServiceImpl::RecordControlResults(
    grpc::CallbackServerContext* context, const v1::RecordControlResultsRequest* request,
    v1::RecordControlResultsResponse* response) {
  return rpc::Unary(runtime_, context, request, response, kRecordControlResults, Execution::kWorker,
                    commands_, &AssessmentCommands::RecordResults);
}

grpc::ServerUnaryReactor* AssessmentStoreServiceImpl::RecordCertificates(
    grpc::CallbackServerContext* context, const v1::RecordCertificatesRequest* request,
    v1::Assessment* response) {
  return rpc::Unary(runtime_, context, request, response, kRecordCertificates, Execution::kWorker,
                    commands_, &AssessmentCommands::RecordCertificates);
}

grpc::ServerUnaryReactor* AssessmentStoreServiceImpl::ConfirmControls(
    grpc::CallbackServerContext* context, const v1::ConfirmControlsRequest* request,
    v1::Assessment* response) {
  return rpc::Unary(runtime_, context, request, response, kConfirmControls, Execution::kWorker,
                    commands_, &AssessmentCommands::Confirm);
}

grpc::ServerUnaryReactor* AssessmentStoreServiceImpl::ScoreAssessment(
    grpc::CallbackServerContext* context, const v1::ScoreAssessmentRequest* request,
    scoring::v1::Verdict* response) {
  return rpc::Unary(runtime_, context, request, response, kScoreAssessment, Execution::kWorker,
                    queries_, &AssessmentQueries::Score);
}

grpc::ServerUnaryReactor* AssessmentStoreServiceImpl::SubmitAssessment(
    grpc::CallbackServerContext* context, const v1::SubmitAssessmentRequest* request,
    v1::SubmitAssessmentResponse* response) {
  return rpc::Unary(runtime_, context, request, response, kSubmitAssessment, Execution::kWorker,
                    commands_, &AssessmentCommands::Submit);
}

grpc::ServerUnaryReactor* AssessmentStoreServiceImpl::RecallSubmission(
    grpc::CallbackServerContext* context, const v1::RecallSubmissionRequest* request,
    v1::Assessment* response) {
  return rpc::Unary(runtime_, context, request, response, kRecallSubmission, Execution::kWorker,
                    commands_, &AssessmentCommands::Recall);
}

grpc::ServerUnaryReactor* AssessmentStoreServiceImpl::GetVerdict(
    grpc::CallbackServerContext* context, const v1::GetVerdictRequest* request,
    v1::VerdictRecord* response) {
  return rpc::Unary(runtime_, context, request, response, kGetVerdict, Execution::kInline, queries_,
                    &AssessmentQueries::GetVerdict);
}

grpc::ServerUnaryReactor* AssessmentStoreServiceImpl::ListAssessmentEvents(
    grpc::CallbackServerContext* context, const v1::ListAssessmentEventsRequest* request,
    v1::ListAssessmentEventsResponse* response) {
  return rpc::Unary(runtime_, context, request, response, kListAssessmentEvents, Execution::kInline,
                    queries_, &AssessmentQueries::ListEvents);
}

grpc::ServerUnaryReactor* AssessmentStoreServiceImpl::ApplyReviewDecision(
    grpc::CallbackServerContext* context, const v1::ApplyReviewDecisionRequest* request,
    v1::ApplyReviewDecisionResponse* response) {
  return rpc::Unary(runtime_, context, request, response, kApplyReviewDecision, Execution::kWorker,
                    commands_, &AssessmentCommands::ApplyDecision);
}

}  // namespace assay::assessment_store
