#include "tools/assayctl/output/explanation.h"

#include <algorithm>

#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tools/assayctl/output/text.h"
#include "tools/assayctl/output/verdict_notes.h"
#include "tools/assayctl/testing/sample_verdict.h"

namespace assay::assayctl {
namespace {

using scoring::v1::Verdict;
using ::testing::HasSubstr;
using ::testing::Not;

std::string Explain(const Verdict& verdict, const std::string& objective = "") {
  return RenderExplanation(verdict, objective, Style::Plain());
}

TEST(RenderExplanation, SaysWhyBFailedOnOneScreen) {
  EXPECT_EQ(
      Explain(FailedVerdict()),
      "Failed on objective(s): B\n"
      "L1, final, as of 2026-10-01, 120/150 points, 2 flags\n"
      "Why: an objective failed\n"
      "\n"
      "OBJECTIVE    OUTCOME                 POINTS  PASS MARK  WHY\n"
      "CE (anchor)  passed                     2/2    2 (80%)  pass mark reached, no control "
      "with 0 points\n"
      "B            failed                 118/148  119 (80%)  1 point short, 0 points: 2300\n"
      "D            not assessed at level        -          -  no control at this level\n"
      "\n"
      "Objective B: failed, 118 of 148 points, 79.73%\n"
      "  CONTROL  STATE           POINTS  WHY\n"
      "  2300     not met            0/2  assessed as not_met [theoretical]\n"
      "  2200     partially met      1/2  2200.2 not met: only some asked questions meet the "
      "baseline [pra…\n"
      "  2302     not applicable       -  not applicable, not scored\n"
      "  2303     met                2/2  assessed directly, overridden to Met\n"
      "  2 upgrades to pass: 2300 +1 (must), 2200 +1\n"
      "\n"
      "FLAG            CONTROL  OBJECTIVE  WITHOUT IT ALONE\n"
      "override        2303     B          another verdict: load-bearing\n"
      "not applicable  2302     B          unknown: nothing is recorded beneath it\n"
      "\n"
      "WITHOUT             VERDICT\n"
      "overrides           failed: Failed on objective(s): A, B\n"
      "not applicable      unknown: nothing is recorded beneath 2302\n"
      "adjustments         none recorded\n"
      "all three           unknown: nothing is recorded beneath 2302\n"
      "all reviewed flags  the same\n"
      "\n"
      "Overall: 2 upgrades to pass: 2300 +2 (must 1)\n"
      "\n"
      "result digest 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n");
}

TEST(RenderExplanation, ExplainsTheNamedObjectiveThoughItPassed) {
  const std::string text = Explain(FailedVerdict(), "CE");
  EXPECT_THAT(text, HasSubstr("Objective CE: passed, 2 of 2 points, 100.00%\n"
                              "  1 downgrade would fail it\n"));
  EXPECT_THAT(text, Not(HasSubstr("Objective B:")));
}

TEST(CheckObjective, NamesThoseItHas) {
  EXPECT_TRUE(CheckObjective(FailedVerdict(), "B").ok());
  EXPECT_THAT(std::string(CheckObjective(FailedVerdict(), "X").message()),
              HasSubstr("\"X\" is none of CE, B, D"));
}

// Every limit at once: a Level 3 assessment in which everything went wrong.
Verdict Worst() {
  Verdict verdict = FailedVerdict();
  auto& b = *verdict.mutable_objectives(1);
  const auto partial = b.controls(0);
  while (b.controls_size() < 98) *b.add_controls() = partial;
  for (int i = 0; i < 40; ++i) {
    *verdict.add_review_triggers() = verdict.review_triggers(0);
    b.add_zero_point_controls("2400");
    *b.mutable_margin()->add_path() = b.margin().path(1);
    b.mutable_controls(0)->add_questions()->set_question_id("2200.9");
    b.mutable_controls(0)->mutable_questions(i + 2)->set_state(scoring::v1::RESULT_STATE_OPEN);
  }
  for (const char* id : {"A", "C", "E", "F"}) {
    *verdict.add_objectives() = b;
    verdict.mutable_objectives(verdict.objectives_size() - 1)->set_objective(id);
  }
  return verdict;
}

TEST(RenderExplanation, StaysNearFiftyLinesOfAHundredColumnsWhateverHappened) {
  const std::string text = Explain(Worst());
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    EXPECT_LE(Width(std::string(line)), kExplanationWidth) << line;
  }
  EXPECT_LE(std::count(text.begin(), text.end(), '\n'), 62) << text;
  Verdict one = Worst();
  one.mutable_objectives()->DeleteSubrange(3, 4);
  const std::string single = Explain(one);
  EXPECT_LE(std::count(single.begin(), single.end(), '\n'), 50) << single;
  EXPECT_THAT(single, HasSubstr("  and 81 more of B; -o json has every control\n"));
  EXPECT_THAT(single, HasSubstr("and 36 more flags\n"));
}

TEST(RenderExplanation, CountsObjectivesThatDoNotFit) {
  Verdict verdict = FailedVerdict();
  for (int i = 0; i < kMaxExplainedObjectives; ++i) {
    *verdict.add_objectives() = verdict.objectives(1);
  }
  EXPECT_THAT(Explain(verdict), HasSubstr("\n1 more did not pass; --objective ID explains one\n"));
}

TEST(MarginWords, SpeaksOfPassesFailuresAndDeadEnds) {
  scoring::v1::Margin margin;
  margin.set_downgrades_to_fail(4);
  margin.set_points_spare(3);
  EXPECT_EQ(MarginWords(margin), "4 downgrades would fail it, 3 points to spare");
  margin.set_downgrades_to_fail(-1);
  margin.set_points_spare(0);
  EXPECT_EQ(MarginWords(margin), "no downgrade would fail it");
  margin.set_upgrades_to_pass(-1);
  EXPECT_EQ(MarginWords(margin), "no upgrades of marks lead to a pass");
  margin.set_upgrades_to_pass(kMaxShownUpgrades + 1);
  for (int i = 0; i < kMaxShownUpgrades + 1; ++i) {
    margin.add_path()->set_control_id("c");
    margin.mutable_path(i)->set_steps(1);
  }
  EXPECT_EQ(MarginWords(margin),
            "6 upgrades to pass: c +1, c +1, c +1, c +1, c +1 and 1 more control");
}

TEST(RenderWithAndWithout, IsSilentWhenNothingIsRecorded) {
  Verdict verdict;
  EXPECT_EQ(RenderWithAndWithout(verdict, Style::Plain()), "");
  verdict.mutable_counterfactuals()->mutable_without_all()->set_state(
      scoring::v1::COUNTERFACTUAL_STATE_NOTHING_TO_REMOVE);
  EXPECT_EQ(RenderWithAndWithout(verdict, Style::Plain()), "");
}

TEST(RenderVerdict, IsTheExplanationOrTheScorecard) {
  EXPECT_EQ(RenderVerdict(FailedVerdict(), true, Style::Plain()), Explain(FailedVerdict()));
  EXPECT_THAT(RenderVerdict(FailedVerdict(), false, Style::Plain()), HasSubstr("ZERO POINTS"));
}

}  // namespace
}  // namespace assay::assayctl
