// Finds and lists documents of a registry by resource name, for every kind alike.

#ifndef ASSAY_SERVICES_CATALOGUE_LOOKUP_H_
#define ASSAY_SERVICES_CATALOGUE_LOOKUP_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "common/ids/resource_name.h"
#include "common/paging/page_token.h"
#include "common/status/macros.h"
#include "services/catalogue/errors.h"
#include "services/catalogue/registry.h"

namespace assay::catalogue {

// NOT_FOUND SCHEME_NOT_FOUND naming `field`. `scheme` is an id.
absl::StatusOr<const SchemeShelves*> FindScheme(const Registry& registry, std::string_view field,
                                                std::string_view scheme);

// How one kind of document is found.
template <typename Message>
struct ShelfTraits {
  std::string_view pattern;    // Of its resource names.
  std::string_view not_found;  // Reason.
  Shelf<Message> SchemeShelves::*shelf;
};

// The revision that `name` names, or the latest when it names none.
template <typename Message>
absl::StatusOr<const Message*> FindDocument(const Registry& registry,
                                            const ShelfTraits<Message>& traits,
                                            std::string_view field, std::string_view name) {
  ASSAY_ASSIGN_OR_RETURN(const RevisionedName revisioned, SplitRevision(field, name));
  ASSAY_ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                         ParseName(field, traits.pattern, revisioned.name));
  ASSAY_ASSIGN_OR_RETURN(const SchemeShelves* shelves, FindScheme(registry, field, ids[0]));
  const Shelf<Message>& shelf = shelves->*traits.shelf;
  const auto document = shelf.find(ids[1]);
  if (document == shelf.end()) return ResourceNotFound(traits.not_found, field, revisioned.name);
  if (revisioned.revision == 0) return &document->second.latest();
  const auto revision = document->second.revisions.find(revisioned.revision);
  if (revision == document->second.revisions.end()) {
    return RevisionNotFound(field, revisioned.name, revisioned.revision,
                            document->second.revisions.rbegin()->first);
  }
  return &revision->second;
}

// Hands the entries of `page`, in order of their keys, to `add`. Returns the token of the next
// page, empty on the last one. The page ends at its size or before its entries have more than
// paging::kMaxPageBytes by `size_of`, whichever comes first, but holds at least one entry.
template <typename Map>
absl::StatusOr<std::string> ListPage(
    const Map& map, paging::Page page,
    absl::FunctionRef<size_t(const typename Map::mapped_type&)> size_of,
    absl::FunctionRef<void(const typename Map::mapped_type&)> add) {
  std::string last = page.cursor();
  for (auto entry = map.upper_bound(last); entry != map.end(); ++entry) {
    if (!page.Take(size_of(entry->second))) return page.Next(last);
    add(entry->second);
    last = entry->first;
  }
  return std::string();
}

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_LOOKUP_H_
