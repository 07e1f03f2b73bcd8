#include "services/assessment_store/testing/fake_clients.h"

#include <set>
#include <string>

#include "common/ids/hex.h"
#include "services/assessment_store/domain/control_changes.h"

namespace assay::assessment_store {
namespace {

void Pin(const std::string& name, std::string* pinned) {
  if (name.empty()) return;
  *pinned = name.find('@') == std::string::npos ? name + "@1" : name;
}

scoring::v1::Pins PinsOf(const scoring::v1::ScoringBasis& basis) {
  scoring::v1::Pins pins;
  Pin(basis.catalogue(), pins.mutable_catalogue());
  Pin(basis.rule_set(), pins.mutable_rule_set());
  Pin(basis.question_set(), pins.mutable_question_set());
  return pins;
}

void AddTrigger(scoring::v1::TriggerKind kind, const std::string& control,
                scoring::v1::Verdict& verdict) {
  auto* trigger = verdict.add_review_triggers();
  trigger->set_kind(kind);
  trigger->set_control_id(control);
  trigger->set_objective("B");
}

bool IsNotMet(const scoring::v1::ControlInput& input) {
  const auto& finding = input.has_practical() ? input.practical() : input.theoretical();
  return finding.status() == scoring::v1::CONTROL_STATUS_NOT_MET;
}

}  // namespace

absl::StatusOr<scoring::v1::Verdict> FakeScoringClient::Score(
    const rpc::CallContext&, const scoring::v1::ScoreRequest& request) {
  if (!unavailable.ok()) return unavailable;
  if (before_score) before_score();
  scoring::v1::Verdict verdict;
  verdict.set_outcome(scoring::v1::OUTCOME_PASSED);
  std::string bytes = request.inputs().as_of();
  const std::set<std::string> overturned(request.overturned_controls().begin(),
                                         request.overturned_controls().end());
  for (const auto& recorded : request.inputs().controls()) {
    scoring::v1::ControlInput input = recorded;
    if (overturned.contains(input.control_id())) {
      input.clear_override();
      input.clear_not_applicable();
    }
    bytes += WithoutTexts(input).SerializeAsString();
    if (input.has_override()) {
      AddTrigger(scoring::v1::TRIGGER_KIND_OVERRIDE, input.control_id(), verdict);
    } else if (input.has_not_applicable()) {
      AddTrigger(scoring::v1::TRIGGER_KIND_NOT_APPLICABLE, input.control_id(), verdict);
    } else if (IsBlank(input) || IsNotMet(input)) {
      verdict.set_outcome(scoring::v1::OUTCOME_FAILED);
    }
  }
  if (incomplete) verdict.set_outcome(scoring::v1::OUTCOME_INCOMPLETE);
  verdict.set_result_digest(ToHex(Sha256(bytes)));
  *verdict.mutable_pins() = PinsOf(request.basis());
  verdict.set_profile(request.basis().profile());
  verdict.set_mode(request.mode());
  verdict.set_as_of(request.inputs().as_of());
  return verdict;
}

absl::StatusOr<scoring::v1::ValidateInputsResponse> FakeScoringClient::ValidateInputs(
    const rpc::CallContext&, const scoring::v1::ValidateInputsRequest& request) {
  if (!unavailable.ok()) return unavailable;
  scoring::v1::ValidateInputsResponse response;
  for (const auto& problem : problems) *response.add_problems() = problem;
  *response.mutable_pins() = PinsOf(request.basis());
  return response;
}

}  // namespace assay::assessment_store
