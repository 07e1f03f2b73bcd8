#include "tools/assayctl/requests/input_change.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"

#include "common/status/macros.h"
#include "common/text/view.h"
#include "tools/assayctl/output/error.h"

namespace assay::assayctl {
namespace {

using scoring::v1::AssessmentInputs;
using scoring::v1::ControlInput;
using scoring::v1::ControlStatus;
using scoring::v1::Finding;
using scoring::v1::WhatIfRequest;

absl::Status Invalid(std::string_view message) { return UsageError("CHANGE_INVALID", message); }

struct Pair {
  std::string control;
  std::string value;
};

absl::StatusOr<Pair> Split(std::string_view flag, const std::string& text) {
  const size_t equals = text.find('=');
  if (equals == 0 || equals == std::string::npos || equals + 1 == text.size()) {
    return Invalid(absl::StrCat("--", ToAbsl(flag), " ", text, ": must be CONTROL=VALUE"));
  }
  return Pair{text.substr(0, equals), text.substr(equals + 1)};
}

absl::StatusOr<ControlStatus> ParseStatus(const Pair& pair) {
  if (pair.value == "met") return scoring::v1::CONTROL_STATUS_MET;
  if (pair.value == "partial") return scoring::v1::CONTROL_STATUS_PARTIALLY_MET;
  if (pair.value == "not_met") return scoring::v1::CONTROL_STATUS_NOT_MET;
  return Invalid(absl::StrCat("--status ", pair.control, "=", pair.value,
                              ": is none of met, partial and not_met"));
}

// The control's record as it would be, by control, in the order in which flags name them.
class Overlay {
 public:
  explicit Overlay(const AssessmentInputs& inputs) : inputs_(inputs) {}

  // Replaces the record by a finding.
  absl::Status Find(const std::string& control, const Finding& finding) {
    Draft& draft = Get(control);
    if (draft.has_finding || draft.cleared) return Twice(control);
    draft.has_finding = true;
    const bool practical = draft.input.has_practical();
    draft.input.Clear();
    draft.input.set_control_id(control);
    *(practical ? draft.input.mutable_practical() : draft.input.mutable_theoretical()) = finding;
    return absl::OkStatus();
  }

  absl::StatusOr<ControlInput*> Flag(const std::string& control) {
    Draft& draft = Get(control);
    if (draft.cleared) return Twice(control);
    return &draft.input;
  }

  absl::Status Clear(const std::string& control) {
    if (control.empty()) return Invalid("--clear names no control");
    Draft& draft = Get(control);
    if (draft.cleared) return Twice(control);
    draft.cleared = true;
    return absl::OkStatus();
  }

  void AppendTo(WhatIfRequest& what_if) {
    for (Draft& draft : drafts_) {
      auto& change = *what_if.add_changes();
      if (draft.cleared) {
        change.set_clear(draft.input.control_id());
      } else {
        *change.mutable_replace() = std::move(draft.input);
      }
    }
  }

 private:
  struct Draft {
    ControlInput input;
    bool has_finding = false;
    bool cleared = false;
  };

  static absl::Status Twice(const std::string& control) {
    return Invalid(absl::StrCat("two flags say different things of control ", control));
  }

  Draft& Get(const std::string& control) {
    const auto drafted = std::find_if(
        drafts_.begin(), drafts_.end(),
        [&control](const Draft& draft) { return draft.input.control_id() == control; });
    if (drafted != drafts_.end()) return *drafted;
    drafts_.emplace_back();
    const auto recorded = std::find_if(
        inputs_.controls().begin(), inputs_.controls().end(),
        [&control](const ControlInput& input) { return input.control_id() == control; });
    if (recorded != inputs_.controls().end()) drafts_.back().input = *recorded;
    drafts_.back().input.set_control_id(control);
    return drafts_.back();
  }

  const AssessmentInputs& inputs_;
  std::vector<Draft> drafts_;
};

absl::Status AddFindings(const WhatIfArguments& arguments, Overlay& overlay) {
  for (const std::string& control : arguments.met) {
    if (control.empty()) return Invalid("--met names no control");
    Finding finding;
    finding.set_status(scoring::v1::CONTROL_STATUS_MET);
    ASSAY_RETURN_IF_ERROR(overlay.Find(control, finding));
  }
  for (const std::string& text : arguments.status) {
    ASSAY_ASSIGN_OR_RETURN(const Pair pair, Split("status", text));
    Finding finding;
    ASSAY_ASSIGN_OR_RETURN(const ControlStatus status, ParseStatus(pair));
    finding.set_status(status);
    ASSAY_RETURN_IF_ERROR(overlay.Find(pair.control, finding));
  }
  for (const std::string& text : arguments.mark) {
    ASSAY_ASSIGN_OR_RETURN(const Pair pair, Split("mark", text));
    Finding finding;
    finding.set_mark(pair.value);
    ASSAY_RETURN_IF_ERROR(overlay.Find(pair.control, finding));
  }
  return absl::OkStatus();
}

absl::Status AddFlags(const WhatIfArguments& arguments, Overlay& overlay) {
  for (const std::string& text : arguments.not_applicable) {
    ASSAY_ASSIGN_OR_RETURN(const Pair pair, Split("not-applicable", text));
    ASSAY_ASSIGN_OR_RETURN(ControlInput* const input, overlay.Flag(pair.control));
    input->mutable_not_applicable()->set_justification(pair.value);
  }
  for (const std::string& text : arguments.overridden) {
    ASSAY_ASSIGN_OR_RETURN(const Pair pair, Split("override", text));
    ASSAY_ASSIGN_OR_RETURN(ControlInput* const input, overlay.Flag(pair.control));
    input->mutable_override()->set_reasoning(pair.value);
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status AppendChanges(const WhatIfArguments& arguments, WhatIfRequest& what_if) {
  Overlay overlay(what_if.request().inputs());
  for (const std::string& control : arguments.clear) {
    ASSAY_RETURN_IF_ERROR(overlay.Clear(control));
  }
  ASSAY_RETURN_IF_ERROR(AddFindings(arguments, overlay));
  ASSAY_RETURN_IF_ERROR(AddFlags(arguments, overlay));
  overlay.AppendTo(what_if);
  if (!arguments.as_of.empty()) what_if.add_changes()->set_as_of(arguments.as_of);
  return absl::OkStatus();
}

}  // namespace assay::assayctl
