// The one path of every verdict: both evaluators have to agree, and the digest's versions.

#include "services/scoring/score.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/status/error.h"
#include "common/testing/status_matchers.h"
#include "services/scoring/testing_fixture.h"
#include "services/scoring/testing_messages.h"

namespace assay::scoring {
namespace {

using ::assay::testing_kit::HasField;
using ::assay::testing_kit::HasReason;
using ::assay::testing_kit::IsOk;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kDisagreements[] = "assay_scoring_evaluator_disagreements_total";

// Gives one point too many for a Partially Met control, so all Met passes unseen.
void EvaluateWithFault(const second::Scheme& scheme, const Record& record, second::Result& out) {
  second::Evaluate(scheme, record, out);
  for (second::ItemResult& item : out.items) {
    item.points += item.state == second::State::kPartiallyMet ? 1 : 0;
  }
}

class PlantedFaultTest : public ScoringServiceFixture {
 protected:
  PlantedFaultTest() : ScoringServiceFixture(EvaluateWithFault) {}

  static v1::ScoreRequest Sound() { return AllMetRequest("L1"); }
  static v1::ScoreRequest Faulty(std::string_view control = "1100") {
    v1::ScoreRequest request = Sound();
    ControlOf(*request.mutable_inputs(), control)
        .mutable_theoretical()
        ->set_status(v1::CONTROL_STATUS_PARTIALLY_MET);
    return request;
  }
};

TEST_F(PlantedFaultTest, IssuesNoVerdictAndNamesTheInputsByTheirDigest) {
  const absl::Status status = Score(Faulty()).status();
  EXPECT_THAT(status, HasReason(absl::StatusCode::kInternal, "EVALUATORS_DISAGREE"));
  const std::string digest = ErrorMetadata(status, "inputs_digest").value_or("");
  EXPECT_EQ(digest.size(), 64u);
  EXPECT_EQ(ErrorMetadata(Score(Faulty()).status(), "inputs_digest"), digest);
  EXPECT_NE(ErrorMetadata(Score(Faulty("1102")).status(), "inputs_digest"), digest);
  EXPECT_THAT(Score(Sound()), IsOk());
}

TEST_F(PlantedFaultTest, CountsAndLogsTheDisagreement) {
  EXPECT_THAT(runtime_.metrics().Page(), HasSubstr(std::string(kDisagreements) + " 0"));
  const absl::Status status = Score(Faulty()).status();
  EXPECT_THAT(Score(Sound()), IsOk());
  EXPECT_THAT(runtime_.metrics().Page(), HasSubstr(std::string(kDisagreements) + " 1"));
  const std::string log = runtime_.Log();
  EXPECT_THAT(log, HasSubstr("evaluators disagree"));
  EXPECT_THAT(log, HasSubstr(*ErrorMetadata(status, "inputs_digest")));
  EXPECT_THAT(log, HasSubstr("control 1100: points 1 against 2"));
}

TEST_F(PlantedFaultTest, AStreamGoesOnAfterIt) {
  const auto context = AsAssessor();
  const auto stream = stub_->ScoreStream(context.get());
  for (const bool fault : {false, true, false}) {
    v1::ScoreStreamRequest request;
    *request.mutable_request() = fault ? Faulty() : Sound();
    v1::ScoreStreamResponse response;
    ASSERT_TRUE(stream->Write(request) && stream->Read(&response));
    EXPECT_EQ(response.has_verdict(), !fault);
    if (fault) {
      EXPECT_THAT(FromRpcStatus(response.error()),
                  HasReason(absl::StatusCode::kInternal, "EVALUATORS_DISAGREE"));
    }
  }
  stream->WritesDone();
  EXPECT_THAT(FromGrpcStatus(stream->Finish()), IsOk());
}

TEST_F(PlantedFaultTest, ABatchAnswersItForItsItemAlone) {
  v1::BatchScoreRequest request;
  *request.add_requests() = Sound();
  *request.add_requests() = Faulty();
  const auto batch = Call(&v1::ScoringService::Stub::BatchScore, request);
  ASSERT_THAT(batch, IsOk());
  EXPECT_TRUE(batch->results(0).has_verdict());
  ASSERT_TRUE(batch->results(1).has_error());
  EXPECT_THAT(FromRpcStatus(batch->results(1).error()),
              HasReason(absl::StatusCode::kInternal, "EVALUATORS_DISAGREE"));
}

TEST_F(PlantedFaultTest, NeitherWhatIfNorComparisonNorRescoringGivesAVerdict) {
  v1::WhatIfRequest what_if;
  *what_if.mutable_request() = Sound();
  *what_if.add_changes()->mutable_replace() = Faulty().inputs().controls(1);
  ASSERT_EQ(what_if.changes(0).replace().control_id(), "1100");
  EXPECT_THAT(Call(&v1::ScoringService::Stub::WhatIf, what_if),
              HasReason(absl::StatusCode::kInternal, "EVALUATORS_DISAGREE"));
  v1::CompareVerdictsRequest compare;
  *compare.mutable_before() = Sound();
  *compare.mutable_after() = Faulty();
  EXPECT_THAT(Call(&v1::ScoringService::Stub::CompareVerdicts, compare),
              HasReason(absl::StatusCode::kInternal, "EVALUATORS_DISAGREE"));
  const auto context = AsAssessor();
  const auto stream = stub_->RescoreStream(context.get());
  v1::RescoreStreamRequest rescore;
  *rescore.mutable_request() = Faulty();
  rescore.set_rule_set(kOldRuleSetName);
  v1::RescoreStreamResponse response;
  ASSERT_TRUE(stream->Write(rescore) && stream->Read(&response));
  EXPECT_THAT(FromRpcStatus(response.error()),
              HasReason(absl::StatusCode::kInternal, "EVALUATORS_DISAGREE"));
  stream->WritesDone();
  EXPECT_THAT(FromGrpcStatus(stream->Finish()), IsOk());
}

using DigestVersionTest = ScoringServiceFixture;

TEST_F(DigestVersionTest, IsTwoUnlessAskedForOne) {
  v1::ScoreRequest request = AllMetRequest("L1");
  const auto current = Score(request);
  ASSERT_THAT(current, IsOk());
  EXPECT_EQ(current->digest_version(), 2u);
  request.set_digest_version(2);
  EXPECT_EQ(Score(request)->result_digest(), current->result_digest());
  request.set_digest_version(1);
  const auto first = Score(request);
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(first->digest_version(), 1u);
  EXPECT_NE(first->result_digest(), current->result_digest());
  EXPECT_EQ(first->outcome(), current->outcome());
}

TEST_F(DigestVersionTest, RefusesOneThatDoesNotExist) {
  v1::ScoreRequest request = AllMetRequest("L1");
  request.set_digest_version(3);
  const auto verdict = Score(request);
  EXPECT_THAT(verdict, HasReason(absl::StatusCode::kInvalidArgument, "DIGEST_VERSION_INVALID"));
  EXPECT_THAT(verdict, HasField("digest_version"));
}

TEST_F(DigestVersionTest, RefusesTheFirstForARuleSetOfTheSecondModel) {
  catalogue_.Publish("schemes/dcc/ruleSets/model-two", ModelTwoRuleSetMessage());
  v1::ScoreRequest request = AllMetRequest("L1");
  request.mutable_basis()->set_rule_set("schemes/dcc/ruleSets/model-two");
  const auto verdict = Score(request);
  ASSERT_THAT(verdict, IsOk());
  EXPECT_EQ(verdict->digest_version(), 2u);
  EXPECT_EQ(verdict->outcome_id(), "passed");
  request.set_digest_version(1);
  EXPECT_THAT(Score(request),
              HasReason(absl::StatusCode::kInvalidArgument, "DIGEST_VERSION_INVALID"));
}

TEST_F(DigestVersionTest, TheEvaluatorsAgreeWithoutAFault) {
  EXPECT_THAT(Score(AllMetRequest("L3")), IsOk());
  EXPECT_THAT(runtime_.metrics().Page(), HasSubstr(std::string(kDisagreements) + " 0"));
  EXPECT_THAT(runtime_.Log(), Not(HasSubstr("evaluators disagree")));
}

}  // namespace
}  // namespace assay::scoring
