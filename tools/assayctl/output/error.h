// What the tool says when something went wrong.

#ifndef ASSAY_TOOLS_ASSAYCTL_OUTPUT_ERROR_H_
#define ASSAY_TOOLS_ASSAYCTL_OUTPUT_ERROR_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"

#include "tools/assayctl/output/exit_code.h"
#include "tools/assayctl/output/style.h"

namespace assay::assayctl {

// An error of the person at the keyboard: INVALID_ARGUMENT that ends in exit code 2.
absl::Status UsageError(std::string_view reason, std::string_view message);

// Notes on an error which service was called, for the hint. `service` is "scoring".
absl::Status AtService(absl::Status status, std::string_view service, std::string_view address);

ExitCode ExitCodeOf(const absl::Status& status);

// For people: code and reason, message, each field violation, metadata, a hint where one helps.
// Every line ends in '\n'. All texts are made printable.
std::string RenderError(const absl::Status& status, const Style& style);

// What to try, "" when we know nothing.
std::string HintFor(const absl::Status& status);

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_OUTPUT_ERROR_H_
