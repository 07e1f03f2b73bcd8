#include "services/catalogue/lookup.h"

#include <algorithm>

#include "services/catalogue/errors.h"

namespace assay::catalogue {

absl::StatusOr<const SchemeShelves*> FindScheme(const Registry& registry, std::string_view field,
                                                std::string_view scheme) {
  const auto found = registry.schemes().find(scheme);
  if (found != registry.schemes().end()) return &found->second;
  return ResourceNotFound("SCHEME_NOT_FOUND", field, FormatName("schemes/*", {scheme}));
}

absl::StatusOr<uint32_t> ResolveAlias(const Aliases& aliases, std::string_view field,
                                      std::string_view name, const std::string& alias,
                                      EpochDays day) {
  const auto history = aliases.find(alias);
  if (history == aliases.end()) return AliasNotFound(field, name, alias);
  const StoredAliasEntry* entry = EntryInForce(history->second, day);
  if (entry != nullptr) return entry->revision;
  const auto first = std::min_element(history->second.begin(), history->second.end(),
                                      [](const auto& a, const auto& b) {
                                        return a.second.effective_from < b.second.effective_from;
                                      });
  return AliasNotInForce(field, name, alias, FormatDate(first->second.effective_from));
}

absl::StatusOr<FoundRevision> FindSchemeDocument(const Registry& registry, std::string_view field,
                                                 std::string_view name) {
  ASSAY_ASSIGN_OR_RETURN(const RevisionedName asked, SplitRevision(field, name));
  ASSAY_ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                         ParseName(field, "schemes/*", asked.name));
  ASSAY_ASSIGN_OR_RETURN(const SchemeShelves* shelves, FindScheme(registry, field, ids[0]));
  if (!asked.alias.empty() && asked.alias != kLatestAlias) {
    return NameUnfit(field, name, "a number, since schemes have no aliases,");
  }
  FoundRevision found;
  found.name = {.scheme = ids[0], .kind = DocumentKind::kScheme, .id = ids[0]};
  found.number = asked.revision == 0 ? shelves->scheme_revision : asked.revision;
  if (found.number > shelves->scheme_revision) {
    return RevisionNotFound(field, asked.name, found.number, shelves->scheme_revision);
  }
  return found;
}

absl::Status RefusePinned(std::string_view field, std::string_view name) {
  if (name.find('@') == std::string_view::npos) return absl::OkStatus();
  return NameUnfit(field, name, "the name of a document without a revision");
}

}  // namespace assay::catalogue
