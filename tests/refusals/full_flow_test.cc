// What must go through in this harness, so that a refusal elsewhere is a refusal and not a broken
// harness; and what must not be mistaken for bad input.

#include <string>

#include "google/protobuf/unknown_field_set.h"
#include "gtest/gtest.h"

#include "common/testing/proto_matchers.h"
#include "tests/refusals/refusal_test.h"

namespace assay::refusals {
namespace {

using testing::IsEmpty;
using testing_kit::EqualsProto;

// A field number that no message of ours has.
constexpr int kUnknownField = 20'000;

void AddUnknownField(google::protobuf::Message& message) {
  message.GetReflection()->MutableUnknownFields(&message)->AddLengthDelimited(kUnknownField,
                                                                              "from the future");
}

class FullFlowTest : public RefusalTest {};

TEST_F(FullFlowTest, AnOverriddenLevel1AssessmentIsSubmittedUpheldAndPassed) {
  EXPECT_EQ(Create("a1", "L1").controls_in_scope(), 101);
  std::string changes;
  for (const std::string& control : Scope("L1")) {
    changes += "changes { result { control_id: '" + control +
               "' theoretical { status: CONTROL_STATUS_MET } } } ";
  }
  Record("a1", changes);
  Record("a1",
         "changes { result { control_id: '2300' theoretical { status: CONTROL_STATUS_NOT_MET } "
         "override { reasoning: 'No removable media exists on site.' } } }");
  Must(&Store::RecordCertificates, As(anna_), CertificatesRequest("a1"));
  EXPECT_EQ(Must(&Store::ConfirmControls, As(anna_), ConfirmRequest("a1")).controls_confirmed(),
            101);

  const store::SubmitAssessmentResponse submitted = Submit("a1");
  EXPECT_EQ(submitted.assessment().state(), store::ASSESSMENT_STATE_IN_REVIEW);
  EXPECT_EQ(submitted.verdict().verdict().result_string(), "Passed");
  EXPECT_EQ(system_.DeliverSubmissions(), (outbox::DeliveryCounts{.delivered = 1}));

  const auto claim = Claim(ravi_, "reviewItems/a1.1");
  EXPECT_EQ(claim.review_item().flags_size(), 1);
  Must(&Queue::DecideReviewItem, As(ravi_), UpholdRequest(claim));
  EXPECT_EQ(system_.DeliverDecisions(), (outbox::DeliveryCounts{.delivered = 1}));

  EXPECT_EQ(GetItem("reviewItems/a1.1").decision().effect(), queue::DECISION_EFFECT_APPLIED);
  EXPECT_EQ(Get("a1").state(), store::ASSESSMENT_STATE_PASSED);
}

TEST_F(FullFlowTest, EveryWriteOfTheRefusalTestsIsAcceptedInItsState) {
  Create("a1", "L0");
  const auto accept = [&](size_t index) {
    const NamedWrite write = Writes("a1")[index];
    EXPECT_THAT(write.call({As(anna_), Get("a1").etag()}), testing_kit::IsOk()) << write.name;
  };
  accept(0);
  Record("a1",
         "changes { result { control_id: '2314' override { reasoning: 'Compensated.' } } }"
         "changes { result { control_id: '2500' theoretical { status: CONTROL_STATUS_MET } } }");
  for (size_t i = 1; i < Writes("a1").size(); ++i) accept(i);
  EXPECT_EQ(Get("a1").state(), store::ASSESSMENT_STATE_IN_ASSESSMENT);  // The last one recalls.
}

TEST_F(FullFlowTest, TheSameRequestAgainGivesTheFirstAnswerAndChangesNothing) {
  Prepare("a1", "L0", "2314");
  auto request = SubmitRequest("a1");
  request.set_request_id("submit-1");
  const auto first = Must(&Store::SubmitAssessment, As(anna_), request);
  const Rows before = system_.Everything();
  EXPECT_THAT(Must(&Store::SubmitAssessment, As(anna_), request), EqualsProto(first));
  EXPECT_EQ(Difference(before, system_.Everything()), "");
}

TEST_F(FullFlowTest, DeliveringAgainChangesNothing) {
  const std::string item = InReview("a1");
  Must(&Queue::DecideReviewItem, As(ravi_), UpholdRequest(Claim(ravi_, item)));
  EXPECT_EQ(system_.DeliverDecisions().delivered, 1u);
  const Rows before = system_.Everything();
  EXPECT_EQ(system_.DeliverSubmissions(), outbox::DeliveryCounts());
  EXPECT_EQ(system_.DeliverDecisions(), outbox::DeliveryCounts());
  EXPECT_EQ(Difference(before, system_.Everything()), "");
}

TEST_F(FullFlowTest, UnknownFieldsDoNotMatterAndAreNotKept) {
  auto create = CreateRequest("a1", "L0");
  AddUnknownField(create);
  AddUnknownField(*create.mutable_assessment());
  Must(&Store::CreateAssessment, As(anna_), create);

  auto record = RecordRequest(
      "a1", "changes { result { control_id: '2500' theoretical { status: CONTROL_STATUS_MET } } }");
  AddUnknownField(record);
  AddUnknownField(*record.mutable_changes(0)->mutable_result());
  AddUnknownField(*record.mutable_changes(0)->mutable_result()->mutable_theoretical());
  Must(&Store::RecordControlResults, As(anna_), record);
  auto certificates = CertificatesRequest("a1");
  AddUnknownField(*certificates.mutable_certificates(0));
  Must(&Store::RecordCertificates, As(anna_), certificates);

  for (const auto& [key, value] : system_.Everything()) {
    EXPECT_EQ(value.find("from the future"), std::string::npos) << testing::PrintToString(key);
  }
}

TEST_F(FullFlowTest, OthersAssessmentsAreLeftOutOfLists) {
  Create("a1", "L0");
  const store::ListAssessmentsRequest request;
  EXPECT_EQ(Must(&Store::ListAssessments, As(anna_), request).assessments_size(), 1);
  EXPECT_EQ(Must(&Store::ListAssessments, As(sam_), request).assessments_size(), 1);
  EXPECT_THAT(Must(&Store::ListAssessments, As(olaf_), request).assessments(), IsEmpty());
  EXPECT_THAT(Must(&Store::ListAssessments, As(tess_), request).assessments(), IsEmpty());
}

}  // namespace
}  // namespace assay::refusals
