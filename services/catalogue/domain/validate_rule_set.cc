#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"

#include "common/status/macros.h"
#include "common/text/view.h"
#include "services/catalogue/domain/text_form.h"
#include "services/catalogue/domain/validate.h"
#include "services/catalogue/errors.h"

namespace assay::catalogue {
namespace {

// Checks that the `size` entries under `key` name every member of `members` exactly once.
// `id_of` gives the id an entry names, `id_key` is the key it stands under.
absl::Status CheckComplete(std::string_view file, std::string_view key, std::string_view id_key,
                           int size, absl::FunctionRef<const std::string&(int)> id_of,
                           const std::unordered_map<std::string_view, size_t>& members) {
  std::vector<bool> seen(members.size(), false);
  for (int i = 0; i < size; ++i) {
    const std::string path = absl::StrCat(ToAbsl(key), "[", i, "].", ToAbsl(id_key));
    const auto found = members.find(id_of(i));
    if (found == members.end()) {
      return SchemeFileInvalid({file, path}, Quoted(id_of(i)),
                               "an id that the catalogue knows is required");
    }
    if (seen[found->second]) {
      return SchemeFileInvalid({file, path}, Quoted(id_of(i)), "every id may stand once");
    }
    seen[found->second] = true;
  }
  // Report the first in the catalogue's order, whatever the order of the hash table.
  for (size_t i = 0; i < seen.size(); ++i) {
    if (seen[i]) continue;
    for (const auto& [id, position] : members) {
      if (position == i) {
        return SchemeFileInvalid({file, key}, absl::StrCat("without ", Quoted(id)),
                                 "one entry for each that the catalogue has is required");
      }
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ValidateRuleSet(std::string_view file, const v1::RuleSet& rules,
                             const CatalogueIndex& catalogue) {
  ASSAY_RETURN_IF_ERROR(CheckComplete(
      file, "thresholds", "profile", rules.thresholds_size(),
      [&](int i) -> const std::string& { return rules.thresholds(i).profile(); },
      catalogue.profiles));
  ASSAY_RETURN_IF_ERROR(CheckComplete(
      file, "objectives", "objective", rules.objectives_size(),
      [&](int i) -> const std::string& { return rules.objectives(i).objective(); },
      catalogue.objectives));
  if (rules.revision().model_version() < 2) return absl::OkStatus();
  ASSAY_RETURN_IF_ERROR(ValidateScales(file, rules, catalogue));
  return ValidateOutcomes(file, rules, catalogue);
}

}  // namespace assay::catalogue
