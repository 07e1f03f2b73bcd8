// Questions: which are asked, and what they make of their control. The scheme is the real shape
// with questions added to control 2500 (in scope at L0 to L3):
//   2500.1 gate, unscored            "Systems hosted" yes/no
//   2500.2 scored, asked when "yes"
//   2500.3 scored, always asked
//   2500.4 gate, scored, always asked
//   2500.5 gate, unscored, asked when 2500.4 is "own" or "shared"
//   2500.6 scored, asked when 2500.5 is "yes"
//   2500.7 scored, always asked, L2 only

#include "services/scoring/engine/finding.h"

#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/scoring/engine/evaluate.h"
#include "services/scoring/engine/testing/dcc_shape.h"
#include "services/scoring/engine/validate.h"

namespace assay::scoring {
namespace {

using ::testing::ElementsAre;

// Marks of a scale of three.
constexpr uint8_t kMet = 1;
constexpr uint8_t kPartiallyMet = 2;
constexpr uint8_t kNotMet = 3;

SchemeDefinition WithQuestions() {
  SchemeDefinition scheme = DccScheme();
  const std::vector<std::string> levels = {"L1", "L2"};
  scheme.questions = {
      {"2500.1", "2500", levels, QuestionKind::kGate, false, std::nullopt, {"yes", "no"}},
      {"2500.2", "2500", levels, QuestionKind::kYesNo, true, AskedWhen{"2500.1", {"yes"}}},
      {"2500.3", "2500", levels, QuestionKind::kFrequency, true, std::nullopt},
      {"2500.4",
       "2500",
       levels,
       QuestionKind::kGate,
       true,
       std::nullopt,
       {"own", "shared", "none"}},
      {"2500.5",
       "2500",
       levels,
       QuestionKind::kGate,
       false,
       AskedWhen{"2500.4", {"own", "shared"}},
       {"yes", "no"}},
      {"2500.6", "2500", levels, QuestionKind::kYesNo, true, AskedWhen{"2500.5", {"yes"}}},
      {"2500.7", "2500", {"L2"}, QuestionKind::kYesNo, true, std::nullopt},
  };
  return scheme;
}

class FindingTest : public ::testing::Test {
 protected:
  FindingSummary Summarize(std::vector<QuestionOutcome> questions) {
    PhaseFinding finding;
    finding.questions = std::move(questions);
    results_.clear();
    const std::vector<QuestionRecord> records = QuestionsOf(profile_, control_, finding);
    return SummarizeFinding(profile_, control_, PhaseOf(0, records), NotApplicableMarks::kStand,
                            &results_);
  }

  static PhaseRecord PhaseOf(uint8_t mark, const std::vector<QuestionRecord>& records) {
    return {mark, records.empty() ? nullptr : records.data()};
  }

  // What the phase option makes of an input, and the mark that its finding has.
  std::pair<Phase, uint8_t> Choose(const ControlInput& input) const {
    const auto theoretical = QuestionsOf(profile_, control_, input.theoretical);
    const auto practical = QuestionsOf(profile_, control_, input.practical);
    const ChosenFinding chosen = ChooseFinding(
        profile_, control_, PhaseOf(MarkOf(profile_, control_, input.theoretical), theoretical),
        PhaseOf(MarkOf(profile_, control_, input.practical), practical));
    return {chosen.phase, SummarizeFinding(profile_, control_, chosen.finding,
                                           NotApplicableMarks::kStand, nullptr)
                              .mark};
  }

  ReasonCode ReasonOf(uint32_t k) const { return results_.at(k - 1).reason; }

