#include "services/scoring/engine/margin.h"

#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

#include "services/scoring/engine/margin_goal.h"
#include "services/scoring/engine/testing/dcc_shape.h"
#include "services/scoring/engine/upgrade_solver.h"

namespace assay::scoring {
namespace {

constexpr uint32_t kCe = 0;
constexpr uint32_t kA = 1;
constexpr uint32_t kB = 2;
constexpr uint32_t kC = 3;
constexpr uint32_t kD = 4;

ControlResult Make(ControlState state, int32_t points, int32_t maximum) {
  ControlResult result;
  result.state = state;
  result.open = state == ControlState::kBlank;
  result.points = points;
  result.maximum = maximum;
  return result;
}

// M, P and N: Met, Partially Met and Not Met; X: not applicable; O: blank and open.
ControlResult Result(char state) {
  switch (state) {
    case 'M':
      return Make(ControlState::kMet, 2, 2);
    case 'P':
      return Make(ControlState::kPartiallyMet, 1, 2);
    case 'X':
      return Make(ControlState::kNotApplicable, 0, 0);
    case 'O':
      return Make(ControlState::kBlank, 0, 2);
    default:
      return Make(ControlState::kNotMet, 0, 2);
  }
}

Tallies TalliesOf(const CompiledProfile& profile, const std::vector<ControlResult>& controls) {
  Tallies tallies;
  tallies.Reset(profile);
  for (uint32_t c = 0; c < controls.size(); ++c) AddControl(profile, c, controls[c], tallies);
  return tallies;
}

class DccMarginTest : public testing::Test {
 protected:
  void Level(std::string_view level, RuleSetDefinition rules = AsrV21()) {
    profile_ = MustCompile(DccScheme(std::move(rules)), level);
    controls_.assign(profile_->controls().size(), Result('M'));
  }

  // Sets the first controls of an objective.
  void Set(uint32_t objective, std::string_view states) {
    const uint32_t first = profile_->objectives()[objective].first_control;
    ASSERT_LE(states.size(), profile_->objectives()[objective].control_count);
    for (uint32_t i = 0; i < states.size(); ++i) controls_[first + i] = Result(states[i]);
  }
  void SetPartials(uint32_t objective, int32_t count) {
    Set(objective, std::string(static_cast<size_t>(count), 'P'));
  }

  // Every way to the same margin must agree.
  Margin Of(uint32_t objective) {
    Margin margin = Computed(WantPath::kYes).objectives[objective];
    EXPECT_EQ(MarginBySteps(*profile_, controls_, GoalOfObjective(objective), WantPath::kYes),
              margin);
    EXPECT_EQ(Computed(WantPath::kNo).objectives[objective], WithoutPath(margin));
    return margin;
  }
  Margin OfAssessment() {
    Margin margin = Computed(WantPath::kYes).assessment.value();
    EXPECT_EQ(MarginBySteps(*profile_, controls_, *GoalOfAssessment(*profile_), WantPath::kYes),
              margin);
    EXPECT_EQ(Computed(WantPath::kNo).assessment, WithoutPath(margin));
    return margin;
  }

  static Margin WithoutPath(Margin margin) {
    margin.path.clear();
    return margin;
  }

  // From tallies alone where no path is wanted.
  const Margins& Computed(WantPath want_path) {
    const std::vector<ControlResult> none;
    ComputeMargins(*profile_, Sums(), want_path == WantPath::kYes ? controls_ : none, want_path,
                   margins_);
    return margins_;
  }

  Tallies Sums() {
    EXPECT_TRUE(TalliesSuffice(*profile_));
    return TalliesOf(*profile_, controls_);
  }

  uint32_t Control(uint32_t objective, uint32_t index) const {
    return profile_->objectives()[objective].first_control + index;
  }

