#include "services/assessment_store/domain/submission.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "common/time/timestamp.h"
#include "services/assessment_store/domain/control_changes.h"
#include "services/assessment_store/domain/names.h"
#include "services/assessment_store/errors.h"
#include "services/assessment_store/limits.h"

namespace assay::assessment_store {
namespace {

using scoring::v1::ControlInput;
using scoring::v1::ReviewTrigger;

// What was written about the flag.
std::string ReasoningOf(const ReviewTrigger& trigger, const ControlInput& input) {
  switch (trigger.kind()) {
    case scoring::v1::TRIGGER_KIND_OVERRIDE:
      return input.override().reasoning();
    case scoring::v1::TRIGGER_KIND_NOT_APPLICABLE:
      return input.not_applicable().justification();
    case scoring::v1::TRIGGER_KIND_QUESTION_NOT_APPLICABLE:
      // The later phase wins, as it does in scoring.
      for (const auto* finding : {&input.practical(), &input.theoretical()}) {
        for (const auto& question : finding->questions()) {
          if (question.question_id() == trigger.question_id() &&
              question.result() == scoring::v1::QUESTION_RESULT_NOT_APPLICABLE) {
            return question.justification();
          }
        }
      }
      return "";
    default:
      return "";
  }
}

}  // namespace

absl::Status CheckConfirmed(const std::vector<std::string>& scope, const ControlRecords& controls) {
  std::set<std::string_view> confirmed;
  for (const auto& control : controls) {
    if (control.confirmed()) confirmed.insert(control.result().control_id());
  }
  std::vector<std::string> missing;
  for (const std::string& control : scope) {
    if (!confirmed.contains(control)) missing.push_back(control);
  }
  return missing.empty() ? absl::OkStatus() : ControlsNotConfirmed(missing);
}

absl::Status CheckPhases(const ControlRecords& controls) {
  std::vector<std::string> without_theoretical;
  std::vector<std::string> without_practical;
  for (const auto& control : controls) {
    const ControlInput& input = control.result();
    if (IsBlank(input) || input.has_override() || input.has_not_applicable()) continue;
    if (!HasFinding(input.theoretical())) without_theoretical.push_back(input.control_id());
    if (!HasFinding(input.practical())) without_practical.push_back(input.control_id());
  }
  if (without_theoretical.empty() || without_practical.empty()) return absl::OkStatus();
  return PhaseIncomplete(without_theoretical, without_practical);
}

scoring::v1::ScoringBasis BasisOf(const records::AssessmentRecord& record) {
  scoring::v1::ScoringBasis basis;
  basis.set_catalogue(record.pins().catalogue());
  basis.set_rule_set(record.pins().rule_set());
  basis.set_question_set(record.pins().question_set());
  basis.set_profile(record.profile());
  return basis;
}

scoring::v1::AssessmentInputs InputsOf(const records::AssessmentRecord& record,
                                       const ControlRecords& controls, std::string_view as_of) {
  scoring::v1::AssessmentInputs inputs;
  inputs.set_as_of(std::string(as_of));
  *inputs.mutable_certificates() = record.certificates();
  for (const auto& control : controls) *inputs.add_controls() = control.result();
  return inputs;
}

v1::AssessmentState FinalState(const scoring::v1::Verdict& verdict) {
  return verdict.outcome() == scoring::v1::OUTCOME_PASSED ? v1::ASSESSMENT_STATE_PASSED
                                                          : v1::ASSESSMENT_STATE_FAILED;
}

v1::AssessmentState StateAfterSubmission(const scoring::v1::Verdict& verdict) {
  return verdict.review_triggers().empty() ? FinalState(verdict) : v1::ASSESSMENT_STATE_IN_REVIEW;
}

review_queue::v1::ReviewItem ReviewItemOf(const records::AssessmentRecord& record,
                                          const ControlRecords& controls,
                                          const scoring::v1::Verdict& verdict,
                                          absl::Time submit_time) {
  std::map<std::string_view, const ControlInput*> by_id;
  for (const auto& control : controls) by_id[control.result().control_id()] = &control.result();
  review_queue::v1::ReviewItem item;
  item.set_name(ReviewItemName(record.id(), record.submission_number()));
  item.set_assessment(AssessmentName(record.id()));
  item.set_submission_number(record.submission_number());
  item.set_result_digest(verdict.result_digest());
  item.set_scheme(SchemeOf(record.pins().catalogue()));
  item.set_profile(record.profile());
  item.set_supplier(record.supplier());
  item.set_certification_body(record.certification_body());
  *item.mutable_verdict() = Summary(verdict);
  for (const ReviewTrigger& trigger : verdict.review_triggers()) {
    auto* flag = item.add_flags();
    *flag->mutable_trigger() = trigger;
    const auto found = by_id.find(trigger.control_id());
    if (found != by_id.end()) flag->set_reasoning(ReasoningOf(trigger, *found->second));
  }
  *item.mutable_contributors() = record.contributors();
  *item.mutable_submit_time() = ToTimestamp(submit_time);
  return item;
}

absl::Status AddContributor(records::AssessmentRecord& record, const std::string& subject) {
  auto& list = *record.mutable_contributors();
  const auto at = std::lower_bound(list.begin(), list.end(), subject);
  if (at != list.end() && *at == subject) return absl::OkStatus();
  if (list.size() >= kMaxContributors) {
    return TooMany("contributors", static_cast<size_t>(list.size()) + 1, kMaxContributors);
  }
  const auto index = at - list.begin();
  *list.Add() = subject;
  std::rotate(list.begin() + index, list.end() - 1, list.end());
  return absl::OkStatus();
}

scoring::v1::Verdict Summary(scoring::v1::Verdict verdict) {
  for (auto& objective : *verdict.mutable_objectives()) objective.clear_controls();
  return verdict;
}

}  // namespace assay::assessment_store
