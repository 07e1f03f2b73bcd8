#include "tools/assayctl/claim_files.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

#include "common/ids/resource_name.h"
#include "common/status/macros.h"
#include "common/text/view.h"
#include "tools/assayctl/files.h"
#include "tools/assayctl/output/error.h"
#include "tools/assayctl/output/text.h"

namespace assay::assayctl {

ClaimFiles::ClaimFiles(std::string_view home) : folder_(std::string(home) + "/claims") {}

absl::StatusOr<std::string> ClaimFiles::PathOf(std::string_view item) const {
  const std::string id = LastSegment(item);
  if (!IsValidId(id)) {
    return UsageError("NAME_INVALID",
                      absl::StrCat("\"", ToAbsl(item), "\" is not the name of a review item"));
  }
  return absl::StrCat(folder_, "/", id);
}

absl::Status ClaimFiles::Save(std::string_view item, std::string_view claim_token) const {
  ASSAY_ASSIGN_OR_RETURN(const std::string path, PathOf(item));
  ASSAY_RETURN_IF_ERROR(MakeFolder(folder_, kPrivateFolder));
  return ReplaceFile(path, absl::StrCat(ToAbsl(claim_token), "\n"), kPrivateFile);
}

absl::StatusOr<std::string> ClaimFiles::Load(std::string_view item) const {
  ASSAY_ASSIGN_OR_RETURN(const std::string path, PathOf(item));
  if (!FileExists(path)) {
    return UsageError("CLAIM_TOKEN_MISSING",
                      absl::StrCat("no claim of ", ToAbsl(item), " is kept at ", path,
                                   "; claim it first, or give --claim-token"));
  }
  ASSAY_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  return std::string(absl::StripAsciiWhitespace(text));
}

void ClaimFiles::Remove(std::string_view item) const {
  if (const auto path = PathOf(item); path.ok()) {
    RemoveFile(*path);
  }
}

}  // namespace assay::assayctl
