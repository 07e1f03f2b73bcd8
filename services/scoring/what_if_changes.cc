#include "services/scoring/what_if_changes.h"

#include <optional>
#include <unordered_map>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include "common/status/macros.h"
#include "common/text/view.h"
#include "services/scoring/errors.h"

namespace assay::scoring {
namespace {

// Points into the request; null once it is cleared.
template <typename Message>
struct Slot {
  const Message* value = nullptr;
  int change = kNoChange;
};

class Overlay {
 public:
  explicit Overlay(const v1::AssessmentInputs& inputs) : inputs_(inputs) {
    for (const v1::ControlInput& control : inputs.controls()) {
      Put(control, kNoChange);
    }
    for (const v1::Certificate& certificate : inputs.certificates()) {
      certificates_.push_back({&certificate, kNoChange});
    }
  }

  absl::Status Apply(int index, const v1::InputChange& change) {
    const auto number = static_cast<size_t>(index);
    switch (change.change_case()) {
      case v1::InputChange::kReplace:
        Put(change.replace(), index);
        return absl::OkStatus();
      case v1::InputChange::kClear:
        return Clear(change.clear()) ? absl::OkStatus() : NothingToClear(number, change.clear());
      case v1::InputChange::kCertificate:
        ClearCertificates(change.certificate().kind());
        certificates_.push_back({&change.certificate(), index});
        return absl::OkStatus();
      case v1::InputChange::kClearCertificates:
        return ClearCertificates(change.clear_certificates())
                   ? absl::OkStatus()
                   : NoCertificatesToClear(number, change.clear_certificates());
      case v1::InputChange::kAsOf:
        as_of_ = {&change.as_of(), index};
        return absl::OkStatus();
      case v1::InputChange::CHANGE_NOT_SET:
        return ChangeEmpty(number);
    }
    return ChangeEmpty(number);
  }

  ChangedInputs Finish() const {
    ChangedInputs changed;
    changed.inputs.set_as_of(as_of_.value == nullptr ? inputs_.as_of() : *as_of_.value);
    changed.as_of_change = as_of_.change;
    for (const Slot<v1::Certificate>& slot : certificates_) {
      *changed.inputs.add_certificates() = *slot.value;
      changed.certificate_changes.push_back(slot.change);
    }
    for (const Slot<v1::ControlInput>& slot : controls_) {
      if (slot.value != nullptr) {
        *changed.inputs.add_controls() = *slot.value;
        changed.control_changes.push_back(slot.change);
      }
    }
    return changed;
  }

 private:
  void Put(const v1::ControlInput& control, int change) {
    const auto [at, added] = positions_.try_emplace(control.control_id(), controls_.size());
    if (added) {
      controls_.emplace_back();
    }
    controls_[at->second] = {&control, change};
  }

  bool Clear(const std::string& control) {
    const auto found = positions_.find(control);
    if (found == positions_.end()) {
      return false;
    }
    controls_[found->second].value = nullptr;
    positions_.erase(found);
    return true;
  }

  bool ClearCertificates(const std::string& kind) {
    return std::erase_if(certificates_, [&kind](const Slot<v1::Certificate>& slot) {
             return slot.value->kind() == kind;
           }) != 0;
  }

  const v1::AssessmentInputs& inputs_;
  std::vector<Slot<v1::ControlInput>> controls_;
  std::vector<Slot<v1::Certificate>> certificates_;
  Slot<std::string> as_of_;
  std::unordered_map<std::string_view, size_t> positions_;  // In controls_, of those that stand.
};

// "controls[3].override" below "controls" is {3, ".override"}.
struct Element {
  size_t index = 0;
  std::string_view rest;
};

std::optional<Element> ElementOf(std::string_view field, std::string_view list) {
  const size_t open = list.size();
  const size_t close = field.find(']');
  Element element;
  if (!field.starts_with(list) || open >= field.size() || field[open] != '[' ||
      close == std::string_view::npos ||
      !absl::SimpleAtoi(ToAbsl(field.substr(open + 1, close - open - 1)), &element.index)) {
    return std::nullopt;
  }
  element.rest = field.substr(close + 1);
  return element;
}

// Empty when no change put it there.
std::string OfChange(const std::vector<int>& changes, const Element& element,
                     std::string_view kind) {
  if (element.index >= changes.size() || changes[element.index] == kNoChange) {
    return "";
  }
  return absl::StrCat("changes[", changes[element.index], "].", ToAbsl(kind), ToAbsl(element.rest));
}

}  // namespace

absl::StatusOr<ChangedInputs> ApplyChanges(
    const v1::AssessmentInputs& inputs,
    const google::protobuf::RepeatedPtrField<v1::InputChange>& changes) {
  Overlay overlay(inputs);
  for (int i = 0; i < changes.size(); ++i) {
    ASSAY_RETURN_IF_ERROR(overlay.Apply(i, changes[i]));
  }
  return overlay.Finish();
}

std::string FieldOfRequest(const ChangedInputs& changed, std::string_view field) {
  std::string path;
  if (field == "controls" || field == "certificates") {
    return "changes";
  }
  if (field == "as_of" && changed.as_of_change != kNoChange) {
    return absl::StrCat("changes[", changed.as_of_change, "].as_of");
  }
  if (const std::optional<Element> control = ElementOf(field, "controls")) {
    path = OfChange(changed.control_changes, *control, "replace");
  } else if (const std::optional<Element> certificate = ElementOf(field, "certificates")) {
    path = OfChange(changed.certificate_changes, *certificate, "certificate");
  }
  return path.empty() ? absl::StrCat("request.inputs.", ToAbsl(field)) : path;
}

}  // namespace assay::scoring
