// CompareVerdicts through a real stub: differences and their causes.

#include "services/scoring/compare.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/testing/proto_matchers.h"
#include "common/testing/status_matchers.h"
#include "services/scoring/engine/testing/random.h"
#include "services/scoring/testing_fixture.h"
#include "services/scoring/testing_messages.h"

namespace assay::scoring {
namespace {

using ::assay::testing_kit::EqualsProto;
using ::assay::testing_kit::HasField;
using ::assay::testing_kit::HasReason;
using ::assay::testing_kit::IsOk;
using ::assay::testing_kit::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kWorkedCatalogue[] = "schemes/dcc/catalogues/worked";

class CompareTest : public ScoringServiceFixture {
 protected:
  absl::StatusOr<v1::CompareVerdictsResponse> Compare(const v1::ScoreRequest& before,
                                                      const v1::ScoreRequest& after) {
    v1::CompareVerdictsRequest request;
    *request.mutable_before() = before;
    *request.mutable_after() = after;
    return Call(&v1::ScoringService::Stub::CompareVerdicts, request);
  }

  // The worked case of DOMAIN: ten controls of one objective, seven Met, two Partially Met and
  // one Not Met, 16 of 20 points at a threshold of 80 percent; under asr-2.1.
  v1::ScoreRequest WorkedCase() {
    SchemeDefinition scheme;
    scheme.profiles = {"L1"};
    scheme.objectives = {{"B", "Objective B"}};
    v1::ScoreRequest request;
    for (int i = 0; i < 10; ++i) {
      const std::string id = std::to_string(2000 + i);
      scheme.controls.push_back(
          {.id = id, .objective = "B", .title = id, .profiles = {"L1"}, .certificate_kinds = {}});
      v1::ControlInput& control = *request.mutable_inputs()->add_controls();
      control.set_control_id(id);
      control.mutable_theoretical()->set_status(i < 7   ? v1::CONTROL_STATUS_MET
                                                : i < 9 ? v1::CONTROL_STATUS_PARTIALLY_MET
                                                        : v1::CONTROL_STATUS_NOT_MET);
    }
    catalogue_.Publish(kWorkedCatalogue, CatalogueMessage(scheme));
    PublishWorkedRules("schemes/dcc/ruleSets/worked-2.1", AsrV21());
    PublishWorkedRules("schemes/dcc/ruleSets/worked-pre-2.1", AsrPreV21());
    request.mutable_inputs()->set_as_of("2026-06-01");
    request.mutable_basis()->set_catalogue(kWorkedCatalogue);
    request.mutable_basis()->set_rule_set("schemes/dcc/ruleSets/worked-2.1");
    request.mutable_basis()->set_profile("L1");
    return request;
  }

