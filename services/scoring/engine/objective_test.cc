#include "services/scoring/engine/objective.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "services/scoring/engine/profile.h"
#include "services/scoring/engine/testing/dcc_shape.h"

namespace assay::scoring {
namespace {

ObjectiveScore Score(ObjectiveCounts counts, int32_t threshold = 80,
                     ZeroPointRule rule = ZeroPointRule::kOn) {
  // Points 2, 1, 0.
  const int32_t scored = counts.met + counts.partially_met + counts.not_met + counts.blank;
  return ScoreObjective({.points = 2 * counts.met + counts.partially_met,
                         .maximum = 2 * scored,
                         .not_met = counts.not_met},
                        threshold, rule);
}

// Published worked case of ASR v2.1: 16/20 fails on the zero-point rule, and passed before it.
TEST(ObjectiveTest, EightyPercentWithANotMetFailsOnTheZeroPointRuleAlone) {
  const ObjectiveCounts counts{.met = 7, .partially_met = 2, .not_met = 1};
  const ObjectiveScore score = Score(counts);
  EXPECT_EQ(score.points, 16);
  EXPECT_EQ(score.maximum, 20);
  EXPECT_TRUE(score.percentage_ok);
  EXPECT_FALSE(score.no_zero_point_control);
  EXPECT_FALSE(score.passes);
  EXPECT_TRUE(Score(counts, 80, ZeroPointRule::kOff).passes);
}

// Same case, the Not Met raised to Partially Met.
TEST(ObjectiveTest, RaisingTheNotMetToPartialPasses) {
  const ObjectiveScore score = Score({.met = 7, .partially_met = 3});
  EXPECT_EQ(score.points, 17);
  EXPECT_TRUE(score.passes);
}

// 79.73 % and 79.55 % round to 80 %; neither passes.
TEST(ObjectiveTest, NeverRoundsUpToTheThreshold) {
  const ObjectiveScore b = Score({.met = 44, .partially_met = 30, .not_applicable = 1});
  EXPECT_EQ(b.points, 118);
  EXPECT_EQ(b.maximum, 148);
  EXPECT_EQ(b.points_needed, 119);
  EXPECT_FALSE(b.percentage_ok);
  const ObjectiveScore other = Score({.met = 13, .partially_met = 9});
  EXPECT_EQ(other.points, 35);
  EXPECT_EQ(other.maximum, 44);
  EXPECT_EQ(other.points_needed, 36);
  EXPECT_FALSE(other.percentage_ok);
}

TEST(ObjectiveTest, ExactlyTheThresholdPasses) {
  EXPECT_TRUE(Score({.met = 3, .partially_met = 2}).passes);   // 8/10
  EXPECT_FALSE(Score({.met = 2, .partially_met = 3}).passes);  // 7/10
  EXPECT_TRUE(Score({.met = 5}, 100).passes);                  // 10/10
  EXPECT_FALSE(Score({.met = 4, .partially_met = 1}, 100).passes);
  EXPECT_TRUE(Score({.partially_met = 5}, 0).passes);
}

// Level 1 objective D: taking a Met control out of the set can turn a pass into a fail.
TEST(ObjectiveTest, MakingAMetControlNotApplicableCanFail) {
  EXPECT_TRUE(Score({.met = 2, .partially_met = 1, .not_applicable = 1}).passes);   // 5/6
  EXPECT_FALSE(Score({.met = 1, .partially_met = 1, .not_applicable = 2}).passes);  // 3/4
}

// The other way round: taking a Partial out can turn a fail into a pass.
TEST(ObjectiveTest, MakingAPartialControlNotApplicableCanPass) {
  EXPECT_FALSE(Score({.met = 2, .partially_met = 2}).passes);                      // 6/8
  EXPECT_TRUE(Score({.met = 2, .partially_met = 1, .not_applicable = 1}).passes);  // 5/6
}

TEST(ObjectiveTest, AnEmptySetHasNothingAgainstIt) {
  const ObjectiveScore score = Score({.not_applicable = 4});
  EXPECT_EQ(score.maximum, 0);
  EXPECT_EQ(score.points_needed, 0);
  EXPECT_TRUE(score.percentage_ok);
  EXPECT_TRUE(score.no_zero_point_control);
}

TEST(ObjectiveTest, ABlankIsInTheMaximumButNoZeroPointControl) {
  const ObjectiveScore score = Score({.met = 4, .blank = 1});
  EXPECT_EQ(score.points, 8);
  EXPECT_EQ(score.maximum, 10);
  EXPECT_TRUE(score.no_zero_point_control);
}

TEST(ObjectiveTest, AControlBeyondTheLimitFailsWhateverThePercentage) {
  const ObjectiveSums within = {.points = 95, .maximum = 100, .not_met = 0, .over_limit = 0};
  ObjectiveSums beyond = within;
  beyond.over_limit = 1;
  EXPECT_TRUE(ScoreObjective(within, 80, ZeroPointRule::kOn).passes);
  EXPECT_FALSE(ScoreObjective(beyond, 80, ZeroPointRule::kOff).passes);
  EXPECT_FALSE(ScoreObjective(beyond, 80, ZeroPointRule::kOff).within_limit);
  EXPECT_TRUE(ScoreObjective(beyond, 80, ZeroPointRule::kOff).percentage_ok);
}

TEST(ObjectiveTest, HoldsAtTheLargestProfile) {
  const ObjectiveScore score = Score({.met = static_cast<int32_t>(kMaxControls)}, 100);
  EXPECT_EQ(score.points, 2 * static_cast<int32_t>(kMaxControls));
  EXPECT_TRUE(score.passes);
  constexpr auto kMost = static_cast<int32_t>(kMaxControls) * kMaxPoints;
  EXPECT_TRUE(ScoreObjective({kMost, kMost, 0, 0}, 100, ZeroPointRule::kOn).passes);
  EXPECT_FALSE(ScoreObjective({kMost - 1, kMost, 0, 0}, 100, ZeroPointRule::kOn).passes);
  EXPECT_EQ(ScoreObjective({0, kMost, 0, 0}, 100, ZeroPointRule::kOn).points_needed, kMost);
}

// Points needed and the Partials an objective survives (no N/A, no Not Met), by the real shape.
struct ShapeCase {
  std::string_view profile;
  std::string_view objective;
  int32_t controls;
  int32_t points_needed;
  int32_t survives_partials;
};

constexpr ShapeCase kShapeCases[] = {
    {"L1", "CE", 1, 2, 0},  {"L1", "A", 12, 20, 4},   {"L1", "B", 75, 120, 30},
    {"L1", "C", 9, 15, 3},  {"L1", "D", 4, 7, 1},     {"L2", "CE", 2, 4, 0},
    {"L2", "A", 18, 29, 7}, {"L2", "B", 95, 152, 38}, {"L2", "C", 15, 24, 6},
    {"L2", "D", 9, 15, 3},  {"L0", "CE", 1, 2, 0},    {"L0", "B", 2, 4, 0},
    {"L3", "CE", 2, 4, 0},  {"L3", "A", 19, 38, 0},   {"L3", "B", 98, 196, 0},
    {"L3", "C", 15, 30, 0}, {"L3", "D", 10, 20, 0},
};

TEST(ObjectiveTest, SurvivesAsManyPartialsAsWorkedOutForEachLevel) {
  for (const ShapeCase& c : kShapeCases) {
    SCOPED_TRACE(std::string(c.profile) + " " + std::string(c.objective));
    const CompiledProfile profile = MustCompile(DccScheme(), c.profile);
    int32_t controls = 0;
    for (const CompiledObjective& objective : profile.objectives()) {
      controls += objective.id == c.objective ? static_cast<int32_t>(objective.control_count) : 0;
    }
    ASSERT_EQ(controls, c.controls);
    const int32_t threshold = profile.threshold_percent();
    const auto with_partials = [&](int32_t partials) {
      return Score({.met = controls - partials, .partially_met = partials}, threshold);
    };
    EXPECT_EQ(with_partials(0).points_needed, c.points_needed);
    EXPECT_TRUE(with_partials(c.survives_partials).passes);
    EXPECT_FALSE(with_partials(c.survives_partials + 1).passes);
  }
}

}  // namespace
}  // namespace assay::scoring
