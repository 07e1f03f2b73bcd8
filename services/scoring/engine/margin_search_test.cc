// Margins of small random schemes against a search through everything their controls could come to.
//
// The search knows marks and the engine's decision (conclude.h), nothing of how margins are found.

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "services/scoring/engine/conclude.h"
#include "services/scoring/engine/margin.h"
#include "services/scoring/engine/margin_goal.h"
#include "services/scoring/engine/testing/dcc_shape.h"
#include "services/scoring/engine/testing/random.h"

namespace assay::scoring {
namespace {

constexpr uint32_t kSeed = 20260602;
constexpr int kSchemes = 1'500;
constexpr int kAssessmentsOfEach = 3;
constexpr size_t kMaxStates = 2'000;  // Of the controls together.

// `even`: the scale of the DCC, with which sums and counts may suffice.
Scale RandomScale(Random& random, size_t number, bool even) {
  Scale scale{.id = "s" + std::to_string(number), .marks = {}};
  std::vector<int32_t> points = {0, 1, 2};
  if (!even) {
    points.resize(2 + random.Below(3));
    for (int32_t& value : points) value = random.Between(0, 6);
  }
  std::sort(points.rbegin(), points.rend());
  if (points.front() == points.back()) ++points.front();
  for (size_t k = 0; k < points.size(); ++k) {
    scale.marks.push_back({"m" + std::to_string(k), points[k]});
  }
  return scale;
}

void AddControls(Random& random, SchemeDefinition& scheme) {
  size_t states = 1;
  for (int32_t c = 0; c < 7; ++c) {
    const std::string id = std::to_string(c);
    const size_t s = random.Below(scheme.rules.scales.size());
    states *= scheme.rules.scales[s].marks.size();
    if (states > kMaxStates) break;
    scheme.controls.push_back({.id = id,
                               .objective = random.OneOf(scheme.objectives).id,
                               .title = id,
                               .profiles = {"P"},
                               .certificate_kinds = {}});
    scheme.rules.items.push_back({id, scheme.rules.scales[s].id, !random.OneIn(6)});
  }
}

OutcomeConditions RandomConditions(Random& random, const SchemeDefinition& scheme) {
  OutcomeConditions when;
  when.objectives_pass = !random.OneIn(3);
  if (random.OneIn(3)) when.percent_at_least = random.Between(0, 100);
  if (random.OneIn(4)) when.points_at_least = random.Between(0, 24);
  if (random.OneIn(4)) when.shortfall_at_most = random.Between(0, 11);
  if (random.OneIn(4)) when.item_shortfall_at_most = random.Between(0, 4);
  if (when.item_shortfall_at_most.has_value() && random.OneIn(2)) {
    when.item_shortfall_exceptions = {{scheme.controls.front().id, random.Between(0, 6)}};
  }
  if (random.OneIn(4)) when.full_marks = {scheme.controls.back().id};
  if (random.OneIn(6)) when.full_objectives = {scheme.objectives.front().id};
  when.requirements_met = !scheme.rules.requirements.empty();
  if (!when.objectives_pass && !when.percent_at_least.has_value()) when.percent_at_least = 50;
  return when;
}

CompiledProfile RandomProfile(Random& random) {
  SchemeDefinition scheme;
  scheme.profiles = {"P"};
  RuleSetDefinition& rules = scheme.rules;
  const int32_t objectives = random.Between(1, 3);
  for (int32_t o = 0; o < objectives; ++o) {
    const std::string id(1, static_cast<char>('A' + o));
    scheme.objectives.push_back({id, id});
    ObjectiveRule rule{.objective = id};
    rule.mandatory = !random.OneIn(3);
    rule.anchor = random.OneIn(4);
    if (random.OneIn(3)) rule.threshold_percent = random.Between(0, 100);
    if (random.OneIn(3)) rule.item_shortfall_at_most = random.Between(0, 5);
    rules.objectives.push_back(rule);
  }
  const int32_t scales = random.Between(1, 3);
  const bool even = random.OneIn(4);
  for (int32_t s = 0; s < scales; ++s) {
    rules.scales.push_back(RandomScale(random, static_cast<size_t>(s), even));
  }
  rules.default_scale = "s0";
  AddControls(random, scheme);
  if (random.OneIn(5)) rules.requirements = {{"P", scheme.controls.front().id, "m1"}};
  rules.options.zero_point_rule = random.OneIn(2) ? ZeroPointRule::kOn : ZeroPointRule::kOff;
  rules.options.all_not_applicable = static_cast<AllNotApplicable>(random.Below(3));
  rules.thresholds = {{"P", random.Between(0, 100)}};
  rules.outcomes = {{.id = "good",
                     .kind = random.OneIn(4) ? OutcomeKind::kConditional : OutcomeKind::kPassed,
                     .text = "Good",
                     .when = RandomConditions(random, scheme)},
                    {.id = "last", .kind = OutcomeKind::kFailed, .text = "Bad"}};
  rules.texts = {"Incomplete", ", "};
  const CompileResult compiled = Compile(scheme, "P");
  for (const DefinitionProblem& problem : compiled.problems) {
    ADD_FAILURE() << problem.path << ": " << problem.message;
  }
  return compiled.profile.value();
}

ControlResult AtMark(const CompiledScale& scale, size_t mark) {
  ControlResult result;
  result.state = mark == 0                        ? ControlState::kMet
                 : mark + 1 == scale.marks.size() ? ControlState::kNotMet
                                                  : ControlState::kPartiallyMet;
  result.points = scale.marks[mark].points;
  result.maximum = scale.maximum();
  return result;
}

ControlResult AtPoints(const CompiledScale& scale, int32_t points) {
  ControlResult result;
  result.state = points == scale.maximum()   ? ControlState::kMet
                 : points == scale.minimum() ? ControlState::kNotMet
                                             : ControlState::kPartiallyMet;
  result.points = points;
  result.maximum = scale.maximum();
  return result;
}

ControlResult RandomResult(Random& random, const CompiledScale& scale) {
  ControlResult result;
  if (random.OneIn(8)) {
    result.state = ControlState::kNotApplicable;
    return result;
  }
  if (random.OneIn(8)) {
    result.open = true;
    result.points = scale.minimum();
    result.maximum = scale.maximum();
    return result;
  }
  result = AtMark(scale, random.Below(scale.marks.size()));
  if (!random.OneIn(5)) return result;
  const int32_t points = result.points + (random.OneIn(2) ? 1 : -1);
  return AtPoints(scale, std::clamp(points, scale.minimum(), scale.maximum()));
}

// The next mark by the words of margin.h; nullopt at the end of the scale.
std::optional<ControlResult> Next(const CompiledScale& scale, const ControlResult& now, bool up) {
  const auto count = scale.marks.size();
  if (up) {
    for (size_t k = count; k-- > 0;) {
      if (scale.marks[k].points > now.points) return AtMark(scale, k);
    }
    return std::nullopt;
  }
  for (size_t k = 0; k < count; ++k) {
    if (scale.marks[k].points < now.points) return AtMark(scale, k);
  }
  if (now.state == ControlState::kNotMet) return std::nullopt;
  return AtMark(scale, count - 1);
}

// Everything that a pass, or the loss of one, can be reached by, and the best of it.
class Search {
 public:
  using Holds = std::function<bool(const Tallies&)>;

