// Environment variables, injected.

#ifndef ASSAY_TOOLS_ASSAYCTL_ENVIRONMENT_H_
#define ASSAY_TOOLS_ASSAYCTL_ENVIRONMENT_H_

#include <functional>
#include <string>

namespace assay::assayctl {

// The value of a variable, "" when it is not set.
using Environment = std::function<std::string(const std::string& name)>;

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_ENVIRONMENT_H_
