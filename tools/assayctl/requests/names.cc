#include "tools/assayctl/requests/names.h"

#include "absl/strings/str_cat.h"

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

}  // namespace assay::assayctl