  const CompiledProfile profile_ = MustCompile(WithQuestions(), "L1");
  const uint32_t control_ = profile_.FindControl("2500").index;
  std::vector<QuestionResult> results_;
};

TEST_F(FindingTest, MetWhenEveryAskedQuestionMeets) {
  const FindingSummary summary = Summarize({{"2500.1", Outcome::kUnanswered, "no"},
                                            {"2500.3", Outcome::kMeets},
                                            {"2500.4", Outcome::kMeets, "none"}});
  EXPECT_TRUE(summary.present);
  EXPECT_EQ(summary.mark, kMet);
  EXPECT_EQ(summary.open_questions, 0);
  EXPECT_EQ(results_.size(), 6u);  // Those of L1.
  EXPECT_EQ(ReasonOf(1), ReasonCode::kGateAnswered);
  EXPECT_EQ(ReasonOf(2), ReasonCode::kNotAsked);
  EXPECT_EQ(ReasonOf(5), ReasonCode::kNotAsked);
}

TEST_F(FindingTest, AnOpenedGateAsksItsFollowUp) {
  const FindingSummary summary = Summarize({{"2500.1", Outcome::kUnanswered, "yes"},
                                            {"2500.3", Outcome::kMeets},
                                            {"2500.4", Outcome::kMeets, "none"}});
  EXPECT_EQ(summary.mark, kPartiallyMet);
  EXPECT_EQ(summary.open_questions, 1);
  EXPECT_EQ(ReasonOf(2), ReasonCode::kQuestionUnanswered);
}

TEST_F(FindingTest, AnUnansweredGateDoesNotMeet) {
  const FindingSummary summary =
      Summarize({{"2500.3", Outcome::kMeets}, {"2500.4", Outcome::kMeets, "none"}});
  EXPECT_EQ(summary.mark, kPartiallyMet);
  EXPECT_EQ(summary.open_questions, 1);
  EXPECT_EQ(ReasonOf(1), ReasonCode::kGateUnanswered);
}

TEST_F(FindingTest, AScoredGateThatMeetsWithoutAnAnswerIsStillUnanswered) {
  const FindingSummary summary = Summarize({{"2500.1", Outcome::kUnanswered, "no"},
                                            {"2500.3", Outcome::kMeets},
                                            {"2500.4", Outcome::kMeets}});
  EXPECT_EQ(summary.mark, kPartiallyMet);
  EXPECT_EQ(ReasonOf(4), ReasonCode::kGateUnanswered);
}

TEST_F(FindingTest, FollowsChainsOfGates) {
  std::vector<QuestionOutcome> questions = {{"2500.1", Outcome::kUnanswered, "no"},
                                            {"2500.3", Outcome::kMeets},
                                            {"2500.4", Outcome::kMeets, "shared"},
                                            {"2500.5", Outcome::kUnanswered, "yes"},
                                            {"2500.6", Outcome::kDoesNotMeet}};
  EXPECT_EQ(Summarize(questions).mark, kPartiallyMet);
  EXPECT_EQ(ReasonOf(6), ReasonCode::kQuestionDoesNotMeet);
  questions[2].gate_answer = "none";  // Closes 2500.5, and with it 2500.6.
  EXPECT_EQ(Summarize(questions).mark, kMet);
  EXPECT_EQ(ReasonOf(5), ReasonCode::kNotAsked);
  EXPECT_EQ(ReasonOf(6), ReasonCode::kNotAsked);
}

TEST_F(FindingTest, AnswersToQuestionsThatAreNotAskedArePresentButDoNotCount) {
  const FindingSummary summary =
      Summarize({{"2500.2", Outcome::kMeets}, {"2500.6", Outcome::kMeets}});
  EXPECT_TRUE(summary.present);
  EXPECT_EQ(summary.mark, kNotMet);
  EXPECT_EQ(summary.open_questions, 3);  // Both gates and 2500.3.
  EXPECT_EQ(ReasonOf(2), ReasonCode::kNotAsked);
  EXPECT_FALSE(results_[1].asked);
  EXPECT_EQ(results_[1].outcome, Outcome::kMeets);
}

TEST_F(FindingTest, NotMetWhenNoAskedQuestionMeets) {
  const FindingSummary summary = Summarize({{"2500.3", Outcome::kDoesNotMeet}});
  EXPECT_TRUE(summary.present);
  EXPECT_EQ(summary.mark, kNotMet);
  EXPECT_EQ(summary.open_questions, 2);
}

TEST_F(FindingTest, EmptyAndUnansweredListsAreNoFinding) {
  EXPECT_FALSE(Summarize({}).present);
  EXPECT_FALSE(
      Summarize({{"2500.3", Outcome::kUnanswered}, {"2500.4", Outcome::kUnanswered}}).present);
}

TEST_F(FindingTest, ANotApplicableQuestionCountsAsMeeting) {
  const FindingSummary summary = Summarize({{"2500.1", Outcome::kUnanswered, "no"},
                                            {"2500.3", Outcome::kNotApplicable, "", true},
                                            {"2500.4", Outcome::kMeets, "none"}});
  EXPECT_EQ(summary.mark, kMet);
  EXPECT_FALSE(summary.all_not_applicable);
  EXPECT_EQ(ReasonOf(3), ReasonCode::kQuestionNotApplicableCounted);
}

TEST_F(FindingTest, SeesThatEveryAskedQuestionIsNotApplicable) {
  std::vector<QuestionOutcome> questions = {{"2500.1", Outcome::kUnanswered, "no"},
                                            {"2500.3", Outcome::kNotApplicable, "", true},
                                            {"2500.4", Outcome::kNotApplicable, "", true},
                                            {"2500.5", Outcome::kNotApplicable, "", true}};
  EXPECT_FALSE(Summarize(questions).all_not_applicable);  // 2500.6 is asked.
  questions.push_back({"2500.6", Outcome::kNotApplicable, "", true});
  EXPECT_TRUE(Summarize(questions).all_not_applicable);
}

TEST_F(FindingTest, ANotApplicableGateKeepsItsFollowUpsAsked) {
  const FindingSummary summary = Summarize({{"2500.1", Outcome::kNotApplicable, "no", true},
                                            {"2500.3", Outcome::kMeets},
                                            {"2500.4", Outcome::kNotApplicable, "", true}});
  EXPECT_EQ(summary.mark, kPartiallyMet);
  EXPECT_EQ(ReasonOf(1), ReasonCode::kQuestionNotApplicableExcluded);
  EXPECT_EQ(ReasonOf(2), ReasonCode::kQuestionUnanswered);
  EXPECT_EQ(ReasonOf(4), ReasonCode::kQuestionNotApplicableCounted);
  EXPECT_EQ(ReasonOf(5), ReasonCode::kGateUnanswered);
  EXPECT_EQ(ReasonOf(6), ReasonCode::kNotAsked);  // 2500.5 is asked, but not answered.
}

TEST_F(FindingTest, OnlyOutcomesAndAnswersOfGatesMakeAPhasePresent) {
  EXPECT_TRUE(Summarize({{"2500.5", Outcome::kUnanswered, "yes"}}).present);  // Not asked.
  EXPECT_TRUE(Summarize({{"2500.6", Outcome::kNotApplicable, "", true}}).present);
  EXPECT_FALSE(Summarize({{"2500.3", Outcome::kUnanswered, "weekly"}}).present);
}

// The gate was forgotten in the practical phase: its answers must not vanish behind the theory.
TEST_F(FindingTest, APracticalPhaseWithoutItsGateStillReplacesTheTheoretical) {
  AssessmentInput input = AllMet(profile_);
  ControlInput& control = InputOf(input, "2500");
  control.practical.questions = {{"2500.2", Outcome::kDoesNotMeet}};
  const Evaluation evaluation = Evaluate(profile_, input);
  const ControlResult& result = ResultOf(evaluation, profile_, "2500");
  EXPECT_EQ(result.phase, Phase::kPractical);
  EXPECT_EQ(result.points, 0);
  EXPECT_THAT(result.reasons, ElementsAre(ReasonCode::kNoQuestionMeets));
  EXPECT_EQ(evaluation.verdict.result, "Failed on objective(s): B");
  control.theoretical.status = std::nullopt;  // Nor is the control blank.
  Adjust(control, +1);
  EXPECT_TRUE(Validate(profile_, input).empty());
  EXPECT_EQ(ResultOf(Evaluate(profile_, input), profile_, "2500").points, 1);
}

// A gate's answer in one phase opens nothing in the other.
TEST_F(FindingTest, GatesHoldWithinTheirPhase) {
  ControlInput input;
  input.theoretical.questions = {{"2500.1", Outcome::kUnanswered, "yes"},
                                 {"2500.2", Outcome::kDoesNotMeet},
                                 {"2500.3", Outcome::kMeets},
                                 {"2500.4", Outcome::kMeets, "none"}};
  input.practical.questions = {{"2500.1", Outcome::kUnanswered, "no"},
                               {"2500.3", Outcome::kMeets},
                               {"2500.4", Outcome::kMeets, "none"}};
  EXPECT_EQ(Choose(input), std::make_pair(Phase::kPractical, kMet));
}

TEST_F(FindingTest, AnEmptyPracticalPhaseLeavesTheTheoreticalStanding) {
  ControlInput input;
  input.theoretical.status = Status::kPartiallyMet;
  input.practical.questions = {{"2500.3", Outcome::kUnanswered}};
  EXPECT_EQ(Choose(input), std::make_pair(Phase::kTheoretical, kPartiallyMet));
}

TEST_F(FindingTest, AnOpenQuestionKeepsAProvisionalScoreIncomplete) {
  AssessmentInput input = AllMet(profile_);
  PhaseFinding& finding = InputOf(input, "2500").theoretical;
  finding.status = std::nullopt;
  finding.questions = {{"2500.1", Outcome::kUnanswered, "no"}, {"2500.3", Outcome::kMeets}};
  const Evaluation final_score = Evaluate(profile_, input);
  EXPECT_EQ(final_score.verdict.outcome, VerdictOutcome::kPassed);  // One Partial of 75.
  EXPECT_THAT(ResultOf(final_score, profile_, "2500").reasons,
              ElementsAre(ReasonCode::kSomeQuestionsMeet));
  input.mode = Mode::kProvisional;
  const Evaluation provisional = Evaluate(profile_, input);
  EXPECT_EQ(provisional.verdict.outcome, VerdictOutcome::kIncomplete);
  EXPECT_EQ(ResultOf(provisional, profile_, "2500").points, 1);
  EXPECT_THAT(ResultOf(provisional, profile_, "2500").reasons,
              ElementsAre(ReasonCode::kSomeQuestionsMeet, ReasonCode::kQuestionOpen));
}

TEST_F(FindingTest, AnOverrideClosesOpenQuestions) {
  AssessmentInput input = AllMet(profile_);
  input.mode = Mode::kProvisional;
  PhaseFinding& finding = InputOf(input, "2500").theoretical;
  finding.status = std::nullopt;
  finding.questions = {{"2500.3", Outcome::kMeets}};
  MarkOverridden(InputOf(input, "2500"));
  EXPECT_EQ(Evaluate(profile_, input).verdict.outcome, VerdictOutcome::kPassed);
}

TEST_F(FindingTest, EachNotApplicableQuestionTriggersOnceInAnyPhaseAskedOrNot) {
  AssessmentInput input = AllMet(profile_);
  ControlInput& control = InputOf(input, "2500");
  control.theoretical.status = std::nullopt;
  control.theoretical.questions = {{"2500.2", Outcome::kNotApplicable, "", true},
                                   {"2500.3", Outcome::kNotApplicable, "", true}};
  control.practical.questions = {{"2500.3", Outcome::kNotApplicable, "", true},
                                 {"2500.4", Outcome::kMeets, "none"}};
  const uint32_t second = profile_.FindQuestion("2500.2").index;
  EXPECT_THAT(Evaluate(profile_, input).triggers,
              ElementsAre(ReviewTrigger{TriggerKind::kQuestionNotApplicable, second, false},
                          ReviewTrigger{TriggerKind::kQuestionNotApplicable, second + 1, false}));
}

}  // namespace
}  // namespace assay::scoring
