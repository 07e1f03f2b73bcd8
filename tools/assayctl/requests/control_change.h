// The flags of `assayctl assessment record`, turned into one change.

#ifndef ASSAY_TOOLS_ASSAYCTL_REQUESTS_CONTROL_CHANGE_H_
#define ASSAY_TOOLS_ASSAYCTL_REQUESTS_CONTROL_CHANGE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "assay/assessment_store/v1/assessment_store_service.pb.h"

namespace assay::assayctl {

// As typed; empty or false means not given.
struct RecordArguments {
  std::string control = {};
  std::string status = {};            // met, partial or not_met
  std::string phase = "theoretical";  // or practical
  std::optional<int> adjust = {};
  std::string reason = {};
  bool overridden = false;
  std::string reasoning = {};
  bool not_applicable = false;
  std::string justification = {};
  std::vector<std::string> clear = {};  // Fields to take back.
};

// A usage error (RECORD_INVALID) when the flags contradict each other or say nothing. Whether the
// rules allow what they say is for the service to judge: a missing reasoning, for example, is sent
// and refused there.
absl::StatusOr<assessment_store::v1::ControlChange> BuildControlChange(
    const RecordArguments& arguments);

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_REQUESTS_CONTROL_CHANGE_H_
