#include "tests/refusals/refusal_test.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace assay::refusals {
namespace {

constexpr char kCatalogueName[] = "schemes/dcc/catalogues/def-stan-05-138-i4";

MATCHER(NamesNoField, negation ? "names a field" : "names no field") {
  *result_listener << "which is " << testing_kit::Describe(arg);
  return ErrorFields(arg).empty();
}

std::string AssessmentName(const std::string& id) { return "assessments/" + id; }

}  // namespace

StatusMatcher Refused(absl::StatusCode code, std::string_view reason, std::string_view field) {
  const StatusMatcher says = testing_kit::HasReason(code, std::string(reason));
  if (field.empty()) return testing::AllOf(says, StatusMatcher(NamesNoField()));
  return testing::AllOf(says, StatusMatcher(testing_kit::HasField(std::string(field))));
}

StatusMatcher RefusedByGrpc(absl::StatusCode code) { return Refused(code, "", ""); }

std::string RefusalTest::As(const Person& person) const {
  return system_.keys().Mint(person.subject, person.organisation, person.roles);
}

void RefusalTest::ExpectRefused(const std::function<absl::Status()>& call,
                                const StatusMatcher& refusal, int line) {
  const testing::ScopedTrace trace("", 0, absl::StrCat("refusal expected at line ", line));
  const Rows before = system_.Everything();
  const absl::Status status = call();
  EXPECT_FALSE(status.ok());
  EXPECT_THAT(status, refusal);
  EXPECT_EQ(Difference(before, system_.Everything()), "");
}

std::vector<std::string> RefusalTest::Scope(const std::string& profile) {
  catalogue::v1::GetCatalogueRequest request;
  request.set_name(kCatalogueName);
  const auto catalogue = Must(&Catalogue::GetCatalogue, As(anna_), request);
  std::vector<std::string> scope;
  for (const auto& control : catalogue.controls()) {
    const auto& profiles = control.profiles();
    if (std::find(profiles.begin(), profiles.end(), profile) == profiles.end()) continue;
    scope.push_back(control.id());
  }
  return scope;
}

store::CreateAssessmentRequest RefusalTest::CreateRequest(const std::string& id,
                                                          const std::string& profile) {
  store::CreateAssessmentRequest request;
  request.set_assessment_id(id);
  store::Assessment& assessment = *request.mutable_assessment();
  assessment.set_profile(profile);
  assessment.set_supplier(sam_.organisation);
  assessment.set_certification_body(anna_.organisation);
  assessment.mutable_pins()->set_catalogue(kCatalogueName);
  assessment.mutable_pins()->set_rule_set("schemes/dcc/ruleSets/asr-2.1");
  assessment.mutable_pins()->set_question_set("schemes/dcc/questionSets/level-0");
  return request;
}

store::RecordControlResultsRequest RefusalTest::RecordRequest(const std::string& id,
                                                              const std::string& changes) {
  auto request = Parse<store::RecordControlResultsRequest>(changes);
  request.set_name(AssessmentName(id));
  request.set_etag(Get(id).etag());
  return request;
}

store::RecordCertificatesRequest RefusalTest::CertificatesRequest(const std::string& id) {
  auto request = Parse<store::RecordCertificatesRequest>(
      "certificates { kind: 'CYBER_ESSENTIALS' issued_on: '2026-01-15' expires_on: '2027-01-14' "
      "scope_verdict: SCOPE_VERDICT_COVERS }");
  request.set_name(AssessmentName(id));
  request.set_etag(Get(id).etag());
  return request;
}

store::ConfirmControlsRequest RefusalTest::ConfirmRequest(const std::string& id) {
  store::ConfirmControlsRequest request;
  request.set_name(AssessmentName(id));
  request.set_all(true);
  request.set_etag(Get(id).etag());
  return request;
}

store::SubmitAssessmentRequest RefusalTest::SubmitRequest(const std::string& id) {
  store::SubmitAssessmentRequest request;
  request.set_name(AssessmentName(id));
  request.set_as_of(kAsOf);
  request.set_etag(Get(id).etag());
  return request;
}

store::RecallSubmissionRequest RefusalTest::RecallRequest(const std::string& id) {
  store::RecallSubmissionRequest request;
  request.set_name(AssessmentName(id));
  request.set_reason("One finding was recorded for the wrong site.");
  request.set_etag(Get(id).etag());
  return request;
}

