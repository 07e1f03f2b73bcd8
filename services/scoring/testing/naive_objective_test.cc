#include "services/scoring/testing/naive_objective.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace assay::scoring {
namespace {

struct Case {
  std::string name;  // With where the expected value comes from.
  int met, partial, not_met, not_applicable, threshold;
  bool percentage_ok, no_zero, passes;
  int points, maximum;
};

// The worked cases of the rule's own sources; the arithmetic in the name can be checked by hand.
TEST(NaiveObjective, AgreesWithTheWorkedCases) {
  const std::vector<Case> cases = {
      {"16/20 is 80 % and fails on its Not Met", 7, 2, 1, 0, 80, true, false, false, 16, 20},
      {"17/20 passes once the Not Met is Partial", 7, 3, 0, 0, 80, true, true, true, 17, 20},
      {"118/148 is 79.73 %, not 80 %", 44, 30, 0, 1, 80, false, true, false, 118, 148},
      {"35/44 is 79.55 %, not 80 %", 13, 9, 0, 0, 80, false, true, false, 35, 44},
      {"5/6 with one not applicable passes", 2, 1, 0, 1, 80, true, true, true, 5, 6},
      {"3/4 with two not applicable fails", 1, 1, 0, 2, 80, false, true, false, 3, 4},
      {"one Partial of two controls at 100 %", 1, 1, 0, 0, 100, false, true, false, 3, 4},
      {"all Met at 100 %", 2, 0, 0, 0, 100, true, true, true, 4, 4},
      {"L1 B: 30 Partials survive", 45, 30, 0, 0, 80, true, true, true, 120, 150},
      {"L1 B: 31 Partials do not", 44, 31, 0, 0, 80, false, true, false, 119, 150},
      {"a threshold of 0 leaves the zero rule", 0, 0, 1, 0, 0, true, false, false, 0, 2},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    const NaiveObjectiveResult result =
        NaiveObjective(c.met, c.partial, c.not_met, c.not_applicable, c.threshold);
    EXPECT_TRUE(result.scored);
    EXPECT_EQ(result.percentage_ok, c.percentage_ok);
    EXPECT_EQ(result.no_zero_point_control, c.no_zero);
    EXPECT_EQ(result.passes, c.passes);
    EXPECT_EQ(result.points, c.points);
    EXPECT_EQ(result.maximum, c.maximum);
  }
}

TEST(NaiveObjective, IsNotScoredWhenEveryControlIsNotApplicable) {
  const NaiveObjectiveResult result = NaiveObjective(0, 0, 0, 5, 80);
  EXPECT_FALSE(result.scored);
  EXPECT_FALSE(result.passes);
  EXPECT_EQ(result.maximum, 0);
}

}  // namespace
}  // namespace assay::scoring
