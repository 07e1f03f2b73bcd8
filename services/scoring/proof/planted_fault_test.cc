// That the comparison of the two evaluators, over the inputs of this proof, would see an error: a
// fault is planted in one of them, and must be caught.

#include <functional>
#include <string_view>

#include <gtest/gtest.h>

#include "services/scoring/engine/testing/random_record.h"
#include "services/scoring/engine/testing/random_scheme.h"
#include "services/scoring/proof/agree.h"

namespace assay::scoring {
namespace {

// What an evaluator with the fault would have said; false where the fault shows nothing.
using Fault = std::function<bool(const CompiledProfile&, Evaluation&)>;

struct FaultCase {
  std::string_view name;
  Fault fault;
};

// The first control in the state, or null.
ControlResult* FirstIn(Evaluation& evaluation, ControlState state) {
  for (ControlResult& control : evaluation.controls) {
    if (control.state == state) {
      return &control;
    }
  }
  return nullptr;
}

const FaultCase kFaults[] = {
    {"a control Met that is Partially Met",
     [](const CompiledProfile&, Evaluation& out) {
       ControlResult* const control = FirstIn(out, ControlState::kPartiallyMet);
       if (control != nullptr) {
         control->state = ControlState::kMet;
       }
       return control != nullptr;
     }},
    {"a point too many",
     [](const CompiledProfile&, Evaluation& out) {
       ControlResult* const control = FirstIn(out, ControlState::kNotMet);
       if (control != nullptr) {
         ++control->points;
       }
       return control != nullptr;
     }},
    {"N/A in the maximum",
     [](const CompiledProfile&, Evaluation& out) {
       ControlResult* const control = FirstIn(out, ControlState::kNotApplicable);
       if (control != nullptr) {
         control->maximum = 2;
       }
       return control != nullptr;
     }},
    {"a blank that is not open",
     [](const CompiledProfile&, Evaluation& out) {
       ControlResult* const control = FirstIn(out, ControlState::kBlank);
       if (control != nullptr) {
         control->open = false;
       }
       return control != nullptr;
     }},
    {"an objective that passes by rounding to the threshold",
     [](const CompiledProfile& profile, Evaluation& out) {
       for (size_t i = 0; i < out.objectives.size(); ++i) {
         ObjectiveScore& score = out.objectives[i].score;
         const int32_t threshold = profile.objectives()[i].threshold_percent;
         if (score.maximum > 0 && !score.percentage_ok &&
             (100 * score.points + score.maximum / 2) / score.maximum >= threshold) {
           score.percentage_ok = true;
           return true;
         }
       }
       return false;
     }},
    {"an objective that does not fail the assessment",
     [](const CompiledProfile&, Evaluation& out) {
       for (ObjectiveResult& objective : out.objectives) {
         if (objective.fails_verdict) {
           objective.fails_verdict = false;
           return true;
         }
       }
       return false;
     }},
    {"another outcome",
     [](const CompiledProfile& profile, Evaluation& out) {
       if (out.verdict.rule < 1) {
         return false;
       }
       --out.verdict.rule;
       return profile.outcomes().size() > 1;
     }},
    {"a score one off",
     [](const CompiledProfile&, Evaluation& out) {
       ++out.verdict.score;
       return true;
     }},
    {"a trigger that is lost",
     [](const CompiledProfile&, Evaluation& out) {
       const bool any = !out.triggers.empty();
       if (any) {
         out.triggers.pop_back();
       }
       return any;
     }},
};

TEST(PlantedFaultTest, AResultThatIsFlippedIsCaughtEveryTime) {
  constexpr int kSchemes = 40;
  constexpr int kRecords = 50;
  for (const FaultCase& c : kFaults) {
    SCOPED_TRACE(c.name);
    int planted = 0;
    for (uint64_t seed = 0; seed < kSchemes; ++seed) {
      Random random(seed);
      const SchemeDefinition scheme = RandomScheme(random);
      Pair pair(scheme, random.OneOf(scheme.profiles));
      for (int i = 0; i < kRecords; ++i) {
        ASSERT_EQ(pair.Disagreement(RandomRecord(pair.profile(), random)), std::nullopt);
        Evaluation faulty = pair.mine();
        if (!c.fault(pair.profile(), faulty)) {
          continue;
        }
        ++planted;
        ASSERT_NE(Disagreement(pair.profile(), faulty, pair.theirs()), std::nullopt);
      }
    }
    EXPECT_GT(planted, 0);
  }
}

// One evaluator reads the rules wrongly. Also shows that the random inputs exercise every rule.
struct MisreadCase {
  std::string_view name;
  // False where the scheme has nothing of the kind.
  std::function<bool(SchemeDefinition&)> misread;
};

template <typename Enum>
bool Next(Enum& option, Enum last) {
  option = option == last ? Enum{} : static_cast<Enum>(static_cast<int>(option) + 1);
  return true;
}

bool Raise(std::optional<int32_t>& number) {
  if (number.has_value()) {
    ++*number;
  }
  return number.has_value();
}

const MisreadCase kMisreadings[] = {
    {"question_not_applicable",
     [](SchemeDefinition& s) {
       return Next(s.rules.options.question_not_applicable, QuestionNotApplicableRule::kExcluded);
     }},
    {"adjustment_clamp",
     [](SchemeDefinition& s) {
       return Next(s.rules.options.adjustment_clamp, AdjustmentClamp::kRefuse);
     }},
    {"adjust_blank",
     [](SchemeDefinition& s) { return Next(s.rules.options.adjust_blank, AdjustBlank::kAllow); }},
    {"all_not_applicable",
     [](SchemeDefinition& s) {
       return Next(s.rules.options.all_not_applicable, AllNotApplicable::kFail);
     }},
    {"anchor_certificate",
     [](SchemeDefinition& s) {
       return Next(s.rules.options.anchor_certificate, AnchorCertificate::kRecord);
     }},
    {"blank",
     [](SchemeDefinition& s) { return Next(s.rules.options.blank, BlankRule::kIncomplete); }},
    {"phase",
     [](SchemeDefinition& s) { return Next(s.rules.options.phase, PhaseRule::kTheoreticalOnly); }},
    {"fail_on_not_met",
     [](SchemeDefinition& s) {
       return Next(s.rules.options.zero_point_rule, ZeroPointRule::kOff);
     }},
    {"override_policy",
     [](SchemeDefinition& s) { return Next(s.rules.options.overrides, OverrideRule::kIgnored); }},
    {"derivation",
     [](SchemeDefinition& s) {
       if (s.rules.derivation == Derivation::kAllMeet) {
         return false;  // The columns are missing.
       }
       s.rules.derivation = Derivation::kAllMeet;
       return true;
     }},
    {"mandatory",
     [](SchemeDefinition& s) { return s.rules.objectives[0].mandatory ^= true, true; }},
    {"anchor", [](SchemeDefinition& s) { return s.rules.objectives[0].anchor ^= true, true; }},
    {"threshold of a profile",
     [](SchemeDefinition& s) {
       for (ProfileThreshold& threshold : s.rules.thresholds) {
         threshold.percent += threshold.percent < 100 ? 1 : -1;
       }
       return true;
     }},
    {"threshold of an objective",
     [](SchemeDefinition& s) { return Raise(s.rules.objectives[0].threshold_percent); }},
    {"limit of an objective",
     [](SchemeDefinition& s) { return Raise(s.rules.objectives[0].item_shortfall_at_most); }},
    {"items that count",
     [](SchemeDefinition& s) {
       return !s.rules.items.empty() && (s.rules.items[0].counts ^= true, true);
     }},
    {"points of a mark",
     [](SchemeDefinition& s) { return ++s.rules.scales[0].marks.front().points, true; }},
    {"objectives_pass",
     [](SchemeDefinition& s) {
       return s.rules.outcomes[0].when.objectives_pass &&
              !(s.rules.outcomes[0].when.objectives_pass = false);
     }},
    {"percent_at_least",
     [](SchemeDefinition& s) { return Raise(s.rules.outcomes[0].when.percent_at_least); }},
    {"points_at_least",
     [](SchemeDefinition& s) { return Raise(s.rules.outcomes[0].when.points_at_least); }},
    {"shortfall_at_most",
     [](SchemeDefinition& s) { return Raise(s.rules.outcomes[0].when.shortfall_at_most); }},
    {"item_shortfall_at_most",
     [](SchemeDefinition& s) { return Raise(s.rules.outcomes[0].when.item_shortfall_at_most); }},
    {"item_shortfall_exceptions",
     [](SchemeDefinition& s) {
       auto& exceptions = s.rules.outcomes[0].when.item_shortfall_exceptions;
       return !exceptions.empty() && (exceptions.clear(), true);
     }},
    {"full_marks",
     [](SchemeDefinition& s) {
       auto& controls = s.rules.outcomes[0].when.full_marks;
       return !controls.empty() && (controls.clear(), true);
     }},
    {"full_objectives",
     [](SchemeDefinition& s) {
       auto& objectives = s.rules.outcomes[0].when.full_objectives;
       return !objectives.empty() && (objectives.clear(), true);
     }},
    {"requirements",
     [](SchemeDefinition& s) {
       return !s.rules.requirements.empty() && (s.rules.requirements.clear(), true);
     }},
    {"score_base", [](SchemeDefinition& s) { return Raise(s.rules.score_base); }},
    {"review_reasons",
     [](SchemeDefinition& s) {
       return !s.rules.ratification.empty() && (s.rules.ratification.pop_back(), true);
     }},
    {"certificate_kinds",
     [](SchemeDefinition& s) {
       bool any = false;
       for (ControlDefinition& control : s.controls) {
         any |= !control.certificate_kinds.empty();
         control.certificate_kinds.clear();
       }
       return any;
     }},
    {"asked_when",
     [](SchemeDefinition& s) {
       bool any = false;
       for (QuestionDefinition& question : s.questions) {
         any |= question.asked_when.has_value();
         question.asked_when.reset();
       }
       return any;
     }},
    {"scored",
     [](SchemeDefinition& s) {
       bool any = false;
       for (QuestionDefinition& question : s.questions) {
         any |= !question.scored;
         question.scored = true;
         if (question.indicator == Indicator::kNone) {
           question.indicator = Indicator::kMet;
         }
       }
       return any;
     }},
};

TEST(PlantedFaultTest, ARuleThatOneEvaluatorMisreadsIsCaught) {
  constexpr uint64_t kMostSchemes = 3'000;
  constexpr int kRecords = 20;
  for (const MisreadCase& c : kMisreadings) {
    SCOPED_TRACE(c.name);
    bool caught = false;
    for (uint64_t seed = 0; seed < kMostSchemes && !caught; ++seed) {
      Random random(seed);
      const SchemeDefinition scheme = RandomScheme(random);
      SchemeDefinition misread = scheme;
      if (!c.misread(misread)) {
        continue;
      }
      Pair pair(scheme, misread, random.OneOf(scheme.profiles));
      for (int i = 0; i < kRecords && !caught; ++i) {
        caught = pair.Disagreement(RandomRecord(pair.profile(), random)).has_value();
      }
    }
    EXPECT_TRUE(caught);
  }
}

}  // namespace
}  // namespace assay::scoring