  void PublishWorkedRules(const std::string& name, RuleSetDefinition rules) {
    rules.objectives = {{"B", true, false}};
    rules.thresholds = {{"L1", 80}};
    catalogue::v1::RuleSet message = RuleSetMessage(rules);
    message.set_catalogue(kWorkedCatalogue);
    catalogue_.Publish(name, message);
  }
};

TEST_F(CompareTest, TheRuleSetAloneDecidesTheWorkedCase) {
  const v1::ScoreRequest under_new = WorkedCase();
  v1::ScoreRequest under_old = under_new;
  under_old.mutable_basis()->set_rule_set("schemes/dcc/ruleSets/worked-pre-2.1");
  const auto answer = Compare(under_old, under_new);
  ASSERT_THAT(answer, IsOk());
  EXPECT_EQ(answer->before().result_string(), "Passed");
  EXPECT_EQ(answer->after().result_string(), "Failed on objective(s): B");
  EXPECT_EQ(answer->before().points(), 16);
  EXPECT_EQ(answer->after().points(), 16);
  EXPECT_THAT(answer->difference(), EqualsProto(R"pb(
                outcome_changed: true
                digest_changed: true
                changed: DIFFERENCE_CAUSE_RULE_SET
                sufficient: DIFFERENCE_CAUSE_RULE_SET
                objectives {
                  objective: "B"
                  outcome_before: OUTCOME_PASSED
                  outcome_after: OUTCOME_FAILED
                  points_before: 16
                  maximum_before: 20
                  points_after: 16
                  maximum_after: 20
                })pb"));
}

TEST_F(CompareTest, TellsApartWhichOfSeveralCausesSuffices) {
  v1::ScoreRequest before = WorkedCase();
  before.mutable_basis()->set_rule_set("schemes/dcc/ruleSets/worked-pre-2.1");
  v1::ScoreRequest after = WorkedCase();  // Published again: the catalogue has a revision 2.
  before.mutable_basis()->set_catalogue(std::string(kWorkedCatalogue) + "@1");
  // One more Met control, which changes the record and helps, but no outcome by itself.
  after.mutable_inputs()->mutable_controls(7)->mutable_theoretical()->set_status(
      v1::CONTROL_STATUS_MET);
  const auto answer = Compare(before, after);
  ASSERT_THAT(answer, IsOk());
  EXPECT_THAT(answer->difference().changed(),
              ElementsAre(v1::DIFFERENCE_CAUSE_INPUTS, v1::DIFFERENCE_CAUSE_CATALOGUE,
                          v1::DIFFERENCE_CAUSE_RULE_SET));
  EXPECT_THAT(answer->difference().sufficient(), ElementsAre(v1::DIFFERENCE_CAUSE_RULE_SET));
  ASSERT_EQ(answer->difference().controls_size(), 1);
  EXPECT_EQ(answer->difference().controls(0).control_id(), "2007");
  EXPECT_TRUE(answer->difference().controls(0).inputs_changed());
}

TEST_F(CompareTest, SaysNothingSufficesWhenOnlySeveralTogetherDo) {
  v1::ScoreRequest before = WorkedCase();
  before.mutable_basis()->set_rule_set("schemes/dcc/ruleSets/worked-pre-2.1");
  v1::ScoreRequest after = before;
  after.mutable_basis()->set_rule_set("schemes/dcc/ruleSets/worked-2.1");
  // 17 of 20 with the control at 0 raised: passes under both. One that falls to 0 then fails under
  // the new rules only.
  before.mutable_inputs()->mutable_controls(9)->mutable_theoretical()->set_status(
      v1::CONTROL_STATUS_PARTIALLY_MET);
  const auto answer = Compare(before, after);
  ASSERT_THAT(answer, IsOk());
  EXPECT_TRUE(answer->difference().outcome_changed());
  EXPECT_THAT(answer->difference().changed(),
              ElementsAre(v1::DIFFERENCE_CAUSE_INPUTS, v1::DIFFERENCE_CAUSE_RULE_SET));
  EXPECT_THAT(answer->difference().sufficient(), IsEmpty());
}

// Inputs of L2 do not fit the documents at L1, which contains 2300 and not 0002, and the other way
// round.
TEST_F(CompareTest, AnotherProfileIsACauseOfTheInputs) {
  v1::ScoreRequest after = AllMetRequest("L2");
  ControlOf(*after.mutable_inputs(), "0002")
      .mutable_theoretical()
      ->set_status(v1::CONTROL_STATUS_NOT_MET);
  const auto answer = Compare(AllMetRequest("L1"), after);
  ASSERT_THAT(answer, IsOk());
  const v1::VerdictDifference& difference = answer->difference();
  EXPECT_THAT(difference.changed(), ElementsAre(v1::DIFFERENCE_CAUSE_INPUTS));
  EXPECT_THAT(difference.sufficient(), ElementsAre(v1::DIFFERENCE_CAUSE_INPUTS));
  // 0002 only the second has, so it comes last but for the others of its kind.
  const auto& controls = difference.controls();
  ASSERT_FALSE(controls.empty());
  EXPECT_EQ(controls[0].control_id(), "2300");
  EXPECT_EQ(controls[0].state_after(), v1::RESULT_STATE_UNSPECIFIED);
  EXPECT_EQ(controls[0].points_before(), 2);
  EXPECT_EQ(controls[3].control_id(), "0002");
  EXPECT_EQ(controls[3].state_before(), v1::RESULT_STATE_UNSPECIFIED);
  EXPECT_EQ(controls[3].state_after(), v1::RESULT_STATE_NOT_MET);
  EXPECT_TRUE(controls[3].inputs_changed());
  EXPECT_EQ(controls.size(), 3 + 41);  // L1 and L2 share 98 of 101 and 139.
}

TEST_F(CompareTest, AQuestionSetIsACause) {
  v1::ScoreRequest before = AllMetRequest("L1");
  v1::ScoreRequest after = before;
  after.mutable_basis()->clear_question_set();
  const auto answer = Compare(before, after);
  ASSERT_THAT(answer, IsOk());
  EXPECT_THAT(answer->difference(),
              EqualsProto("digest_changed: true changed: DIFFERENCE_CAUSE_QUESTION_SET"));
}

// A combination that nobody can score is not sufficient: the questions of the first are not those
// of the second's question set, which there is none of.
TEST_F(CompareTest, AnImpossibleCombinationIsNotSufficient) {
  v1::ScoreRequest before = AllMetRequest("L1");
  v1::Finding& finding = *ControlOf(*before.mutable_inputs(), "1100").mutable_theoretical();
  finding.clear_status();
  finding.add_questions()->set_question_id("1100.3");
  finding.mutable_questions(0)->set_result(v1::QUESTION_RESULT_DOES_NOT_MEET);
  v1::ScoreRequest after = AllMetRequest("L1");
  after.mutable_basis()->clear_question_set();
  const auto answer = Compare(before, after);
  ASSERT_THAT(answer, IsOk());
  EXPECT_TRUE(answer->difference().outcome_changed());
  EXPECT_THAT(answer->difference().changed(),
              ElementsAre(v1::DIFFERENCE_CAUSE_INPUTS, v1::DIFFERENCE_CAUSE_QUESTION_SET));
  EXPECT_THAT(answer->difference().sufficient(), ElementsAre(v1::DIFFERENCE_CAUSE_INPUTS));
}

TEST_F(CompareTest, OneStatusIsTheSameInputUnderAnotherScale) {
  catalogue_.Publish("schemes/dcc/ruleSets/model-two", ModelTwoRuleSetMessage());
  v1::ScoreRequest before = AllMetRequest("L1");
  v1::ScoreRequest after = before;
  after.mutable_basis()->set_rule_set("schemes/dcc/ruleSets/model-two");
  auto answer = Compare(before, after);
  ASSERT_THAT(answer, IsOk());
  EXPECT_THAT(answer->difference().changed(), ElementsAre(v1::DIFFERENCE_CAUSE_RULE_SET));
  EXPECT_EQ(answer->difference().controls_size(), 101);  // 5 points in place of 2, and 3 once.
  EXPECT_FALSE(answer->difference().controls(0).inputs_changed());
  // Said by a mark of its own it is not the same any more.
  v1::Finding& finding = *ControlOf(*after.mutable_inputs(), "2300").mutable_theoretical();
  finding.clear_status();
  finding.set_mark("yes");
  answer = Compare(before, after);
  ASSERT_THAT(answer, IsOk());
  EXPECT_THAT(answer->difference().changed(),
              ElementsAre(v1::DIFFERENCE_CAUSE_INPUTS, v1::DIFFERENCE_CAUSE_RULE_SET));
}

TEST_F(CompareTest, TextsNumbersAndOrderAreNoDifference) {
  v1::ScoreRequest before = AllMetRequest("L1");
  ControlOf(*before.mutable_inputs(), "1200").mutable_override()->set_reasoning("one");
  v1::ScoreRequest after = before;
  ControlOf(*after.mutable_inputs(), "1200").mutable_override()->set_reasoning("two");
  after.mutable_inputs()->mutable_controls()->SwapElements(0, 50);
  after.mutable_inputs()->mutable_certificates()->SwapElements(0, 1);
  after.mutable_inputs()->mutable_certificates(0)->set_number("another");
  const auto answer = Compare(before, after);
  ASSERT_THAT(answer, IsOk());
  EXPECT_THAT(answer->difference(), EqualsProto(v1::VerdictDifference()));
}

TEST_F(CompareTest, ModeDateAndOverturnedControlsAreInputs) {
  const v1::ScoreRequest before = [] {
    v1::ScoreRequest request = AllMetRequest("L1");
    v1::ControlInput& control = ControlOf(*request.mutable_inputs(), "1200");
    control.mutable_override()->set_reasoning("seen");
    return request;
  }();
  v1::ScoreRequest provisional = before;
  provisional.set_mode(v1::SCORING_MODE_PROVISIONAL);
  v1::ScoreRequest later = before;
  later.mutable_inputs()->set_as_of("2026-06-02");
  v1::ScoreRequest overturned = before;
  overturned.add_overturned_controls("1200");
  for (const v1::ScoreRequest& after : {provisional, later, overturned}) {
    const auto answer = Compare(before, after);
    ASSERT_THAT(answer, IsOk());
    EXPECT_THAT(answer->difference(),
                EqualsProto("digest_changed: true changed: DIFFERENCE_CAUSE_INPUTS"));
  }
}

v1::VerdictDifference Mirrored(v1::VerdictDifference difference) {
  for (v1::ControlDifference& control : *difference.mutable_controls()) {
    const v1::ControlDifference was = control;
    control.set_state_before(was.state_after());
    control.set_state_after(was.state_before());
    control.set_points_before(was.points_after());
    control.set_points_after(was.points_before());
  }
  for (v1::ObjectiveDifference& objective : *difference.mutable_objectives()) {
    const v1::ObjectiveDifference was = objective;
    objective.set_outcome_before(was.outcome_after());
    objective.set_outcome_after(was.outcome_before());
    objective.set_points_before(was.points_after());
    objective.set_points_after(was.points_before());
    objective.set_maximum_before(was.maximum_after());
    objective.set_maximum_after(was.maximum_before());
  }
  return difference;
}

// With itself nothing differs, and there and back are mirror images; half of the pairs differ in
// the rule set too, whose sufficiency depends on where one starts.
TEST_F(CompareTest, IsNothingWithItselfAndMirroredTheOtherWay) {
  const CompiledProfile profile = MustCompile(DccScheme(), "L1");
  constexpr uint64_t kSeed = 20260603;
  for (uint64_t seed = kSeed; seed < kSeed + 40; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    v1::ScoreRequest first = RandomRequest(profile, random);
    v1::ScoreRequest second = RandomRequest(profile, random);
    *first.mutable_basis() = BasisAt("L1");
    *second.mutable_basis() = BasisAt("L1");
    if (random.Chance(50)) {
      second = first;
      second.mutable_basis()->set_rule_set(kOldRuleSetName);
    }
    const auto same = Compare(first, first);
    ASSERT_THAT(same, IsOk());
    EXPECT_THAT(same->difference(), EqualsProto(v1::VerdictDifference()));
    const auto there = Compare(first, second);
    const auto back = Compare(second, first);
    ASSERT_THAT(there, IsOk());
    ASSERT_THAT(back, IsOk());
    EXPECT_THAT(back->difference(), EqualsProto(Mirrored(there->difference())));
    EXPECT_THAT(back->before(), EqualsProto(there->after()));
    EXPECT_EQ(there->difference().digest_changed(), there->difference().changed_size() != 0);
  }
}

TEST_F(CompareTest, NamesWhichSideIsWrong) {
  v1::ScoreRequest wrong = AllMetRequest("L1");
  wrong.mutable_inputs()->mutable_controls(3)->mutable_override();
  EXPECT_THAT(Compare(wrong, AllMetRequest("L1")),
              HasField("before.inputs.controls[3].override.reasoning"));
  EXPECT_THAT(Compare(AllMetRequest("L1"), wrong),
              HasField("after.inputs.controls[3].override.reasoning"));
  EXPECT_THAT(Compare(AllMetRequest("L1"), v1::ScoreRequest()),
              HasReason(absl::StatusCode::kInvalidArgument, "RESOURCE_NAME_INVALID"));
  EXPECT_THAT(Compare(AllMetRequest("L1"), v1::ScoreRequest()), HasField("after.basis.catalogue"));
}

TEST_F(CompareTest, SaysSoWhenACombinationCannotBeFetched) {
  v1::ScoreRequest before = WorkedCase();
  v1::ScoreRequest after = before;
  before.mutable_basis()->set_rule_set("schemes/dcc/ruleSets/worked-pre-2.1");
  after.mutable_inputs()->set_as_of("2026-06-02");
  ASSERT_THAT(Score(before), IsOk());
  ASSERT_THAT(Score(after), IsOk());  // Both are in the cache; their mixtures are not.
  catalogue_.FailWith(absl::UnavailableError("no connection"));
  EXPECT_THAT(Compare(before, after), StatusIs(absl::StatusCode::kUnavailable));
  catalogue_.FailWith(absl::OkStatus());
  const auto answer = Compare(before, after);
  ASSERT_THAT(answer, IsOk());
  EXPECT_THAT(answer->difference().sufficient(), ElementsAre(v1::DIFFERENCE_CAUSE_RULE_SET));
}

TEST_F(CompareTest, ChecksWhoIsCalling) {
  v1::CompareVerdictsResponse response;
  EXPECT_THAT(FromGrpcStatus(stub_->CompareVerdicts(As(access::v1::ROLE_PROCUREMENT_READER).get(),
                                                    {}, &response)),
              HasReason(absl::StatusCode::kPermissionDenied, "ROLE_NOT_ALLOWED"));
}

}  // namespace
}  // namespace assay::scoring
