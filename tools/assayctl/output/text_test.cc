#include "tools/assayctl/output/text.h"

#include "gtest/gtest.h"

#include "assay/scoring/v1/scoring.pb.h"

namespace assay::assayctl {
namespace {

TEST(Printable, KeepsWordsInAnyLanguage) { EXPECT_EQ(Printable("Zoë – 漢字 😀"), "Zoë – 漢字 😀"); }

TEST(Printable, TakesTheSteeringOutOfText) {
  EXPECT_EQ(Printable("\x1b[31mred\x07"), "?[31mred?");
  EXPECT_EQ(Printable("two\nlines\tand\rmore"), "two lines and more");
  EXPECT_EQ(Printable("\xc2\x9b"
                      "31m"),
            "?31m")
      << "C1 control sequence introducer";
  EXPECT_EQ(Printable("\x7f"), "?");
}

TEST(Printable, ReplacesWhatIsNoUtf8) {
  EXPECT_EQ(Printable("a\xff"
                      "b"),
            "a?b");
  EXPECT_EQ(Printable("cut \xe6\xbc"), "cut ??");
}

TEST(Shorten, MarksTheCut) {
  EXPECT_EQ(Shorten("short", 5), "short");
  EXPECT_EQ(Shorten("longer", 5), "long…");
  EXPECT_EQ(Shorten("äöüäöü", 3), "äö…");
}

TEST(Wrap, BreaksBetweenWords) {
  EXPECT_EQ(Wrap("one two  three four", 8, "  "), "  one two\n  three\n  four\n");
  EXPECT_EQ(Wrap("alongword x", 5, ""), "alongword\nx\n");
  EXPECT_EQ(Wrap("exact fit", 9, ""), "exact fit\n");
  EXPECT_EQ(Wrap("", 5, "  "), "");
}

TEST(FormatPercent, RoundsHalfUpToTwoDecimals) {
  EXPECT_EQ(FormatPercent(118, 148, 80), "79.73%");
  EXPECT_EQ(FormatPercent(35, 44, 80), "79.55%");
  EXPECT_EQ(FormatPercent(20, 24, 80), "83.33%");
  EXPECT_EQ(FormatPercent(2, 3, 80), "66.67%");
  EXPECT_EQ(FormatPercent(0, 2, 80), "0.00%");
  EXPECT_EQ(FormatPercent(2, 2, 100), "100.00%");
}

TEST(FormatPercent, HasNothingToShowWithoutAMaximum) { EXPECT_EQ(FormatPercent(0, 0, 80), "-"); }

TEST(FormatPercent, NeverRoundsUpToAPassMarkThatIsNotReached) {
  EXPECT_EQ(FormatPercent(199'999, 250'000, 80), "79.99%");
  EXPECT_EQ(FormatPercent(200'000, 250'000, 80), "80.00%");
}

TEST(Words, DropThePrefixOfTheEnum) {
  EXPECT_EQ(Words(scoring::v1::OUTCOME_NOT_ASSESSED_AT_LEVEL), "not assessed at level");
  EXPECT_EQ(Words(scoring::v1::SCORING_MODE_FINAL), "final");
  EXPECT_EQ(Words(scoring::v1::TRIGGER_KIND_OVERRIDE), "override");
  EXPECT_EQ(Words(scoring::v1::OUTCOME_UNSPECIFIED), "");
}

TEST(FormatTime, IsInUtcToTheSecond) {
  google::protobuf::Timestamp time;
  EXPECT_EQ(FormatTime(time), "");
  time.set_seconds(1780304400);
  EXPECT_EQ(FormatTime(time), "2026-06-01 09:00:00Z");
}

TEST(LastSegment, IsTheId) {
  EXPECT_EQ(LastSegment("assessments/a1/verdicts/ff"), "ff");
  EXPECT_EQ(LastSegment("a1"), "a1");
}

TEST(Count, KnowsOneFromMany) {
  EXPECT_EQ(Count(1, "control"), "1 control");
  EXPECT_EQ(Count(0, "control"), "0 controls");
}

}  // namespace
}  // namespace assay::assayctl
