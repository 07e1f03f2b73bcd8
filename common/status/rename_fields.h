// Says an error of another service in the words of one's own request.

#ifndef ASSAY_COMMON_STATUS_RENAME_FIELDS_H_
#define ASSAY_COMMON_STATUS_RENAME_FIELDS_H_

#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"

namespace assay {

// `status` with every field violation's field replaced by `rename(field)`; all else is kept.
absl::Status RenameFields(absl::Status status,
                          absl::FunctionRef<std::string(std::string_view)> rename);

}  // namespace assay

#endif  // ASSAY_COMMON_STATUS_RENAME_FIELDS_H_
