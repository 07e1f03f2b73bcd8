// Rule sets, catalogues and question sets of model version 2: what they say, and that whatever
// could mean two things is refused with its place.

#include "services/catalogue/testing/model_two.h"

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/testing/proto_matchers.h"
#include "common/testing/status_matchers.h"
#include "services/catalogue/domain/validate.h"
#include "services/catalogue/testing/shipped.h"

namespace assay::catalogue {
namespace {

using nlohmann::json;
using testing_kit::EqualsProto;
using testing_kit::HasMetadata;
using testing_kit::HasReason;
using testing_kit::IsOk;

absl::Status Validate(const ModelTwoJson& two) {
  const auto documents = ParseAll(two);
  if (!documents.ok()) return documents.status();
  return ValidateScheme(*documents);
}

TEST(ModelTwoTest, AcceptsASchemeThatUsesEveryKey) {
  EXPECT_THAT(Validate(MakeModelTwo()), IsOk());
}

// The rule set of MakeModelTwo as it is served: every option has a value.
constexpr char kEveryKey[] = R"pb(
  name: "schemes/two/ruleSets/r"
  title: "R"
  sources: "Synthetic."
  catalogue: "schemes/two/catalogues/c"
  use: RULE_SET_USE_CERTIFICATION
  scales {
    id: "usual"
    marks { id: "yes" points: 2 }
    marks { id: "partly" points: 1 }
    marks { id: "no" }
  }
  scales {
    id: "heavy"
    marks { id: "full" points: 5 }
    marks { id: "none" }
  }
  default_scale: "usual"
  items { control: "b1" scale: "heavy" }
  items { control: "b2" not_counted: true }
  derivation: DERIVATION_INDICATORS
  thresholds { profile: "low" percent: 50 }
  thresholds { profile: "high" percent: 80 }
  objectives { objective: "P" mandatory: true anchor: true }
  objectives { objective: "A" mandatory: true threshold_percent: 60 item_shortfall_at_most: 1 }
  objectives { objective: "B" }
  outcomes {
    id: "passed"
    kind: OUTCOME_KIND_PASSED
    text: "Passed with {points} of {maximum}"
    when {
      objectives_pass: true
      percent_at_least: 90
      full_marks: "b1"
      full_objectives: "P"
      requirements_met: true
    }
  }
  outcomes {
    id: "conditional"
    kind: OUTCOME_KIND_CONDITIONAL
    text: "Score {score}"
    when {
      objectives_pass: true
      points_at_least: 3
      shortfall_at_most: 5
      item_shortfall_at_most: 1
      item_shortfall_exceptions { control: "b1" at_most: 5 }
    }
  }
  outcomes { id: "failed" kind: OUTCOME_KIND_FAILED text: "Failed: {objectives}" }
  requirements { profile: "low" control: "a1" mark: "partly" }
  requirements { profile: "high" control: "a1" mark: "yes" }
  requirements { profile: "high" control: "b1" mark: "full" }
  score_base: -7
  review_reasons { reason: "RATIFICATION" profiles: "high" }
  validity { certificate_months: 36 attestation_months: 12 }
  override_policy: OVERRIDE_POLICY_MET
  question_not_applicable: QUESTION_NOT_APPLICABLE_POLICY_COUNTS_AS_MET
  adjustment_clamp: ADJUSTMENT_CLAMP_POLICY_ON
  adjustment_reason: ADJUSTMENT_REASON_POLICY_REQUIRED
  adjust_blank: ADJUST_BLANK_POLICY_REFUSE
  override_with_na: OVERRIDE_WITH_NOT_APPLICABLE_POLICY_REFUSE
  all_not_applicable: ALL_NOT_APPLICABLE_POLICY_NEUTRAL
  anchor_not_applicable: ANCHOR_NOT_APPLICABLE_POLICY_REFUSE
  anchor_override: ANCHOR_OVERRIDE_POLICY_REVIEW
  anchor_certificate: ANCHOR_CERTIFICATE_POLICY_ENFORCE
  blank: BLANK_POLICY_INCOMPLETE
  phase: PHASE_POLICY_LATEST
  higher_level_satisfies: HIGHER_LEVEL_POLICY_SATISFIES
  attestation_anniversary: ATTESTATION_ANNIVERSARY_POLICY_CERTIFICATE
  separation_of_duties: SEPARATION_OF_DUTIES_POLICY_STRICT
  reviews_required: 1
  result_strings { incomplete: "Incomplete" separator: ", " })pb";

TEST(ModelTwoTest, ReadsARuleSetWithEveryKey) {
  const auto documents = ParseAll(MakeModelTwo());
  ASSERT_THAT(documents, IsOk());
  v1::RuleSet rules = std::get<v1::RuleSet>(documents->rule_sets[0].message);
  EXPECT_EQ(rules.revision().model_version(), 2u);
  rules.clear_revision();
  EXPECT_THAT(rules, EqualsProto(kEveryKey));
}

// The defaults of data/RULE_MODEL.md, section 8; they never change.
TEST(ModelTwoTest, OptionsLeftOutHaveTheirDefaults) {
  ModelTwoJson two = MakeModelTwo();
  two.rule_set["options"] = {{"override_policy", "met"},
                             {"question_not_applicable", "counts_as_met"},
                             {"adjustment_clamp", "on"},
                             {"adjustment_reason", "required"},
                             {"adjust_blank", "refuse"},
                             {"override_with_na", "refuse"},
                             {"all_not_applicable", "neutral"},
                             {"anchor_not_applicable", "refuse"},
                             {"anchor_override", "review"},
                             {"anchor_certificate", "enforce"},
                             {"blank", "not_met"},
                             {"phase", "latest"},
                             {"higher_level_satisfies", "yes"},
                             {"attestation_anniversary", "certificate"},
                             {"separation_of_duties", "strict"},
                             {"sampling_per_thousand", 0},
                             {"reviews_required", 1}};
  const auto named = ParseAll(two);
  ASSERT_THAT(named, IsOk());
  two.rule_set.erase("options");
  const auto left_out = ParseAll(two);
  ASSERT_THAT(left_out, IsOk());
  v1::RuleSet want = std::get<v1::RuleSet>(named->rule_sets[0].message);
  v1::RuleSet have = std::get<v1::RuleSet>(left_out->rule_sets[0].message);
  EXPECT_NE(want.revision().digest(), have.revision().digest());
  want.clear_revision();
  have.clear_revision();
  EXPECT_EQ(have.SerializeAsString(), want.SerializeAsString());
}

TEST(ModelTwoTest, OptionalKeysMayBeLeftOut) {
  ModelTwoJson two = MakeModelTwo();
  for (const char* key : {"items", "derivation", "score_base", "review_reasons", "validity"}) {
    two.rule_set.erase(key);
  }
  two.rule_set["requirements"][2]["mark"] = "yes";
  EXPECT_THAT(Validate(two), IsOk());
  const auto documents = ParseAll(two);
  const auto& rules = std::get<v1::RuleSet>(documents->rule_sets[0].message);
  EXPECT_EQ(rules.derivation(), v1::DERIVATION_ALL_MEET);
  EXPECT_FALSE(rules.has_score_base());
  EXPECT_FALSE(rules.has_validity());
}

// A set with indicators serves a rule set that does not look at them.
TEST(ModelTwoTest, IndicatorsAreIgnoredWhereMarksAreDerivedOtherwise) {
  ModelTwoJson two = MakeModelTwo();
  two.rule_set["derivation"] = "all_meet";
  EXPECT_THAT(Validate(two), IsOk());
}

// An anchor that fails passes over outcomes of other kinds, so this one can be reached.
TEST(ModelTwoTest, FailedOutcomeBehindALooserPassIsReachedWhenAnAnchorFails) {
  ModelTwoJson two = MakeModelTwo();
  two.rule_set["outcomes"][1] = {{"id", "near"},
                                 {"kind", "failed"},
                                 {"text", "Nearly"},
                                 {"when", {{"percent_at_least", 90}, {"requirements_met", true}}}};
  two.rule_set["outcomes"][0]["when"] = {{"percent_at_least", 80}, {"requirements_met", true}};
  EXPECT_THAT(Validate(two), IsOk());
  two.rule_set["objectives"][0]["anchor"] = false;
  EXPECT_THAT(Validate(two), HasMetadata("path", "outcomes[1].when"));
}

// A limit of its own for one control keeps an otherwise stricter outcome within reach.
TEST(ModelTwoTest, ExceptionsKeepAnOutcomeWithinReach) {
  ModelTwoJson two = MakeModelTwo();
  two.rule_set["outcomes"][0]["when"] = {{"item_shortfall_at_most", 1}, {"requirements_met", true}};
  two.rule_set["outcomes"][1]["when"] = {
      {"item_shortfall_at_most", 0},
      {"requirements_met", true},
      {"item_shortfall_exceptions", {{{"control", "b1"}, {"at_most", 5}}}}};
  EXPECT_THAT(Validate(two), IsOk());
}

TEST(ModelTwoTest, ARuleSetThatOnlyRatesNeedsOneOutcome) {
  ModelTwoJson two = MakeModelTwo();
  two.rule_set["objectives"][0]["anchor"] = false;
  two.rule_set["outcomes"] = {{{"id", "score"}, {"kind", "rated"}, {"text", "{score}"}}};
  two.rule_set.erase("requirements");
  EXPECT_THAT(Validate(two), IsOk());
}

TEST(ModelTwoTest, AFrameStandsWithoutControlsAndWithRules) {
  ModelTwoJson two = MakeModelTwo();
  two.catalogue["frame"] = true;
  two.catalogue.erase("controls");
  two.question_set = nullptr;
  two.rule_set.erase("items");
  two.rule_set.erase("requirements");
  two.rule_set["outcomes"][0]["when"] = {{"objectives_pass", true}, {"percent_at_least", 90}};
  two.rule_set["outcomes"].erase(1);
  EXPECT_THAT(Validate(two), IsOk());
  const auto documents = ParseAll(two);
  EXPECT_TRUE(std::get<v1::Catalogue>(documents->catalogues[0].message).frame());
}

TEST(ModelTwoTest, ReadsCertificateKindsIndicatorsAndConfirmedTitles) {
  const auto documents = ParseAll(MakeModelTwo());
  ASSERT_THAT(documents, IsOk());
  EXPECT_THAT(std::get<v1::Catalogue>(documents->catalogues[0].message).controls(0),
              EqualsProto(R"pb(id: "p1"
                               objective: "P"
                               profiles: "low"
                               profiles: "high"
                               title: "Certificate"
                               certificate_kinds: "CYBER_ESSENTIALS"
                               certificate_kinds: "CYBER_BASELINE")pb"));
  const auto& set = std::get<v1::QuestionSet>(documents->question_sets[0].message);
  EXPECT_EQ(set.controls(0).catalogue_title(), "One");
  EXPECT_EQ(set.questions(0).indicator(), v1::INDICATOR_MET);
  EXPECT_EQ(set.questions(1).indicator(), v1::INDICATOR_PARTIALLY_MET);
  EXPECT_EQ(set.questions(2).indicator(), v1::INDICATOR_NOT_MET);
}

TEST(ModelTwoTest, AConfirmationMustNameTheCataloguesTitle) {
  ModelTwoJson two = MakeModelTwo();
  two.question_set["controls"][0]["catalogue_title"] = "Two";
  absl::Status status = Validate(two);
  EXPECT_THAT(status, HasReason(absl::StatusCode::kInvalidArgument, "QUESTION_SET_TITLE_MISMATCH"));
  EXPECT_THAT(status, HasMetadata("path", "controls[0].catalogue_title"));
  two.question_set["controls"][0].erase("catalogue_title");
  status = Validate(two);
  EXPECT_THAT(status, HasReason(absl::StatusCode::kInvalidArgument, "QUESTION_SET_TITLE_MISMATCH"));
  EXPECT_THAT(status, HasMetadata("title", "The first one"));
  EXPECT_THAT(status, HasMetadata("catalogue_title", "One"));
  EXPECT_THAT(std::string(status.message()),
              ::testing::HasSubstr("confirm with \"catalogue_title\": \"One\""));
}

TEST(FindMisfitsTest, NamesEveryDocumentThatDoesNotFitOnce) {
  ModelTwoJson two = MakeModelTwo();
  two.catalogue["controls"][1]["title"] = "Renamed";
  two.catalogue["profiles"][0]["id"] = "lowest";
  for (json& control : two.catalogue["controls"]) {
    if (control["profiles"][0] == "low") control["profiles"][0] = "lowest";
  }
  const auto documents = ParseAll(two);
  ASSERT_THAT(documents, IsOk());
  const std::vector<Misfit> misfits = FindMisfits(*documents);
  ASSERT_THAT(misfits, ::testing::SizeIs(2));
  EXPECT_EQ(misfits[0].name.id, "q");
  EXPECT_EQ(misfits[1].name.id, "r");
}

// Keys of model version 2 in files that call themselves version 1.
TEST(ModelOneTest, RefusesEveryKeyOfModelTwo) {
  const auto refused = [](DocumentKind kind, const std::string& pointer, json value,
                          const std::string& path) {
    ShippedJson shipped = LoadShipped(ASSAY_TEST_DATA);
    json& document = shipped.of(kind);
    document[json::json_pointer(pointer)] = std::move(value);
    EXPECT_THAT(ParseDocument("dcc", kind, "f.json", document.dump()), HasMetadata("path", path))
        << pointer;
  };
  for (const char* key : {"scales", "default_scale", "items", "derivation", "fail_on_not_met",
                          "outcomes", "requirements", "score_base", "review_reasons", "validity"}) {
    refused(DocumentKind::kRuleSet, std::string("/") + key, json::array(), key);
  }
  for (const char* key : {"threshold_percent", "item_shortfall_at_most"}) {
    refused(DocumentKind::kRuleSet, std::string("/objectives/0/") + key, 1,
            std::string("objectives[0].") + key);
  }
  refused(DocumentKind::kCatalogue, "/frame", true, "frame");
  refused(DocumentKind::kCatalogue, "/controls/2/certificate_kinds",
          {"CYBER_ESSENTIALS", "CYBER_ESSENTIALS_PLUS"}, "controls[2].certificate_kinds");
  refused(DocumentKind::kCatalogue, "/controls/2/certificate_kind", "CYBER_BASELINE",
          "controls[2].certificate_kind");
  refused(DocumentKind::kQuestionSet, "/controls/0/catalogue_title", "x",
          "controls[0].catalogue_title");
  refused(DocumentKind::kQuestionSet, "/questions/0/indicator", "met", "questions[0].indicator");
}

}  // namespace
}  // namespace assay::catalogue
