#include "services/scoring/engine/record.h"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "services/scoring/engine/testing/dcc_shape.h"
#include "services/scoring/engine/testing/random_record.h"
#include "services/scoring/engine/testing/random_scheme.h"
#include "services/scoring/engine/validate.h"

namespace assay::scoring {
namespace {

// Controls x (scale of three, gate x.1 and question x.2), y (scale of two) and z (scale of six).
SchemeDefinition ThreeScales() {
  SchemeDefinition scheme;
  scheme.profiles = {"P", "Q"};
  scheme.objectives = {{"A", "Objective"}};
  scheme.controls = {{"x", "A", "X", {"P"}, {}},
                     {"y", "A", "Y", {"P"}, {}},
                     {"z", "A", "Z", {"P"}, {}},
                     {"elsewhere", "A", "", {"Q"}, {}}};
  scheme.questions = {{"x.1", "x", {"P"}, QuestionKind::kGate, false, std::nullopt, {"yes", "no"}},
                      {"x.2", "x", {"P"}},
                      {"y.1", "y", {"P"}}};
  scheme.rules.scales = {{"two", {{"pass", 1}, {"fail", 0}}},
                         {"three", {{"met", 2}, {"partially_met", 1}, {"not_met", 0}}},
                         {"six", {{"a", 5}, {"b", 4}, {"c", 3}, {"d", 2}, {"e", 1}, {"f", 0}}}};
  scheme.rules.default_scale = "three";
  scheme.rules.items = {{"y", "two", true}, {"z", "six", true}};
  scheme.rules.objectives = {{"A", true, false}};
  scheme.rules.thresholds = {{"P", 50}, {"Q", 50}};
  scheme.rules.outcomes = {{"all", OutcomeKind::kRated, "All", {}}};
  scheme.rules.texts = {"Incomplete", ", "};
  return scheme;
}

PhaseFinding OfStatus(Status status) { return {.status = status, .questions = {}, .mark = ""}; }
PhaseFinding OfMark(std::string mark) {
  return {.status = std::nullopt, .questions = {}, .mark = std::move(mark)};
}
PhaseFinding OfQuestions(std::vector<QuestionOutcome> questions) {
  return {.status = std::nullopt, .questions = std::move(questions), .mark = ""};
}

class RecordTest : public ::testing::Test {
 protected:
  static AssessmentInput With(std::string control, PhaseFinding theoretical,
                              PhaseFinding practical = {}) {
    AssessmentInput input;
    ControlInput& added = input.controls.emplace_back();
    added.control = std::move(control);
    added.theoretical = std::move(theoretical);
    added.practical = std::move(practical);
    return input;
  }
  Record RecordOf(const AssessmentInput& input) const { return ToRecord(profile_, input); }

