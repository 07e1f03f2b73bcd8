// What the reading and the writing half of `assayctl review` share.

#ifndef ASSAY_TOOLS_ASSAYCTL_COMMANDS_REVIEW_CALLS_H_
#define ASSAY_TOOLS_ASSAYCTL_COMMANDS_REVIEW_CALLS_H_

#include <string>

#include "CLI/CLI.hpp"
#include "absl/status/statusor.h"

#include "tools/assayctl/context.h"

namespace assay::assayctl {

using QueueStub = review_queue::v1::ReviewQueueService::StubInterface;

inline void AddItemName(CLI::App& app, std::string& target) {
  app.add_option("item", target, "Id or name of the review item, such as a1.1")->required();
}

// claim, extend, release and decide, in review_claim.cc.
void AddReviewClaims(CLI::App& group, Context& context);

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_COMMANDS_REVIEW_CALLS_H_
