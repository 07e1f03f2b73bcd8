#include "services/scoring/convert_documents.h"

#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/testing/status_matchers.h"
#include "services/scoring/clients/testing/fake_catalogue_client.h"
#include "services/scoring/engine/profile.h"
#include "services/scoring/engine/testing/dcc_shape.h"

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
    EXPECT_EQ(definition->controls[i].certificate_kind, expected.controls[i].certificate_kind);
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

TEST_F(ConvertDocumentsTest, RefusesOptionsOfTheReviewThatNothingActsOn) {
  const std::function<void(catalogue_v1::RuleSet&)> changes[] = {
      [](auto& r) {
        r.set_separation_of_duties(catalogue_v1::SEPARATION_OF_DUTIES_POLICY_DISCLOSED);
      },
      [](auto& r) { r.set_separation_of_duties(catalogue_v1::SEPARATION_OF_DUTIES_POLICY_OFF); },
      [](auto& r) { r.clear_separation_of_duties(); },
      [](auto& r) { r.set_sampling_per_thousand(1); },
      [](auto& r) { r.set_reviews_required(2); },
      [](auto& r) { r.set_reviews_required(0); },
  };
  const catalogue_v1::RuleSet sound = rules_;
  for (const auto& change : changes) {
    rules_ = sound;
    change(rules_);
    EXPECT_THAT(Convert(),
                HasReason(absl::StatusCode::kFailedPrecondition, "DOCUMENT_NOT_SUPPORTED"));
  }
}

TEST_F(ConvertDocumentsTest, RefusesANewerModel) {
  catalogue_.mutable_revision()->set_model_version(2);
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
