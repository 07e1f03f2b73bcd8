#include "services/catalogue/lookup.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

#include "common/status/error.h"
#include "common/text/view.h"

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

absl::Status RefusePinned(std::string_view field, std::string_view name) {
  if (name.find('@') == std::string_view::npos) return absl::OkStatus();
  const std::string problem = absl::StrCat(
      "is '", ToAbsl(name), "'; the name of a document without a revision is required");
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "RESOURCE_NAME_INVALID")
      .Message(absl::StrCat(ToAbsl(field), " ", problem))
      .Metadata("value", name)
      .Field(field, problem)
      .Build();
}

}  // namespace assay::catalogue