  const CompiledProfile profile_ = MustCompile(ThreeScales(), "P");
};

TEST_F(RecordTest, EveryWayOfSayingNothingIsTheSame) {
  const Record nothing = RecordOf({});
  EXPECT_EQ(nothing.controls, std::vector<ControlRecord>(3));
  EXPECT_TRUE(nothing.theoretical_questions.empty());
  EXPECT_TRUE(nothing.practical_questions.empty());
  EXPECT_EQ(RecordOf(With("x", {})), nothing);
  EXPECT_EQ(RecordOf(With("x", OfQuestions({{"x.1"}, {"x.2"}}))), nothing);
  EXPECT_EQ(RecordOf(With("x", {}, OfQuestions({{"x.2", Outcome::kUnanswered, "text"}}))), nothing);
  AssessmentInput texts = With("x", {});
  texts.controls[0].has_adjustment_reason = true;
  texts.controls[0].has_override_reasoning = true;
  texts.controls[0].has_not_applicable_justification = true;
  EXPECT_EQ(RecordOf(texts), nothing);
}

TEST_F(RecordTest, MarksByStatusAndById) {
  struct Case {
    std::string control;
    PhaseFinding finding;
    uint8_t mark;
  };
  const Case cases[] = {
      {"y", OfStatus(Status::kMet), 1},
      {"y", OfStatus(Status::kPartiallyMet), 0},
      {"y", OfStatus(Status::kNotMet), 2},
      {"y", OfMark("pass"), 1},
      {"y", OfMark("fail"), 2},
      {"y", OfMark("met"), 0},
      {"x", OfStatus(Status::kMet), 1},
      {"x", OfStatus(Status::kPartiallyMet), 2},
      {"x", OfStatus(Status::kNotMet), 3},
      {"x", OfMark("partially_met"), 2},
      {"z", OfStatus(Status::kMet), 1},
      {"z", OfStatus(Status::kPartiallyMet), 0},
      {"z", OfStatus(Status::kNotMet), 6},
      {"z", OfMark("c"), 3},
      {"z", OfMark("f"), 6},
      {"z", OfMark(""), 0},
      {"z", OfStatus(Status{9}), 0},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.control + " " + c.finding.mark);
    const uint32_t control = profile_.FindControl(c.control).index;
    EXPECT_EQ(MarkOf(profile_, control, c.finding), c.mark);
    EXPECT_EQ(RecordOf(With(c.control, c.finding)).controls[control].theoretical, c.mark);
    EXPECT_EQ(RecordOf(With(c.control, {}, c.finding)).controls[control].practical, c.mark);
  }
}

TEST_F(RecordTest, QuestionsStandAtTheirIndexInTheirPhase) {
  const Record record = RecordOf(With(
      "x", OfQuestions({{"x.2", Outcome::kDoesNotMeet}}),
      OfQuestions({{"x.2", Outcome::kMeets, "free text"}, {"x.1", Outcome::kUnanswered, "no"}})));
  EXPECT_EQ(record.theoretical_questions,
            (std::vector<QuestionRecord>{{}, {Outcome::kDoesNotMeet, 0}, {}}));
  EXPECT_EQ(record.practical_questions,
            (std::vector<QuestionRecord>{{Outcome::kUnanswered, 2}, {Outcome::kMeets, 0}, {}}));
}

TEST_F(RecordTest, PassesOverWhatIsNotOfTheControlOrTheGate) {
  EXPECT_TRUE(QuestionsOf(profile_, 0, OfQuestions({{"y.1", Outcome::kMeets}})).empty());
  EXPECT_TRUE(QuestionsOf(profile_, 0, OfQuestions({{"no.1", Outcome::kMeets}})).empty());
  EXPECT_TRUE(QuestionsOf(profile_, 0, OfQuestions({{"x.1", {}, "maybe"}})).empty());
  EXPECT_EQ(RecordOf(With("elsewhere", OfStatus(Status::kMet))), RecordOf({}));
}

TEST_F(RecordTest, KeepsAdjustmentFlagsModeAndDate) {
  AssessmentInput input = With("y", OfMark("pass"));
  input.mode = Mode::kProvisional;
  input.as_of = kAsOf;
  input.certificates = {ValidCertificate("KIND")};
  Adjust(input.controls[0], -1);
  MarkOverridden(input.controls[0]);
  input.overturned_controls = {"y", "z"};
  const Record record = RecordOf(input);
  EXPECT_EQ(record.mode, Mode::kProvisional);
  EXPECT_EQ(record.as_of, kAsOf);
  EXPECT_EQ(record.certificates, input.certificates);
  EXPECT_EQ(record.controls[1], (ControlRecord{1, 0, -1, kOverriddenFlag | kOverturnedFlag}));
  EXPECT_EQ(record.controls[2].flags, kOverturnedFlag);
  input.controls[0].overridden = false;
  MarkNotApplicable(input.controls[0]);
  EXPECT_EQ(RecordOf(input).controls[1].flags, kNotApplicableFlag | kOverturnedFlag);
}

// Also the contract of the random records that other tests start from.
TEST_F(RecordTest, InputsAndRecordsSayTheSameAtRandom) {
  for (uint64_t seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    const SchemeDefinition scheme = RandomScheme(random);
    for (const std::string& id : scheme.profiles) {
      const CompiledProfile profile = MustCompile(scheme, id);
      const Record record = RandomRecord(profile, random);
      AssessmentInput input = ToInput(profile, record);
      ASSERT_TRUE(Validate(profile, input).empty()) << Validate(profile, input)[0].detail;
      ASSERT_EQ(ToRecord(profile, input), record);
      std::reverse(input.controls.begin(), input.controls.end());
      ASSERT_EQ(ToRecord(profile, input), record);
    }
  }
}

}  // namespace
}  // namespace assay::scoring
