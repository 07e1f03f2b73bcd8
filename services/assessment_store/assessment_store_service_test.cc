// The service through its real stub, with the other services as fakes.

#include "services/assessment_store/assessment_store_service.h"

#include <memory>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/audit/event_log.h"
#include "common/outbox/relay.h"
#include "common/rpc/client.h"
#include "common/storage/memory_store.h"
#include "common/testing/proto_matchers.h"
#include "common/testing/status_matchers.h"
#include "common/testing/test_server.h"
#include "services/assessment_store/application.h"
#include "services/assessment_store/limits.h"
#include "services/assessment_store/testing/fake_clients.h"

namespace assay::assessment_store {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using testing_kit::EqualsProto;
using testing_kit::HasField;
using testing_kit::HasMetadata;
using testing_kit::HasReason;
using testing_kit::IsOk;

constexpr char kBody[] = "organisations/northgate";
constexpr char kSupplier[] = "organisations/harbour";
constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;
constexpr auto kPrecondition = absl::StatusCode::kFailedPrecondition;

using Stub = v1::AssessmentStoreService::StubInterface;

class AssessmentStoreServiceTest : public ::testing::Test {
 protected:
  AssessmentStoreServiceTest()
      : runtime_({v1::AssessmentStoreService::service_full_name()}),
        relay_(*outbox::Relay::Create(
            store_, runtime_.clock(),
            [this](const outbox::Message& message) { return Deliver(queue_, message); })),
        commands_({store_, runtime_.clock(), runtime_.ids(), scoring_, catalogue_, [] {}}),
        queries_(store_, scoring_),
        service_(runtime_.runtime(), commands_, queries_),
        server_(runtime_, {{v1::AssessmentStoreService::service_full_name(), &service_}}),
        stub_(v1::AssessmentStoreService::NewStub(server_.channel())),
        anna_(runtime_.keys().Mint("anna", kBody, {access::v1::ROLE_ASSESSOR})),
        sam_(runtime_.keys().Mint("sam", kSupplier, {access::v1::ROLE_SUPPLIER})),
        ravi_(runtime_.keys().Mint("ravi", "organisations/owner", {access::v1::ROLE_REVIEWER})),
        queue_token_(runtime_.keys().MintService("services/assay-review-queue")) {}

  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                             Response*),
                                const Request& request, const std::string& token) {
    Response response;
    const auto context = testing_kit::WithToken(token);
    const grpc::Status status = ((*stub_).*method)(context.get(), request, &response);
    if (!status.ok()) return FromGrpcStatus(status);
    return response;
  }

  v1::CreateAssessmentRequest CreateRequest(const std::string& id = "a1") {
    v1::CreateAssessmentRequest request;
    request.set_assessment_id(id);
    auto& assessment = *request.mutable_assessment();
    assessment.set_profile("L1");
    assessment.mutable_pins()->set_catalogue("schemes/dcc/catalogues/x");
    assessment.mutable_pins()->set_rule_set("schemes/dcc/ruleSets/y");
    assessment.set_supplier(kSupplier);
    assessment.set_certification_body(kBody);
    return request;
  }

  v1::Assessment Create(const std::string& id = "a1") {
    return *Call(&Stub::CreateAssessment, CreateRequest(id), anna_);
  }

  v1::Assessment Get(const std::string& id = "a1") {
    v1::GetAssessmentRequest request;
    request.set_name("assessments/" + id);
    return *Call(&Stub::GetAssessment, request, anna_);
  }

  // Records a status of all three controls in scope, `overridden` overridden.
  v1::RecordControlResultsRequest RecordRequest(const std::string& overridden = "") {
    v1::RecordControlResultsRequest request;
    request.set_name("assessments/a1");
    request.set_etag(Get().etag());
    for (const std::string& control : catalogue_.scope) {
      auto& result = *request.add_changes()->mutable_result();
      result.set_control_id(control);
      result.mutable_theoretical()->set_status(control == overridden
                                                   ? scoring::v1::CONTROL_STATUS_NOT_MET
                                                   : scoring::v1::CONTROL_STATUS_MET);
      if (control == overridden) result.mutable_override()->set_reasoning("seen on site");
    }
    return request;
  }

  v1::ConfirmControlsRequest ConfirmAll() {
    v1::ConfirmControlsRequest request;
    request.set_name("assessments/a1");
    request.set_all(true);
    request.set_etag(Get().etag());
    return request;
  }

  v1::SubmitAssessmentRequest SubmitRequest(const std::string& request_id = "") {
    v1::SubmitAssessmentRequest request;
    request.set_name("assessments/a1");
    request.set_as_of("2026-10-01");
    request.set_etag(Get().etag());
    request.set_request_id(request_id);
    return request;
  }

  // Creates, records, confirms and submits; with an override it is in review then.
  v1::SubmitAssessmentResponse Submitted(const std::string& overridden) {
    Create();
    EXPECT_THAT(Call(&Stub::RecordControlResults, RecordRequest(overridden), anna_), IsOk());
    EXPECT_THAT(Call(&Stub::ConfirmControls, ConfirmAll(), anna_), IsOk());
    return *Call(&Stub::SubmitAssessment, SubmitRequest(), anna_);
  }

  v1::ApplyReviewDecisionRequest DecisionRequest(const v1::SubmitAssessmentResponse& submitted,
                                                 review_queue::v1::DecisionKind kind) {
    v1::ApplyReviewDecisionRequest request;
    request.set_name("assessments/a1");
    request.set_review_item("reviewItems/a1.1");
    request.set_submission_number(1);
    request.set_result_digest(submitted.verdict().verdict().result_digest());
    request.mutable_decision()->set_kind(kind);
    request.mutable_decision()->set_reason("reviewed");
    request.mutable_decision()->set_reviewer("ravi");
    if (kind != review_queue::v1::DECISION_KIND_UPHOLD) {
      auto* control = request.mutable_decision()->add_controls();
      control->set_control_id("2300");
      control->set_reason("not convincing");
    }
    return request;
  }

  // Every byte that is stored.
  std::string Everything() {
    std::string bytes;
    EXPECT_THAT(store_.Snapshot()->Scan({},
                                        [&](std::string_view key, std::string_view value) {
                                          bytes.append(key).push_back('\0');
                                          bytes.append(value).push_back('\0');
                                          return true;
                                        }),
                IsOk());
    return bytes;
  }

  testing_kit::TestRuntime runtime_;
  storage::MemoryStore store_;
  FakeScoringClient scoring_;
  FakeCatalogueClient catalogue_;
  FakeReviewQueueClient queue_;
  std::unique_ptr<outbox::Relay> relay_;
  AssessmentCommands commands_;
  AssessmentQueries queries_;
  AssessmentStoreServiceImpl service_;
  testing_kit::TestServer server_;
  std::unique_ptr<Stub> stub_;
  const std::string anna_;
  const std::string sam_;
  const std::string ravi_;
  const std::string queue_token_;
};

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
  catalogue_.certifies = false;
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

