// WhatIf through a real stub.

#include "services/scoring/what_if.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/testing/proto_matchers.h"
#include "common/testing/status_matchers.h"
#include "services/scoring/engine/testing/random.h"
#include "services/scoring/limits.h"
#include "services/scoring/testing_fixture.h"
#include "services/scoring/testing_messages.h"

namespace assay::scoring {
namespace {

using ::assay::testing_kit::EqualsProto;
using ::assay::testing_kit::HasField;
using ::assay::testing_kit::HasMetadata;
using ::assay::testing_kit::HasReason;
using ::assay::testing_kit::IsOk;
using ::testing::ElementsAre;

class WhatIfTest : public ScoringServiceFixture {
 protected:
  absl::StatusOr<v1::WhatIfResponse> Ask(const v1::WhatIfRequest& request) {
    return Call(&v1::ScoringService::Stub::WhatIf, request);
  }

  static v1::WhatIfRequest AllMet(std::string_view profile) {
    v1::WhatIfRequest request;
    *request.mutable_request() = AllMetRequest(profile);
    return request;
  }

  static v1::ControlInput& Replace(v1::WhatIfRequest& request, std::string_view control,
                                   v1::ControlStatus status) {
    v1::ControlInput& replace = *request.add_changes()->mutable_replace();
    replace.set_control_id(std::string(control));
    replace.mutable_practical()->set_status(status);
    return replace;
  }

