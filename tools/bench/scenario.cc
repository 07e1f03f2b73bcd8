#include "tools/bench/scenario.h"

#include <algorithm>

namespace assay::bench {
namespace {

namespace v1 = ::assay::scoring::v1;

constexpr size_t kPartiallyMetEvery = 9;
constexpr size_t kPracticalEvery = 3;
constexpr size_t kOverrides = 2;
constexpr size_t kNotApplicable = 3;
constexpr size_t kFlagEvery = 25;  // Flags are spread over the objectives.
constexpr char kOverrideReasoning[] =
    "The certification body saw the compensating measure at work on site: network segments are "
    "separated by hardware that the question does not foresee, and the tests of both were passed.";
constexpr char kJustification[] =
    "No such device is in the scope that was attested; the inventory and the site visit agree.";

void AddCertificate(const char* kind, const char* number, v1::AssessmentInputs& inputs) {
  v1::Certificate& certificate = *inputs.add_certificates();
  certificate.set_kind(kind);
  certificate.set_number(number);
  certificate.set_issued_on("2026-05-02");
  certificate.set_expires_on("2027-05-01");
  certificate.set_scope_verdict(v1::SCOPE_VERDICT_COVERS);
}

void SetStatuses(size_t index, v1::ControlInput& control) {
  const bool partial = index % kPartiallyMetEvery == kPartiallyMetEvery - 1;
  const v1::ControlStatus status =
      partial ? v1::CONTROL_STATUS_PARTIALLY_MET : v1::CONTROL_STATUS_MET;
  control.mutable_theoretical()->set_status(status);
  if (index % kPracticalEvery == 0) control.mutable_practical()->set_status(status);
}

}  // namespace

v1::AssessmentInputs RealisticInputs(std::span<const std::string> controls,
                                     std::span<const std::string> anchors) {
  v1::AssessmentInputs inputs;
  inputs.set_as_of("2026-06-01");
  AddCertificate("CYBER_ESSENTIALS", "IASME-CE-100001", inputs);
  AddCertificate("CYBER_ESSENTIALS_PLUS", "IASME-CEP-200002", inputs);
  size_t flags = 0;
  for (size_t i = 0; i < controls.size(); ++i) {
    v1::ControlInput& control = *inputs.add_controls();
    control.set_control_id(controls[i]);
    SetStatuses(i, control);
    const bool anchor = std::find(anchors.begin(), anchors.end(), controls[i]) != anchors.end();
    if (anchor || i % kFlagEvery != kFlagEvery / 2) continue;
    if (flags < kOverrides) {
      control.mutable_override()->set_reasoning(kOverrideReasoning);
    } else if (flags < kOverrides + kNotApplicable) {
      control.mutable_not_applicable()->set_justification(kJustification);
    }
    ++flags;
  }
  return inputs;
}

}  // namespace assay::bench
