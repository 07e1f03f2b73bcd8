#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"

#include "common/status/macros.h"
#include "services/catalogue/domain/scale_index.h"
#include "services/catalogue/domain/text_form.h"
#include "services/catalogue/domain/validate.h"
#include "services/catalogue/errors.h"

namespace assay::catalogue {
namespace {

// The limit on the shortfall of one control under some conditions; nullopt: none.
std::optional<uint32_t> LimitOf(const v1::OutcomeConditions& when, const std::string& control) {
  for (const v1::ItemShortfall& exception : when.item_shortfall_exceptions()) {
    if (exception.control() == control) return exception.at_most();
  }
  if (!when.has_item_shortfall_at_most()) return std::nullopt;
  return when.item_shortfall_at_most();
}

// Whether every item that `strict` lets pass is let pass by `loose`: by its general limit, and by
// that of every control which either of them names.
bool ItemLimitsImply(const v1::OutcomeConditions& strict, const v1::OutcomeConditions& loose) {
  if (!loose.has_item_shortfall_at_most()) return true;
  if (!strict.has_item_shortfall_at_most() ||
      strict.item_shortfall_at_most() > loose.item_shortfall_at_most()) {
    return false;
  }
  for (const auto* conditions : {&strict, &loose}) {
    for (const v1::ItemShortfall& exception : conditions->item_shortfall_exceptions()) {
      if (*LimitOf(strict, exception.control()) > *LimitOf(loose, exception.control())) {
        return false;
      }
    }
  }
  return true;
}

// Whether `strict` can hold only where `loose` holds: each condition of `loose` follows from the
// same condition of `strict`.
bool Implies(const v1::OutcomeConditions& strict, const v1::OutcomeConditions& loose) {
  if (loose.objectives_pass() && !strict.objectives_pass()) return false;
  if (loose.requirements_met() && !strict.requirements_met()) return false;
  if (loose.has_percent_at_least() &&
      (!strict.has_percent_at_least() || strict.percent_at_least() < loose.percent_at_least())) {
    return false;
  }
  if (loose.has_points_at_least() &&
      (!strict.has_points_at_least() || strict.points_at_least() < loose.points_at_least())) {
    return false;
  }
  if (loose.has_shortfall_at_most() &&
      (!strict.has_shortfall_at_most() || strict.shortfall_at_most() > loose.shortfall_at_most())) {
    return false;
  }
  return ItemLimitsImply(strict, loose) && Within(loose.full_marks(), strict.full_marks()) &&
         Within(loose.full_objectives(), strict.full_objectives());
}

bool OnlyObjectivesPass(const v1::OutcomeConditions& when) {
  v1::OutcomeConditions only;
  only.set_objectives_pass(true);
  return when.SerializeAsString() == only.SerializeAsString();
}

// Goes through the outcomes of one rule set once.
class OutcomesCheck {
 public:
  OutcomesCheck(std::string_view file, const v1::RuleSet& rules, const CatalogueIndex& catalogue)
      : file_(file), rules_(rules), catalogue_(catalogue), scales_(rules) {
    for (const v1::ObjectiveRule& rule : rules.objectives()) {
      has_anchor_ = has_anchor_ || rule.anchor();
      objective_can_fail_ = objective_can_fail_ || rule.anchor() || rule.mandatory();
    }
  }

  absl::Status Run() const {
    std::set<std::string_view> seen;
    for (int i = 0; i < rules_.outcomes_size(); ++i) {
      const std::string path = absl::StrCat("outcomes[", i, "]");
      const v1::OutcomeRule& outcome = rules_.outcomes(i);
      if (!seen.insert(outcome.id()).second) {
        return Invalid(path + ".id", Quoted(outcome.id()), "every id may stand once");
      }
      ASSAY_RETURN_IF_ERROR(CheckKind(path, i));
      ASSAY_RETURN_IF_ERROR(CheckWhen(path + ".when", i));
    }
    ASSAY_RETURN_IF_ERROR(CheckReachable());
    ASSAY_RETURN_IF_ERROR(CheckRequirementsUsed());
    if (catalogue_.catalogue->frame()) return absl::OkStatus();
    ASSAY_RETURN_IF_ERROR(CheckProfilesCount());
    return CheckAnchors();
  }

 private:
  absl::Status Invalid(std::string_view path, std::string_view value,
                       std::string_view allowed) const {
    return SchemeFileInvalid({file_, path}, value, allowed);
  }

