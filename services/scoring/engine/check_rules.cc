#include "services/scoring/engine/check_rules.h"

#include <unordered_set>

#include "services/scoring/engine/profile.h"

namespace assay::scoring {
namespace {

class RuleChecker {
 public:
  RuleChecker(const SchemeDefinition& definition, std::string_view profile,
              DefinitionProblems& problems)
      : definition_(definition), rules_(definition.rules), profile_(profile), problems_(problems) {
    for (size_t i = 0; i < definition.objectives.size(); ++i) {
      objectives_.emplace(definition.objectives[i].id, static_cast<uint32_t>(i));
    }
    for (size_t i = 0; i < definition.controls.size(); ++i) {
      controls_.emplace(definition.controls[i].id, static_cast<uint32_t>(i));
    }
  }

  void Run() {
    problems_.CheckLimit("rules.scales", rules_.scales.size(), kMaxScales);
    problems_.CheckLimit("rules.outcomes", rules_.outcomes.size(), kMaxOutcomes);
    CheckScales();
    CheckItems();
    CheckScalesOfQuestions();
    CheckObjectiveRules();
    CheckThresholds();
    CheckOutcomes();
    CheckRequirements();
    for (size_t i = 0; i < rules_.ratification.size(); ++i) {
      for (const std::string& id : rules_.ratification[i].profiles) {
        CheckProfile(At("rules.review_reasons", i, ".profiles"), id);
      }
    }
    if (rules_.texts.incomplete.empty()) {
      problems_.Add("rules.texts.incomplete", "is empty");
    }
  }

 private:
  void CheckProfile(std::string path, const std::string& id) {
    if (!Contains(definition_.profiles, id)) {
      problems_.Add(std::move(path), Quoted(id) + " is not a profile of the scheme");
    }
  }

  void CheckControl(std::string path, const std::string& id) {
    if (!controls_.contains(id)) {
      problems_.Add(std::move(path), Quoted(id) + " is not a control of the scheme");
    }
  }

  void CheckScales() {
    for (size_t i = 0; i < rules_.scales.size(); ++i) {
      const Scale& scale = rules_.scales[i];
      problems_.CheckId(scales_, "rules.scales", i, scale.id);
      const std::string path = At("rules.scales", i, ".marks");
      if (scale.marks.size() < kMinMarks || scale.marks.size() > kMaxMarks) {
        problems_.Add(path, "has " + std::to_string(scale.marks.size()) + " entries; " +
                                std::to_string(kMinMarks) + " to " + std::to_string(kMaxMarks) +
                                " are allowed");
        continue;
      }
      SeenIds seen;
      for (size_t k = 0; k < scale.marks.size(); ++k) {
        problems_.CheckId(seen, path, k, scale.marks[k].id);
        problems_.CheckRange(At(path, k, ".points"), scale.marks[k].points, 0, kMaxPoints);
        if (k > 0 && scale.marks[k].points > scale.marks[k - 1].points) {
          problems_.Add(At(path, k, ".points"),
                        "rises; marks stand from best to worst and points never rise");
        }
      }
      if (scale.marks.front().points == scale.marks.back().points) {
        problems_.Add(path, "give the first and the last mark the same points");
      }
    }
    if (!scales_.contains(rules_.default_scale)) {
      problems_.Add("rules.default_scale",
                    Quoted(rules_.default_scale) + " is not a scale of the rule set");
    }
  }

  void CheckItems() {
    SeenIds seen;
    for (size_t i = 0; i < rules_.items.size(); ++i) {
      const ItemRule& item = rules_.items[i];
      problems_.CheckId(seen, "rules.items", i, item.control);
      CheckControl(At("rules.items", i, ".control"), item.control);
      if (!item.scale.empty() && !scales_.contains(item.scale)) {
        problems_.Add(At("rules.items", i, ".scale"),
                      Quoted(item.scale) + " is not a scale of the rule set");
      }
      scale_of_[item.control] = item.scale;
    }
  }

