// The tool as a function: arguments and streams in, exit code out.

#ifndef ASSAY_TOOLS_ASSAYCTL_APP_H_
#define ASSAY_TOOLS_ASSAYCTL_APP_H_

#include <string>
#include <vector>

#include "common/ids/id_source.h"
#include "common/time/clock.h"
#include "tools/assayctl/context.h"
#include "tools/assayctl/environment.h"

namespace assay::assayctl {

// `args` without the program's name. Returns the process's exit code (output/exit_code.h).
int RunApp(const std::vector<std::string>& args, const Environment& environment,
           const Streams& streams, const Clock& clock, IdSource& ids);

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_APP_H_
