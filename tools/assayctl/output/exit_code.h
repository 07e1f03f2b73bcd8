// What the process tells the shell. Documented in --help and README.md; never renumbered.

#ifndef ASSAY_TOOLS_ASSAYCTL_OUTPUT_EXIT_CODE_H_
#define ASSAY_TOOLS_ASSAYCTL_OUTPUT_EXIT_CODE_H_

namespace assay::assayctl {

enum class ExitCode : int {
  kOk = 0,
  kRefused = 1,      // An operation was refused or failed, or a conformance vector did not pass.
  kUsage = 2,        // Wrong flags, or an input file that is not what it should be.
  kNotPassed = 3,    // --exit-code and no pass, or some lines or requests failed.
  kUnreachable = 4,  // A service could not be reached.
};

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_OUTPUT_EXIT_CODE_H_
