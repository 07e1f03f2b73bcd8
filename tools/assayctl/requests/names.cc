#include "tools/assayctl/requests/names.h"

#include "absl/strings/str_cat.h"

#include "common/status/macros.h"
#include "common/text/view.h"
#include "tools/assayctl/output/error.h"

namespace assay::assayctl {

absl::StatusOr<std::string> QualifiedName(std::string_view collection, std::string_view text) {
  const std::string prefix = absl::StrCat(ToAbsl(collection), "/");
  std::string_view id = text;
  if (id.starts_with(prefix)) {
    id.remove_prefix(prefix.size());
  }
  if (id.empty() || id.find('/') != std::string_view::npos) {
    return UsageError("NAME_INVALID",
                      absl::StrCat("\"", ToAbsl(text), "\" is not a name of the form ", prefix,
                                   "ID; give that or the ID alone"));
  }
  return absl::StrCat(prefix, ToAbsl(id));
}

absl::StatusOr<std::string> DocumentNameOf(std::string_view scheme, std::string_view text) {
  if (text.starts_with("schemes/")) return std::string(text);
  struct Spelling {
    std::string_view typed;
    std::string_view collection;
  };
  constexpr Spelling kSpellings[] = {{"catalogues", "catalogues"},
                                     {"questionSets", "questionSets"},
                                     {"question-sets", "questionSets"},
                                     {"ruleSets", "ruleSets"},
                                     {"rule-sets", "ruleSets"}};
  const size_t slash = text.find('/');
  for (const Spelling& spelling : kSpellings) {
    const bool same = slash != std::string_view::npos && text.substr(0, slash) == spelling.typed;
    if (!same || text.size() == slash + 1) continue;
    ASSAY_ASSIGN_OR_RETURN(const std::string parent, QualifiedName("schemes", scheme));
    return absl::StrCat(parent, "/", ToAbsl(spelling.collection), ToAbsl(text.substr(slash)));
  }
  return UsageError("NAME_INVALID",
                    absl::StrCat("\"", ToAbsl(text),
                                 "\" is no document; name it like ruleSets/asr-2.1 or "
                                 "schemes/dcc/ruleSets/asr-2.1"));
}

std::string WithoutRevision(std::string_view name) {
  return std::string(name.substr(0, name.find('@')));
}

}  // namespace assay::assayctl