  const Scale* ScaleOf(std::string_view control) const {
    const auto own = scale_of_.find(control);
    const bool has_own = own != scale_of_.end() && !own->second.empty();
    const auto found = scales_.find(has_own ? own->second : std::string_view(rules_.default_scale));
    return found == scales_.end() ? nullptr : &rules_.scales[found->second];
  }

  void CheckScalesOfQuestions() {
    for (size_t i = 0; i < definition_.questions.size(); ++i) {
      const QuestionDefinition& question = definition_.questions[i];
      const Scale* scale = ScaleOf(question.control);
      if (scale != nullptr && scale->marks.size() > kMaxMarksOfQuestions) {
        problems_.Add(At("questions", i, ".control"),
                      "control " + Quoted(question.control) + " has more than " +
                          std::to_string(kMaxMarksOfQuestions) +
                          " marks, which questions cannot tell apart");
      }
      if (rules_.derivation == Derivation::kIndicators && question.scored &&
          question.indicator == Indicator::kNone) {
        problems_.Add(At("questions", i, ".indicator"),
                      "is missing; the rule set derives marks from indicators");
      }
    }
  }

  void CheckObjectiveRules() {
    SeenIds seen;
    for (size_t i = 0; i < rules_.objectives.size(); ++i) {
      const ObjectiveRule& rule = rules_.objectives[i];
      problems_.CheckId(seen, "rules.objectives", i, rule.objective);
      if (!objectives_.contains(rule.objective)) {
        problems_.Add(At("rules.objectives", i, ".objective"),
                      Quoted(rule.objective) + " is not an objective of the scheme");
      }
      if (rule.threshold_percent.has_value()) {
        problems_.CheckRange(At("rules.objectives", i, ".threshold_percent"),
                             *rule.threshold_percent, 0, 100);
      }
      if (rule.item_shortfall_at_most.has_value()) {
        problems_.CheckRange(At("rules.objectives", i, ".item_shortfall_at_most"),
                             *rule.item_shortfall_at_most, 0, kMaxPoints);
      }
      has_anchor_ |= rule.anchor;
    }
    for (const ObjectiveDefinition& objective : definition_.objectives) {
      if (!seen.contains(objective.id)) {
        problems_.Add("rules.objectives", "has no rule for objective " + Quoted(objective.id));
      }
    }
  }

  void CheckThresholds() {
    SeenIds seen;
    for (size_t i = 0; i < rules_.thresholds.size(); ++i) {
      const ProfileThreshold& threshold = rules_.thresholds[i];
      problems_.CheckId(seen, "rules.thresholds", i, threshold.profile);
      CheckProfile(At("rules.thresholds", i, ".profile"), threshold.profile);
      problems_.CheckRange(At("rules.thresholds", i, ".percent"), threshold.percent, 0, 100);
    }
    if (!seen.contains(profile_)) {
      problems_.Add("rules.thresholds", "has none for profile " + Quoted(profile_));
    }
  }

  void CheckOutcomes() {
    if (rules_.outcomes.empty()) {
      problems_.Add("rules.outcomes", "is empty");
      return;
    }
    SeenIds seen;
    for (size_t i = 0; i < rules_.outcomes.size(); ++i) {
      const OutcomeRule& outcome = rules_.outcomes[i];
      problems_.CheckId(seen, "rules.outcomes", i, outcome.id);
      if (outcome.text.empty()) {
        problems_.Add(At("rules.outcomes", i, ".text"), "is empty");
      }
      const bool last = i + 1 == rules_.outcomes.size();
      if (HasConditions(outcome.when) == last) {
        problems_.Add(At("rules.outcomes", i, ".when"),
                      last ? "is not empty; the last outcome has no conditions"
                           : "is empty; only the last outcome has no conditions");
      }
      CheckConditions(At("rules.outcomes", i, ".when"), outcome.when);
    }
    if (has_anchor_ && rules_.outcomes.back().kind != OutcomeKind::kFailed) {
      problems_.Add("rules.outcomes",
                    "does not end with a failed one, which an anchor that fails leads to");
    }
  }