TEST_F(AssessmentStoreServiceTest, ACleanSubmissionIsFinalAtOnceAndNotQueued) {
  const auto submitted = Submitted("");
  EXPECT_EQ(submitted.assessment().state(), v1::ASSESSMENT_STATE_PASSED);
  EXPECT_EQ(submitted.assessment().current_verdict(), submitted.verdict().name());
  EXPECT_EQ(*relay_->DeliverPending(), outbox::DeliveryCounts{});
  v1::GetVerdictRequest get;
  get.set_name(submitted.verdict().name());
  EXPECT_THAT(*Call(&Stub::GetVerdict, get, ravi_), EqualsProto(submitted.verdict()));
  EXPECT_THAT(
      Call(&Stub::SubmitAssessment, SubmitRequest(), anna_),
      AllOf(HasReason(kPrecondition, "ASSESSMENT_NOT_OPEN"), HasMetadata("state", "PASSED")));
}

TEST_F(AssessmentStoreServiceTest, AFlaggedSubmissionGoesToReviewInTheSameCommit) {
  const auto submitted = Submitted("2300");
  EXPECT_EQ(submitted.assessment().state(), v1::ASSESSMENT_STATE_IN_REVIEW);
  EXPECT_EQ(relay_->DeliverPending()->delivered, 1u);
  ASSERT_EQ(queue_.received().size(), 1u);
  const auto item = queue_.received()[0].review_item();
  EXPECT_EQ(item.name(), "reviewItems/a1.1");
  EXPECT_EQ(item.flags(0).reasoning(), "seen on site");
  EXPECT_THAT(item.contributors(), ElementsAre("anna"));
  const auto head = audit::ReadHead(*store_.Snapshot(), "assessments/a1");
  EXPECT_EQ(queue_.received()[0].chain_sequence(), static_cast<int64_t>(head->sequence));
}