  std::optional<CompiledProfile> profile_;
  std::vector<ControlResult> controls_;
  Margins margins_;  // Used again and again, as a scorer does.
};

// ASR v2.1: an objective at 80 % with one Not Met fails, and passes once it is Partially Met.
TEST_F(DccMarginTest, OneNotMetAtThePassMarkIsOneStepAway) {
  Level("L1");
  Set(kA, "NPPXX");  // 7 Met, 2 Partially, 1 Not Met of 10: 16 of 20.
  const Margin margin = Of(kA);
  EXPECT_EQ(margin.upgrades_to_pass, 1);
  EXPECT_EQ(margin.points_missing, 0);
  EXPECT_EQ(margin.downgrades_to_fail, kUnreachable);
  ASSERT_EQ(margin.path.size(), 1u);
  EXPECT_EQ(margin.path[0], (ControlUpgrade{.control = Control(kA, 0),
                                            .steps = 1,
                                            .required_steps = 1,
                                            .from_points = 0,
                                            .to_points = 1}));
  Set(kA, "P");  // 17 of 20.
  EXPECT_EQ(Of(kA).upgrades_to_pass, 0);
  EXPECT_EQ(Of(kA).points_spare, 1);
  EXPECT_EQ(Of(kA).downgrades_to_fail, 1);  // One of the Partials to Not Met.
}

struct Survival {
  const char* level;
  uint32_t objective;
  int32_t partials;  // As many as it survives.
};

// DOMAIN.md section 3: Partials an objective survives.
constexpr Survival kSurvivals[] = {
    {"L1", kA, 4}, {"L1", kB, 30}, {"L1", kC, 3}, {"L1", kD, 1},
    {"L2", kA, 7}, {"L2", kB, 38}, {"L2", kC, 6}, {"L2", kD, 3},
};

TEST_F(DccMarginTest, CountsFromThePartialsAnObjectiveSurvives) {
  for (const Survival& c : kSurvivals) {
    SCOPED_TRACE(testing::Message() << c.level << " objective " << c.objective);
    Level(c.level);
    SetPartials(c.objective, c.partials);
    EXPECT_EQ(Of(c.objective).upgrades_to_pass, 0);
    SetPartials(c.objective, c.partials + 1);
    const Margin margin = Of(c.objective);
    EXPECT_EQ(margin.upgrades_to_pass, 1);
    EXPECT_EQ(margin.points_missing, 1);
    ASSERT_EQ(margin.path.size(), 1u);
    EXPECT_EQ(margin.path[0].control, Control(c.objective, 0));
    EXPECT_EQ(margin.path[0].required_steps, 0);  // Any of them would do.
  }
}

TEST_F(DccMarginTest, NothingOfTheAnchorMayBePartial) {
  Level("L2");
  Set(kCe, "MP");  // 3 of 4.
  const Margin margin = OfAssessment();
  EXPECT_EQ(margin.upgrades_to_pass, 1);
  ASSERT_EQ(margin.path.size(), 1u);
  EXPECT_EQ(margin.path[0].control, Control(kCe, 1));
  EXPECT_EQ(margin.path[0].required_steps, 1);
}

// L1 D: 2 Met, 1 Partial, 1 N/A passes; with one of the Met made N/A too it does not.
TEST_F(DccMarginTest, FollowsNotApplicableBothWays) {
  Level("L1");
  Set(kD, "MMPX");  // 5 of 6, of which 5 are needed.
  EXPECT_EQ(Of(kD).upgrades_to_pass, 0);
  EXPECT_EQ(Of(kD).points_spare, 0);
  EXPECT_EQ(Of(kD).downgrades_to_fail, 1);
  Set(kD, "MXPX");  // 3 of 4.
  const Margin margin = Of(kD);
  EXPECT_EQ(margin.upgrades_to_pass, 1);
  ASSERT_EQ(margin.path.size(), 1u);
  EXPECT_EQ(margin.path[0].control, Control(kD, 2));
  EXPECT_EQ(margin.path[0].required_steps, 1);
}

TEST_F(DccMarginTest, AtAFullThresholdEveryMissingPointIsRequired) {
  Level("L3");
  Set(kB, "NP");
  const Margin margin = OfAssessment();
  EXPECT_EQ(margin.upgrades_to_pass, 3);
  EXPECT_EQ(margin.points_missing, 3);
  ASSERT_EQ(margin.path.size(), 2u);
  EXPECT_EQ(margin.path[0].steps, 2);
  EXPECT_EQ(margin.path[0].required_steps, 2);
  EXPECT_EQ(margin.path[1].required_steps, 1);
}

TEST_F(DccMarginTest, ForcedStepsComeFirstAndTheRestInCatalogueOrder) {
  Level("L1");
  Set(kC, "PNNPPPPPN");  // 6 of 18, of which 15 are needed.
  const Margin margin = Of(kC);
  EXPECT_EQ(margin.upgrades_to_pass, 9);
  EXPECT_EQ(margin.points_missing, 9);
  ASSERT_EQ(margin.path.size(), 7u);  // Three off Not Met, then the first six that have room.
  EXPECT_EQ(margin.path[1].steps, 2);
  EXPECT_EQ(margin.path[1].required_steps, 1);
  EXPECT_EQ(margin.path[5].control, Control(kC, 5));
  EXPECT_EQ(margin.path[6].control, Control(kC, 8));  // Off Not Met, and no further.
  EXPECT_EQ(margin.path[6].to_points, 1);
}

TEST_F(DccMarginTest, TellsHowFarAPassIsFromFailing) {
  Level("L1");
  const Margin margin = OfAssessment();
  EXPECT_EQ(margin.upgrades_to_pass, 0);
  EXPECT_TRUE(margin.path.empty());
  EXPECT_EQ(margin.downgrades_to_fail, 1);  // CE: one point of 2 is below 80 %.
  EXPECT_EQ(Of(kB).downgrades_to_fail, 2);
  EXPECT_EQ(Of(kB).points_spare, 30);
  SetPartials(kB, 1);
  EXPECT_EQ(Of(kB).downgrades_to_fail, 1);
}

TEST_F(DccMarginTest, AnOpenBlankControlCountsAsNotMet) {
  Level("L1");
  Set(kA, "O");
  const Margin margin = Of(kA);
  EXPECT_EQ(margin.upgrades_to_pass, 1);
  EXPECT_EQ(margin.points_missing, 0);
}

TEST_F(DccMarginTest, BeforeAsr21OnlyTheThresholdCounts) {
  Level("L1", AsrPreV21());
  Set(kA, "NN");  // 20 of 24.
  EXPECT_EQ(Of(kA).upgrades_to_pass, 0);
  EXPECT_EQ(Of(kA).downgrades_to_fail, 1);
  Set(kA, "NNP");
  EXPECT_EQ(Of(kA).upgrades_to_pass, 1);
  EXPECT_EQ(OfAssessment().upgrades_to_pass, 1);
}

TEST_F(DccMarginTest, ObjectivesWithoutControlsAreNeutral) {
  Level("L0");
  EXPECT_EQ(Of(kA), Margin{});
  EXPECT_EQ(OfAssessment().upgrades_to_pass, 0);
  EXPECT_EQ(OfAssessment().downgrades_to_fail, 1);
}

TEST_F(DccMarginTest, NoStepHelpsAnObjectiveThatFailsEmpty) {
  RuleSetDefinition rules = AsrV21();
  rules.options.all_not_applicable = AllNotApplicable::kFail;
  Level("L1", rules);
  Set(kD, "XXXX");
  EXPECT_EQ(Of(kD).upgrades_to_pass, kUnreachable);
  Set(kC, "N");
  const Margin margin = OfAssessment();
  EXPECT_EQ(margin.upgrades_to_pass, kUnreachable);
  EXPECT_TRUE(margin.path.empty());
  EXPECT_EQ(margin.downgrades_to_fail, kUnreachable);
}

// Controls "1" to "5", or to `count`, of one objective; their scale is `marks`, best first.
CompiledProfile Small(const std::vector<int32_t>& marks, OutcomeRule outcome,
                      std::vector<ItemRule> items = {}, size_t count = 5) {
  SchemeDefinition scheme;
  scheme.profiles = {"P"};
  scheme.objectives = {{"O", "Objective"}};
  for (size_t i = 1; i <= count; ++i) {
    scheme.controls.push_back({.id = std::to_string(i),
                               .objective = "O",
                               .title = "Control",
                               .profiles = {"P"},
                               .certificate_kinds = {}});
  }
  Scale scale{.id = "scale", .marks = {}};
  for (const int32_t points : marks) {
    scale.marks.push_back({std::to_string(scale.marks.size()), points});
  }
  scheme.rules.scales = {scale};
  scheme.rules.default_scale = "scale";
  scheme.rules.items = std::move(items);
  scheme.rules.options.zero_point_rule = ZeroPointRule::kOff;
  scheme.rules.objectives = {{.objective = "O"}};
  scheme.rules.thresholds = {{"P", 0}};
  scheme.rules.outcomes = {std::move(outcome),
                           {.id = "last", .kind = OutcomeKind::kFailed, .text = "Failed"}};
  scheme.rules.texts = {"Incomplete", ", "};
  return MustCompile(scheme, "P");
}

std::vector<ControlResult> Points(const CompiledProfile& profile,
                                  const std::vector<int32_t>& points) {
  std::vector<ControlResult> controls;
  for (uint32_t c = 0; c < points.size(); ++c) {
    const CompiledScale& scale = profile.ScaleOf(c);
    const ControlState state = points[c] == scale.maximum()   ? ControlState::kMet
                               : points[c] == scale.minimum() ? ControlState::kNotMet
                                                              : ControlState::kPartiallyMet;
    controls.push_back(Make(state, points[c], scale.maximum()));
  }
  return controls;
}

std::optional<Margin> AssessmentMargin(const CompiledProfile& profile,
                                       const std::vector<ControlResult>& controls,
                                       WantPath want_path) {
  Margins margins;
  ComputeMargins(profile, TalliesOf(profile, controls), controls, want_path, margins);
  return margins.assessment;
}

TEST(MarginTest, AnAdjustedControlMovesToTheNextMarkThatHasMorePoints) {
  const CompiledProfile profile = Small({5, 3, 0}, {.id = "pass",
                                                    .kind = OutcomeKind::kPassed,
                                                    .text = "Passed",
                                                    .when = {.full_marks = {"1"}}});
  const std::vector<ControlResult> controls = Points(profile, {4, 0, 0, 0, 0});
  const Margin margin = AssessmentMargin(profile, controls, WantPath::kYes).value();
  ASSERT_EQ(margin.path.size(), 1u);
  EXPECT_EQ(margin.path[0], (ControlUpgrade{0, 1, 1, 4, 5}));
}

TEST(MarginTest, AControlThatDoesNotCountStillMeetsItsOwnCondition) {
  const CompiledProfile profile = Small({2, 1, 0},
                                        {.id = "pass",
                                         .kind = OutcomeKind::kPassed,
                                         .text = "Passed",
                                         .when = {.points_at_least = 1, .full_marks = {"1"}}},
                                        {{"1", "", false}});
  const Margin margin =
      AssessmentMargin(profile, Points(profile, {0, 0, 0, 0, 0}), WantPath::kYes).value();
  EXPECT_EQ(margin.upgrades_to_pass, 3);
  EXPECT_EQ(margin.points_missing, 1);
  ASSERT_EQ(margin.path.size(), 2u);
  EXPECT_EQ(margin.path[0], (ControlUpgrade{0, 2, 2, 0, 2}));
  EXPECT_EQ(margin.path[1], (ControlUpgrade{1, 1, 0, 0, 1}));
}

TEST(MarginTest, ATotalBeyondAllMarksIsUnreachable) {
  const auto with_points = [](int32_t points) {
    return Small({2, 1, 0}, {.id = "pass",
                             .kind = OutcomeKind::kPassed,
                             .text = "Passed",
                             .when = {.points_at_least = points}});
  };
  const CompiledProfile reachable = with_points(10);
  EXPECT_EQ(AssessmentMargin(reachable, Points(reachable, {0, 0, 0, 0, 0}), WantPath::kNo)
                ->upgrades_to_pass,
            10);
  const CompiledProfile beyond = with_points(11);
  EXPECT_EQ(
      AssessmentMargin(beyond, Points(beyond, {0, 0, 0, 0, 0}), WantPath::kNo)->upgrades_to_pass,
      kUnreachable);
}

TEST(MarginTest, ConditionalIsTheTargetWhereNothingPassesAndRatingsHaveNone) {
  const auto of_kind = [](OutcomeKind kind) {
    return Small({2, 1, 0},
                 {.id = "first", .kind = kind, .text = "First", .when = {.points_at_least = 4}});
  };
  const CompiledProfile conditional = of_kind(OutcomeKind::kConditional);
  EXPECT_EQ(AssessmentMargin(conditional, Points(conditional, {1, 0, 0, 0, 0}), WantPath::kNo)
                ->upgrades_to_pass,
            3);
  const CompiledProfile rated = of_kind(OutcomeKind::kRated);
  EXPECT_EQ(AssessmentMargin(rated, Points(rated, {1, 0, 0, 0, 0}), WantPath::kNo), std::nullopt);
}

// A step of one point beneath a step of two, twice a control, needs a table.
TEST(MarginTest, IsNotKnownBeyondTheLimitOfTheTable) {
  const auto margins_of = [](size_t count, int32_t needed, int32_t points) {
    const CompiledProfile profile = Small({3, 1, 0},
                                          {.id = "pass",
                                           .kind = OutcomeKind::kPassed,
                                           .text = "Passed",
                                           .when = {.points_at_least = needed}},
                                          {}, count);
    const auto controls = Points(profile, std::vector<int32_t>(count, points));
    Margin with_path = AssessmentMargin(profile, controls, WantPath::kYes).value();
    const Margin without = AssessmentMargin(profile, controls, WantPath::kNo).value();
    EXPECT_EQ(with_path.known, without.known);
    EXPECT_EQ(with_path.upgrades_to_pass, without.upgrades_to_pass);
    return with_path;
  };
  constexpr size_t kMost = kMaxTableSteps / 2;
  const Margin at_limit = margins_of(kMost, 4, 0);
  EXPECT_TRUE(at_limit.known);
  EXPECT_EQ(at_limit.upgrades_to_pass, 3);  // 3 points of two steps and 1 of one: never 2 of one.
  EXPECT_EQ(at_limit.path.size(), 2u);
  EXPECT_EQ(margins_of(kMost + 1, 4, 0), Margin{.known = false});
  // One that passes needs none of it, and its way down no table: its steps fall off.
  const Margin passes = margins_of(kMost + 1, 3, 3);
  EXPECT_TRUE(passes.known);
  EXPECT_EQ(passes.upgrades_to_pass, 0);
}

// Downwards it is the other way round.
TEST(MarginTest, ThatOfAPassIsNotKnownWhereItsWayDownIsBeyondTheLimit) {
  const auto margin_of = [](size_t count) {
    const CompiledProfile profile = Small({3, 2, 0},
                                          {.id = "pass",
                                           .kind = OutcomeKind::kPassed,
                                           .text = "Passed",
                                           .when = {.points_at_least = 3}},
                                          {}, count);
    const auto controls = Points(profile, std::vector<int32_t>(count, 3));
    return AssessmentMargin(profile, controls, WantPath::kNo).value();
  };
  constexpr size_t kMost = kMaxTableSteps / 2;
  // 2 points may be left: all but one control to 0, or the last to 2.
  EXPECT_EQ(margin_of(kMost).downgrades_to_fail, static_cast<int32_t>(2 * kMost - 1));
  EXPECT_EQ(margin_of(kMost + 1), Margin{.known = false});
}

TEST(MarginTest, TalliesDoNotSufficeForOtherScalesOrConditions) {
  const OutcomeRule objectives{.id = "pass",
                               .kind = OutcomeKind::kPassed,
                               .text = "Passed",
                               .when = {.objectives_pass = true}};
  EXPECT_TRUE(TalliesSuffice(Small({2, 1, 0}, objectives)));
  EXPECT_TRUE(TalliesSuffice(Small({1, 0}, objectives)));
  EXPECT_FALSE(TalliesSuffice(Small({3, 2, 1, 0}, objectives)));
  EXPECT_FALSE(TalliesSuffice(Small({3, 1, 0}, objectives)));
  OutcomeRule total = objectives;
  total.when.percent_at_least = 80;
  EXPECT_FALSE(TalliesSuffice(Small({2, 1, 0}, total)));
  OutcomeRule single = objectives;
  single.when.item_shortfall_at_most = 1;
  EXPECT_FALSE(TalliesSuffice(Small({2, 1, 0}, single)));
}

}  // namespace
}  // namespace assay::scoring
