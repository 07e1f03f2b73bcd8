#include "services/assessment_store/domain/review_outcome.h"

#include <set>

#include "absl/strings/str_cat.h"

#include "services/assessment_store/domain/control_changes.h"

namespace assay::assessment_store {
namespace {

void ClearQuestionFlags(scoring::v1::Finding& finding) {
  for (auto& question : *finding.mutable_questions()) {
    if (question.result() != scoring::v1::QUESTION_RESULT_NOT_APPLICABLE) continue;
    question.clear_result();
    question.clear_justification();
  }
}

}  // namespace

bool IsStale(const records::AssessmentRecord& record, int64_t submission_number,
             std::string_view result_digest) {
  return record.state() != v1::ASSESSMENT_STATE_IN_REVIEW ||
         record.submission_number() != submission_number ||
         record.submitted_digest() != result_digest;
}

ControlRecords WithoutFlags(ControlRecords controls, const std::vector<std::string>& overturned) {
  const std::set<std::string_view> fallen(overturned.begin(), overturned.end());
  for (auto& control : controls) {
    auto& input = *control.mutable_result();
    if (!fallen.contains(input.control_id())) continue;
    input.clear_override();
    input.clear_not_applicable();
    if (input.has_theoretical()) ClearQuestionFlags(*input.mutable_theoretical());
    if (input.has_practical()) ClearQuestionFlags(*input.mutable_practical());
    if (IsBlank(input)) input.clear_adjustment();
  }
  return controls;
}

std::vector<std::string> ControlsOf(const review_queue::v1::Decision& decision) {
  std::vector<std::string> controls;
  for (const auto& control : decision.controls()) controls.push_back(control.control_id());
  return controls;
}

review_queue::v1::Decision WithoutTexts(review_queue::v1::Decision decision) {
  decision.clear_reason();
  for (auto& control : *decision.mutable_controls()) control.clear_reason();
  return decision;
}

std::vector<audit::NamedText> TextsOf(const review_queue::v1::Decision& decision) {
  std::vector<audit::NamedText> texts;
  if (!decision.reason().empty()) texts.push_back({"decision.reason", decision.reason()});
  for (const auto& control : decision.controls()) {
    if (control.reason().empty()) continue;
    texts.push_back(
        {absl::StrCat("decision.controls[", control.control_id(), "].reason"), control.reason()});
  }
  return texts;
}

}  // namespace assay::assessment_store