TEST_F(AssessmentStoreServiceTest, AReplayedSubmitIsTheFirstAnswerAndOneSubmission) {
  Create();
  ASSERT_THAT(Call(&Stub::RecordControlResults, RecordRequest("2300"), anna_), IsOk());
  ASSERT_THAT(Call(&Stub::ConfirmControls, ConfirmAll(), anna_), IsOk());
  const auto request = SubmitRequest("submit-1");
  const auto first = Call(&Stub::SubmitAssessment, request, anna_);
  ASSERT_THAT(first, IsOk());
  EXPECT_THAT(*Call(&Stub::SubmitAssessment, request, anna_), EqualsProto(*first));
  EXPECT_EQ(Get().submission_number(), 1);
  EXPECT_EQ(relay_->DeliverPending()->delivered, 1u);
}

TEST_F(AssessmentStoreServiceTest, AWriteThatWinsTheRaceAgainstScoringAbortsTheSubmit) {
  Create();
  ASSERT_THAT(Call(&Stub::RecordControlResults, RecordRequest("2300"), anna_), IsOk());
  ASSERT_THAT(Call(&Stub::ConfirmControls, ConfirmAll(), anna_), IsOk());
  const auto request = SubmitRequest();
  const auto record = RecordRequest();
  scoring_.before_score = [&] {
    EXPECT_THAT(Call(&Stub::RecordControlResults, record, anna_), IsOk());
  };
  EXPECT_THAT(Call(&Stub::SubmitAssessment, request, anna_),
              HasReason(absl::StatusCode::kAborted, "ETAG_MISMATCH"));
  EXPECT_EQ(Get().submission_number(), 0);
  EXPECT_EQ(*relay_->DeliverPending(), outbox::DeliveryCounts{});
}

TEST_F(AssessmentStoreServiceTest, UpholdMakesTheVerdictFinalOnce) {
  const auto submitted = Submitted("2300");
  const auto request = DecisionRequest(submitted, review_queue::v1::DECISION_KIND_UPHOLD);
  const auto applied = Call(&Stub::ApplyReviewDecision, request, queue_token_);
  ASSERT_THAT(applied, IsOk());
  EXPECT_EQ(applied->effect(), review_queue::v1::DECISION_EFFECT_APPLIED);
  EXPECT_EQ(Get().state(), v1::ASSESSMENT_STATE_PASSED);
  v1::ListAssessmentEventsRequest list;
  list.set_parent("assessments/a1");
  EXPECT_EQ(Call(&Stub::ListAssessmentEvents, list, anna_)->events(4).decided_by(), "ravi");
  const std::string before = Everything();
  EXPECT_EQ(Call(&Stub::ApplyReviewDecision, request, queue_token_)->effect(),
            review_queue::v1::DECISION_EFFECT_APPLIED);
  EXPECT_EQ(Everything(), before);
}

TEST_F(AssessmentStoreServiceTest, OverturnScoresAgainWithoutTheFlagAndIsNotQueuedAgain) {
  const auto submitted = Submitted("2300");
  ASSERT_EQ(relay_->DeliverPending()->delivered, 1u);
  const auto request = DecisionRequest(submitted, review_queue::v1::DECISION_KIND_OVERTURN);
  EXPECT_EQ(Call(&Stub::ApplyReviewDecision, request, queue_token_)->effect(),
            review_queue::v1::DECISION_EFFECT_APPLIED);
  const v1::Assessment after = Get();
  EXPECT_EQ(after.state(), v1::ASSESSMENT_STATE_FAILED);
  EXPECT_NE(after.current_verdict(), submitted.verdict().name());
  v1::GetVerdictRequest get;
  get.set_name(after.current_verdict());
  EXPECT_THAT(Call(&Stub::GetVerdict, get, anna_)->overturned_controls(), ElementsAre("2300"));
  EXPECT_THAT(after.overturned_controls(), ElementsAre("2300"));
  EXPECT_EQ(*relay_->DeliverPending(), outbox::DeliveryCounts{});
}

