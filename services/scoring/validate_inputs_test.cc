// ValidateInputs through a real stub: what the assessment store asks before it records.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/testing/status_matchers.h"
#include "services/scoring/limits.h"
#include "services/scoring/testing_fixture.h"

namespace assay::scoring {
namespace {

using ::assay::testing_kit::HasReason;
using ::assay::testing_kit::IsOk;

class ValidateInputsTest : public ScoringServiceFixture {
 protected:
  absl::StatusOr<v1::ValidateInputsResponse> Validate(const v1::ValidateInputsRequest& request) {
    v1::ValidateInputsResponse response;
    const grpc::Status status =
        stub_->ValidateInputs(As(access::v1::ROLE_ASSESSOR).get(), request, &response);
    if (!status.ok()) {
      return FromGrpcStatus(status);
    }
    return response;
  }

  static v1::ValidateInputsRequest OneControl(std::string_view control) {
    v1::ValidateInputsRequest request;
    *request.mutable_basis() = BasisAt("L1");
    request.mutable_inputs()->add_controls()->set_control_id(std::string(control));
    return request;
  }
};

TEST_F(ValidateInputsTest, TakesOneControlWithoutADate) {
  v1::ValidateInputsRequest request = OneControl("1200");
  request.mutable_inputs()->mutable_controls(0)->mutable_practical()->set_status(
      v1::CONTROL_STATUS_NOT_MET);
  const auto response = Validate(request);
  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(response->problems_size(), 0);
  EXPECT_EQ(response->pins().catalogue(), std::string(kCatalogueName) + "@1");
}

TEST_F(ValidateInputsTest, ListsEveryProblemInsteadOfFailing) {
  v1::ValidateInputsRequest request = OneControl("0001");
  request.mutable_inputs()->mutable_controls(0)->mutable_not_applicable();
  request.mutable_inputs()->add_controls()->set_control_id("0002");
  const auto response = Validate(request);
  ASSERT_THAT(response, IsOk());
  ASSERT_EQ(response->problems_size(), 3);
  EXPECT_EQ(response->problems(0).reason(), "NOT_APPLICABLE_JUSTIFICATION_REQUIRED");
  EXPECT_EQ(response->problems(0).field(), "controls[0].not_applicable.justification");
  EXPECT_EQ(response->problems(0).control_id(), "0001");
  EXPECT_FALSE(response->problems(0).message().empty());
  EXPECT_EQ(response->problems(1).reason(), "NOT_APPLICABLE_ON_ANCHOR");
  EXPECT_EQ(response->problems(2).reason(), "CONTROL_NOT_IN_SCOPE");
  EXPECT_EQ(response->problems(2).field(), "controls[1].control_id");
}

TEST_F(ValidateInputsTest, ReportsAtMostItsLimit) {
  v1::ValidateInputsRequest request = OneControl("9000");
  for (size_t i = 1; i < kMaxReportedProblems; ++i) {
    request.mutable_inputs()->add_controls()->set_control_id("unknown");
  }
  EXPECT_EQ(Validate(request)->problems_size(), static_cast<int>(kMaxReportedProblems));
  request.mutable_inputs()->add_controls()->set_control_id("unknown");
  EXPECT_EQ(Validate(request)->problems_size(), static_cast<int>(kMaxReportedProblems));
}

TEST_F(ValidateInputsTest, ReportsFormAsProblemsToo) {
  v1::ValidateInputsRequest request = OneControl("1200");
  request.mutable_inputs()->set_as_of("01/06/2026");
  request.mutable_inputs()->mutable_controls(0)->mutable_override()->set_reasoning(
      std::string(kMaxReasonCharacters + 1, 'x'));
  const auto response = Validate(request);
  ASSERT_EQ(response->problems_size(), 2);
  EXPECT_EQ(response->problems(0).reason(), "DATE_INVALID");
  EXPECT_EQ(response->problems(1).reason(), "TEXT_TOO_LONG");
  EXPECT_EQ(response->problems(1).control_id(), "1200");
}

TEST_F(ValidateInputsTest, FailsWhenTheDocumentsCannotBeResolved) {
  v1::ValidateInputsRequest request = OneControl("1200");
  request.mutable_basis()->set_profile("L7");
  EXPECT_THAT(Validate(request), HasReason(absl::StatusCode::kInvalidArgument, "PROFILE_UNKNOWN"));
}

}  // namespace
}  // namespace assay::scoring