  bool IsLast(int i) const { return i == rules_.outcomes_size() - 1; }

  // Best first: the first outcome whose conditions hold is taken.
  absl::Status CheckKind(const std::string& path, int i) const {
    const v1::OutcomeKind kind = rules_.outcomes(i).kind();
    for (int before = 0; before < i; ++before) {
      const v1::OutcomeKind earlier = rules_.outcomes(before).kind();
      if (kind != v1::OUTCOME_KIND_RATED && earlier != v1::OUTCOME_KIND_RATED && kind < earlier) {
        return Invalid(path + ".kind", Quoted(rules_.outcomes(i).id()),
                       absl::StrCat("better outcomes stand first: passed, conditional, failed; ",
                                    Quoted(rules_.outcomes(before).id()), " stands before it"));
      }
    }
    if (!IsLast(i)) return absl::OkStatus();
    if (has_anchor_ && kind != v1::OUTCOME_KIND_FAILED) {
      return Invalid(path + ".kind", Quoted(rules_.outcomes(i).id()),
                     "the last outcome must be of kind \"failed\": an anchor that fails leaves no "
                     "other");
    }
    if (kind != v1::OUTCOME_KIND_FAILED && kind != v1::OUTCOME_KIND_RATED) {
      return Invalid(path + ".kind", Quoted(rules_.outcomes(i).id()),
                     "the last outcome takes whatever is left: it must be of kind \"failed\" or "
                     "\"rated\"");
    }
    return absl::OkStatus();
  }

  absl::Status CheckWhen(const std::string& path, int i) const {
    const v1::OutcomeRule& outcome = rules_.outcomes(i);
    if (IsLast(i)) {
      if (!outcome.has_when()) return absl::OkStatus();
      return Invalid(path, Quoted(outcome.id()),
                     "the last outcome takes whatever is left: it has no conditions");
    }
    if (!outcome.has_when() || outcome.when().ByteSizeLong() == 0) {
      return Invalid(path, outcome.has_when() ? "without a condition" : "missing",
                     "at least one condition is required: outcomes behind one that always holds "
                     "could never be reached");
    }
    if (!objective_can_fail_ && OnlyObjectivesPass(outcome.when())) {
      return Invalid(path + ".objectives_pass", "true",
                     "another condition, or an objective that is mandatory or an anchor, is "
                     "required: without one this condition always holds");
    }
    return CheckConditions(path, outcome.when());
  }

  absl::Status CheckConditions(const std::string& path, const v1::OutcomeConditions& when) const {
    if (when.item_shortfall_exceptions_size() > 0 && !when.has_item_shortfall_at_most()) {
      return Invalid(path + ".item_shortfall_exceptions",
                     absl::StrCat("a list of ", when.item_shortfall_exceptions_size()),
                     "exceptions need 'item_shortfall_at_most', which they are exceptions from");
    }
    std::set<std::string_view> seen;
    for (int i = 0; i < when.item_shortfall_exceptions_size(); ++i) {
      ASSAY_RETURN_IF_ERROR(CheckMember(
          absl::StrCat(path, ".item_shortfall_exceptions[", i, "].control"),
          when.item_shortfall_exceptions(i).control(), "controls", catalogue_.controls, seen));
    }
    seen.clear();
    for (int i = 0; i < when.full_marks_size(); ++i) {
      ASSAY_RETURN_IF_ERROR(CheckMember(absl::StrCat(path, ".full_marks[", i, "]"),
                                        when.full_marks(i), "controls", catalogue_.controls, seen));
    }
    seen.clear();
    for (int i = 0; i < when.full_objectives_size(); ++i) {
      ASSAY_RETURN_IF_ERROR(CheckMember(absl::StrCat(path, ".full_objectives[", i, "]"),
                                        when.full_objectives(i), "objectives",
                                        catalogue_.objectives, seen));
    }
    return absl::OkStatus();
  }

  // An id that the catalogue has among its `members`, not `seen` before.
  template <typename Members>
  absl::Status CheckMember(const std::string& path, const std::string& id, std::string_view what,
                           const Members& members, std::set<std::string_view>& seen) const {
    if (!members.contains(id)) {
      return Invalid(path, Quoted(id),
                     absl::StrCat("the id of one of the catalogue's ",
                                  absl::string_view(what.data(), what.size()), " is required"));
    }
    if (!seen.insert(id).second) return Invalid(path, Quoted(id), "every id may stand once");
    return absl::OkStatus();
  }

