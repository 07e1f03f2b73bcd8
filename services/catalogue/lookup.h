// Finds and lists documents of a registry by resource name, for every kind alike.

#ifndef ASSAY_SERVICES_CATALOGUE_LOOKUP_H_
#define ASSAY_SERVICES_CATALOGUE_LOOKUP_H_

#include <string>
#include <string_view>
#include <type_traits>
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

// The alias that always names the latest revision; no other may be called so.
inline constexpr std::string_view kLatestAlias = "latest";

// NOT_FOUND SCHEME_NOT_FOUND naming `field`. `scheme` is an id.
absl::StatusOr<const SchemeShelves*> FindScheme(const Registry& registry, std::string_view field,
                                                std::string_view scheme);

// The number of the revision that an alias of document `name` names on `day`. NOT_FOUND
// ALIAS_NOT_FOUND, FAILED_PRECONDITION ALIAS_NOT_IN_FORCE.
absl::StatusOr<uint32_t> ResolveAlias(const Aliases& aliases, std::string_view field,
                                      std::string_view name, const std::string& alias,
                                      EpochDays day);

// How one kind of document is found.
template <typename Message>
struct ShelfTraits {
  DocumentKind kind;
  std::string_view pattern;    // Of its resource names.
  std::string_view not_found;  // Reason.
  Shelf<Message> SchemeShelves::*shelf;
};

inline constexpr ShelfTraits<v1::Catalogue> kCatalogues = {
    DocumentKind::kCatalogue, "schemes/*/catalogues/*", "CATALOGUE_NOT_FOUND",
    &SchemeShelves::catalogues};
inline constexpr ShelfTraits<v1::QuestionSet> kQuestionSets = {
    DocumentKind::kQuestionSet, "schemes/*/questionSets/*", "QUESTION_SET_NOT_FOUND",
    &SchemeShelves::question_sets};
inline constexpr ShelfTraits<v1::RuleSet> kRuleSets = {DocumentKind::kRuleSet,
                                                       "schemes/*/ruleSets/*", "RULE_SET_NOT_FOUND",
                                                       &SchemeShelves::rule_sets};

// A document on its shelf and the revision that was asked for.
template <typename Message>
struct FoundDocument {
  DocumentName name;
  const ShelvedDocument<Message>* document = nullptr;
  uint32_t number = 0;
  bool pinned = false;  // Whether the name carried a revision or an alias.

  const Message& revision() const { return *document->revisions.at(number); }
};

// The document that `name` names, and the revision: by number, by what an alias names on `day`, or
// the latest.
template <typename Message>
absl::StatusOr<FoundDocument<Message>> FindDocument(const Registry& registry,
                                                    const ShelfTraits<Message>& traits,
                                                    std::string_view field, std::string_view name,
                                                    EpochDays day) {
  ASSAY_ASSIGN_OR_RETURN(const RevisionedName asked, SplitRevision(field, name));
  ASSAY_ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                         ParseName(field, traits.pattern, asked.name));
  ASSAY_ASSIGN_OR_RETURN(const SchemeShelves* shelves, FindScheme(registry, field, ids[0]));
  const Shelf<Message>& shelf = shelves->*traits.shelf;
  const auto document = shelf.find(ids[1]);
  if (document == shelf.end()) return ResourceNotFound(traits.not_found, field, asked.name);
  const auto& revisions = document->second.revisions;
  FoundDocument<Message> found;
  found.name = {.scheme = ids[0], .kind = traits.kind, .id = ids[1]};
  found.document = &document->second;
  found.number = asked.revision == 0 ? revisions.rbegin()->first : asked.revision;
  found.pinned = asked.revision != 0 || !asked.alias.empty();
  if (!asked.alias.empty() && asked.alias != kLatestAlias) {
    ASSAY_ASSIGN_OR_RETURN(
        found.number, ResolveAlias(document->second.aliases, field, asked.name, asked.alias, day));
  }
  if (!revisions.contains(found.number)) {
    return RevisionNotFound(field, asked.name, found.number, revisions.rbegin()->first);
  }
  return found;
}

// Calls `visit` with the FoundDocument of whatever kind `name` names; answers what it answers.
// INVALID_ARGUMENT RESOURCE_NAME_INVALID for the name of anything else.
template <typename Visitor>
auto VisitDocument(const Registry& registry, std::string_view field, std::string_view name,
                   EpochDays day, Visitor visit)
    -> std::invoke_result_t<Visitor, const FoundDocument<v1::Catalogue>&> {
  if (name.find("/questionSets/") != std::string_view::npos) {
    ASSAY_ASSIGN_OR_RETURN(const auto found,
                           FindDocument(registry, kQuestionSets, field, name, day));
    return visit(found);
  }
  if (name.find("/ruleSets/") != std::string_view::npos) {
    ASSAY_ASSIGN_OR_RETURN(const auto found, FindDocument(registry, kRuleSets, field, name, day));
    return visit(found);
  }
  if (name.find("/catalogues/") != std::string_view::npos) {
    ASSAY_ASSIGN_OR_RETURN(const auto found, FindDocument(registry, kCatalogues, field, name, day));
    return visit(found);
  }
  return NameUnfit(field, name,
                   "schemes/*/catalogues/*, schemes/*/questionSets/* or schemes/*/ruleSets/*");
}

// One revision of a document, by name.
struct FoundRevision {
  DocumentName name;
  uint32_t number = 0;
};

// What `name`, "schemes/{scheme}" with or without "@{revision}", names; without, the latest.
// INVALID_ARGUMENT RESOURCE_NAME_INVALID, NOT_FOUND SCHEME_NOT_FOUND or REVISION_NOT_FOUND.
absl::StatusOr<FoundRevision> FindSchemeDocument(const Registry& registry, std::string_view field,
                                                 std::string_view name);

// INVALID_ARGUMENT RESOURCE_NAME_INVALID naming `field` when `name` carries a revision or an alias:
// the document itself is asked for.
absl::Status RefusePinned(std::string_view field, std::string_view name);

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
