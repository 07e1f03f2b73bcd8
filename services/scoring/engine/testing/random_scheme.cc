#include "services/scoring/engine/testing/random_scheme.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "services/scoring/engine/profile.h"

namespace assay::scoring {
namespace {

constexpr uint32_t kMostControls = 24;
constexpr uint32_t kMostObjectives = 5;
constexpr uint32_t kMostQuestions = 6;

std::string Numbered(const char* prefix, size_t number) { return prefix + std::to_string(number); }

template <typename Enum>
Enum RandomEnum(Random& random, Enum last) {
  return static_cast<Enum>(random.Below(static_cast<size_t>(last) + 1));
}

// At least one of them, in their order.
std::vector<std::string> SomeOf(Random& random, const std::vector<std::string>& all) {
  std::vector<std::string> some;
  for (const std::string& one : all) {
    if (random.Chance(70)) {
      some.push_back(one);
    }
  }
  return some.empty() ? std::vector<std::string>{random.OneOf(all)} : some;
}

size_t MarksOf(const SchemeDefinition& scheme, const std::string& control) {
  std::string id = scheme.rules.default_scale;
  for (const ItemRule& item : scheme.rules.items) {
    if (item.control == control && !item.scale.empty()) {
      id = item.scale;
    }
  }
  for (const Scale& scale : scheme.rules.scales) {
    if (scale.id == id) {
      return scale.marks.size();
    }
  }
  return 0;
}

// Questions of one control.
class QuestionMaker {
 public:
  QuestionMaker(Random& random, SchemeDefinition& scheme, const ControlDefinition& control)
      : random_(random), scheme_(scheme), control_(control), first_(scheme.questions.size()) {}

  void Make() {
    const uint32_t count = 1 + random_.Below(kMostQuestions);
    // One that is scored and always asked wherever the control is assessed, at any place.
    const uint32_t anchor = random_.Below(count);
    for (uint32_t i = 0; i < count; ++i) {
      Add(i == anchor);
    }
  }

 private:
  void Add(bool always) {
    QuestionDefinition question;
    question.id = control_.id + "." + std::to_string(scheme_.questions.size() - first_ + 1);
    question.control = control_.id;
    question.profiles = always ? control_.profiles : SomeOf(random_, control_.profiles);
    if (random_.Chance(35)) {
      question.kind = QuestionKind::kGate;
      question.answers = {"yes", "no", "some"};
      question.answers.resize(1 + random_.Below(3));
      question.scored = always || random_.Chance(50);
    }
    if (scheme_.rules.derivation == Derivation::kIndicators) {
      question.indicator = static_cast<Indicator>(1 + random_.Below(3));
    }
    if (!always) {
      MakeConditional(question);
    }
    scheme_.questions.push_back(std::move(question));
  }

  void MakeConditional(QuestionDefinition& question) {
    std::vector<size_t> gates;
    for (size_t i = first_; i < scheme_.questions.size(); ++i) {
      if (scheme_.questions[i].kind == QuestionKind::kGate) {
        gates.push_back(i);
      }
    }
    if (gates.empty() || random_.Chance(30)) {
      return;
    }
    const QuestionDefinition& gate = scheme_.questions[random_.OneOf(gates)];
    question.profiles = SomeOf(random_, gate.profiles);
    question.asked_when = AskedWhen{gate.id, SomeOf(random_, gate.answers)};
  }

  Random& random_;
  SchemeDefinition& scheme_;
  const ControlDefinition& control_;
  const size_t first_;
};

class SchemeMaker {
 public:
  explicit SchemeMaker(Random& random) : random_(random) {}

  SchemeDefinition Make() && {
    MakeScales();
    MakeCatalogue();
    MakeItems();
    scheme_.rules.derivation = RandomEnum(random_, Derivation::kIndicators);
    scheme_.rules.options = RandomOptions(random_);
    MakeObjectiveRules();
    MakeOutcomes();
    MakeRequirements();
    MakeTheRest();
    AddRandomQuestions(scheme_, random_, 50);
    return std::move(scheme_);
  }

