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

// The name of a document of a scheme: a full name as it is, or "ruleSets/asr-2.1" (also
// "rule-sets/", "questionSets/", "question-sets/", "catalogues/") of `scheme`, an id. With or
// without "@REVISION". NAME_INVALID for anything else.
absl::StatusOr<std::string> DocumentNameOf(std::string_view scheme, std::string_view text);

// "schemes/s/ruleSets/r@2" -> "schemes/s/ruleSets/r".
std::string WithoutRevision(std::string_view name);

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_REQUESTS_NAMES_H_