queue::DecideReviewItemRequest RefusalTest::UpholdRequest(
    const queue::ClaimReviewItemResponse& claim) {
  queue::DecideReviewItemRequest request;
  request.set_name(claim.review_item().name());
  request.set_claim_token(claim.claim_token());
  request.set_submission_number(claim.review_item().submission_number());
  request.set_result_digest(claim.review_item().result_digest());
  request.set_etag(claim.review_item().etag());
  request.mutable_decision()->set_kind(queue::DECISION_KIND_UPHOLD);
  request.mutable_decision()->set_reason("The reasoning holds.");
  return request;
}

queue::ClaimReviewItemRequest RefusalTest::ClaimRequest(const std::string& item) {
  queue::ClaimReviewItemRequest request;
  request.set_name(item);
  return request;
}

std::vector<NamedWrite> RefusalTest::Writes(const std::string& id) {
  // Fills in what the test chooses and calls.
  const auto write = [this](auto method, auto request) {
    return [this, method, request](const WriteArguments& with) mutable {
      request.set_etag(with.etag);
      request.set_request_id(with.request_id);
      return system_.Call(method, with.token, request).status();
    };
  };
  return {
      {"RecordControlResults",
       write(&Store::RecordControlResults,
             RecordRequest(id,
                           "changes { result { control_id: '2500' theoretical { questions { "
                           "question_id: '2500.1' result: QUESTION_RESULT_MEETS } } } }"))},
      {"RecordCertificates", write(&Store::RecordCertificates, CertificatesRequest(id))},
      {"ConfirmControls", write(&Store::ConfirmControls, ConfirmRequest(id))},
      {"SubmitAssessment", write(&Store::SubmitAssessment, SubmitRequest(id))},
      {"RecallSubmission", write(&Store::RecallSubmission, RecallRequest(id))},
  };
}

store::Assessment RefusalTest::Create(const std::string& id, const std::string& profile) {
  return Must(&Store::CreateAssessment, As(anna_), CreateRequest(id, profile));
}

store::Assessment RefusalTest::Get(const std::string& id) {
  store::GetAssessmentRequest request;
  request.set_name(AssessmentName(id));
  return Must(&Store::GetAssessment, As(anna_), request);
}

void RefusalTest::Record(const std::string& id, const std::string& changes) {
  Must(&Store::RecordControlResults, As(anna_), RecordRequest(id, changes));
}

void RefusalTest::Prepare(const std::string& id, const std::string& profile,
                          const std::string& overridden) {
  Create(id, profile);
  std::string changes;
  for (const std::string& control : Scope(profile)) {
    const bool met = control != overridden;
    absl::StrAppend(&changes, "changes { result { control_id: '", control,
                    "' theoretical { status: CONTROL_STATUS_", met ? "MET" : "NOT_MET", " }",
                    met ? "" : " override { reasoning: 'Compensated by a guarded site.' }", " } }");
  }
  Record(id, changes);
  Must(&Store::RecordCertificates, As(anna_), CertificatesRequest(id));
  Must(&Store::ConfirmControls, As(anna_), ConfirmRequest(id));
}

store::SubmitAssessmentResponse RefusalTest::Submit(const std::string& id) {
  return Must(&Store::SubmitAssessment, As(anna_), SubmitRequest(id));
}

std::string RefusalTest::InReview(const std::string& id) {
  Prepare(id, "L0", "2314");
  const store::Assessment submitted = Submit(id).assessment();
  EXPECT_EQ(submitted.state(), store::ASSESSMENT_STATE_IN_REVIEW);
  EXPECT_EQ(system_.DeliverSubmissions().delivered, 1u);
  return absl::StrCat("reviewItems/", id, ".", submitted.submission_number());
}

queue::ClaimReviewItemResponse RefusalTest::Claim(const Person& person, const std::string& item) {
  return Must(&Queue::ClaimReviewItem, As(person), ClaimRequest(item));
}

queue::ReviewItem RefusalTest::GetItem(const std::string& item) {
  queue::GetReviewItemRequest request;
  request.set_name(item);
  return Must(&Queue::GetReviewItem, As(ravi_), request);
}

}  // namespace assay::refusals
