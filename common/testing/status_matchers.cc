#include "common/testing/status_matchers.h"

#include "absl/strings/str_cat.h"

namespace assay::testing_kit {

std::string Describe(const absl::Status& status) {
  const std::string reason = ErrorReason(status);
  return absl::StrCat(absl::StatusCodeToString(status.code()), reason.empty() ? "" : " ", reason,
                      status.message().empty() ? "" : ": ", status.message());
}

}  // namespace assay::testing_kit
