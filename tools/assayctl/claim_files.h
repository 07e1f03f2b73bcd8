// Claim tokens between `review claim` and `review decide`: one file for each claimed item under
// <home>/claims, readable by its owner only.

#ifndef ASSAY_TOOLS_ASSAYCTL_CLAIM_FILES_H_
#define ASSAY_TOOLS_ASSAYCTL_CLAIM_FILES_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace assay::assayctl {

class ClaimFiles {
 public:
  explicit ClaimFiles(std::string_view home);

  // `item` is the full name, "reviewItems/a1.1". Replaces an older token of the item.
  absl::Status Save(std::string_view item, std::string_view claim_token) const;

  // A usage error (CLAIM_TOKEN_MISSING) when there is none.
  absl::StatusOr<std::string> Load(std::string_view item) const;

  // After the claim has been given back or used up. None there is fine.
  void Remove(std::string_view item) const;

  // Where the token of `item` is kept. A usage error (NAME_INVALID) when the item's id is not fit
  // for a file name.
  absl::StatusOr<std::string> PathOf(std::string_view item) const;

 private:
  const std::string folder_;
};

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_CLAIM_FILES_H_
