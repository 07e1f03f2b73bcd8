#include "services/scoring/engine/upgrade_solver.h"

#include <algorithm>
#include <tuple>

#include <gtest/gtest.h>

#include "services/scoring/engine/testing/random.h"
#include "services/scoring/engine/upgrade_table.h"

namespace assay::scoring {
namespace {

constexpr uint32_t kSeed = 20260601;

struct Group {
  int32_t missing = 0;
  std::vector<std::vector<int32_t>> ladders;
};

StepProblem Problem(const std::vector<Group>& groups, int32_t missing) {
  StepProblem problem;
  problem.missing = missing;
  for (const Group& group : groups) {
    problem.groups.push_back({.first_ladder = static_cast<uint32_t>(problem.ladders.size()),
                              .ladder_count = static_cast<uint32_t>(group.ladders.size()),
                              .missing = group.missing});
    for (const std::vector<int32_t>& gains : group.ladders) {
      problem.ladders.push_back({.first = static_cast<uint32_t>(problem.gains.size()),
                                 .count = static_cast<uint32_t>(gains.size())});
      problem.gains.insert(problem.gains.end(), gains.begin(), gains.end());
    }
  }
  return problem;
}

// Every way to climb, one by one, and the best by the words of ShortestPlan().
class Exhaustive {
 public:
  explicit Exhaustive(const StepProblem& problem) : problem_(problem) {
    taken_.assign(problem.ladders.size(), 0);
    Descend(0);
  }

  std::optional<StepPlan> best;

 private:
  void Descend(size_t ladder) {
    if (ladder == taken_.size()) return Judge();
    for (uint32_t k = 0; k <= problem_.ladders[ladder].count; ++k) {
      taken_[ladder] = static_cast<int32_t>(k);
      Descend(ladder + 1);
    }
    taken_[ladder] = 0;
  }

  void Judge() {
    int32_t steps = 0;
    int32_t total = 0;
    std::vector<int32_t> by_group;
    for (const StepGroup& group : problem_.groups) {
      int32_t gained = 0;
      by_group.push_back(0);
      for (uint32_t l = group.first_ladder; l < group.first_ladder + group.ladder_count; ++l) {
        by_group.back() += taken_[l];
        for (uint32_t k = 0; k < static_cast<uint32_t>(taken_[l]); ++k) {
          gained += problem_.gains[problem_.ladders[l].first + k];
        }
      }
      if (gained < group.missing) return;
      steps += by_group.back();
      total += gained;
    }
    if (total < problem_.missing) return;
    Keep(steps, std::tuple(total, by_group, taken_));
  }

  void Keep(int32_t steps,
            const std::tuple<int32_t, std::vector<int32_t>, std::vector<int32_t>>& rank) {
    if (best.has_value() && steps > best->steps) return;
    if (!best.has_value() || steps < best->steps) {
      best = StepPlan{.steps = steps, .taken = taken_, .required = taken_};
      rank_ = rank;
    }
    for (size_t l = 0; l < taken_.size(); ++l) {
      best->required[l] = std::min(best->required[l], taken_[l]);
    }
    if (rank > rank_) {
      rank_ = rank;
      best->taken = taken_;
    }
  }

