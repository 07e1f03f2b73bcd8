#include "tools/assayctl/output/difference.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/testing/proto_matchers.h"
#include "tools/assayctl/output/rescore_summary.h"

namespace assay::assayctl {
namespace {

using scoring::v1::Rescore;
using ::testing::HasSubstr;
using testing_kit::ParseText;

Rescore Example() {
  return ParseText<Rescore>(
      R"pb(
        before { outcome: OUTCOME_FAILED result_string: "Failed on objective(s): B" }
        after {
          outcome: OUTCOME_PASSED
          result_string: "Passed"
          margin { downgrades_to_fail: 1 }
        }
        difference {
          outcome_changed: true
          changed: DIFFERENCE_CAUSE_INPUTS
          changed: DIFFERENCE_CAUSE_RULE_SET
          sufficient: DIFFERENCE_CAUSE_RULE_SET
          objectives {
            objective: "B"
            outcome_before: OUTCOME_FAILED
            outcome_after: OUTCOME_PASSED
            points_before: 16
            maximum_before: 20
            points_after: 16
            maximum_after: 20
          }
          controls {
            control_id: "2300"
            state_before: RESULT_STATE_NOT_MET
            state_after: RESULT_STATE_PARTIALLY_MET
            points_after: 1
            inputs_changed: true
          }
          controls { control_id: "2301" state_after: RESULT_STATE_MET points_after: 2 }
        }
      )pb");
}

std::string Render(const Rescore& rescore) {
  return RenderDifference({"before", "after"}, rescore.before(), rescore.after(),
                          rescore.difference(), Style::Plain());
}

TEST(RenderDifference, ShowsBothSidesAndWhatCausedIt) {
  EXPECT_EQ(Render(Example()),
            "before  Failed on objective(s): B  (failed)\n"
            "after   Passed  (passed)\n"
            "\n"
            "The outcome changes. Enough alone: rule set; changed: inputs, rule set.\n"
            "\n"
            "OBJECTIVE  OUTCOME           POINTS\n"
            "B          failed -> passed  16/20\n"
            "\n"
            "CONTROL  STATE                     POINTS  RECORDED\n"
            "2300     not met -> partially met  0 -> 1  otherwise\n"
            "2301     not in scope -> met       0 -> 2  the same\n"
            "\n"
            "after: 1 downgrade would fail it\n");
}

TEST(RenderDifference, SaysWhenTheOutcomeStaysOrSeveralChangesMadeIt) {
  Rescore rescore = Example();
  rescore.mutable_difference()->clear_sufficient();
  EXPECT_THAT(Render(rescore),
              HasSubstr("changes, by several changes together: inputs, rule set."));
  rescore.mutable_difference()->set_outcome_changed(false);
  EXPECT_THAT(Render(rescore),
              HasSubstr("The outcome stays; details differ (changed: inputs, rule set)."));
  rescore.clear_difference();
  EXPECT_THAT(Render(rescore), HasSubstr("The outcome stays; both are made from the same."));
}

TEST(RenderDifference, CountsControlsThatDoNotFit) {
  Rescore rescore = Example();
  auto& controls = *rescore.mutable_difference()->mutable_controls();
  while (controls.size() < kMaxShownDifferences) *controls.Add() = controls[0];
  EXPECT_EQ(Render(rescore).find("more control"), std::string::npos);
  *controls.Add() = scoring::v1::ControlDifference(controls[0]);
  EXPECT_THAT(Render(rescore), HasSubstr("and 1 more control; -o json has every control\n"));
}

TEST(RescoreSummary, SaysHowManyChangeAndWhy) {
  RescoreSummary summary;
  summary.Add(Example());
  summary.Add(Example());
  Rescore details = Example();
  details.mutable_difference()->set_outcome_changed(false);
  details.mutable_difference()->clear_objectives();
  summary.Add(details);
  summary.Add(Rescore());
  Rescore rated = Example();
  rated.mutable_difference()->clear_sufficient();
  rated.mutable_difference()->clear_objectives();
  rated.mutable_difference()->clear_controls();
  rated.mutable_before()->set_outcome(scoring::v1::OUTCOME_RATED);
  rated.mutable_before()->set_outcome_id("rating-4");
  rated.mutable_after()->set_outcome(scoring::v1::OUTCOME_RATED);
  rated.mutable_after()->set_outcome_id("rating-5");
  summary.Add(rated);
  EXPECT_EQ(summary.Render(Style::Plain()),
            "5 assessments: 3 with another outcome, 1 with other details, 1 the same\n"
            "\n"
            "OUTCOME               COUNT\n"
            "failed -> passed          2\n"
            "rating-4 -> rating-5      1\n"
            "\n"
            "OBJECTIVE  OUTCOME           COUNT\n"
            "B          failed -> passed      2\n"
            "\n"
            "Outcomes change because of: rule set (2), several changes together (1)\n"
            "Controls that differ most often: 2300 (3), 2301 (3)\n");
}

TEST(RescoreSummary, OfNothingIsOneLine) {
  EXPECT_EQ(RescoreSummary().Render(Style::Plain()),
            "0 assessments: 0 with another outcome, 0 with other details, 0 the same\n");
}

}  // namespace
}  // namespace assay::assayctl
