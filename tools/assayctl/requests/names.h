// Resource names as people type them.

#ifndef ASSAY_TOOLS_ASSAYCTL_REQUESTS_NAMES_H_
#define ASSAY_TOOLS_ASSAYCTL_REQUESTS_NAMES_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace assay::assayctl {

// "a1" and "assessments/a1" -> "assessments/a1". A usage error (NAME_INVALID) when `text` is empty
// or has a '/' somewhere else.
absl::StatusOr<std::string> QualifiedName(std::string_view collection, std::string_view text);

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_REQUESTS_NAMES_H_