TEST_F(AssessmentStoreServiceTest, ReturnReopensTheNamedControlsAndResubmissionIsANewSubmission) {
  const auto submitted = Submitted("2300");
  const auto request = DecisionRequest(submitted, review_queue::v1::DECISION_KIND_RETURN);
  ASSERT_THAT(Call(&Stub::ApplyReviewDecision, request, queue_token_), IsOk());
  const v1::Assessment returned = Get();
  EXPECT_EQ(returned.state(), v1::ASSESSMENT_STATE_RETURNED);
  EXPECT_EQ(returned.controls_confirmed(), 2);
  EXPECT_EQ(returned.return_decision().controls(0).reason(), "not convincing");
  // Unchanged content, the same digest, yet another submission.
  ASSERT_THAT(Call(&Stub::ConfirmControls, ConfirmAll(), anna_), IsOk());
  const auto again = Call(&Stub::SubmitAssessment, SubmitRequest(), anna_);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->assessment().submission_number(), 2);
  EXPECT_EQ(again->verdict().verdict().result_digest(),
            submitted.verdict().verdict().result_digest());
  // The same result is the same verdict: its record is the first one.
  EXPECT_THAT(again->verdict(), EqualsProto(submitted.verdict()));
  auto late = DecisionRequest(submitted, review_queue::v1::DECISION_KIND_UPHOLD);
  late.set_review_item("reviewItems/a1.1b");
  EXPECT_EQ(Call(&Stub::ApplyReviewDecision, late, queue_token_)->effect(),
            review_queue::v1::DECISION_EFFECT_REFUSED_STALE);
  EXPECT_EQ(Get().state(), v1::ASSESSMENT_STATE_IN_REVIEW);
}

TEST_F(AssessmentStoreServiceTest, ADecisionOnARecalledSubmissionIsStale) {
  const auto submitted = Submitted("2300");
  v1::RecallSubmissionRequest recall;
  recall.set_name("assessments/a1");
  recall.set_etag(Get().etag());
  for (const size_t length : {size_t{0}, kMaxReasonCharacters + 1}) {
    recall.set_reason(std::string(length, 'r'));
    EXPECT_THAT(Call(&Stub::RecallSubmission, recall, anna_),
                AllOf(HasReason(kInvalid, "TEXT_LENGTH"), HasField("reason")));
  }
  recall.set_reason(std::string(kMaxReasonCharacters, 'r'));
  ASSERT_THAT(Call(&Stub::RecallSubmission, recall, anna_), IsOk());
  const auto decision = DecisionRequest(submitted, review_queue::v1::DECISION_KIND_UPHOLD);
  EXPECT_EQ(Call(&Stub::ApplyReviewDecision, decision, queue_token_)->effect(),
            review_queue::v1::DECISION_EFFECT_REFUSED_STALE);
  EXPECT_EQ(Get().state(), v1::ASSESSMENT_STATE_IN_ASSESSMENT);
  recall.set_etag(Get().etag());
  EXPECT_THAT(Call(&Stub::RecallSubmission, recall, anna_),
              HasReason(kPrecondition, "SUBMISSION_NOT_IN_REVIEW"));
}

TEST_F(AssessmentStoreServiceTest, PeopleCannotApplyDecisions) {
  const auto submitted = Submitted("2300");
  const auto request = DecisionRequest(submitted, review_queue::v1::DECISION_KIND_UPHOLD);
  EXPECT_THAT(Call(&Stub::ApplyReviewDecision, request, ravi_),
              HasReason(absl::StatusCode::kPermissionDenied, "ROLE_NOT_ALLOWED"));
}

TEST_F(AssessmentStoreServiceTest, TheHistoryTellsWhoDidWhatAndItsChainHolds) {
  Submitted("2300");
  v1::ListAssessmentEventsRequest list;
  list.set_parent("assessments/a1");
  const auto events = Call(&Stub::ListAssessmentEvents, list, ravi_);
  ASSERT_THAT(events, IsOk());
  std::vector<std::string> types;
  for (const auto& event : events->events()) types.push_back(event.type());
  EXPECT_THAT(types, ElementsAre("CREATED", "RESULTS_RECORDED", "CONTROLS_CONFIRMED", "SUBMITTED"));
  EXPECT_EQ(events->events(1).actor(), "anna");
  EXPECT_EQ(events->events(1).texts().at("controls[2300].override.reasoning"), "seen on site");
  EXPECT_THAT(audit::VerifyChain(*store_.Snapshot(), "assessments/a1"), IsOk());
  EXPECT_THAT(Call(&Stub::ListAssessmentEvents, list, sam_),
              HasReason(absl::StatusCode::kPermissionDenied, "ROLE_NOT_ALLOWED"));
}

TEST_F(AssessmentStoreServiceTest, AnUnreachableScoringServiceChangesNothing) {
  Create();
  ASSERT_THAT(Call(&Stub::RecordControlResults, RecordRequest(), anna_), IsOk());
  ASSERT_THAT(Call(&Stub::ConfirmControls, ConfirmAll(), anna_), IsOk());
  scoring_.unavailable = absl::UnavailableError("down");
  const std::string before = Everything();
  EXPECT_THAT(Call(&Stub::SubmitAssessment, SubmitRequest(), anna_),
              testing_kit::StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_EQ(Everything(), before);
}

}  // namespace
}  // namespace assay::assessment_store
