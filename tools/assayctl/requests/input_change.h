// The flags of `assayctl score what-if`, turned into changes of inputs.

#ifndef ASSAY_TOOLS_ASSAYCTL_REQUESTS_INPUT_CHANGE_H_
#define ASSAY_TOOLS_ASSAYCTL_REQUESTS_INPUT_CHANGE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"

#include "assay/scoring/v1/scoring_service.pb.h"

namespace assay::assayctl {

// As typed; "C=..." names a control and what would be recorded about it.
struct WhatIfArguments {
  std::vector<std::string> met = {};             // C
  std::vector<std::string> status = {};          // C=met, C=partial or C=not_met
  std::vector<std::string> mark = {};            // C=MARK
  std::vector<std::string> not_applicable = {};  // C=why
  std::vector<std::string> overridden = {};      // C=why
  std::vector<std::string> clear = {};           // C
  std::string as_of = {};
};

// Appends to `what_if` the changes its request would have: one for each control named, then
// the date.
//
// --met, --status and --mark replace all that is recorded about a control, in the phase that is
// scored by default (the practical one where it is recorded). --not-applicable and --override are
// laid over what is recorded, or over what another flag says of the same control, so that what they
// stand on stays known. --clear forgets everything.
//
// A usage error (CHANGE_INVALID) when a flag has no control or value, or two say different findings
// of one control. Whether the rules allow it is for the service to judge.
absl::Status AppendChanges(const WhatIfArguments& arguments, scoring::v1::WhatIfRequest& what_if);

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_REQUESTS_INPUT_CHANGE_H_
