#include "tools/assayctl/output/scorecard.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tools/assayctl/output/reason_words.h"
#include "tools/assayctl/testing/sample_verdict.h"

namespace assay::assayctl {
namespace {

using scoring::v1::Verdict;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(RenderScorecard, ShowsVerdictObjectivesFlagsAndPins) {
  EXPECT_EQ(
      RenderScorecard(FailedVerdict(), Style::Plain()),
      "Failed on objective(s): B\n"
      "L1, final, as of 2026-10-01, 120/150 points, 2 flags\n"
      "\n"
      "OBJECTIVE    OUTCOME                 POINTS  PERCENT  PASS MARK  MET  PARTIAL  NOT MET  N/A"
      "  OPEN  ZERO POINTS\n"
      "CE (anchor)  passed                     2/2  100.00%    80% (2)    1        0        0    0"
      "     0\n"
      "B            failed                 118/148   79.73%  80% (119)   45       28        1    1"
      "     0  2300\n"
      "D            not assessed at level        -        -          -    0        0        0    0"
      "     0\n"
      "\n"
      "FLAG            CONTROL  QUESTION  OBJECTIVE\n"
      "not applicable  2302               B\n"
      "override        2303               B\n"
      "\n"
      "catalogue      schemes/dcc/catalogues/def-stan-05-138-i4@1  sha256:aaaaaaaaaaaaaaaa\n"
      "rule set       schemes/dcc/ruleSets/asr-2.1@1  sha256:bbbbbbbbbbbbbbbb\n"
      "result digest  00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n"
      "engine         1\n");
}

TEST(RenderScorecard, NamesAFailedAnchor) {
  Verdict verdict = FailedVerdict();
  verdict.set_failed_on_anchor(true);
  EXPECT_NE(RenderScorecard(verdict, Style::Plain()).find("[the anchor failed]"),
            std::string::npos);
}

TEST(RenderScorecard, CountsIdsThatDoNotFit) {
  Verdict verdict = FailedVerdict();
  for (int i = 0; i < 9; ++i) {
    verdict.mutable_objectives(1)->add_zero_point_controls(std::to_string(2400 + i));
  }
  EXPECT_NE(RenderScorecard(verdict, Style::Plain())
                .find("2300 2400 2401 2402 2403 2404 2405 2406 and 2 more\n"),
            std::string::npos);
}

TEST(RenderScorecard, NamesAnItemBeyondItsLimitWhereThereIsOne) {
  Verdict verdict = FailedVerdict();
  EXPECT_THAT(RenderScorecard(verdict, Style::Plain()), Not(HasSubstr("WORST ITEM")));
  verdict.mutable_objectives(1)->set_item_beyond_limit(true);
  EXPECT_THAT(RenderScorecard(verdict, Style::Plain()),
              AllOf(HasSubstr("  ZERO POINTS  WORST ITEM\n"),
                    HasSubstr("     0  2300         beyond the limit\n")));
}

TEST(RenderScorecard, SaysWhatKindOfResultItIsWhereTheWordingDoesNot) {
  Verdict verdict = FailedVerdict();
  verdict.set_outcome(scoring::v1::OUTCOME_CONDITIONAL);
  verdict.set_outcome_id("conditional-l2");
  verdict.set_score(88);
  verdict.set_hypothetical(true);
  const std::string line = RenderVerdictLine(verdict, Style::Plain());
  EXPECT_EQ(
      line,
      "Failed on objective(s): B  [hypothetical]\n"
      "conditional (conditional-l2), L1, final, as of 2026-10-01, 120/150 points, score 88, 2 "
      "flags\n");
  EXPECT_EQ(PaintOf(scoring::v1::OUTCOME_CONDITIONAL), Paint::kYellow);
  EXPECT_EQ(PaintOf(scoring::v1::OUTCOME_RATED), Paint::kBold);
}

TEST(ReasonWords, FallsBackToTheCode) {
  EXPECT_EQ(ReasonWords("OVERRIDDEN_TO_MET"), "overridden to Met");
  EXPECT_EQ(ReasonWords("ITEM_BEYOND_LIMIT"),
            "a control falls further short of its maximum than allowed");
  EXPECT_EQ(ReasonWords("SOME_NEW_CODE"), "some new code");
}

}  // namespace
}  // namespace assay::assayctl