  const StepProblem& problem_;
  std::vector<int32_t> taken_;
  std::tuple<int32_t, std::vector<int32_t>, std::vector<int32_t>> rank_;
};

StepProblem RandomProblem(Random& random, bool concave) {
  std::vector<Group> groups(1 + random.Below(3));
  int32_t all = 0;
  for (Group& group : groups) {
    int32_t sum = 0;
    group.ladders.resize(random.Below(4));
    for (std::vector<int32_t>& gains : group.ladders) {
      gains.resize(random.Below(4));
      for (int32_t& gain : gains) sum += gain = random.Between(1, 5);
      if (concave) std::sort(gains.rbegin(), gains.rend());
    }
    all += sum;
    group.missing = random.OneIn(2) ? 0 : random.Between(-1, sum + 1);
  }
  return Problem(groups, random.OneIn(2) ? 0 : random.Between(0, all + 1));
}

void ExpectOptimal(const StepProblem& problem, int number) {
  SCOPED_TRACE(testing::Message() << "seed " << kSeed << ", problem " << number);
  const Exhaustive search(problem);
  const std::optional<int32_t> fewest = FewestSteps(problem);
  const std::optional<StepPlan> plan = ShortestPlan(problem);
  const std::optional<std::vector<int32_t>> by_table = PlanByTable(problem);
  ASSERT_EQ(fewest.has_value(), search.best.has_value());
  ASSERT_EQ(plan.has_value(), search.best.has_value());
  ASSERT_EQ(by_table.has_value(), search.best.has_value());
  EXPECT_EQ(FewestByTable(problem), fewest);
  if (!search.best.has_value()) return;
  EXPECT_EQ(*fewest, search.best->steps);
  EXPECT_EQ(plan->steps, search.best->steps);
  EXPECT_EQ(plan->taken, search.best->taken);
  EXPECT_EQ(plan->required, search.best->required);
  EXPECT_EQ(*by_table, search.best->taken);
}

TEST(UpgradeSolverTest, FindsWhatTryingEverythingFindsWhereGainsFall) {
  Random random(kSeed);
  for (int i = 0; i < 3'000 && !testing::Test::HasFailure(); ++i) {
    ExpectOptimal(RandomProblem(random, true), i);
  }
}

TEST(UpgradeSolverTest, FindsWhatTryingEverythingFindsWhereGainsRiseAndFall) {
  Random random(kSeed);
  for (int i = 0; i < 3'000 && !testing::Test::HasFailure(); ++i) {
    ExpectOptimal(RandomProblem(random, false), i);
  }
}

TEST(UpgradeSolverTest, NothingMissingTakesNoSteps) {
  const std::optional<StepPlan> plan = ShortestPlan(Problem({{0, {{1, 1}, {5}}}}, 0));
  ASSERT_TRUE(plan.has_value());
  EXPECT_EQ(plan->steps, 0);
  EXPECT_EQ(FewestSteps(StepProblem{}), 0);
}

TEST(UpgradeSolverTest, AllStepsAreEnoughAndOnePointMoreIsNot) {
  EXPECT_EQ(FewestSteps(Problem({{7, {{1, 1}, {5}}}}, 0)), 3);
  EXPECT_EQ(FewestSteps(Problem({{8, {{1, 1}, {5}}}}, 0)), std::nullopt);
  EXPECT_EQ(FewestSteps(Problem({{0, {{1, 1}}}, {0, {{5}}}}, 7)), 3);
  EXPECT_EQ(FewestSteps(Problem({{0, {{1, 1}}}, {0, {{5}}}}, 8)), std::nullopt);
}

// The small step must be taken to come to the large one: largest gain first would take the 3s.
TEST(UpgradeSolverTest, ClimbsASmallStepForALargeOneBehindIt) {
  const StepProblem problem = Problem({{10, {{3}, {3}, {3}, {3}, {1, 9}}}}, 0);
  const std::optional<StepPlan> plan = ShortestPlan(problem);
  ASSERT_TRUE(plan.has_value());
  EXPECT_EQ(plan->taken, (std::vector<int32_t>{0, 0, 0, 0, 2}));
  EXPECT_EQ(plan->required, plan->taken);
}

// More ladders than one block of the planner's, so that tables are kept and worked out again.
TEST(UpgradeSolverTest, PlansManyLaddersAsTheSearchForTheirLength) {
  for (const size_t ladders : {63u, 64u, 65u, 200u}) {
    Group group{.missing = static_cast<int32_t>(ladders * 3), .ladders = {}};
    for (size_t i = 0; i < ladders; ++i) {
      group.ladders.push_back(i % 3 == 0 ? std::vector<int32_t>{1, 7} : std::vector<int32_t>{2, 2});
    }
    const StepProblem problem = Problem({group}, 0);
    const std::optional<StepPlan> plan = ShortestPlan(problem);
    ASSERT_TRUE(plan.has_value());
    EXPECT_EQ(plan->steps, FewestByTable(problem));
    int32_t gained = 0;
    for (size_t i = 0; i < ladders; ++i) {
      for (uint32_t k = 0; k < static_cast<uint32_t>(plan->taken[i]); ++k) {
        gained += problem.gains[problem.ladders[i].first + k];
      }
    }
    EXPECT_GE(gained, group.missing);
  }
}

// `ladders` of two equal steps, all of them needed: each costs two solves of all steps.
StepProblem AllNeeded(size_t ladders) {
  Group group{.missing = static_cast<int32_t>(2 * ladders), .ladders = {}};
  group.ladders.assign(ladders, {1, 1});
  return Problem({group}, 0);
}

TEST(UpgradeSolverTest, TellsRequiredStepsUpToTheLimitOnly) {
  // ladders * 2 solves * 2 * ladders steps.
  constexpr size_t kLadders = 707;
  static_assert(kLadders * 2 * 2 * kLadders <= kMaxRequirementWork);
  static_assert((kLadders + 1) * 2 * 2 * (kLadders + 1) > kMaxRequirementWork);
  const std::optional<StepPlan> at_limit = ShortestPlan(AllNeeded(kLadders));
  ASSERT_TRUE(at_limit.has_value());
  EXPECT_EQ(at_limit->required, at_limit->taken);
  const std::optional<StepPlan> beyond = ShortestPlan(AllNeeded(kLadders + 1));
  ASSERT_TRUE(beyond.has_value());
  EXPECT_EQ(beyond->steps, static_cast<int32_t>(2 * (kLadders + 1)));
  EXPECT_EQ(beyond->required, std::vector<int32_t>(kLadders + 1, 0));
}

// Rising steps need a table of them all, unless nothing is missing.
TEST(UpgradeSolverTest, IsAffordableUpToTheLimitOnlyWhereItNeedsATable) {
  const auto with = [](const std::vector<int32_t>& gains, size_t ladders, int32_t missing) {
    Group group{.missing = missing, .ladders = {}};
    group.ladders.assign(ladders, gains);
    return Problem({group}, 0);
  };
  constexpr size_t kLadders = kMaxTableSteps / 2;
  EXPECT_TRUE(IsAffordable(with({1, 2}, kLadders, 1)));
  EXPECT_FALSE(IsAffordable(with({1, 2}, kLadders + 1, 1)));
  EXPECT_TRUE(IsAffordable(with({2, 1}, kLadders + 1, 1)));
  EXPECT_TRUE(IsAffordable(with({1, 2}, kLadders + 1, 0)));
  EXPECT_EQ(FewestSteps(with({1, 2}, kLadders + 1, 0)), 0);
  EXPECT_EQ(ShortestPlan(with({1, 2}, kLadders + 1, 0))->steps, 0);
}

}  // namespace
}  // namespace assay::scoring