  // Moves the controls first to end - 1 one way until `holds`.
  Search(const CompiledProfile& profile, std::vector<ControlResult> controls, uint32_t first,
         uint32_t end, bool up, Holds holds)
      : profile_(profile),
        controls_(std::move(controls)),
        first_(first),
        up_(up),
        end_(end),
        holds_(std::move(holds)) {
    steps_.assign(end - first, 0);
    tallies_.Reset(profile);
    for (uint32_t c = 0; c < controls_.size(); ++c) {
      AddControl(profile, c, controls_[c], tallies_);
    }
    Descend(first);
  }

  int32_t fewest = kUnreachable;
  std::vector<int32_t> best;      // Steps by control, from the first on.
  std::vector<int32_t> required;  // Of every shortest way.

 private:
  void Descend(uint32_t control) {
    if (control == end_) return Judge();
    const ControlResult start = controls_[control];
    int32_t& steps = steps_[control - first_];
    for (std::optional<ControlResult> now = start; now.has_value(); ++steps) {
      Put(control, *now);
      Descend(control + 1);
      if (now->state == ControlState::kNotApplicable) break;
      now = Next(profile_.ScaleOf(control), *now, up_);
    }
    steps = 0;
    Put(control, start);
  }

  void Put(uint32_t control, const ControlResult& result) {
    RemoveControl(profile_, control, controls_[control], tallies_);
    controls_[control] = result;
    AddControl(profile_, control, result, tallies_);
  }

