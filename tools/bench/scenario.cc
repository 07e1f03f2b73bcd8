#include "tools/bench/scenario.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

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

void AddObjective(int index, v1::Verdict& verdict) {
  v1::ObjectiveResult& objective = *verdict.add_objectives();
  objective.set_objective(std::string(1, static_cast<char>('A' + index)));
  objective.set_outcome(v1::OUTCOME_PASSED);
  objective.set_points(190);
  objective.set_maximum(196);
  objective.set_threshold_percent(100);
  objective.set_points_needed(196);
  objective.set_no_zero_point_control(true);
  objective.set_met(90);
  objective.set_partially_met(6);
  objective.add_reasons("THRESHOLD_MET");
  objective.add_reasons("NO_ZERO_POINT_CONTROL");
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

std::vector<std::string> PlaceholderControls(int count) {
  std::vector<std::string> controls;
  for (int i = 0; i < count; ++i) controls.push_back(absl::StrCat(1100 + i));
  return controls;
}

v1::Verdict PlaceholderVerdict(std::span<const std::string> controls, v1::VerdictView view) {
  constexpr int kObjectives = 5;
  v1::Verdict verdict;
  verdict.set_outcome(v1::OUTCOME_PASSED);
  verdict.set_result_string("Pass");
  verdict.set_result_digest(std::string(64, 'a'));
  verdict.mutable_pins()->set_catalogue("schemes/dcc/catalogues/def-stan-05-138-i4@1");
  verdict.mutable_pins()->set_catalogue_digest(std::string(64, 'b'));
  verdict.mutable_pins()->set_rule_set("schemes/dcc/ruleSets/asr-2.1@1");
  verdict.mutable_pins()->set_rule_set_digest(std::string(64, 'c'));
  verdict.set_profile(std::string(kProfile));
  verdict.set_mode(v1::SCORING_MODE_FINAL);
  verdict.set_as_of("2026-06-01");
  for (int i = 0; i < kObjectives; ++i) AddObjective(i, verdict);
  if (view != v1::VERDICT_VIEW_FULL) return verdict;
  for (size_t i = 0; i < controls.size(); ++i) {
    v1::ControlExplanation& control = *verdict.mutable_objectives(i % kObjectives)->add_controls();
    control.set_control_id(controls[i]);
    control.set_state(v1::RESULT_STATE_MET);
    control.set_base_points(2);
    control.set_points(2);
    control.set_maximum(2);
    control.set_phase(v1::PHASE_THEORETICAL);
    control.add_reasons("STATUS_RECORDED");
  }
  return verdict;
}

}  // namespace assay::bench
