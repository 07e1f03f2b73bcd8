// The flags of `assayctl review decide`, turned into a decision.

#ifndef ASSAY_TOOLS_ASSAYCTL_REQUESTS_DECISION_H_
#define ASSAY_TOOLS_ASSAYCTL_REQUESTS_DECISION_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "assay/review_queue/v1/review_queue.pb.h"

namespace assay::assayctl {

// As typed. `overturn` and `give_back` hold CONTROL=TEXT.
struct DecideArguments {
  bool uphold = false;
  std::vector<std::string> overturn = {};
  std::vector<std::string> give_back = {};
  std::string reason = {};
};

// A usage error (DECISION_ARGUMENTS_INVALID) unless exactly one kind of decision is given and
// every item of a list is CONTROL=TEXT.
absl::StatusOr<review_queue::v1::Decision> BuildDecision(const DecideArguments& arguments);

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_REQUESTS_DECISION_H_