 private:
  void MakeScales() {
    const uint32_t scales = 1 + random_.Below(4);
    for (uint32_t i = 0; i < scales; ++i) {
      Scale& scale = scheme_.rules.scales.emplace_back();
      scale.id = Numbered("s", i);
      const int32_t most = random_.Chance(5) ? kMaxPoints : random_.Between(1, 8);
      const size_t marks = random_.Chance(60) ? 2 + random_.Below(2) : 2 + random_.Below(5);
      std::vector<int32_t> points;
      for (size_t k = 0; k < marks; ++k) {
        points.push_back(random_.Between(0, most));
      }
      std::sort(points.rbegin(), points.rend());
      points.front() += points.front() == points.back() ? 1 : 0;
      points.front() = std::min(points.front(), kMaxPoints);
      points.back() -= points.front() == points.back() ? 1 : 0;
      for (size_t k = 0; k < marks; ++k) {
        scale.marks.push_back({Numbered("m", k), points[k]});
      }
    }
    scheme_.rules.default_scale = "s0";
  }

  void MakeCatalogue() {
    for (uint32_t i = 0, n = 1 + random_.Below(3); i < n; ++i) {
      scheme_.profiles.push_back(Numbered("P", i));
    }
    for (uint32_t i = 0, n = 1 + random_.Below(kMostObjectives); i < n; ++i) {
      scheme_.objectives.push_back({Numbered("O", i), "Objective"});
    }
    for (uint32_t i = 0, n = 1 + random_.Below(kMostControls); i < n; ++i) {
      ControlDefinition& control = scheme_.controls.emplace_back();
      control.id = Numbered("c", i);
      control.objective = random_.OneOf(scheme_.objectives).id;
      control.profiles = SomeOf(random_, scheme_.profiles);
      if (random_.Chance(12)) {
        control.certificate_kinds = SomeOf(random_, {"K0", "K1"});
      }
    }
  }

  void MakeItems() {
    for (const ControlDefinition& control : scheme_.controls) {
      if (random_.Chance(40)) {
        scheme_.rules.items.push_back(
            {control.id, random_.Chance(80) ? random_.OneOf(scheme_.rules.scales).id : "",
             !random_.Chance(25)});
      }
    }
  }

  std::optional<int32_t> Maybe(uint32_t percent, int32_t low, int32_t high) {
    return random_.Chance(percent) ? std::optional(random_.Between(low, high)) : std::nullopt;
  }

  void MakeObjectiveRules() {
    for (size_t i = scheme_.objectives.size(); i-- > 0;) {
      scheme_.rules.objectives.push_back({.objective = scheme_.objectives[i].id,
                                          .mandatory = random_.Chance(75),
                                          .anchor = random_.Chance(15),
                                          .threshold_percent = Maybe(25, 0, 100),
                                          .item_shortfall_at_most = Maybe(15, 0, 4)});
    }
    for (const std::string& profile : scheme_.profiles) {
      scheme_.rules.thresholds.push_back({profile, random_.Between(0, 100)});
    }
  }

  std::vector<std::string> SomeControls() {
    std::vector<std::string> controls;
    for (const ControlDefinition& control : scheme_.controls) {
      if (random_.Chance(10)) {
        controls.push_back(control.id);
      }
    }
    return controls;
  }

  OutcomeConditions MakeConditions() {
    OutcomeConditions when;
    when.objectives_pass = random_.Chance(40);
    when.percent_at_least = Maybe(30, 0, 100);
    when.points_at_least = Maybe(20, 0, 60);
    when.shortfall_at_most = Maybe(25, 0, 30);
    when.item_shortfall_at_most = Maybe(25, 0, 5);
    if (when.item_shortfall_at_most.has_value() && random_.Chance(50)) {
      for (const std::string& control : SomeControls()) {
        when.item_shortfall_exceptions.push_back({control, random_.Between(0, 8)});
      }
    }
    if (random_.Chance(20)) {
      when.full_marks = SomeControls();
    }
    if (random_.Chance(20)) {
      when.full_objectives = {random_.OneOf(scheme_.objectives).id};
    }
    when.requirements_met = random_.Chance(20);
    return when;
  }

