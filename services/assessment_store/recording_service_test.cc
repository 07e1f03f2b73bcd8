// Creating, recording, confirming and reading, through the stub.

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/testing/proto_matchers.h"
#include "common/testing/status_matchers.h"
#include "services/assessment_store/limits.h"
#include "services/assessment_store/testing/service_fixture.h"

namespace assay::assessment_store {
namespace {

using ::testing::AllOf;
using testing_kit::EqualsProto;
using testing_kit::HasField;
using testing_kit::HasMetadata;
using testing_kit::HasReason;
using testing_kit::IsOk;

TEST_F(AssessmentStoreServiceTest, CreatePinsTheDocumentsAndCountsTheScope) {
  const v1::Assessment created = Create();
  EXPECT_EQ(created.name(), "assessments/a1");
  EXPECT_EQ(created.scheme(), "schemes/dcc");
  EXPECT_EQ(created.pins().catalogue(), "schemes/dcc/catalogues/x@1");
  EXPECT_EQ(created.state(), v1::ASSESSMENT_STATE_IN_ASSESSMENT);
  EXPECT_EQ(created.controls_in_scope(), 3);
  EXPECT_THAT(Get(), EqualsProto(created));
}

TEST_F(AssessmentStoreServiceTest, ATakenIdIsRefusedAndAReplayIsAnswered) {
  auto request = CreateRequest();
  request.set_request_id("r-1");
  const auto first = Call(&Stub::CreateAssessment, request, anna_);
  ASSERT_THAT(first, IsOk());
  const std::string before = Everything();
  const auto again = Call(&Stub::CreateAssessment, request, anna_);
  ASSERT_THAT(again, IsOk());
  EXPECT_THAT(*again, EqualsProto(*first));
  EXPECT_THAT(Call(&Stub::CreateAssessment, CreateRequest(), anna_),
              HasReason(absl::StatusCode::kAlreadyExists, "ASSESSMENT_ALREADY_EXISTS"));
  request.mutable_assessment()->set_profile("L2");
  EXPECT_THAT(Call(&Stub::CreateAssessment, request, anna_),
              AllOf(HasReason(kInvalid, "REQUEST_ID_REUSED"), HasField("request_id")));
  EXPECT_EQ(Everything(), before);
}

TEST_F(AssessmentStoreServiceTest, IdsAreLimited) {
  const std::string longest(kMaxAssessmentIdCharacters, 'a');
  EXPECT_THAT(Call(&Stub::CreateAssessment, CreateRequest(longest), anna_), IsOk());
  for (const std::string& id : {longest + "a", std::string("a.1"), std::string("A")}) {
    EXPECT_THAT(Call(&Stub::CreateAssessment, CreateRequest(id), anna_),
                AllOf(HasReason(kInvalid, "ID_INVALID"), HasField("assessment_id")));
  }
}

TEST_F(AssessmentStoreServiceTest, TitlesAreLimitedInCharactersNotBytes) {
  auto request = CreateRequest();
  std::string title;
  for (size_t i = 0; i < kMaxDisplayNameCharacters; ++i) title += "\xC3\xA9";
  request.mutable_assessment()->set_display_name(title + "x");
  EXPECT_THAT(Call(&Stub::CreateAssessment, request, anna_),
              AllOf(HasReason(kInvalid, "TEXT_LENGTH"), HasField("assessment.display_name")));
  request.mutable_assessment()->set_display_name(title);
  EXPECT_THAT(Call(&Stub::CreateAssessment, request, anna_), IsOk());
}

TEST_F(AssessmentStoreServiceTest, NobodyAssessesTheOwnOrganisation) {
  auto request = CreateRequest();
  request.mutable_assessment()->set_supplier(kBody);
  EXPECT_THAT(Call(&Stub::CreateAssessment, request, anna_),
              AllOf(HasReason(kInvalid, "SUPPLIER_IS_CERTIFICATION_BODY"),
                    HasField("assessment.certification_body")));
}

// Otherwise a supplier could choose the rules it passes under.
TEST_F(AssessmentStoreServiceTest, NoAssessmentIsMadeUnderARuleSetForComparison) {
  catalogue_.why_not = "is for comparison";
  EXPECT_THAT(Call(&Stub::CreateAssessment, CreateRequest(), sam_),
              AllOf(HasReason(kPrecondition, "RULE_SET_NOT_FOR_ASSESSMENT"),
                    HasField("assessment.pins.rule_set")));
}

TEST_F(AssessmentStoreServiceTest, AnIncompleteVerdictIsNotSubmitted) {
  Create();
  ASSERT_THAT(Call(&Stub::RecordControlResults, RecordRequest("2300"), anna_), IsOk());
  ASSERT_THAT(Call(&Stub::ConfirmControls, ConfirmAll(), anna_), IsOk());
  scoring_.incomplete = true;
  const std::string before = Everything();
  EXPECT_THAT(Call(&Stub::SubmitAssessment, SubmitRequest(), anna_),
              HasReason(kPrecondition, "VERDICT_INCOMPLETE"));
  EXPECT_EQ(Everything(), before);
}

// What the queue would refuse for ever must not get stuck on its way there.
TEST_F(AssessmentStoreServiceTest, FlagsAreLimitedToWhatCanBeReviewed) {
  catalogue_.scope.clear();
  for (size_t i = 0; i <= kMaxFlags; ++i) catalogue_.scope.push_back(std::to_string(10000 + i));
  Create();
  for (size_t first = 0; first <= kMaxFlags; first += kMaxChanges) {
    v1::RecordControlResultsRequest record;
    record.set_name("assessments/a1");
    record.set_etag(Get().etag());
    for (size_t i = first; i < first + kMaxChanges && i <= kMaxFlags; ++i) {
      auto& result = *record.add_changes()->mutable_result();
      result.set_control_id(catalogue_.scope[i]);
      result.mutable_override()->set_reasoning("r");
    }
    ASSERT_THAT(Call(&Stub::RecordControlResults, record, anna_), IsOk());
  }
  ASSERT_THAT(Call(&Stub::ConfirmControls, ConfirmAll(), anna_), IsOk());
  EXPECT_THAT(
      Call(&Stub::SubmitAssessment, SubmitRequest(), anna_),
      AllOf(HasReason(kPrecondition, "SUBMISSION_TOO_LARGE"), HasMetadata("count", "1001")));
  v1::RecordControlResultsRequest clear;
  clear.set_name("assessments/a1");
  clear.set_etag(Get().etag());
  clear.add_changes()->mutable_result()->set_control_id(catalogue_.scope[0]);
  clear.mutable_changes(0)->mutable_update_mask()->add_paths("override");
  ASSERT_THAT(Call(&Stub::RecordControlResults, clear, anna_), IsOk());
  ASSERT_THAT(Call(&Stub::ConfirmControls, ConfirmAll(), anna_), IsOk());
  EXPECT_THAT(Call(&Stub::SubmitAssessment, SubmitRequest(), anna_), IsOk());
  EXPECT_EQ(relay_->DeliverPending()->delivered, 1u);
}

TEST_F(AssessmentStoreServiceTest, OnlyTheTwoSidesMayCreate) {
  auto request = CreateRequest();
  request.mutable_assessment()->set_certification_body("organisations/other");
  EXPECT_THAT(Call(&Stub::CreateAssessment, request, anna_),
              HasReason(absl::StatusCode::kPermissionDenied, "ORGANISATION_NOT_ALLOWED"));
  EXPECT_THAT(Call(&Stub::CreateAssessment, CreateRequest(), sam_), IsOk());
}

TEST_F(AssessmentStoreServiceTest, RecordsConfirmsAndReopens) {
  Create();
  ASSERT_THAT(Call(&Stub::RecordControlResults, RecordRequest(), anna_), IsOk());
  ASSERT_THAT(Call(&Stub::ConfirmControls, ConfirmAll(), anna_), IsOk());
  EXPECT_EQ(Get().controls_confirmed(), 3);
  auto adjust = RecordRequest();
  adjust.mutable_changes()->DeleteSubrange(1, 2);
  auto& result = *adjust.mutable_changes(0)->mutable_result();
  result.clear_theoretical();
  result.mutable_adjustment()->set_points(-1);
  result.mutable_adjustment()->set_reason("a log was missing");
  ASSERT_THAT(Call(&Stub::RecordControlResults, adjust, anna_), IsOk());
  EXPECT_EQ(Get().controls_confirmed(), 2);
  EXPECT_THAT(
      Call(&Stub::SubmitAssessment, SubmitRequest(), anna_),
      AllOf(HasReason(kPrecondition, "CONTROLS_NOT_CONFIRMED"), HasMetadata("controls", "0001")));
  v1::ListControlResultsRequest list;
  list.set_parent("assessments/a1");
  list.set_page_size(2);
  const auto page = Call(&Stub::ListControlResults, list, anna_);
  ASSERT_THAT(page, IsOk());
  ASSERT_EQ(page->control_results_size(), 2);
  EXPECT_EQ(page->control_results(0).result().adjustment().points(), -1);
  EXPECT_FALSE(page->control_results(0).confirmed());
  EXPECT_TRUE(page->control_results(1).confirmed());
  list.set_page_token(page->next_page_token());
  EXPECT_EQ(Call(&Stub::ListControlResults, list, anna_)->control_results_size(), 1);
}

TEST_F(AssessmentStoreServiceTest, ScoringsProblemsComeBackUnderTheRequestsOwnFields) {
  Create();
  scoring::v1::InputProblem problem;
  problem.set_reason("OVERRIDE_REASONING_REQUIRED");
  problem.set_control_id("1100");
  problem.set_field("controls[1].override.reasoning");
  problem.set_message("is empty");
  scoring_.problems.push_back(problem);
  const std::string before = Everything();
  EXPECT_THAT(Call(&Stub::RecordControlResults, RecordRequest("1100"), anna_),
              AllOf(HasReason(kInvalid, "OVERRIDE_REASONING_REQUIRED"),
                    HasField("changes[1].result.override.reasoning")));
  EXPECT_EQ(Everything(), before);
}

TEST_F(AssessmentStoreServiceTest, RefusesWritesOnAnOldOrMissingEtag) {
  Create();
  auto record = RecordRequest();
  ASSERT_THAT(Call(&Stub::RecordControlResults, record, anna_), IsOk());
  const std::string before = Everything();
  EXPECT_THAT(Call(&Stub::RecordControlResults, record, anna_),
              AllOf(HasReason(absl::StatusCode::kAborted, "ETAG_MISMATCH"), HasField("etag")));
  record.clear_etag();
  EXPECT_THAT(Call(&Stub::RecordControlResults, record, anna_),
              HasReason(kInvalid, "ETAG_REQUIRED"));
  EXPECT_EQ(Everything(), before);
}

TEST_F(AssessmentStoreServiceTest, ChangesAreLimited) {
  Create();
  v1::RecordControlResultsRequest request = RecordRequest();
  request.clear_changes();
  for (int i = 0; i <= kMaxChanges; ++i) {
    auto& result = *request.add_changes()->mutable_result();
    result.set_control_id(std::to_string(i));
    result.mutable_theoretical()->set_status(scoring::v1::CONTROL_STATUS_MET);
  }
  EXPECT_THAT(Call(&Stub::RecordControlResults, request, anna_),
              AllOf(HasReason(kInvalid, "TOO_MANY"), HasField("changes")));
  request.mutable_changes()->RemoveLast();
  EXPECT_THAT(Call(&Stub::RecordControlResults, request, anna_), IsOk());
}

TEST_F(AssessmentStoreServiceTest, SomeoneElsesAssessmentDoesNotExist) {
  Create();
  const std::string other =
      runtime_.keys().Mint("olga", "organisations/other", {access::v1::ROLE_ASSESSOR});
  v1::GetAssessmentRequest get;
  get.set_name("assessments/a1");
  EXPECT_THAT(
      Call(&Stub::GetAssessment, get, other),
      AllOf(HasReason(absl::StatusCode::kNotFound, "ASSESSMENT_NOT_FOUND"), HasField("name")));
  get.set_name("assessments/none");
  EXPECT_THAT(Call(&Stub::GetAssessment, get, other),
              HasReason(absl::StatusCode::kNotFound, "ASSESSMENT_NOT_FOUND"));
  EXPECT_TRUE(
      Call(&Stub::ListAssessments, v1::ListAssessmentsRequest(), other)->assessments().empty());
}

TEST_F(AssessmentStoreServiceTest, ListsThePagesTheCallerMaySee) {
  for (const char* id : {"a1", "a2", "a3"}) Create(id);
  v1::ListAssessmentsRequest list;
  list.set_page_size(2);
  for (const std::string& token : {anna_, sam_, ravi_}) {
    list.clear_page_token();
    const auto first = Call(&Stub::ListAssessments, list, token);
    ASSERT_THAT(first, IsOk());
    ASSERT_EQ(first->assessments_size(), 2);
    list.set_page_token(first->next_page_token());
    const auto second = Call(&Stub::ListAssessments, list, token);
    ASSERT_EQ(second->assessments_size(), 1);
    EXPECT_EQ(second->assessments(0).name(), "assessments/a3");
    EXPECT_EQ(second->next_page_token(), "");
  }
  list.set_page_token("garbage");
  EXPECT_THAT(Call(&Stub::ListAssessments, list, anna_),
              AllOf(HasReason(kInvalid, "PAGE_TOKEN_INVALID"), HasField("page_token")));
}

}  // namespace
}  // namespace assay::assessment_store
