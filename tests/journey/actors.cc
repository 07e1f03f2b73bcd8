#include "tests/journey/actors.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"

#include "common/status/macros.h"
#include "common/text/view.h"
#include "tests/journey/wait.h"

namespace assay::journey {
namespace {

using review_queue::v1::Decision;
using review_queue::v1::ReviewItem;
using Store = Client::Store::StubInterface;
using Queue = Client::Queue::StubInterface;

// Small, so that paging happens.
constexpr int kPageSize = 40;

// Every element of a paged list. `call` gets one page, `field` is its elements.
template <typename Element, typename Request, typename Call, typename Field>
absl::StatusOr<std::vector<Element>> AllPages(Request request, Call call, Field field) {
  std::vector<Element> all;
  request.set_page_size(kPageSize);
  do {
    ASSAY_ASSIGN_OR_RETURN(const auto page, call(request));
    for (const Element& element : field(page)) all.push_back(element);
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return all;
}

Decision MakeDecision(review_queue::v1::DecisionKind kind, std::string_view reason) {
  Decision decision;
  decision.set_kind(kind);
  decision.set_reason(std::string(reason));
  return decision;
}

void AddControl(Decision& decision, std::string_view control_id, std::string_view reason) {
  auto& control = *decision.add_controls();
  control.set_control_id(std::string(control_id));
  control.set_reason(std::string(reason));
}

}  // namespace

Assessor::Assessor(const Deployment& deployment, Sample sample, OnUnavailable on_unavailable)
    : deployment_(deployment), sample_(std::move(sample)), on_unavailable_(on_unavailable) {
  Reconnect();
}

void Assessor::Reconnect() {
  client_ = std::make_unique<Client>(deployment_, Anna(), on_unavailable_);
}

std::string Assessor::NextRequestId() {
  return absl::StrCat(sample_.assessment_id, "-", ++requests_);
}

template <typename Request>
Request Assessor::NewRequest() {
  Request request;
  request.set_name(assessment_.name());
  request.set_etag(assessment_.etag());
  request.set_request_id(NextRequestId());
  return request;
}

absl::Status Assessor::Acknowledge(const absl::StatusOr<Assessment>& answer) {
  ASSAY_RETURN_IF_ERROR(answer.status());
  assessment_ = *answer;
  return absl::OkStatus();
}

absl::Status Assessor::Create() {
  assessment_store::v1::CreateAssessmentRequest request;
  *request.mutable_assessment() = sample_.assessment;
  request.set_assessment_id(sample_.assessment_id);
  request.set_request_id(NextRequestId());
  return Acknowledge(client_->Call(&Store::CreateAssessment, request));
}

absl::Status Assessor::RecordCertificates() {
  auto request = NewRequest<assessment_store::v1::RecordCertificatesRequest>();
  request.mutable_certificates()->Add(sample_.certificates.begin(), sample_.certificates.end());
  return Acknowledge(client_->Call(&Store::RecordCertificates, request));
}

absl::Status Assessor::Record(const std::vector<assessment_store::v1::ControlChange>& changes) {
  auto request = NewRequest<assessment_store::v1::RecordControlResultsRequest>();
  request.mutable_changes()->Add(changes.begin(), changes.end());
  ASSAY_ASSIGN_OR_RETURN(const auto answer, client_->Call(&Store::RecordControlResults, request));
  return Acknowledge(answer.assessment());
}

absl::Status Assessor::ConfirmAll() {
  auto request = NewRequest<assessment_store::v1::ConfirmControlsRequest>();
  request.set_all(true);
  return Acknowledge(client_->Call(&Store::ConfirmControls, request));
}

absl::Status Assessor::Submit() {
  auto request = NewRequest<assessment_store::v1::SubmitAssessmentRequest>();
  request.set_as_of(sample_.as_of);
  ASSAY_ASSIGN_OR_RETURN(const auto answer, client_->Call(&Store::SubmitAssessment, request));
  return Acknowledge(answer.assessment());
}

absl::Status Assessor::Recall(std::string_view reason) {
  auto request = NewRequest<assessment_store::v1::RecallSubmissionRequest>();
  request.set_reason(std::string(reason));
  return Acknowledge(client_->Call(&Store::RecallSubmission, request));
}

absl::Status Assessor::CreateAndSubmit() {
  ASSAY_RETURN_IF_ERROR(Create());
  ASSAY_RETURN_IF_ERROR(RecordCertificates());
  ASSAY_RETURN_IF_ERROR(RecordAll());
  ASSAY_RETURN_IF_ERROR(ConfirmAll());
  return Submit();
}

absl::StatusOr<Assessor::Assessment> Assessor::Read() {
  assessment_store::v1::GetAssessmentRequest request;
  request.set_name(assessment_.name());
  ASSAY_RETURN_IF_ERROR(Acknowledge(client_->Call(&Store::GetAssessment, request)));
  return assessment_;
}

absl::StatusOr<std::vector<assessment_store::v1::ControlResult>> Assessor::Results() {
  assessment_store::v1::ListControlResultsRequest request;
  request.set_parent(assessment_.name());
  return AllPages<assessment_store::v1::ControlResult>(
      request, [this](const auto& page) { return client_->Call(&Store::ListControlResults, page); },
      [](const auto& page) -> const auto& { return page.control_results(); });
}

absl::StatusOr<std::vector<assessment_store::v1::AssessmentEvent>> Assessor::Events() {
  assessment_store::v1::ListAssessmentEventsRequest request;
  request.set_parent(assessment_.name());
  return AllPages<assessment_store::v1::AssessmentEvent>(
      request,
      [this](const auto& page) { return client_->Call(&Store::ListAssessmentEvents, page); },
      [](const auto& page) -> const auto& { return page.events(); });
}

absl::StatusOr<assessment_store::v1::VerdictRecord> Assessor::Verdict() {
  assessment_store::v1::GetVerdictRequest request;
  request.set_name(assessment_.current_verdict());
  return client_->Call(&Store::GetVerdict, request);
}

Reviewer::Reviewer(const Deployment& deployment, Person person)
    : deployment_(deployment), person_(std::move(person)) {
  Reconnect();
}

void Reviewer::Reconnect() { client_ = std::make_unique<Client>(deployment_, person_); }

absl::StatusOr<std::vector<ReviewItem>> Reviewer::List(
    const std::vector<review_queue::v1::ReviewItemState>& states) {
  review_queue::v1::ListReviewItemsRequest request;
  for (const auto state : states) request.add_states(state);
  return AllPages<ReviewItem>(
      request, [this](const auto& page) { return client_->Call(&Queue::ListReviewItems, page); },
      [](const auto& page) -> const auto& { return page.review_items(); });
}

absl::StatusOr<std::vector<ReviewItem>> Reviewer::Waiting() { return List({}); }

absl::StatusOr<std::vector<ReviewItem>> Reviewer::ItemsOf(std::string_view assessment) {
  ASSAY_ASSIGN_OR_RETURN(
      const std::vector<ReviewItem> all,
      List({review_queue::v1::REVIEW_ITEM_STATE_OPEN, review_queue::v1::REVIEW_ITEM_STATE_CLAIMED,
            review_queue::v1::REVIEW_ITEM_STATE_DECIDED,
            review_queue::v1::REVIEW_ITEM_STATE_SUPERSEDED}));
  std::vector<ReviewItem> own;
  for (const ReviewItem& item : all) {
    if (item.assessment() == assessment) own.push_back(item);
  }
  return own;
}

std::string Reviewer::NextRequestId(std::string_view verb, std::string_view item_name) {
  return absl::StrCat(ToAbsl(verb), "-",
                      absl::StrReplaceAll(ToAbsl(item_name), {{"/", "-"}, {".", "-"}}), "-",
                      ++requests_);
}

absl::StatusOr<ReviewItem> Reviewer::Get(std::string_view item_name) {
  review_queue::v1::GetReviewItemRequest request;
  request.set_name(std::string(item_name));
  return client_->Call(&Queue::GetReviewItem, request);
}

absl::StatusOr<ReviewItem> Reviewer::Await(std::string_view item_name) {
  absl::StatusOr<ReviewItem> item;
  Eventually([&] { return (item = Get(item_name)).ok(); });
  return item;
}

absl::StatusOr<ReviewItem> Reviewer::AwaitEffect(std::string_view item_name) {
  absl::StatusOr<ReviewItem> item;
  Eventually([&] {
    item = Get(item_name);
    return item.ok() &&
           (item->decision().effect() == review_queue::v1::DECISION_EFFECT_APPLIED ||
            item->decision().effect() == review_queue::v1::DECISION_EFFECT_REFUSED_STALE);
  });
  return item;
}

absl::StatusOr<review_queue::v1::ClaimReviewItemResponse> Reviewer::Claim(
    std::string_view item_name) {
  review_queue::v1::ClaimReviewItemRequest request;
  request.set_name(std::string(item_name));
  request.set_request_id(NextRequestId("claim", item_name));
  return client_->Call(&Queue::ClaimReviewItem, request);
}

absl::StatusOr<ReviewItem> Reviewer::Decide(const review_queue::v1::ClaimReviewItemResponse& claim,
                                            const Decision& decision) {
  review_queue::v1::DecideReviewItemRequest request;
  request.set_name(claim.review_item().name());
  request.set_claim_token(claim.claim_token());
  request.set_submission_number(claim.review_item().submission_number());
  request.set_result_digest(claim.review_item().result_digest());
  request.set_etag(claim.review_item().etag());
  *request.mutable_decision() = decision;
  request.set_request_id(NextRequestId("decide", claim.review_item().name()));
  return client_->Call(&Queue::DecideReviewItem, request);
}

absl::StatusOr<std::vector<review_queue::v1::ReviewItemEvent>> Reviewer::Events(
    std::string_view item_name) {
  review_queue::v1::ListReviewItemEventsRequest request;
  request.set_parent(std::string(item_name));
  return AllPages<review_queue::v1::ReviewItemEvent>(
      request,
      [this](const auto& page) { return client_->Call(&Queue::ListReviewItemEvents, page); },
      [](const auto& page) -> const auto& { return page.events(); });
}

Decision Uphold() {
  return MakeDecision(review_queue::v1::DECISION_KIND_UPHOLD, "The reasoning holds.");
}

Decision Overturn(std::string_view control_id) {
  Decision decision = MakeDecision(review_queue::v1::DECISION_KIND_OVERTURN, "One flag falls.");
  AddControl(decision, control_id, "The reasoning does not show that the aim is met.");
  return decision;
}

Decision Return(std::string_view control_id) {
  Decision decision = MakeDecision(review_queue::v1::DECISION_KIND_RETURN, "One question first.");
  AddControl(decision, control_id, "Which machines were looked at?");
  return decision;
}

std::string ItemName(const assessment_store::v1::Assessment& assessment) {
  const std::string id(absl::StripPrefix(assessment.name(), "assessments/"));
  return absl::StrCat("reviewItems/", id, ".", assessment.submission_number());
}

}  // namespace assay::journey