  static bool IsEmpty(const OutcomeConditions& when) {
    return !when.objectives_pass && !when.percent_at_least && !when.points_at_least &&
           !when.shortfall_at_most && !when.item_shortfall_at_most && when.full_marks.empty() &&
           when.full_objectives.empty() && !when.requirements_met;
  }

  void MakeOutcomes() {
    std::vector<OutcomeRule>& outcomes = scheme_.rules.outcomes;
    const uint32_t count = 1 + random_.Below(5);
    for (uint32_t i = 0; i < count; ++i) {
      OutcomeRule& outcome = outcomes.emplace_back();
      outcome.id = Numbered("outcome", i);
      outcome.kind = static_cast<OutcomeKind>(1 + random_.Below(4));
      outcome.text = random_.Chance(50) ? "{objectives}|{score}|{points}|{maximum}" : "Text";
      if (i + 1 == count) {
        break;
      }
      outcome.when = MakeConditions();
      if (IsEmpty(outcome.when)) {
        outcome.when.objectives_pass = true;
      }
    }
    for (const ObjectiveRule& rule : scheme_.rules.objectives) {
      if (rule.anchor) {
        outcomes.back().kind = OutcomeKind::kFailed;
      }
    }
  }

  void MakeRequirements() {
    for (const ControlDefinition& control : scheme_.controls) {
      for (const std::string& profile : scheme_.profiles) {
        if (random_.Chance(10)) {
          const size_t mark = random_.Below(MarksOf(scheme_, control.id));
          scheme_.rules.requirements.push_back({profile, control.id, Numbered("m", mark)});
        }
      }
    }
  }

  void MakeTheRest() {
    RuleSetDefinition& rules = scheme_.rules;
    rules.score_base = Maybe(40, -20, 200);
    for (uint32_t i = 0, n = random_.Below(3); i < n; ++i) {
      rules.ratification.push_back({SomeOf(random_, scheme_.profiles)});
    }
    rules.texts = {"Incomplete", ", "};
  }

  Random& random_;
  SchemeDefinition scheme_;
};

}  // namespace

RuleOptions RandomOptions(Random& random) {
  RuleOptions options;
  options.question_not_applicable = RandomEnum(random, QuestionNotApplicableRule::kExcluded);
  options.adjustment_clamp = RandomEnum(random, AdjustmentClamp::kRefuse);
  options.adjustment_reason = RandomEnum(random, AdjustmentReason::kOptional);
  options.adjust_blank = RandomEnum(random, AdjustBlank::kAllow);
  options.all_not_applicable = RandomEnum(random, AllNotApplicable::kFail);
  options.anchor_not_applicable = RandomEnum(random, AnchorNotApplicable::kAllow);
  options.anchor_override = RandomEnum(random, AnchorOverride::kRefuse);
  options.anchor_certificate = RandomEnum(random, AnchorCertificate::kRecord);
  options.blank = RandomEnum(random, BlankRule::kIncomplete);
  options.phase = RandomEnum(random, PhaseRule::kTheoreticalOnly);
  options.zero_point_rule = RandomEnum(random, ZeroPointRule::kOff);
  options.overrides = RandomEnum(random, OverrideRule::kIgnored);
  return options;
}

void AddRandomQuestions(SchemeDefinition& scheme, Random& random, uint32_t percent) {
  for (const ControlDefinition& control : scheme.controls) {
    if (random.Chance(percent) && MarksOf(scheme, control.id) <= kMaxMarksOfQuestions) {
      QuestionMaker(random, scheme, control).Make();
    }
  }
}

SchemeDefinition RandomScheme(Random& random) { return SchemeMaker(random).Make(); }

}  // namespace assay::scoring