  static bool HasConditions(const OutcomeConditions& when) {
    return when.objectives_pass || when.percent_at_least.has_value() ||
           when.points_at_least.has_value() || when.shortfall_at_most.has_value() ||
           when.item_shortfall_at_most.has_value() || !when.item_shortfall_exceptions.empty() ||
           !when.full_marks.empty() || !when.full_objectives.empty() || when.requirements_met;
  }

  void CheckConditions(const std::string& path, const OutcomeConditions& when) {
    if (when.percent_at_least.has_value()) {
      problems_.CheckRange(path + ".percent_at_least", *when.percent_at_least, 0, 100);
    }
    for (const auto& number :
         {when.points_at_least, when.shortfall_at_most, when.item_shortfall_at_most}) {
      if (number.has_value() && *number < 0) {
        problems_.Add(path, "holds " + std::to_string(*number) + "; no limit is below 0");
      }
    }
    CheckExceptions(path + ".item_shortfall_exceptions", when);
    for (const std::string& control : when.full_marks) {
      CheckControl(path + ".full_marks", control);
    }
    for (const std::string& objective : when.full_objectives) {
      if (!objectives_.contains(objective)) {
        problems_.Add(path + ".full_objectives",
                      Quoted(objective) + " is not an objective of the scheme");
      }
    }
  }

  void CheckExceptions(const std::string& path, const OutcomeConditions& when) {
    if (!when.item_shortfall_exceptions.empty() && !when.item_shortfall_at_most.has_value()) {
      problems_.Add(path, "stands without item_shortfall_at_most, from which it would except");
    }
    std::unordered_set<std::string_view> seen;
    for (const ItemShortfall& exception : when.item_shortfall_exceptions) {
      CheckControl(path, exception.control);
      if (!seen.insert(exception.control).second) {
        problems_.Add(path, "names control " + Quoted(exception.control) + " again");
      }
      if (exception.at_most < 0) {
        problems_.Add(path, "holds " + std::to_string(exception.at_most) + "; no limit is below 0");
      }
    }
  }

  void CheckRequirements() {
    std::unordered_set<std::string> seen;
    for (size_t i = 0; i < rules_.requirements.size(); ++i) {
      const Requirement& requirement = rules_.requirements[i];
      const std::string path = At("rules.requirements", i);
      CheckProfile(path + ".profile", requirement.profile);
      CheckControl(path + ".control", requirement.control);
      if (!seen.insert(requirement.profile + "\n" + requirement.control).second) {
        problems_.Add(path, "names control " + Quoted(requirement.control) + " at profile " +
                                Quoted(requirement.profile) + " again");
      }
      const Scale* scale = ScaleOf(requirement.control);
      bool known = scale == nullptr;
      for (size_t k = 0; scale != nullptr && k < scale->marks.size(); ++k) {
        known |= scale->marks[k].id == requirement.mark;
      }
      if (!known) {
        problems_.Add(path + ".mark", Quoted(requirement.mark) + " is no mark of control " +
                                          Quoted(requirement.control));
      }
    }
  }

  const SchemeDefinition& definition_;
  const RuleSetDefinition& rules_;
  const std::string_view profile_;
  DefinitionProblems& problems_;
  SeenIds objectives_;
  SeenIds controls_;
  SeenIds scales_;
  std::unordered_map<std::string_view, std::string_view> scale_of_;
  bool has_anchor_ = false;
};

}  // namespace

void CheckRules(const SchemeDefinition& definition, std::string_view profile,
                DefinitionProblems& problems) {
  RuleChecker(definition, profile, problems).Run();
}

}  // namespace assay::scoring
