// Finds the scale and the marks of each control of a rule set of model version 2.

#ifndef ASSAY_SERVICES_CATALOGUE_DOMAIN_SCALE_INDEX_H_
#define ASSAY_SERVICES_CATALOGUE_DOMAIN_SCALE_INDEX_H_

#include <string_view>
#include <unordered_map>

#include "assay/catalogue/v1/catalogue.pb.h"

namespace assay::catalogue {

// Points into the rule set, which must outlive it. An unknown id finds nothing.
class ScaleIndex {
 public:
  explicit ScaleIndex(const v1::RuleSet& rules) {
    for (const v1::Scale& scale : rules.scales()) scales_.emplace(scale.id(), &scale);
    default_ = Find(rules.default_scale());
    for (const v1::ItemRule& item : rules.items()) items_.emplace(item.control(), &item);
  }

  // Null when there is no such scale.
  const v1::Scale* Find(std::string_view id) const {
    const auto found = scales_.find(id);
    return found == scales_.end() ? nullptr : found->second;
  }

  // The scale of a control; null only when its id is unknown.
  const v1::Scale* Of(std::string_view control) const {
    const auto item = items_.find(control);
    if (item == items_.end() || item->second->scale().empty()) return default_;
    return Find(item->second->scale());
  }

  bool Counts(std::string_view control) const {
    const auto item = items_.find(control);
    return item == items_.end() || !item->second->not_counted();
  }

 private:
  std::unordered_map<std::string_view, const v1::Scale*> scales_;
  std::unordered_map<std::string_view, const v1::ItemRule*> items_;
  const v1::Scale* default_ = nullptr;
};

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_DOMAIN_SCALE_INDEX_H_
