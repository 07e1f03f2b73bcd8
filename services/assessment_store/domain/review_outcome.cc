#include "services/assessment_store/domain/review_outcome.h"

#include "absl/strings/str_cat.h"

namespace assay::assessment_store {
bool IsStale(const records::AssessmentRecord& record, int64_t submission_number,
             std::string_view result_digest) {
  return record.state() != v1::ASSESSMENT_STATE_IN_REVIEW ||
         record.submission_number() != submission_number ||
         record.submitted_digest() != result_digest;
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