  // What the changed inputs would score as if they were recorded.
  v1::Verdict Recorded(v1::ScoreRequest request, const v1::ControlInput& control) {
    ControlOf(*request.mutable_inputs(), control.control_id()) = control;
    const auto verdict = Score(request);
    EXPECT_THAT(verdict, IsOk());
    return verdict.value_or(v1::Verdict());
  }
};

TEST_F(WhatIfTest, SaysWhatWouldBeAndWhatDiffers) {
  v1::WhatIfRequest request = AllMet("L1");
  const v1::ControlInput change = Replace(request, "2500", v1::CONTROL_STATUS_NOT_MET);
  const auto answer = Ask(request);
  ASSERT_THAT(answer, IsOk());
  EXPECT_EQ(answer->actual().result_string(), "Passed");
  EXPECT_FALSE(answer->actual().hypothetical());
  EXPECT_EQ(answer->hypothetical().result_string(), "Failed on objective(s): B");
  EXPECT_TRUE(answer->hypothetical().hypothetical());
  EXPECT_EQ(answer->hypothetical().result_digest(),
            Recorded(request.request(), change).result_digest());
  EXPECT_THAT(answer->difference(), EqualsProto(R"pb(
                outcome_changed: true
                digest_changed: true
                changed: DIFFERENCE_CAUSE_INPUTS
                sufficient: DIFFERENCE_CAUSE_INPUTS
                controls {
                  control_id: "2500"
                  state_before: RESULT_STATE_MET
                  state_after: RESULT_STATE_NOT_MET
                  points_before: 2
                  inputs_changed: true
                }
                objectives {
                  objective: "B"
                  outcome_before: OUTCOME_PASSED
                  outcome_after: OUTCOME_FAILED
                  points_before: 150
                  maximum_before: 150
                  points_after: 148
                  maximum_after: 150
                })pb"));
}

TEST_F(WhatIfTest, BothVerdictsHaveTheViewAskedFor) {
  v1::WhatIfRequest request = AllMet("L0");
  Replace(request, "2500", v1::CONTROL_STATUS_PARTIALLY_MET);
  const auto summary = Ask(request);
  ASSERT_THAT(summary, IsOk());
  EXPECT_EQ(summary->actual().objectives(2).controls_size(), 0);
  request.mutable_request()->set_view(v1::VERDICT_VIEW_FULL);
  const auto full = Ask(request);
  ASSERT_THAT(full, IsOk());
  EXPECT_EQ(full->actual().objectives(2).controls_size(), 2);
  EXPECT_EQ(full->hypothetical().objectives(2).controls_size(), 2);
}

TEST_F(WhatIfTest, AppliesChangesInOrder) {
  v1::WhatIfRequest request = AllMet("L1");
  Replace(request, "2500", v1::CONTROL_STATUS_NOT_MET);
  request.add_changes()->set_clear("2500");
  Replace(request, "2500", v1::CONTROL_STATUS_MET);
  Replace(request, "1100", v1::CONTROL_STATUS_MET);
  Replace(request, "1100", v1::CONTROL_STATUS_PARTIALLY_MET);
  const auto answer = Ask(request);
  ASSERT_THAT(answer, IsOk());
  EXPECT_FALSE(answer->difference().outcome_changed());
  ASSERT_EQ(answer->difference().controls_size(), 1);
  EXPECT_EQ(answer->difference().controls(0).control_id(), "1100");
  EXPECT_EQ(answer->difference().controls(0).points_after(), 1);
}

TEST_F(WhatIfTest, AClearedControlIsBlank) {
  v1::WhatIfRequest request = AllMet("L1");
  request.mutable_request()->set_mode(v1::SCORING_MODE_PROVISIONAL);
  request.add_changes()->set_clear("1100");
  const auto answer = Ask(request);
  ASSERT_THAT(answer, IsOk());
  EXPECT_EQ(answer->hypothetical().outcome(), v1::OUTCOME_INCOMPLETE);
  ASSERT_EQ(answer->difference().controls_size(), 1);
  EXPECT_EQ(answer->difference().controls(0).state_after(), v1::RESULT_STATE_OPEN);
}

TEST_F(WhatIfTest, ChangesCertificatesAndTheDate) {
  v1::WhatIfRequest request = AllMet("L1");
  request.add_changes()->set_clear_certificates("CYBER_ESSENTIALS");
  auto answer = Ask(request);
  ASSERT_THAT(answer, IsOk());
  EXPECT_EQ(answer->hypothetical().result_string(), "Failed on objective(s): CE");
  ASSERT_EQ(answer->difference().controls_size(), 1);
  EXPECT_TRUE(answer->difference().controls(0).inputs_changed());

  v1::Certificate& certificate = *request.add_changes()->mutable_certificate();
  certificate = request.request().inputs().certificates(0);
  certificate.set_number("another");
  answer = Ask(request);
  ASSERT_THAT(answer, IsOk());
  EXPECT_FALSE(answer->difference().digest_changed());
  EXPECT_EQ(answer->difference().changed_size(), 0);

  request.clear_changes();
  request.add_changes()->set_as_of("2027-05-02");  // A day after the certificates end.
  answer = Ask(request);
  ASSERT_THAT(answer, IsOk());
  EXPECT_EQ(answer->hypothetical().as_of(), "2027-05-02");
  EXPECT_EQ(answer->hypothetical().result_string(), "Failed on objective(s): CE");
  EXPECT_FALSE(answer->difference().controls(0).inputs_changed());  // Only the date is another.
  EXPECT_THAT(answer->difference().sufficient(), ElementsAre(v1::DIFFERENCE_CAUSE_INPUTS));
}

TEST_F(WhatIfTest, ACertificateReplacesAllOfItsKind) {
  v1::WhatIfRequest request = AllMet("L1");
  v1::Certificate& spare = *request.mutable_request()->mutable_inputs()->add_certificates();
  spare = request.request().inputs().certificates(0);
  spare.set_number("spare");
  v1::Certificate& change = *request.add_changes()->mutable_certificate();
  change = spare;
  change.set_scope_verdict(v1::SCOPE_VERDICT_DOES_NOT_COVER);
  const auto answer = Ask(request);
  ASSERT_THAT(answer, IsOk());
  EXPECT_TRUE(answer->hypothetical().failed_on_anchor());
}

TEST_F(WhatIfTest, NamesTheChangeThatIsToBlame) {
  v1::WhatIfRequest request = AllMet("L1");
  Replace(request, "1100", v1::CONTROL_STATUS_MET);
  Replace(request, "2500", v1::CONTROL_STATUS_MET).mutable_override();
  auto answer = Ask(request);
  EXPECT_THAT(answer, HasReason(absl::StatusCode::kInvalidArgument, "OVERRIDE_REASONING_REQUIRED"));
  EXPECT_THAT(answer, HasField("changes[1].replace.override.reasoning"));
  EXPECT_THAT(answer, HasMetadata("control", "2500"));

  request = AllMet("L1");
  request.add_changes()->mutable_certificate()->set_kind("NO_SUCH_KIND");
  request.add_changes()->set_as_of("tomorrow");
  answer = Ask(request);
  EXPECT_THAT(answer, HasReason(absl::StatusCode::kInvalidArgument, "DATE_INVALID"));
  EXPECT_THAT(answer, HasField("changes[1].as_of"));
  EXPECT_THAT(answer, HasField("changes[0].certificate.issued_on"));

  request = AllMet("L1");
  Replace(request, "9999", v1::CONTROL_STATUS_MET);
  EXPECT_THAT(Ask(request), HasReason(absl::StatusCode::kInvalidArgument, "CONTROL_UNKNOWN"));
  EXPECT_THAT(Ask(request), HasField("changes[0].replace.control_id"));
}

TEST_F(WhatIfTest, NamesTheListWhenChangesMakeItTooLong) {
  v1::WhatIfRequest request = AllMet("L1");
  v1::AssessmentInputs& inputs = *request.mutable_request()->mutable_inputs();
  while (inputs.certificates_size() < static_cast<int>(kMaxCertificates)) {
    *inputs.add_certificates() = inputs.certificates(0);
    inputs.mutable_certificates(inputs.certificates_size() - 1)
        ->set_number(std::to_string(inputs.certificates_size()));
  }
  Replace(request, "1100", v1::CONTROL_STATUS_MET);
  EXPECT_THAT(Ask(request), IsOk());
  request.add_changes()->mutable_certificate()->set_kind("A_THIRD_KIND");
  EXPECT_THAT(Ask(request), HasReason(absl::StatusCode::kInvalidArgument, "TOO_MANY"));
  EXPECT_THAT(Ask(request), HasField("changes"));
}

TEST_F(WhatIfTest, RefusesToClearWhatIsNotThere) {
  v1::WhatIfRequest request = AllMet("L1");
  request.add_changes()->set_clear("1100");
  request.add_changes()->set_clear("1100");
  EXPECT_THAT(Ask(request), HasReason(absl::StatusCode::kInvalidArgument, "CONTROL_NOT_RECORDED"));
  EXPECT_THAT(Ask(request), HasField("changes[1].clear"));
  EXPECT_THAT(Ask(request), HasMetadata("control", "1100"));
  request = AllMet("L1");
  request.add_changes()->set_clear_certificates("CYBER_BASELINE");
  EXPECT_THAT(Ask(request),
              HasReason(absl::StatusCode::kInvalidArgument, "CERTIFICATE_NOT_RECORDED"));
  EXPECT_THAT(Ask(request), HasField("changes[0].clear_certificates"));
  request = AllMet("L1");
  request.add_changes();
  EXPECT_THAT(Ask(request), HasReason(absl::StatusCode::kInvalidArgument, "CHANGE_EMPTY"));
  EXPECT_THAT(Ask(request), HasField("changes[0]"));
}

TEST_F(WhatIfTest, HoldsTheNumberOfChanges) {
  v1::WhatIfRequest request = AllMet("L1");
  EXPECT_THAT(Ask(request), HasReason(absl::StatusCode::kInvalidArgument, "FIELD_REQUIRED"));
  for (size_t i = 0; i < kMaxInputChanges; ++i) {
    Replace(request, "1100", v1::CONTROL_STATUS_MET);
  }
  EXPECT_THAT(Ask(request), IsOk());
  Replace(request, "1100", v1::CONTROL_STATUS_MET);
  EXPECT_THAT(Ask(request), HasReason(absl::StatusCode::kInvalidArgument, "TOO_MANY"));
  EXPECT_THAT(Ask(request), HasField("changes"));
}

TEST_F(WhatIfTest, NamesWhatIsWrongWithTheRequestItself) {
  v1::WhatIfRequest request = AllMet("L1");
  Replace(request, "1100", v1::CONTROL_STATUS_MET);
  request.mutable_request()->mutable_inputs()->mutable_controls(3)->mutable_override();
  EXPECT_THAT(Ask(request), HasField("request.inputs.controls[3].override.reasoning"));
  request = AllMet("L1");
  Replace(request, "1100", v1::CONTROL_STATUS_MET);
  request.mutable_request()->set_view(static_cast<v1::VerdictView>(9));
  EXPECT_THAT(Ask(request), HasReason(absl::StatusCode::kInvalidArgument, "VIEW_INVALID"));
  EXPECT_THAT(Ask(request), HasField("request.view"));
  request.mutable_request()->Clear();
  EXPECT_THAT(Ask(request), HasField("request.basis.catalogue"));
}

// Whatever is recorded: to replace it by itself changes nothing, and what would be is what scoring
// the changed inputs gives.
TEST_F(WhatIfTest, ANoOpChangesNothingAndAChangeScoresAsIfRecorded) {
  const CompiledProfile profile = MustCompile(DccScheme(), "L1");
  constexpr uint64_t kSeed = 20260602;
  for (uint64_t seed = kSeed; seed < kSeed + 40; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    v1::WhatIfRequest request;
    *request.mutable_request() = RandomRequest(profile, random);
    *request.mutable_request()->mutable_basis() = BasisAt("L1");
    const v1::ScoreRequest other = RandomRequest(profile, random);
    const auto at = static_cast<int>(random.Below(profile.controls().size()));
    *request.add_changes()->mutable_replace() = request.request().inputs().controls(at);
    const auto same = Ask(request);
    ASSERT_THAT(same, IsOk());
    v1::Verdict hypothetical = same->hypothetical();
    hypothetical.clear_hypothetical();
    EXPECT_THAT(hypothetical, EqualsProto(same->actual()));
    EXPECT_THAT(same->difference(), EqualsProto(v1::VerdictDifference()));

    *request.add_changes()->mutable_replace() = other.inputs().controls(at);
    const auto changed = Ask(request);
    ASSERT_THAT(changed, IsOk());
    EXPECT_EQ(changed->hypothetical().result_digest(),
              Recorded(request.request(), other.inputs().controls(at)).result_digest());
    EXPECT_EQ(changed->difference().digest_changed(), changed->difference().changed_size() != 0);
  }
}

}  // namespace
}  // namespace assay::scoring
