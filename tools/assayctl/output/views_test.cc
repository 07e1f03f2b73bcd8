#include "gtest/gtest.h"

#include "common/testing/proto_matchers.h"
#include "tools/assayctl/output/assessment_views.h"
#include "tools/assayctl/output/review_views.h"
#include "tools/assayctl/output/scheme_views.h"

namespace assay::assayctl {
namespace {

using testing_kit::ParseText;

TEST(RenderAssessments, IsATableOfIds) {
  const auto list = ParseText<assessment_store::v1::ListAssessmentsResponse>(R"pb(
    assessments {
      name: "assessments/a1"
      display_name: "Harbour Optics"
      profile: "L1"
      supplier: "organisations/harbour-optics"
      state: ASSESSMENT_STATE_IN_REVIEW
      submission_number: 1
      controls_in_scope: 101
      controls_confirmed: 101
    })pb");
  EXPECT_EQ(RenderAssessments(list, Style::Plain()),
            "ASSESSMENT  STATE      PROFILE  CONFIRMED  SUBMISSION  SUPPLIER        TITLE\n"
            "a1          in review  L1         101/101           1  harbour-optics  Harbour "
            "Optics\n");
}

TEST(RenderAssessment, ShowsWhatAReviewerAsks) {
  const auto assessment = ParseText<assessment_store::v1::Assessment>(R"pb(
    name: "assessments/a1"
    scheme: "schemes/dcc"
    profile: "L1"
    state: ASSESSMENT_STATE_RETURNED
    controls_in_scope: 3
    controls_confirmed: 2
    return_decision {
      reason: "unclear"
      controls { control_id: "2300" reason: "since when?" }
    }
    etag: "7")pb");
  EXPECT_EQ(RenderAssessment(assessment, Style::Plain()),
            "assessment          assessments/a1\n"
            "state               returned\n"
            "profile             schemes/dcc L1\n"
            "confirmed           2/3 controls\n"
            "returned because    unclear\n"
            "  asked about 2300  since when?\n"
            "etag                7\n");
}

TEST(RenderResults, ShowsPhasesAdjustmentAndMarks) {
  const auto list = ParseText<assessment_store::v1::ListControlResultsResponse>(R"pb(
    control_results {
      result {
        control_id: "2300"
        theoretical { status: CONTROL_STATUS_MET }
        practical {
          questions { question_id: "2300.1" }
          questions { question_id: "2300.2" }
        }
        adjustment { points: 1 reason: "r" }
        override { reasoning: "r" }
      }
      confirmed: true
      updated_by: "anna"
    })pb");
  EXPECT_EQ(RenderResults(list, Style::Plain()),
            "CONTROL  THEORETICAL  PRACTICAL    ADJUSTED  MARK      CONFIRMED  BY    UPDATED\n"
            "2300     met          2 questions        +1  override  yes        anna\n");
}

TEST(RenderEvents, CountsLongListsOfControls) {
  const auto list = ParseText<assessment_store::v1::ListAssessmentEventsResponse>(R"pb(
    events {
      sequence: 2
      type: "RESULTS_RECORDED"
      actor: "anna"
      hash: "0123456789abcdef"
      controls: "1"
      controls: "2"
      controls: "3"
      controls: "4"
      controls: "5"
      controls: "6"
    })pb");
  EXPECT_EQ(RenderEvents(list, Style::Plain()),
            "SEQUENCE  TIME  TYPE              ACTOR  SUBMISSION  CONTROLS    HASH\n"
            "       2        RESULTS_RECORDED  anna               6 controls  0123456789ab\n");
}

TEST(RenderEvents, ADecisionIsItsReviewers) {
  const auto list = ParseText<assessment_store::v1::ListAssessmentEventsResponse>(R"pb(
    events {
      sequence: 6
      type: "REVIEW_UPHELD"
      actor: "services/assay-review-queue"
      decided_by: "ravi"
      hash: "0123456789abcdef"
    })pb");
  EXPECT_EQ(RenderEvents(list, Style::Plain()),
            "SEQUENCE  TIME  TYPE           ACTOR  SUBMISSION  CONTROLS  HASH\n"
            "       6        REVIEW_UPHELD  ravi                         0123456789ab\n");
}

TEST(RenderReviewItems, SumsUpTheFlags) {
  const auto list = ParseText<review_queue::v1::ListReviewItemsResponse>(R"pb(
    review_items {
      name: "reviewItems/a1.1"
      profile: "L1"
      state: REVIEW_ITEM_STATE_CLAIMED
      supplier: "organisations/s"
      certification_body: "organisations/b"
      verdict { outcome: OUTCOME_PASSED result_string: "Passed" }
      flags { trigger { kind: TRIGGER_KIND_NOT_APPLICABLE } }
      flags { trigger { kind: TRIGGER_KIND_OVERRIDE anchor: true } }
      flags { trigger { kind: TRIGGER_KIND_NOT_APPLICABLE } }
      claim { reviewer: "ravi" }
    })pb");
  EXPECT_EQ(RenderReviewItems(list, Style::Plain()),
            "ITEM  STATE    PROFILE  RESULT  FLAGS                                  SUPPLIER  "
            "CERTIFICATION BODY  SUBMITTED  CLAIMED BY\n"
            "a1.1  claimed  L1       Passed  1 override, 2 not applicable (anchor)  s         "
            "b                              ravi\n");
}

TEST(RenderReviewItem, ShowsTheDecision) {
  const auto item = ParseText<review_queue::v1::ReviewItem>(R"pb(
    name: "reviewItems/a1.1"
    assessment: "assessments/a1"
    submission_number: 1
    scheme: "schemes/dcc"
    profile: "L1"
    state: REVIEW_ITEM_STATE_DECIDED
    flags {
      trigger { kind: TRIGGER_KIND_OVERRIDE control_id: "2300" objective: "B" }
      reasoning: "compensated"
    }
    decision {
      kind: DECISION_KIND_OVERTURN
      reason: "no proof"
      reviewer: "ravi"
      reviewer_organisation: "organisations/owner"
      effect: DECISION_EFFECT_APPLIED
      controls { control_id: "2300" reason: "nothing seen" }
      decide_time { seconds: 1780304400 }
    })pb");
  EXPECT_EQ(RenderReviewItem(item, Style::Plain()),
            "item        reviewItems/a1.1\n"
            "state       decided\n"
            "assessment  assessments/a1, submission 1\n"
            "profile     schemes/dcc L1\n"
            "\n"
            "FLAG      OBJECTIVE  CONTROL  QUESTION\n"
            "override  B          2300\n"
            "\n"
            "2300 override\n"
            "  compensated\n"
            "\n"
            "decision    overturn\n"
            "reason      no proof\n"
            "  2300      nothing seen\n"
            "decided by  ravi, organisations/owner, 2026-06-01 09:00:00Z\n"
            "effect      applied\n");
}

catalogue::v1::Catalogue SmallCatalogue() {
  return ParseText<catalogue::v1::Catalogue>(R"pb(
    name: "schemes/t/catalogues/c@1"
    controls { id: "1" objective: "A" title: "One" profiles: "L0" profiles: "L1" }
    controls { id: "2" objective: "B" title: "Two" profiles: "L1" certificate_kind: "K" })pb");
}

TEST(RenderControls, ListsControlsAndCountsThem) {
  EXPECT_EQ(RenderControls(SmallCatalogue(), Style::Plain()),
            "CONTROL  OBJECTIVE  PROFILES  TITLE  CERTIFICATE\n"
            "1        A          L0 L1     One\n"
            "2        B          L1        Two    K\n"
            "\n"
            "2 controls of schemes/t/catalogues/c@1\n");
}

TEST(Filter, KeepsWhatIsInProfileAndObjective) {
  catalogue::v1::Catalogue catalogue = SmallCatalogue();
  Filter({.profile = "L1", .objective = "B"}, catalogue);
  ASSERT_EQ(catalogue.controls_size(), 1);
  EXPECT_EQ(catalogue.controls(0).id(), "2");
  Filter({.profile = "L0", .objective = ""}, catalogue);
  EXPECT_EQ(catalogue.controls_size(), 0);
}

TEST(RenderRuleSet, ShowsEveryOptionByName) {
  const auto rules = ParseText<catalogue::v1::RuleSet>(R"pb(
    name: "schemes/t/ruleSets/r@1"
    points { met: 2 partially_met: 1 }
    thresholds { profile: "L1" percent: 80 }
    objectives { objective: "CE" mandatory: true anchor: true }
    blank: BLANK_POLICY_NOT_MET
    fail_on_zero_points: true
    reviews_required: 1)pb");
  const std::string text = RenderRuleSet(rules, Style::Plain());
  EXPECT_NE(text.find("pass mark L1  80%\n"), std::string::npos) << text;
  EXPECT_NE(text.find("objective CE  mandatory, anchor\n"), std::string::npos) << text;
  EXPECT_NE(text.find("blank                    not met\n"), std::string::npos) << text;
  EXPECT_NE(text.find("fail on zero points      yes\n"), std::string::npos) << text;
}

TEST(RenderSchemes, IsATable) {
  const auto list = ParseText<catalogue::v1::ListSchemesResponse>(R"pb(
    schemes {
      name: "schemes/dcc"
      title: "T"
      owner: "O"
      default_catalogue: "schemes/dcc/catalogues/c"
      default_rule_set: "schemes/dcc/ruleSets/r"
    })pb");
  EXPECT_EQ(RenderSchemes(list, Style::Plain()),
            "SCHEME  TITLE  OWNER  CATALOGUE  RULE SET\n"
            "dcc     T      O      c          r\n");
}

TEST(RenderRuleSet, ShowsScalesLimitsAndOutcomesOfItsOwn) {
  const std::string text =
      RenderRuleSet(ParseText<catalogue::v1::RuleSet>(R"pb(
                      name: "schemes/s/ruleSets/r@1"
                      scales {
                        id: "five"
                        marks { id: "met" points: 5 }
                        marks { id: "not_met" points: 0 }
                      }
                      default_scale: "five"
                      objectives {
                        objective: "A"
                        mandatory: true
                        threshold_percent: 90
                        item_shortfall_at_most: 4
                      }
                      outcomes { id: "final" kind: OUTCOME_KIND_PASSED text: "Final" }
                      score_base: 110
                    )pb"),
                    Style::Plain());
  for (const char* line :
       {"scale five   met 5, not_met 0 (unless an item says otherwise)\n",
        "objective A  mandatory, pass mark 90%, no control more than 4 short of its maximum\n",
        "score        110 less every point short\n",
        "OUTCOME  KIND    WORDING\nfinal    passed  Final\n"}) {
    EXPECT_NE(text.find(line), std::string::npos) << line << "\nin\n" << text;
  }
  EXPECT_EQ(text.find("points  met"), std::string::npos);
}

TEST(RenderControls, NamesEveryCertificateThatIsEnough) {
  const auto catalogue = ParseText<catalogue::v1::Catalogue>(R"pb(
    controls { id: "P1" certificate_kinds: "CYBER_ESSENTIALS" certificate_kinds: "CYBER_BASELINE" }
  )pb");
  EXPECT_NE(RenderControls(catalogue, Style::Plain()).find("CYBER_ESSENTIALS or CYBER_BASELINE"),
            std::string::npos);
}

}  // namespace
}  // namespace assay::assayctl
