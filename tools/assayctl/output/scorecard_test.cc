#include "tools/assayctl/output/scorecard.h"

#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

#include "tools/assayctl/output/reason_words.h"

namespace assay::assayctl {
namespace {

using scoring::v1::Verdict;

Verdict Parse(const std::string& text) {
  Verdict verdict;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &verdict));
  return verdict;
}

// 118/148 with one N/A is the case that whole-percent rounding would pass.
constexpr char kFailedVerdict[] = R"pb(
  outcome: OUTCOME_FAILED
  result_string: "Failed on objective(s): B"
  result_digest: "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
  pins {
    catalogue: "schemes/dcc/catalogues/def-stan-05-138-i4@1"
    catalogue_digest: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    rule_set: "schemes/dcc/ruleSets/asr-2.1@1"
    rule_set_digest: "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
  }
  profile: "L1"
  mode: SCORING_MODE_FINAL
  as_of: "2026-10-01"
  objectives {
    objective: "CE"
    outcome: OUTCOME_PASSED
    points: 2
    maximum: 2
    threshold_percent: 80
    points_needed: 2
    threshold_reached: true
    no_zero_point_control: true
    anchor: true
    met: 1
  }
  objectives {
    objective: "B"
    outcome: OUTCOME_FAILED
    points: 118
    maximum: 148
    threshold_percent: 80
    points_needed: 119
    met: 45
    partially_met: 28
    not_met: 1
    not_applicable: 1
    zero_point_controls: "2300"
    reasons: "BELOW_THRESHOLD"
    reasons: "ZERO_POINT_CONTROL"
    controls {
      control_id: "2200"
      state: RESULT_STATE_PARTIALLY_MET
      points: 1
      maximum: 2
      phase: PHASE_PRACTICAL
      reasons: "SOME_QUESTIONS_MEET"
      questions { question_id: "2200.1" state: RESULT_STATE_MET }
      questions { question_id: "2200.2" state: RESULT_STATE_NOT_MET }
    }
    controls {
      control_id: "2300"
      state: RESULT_STATE_NOT_MET
      maximum: 2
      phase: PHASE_THEORETICAL
      reasons: "STATUS_RECORDED"
    }
    controls {
      control_id: "2301"
      state: RESULT_STATE_MET
      points: 2
      maximum: 2
      reasons: "STATUS_RECORDED"
    }
    controls {
      control_id: "2302"
      state: RESULT_STATE_NOT_APPLICABLE
      reasons: "NOT_APPLICABLE_LEAVES_SET"
    }
  }
  objectives { objective: "D" outcome: OUTCOME_NOT_ASSESSED_AT_LEVEL }
  failed_objectives: "B"
  review_triggers { kind: TRIGGER_KIND_NOT_APPLICABLE control_id: "2302" objective: "B" }
  reasons: "OBJECTIVE_FAILED"
  engine_version: "1"
)pb";

Verdict FailedVerdict() { return Parse(kFailedVerdict); }

TEST(RenderScorecard, ShowsVerdictObjectivesFlagsAndPins) {
  EXPECT_EQ(
      RenderScorecard(FailedVerdict(), Style::Plain()),
      "Failed on objective(s): B\n"
      "L1, final, as of 2026-10-01, 1 flag\n"
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

TEST(RenderScorecard, SaysWhatKindOfResultItIsWhereTheWordingDoesNot) {
  Verdict verdict = FailedVerdict();
  verdict.set_outcome(scoring::v1::OUTCOME_CONDITIONAL);
  verdict.set_outcome_id("conditional-l2");
  verdict.set_points(120);
  verdict.set_maximum(150);
  verdict.set_score(88);
  verdict.set_hypothetical(true);
  const std::string line = RenderVerdictLine(verdict, Style::Plain());
  EXPECT_EQ(
      line,
      "Failed on objective(s): B  [hypothetical]\n"
      "conditional (conditional-l2), L1, final, as of 2026-10-01, 120/150 points, score 88, 1 "
      "flag\n");
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