  // An outcome is never reached when its conditions imply those of an earlier one; but a failed one
  // is when an anchor fails, for then earlier outcomes of other kinds are passed over.
  absl::Status CheckReachable() const {
    for (int i = 1; i < rules_.outcomes_size() - 1; ++i) {
      const v1::OutcomeRule& outcome = rules_.outcomes(i);
      for (int before = 0; before < i; ++before) {
        const v1::OutcomeRule& earlier = rules_.outcomes(before);
        const bool passed_over = has_anchor_ && outcome.kind() == v1::OUTCOME_KIND_FAILED &&
                                 earlier.kind() != v1::OUTCOME_KIND_FAILED;
        if (!passed_over && Implies(outcome.when(), earlier.when())) {
          return Invalid(
              absl::StrCat("outcomes[", i, "].when"), Quoted(outcome.id()),
              absl::StrCat("conditions that can hold where those of ", Quoted(earlier.id()),
                           " do not are required: it could never be reached"));
        }
      }
    }
    return absl::OkStatus();
  }

  absl::Status CheckRequirementsUsed() const {
    int user = -1;
    for (int i = 0; i < rules_.outcomes_size() && user < 0; ++i) {
      if (rules_.outcomes(i).when().requirements_met()) user = i;
    }
    if (user < 0) {
      if (rules_.requirements_size() == 0) return absl::OkStatus();
      return Invalid("requirements", absl::StrCat("a list of ", rules_.requirements_size()),
                     "an outcome with 'requirements_met' is required, which asks for them");
    }
    std::set<std::string_view> covered;
    for (const v1::Requirement& requirement : rules_.requirements()) {
      covered.insert(requirement.profile());
    }
    for (const v1::Profile& profile : catalogue_.catalogue->profiles()) {
      if (covered.contains(profile.id())) continue;
      return Invalid(absl::StrCat("outcomes[", user, "].when.requirements_met"), "true",
                     absl::StrCat("a requirement for profile ", profile.id(),
                                  " is needed: without one the condition always holds there"));
    }
    return absl::OkStatus();
  }

  // At a profile where nothing counts, every sum would be 0 of 0.
  absl::Status CheckProfilesCount() const {
    std::set<std::string_view> counting;
    for (const v1::Control& control : catalogue_.catalogue->controls()) {
      if (!scales_.Counts(control.id())) continue;
      counting.insert(control.profiles().begin(), control.profiles().end());
    }
    for (const v1::Profile& profile : catalogue_.catalogue->profiles()) {
      if (counting.contains(profile.id())) continue;
      return Invalid("items", absl::StrCat("nothing that counts at profile ", profile.id()),
                     "at least one control that counts is required in every profile");
    }
    return absl::OkStatus();
  }

  // An anchor without a control cannot fail: it would look like a safeguard and be none.
  absl::Status CheckAnchors() const {
    std::map<std::string_view, std::set<std::string_view>> profiles;  // By objective.
    for (const v1::Control& control : catalogue_.catalogue->controls()) {
      if (!scales_.Counts(control.id())) continue;
      profiles[control.objective()].insert(control.profiles().begin(), control.profiles().end());
    }
    for (int i = 0; i < rules_.objectives_size(); ++i) {
      const v1::ObjectiveRule& rule = rules_.objectives(i);
      if (!rule.anchor()) continue;
      for (const v1::Profile& profile : catalogue_.catalogue->profiles()) {
        if (profiles[rule.objective()].contains(profile.id())) continue;
        return Invalid(absl::StrCat("objectives[", i, "].anchor"), "true",
                       absl::StrCat("the catalogue must have a counting control of objective ",
                                    rule.objective(), " in profile ", profile.id(),
                                    ": an anchor without one cannot fail"));
      }
    }
    return absl::OkStatus();
  }

  const std::string file_;
  const v1::RuleSet& rules_;
  const CatalogueIndex& catalogue_;
  const ScaleIndex scales_;
  bool has_anchor_ = false;
  bool objective_can_fail_ = false;  // The assessment, that is: one is mandatory or an anchor.
};

}  // namespace

absl::Status ValidateOutcomes(std::string_view file, const v1::RuleSet& rules,
                              const CatalogueIndex& catalogue) {
  return OutcomesCheck(file, rules, catalogue).Run();
}

}  // namespace assay::catalogue