  void Judge() {
    int32_t steps = 0;
    for (const int32_t k : steps_) steps += k;
    if ((fewest != kUnreachable && steps > fewest) || !holds_(tallies_)) return;
    if (fewest == kUnreachable || steps < fewest) {
      fewest = steps;
      required = steps_;
      rank_ = {};
    }
    for (size_t i = 0; i < steps_.size(); ++i) required[i] = std::min(required[i], steps_[i]);
    Rank rank = RankOf();
    if (rank_.has_value() && rank <= *rank_) return;
    rank_ = std::move(rank);
    best = steps_;
  }

  // Points that count; steps by objective; steps by control.
  using Rank = std::tuple<int32_t, std::vector<int32_t>, std::vector<int32_t>>;

  Rank RankOf() const {
    int32_t points = 0;
    for (const Tally& tally : tallies_.objectives) points += tally.points();
    std::vector<int32_t> by_objective(profile_.objectives().size(), 0);
    for (uint32_t i = 0; i < steps_.size(); ++i) {
      by_objective[profile_.controls()[first_ + i].objective] += steps_[i];
    }
    return {points, by_objective, steps_};
  }

  const CompiledProfile& profile_;
  std::vector<ControlResult> controls_;
  const uint32_t first_;
  const bool up_;
  const uint32_t end_;
  const Holds holds_;
  Tallies tallies_;
  std::vector<int32_t> steps_;
  std::optional<Rank> rank_;
};

// As FINAL scoring would have them.
std::vector<ControlResult> Closed(const CompiledProfile& profile,
                                  std::vector<ControlResult> controls) {
  for (uint32_t c = 0; c < controls.size(); ++c) {
    if (controls[c].state != ControlState::kBlank) continue;
    controls[c] = AtMark(profile.ScaleOf(c), profile.ScaleOf(c).marks.size() - 1);
  }
  return controls;
}

void ExpectPath(const CompiledProfile& profile, const std::vector<ControlResult>& controls,
                const Search& up, uint32_t first, const std::vector<ControlUpgrade>& path) {
  std::vector<int32_t> steps(up.best.size(), 0);
  std::vector<int32_t> required(up.best.size(), 0);
  for (const ControlUpgrade& upgrade : path) {
    steps[upgrade.control - first] = upgrade.steps;
    required[upgrade.control - first] = upgrade.required_steps;
    ControlResult result = controls[upgrade.control];
    EXPECT_EQ(upgrade.from_points, result.points);
    for (int32_t k = 0; k < upgrade.steps; ++k) {
      result = Next(profile.ScaleOf(upgrade.control), result, true).value();
    }
    EXPECT_EQ(upgrade.to_points, result.points);
  }
  EXPECT_EQ(steps, up.best);
  EXPECT_EQ(required, up.required);
}

void ExpectAsSearched(const CompiledProfile& profile, const std::vector<ControlResult>& controls,
                      uint32_t first, uint32_t end, const Search::Holds& passes,
                      const Margin& margin, const Margin& without_path) {
  const std::vector<ControlResult> closed = Closed(profile, controls);
  const Search up(profile, closed, first, end, true, passes);
  EXPECT_EQ(margin.upgrades_to_pass, up.fewest);
  if (up.fewest != kUnreachable) ExpectPath(profile, controls, up, first, margin.path);
  int32_t down = kUnreachable;
  if (up.fewest == 0) {
    down = Search(profile, closed, first, end, false, [&passes](const Tallies& tallies) {
             return !passes(tallies);
           }).fewest;
  }
  EXPECT_EQ(margin.downgrades_to_fail, down);
  Margin cut = margin;
  cut.path.clear();
  EXPECT_EQ(without_path, cut);
}

Margins Computed(const CompiledProfile& profile, const std::vector<ControlResult>& controls,
                 WantPath want_path) {
  Tallies tallies;
  tallies.Reset(profile);
  for (uint32_t c = 0; c < controls.size(); ++c) AddControl(profile, c, controls[c], tallies);
  Margins margins;
  ComputeMargins(profile, tallies, controls, want_path, margins);
  return margins;
}

void ExpectMargins(const CompiledProfile& profile, const std::vector<ControlResult>& controls) {
  const Margins margins = Computed(profile, controls, WantPath::kYes);
  const Margins without_paths = Computed(profile, controls, WantPath::kNo);
  for (uint32_t o = 0; o < profile.objectives().size(); ++o) {
    const CompiledObjective& objective = profile.objectives()[o];
    SCOPED_TRACE("objective " + objective.id);
    ExpectAsSearched(
        profile, controls, objective.first_control,
        objective.first_control + objective.control_count,
        [&profile, o](const Tallies& tallies) {
          return Stand(profile, o, tallies).outcome != ObjectiveOutcome::kFailed;
        },
        margins.objectives[o], without_paths.objectives[o]);
  }
  SCOPED_TRACE("assessment");
  ExpectAsSearched(
      profile, controls, 0, static_cast<uint32_t>(controls.size()),
      [&profile](const Tallies& tallies) { return Decide(profile, tallies).rule == 0; },
      margins.assessment.value(), without_paths.assessment.value());
}

// All at once, and by the shortcut for scales of equal steps where there is one: the same as one by
// one the general way.
void ExpectComputedAlike(const CompiledProfile& profile,
                         const std::vector<ControlResult>& controls) {
  for (const WantPath want_path : {WantPath::kYes, WantPath::kNo}) {
    const Margins margins = Computed(profile, controls, want_path);
    for (uint32_t o = 0; o < profile.objectives().size(); ++o) {
      EXPECT_EQ(margins.objectives[o],
                MarginBySteps(profile, controls, GoalOfObjective(o), want_path));
    }
    const Goal goal = GoalOfAssessment(profile).value();
    EXPECT_EQ(margins.assessment, MarginBySteps(profile, controls, goal, want_path));
  }
}

TEST(MarginSearchTest, MarginsOfRandomSchemesAreWhatASearchFinds) {
  Random random(kSeed);
  int shortcuts = 0;
  for (int i = 0; i < kSchemes && !testing::Test::HasFailure(); ++i) {
    const CompiledProfile profile = RandomProfile(random);
    for (int k = 0; k < kAssessmentsOfEach; ++k) {
      SCOPED_TRACE(testing::Message() << "seed " << kSeed << ", scheme " << i << "." << k);
      std::vector<ControlResult> controls;
      for (uint32_t c = 0; c < profile.controls().size(); ++c) {
        controls.push_back(RandomResult(random, profile.ScaleOf(c)));
      }
      ExpectMargins(profile, controls);
      ExpectComputedAlike(profile, controls);
      shortcuts += TalliesSuffice(profile) ? 1 : 0;
    }
  }
  EXPECT_GT(shortcuts, 10);
}

// Every DCC level, with all kinds of results.
TEST(MarginSearchTest, TheShortcutForTheDccIsTheGeneralWay) {
  Random random(kSeed);
  for (const char* level : {"L0", "L1", "L2", "L3"}) {
    for (const RuleSetDefinition& rules : {AsrV21(), AsrPreV21()}) {
      const CompiledProfile profile = MustCompile(DccScheme(rules), level);
      ASSERT_TRUE(TalliesSuffice(profile));
      for (int i = 0; i < 100 && !testing::Test::HasFailure(); ++i) {
        const size_t not_met_one_in = size_t{1} << random.Below(8);
        std::vector<ControlResult> controls;
        for (uint32_t c = 0; c < profile.controls().size(); ++c) {
          controls.push_back(random.OneIn(not_met_one_in)
                                 ? RandomResult(random, profile.ScaleOf(c))
                                 : AtMark(profile.ScaleOf(c), random.OneIn(4) ? 1 : 0));
        }
        SCOPED_TRACE(testing::Message() << "seed " << kSeed << ", " << level << ", " << i);
        ExpectComputedAlike(profile, controls);
      }
    }
  }
}

}  // namespace
}  // namespace assay::scoring
