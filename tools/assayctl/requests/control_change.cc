#include "tools/assayctl/requests/control_change.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "absl/strings/str_cat.h"

#include "common/status/macros.h"
#include "common/text/view.h"
#include "tools/assayctl/output/error.h"

namespace assay::assayctl {
namespace {

using assessment_store::v1::ControlChange;
using scoring::v1::ControlInput;
using scoring::v1::ControlStatus;

constexpr std::array<std::string_view, 5> kClearable = {"theoretical", "practical", "adjustment",
                                                        "override", "not_applicable"};

absl::Status Invalid(std::string_view message) { return UsageError("RECORD_INVALID", message); }

absl::StatusOr<ControlStatus> ParseStatus(std::string_view text) {
  if (text == "met") {
    return scoring::v1::CONTROL_STATUS_MET;
  }
  if (text == "partial") {
    return scoring::v1::CONTROL_STATUS_PARTIALLY_MET;
  }
  if (text == "not_met") {
    return scoring::v1::CONTROL_STATUS_NOT_MET;
  }
  return Invalid(absl::StrCat("status \"", ToAbsl(text), "\" is none of met, partial and not_met"));
}

// A text without the mark it explains is a slip of the hand, not a request.
absl::Status CheckPairs(const RecordArguments& arguments) {
  if (!arguments.reason.empty() && !arguments.adjust.has_value()) {
    return Invalid("--reason explains --adjust, which is not given");
  }
  if (!arguments.reasoning.empty() && !arguments.overridden) {
    return Invalid("--reasoning explains --override, which is not given");
  }
  if (!arguments.justification.empty() && !arguments.not_applicable) {
    return Invalid("--justification explains --not-applicable, which is not given");
  }
  return absl::OkStatus();
}

absl::Status SetFinding(const RecordArguments& arguments, ControlChange& change) {
  ASSAY_ASSIGN_OR_RETURN(const ControlStatus status, ParseStatus(arguments.status));
  if (arguments.phase != "theoretical" && arguments.phase != "practical") {
    return Invalid(
        absl::StrCat("phase \"", arguments.phase, "\" is neither theoretical nor practical"));
  }
  ControlInput& result = *change.mutable_result();
  auto& finding =
      arguments.phase == "practical" ? *result.mutable_practical() : *result.mutable_theoretical();
  finding.set_status(status);
  change.mutable_update_mask()->add_paths(arguments.phase);
  return absl::OkStatus();
}

void SetMarks(const RecordArguments& arguments, ControlChange& change) {
  ControlInput& result = *change.mutable_result();
  auto& mask = *change.mutable_update_mask();
  if (arguments.adjust.has_value()) {
    result.mutable_adjustment()->set_points(*arguments.adjust);
    result.mutable_adjustment()->set_reason(arguments.reason);
    mask.add_paths("adjustment");
  }
  if (arguments.overridden) {
    result.mutable_override()->set_reasoning(arguments.reasoning);
    mask.add_paths("override");
  }
  if (arguments.not_applicable) {
    result.mutable_not_applicable()->set_justification(arguments.justification);
    mask.add_paths("not_applicable");
  }
}

absl::Status Clear(const RecordArguments& arguments, ControlChange& change) {
  auto& paths = *change.mutable_update_mask()->mutable_paths();
  for (const std::string& field : arguments.clear) {
    if (std::find(kClearable.begin(), kClearable.end(), field) == kClearable.end()) {
      return Invalid(absl::StrCat("--clear ", field,
                                  ": is none of theoretical, practical, adjustment, override and "
                                  "not_applicable"));
    }
    if (std::find(paths.begin(), paths.end(), field) != paths.end()) {
      return Invalid(absl::StrCat("--clear ", field, ": is set or cleared by another flag too"));
    }
    paths.Add(std::string(field));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<ControlChange> BuildControlChange(const RecordArguments& arguments) {
  if (arguments.control.empty()) {
    return Invalid("no control; give --control ID, or --file FILE with a list of changes");
  }
  ASSAY_RETURN_IF_ERROR(CheckPairs(arguments));
  ControlChange change;
  change.mutable_result()->set_control_id(arguments.control);
  if (!arguments.status.empty()) {
    ASSAY_RETURN_IF_ERROR(SetFinding(arguments, change));
  }
  SetMarks(arguments, change);
  ASSAY_RETURN_IF_ERROR(Clear(arguments, change));
  if (change.update_mask().paths().empty()) {
    return Invalid(absl::StrCat("nothing to record about control ", arguments.control,
                                "; give --status, --adjust, --override, --not-applicable or "
                                "--clear"));
  }
  return change;
}

}  // namespace assay::assayctl
