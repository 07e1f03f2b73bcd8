#include "services/scoring/convert_documents.h"

#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/testing/status_matchers.h"
#include "services/scoring/clients/testing/fake_catalogue_client.h"
#include "services/scoring/engine/profile.h"
#include "services/scoring/engine/testing/dcc_shape.h"
#include "services/scoring/testing_messages.h"

namespace assay::scoring {
namespace {

using ::assay::testing_kit::HasReason;
using ::assay::testing_kit::IsOk;

namespace catalogue_v1 = ::assay::catalogue::v1;

class ConvertDocumentsTest : public ::testing::Test {
 protected:
  ConvertDocumentsTest() {
    catalogue_.set_name(std::string(kCatalogueName) + "@1");
    catalogue_.mutable_revision()->set_model_version(1);
    rules_.set_name(std::string(kRuleSetName) + "@1");
    rules_.mutable_revision()->set_model_version(1);
    questions_.set_name(std::string(kQuestionSetName) + "@1");
    questions_.mutable_revision()->set_model_version(1);
  }

  absl::StatusOr<SchemeDefinition> Convert() const {
    return ToDefinition(catalogue_, &questions_, rules_);
  }

  catalogue_v1::Catalogue catalogue_ = CatalogueMessage(DccScheme());
  catalogue_v1::RuleSet rules_ = RuleSetMessage(AsrV21());
  catalogue_v1::QuestionSet questions_ = QuestionSetMessage();
};

TEST_F(ConvertDocumentsTest, KeepsEverythingTheEngineScoresBy) {
  const auto definition = Convert();
  ASSERT_THAT(definition, IsOk());
  const SchemeDefinition expected = DccScheme();
  ASSERT_EQ(definition->controls.size(), expected.controls.size());
  for (size_t i = 0; i < expected.controls.size(); ++i) {
    EXPECT_EQ(definition->controls[i].id, expected.controls[i].id);
    EXPECT_EQ(definition->controls[i].objective, expected.controls[i].objective);
    EXPECT_EQ(definition->controls[i].profiles, expected.controls[i].profiles);
    EXPECT_EQ(definition->controls[i].certificate_kinds, expected.controls[i].certificate_kinds);
  }
  ASSERT_EQ(definition->questions.size(), 3u);
  EXPECT_EQ(definition->questions[0].kind, QuestionKind::kGate);
  EXPECT_FALSE(definition->questions[0].scored);
  EXPECT_THAT(definition->questions[0].answers, ::testing::ElementsAre("yes", "no"));
  EXPECT_EQ(definition->questions[1].asked_when->gate, "1100.1");
  EXPECT_TRUE(definition->rules.objectives[0].anchor);
  EXPECT_EQ(definition->rules.thresholds[1].percent, 80);
  EXPECT_EQ(definition->rules.texts.separator, ", ");
  EXPECT_TRUE(Compile(*definition, "L1").problems.empty());
}

TEST_F(ConvertDocumentsTest, ReadsEveryOption) {
  rules_.set_question_not_applicable(catalogue_v1::QUESTION_NOT_APPLICABLE_POLICY_EXCLUDED);
  rules_.set_adjustment_clamp(catalogue_v1::ADJUSTMENT_CLAMP_POLICY_REFUSE);
  rules_.set_adjustment_reason(catalogue_v1::ADJUSTMENT_REASON_POLICY_OPTIONAL);
  rules_.set_adjust_blank(catalogue_v1::ADJUST_BLANK_POLICY_ALLOW);
  rules_.set_all_not_applicable(catalogue_v1::ALL_NOT_APPLICABLE_POLICY_FAIL);
  rules_.set_anchor_not_applicable(catalogue_v1::ANCHOR_NOT_APPLICABLE_POLICY_ALLOW);
  rules_.set_anchor_override(catalogue_v1::ANCHOR_OVERRIDE_POLICY_REFUSE);
  rules_.set_anchor_certificate(catalogue_v1::ANCHOR_CERTIFICATE_POLICY_RECORD);
  rules_.set_blank(catalogue_v1::BLANK_POLICY_INCOMPLETE);
  rules_.set_phase(catalogue_v1::PHASE_POLICY_THEORETICAL_ONLY);
  rules_.set_override_policy(catalogue_v1::OVERRIDE_POLICY_IGNORE);
  rules_.set_fail_on_zero_points(false);
  const auto definition = Convert();
  ASSERT_THAT(definition, IsOk());
  const RuleOptions& options = definition->rules.options;
  EXPECT_EQ(options.question_not_applicable, QuestionNotApplicableRule::kExcluded);
  EXPECT_EQ(options.adjustment_clamp, AdjustmentClamp::kRefuse);
  EXPECT_EQ(options.adjustment_reason, AdjustmentReason::kOptional);
  EXPECT_EQ(options.adjust_blank, AdjustBlank::kAllow);
  EXPECT_EQ(options.all_not_applicable, AllNotApplicable::kFail);
  EXPECT_EQ(options.anchor_not_applicable, AnchorNotApplicable::kAllow);
  EXPECT_EQ(options.anchor_override, AnchorOverride::kRefuse);
  EXPECT_EQ(options.anchor_certificate, AnchorCertificate::kRecord);
  EXPECT_EQ(options.blank, BlankRule::kIncomplete);
  EXPECT_EQ(options.phase, PhaseRule::kTheoreticalOnly);
  EXPECT_EQ(options.overrides, OverrideRule::kIgnored);
  EXPECT_EQ(options.zero_point_rule, ZeroPointRule::kOff);
}

TEST_F(ConvertDocumentsTest, NeverPassesOverARuleItDoesNotKnow) {
  rules_.set_blank(static_cast<catalogue_v1::BlankPolicy>(9));
  EXPECT_THAT(Convert(),
              HasReason(absl::StatusCode::kFailedPrecondition, "DOCUMENT_NOT_SUPPORTED"));
  rules_.set_blank(catalogue_v1::BLANK_POLICY_UNSPECIFIED);
  EXPECT_THAT(Convert(),
              HasReason(absl::StatusCode::kFailedPrecondition, "DOCUMENT_NOT_SUPPORTED"));
}

// They are about who reviews what, not about points: the assessment store answers for them.
TEST_F(ConvertDocumentsTest, ScoresWhateverTheOptionsOfTheReviewAre) {
  rules_.set_separation_of_duties(catalogue_v1::SEPARATION_OF_DUTIES_POLICY_DISCLOSED);
  rules_.set_sampling_per_thousand(25);
  rules_.set_reviews_required(2);
  EXPECT_THAT(Convert(), IsOk());
}

TEST_F(ConvertDocumentsTest, ReadsARuleSetOfTheSecondModel) {
  rules_ = ModelTwoRuleSetMessage();
  rules_.set_name(std::string(kRuleSetName) + "@1");
  rules_.mutable_objectives(1)->set_threshold_percent(70);
  rules_.mutable_objectives(1)->set_item_shortfall_at_most(0);
  catalogue_v1::OutcomeConditions& when = *rules_.mutable_outcomes(1)->mutable_when();
  when.set_points_at_least(0);
  when.set_shortfall_at_most(9);
  when.add_full_marks("1100");
  when.add_full_objectives("C");
  when.set_requirements_met(true);
  catalogue_v1::ItemShortfall& exception = *when.add_item_shortfall_exceptions();
  exception.set_control("1102");
  exception.set_at_most(3);
  catalogue_v1::Requirement& requirement = *rules_.add_requirements();
  requirement.set_profile("L1");
  requirement.set_control("2300");
  requirement.set_mark("yes");
  rules_.mutable_items(0)->set_not_counted(true);
  const auto definition = Convert();
  ASSERT_THAT(definition, IsOk());
  const RuleSetDefinition& rules = definition->rules;
  EXPECT_EQ(rules.model_version, 2u);
  ASSERT_EQ(rules.scales.size(), 2u);
  EXPECT_EQ(rules.scales[0].marks[1].id, "some");
  EXPECT_EQ(rules.scales[0].marks[1].points, 2);
  EXPECT_EQ(rules.default_scale, "three");
  EXPECT_EQ(rules.items.at(0).control, "2300");
  EXPECT_EQ(rules.items.at(0).scale, "two");
  EXPECT_FALSE(rules.items.at(0).counts);
  EXPECT_EQ(rules.objectives[0].threshold_percent, std::nullopt);
  EXPECT_EQ(rules.objectives[1].threshold_percent, 70);
  EXPECT_EQ(rules.objectives[1].item_shortfall_at_most, 0);  // There, though it is 0.
  ASSERT_EQ(rules.outcomes.size(), 3u);
  EXPECT_EQ(rules.outcomes[0].kind, OutcomeKind::kPassed);
  EXPECT_TRUE(rules.outcomes[0].when.objectives_pass);
  EXPECT_EQ(rules.outcomes[0].when.percent_at_least, std::nullopt);
  EXPECT_EQ(rules.outcomes[1].kind, OutcomeKind::kConditional);
  EXPECT_EQ(rules.outcomes[1].text, "conditional with {score}");
  const OutcomeConditions& conditions = rules.outcomes[1].when;
  EXPECT_EQ(conditions.percent_at_least, 80);
  EXPECT_EQ(conditions.points_at_least, 0);
  EXPECT_EQ(conditions.shortfall_at_most, 9);
  EXPECT_EQ(conditions.item_shortfall_at_most, 5);
  EXPECT_EQ(conditions.item_shortfall_exceptions.at(0).control, "1102");
  EXPECT_EQ(conditions.item_shortfall_exceptions.at(0).at_most, 3);
  EXPECT_THAT(conditions.full_marks, ::testing::ElementsAre("1100"));
  EXPECT_THAT(conditions.full_objectives, ::testing::ElementsAre("C"));
  EXPECT_TRUE(conditions.requirements_met);
  EXPECT_EQ(rules.requirements.at(0).mark, "yes");
  EXPECT_EQ(rules.score_base, 400);
  EXPECT_THAT(rules.ratification.at(0).profiles, ::testing::ElementsAre("L2"));
  EXPECT_TRUE(Compile(*definition, "L1").problems.empty());
}

TEST_F(ConvertDocumentsTest, ReadsIndicatorsAndTheirDerivation) {
  rules_ = ModelTwoRuleSetMessage();
  rules_.set_name(std::string(kRuleSetName) + "@1");
  EXPECT_EQ(Convert()->rules.derivation, Derivation::kAllMeet);
  rules_.set_derivation(catalogue_v1::DERIVATION_INDICATORS);
  questions_.mutable_questions(1)->set_indicator(catalogue_v1::INDICATOR_MET);
  questions_.mutable_questions(2)->set_indicator(catalogue_v1::INDICATOR_NOT_MET);
  const auto definition = Convert();
  ASSERT_THAT(definition, IsOk());
  EXPECT_EQ(definition->rules.derivation, Derivation::kIndicators);
  EXPECT_EQ(definition->questions[0].indicator, Indicator::kNone);
  EXPECT_EQ(definition->questions[1].indicator, Indicator::kMet);
  EXPECT_EQ(definition->questions[2].indicator, Indicator::kNotMet);
}

TEST_F(ConvertDocumentsTest, NeverPassesOverAPartOfTheSecondModelItDoesNotKnow) {
  const std::function<void(catalogue_v1::RuleSet&)> changes[] = {
      [](auto& r) { r.set_derivation(static_cast<catalogue_v1::Derivation>(3)); },
      [](auto& r) { r.set_derivation(static_cast<catalogue_v1::Derivation>(-1)); },
      [](auto& r) { r.mutable_outcomes(0)->set_kind(static_cast<catalogue_v1::OutcomeKind>(5)); },
      [](auto& r) { r.mutable_outcomes(0)->clear_kind(); },
      [](auto& r) { r.mutable_review_reasons(0)->set_reason("FULL_MOON"); },
  };
  for (const auto& change : changes) {
    rules_ = ModelTwoRuleSetMessage();
    rules_.set_name(std::string(kRuleSetName) + "@1");
    change(rules_);
    EXPECT_THAT(Convert(),
                HasReason(absl::StatusCode::kFailedPrecondition, "DOCUMENT_NOT_SUPPORTED"));
  }
}

// The two kinds of rule set say the same where a file of the first model can say it.
TEST_F(ConvertDocumentsTest, ReadsTheFirstModelAsOneScaleAndTwoOutcomes) {
  const auto definition = Convert();
  ASSERT_THAT(definition, IsOk());
  const RuleSetDefinition& rules = definition->rules;
  EXPECT_EQ(rules.model_version, 1u);
  ASSERT_EQ(rules.scales.size(), 1u);
  EXPECT_EQ(rules.scales[0].marks.front().points, 2);
  EXPECT_EQ(rules.scales[0].marks.back().points, 0);
  ASSERT_EQ(rules.outcomes.size(), 2u);
  EXPECT_EQ(rules.outcomes[0].text, "Passed");
  EXPECT_EQ(rules.outcomes[1].kind, OutcomeKind::kFailed);
}

TEST_F(ConvertDocumentsTest, AControlMayRestOnSeveralKindsOfCertificate) {
  catalogue_.mutable_controls(0)->clear_certificate_kind();
  catalogue_.mutable_controls(0)->add_certificate_kinds("CYBER_ESSENTIALS");
  catalogue_.mutable_controls(0)->add_certificate_kinds("CYBER_BASELINE");
  const auto definition = Convert();
  ASSERT_THAT(definition, IsOk());
  EXPECT_THAT(definition->controls[0].certificate_kinds,
              ::testing::ElementsAre("CYBER_ESSENTIALS", "CYBER_BASELINE"));
}

TEST_F(ConvertDocumentsTest, RefusesAFrame) {
  catalogue_.set_frame(true);
  EXPECT_THAT(Convert(), HasReason(absl::StatusCode::kFailedPrecondition, "CATALOGUE_IS_FRAME"));
}

TEST_F(ConvertDocumentsTest, TakesATitleThatThePublisherConfirmed) {
  questions_.mutable_controls(0)->set_title("Another title");
  questions_.mutable_controls(0)->set_catalogue_title("Control 1100");
  EXPECT_THAT(Convert(), IsOk());
}

TEST_F(ConvertDocumentsTest, RefusesANewerModel) {
  catalogue_.mutable_revision()->set_model_version(2);
  EXPECT_THAT(Convert(), IsOk());
  catalogue_.mutable_revision()->set_model_version(3);
  EXPECT_THAT(Convert(),
              HasReason(absl::StatusCode::kFailedPrecondition, "DOCUMENT_NOT_SUPPORTED"));
}

TEST_F(ConvertDocumentsTest, RefusesAnUnknownKindOfQuestion) {
  questions_.mutable_questions(2)->set_kind(static_cast<catalogue_v1::QuestionKind>(42));
  EXPECT_THAT(Convert(),
              HasReason(absl::StatusCode::kFailedPrecondition, "DOCUMENT_NOT_SUPPORTED"));
}

TEST_F(ConvertDocumentsTest, RefusesDocumentsOfAnotherCatalogue) {
  rules_.set_catalogue("schemes/dcc/catalogues/other");
  EXPECT_THAT(Convert(),
              HasReason(absl::StatusCode::kFailedPrecondition, "DOCUMENTS_DO_NOT_MATCH"));
  rules_.set_catalogue(kCatalogueName);
  questions_.set_catalogue("schemes/dcc/catalogues/other");
  EXPECT_THAT(Convert(),
              HasReason(absl::StatusCode::kFailedPrecondition, "DOCUMENTS_DO_NOT_MATCH"));
}

TEST_F(ConvertDocumentsTest, RefusesAQuestionSetThatMeansAnotherControl) {
  questions_.mutable_controls(0)->set_title("Another title");
  EXPECT_THAT(Convert(),
              HasReason(absl::StatusCode::kFailedPrecondition, "DOCUMENTS_DO_NOT_MATCH"));
}

}  // namespace
}  // namespace assay::scoring
