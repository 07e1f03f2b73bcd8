// Properties that no scoring by these rules can lack, each over random assessments: what a change
// of the input or of the scheme may do to the verdict, without saying what the verdict is.
//
// "Hurts" means: another outcome, further down the rule set's list. Where N/A may do either, both
// are shown by example, with numbers from the scheme notes.

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "services/scoring/engine/canonical.h"
#include "services/scoring/engine/testing/random_record.h"
#include "services/scoring/engine/testing/random_scheme.h"
#include "services/scoring/engine/validate.h"
#include "services/scoring/proof/agree.h"

namespace assay::scoring {
namespace {

constexpr uint64_t kSchemes = 250;
constexpr int kRecords = 40;
// Of properties that compile another scheme for each of them.
constexpr int kFewRecords = 3;

// A scheme with its profile and a record, from a seed.
struct Sample {
  const SchemeDefinition& scheme;
  const CompiledProfile& profile;
  const Record& record;
  Random& random;
};

// Calls `check` for random records of random schemes; every fifth scheme has the real shape.
// `check` says whether the property had something to say about the sample; it must, sometimes.
void ForEverySample(const std::function<bool(const Sample&)>& check, int records = kRecords) {
  int applied = 0;
  for (uint64_t seed = 0; seed < kSchemes && !::testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    SchemeDefinition scheme = RandomScheme(random);
    if (seed % 5 == 0) {
      scheme = DccScheme();
      AddRandomQuestions(scheme, random, 30);
    }
    const CompiledProfile profile = MustCompile(scheme, random.OneOf(scheme.profiles));
    for (int i = 0; i < records && !::testing::Test::HasFailure(); ++i) {
      const Record record = RandomRecord(profile, random);
      applied += check({scheme, profile, record, random}) ? 1 : 0;
    }
  }
  EXPECT_GT(applied, 100);
}

template <typename T>
void Shuffle(Random& random, std::vector<T>& values) {
  for (size_t i = values.size(); i > 1; --i) {
    std::swap(values[i - 1], values[random.Below(i)]);
  }
}

std::string BytesOf(const CompiledProfile& profile, const Record& record) {
  return CanonicalResultBytes(profile, record, Evaluate(profile, record), {});
}

// The place of the outcome in the rule set's list; INCOMPLETE has none.
int32_t RankOf(const CompiledProfile& profile, const Record& record) {
  return Evaluate(profile, record).verdict.rule;
}

// Not worse than `before`, or one of the two is incomplete, which is neither better nor worse.
void ExpectNotHurt(const Sample& sample, const Record& changed) {
  const int32_t before = RankOf(sample.profile, sample.record);
  const int32_t after = RankOf(sample.profile, changed);
  if (before != kNoOutcomeRule && after != kNoOutcomeRule) {
    EXPECT_LE(after, before);
  }
}

TEST(MetamorphicTest, TheOrderOfControlsQuestionsAndCertificatesNeverMatters) {
  ForEverySample([](const Sample& sample) {
    AssessmentInput input = ToInput(sample.profile, sample.record);
    Shuffle(sample.random, input.controls);
    Shuffle(sample.random, input.certificates);
    Shuffle(sample.random, input.overturned_controls);
    for (ControlInput& control : input.controls) {
      Shuffle(sample.random, control.theoretical.questions);
      Shuffle(sample.random, control.practical.questions);
    }
    EXPECT_EQ(BytesOf(sample.profile, ToRecord(sample.profile, input)),
              BytesOf(sample.profile, sample.record));
    return true;
  });
}

// Partial to Met among them. An adjustment is left out where a better mark could make it one that
// is refused.
TEST(MetamorphicTest, ABetterMarkNeverHurts) {
  ForEverySample([](const Sample& sample) {
    const uint32_t control =
        sample.random.Below(std::max<size_t>(1, sample.record.controls.size()));
    if (control >= sample.record.controls.size()) {
      return false;
    }
    Record changed = sample.record;
    ControlRecord& recorded = changed.controls[control];
    uint8_t& mark = recorded.practical > 1 ? recorded.practical : recorded.theoretical;
    const bool clamps = sample.profile.rules().adjustment_clamp == AdjustmentClamp::kOn;
    if (mark <= 1 || (recorded.adjustment != 0 && !clamps)) {
      return false;
    }
    mark = static_cast<uint8_t>(1 + sample.random.Below(mark - 1u));
    ExpectNotHurt(sample, changed);
    return true;
  });
}

TEST(MetamorphicTest, AQuestionThatMeetsAfterAllNeverHurts) {
  ForEverySample([](const Sample& sample) {
    Record changed = sample.record;
    std::vector<QuestionRecord>& questions =
        sample.random.Chance(50) ? changed.theoretical_questions : changed.practical_questions;
    if (questions.empty() || sample.profile.rules().adjustment_clamp == AdjustmentClamp::kRefuse) {
      return false;
    }
    QuestionRecord& question = questions[sample.random.Below(questions.size())];
    if (question.outcome != Outcome::kDoesNotMeet) {
      return false;
    }
    question.outcome = Outcome::kMeets;
    ExpectNotHurt(sample, changed);
    return true;
  });
}

// An honoured override counts as the best mark, whatever is found beneath it.
TEST(MetamorphicTest, AnOverrideDominates) {
  ForEverySample([](const Sample& sample) {
    const CompiledProfile& profile = sample.profile;
    if (sample.record.controls.empty() || profile.rules().overrides == OverrideRule::kIgnored) {
      return false;
    }
    const uint32_t control = sample.random.Below(sample.record.controls.size());
    Record overridden = sample.record;
    if ((overridden.controls[control].flags & (kNotApplicableFlag | kOverturnedFlag)) != 0) {
      return false;
    }
    overridden.controls[control].flags |= kOverriddenFlag;
    ExpectNotHurt(sample, overridden);
    Record beneath = overridden;
    ControlRecord& recorded = beneath.controls[control];
    recorded.theoretical = recorded.practical = 0;
    if (profile.controls()[control].question_count == 0) {
      recorded.practical =
          static_cast<uint8_t>(sample.random.Below(profile.ScaleOf(control).marks.size() + 1));
    }
    recorded.adjustment = 0;
    const Evaluation before = Evaluate(profile, overridden);
    const Evaluation after = Evaluate(profile, beneath);
    EXPECT_EQ(before.controls[control].points, profile.ScaleOf(control).maximum());
    EXPECT_EQ(after.controls[control].points, profile.ScaleOf(control).maximum());
    EXPECT_EQ(before.verdict.rule, after.verdict.rule);
    EXPECT_EQ(before.verdict.result, after.verdict.result);
    return true;
  });
}

// Controls of no profile, or of another, with rules of their own, anywhere in the catalogue.
TEST(MetamorphicTest, AControlOutsideTheProfileChangesNoVerdict) {
  ForEverySample(
      [](const Sample& sample) {
        SchemeDefinition larger = sample.scheme;
        larger.profiles.push_back("another");
        larger.rules.thresholds.push_back({"another", 100});
        for (int i = 0; i < 3; ++i) {
          ControlDefinition control;
          control.id = "outside" + std::to_string(i);
          control.objective = sample.random.OneOf(larger.objectives).id;
          control.certificate_kinds = {"OUTSIDE"};
          if (i > 0) {
            control.profiles = {"another"};
          }
          const auto at =
              static_cast<std::ptrdiff_t>(sample.random.Below(larger.controls.size() + 1));
          larger.controls.insert(larger.controls.begin() + at, control);
        }
        larger.questions.insert(larger.questions.begin(), {"outside1.1", "outside1", {"another"}});
        larger.questions.front().indicator = Indicator::kNotMet;
        const std::string worst = larger.rules.default_scale;
        larger.rules.items.push_back({"outside1", worst, true});
        larger.rules.outcomes.front().when.full_marks.push_back("outside1");
        if (larger.rules.outcomes.size() == 1) {
          larger.rules.outcomes.front().when.full_marks.clear();
        }
        const CompileResult compiled = Compile(larger, sample.profile.id());
        if (!compiled.profile.has_value()) {
          return false;  // Questions are refused where the default scale has more than three marks.
        }
        EXPECT_EQ(BytesOf(*compiled.profile, sample.record),
                  BytesOf(sample.profile, sample.record));
        return true;
      },
      kFewRecords);
}

TEST(MetamorphicTest, AProvisionalVerdictThatIsNotIncompleteIsTheFinalOne) {
  ForEverySample([](const Sample& sample) {
    Record provisional = sample.record;
    provisional.mode = Mode::kProvisional;
    Record final_one = sample.record;
    final_one.mode = Mode::kFinal;
    const Verdict before = Evaluate(sample.profile, provisional).verdict;
    const Verdict after = Evaluate(sample.profile, final_one).verdict;
    if (before.outcome == VerdictOutcome::kIncomplete) {
      return false;
    }
    EXPECT_EQ(before.rule, after.rule);
    EXPECT_EQ(before.result, after.result);
    EXPECT_EQ(before.points, after.points);
    return true;
  });
}

TEST(MetamorphicTest, AHigherThresholdNeverHelps) {
  ForEverySample(
      [](const Sample& sample) {
        SchemeDefinition stricter = sample.scheme;
        for (ProfileThreshold& threshold : stricter.rules.thresholds) {
          threshold.percent = std::min(100, threshold.percent + sample.random.Between(1, 30));
        }
        const CompiledProfile profile = MustCompile(stricter, sample.profile.id());
        EXPECT_GE(RankOf(profile, sample.record), RankOf(sample.profile, sample.record));
        return true;
      },
      kFewRecords);
}

// Every number of points in the scheme three times as large: nothing but the numbers changes. An
// adjustment stays one point, so there must be none.
TEST(MetamorphicTest, TheUnitOfPointsDoesNotMatter) {
  constexpr int32_t kFactor = 3;
  const auto scale = [](std::optional<int32_t>& number) {
    if (number.has_value()) {
      *number *= kFactor;
    }
  };
  ForEverySample(
      [&](const Sample& sample) {
        SchemeDefinition larger = sample.scheme;
        for (Scale& of : larger.rules.scales) {
          for (Mark& mark : of.marks) {
            mark.points *= kFactor;
            if (mark.points > kMaxPoints) {
              return false;
            }
          }
        }
        for (ObjectiveRule& rule : larger.rules.objectives) {
          scale(rule.item_shortfall_at_most);
        }
        for (OutcomeRule& outcome : larger.rules.outcomes) {
          scale(outcome.when.points_at_least);
          scale(outcome.when.shortfall_at_most);
          scale(outcome.when.item_shortfall_at_most);
          for (ItemShortfall& exception : outcome.when.item_shortfall_exceptions) {
            exception.at_most *= kFactor;
          }
        }
        Record record = sample.record;
        for (ControlRecord& control : record.controls) {
          control.adjustment = 0;
        }
        const Verdict before = Evaluate(sample.profile, record).verdict;
        const Verdict after = Evaluate(MustCompile(larger, sample.profile.id()), record).verdict;
        EXPECT_EQ(after.rule, before.rule);
        EXPECT_EQ(after.points, kFactor * before.points);
        EXPECT_EQ(after.failed_objectives, before.failed_objectives);
        return true;
      },
      kFewRecords);
}

// What triggers a review are the recorded inputs: no option of the rule set hides one.
TEST(MetamorphicTest, TriggersDoNotDependOnTheOptions) {
  ForEverySample(
      [](const Sample& sample) {
        SchemeDefinition other = sample.scheme;
        other.rules.options = RandomOptions(sample.random);
        const CompiledProfile profile = MustCompile(other, sample.profile.id());
        const std::vector<ReviewTrigger> triggers =
            Evaluate(sample.profile, sample.record).triggers;
        EXPECT_EQ(Evaluate(profile, sample.record).triggers, triggers);
        return !triggers.empty();
      },
      kFewRecords);
}

// --- N/A: the two ways ---------------------------------------------------------------------------

// Level 1 objective D, four controls at 80 %: statuses in its order, and which of them are N/A.
std::string VerdictOfD(const std::vector<Status>& statuses, const std::vector<uint32_t>& not_used) {
  const CompiledProfile profile = MustCompile(DccScheme(), "L1");
  AssessmentInput input = AllMet(profile);
  for (uint32_t i = 0; i < statuses.size(); ++i) {
    InputAt(input, profile, "D", i).theoretical.status = statuses[i];
  }
  for (const uint32_t i : not_used) {
    MarkNotApplicable(InputAt(input, profile, "D", i));
  }
  EXPECT_TRUE(Validate(profile, input).empty());
  return Evaluate(profile, input).verdict.result;
}

TEST(MetamorphicTest, NotApplicableMayHurt) {
  const std::vector<Status> statuses = {Status::kMet, Status::kMet, Status::kPartiallyMet,
                                        Status::kMet};
  EXPECT_EQ(VerdictOfD(statuses, {3}), "Passed");                        // 5 of 6
  EXPECT_EQ(VerdictOfD(statuses, {3, 1}), "Failed on objective(s): D");  // 3 of 4
}

TEST(MetamorphicTest, NotApplicableMayHelp) {
  const std::vector<Status> statuses = {Status::kMet, Status::kMet, Status::kPartiallyMet,
                                        Status::kPartiallyMet};
  EXPECT_EQ(VerdictOfD(statuses, {}), "Failed on objective(s): D");  // 6 of 8
  EXPECT_EQ(VerdictOfD(statuses, {3}), "Passed");                    // 5 of 6
}

// The random assessments hold both too, so neither is an accident of the example.
TEST(MetamorphicTest, NotApplicableHurtsAndHelpsAtRandom) {
  int hurt = 0;
  int helped = 0;
  ForEverySample([&](const Sample& sample) {
    const size_t control = sample.random.Below(std::max<size_t>(1, sample.record.controls.size()));
    if (control >= sample.record.controls.size() || sample.record.controls[control].flags != 0) {
      return false;
    }
    Record changed = sample.record;
    changed.controls[control].flags = kNotApplicableFlag;
    MakeValid(sample.profile, static_cast<uint32_t>(control), changed);
    const int32_t before = RankOf(sample.profile, sample.record);
    const int32_t after = RankOf(sample.profile, changed);
    if (before != kNoOutcomeRule && after != kNoOutcomeRule) {
      hurt += after > before ? 1 : 0;
      helped += after < before ? 1 : 0;
    }
    return true;
  });
  EXPECT_GT(hurt, 0);
  EXPECT_GT(helped, 0);
}

}  // namespace
}  // namespace assay::scoring
