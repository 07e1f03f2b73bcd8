#include <algorithm>

#include "absl/strings/str_cat.h"

#include "common/status/macros.h"
#include "common/text/view.h"
#include "services/catalogue/domain/text_form.h"
#include "services/catalogue/domain/validate.h"
#include "services/catalogue/errors.h"

namespace assay::catalogue {
namespace {

// Files the ids of `list` by position; refuses one that comes twice.
template <typename List, typename Ids>
absl::Status IndexIds(std::string_view file, std::string_view key, const List& list, Ids& ids) {
  for (int i = 0; i < list.size(); ++i) {
    if (!ids.emplace(list[i].id(), static_cast<size_t>(i)).second) {
      return SchemeFileInvalid({file, absl::StrCat(ToAbsl(key), "[", i, "].id")},
                               Quoted(list[i].id()), "every id may stand once");
    }
  }
  return absl::OkStatus();
}

// Whether `after` may follow `before`, given the positions of their objectives.
bool InOrder(size_t objective_before, const v1::Control& before, size_t objective_after,
             const v1::Control& after) {
  if (objective_before != objective_after) return objective_before < objective_after;
  return before.id() < after.id();
}

absl::Status ValidateControls(std::string_view file, const v1::Catalogue& catalogue,
                              CatalogueIndex& index) {
  for (int i = 0; i < catalogue.controls_size(); ++i) {
    const v1::Control& control = catalogue.controls(i);
    const std::string path = absl::StrCat("controls[", i, "]");
    if (!index.controls.emplace(control.id(), &control).second) {
      return SchemeFileInvalid({file, path + ".id"}, Quoted(control.id()),
                               "every id may stand once");
    }
    if (!index.objectives.contains(control.objective())) {
      return SchemeFileInvalid({file, path + ".objective"}, Quoted(control.objective()),
                               "the id of one of the catalogue's objectives is required");
    }
    ASSAY_RETURN_IF_ERROR(ValidateProfiles(file, path + ".profiles", control.profiles(), index));
    if (i == 0) continue;
    const v1::Control& before = catalogue.controls(i - 1);
    if (!InOrder(index.objectives.at(before.objective()), before,
                 index.objectives.at(control.objective()), control)) {
      return SchemeFileInvalid({file, path}, Quoted(control.id()),
                               "controls are grouped by objective in the order of 'objectives', "
                               "then rise by id");
    }
  }
  return absl::OkStatus();
}

absl::Status RefuseEmptyProfiles(std::string_view file, const v1::Catalogue& catalogue,
                                 const CatalogueIndex& index) {
  std::vector<bool> used(index.profiles.size(), false);
  for (const v1::Control& control : catalogue.controls()) {
    for (const std::string& profile : control.profiles()) used[index.profiles.at(profile)] = true;
  }
  for (size_t i = 0; i < used.size(); ++i) {
    if (!used[i]) {
      return SchemeFileInvalid({file, absl::StrCat("profiles[", i, "]")},
                               Quoted(catalogue.profiles(static_cast<int>(i)).id()),
                               "at least one control must be in every profile");
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ValidateProfiles(std::string_view file, std::string_view path,
                              const google::protobuf::RepeatedPtrField<std::string>& profiles,
                              const CatalogueIndex& catalogue) {
  size_t next = 0;  // The first position still allowed.
  for (int i = 0; i < profiles.size(); ++i) {
    const std::string place = absl::StrCat(ToAbsl(path), "[", i, "]");
    const auto found = catalogue.profiles.find(profiles[i]);
    if (found == catalogue.profiles.end()) {
      return SchemeFileInvalid({file, place}, Quoted(profiles[i]),
                               "the id of one of the catalogue's profiles is required");
    }
    if (found->second < next) {
      return SchemeFileInvalid({file, place}, Quoted(profiles[i]),
                               "each profile may stand once, in the catalogue's order");
    }
    next = found->second + 1;
  }
  return absl::OkStatus();
}

bool Within(const google::protobuf::RepeatedPtrField<std::string>& inner,
            const google::protobuf::RepeatedPtrField<std::string>& outer) {
  return std::all_of(inner.begin(), inner.end(), [&](const std::string& id) {
    return std::find(outer.begin(), outer.end(), id) != outer.end();
  });
}

absl::StatusOr<CatalogueIndex> ValidateCatalogue(std::string_view file,
                                                 const v1::Catalogue& catalogue) {
  CatalogueIndex index;
  index.catalogue = &catalogue;
  ASSAY_RETURN_IF_ERROR(IndexIds(file, "objectives", catalogue.objectives(), index.objectives));
  ASSAY_RETURN_IF_ERROR(IndexIds(file, "profiles", catalogue.profiles(), index.profiles));
  ASSAY_RETURN_IF_ERROR(ValidateControls(file, catalogue, index));
  if (!catalogue.frame()) {
    ASSAY_RETURN_IF_ERROR(RefuseEmptyProfiles(file, catalogue, index));
  }
  return index;
}

}  // namespace assay::catalogue
