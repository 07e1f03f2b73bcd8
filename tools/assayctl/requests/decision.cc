#include "tools/assayctl/requests/decision.h"

#include <string_view>

#include "absl/strings/str_cat.h"

#include "common/status/macros.h"
#include "common/text/view.h"
#include "tools/assayctl/output/error.h"

namespace assay::assayctl {
namespace {

using review_queue::v1::Decision;

absl::Status Invalid(std::string_view message) {
  return UsageError("DECISION_ARGUMENTS_INVALID", message);
}

// The first '=' divides: control ids have none, texts may.
absl::Status AddControls(const std::vector<std::string>& pairs, std::string_view flag,
                         Decision& decision) {
  for (const std::string& pair : pairs) {
    const size_t divider = pair.find('=');
    if (divider == std::string::npos || divider == 0 || divider + 1 == pair.size()) {
      return Invalid(absl::StrCat(ToAbsl(flag), " \"", pair, "\" is not of the form CONTROL=TEXT"));
    }
    auto* control = decision.add_controls();
    control->set_control_id(pair.substr(0, divider));
    control->set_reason(pair.substr(divider + 1));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Decision> BuildDecision(const DecideArguments& arguments) {
  const int kinds = (arguments.uphold ? 1 : 0) + (arguments.overturn.empty() ? 0 : 1) +
                    (arguments.give_back.empty() ? 0 : 1);
  if (kinds != 1) {
    return Invalid(
        "give exactly one of --uphold, --overturn CONTROL=REASON and --return CONTROL=QUESTION");
  }
  Decision decision;
  decision.set_reason(arguments.reason);
  if (arguments.uphold) {
    decision.set_kind(review_queue::v1::DECISION_KIND_UPHOLD);
  } else if (!arguments.overturn.empty()) {
    decision.set_kind(review_queue::v1::DECISION_KIND_OVERTURN);
    ASSAY_RETURN_IF_ERROR(AddControls(arguments.overturn, "--overturn", decision));
  } else {
    decision.set_kind(review_queue::v1::DECISION_KIND_RETURN);
    ASSAY_RETURN_IF_ERROR(AddControls(arguments.give_back, "--return", decision));
  }
  return decision;
}

}  // namespace assay::assayctl
