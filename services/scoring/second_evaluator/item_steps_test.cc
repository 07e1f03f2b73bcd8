// Section 3 of RULE_MODEL.md, from a mark to points that count, with values worked by hand from its
// text.

#include <vector>

#include <gtest/gtest.h>

#include "services/scoring/second_evaluator/item.h"
#include "services/scoring/second_evaluator/test_item.h"

namespace assay::scoring::second {
namespace {

TEST(BlankTest, FinalCountsItAsNotMetUnlessTheOptionLeavesItOpen) {
  TestScheme scheme = OneControl();
  Record record = scheme.NewRecord();
  EXPECT_EQ(ScoreFirst(scheme, record), kItemNotMet);
  scheme.options().blank = BlankRule::kIncomplete;
  EXPECT_EQ(ScoreFirst(scheme, record), kItemBlank);
}

TEST(BlankTest, ProvisionalLeavesItOpenWithMinimumPoints) {
  TestScheme scheme = OneControl();
  UseScale(scheme, {{"yes", 5}, {"no", 2}});
  Record record = scheme.NewRecord();
  record.mode = Mode::kProvisional;
  EXPECT_EQ(ScoreFirst(scheme, record), (ItemResult{State::kBlank, true, 2, 5}));
}

TEST(OpenQuestionTest, OnlyInModeProvisional) {
  TestScheme scheme = TwoQuestions();
  scheme.options().blank = BlankRule::kIncomplete;
  EXPECT_EQ(Answered(scheme, {kMeets, kNone}), kItemPartial);
  EXPECT_EQ(Answered(scheme, {kMeets, kNone}, Mode::kProvisional),
            (ItemResult{State::kPartiallyMet, true, 1, 2}));
}

struct AdjustmentCase {
  const char* name;
  uint8_t mark;
  int8_t adjustment;
  ItemResult expected;
};

TEST(AdjustmentTest, AddsAndIsHeldWithinTheScale) {
  const TestScheme scheme = OneControl();
  const AdjustmentCase cases[] = {
      {"not met up", kNotMetMark, 1, kItemPartial},
      {"partial up", kPartialMark, 1, kItemMet},
      {"met up", kMetMark, 1, kItemMet},
      {"met down", kMetMark, -1, kItemPartial},
      {"partial down", kPartialMark, -1, kItemNotMet},
      {"not met down", kNotMetMark, -1, kItemNotMet},
  };
  for (const AdjustmentCase& c : cases) {
    Record record = Marked(scheme, {c.mark});
    record.controls[0].adjustment = c.adjustment;
    EXPECT_EQ(ScoreFirst(scheme, record), c.expected) << c.name;
  }
}

TEST(AdjustmentTest, StateFollowsPointsAfterwards) {
  TestScheme scheme = OneControl();
  UseScale(scheme, {{"a", 10}, {"b", 9}, {"c", 4}});
  Record record = Marked(scheme, {2});
  record.controls[0].adjustment = 1;
  EXPECT_EQ(ScoreFirst(scheme, record), (ItemResult{State::kMet, false, 10, 10}));
  record.controls[0].theoretical = 3;
  EXPECT_EQ(ScoreFirst(scheme, record), (ItemResult{State::kPartiallyMet, false, 5, 10}));
}

TEST(AdjustmentTest, OnABlankOnlyWhereItCountsAndTheOptionAllows) {
  TestScheme scheme = OneControl();
  Record record = scheme.NewRecord();
  record.controls[0].adjustment = 1;
  EXPECT_EQ(ScoreFirst(scheme, record), kItemNotMet);
  scheme.options().adjust_blank = AdjustBlank::kAllow;
  EXPECT_EQ(ScoreFirst(scheme, record), kItemPartial);
  record.mode = Mode::kProvisional;
  EXPECT_EQ(ScoreFirst(scheme, record), kItemBlank);
}

TEST(AdjustmentTest, ItemOpenByAQuestionIsAdjustedAndStaysOpen) {
  const TestScheme scheme = TwoQuestions();
  Record record = scheme.NewRecord();
  record.mode = Mode::kProvisional;
  record.theoretical_questions = {kMeets, kNone};
  record.controls[0].adjustment = 1;
  EXPECT_EQ(ScoreFirst(scheme, record), (ItemResult{State::kMet, true, 2, 2}));
}

constexpr EpochDay kAsOf = 1000;

Certificate StandingCertificate() {
  return {"CYBER_ESSENTIALS", kAsOf, kAsOf, std::nullopt, ScopeVerdict::kCovers, ""};
}

TestScheme Certified() {
  TestScheme scheme = OneControl();
  scheme.definition.controls[0].certificate_kinds = {"CYBER_ESSENTIALS", "BASELINE"};
  return scheme;
}

ItemResult WithCertificates(const TestScheme& scheme,
                            const std::vector<Certificate>& certificates) {
  Record record = Marked(scheme, {kMetMark});
  record.as_of = kAsOf;
  record.certificates = certificates;
  return ScoreFirst(scheme, record);
}

TEST(CertificateTest, StandsOnItsFirstAndLastDay) {
  EXPECT_EQ(WithCertificates(Certified(), {StandingCertificate()}), kItemMet);
}

TEST(CertificateTest, AnyKindNamedWillDo) {
  Certificate certificate = StandingCertificate();
  certificate.kind = "BASELINE";
  EXPECT_EQ(WithCertificates(Certified(), {certificate}), kItemMet);
}

TEST(CertificateTest, DoesNotStand) {
  std::vector<Certificate> bad(6, StandingCertificate());
  bad[0].kind = "CYBER_ESSENTIALS_PLUS";
  bad[1].issued_on = bad[1].expires_on = kAsOf + 1;
  bad[2].issued_on = bad[2].expires_on = kAsOf - 1;
  bad[3].revoked_on = kAsOf;
  bad[4].scope = ScopeVerdict::kNotJudged;
  bad[5].scope = ScopeVerdict::kDoesNotCover;
  for (size_t k = 0; k < bad.size(); ++k) {
    EXPECT_EQ(WithCertificates(Certified(), {bad[k]}), kItemNotMet) << k;
  }
  EXPECT_EQ(WithCertificates(Certified(), {}), kItemNotMet);
  EXPECT_EQ(WithCertificates(Certified(), bad), kItemNotMet);
  bad.push_back(StandingCertificate());
  EXPECT_EQ(WithCertificates(Certified(), bad), kItemMet);
}

TEST(CertificateTest, RevokedLaterStillStands) {
  Certificate certificate = StandingCertificate();
  certificate.revoked_on = kAsOf + 1;
  EXPECT_EQ(WithCertificates(Certified(), {certificate}), kItemMet);
}

TEST(CertificateTest, IsOnlyRecordedUnderTheOption) {
  TestScheme scheme = Certified();
  scheme.options().anchor_certificate = AnchorCertificate::kRecord;
  EXPECT_EQ(WithCertificates(scheme, {}), kItemMet);
}

TEST(CertificateTest, ComesAfterAdjustmentAndBeforeOverride) {
  const TestScheme scheme = Certified();
  Record record = Marked(scheme, {kNotMetMark});
  record.controls[0].adjustment = 1;
  EXPECT_EQ(ScoreFirst(scheme, record), kItemNotMet);
  record.controls[0].flags = kOverriddenFlag;
  EXPECT_EQ(ScoreFirst(scheme, record), kItemMet);
}

TEST(CertificateTest, DoesNotTouchAnOpenBlank) {
  const TestScheme scheme = Certified();
  Record record = scheme.NewRecord();
  record.mode = Mode::kProvisional;
  EXPECT_EQ(ScoreFirst(scheme, record), kItemBlank);
}

TEST(CertificateTest, TakesThePointsOfAnItemWithAnOpenQuestion) {
  TestScheme scheme = Certified();
  scheme.AddQuestion("A1.1");
  scheme.AddQuestion("A1.2");
  EXPECT_EQ(Answered(scheme, {kMeets, kNone}, Mode::kProvisional),
            (ItemResult{State::kNotMet, true, 0, 2}));
}

TEST(OverrideTest, IsMetWhateverStoodBefore) {
  const TestScheme scheme = OneControl();
  Record record = scheme.NewRecord();
  record.controls[0].flags = kOverriddenFlag;
  EXPECT_EQ(ScoreFirst(scheme, record), kItemMet);
  record.mode = Mode::kProvisional;
  EXPECT_EQ(ScoreFirst(scheme, record), kItemMet);
  record.controls[0].theoretical = kNotMetMark;
  record.controls[0].adjustment = -1;
  EXPECT_EQ(ScoreFirst(scheme, record), kItemMet);
}

TEST(OverrideTest, IgnoredUnderTheOptionAndThenABlankIsBlank) {
  TestScheme scheme = OneControl();
  scheme.options().overrides = OverrideRule::kIgnored;
  Record record = Marked(scheme, {kPartialMark});
  record.controls[0].flags = kOverriddenFlag;
  EXPECT_EQ(ScoreFirst(scheme, record), kItemPartial);
  record.controls[0].theoretical = 0;
  record.mode = Mode::kProvisional;
  EXPECT_EQ(ScoreFirst(scheme, record), kItemBlank);
}

TEST(NotApplicableTest, LeavesTheScoredSetAndIsNotOpen) {
  const TestScheme scheme = TwoQuestions();
  Record record = scheme.NewRecord();
  record.mode = Mode::kProvisional;
  record.controls[0].flags = kNotApplicableFlag;
  EXPECT_EQ(ScoreFirst(scheme, record), kItemNotApplicable);
  record.theoretical_questions = {kMeets, kNone};
  EXPECT_EQ(ScoreFirst(scheme, record), kItemNotApplicable);
}

TEST(OverturnTest, RevealsWhatWasRecordedUnderneath) {
  const TestScheme scheme = OneControl();
  for (const uint8_t flag : {kOverriddenFlag, kNotApplicableFlag}) {
    Record record = Marked(scheme, {kPartialMark});
    record.controls[0].flags = flag | kOverturnedFlag;
    EXPECT_EQ(ScoreFirst(scheme, record), kItemPartial);
    record.controls[0].theoretical = 0;
    EXPECT_EQ(ScoreFirst(scheme, record), kItemNotMet);
    record.mode = Mode::kProvisional;
    EXPECT_EQ(ScoreFirst(scheme, record), kItemBlank);
  }
}

TEST(OverturnTest, QuestionNotApplicableCountsAsWithoutOutcome) {
  const TestScheme scheme = TwoQuestions();
  Record record = scheme.NewRecord();
  record.theoretical_questions = {kNotApplicableQuestion, kMeets};
  record.controls[0].flags = kOverturnedFlag;
  EXPECT_EQ(ScoreFirst(scheme, record), kItemPartial);
  record.mode = Mode::kProvisional;
  EXPECT_EQ(ScoreFirst(scheme, record), (ItemResult{State::kPartiallyMet, true, 1, 2}));
}

TEST(OverturnTest, GateNotApplicableNoLongerOpensItsQuestion) {
  const TestScheme scheme = GateAndTwo(false);
  Record record = scheme.NewRecord();
  record.theoretical_questions = {kNotApplicableQuestion, kMeets, kFails};
  EXPECT_EQ(ScoreFirst(scheme, record), kItemPartial);
  record.controls[0].flags = kOverturnedFlag;
  EXPECT_EQ(ScoreFirst(scheme, record), kItemNotMet);
}

TEST(OverturnTest, PhaseStaysEvenWhereNothingIsLeftOfIt) {
  TestScheme scheme = TwoQuestions();
  scheme.options().blank = BlankRule::kIncomplete;
  Record record = scheme.NewRecord();
  record.theoretical_questions = {kMeets, kMeets};
  record.practical_questions = {kNotApplicableQuestion, kNone};
  record.controls[0].flags = kOverturnedFlag;
  EXPECT_EQ(ScoreFirst(scheme, record), kItemBlank);
}

TEST(OverturnTest, DropsAnAdjustmentThatWouldBeRefused) {
  TestScheme scheme = TwoQuestions();
  scheme.options().adjustment_clamp = AdjustmentClamp::kRefuse;
  Record record = scheme.NewRecord();
  record.controls[0].adjustment = -1;
  record.theoretical_questions = {kNotApplicableQuestion, kFails};
  EXPECT_EQ(ScoreFirst(scheme, record), kItemNotMet);  // 1 - 1.
  record.controls[0].flags = kOverturnedFlag;
  EXPECT_EQ(ScoreFirst(scheme, record), kItemNotMet);  // 0 - 1 would lead outside.
  record.controls[0].adjustment = 1;
  EXPECT_EQ(ScoreFirst(scheme, record), kItemPartial);
  record.theoretical_questions = {kNotApplicableQuestion, kNone};
  EXPECT_EQ(ScoreFirst(scheme, record), kItemNotMet);  // Blank now; adjust_blank refuses.
  scheme.options().adjust_blank = AdjustBlank::kAllow;
  EXPECT_EQ(ScoreFirst(scheme, record), kItemPartial);
}

}  // namespace
}  // namespace assay::scoring::second
