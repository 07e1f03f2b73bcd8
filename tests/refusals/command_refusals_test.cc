// Writes on the wrong state, with a stale etag, with a used request id, or by the wrong person.

#include <string>

#include "gtest/gtest.h"

#include "tests/refusals/refusal_test.h"

namespace assay::refusals {
namespace {

using testing::AllOf;
using testing_kit::HasMetadata;

constexpr char kLevel0Controls[] = "0001, 2314, 2500";

class CommandRefusalTest : public RefusalTest {
 protected:
  static StatusMatcher NotOpen(const char* state) {
    return AllOf(Refused(kPrecondition, "ASSESSMENT_NOT_OPEN", ""),
                 StatusMatcher(HasMetadata("state", state)));
  }
};

TEST_F(CommandRefusalTest, AStaleEtagOnEveryWrite) {
  const std::string old_etag = Create("a1", "L0").etag();
  Record("a1",
         "changes { result { control_id: '2500' practical { status: CONTROL_STATUS_MET } } }");
  for (const NamedWrite& write : Writes("a1")) {
    SCOPED_TRACE(write.name);
    ExpectRefused(
        [&] {
          return write.call({As(anna_), old_etag});
        },
        AllOf(Refused(kAborted, "ETAG_MISMATCH", "etag"),
              StatusMatcher(HasMetadata("current", Get("a1").etag()))));
  }
}

TEST_F(CommandRefusalTest, NoEtagOnEveryWrite) {
  Create("a1", "L0");
  for (const NamedWrite& write : Writes("a1")) {
    SCOPED_TRACE(write.name);
    ExpectRefused(
        [&] {
          return write.call({As(anna_), ""});
        },
        Refused(kInvalid, "ETAG_REQUIRED", "etag"));
  }
}

TEST_F(CommandRefusalTest, ARequestIdThatIsNone) {
  Create("a1", "L0");
  for (const std::string& id : {std::string("not an id"), std::string(65, 'a')}) {
    for (const NamedWrite& write : Writes("a1")) {
      SCOPED_TRACE(write.name);
      ExpectRefused(
          [&] {
            return write.call({As(anna_), Get("a1").etag(), id});
          },
          Refused(kInvalid, "REQUEST_ID_INVALID", "request_id"));
    }
  }
}

// Each command succeeds once under its id, then comes with other content under the same.
TEST_F(CommandRefusalTest, AUsedRequestIdWithOtherContent) {
  const StatusMatcher reused = Refused(kInvalid, "REQUEST_ID_REUSED", "request_id");
  auto create = CreateRequest("a1", "L0");
  create.set_request_id("create");
  Must(&Store::CreateAssessment, As(anna_), create);
  create.set_assessment_id("a2");
  ExpectRefused(&Store::CreateAssessment, As(anna_), create, reused);

  auto record = RecordRequest(
      "a1",
      "changes { result { control_id: '2314' theoretical { status: CONTROL_STATUS_NOT_MET } "
      "override { reasoning: 'Guarded.' } } }"
      "changes { result { control_id: '2500' theoretical { status: CONTROL_STATUS_MET } } }");
  record.set_request_id("record");
  Must(&Store::RecordControlResults, As(anna_), record);
  record.mutable_changes(0)->mutable_result()->mutable_override()->set_reasoning("Fenced.");
  ExpectRefused(&Store::RecordControlResults, As(anna_), record, reused);

  auto certificates = CertificatesRequest("a1");
  certificates.set_request_id("certificates");
  Must(&Store::RecordCertificates, As(anna_), certificates);
  certificates.clear_certificates();
  ExpectRefused(&Store::RecordCertificates, As(anna_), certificates, reused);

  auto confirm = ConfirmRequest("a1");
  confirm.set_request_id("confirm");
  Must(&Store::ConfirmControls, As(anna_), confirm);
  ExpectRefused(
      &Store::ConfirmControls, As(anna_),
      [&] {
        confirm.set_etag(Get("a1").etag());
        return confirm;
      }(),
      reused);

  auto submit = SubmitRequest("a1");
  submit.set_request_id("submit");
  Must(&Store::SubmitAssessment, As(anna_), submit);
  submit.set_as_of("2026-06-02");
  ExpectRefused(&Store::SubmitAssessment, As(anna_), submit, reused);

  auto recall = RecallRequest("a1");
  recall.set_request_id("recall");
  Must(&Store::RecallSubmission, As(anna_), recall);
  recall.set_reason("Another reason.");
  ExpectRefused(&Store::RecallSubmission, As(anna_), recall, reused);
}

TEST_F(CommandRefusalTest, WritesToSomeoneElsesAssessment) {
  Create("a1", "L0");
  const StatusMatcher unseen = Refused(kNotFound, "ASSESSMENT_NOT_FOUND", "name");
  for (const NamedWrite& write : Writes("a1")) {
    SCOPED_TRACE(write.name);
    ExpectRefused([&] { return write.call({As(olaf_), Get("a1").etag()}); }, unseen);
    // Nor is it told apart from one that does not exist by a wrong etag.
    ExpectRefused([&] { return write.call({As(olaf_), "1-0000000000000000"}); }, unseen);
  }
  ExpectRefused(&Store::RecordControlResults, As(tess_),
                RecordRequest("a1",
                              "changes { result { control_id: '2500' theoretical { questions { "
                              "question_id: '2500.1' result: QUESTION_RESULT_MEETS } } } }"),
                unseen);
}

TEST_F(CommandRefusalTest, ReadsOfSomeoneElsesAssessment) {
  Prepare("a1", "L0", "");
  const std::string verdict = Submit("a1").verdict().name();
  const auto by_name = Refused(kNotFound, "ASSESSMENT_NOT_FOUND", "name");
  const auto by_parent = Refused(kNotFound, "ASSESSMENT_NOT_FOUND", "parent");
  ExpectRefused(&Store::GetAssessment, As(olaf_),
                Parse<store::GetAssessmentRequest>("name: 'assessments/a1'"), by_name);
  ExpectRefused(&Store::ScoreAssessment, As(olaf_),
                Parse<store::ScoreAssessmentRequest>("name: 'assessments/a1' as_of: '2026-06-01'"),
                by_name);
  ExpectRefused(&Store::GetVerdict, As(olaf_),
                Parse<store::GetVerdictRequest>("name: '" + verdict + "'"), by_name);
  ExpectRefused(&Store::ListControlResults, As(olaf_),
                Parse<store::ListControlResultsRequest>("parent: 'assessments/a1'"), by_parent);
  ExpectRefused(&Store::ListAssessmentEvents, As(olaf_),
                Parse<store::ListAssessmentEventsRequest>("parent: 'assessments/a1'"), by_parent);
}

TEST_F(CommandRefusalTest, CreatingForOthers) {
  const StatusMatcher refusal =
      AllOf(Refused(kDenied, "ORGANISATION_NOT_ALLOWED", ""),
            StatusMatcher(HasMetadata("organisation", olaf_.organisation)));
  ExpectRefused(&Store::CreateAssessment, As(olaf_), CreateRequest("a1", "L0"), refusal);
}

TEST_F(CommandRefusalTest, CreatingWithATakenId) {
  Create("a1", "L0");
  ExpectRefused(
      &Store::CreateAssessment, As(anna_), CreateRequest("a1", "L1"),
      Refused(absl::StatusCode::kAlreadyExists, "ASSESSMENT_ALREADY_EXISTS", "assessment_id"));
  ExpectRefused(&Store::CreateAssessment, As(anna_), CreateRequest("a1.1", "L1"),
                Refused(kInvalid, "ID_INVALID", "assessment_id"));
}

TEST_F(CommandRefusalTest, CreatingAtAnUnknownProfile) {
  ExpectRefused(&Store::CreateAssessment, As(anna_), CreateRequest("a1", "L9"),
                Refused(kInvalid, "PROFILE_UNKNOWN", "assessment.profile"));
}

TEST_F(CommandRefusalTest, CreatingUnderARuleSetForComparison) {
  auto request = CreateRequest("a1", "L1");
  request.mutable_assessment()->mutable_pins()->set_rule_set("schemes/dcc/ruleSets/asr-pre-2.1");
  ExpectRefused(&Store::CreateAssessment, As(anna_), request,
                Refused(kPrecondition, "RULE_SET_NOT_FOR_ASSESSMENT", "assessment.pins.rule_set"));
}

TEST_F(CommandRefusalTest, CreatingForABodyThatAssessesItself) {
  auto request = CreateRequest("a1", "L1");
  request.mutable_assessment()->set_supplier(anna_.organisation);
  ExpectRefused(
      &Store::CreateAssessment, As(anna_), request,
      Refused(kInvalid, "SUPPLIER_IS_CERTIFICATION_BODY", "assessment.certification_body"));
}

TEST_F(CommandRefusalTest, ASupplierConfirmingSubmittingOrRecalling) {
  Create("a1", "L0");
  const std::vector<NamedWrite> writes = Writes("a1");
  for (size_t i = 1; i < writes.size(); ++i) {  // All but RecordControlResults, which it may.
    SCOPED_TRACE(writes[i].name);
    ExpectRefused(
        [&] {
          return writes[i].call({As(sam_), Get("a1").etag()});
        },
        AllOf(Refused(kDenied, "ROLE_NOT_ALLOWED", ""),
              StatusMatcher(HasMetadata("own_roles", "supplier"))));
  }
}

// The role alone opens nothing: it counts for its own organisation only.
TEST_F(CommandRefusalTest, ASuppliersPersonWhoIsAlsoAnAssessorConfirmingOrSubmitting) {
  Create("a1", "L0");
  Person both = sam_;
  both.roles.Add(auth::Role::ROLE_ASSESSOR);
  const std::vector<NamedWrite> writes = Writes("a1");
  for (size_t i = 1; i < writes.size(); ++i) {
    SCOPED_TRACE(writes[i].name);
    ExpectRefused(
        [&] {
          return writes[i].call({As(both), Get("a1").etag()});
        },
        Refused(kDenied, "ORGANISATION_NOT_ALLOWED", ""));
  }
}

TEST_F(CommandRefusalTest, SubmittingUnconfirmedControls) {
  Create("a1", "L0");
  ExpectRefused(&Store::SubmitAssessment, As(anna_), SubmitRequest("a1"),
                AllOf(Refused(kPrecondition, "CONTROLS_NOT_CONFIRMED", ""),
                      StatusMatcher(HasMetadata("controls", kLevel0Controls))));
}

// An override re-opens what was confirmed.
TEST_F(CommandRefusalTest, SubmittingAControlOverriddenAfterItsConfirmation) {
  Prepare("a1", "L0", "");
  Record("a1", "changes { result { control_id: '2314' override { reasoning: 'Guarded.' } } }");
  ExpectRefused(&Store::SubmitAssessment, As(anna_), SubmitRequest("a1"),
                AllOf(Refused(kPrecondition, "CONTROLS_NOT_CONFIRMED", ""),
                      StatusMatcher(HasMetadata("controls", "2314"))));
}

TEST_F(CommandRefusalTest, SubmittingWithoutADate) {
  Prepare("a1", "L0", "");
  for (const char* as_of : {"", "2026-02-30", "01.06.2026"}) {
    SCOPED_TRACE(as_of);
    auto request = SubmitRequest("a1");
    request.set_as_of(as_of);
    ExpectRefused(&Store::SubmitAssessment, As(anna_), request,
                  Refused(kInvalid, "DATE_INVALID", "as_of"));
  }
}

TEST_F(CommandRefusalTest, SubmittingTwiceWhileInReview) {
  Prepare("a1", "L0", "2314");
  const auto first = SubmitRequest("a1");
  Must(&Store::SubmitAssessment, As(anna_), first);
  ExpectRefused(&Store::SubmitAssessment, As(anna_), first,
                Refused(kAborted, "ETAG_MISMATCH", "etag"));
  ExpectRefused(&Store::SubmitAssessment, As(anna_), SubmitRequest("a1"), NotOpen("IN_REVIEW"));
}

TEST_F(CommandRefusalTest, SubmittingTwiceWhenFinal) {
  Prepare("a1", "L0", "");
  EXPECT_EQ(Submit("a1").assessment().state(), store::ASSESSMENT_STATE_PASSED);
  ExpectRefused(&Store::SubmitAssessment, As(anna_), SubmitRequest("a1"), NotOpen("PASSED"));
}

TEST_F(CommandRefusalTest, WritesWhileInReview) {
  InReview("a1");
  const std::vector<NamedWrite> writes = Writes("a1");
  for (size_t i = 0; i + 1 < writes.size(); ++i) {  // All but the recall, which is for it.
    SCOPED_TRACE(writes[i].name);
    ExpectRefused(
        [&] {
          return writes[i].call({As(anna_), Get("a1").etag()});
        },
        NotOpen("IN_REVIEW"));
  }
}

TEST_F(CommandRefusalTest, RecallingWhatIsNotInReview) {
  Create("a1", "L0");
  ExpectRefused(&Store::RecallSubmission, As(anna_), RecallRequest("a1"),
                AllOf(Refused(kPrecondition, "SUBMISSION_NOT_IN_REVIEW", ""),
                      StatusMatcher(HasMetadata("state", "IN_ASSESSMENT"))));
}

TEST_F(CommandRefusalTest, ConfirmingWhatIsNotInScope) {
  Create("a1", "L0");
  auto request = ConfirmRequest("a1");
  request.set_all(false);
  ExpectRefused(&Store::ConfirmControls, As(anna_), request,
                Refused(kInvalid, "CONTROLS_REQUIRED", "control_ids"));
  request.add_control_ids("2500");
  request.add_control_ids("2300");
  ExpectRefused(&Store::ConfirmControls, As(anna_), request,
                Refused(kInvalid, "CONTROL_NOT_IN_SCOPE", "control_ids[1]"));
}

}  // namespace
}  // namespace assay::refusals
