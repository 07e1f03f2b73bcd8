#include "tests/fuzz/requests.h"

#include <string>
#include <vector>

namespace assay::fuzz {
namespace {

using scoring::CompiledControl;
using scoring::CompiledProfile;
using scoring::CompiledQuestion;
namespace v1 = ::assay::scoring::v1;

constexpr char kWhy[] = "seen on site";
constexpr uint32_t kMaxChosenCertificates = 4;
constexpr uint32_t kMaxChosenChanges = 4;

// Dates around the one that is scored at, one of them none.
constexpr const char* kDates[] = {"2026-06-01", "2026-05-31", "2026-06-02", "2025-06-01",
                                  "2027-06-01", "2024-02-29", "2026-02-29"};

std::string ChosenDate(Choices& choices) { return kDates[choices.Below(std::size(kDates))]; }

// A text where one is asked for; rarely none.
const char* Why(Choices& choices) { return choices.OneIn(16) ? " " : kWhy; }

void AddCertificate(const CompiledProfile& profile, Choices& choices,
                    v1::AssessmentInputs& inputs) {
  const std::vector<std::string>& kinds = profile.certificate_kinds();
  v1::Certificate& certificate = *inputs.add_certificates();
  certificate.set_kind(kinds.empty() || choices.OneIn(16) ? "NO_SUCH_KIND"
                                                          : kinds[choices.Below(kinds.size())]);
  certificate.set_number(std::string(1, static_cast<char>('a' + choices.Below(4))));
  certificate.set_issued_on(choices.OneIn(8) ? ChosenDate(choices) : "2026-01-01");
  certificate.set_expires_on(choices.OneIn(8) ? ChosenDate(choices) : "2026-12-31");
  if (choices.OneIn(4)) certificate.set_revoked_on(ChosenDate(choices));
  certificate.set_scope_verdict(static_cast<v1::ScopeVerdict>(1 + choices.Below(16) % 3));
}

void AddQuestion(const CompiledQuestion& question, Choices& choices, v1::Finding& finding) {
  v1::QuestionOutcome& added = *finding.add_questions();
  added.set_question_id(question.id);
  added.set_result(static_cast<v1::QuestionResult>(choices.Below(4)));
  if (question.gate) {
    added.set_answer(question.answers[choices.Below(question.answers.size())]);
  }
  if (added.result() == v1::QUESTION_RESULT_NOT_APPLICABLE) added.set_justification(Why(choices));
}

void FillFinding(const CompiledProfile& profile, uint32_t index, Choices& choices,
                 v1::Finding& finding) {
  const CompiledControl& control = profile.controls()[index];
  const auto& marks = profile.ScaleOf(index).marks;
  switch (choices.Below(8)) {
    case 0:
    case 1:
      finding.set_mark(marks[choices.Below(marks.size())].id);
      return;
    case 2:
    case 3:
    case 4:
      finding.set_status(static_cast<v1::ControlStatus>(1 + choices.Below(3)));
      return;
    case 5:
      return;  // There, and says nothing.
    default:
      for (uint32_t i = 0; i < control.question_count; ++i) {
        if (!choices.OneIn(8)) {
          AddQuestion(profile.questions()[control.first_question + i], choices, finding);
        }
      }
  }
}

void FillControl(const CompiledProfile& profile, uint32_t index, Choices& choices,
                 v1::ControlInput& control) {
  control.set_control_id(profile.controls()[index].id);
  const uint8_t what = choices.Byte();
  if ((what & 3) != 3) FillFinding(profile, index, choices, *control.mutable_theoretical());
  if ((what & 12) == 12) FillFinding(profile, index, choices, *control.mutable_practical());
  if ((what & 48) == 48) {
    control.mutable_adjustment()->set_points(static_cast<int>(choices.Below(16) % 3) - 1);
    control.mutable_adjustment()->set_reason(Why(choices));
  }
  if ((what & 192) == 192) {
    const uint32_t flag = choices.Below(16);
    if (flag < 8 || flag == 15) control.mutable_override()->set_reasoning(Why(choices));
    if (flag >= 8) control.mutable_not_applicable()->set_justification(Why(choices));
  }
}

void AddControl(const CompiledProfile& profile, uint32_t index, Choices& choices,
                v1::ScoreRequest& request) {
  v1::ControlInput& control = *request.mutable_inputs()->add_controls();
  FillControl(profile, index, choices, control);
  const bool flagged = control.has_override() || control.has_not_applicable();
  if (flagged && choices.OneIn(4)) request.add_overturned_controls(control.control_id());
}

// Mostly of a control that is recorded: most changes of others are refused or add a little.
std::string ChosenControl(const CompiledProfile& profile, const v1::AssessmentInputs& inputs,
                          Choices& choices) {
  if (inputs.controls().empty() || choices.OneIn(8)) {
    return profile.controls()[choices.Below(profile.controls().size())].id;
  }
  const size_t at = choices.Below(static_cast<size_t>(inputs.controls_size()));
  return inputs.controls(static_cast<int>(at)).control_id();
}

void FillCertificate(const CompiledProfile& profile, Choices& choices,
                     v1::Certificate& certificate) {
  v1::AssessmentInputs inputs;
  AddCertificate(profile, choices, inputs);
  certificate = inputs.certificates(0);
}

void FillChange(const CompiledProfile& profile, const v1::AssessmentInputs& inputs,
                Choices& choices, v1::InputChange& change) {
  switch (choices.Below(8)) {
    case 0:
      FillCertificate(profile, choices, *change.mutable_certificate());
      return;
    case 1:
      if (inputs.certificates().empty()) return;  // No change: refused.
      change.set_clear_certificates(inputs.certificates(0).kind());
      return;
    case 2:
      change.set_as_of(ChosenDate(choices));
      return;
    case 3:
    case 4:
      change.set_clear(ChosenControl(profile, inputs, choices));
      return;
    default:
      const uint32_t index = choices.Below(profile.controls().size());
      FillControl(profile, index, choices, *change.mutable_replace());
      if (!choices.OneIn(4)) {
        change.mutable_replace()->set_control_id(ChosenControl(profile, inputs, choices));
      }
  }
}

}  // namespace

v1::ScoreRequest ChosenRequest(const CompiledProfile& profile, Choices& choices) {
  v1::ScoreRequest request;
  v1::AssessmentInputs& inputs = *request.mutable_inputs();
  inputs.set_as_of(choices.OneIn(8) ? ChosenDate(choices) : kDates[0]);
  request.set_mode(static_cast<v1::ScoringMode>(choices.Below(3)));
  for (uint32_t left = choices.Below(kMaxChosenCertificates + 1); left > 0; --left) {
    AddCertificate(profile, choices, inputs);
  }
  const size_t count = profile.controls().size();
  std::vector<bool> recorded(count, false);
  for (size_t at = 0; at < count && !choices.empty(); ++at) {
    // Mostly the next control; a jump may come back to one that is recorded.
    const size_t index = choices.OneIn(8) ? choices.Below(count) : at;
    if (recorded[index] && !choices.OneIn(32)) continue;
    recorded[index] = true;
    AddControl(profile, static_cast<uint32_t>(index), choices, request);
  }
  return request;
}

void AddChosenChanges(const CompiledProfile& profile, Choices& choices,
                      v1::WhatIfRequest& what_if) {
  for (uint32_t left = 1 + choices.Below(kMaxChosenChanges); left > 0; --left) {
    FillChange(profile, what_if.request().inputs(), choices, *what_if.add_changes());
  }
}

}  // namespace assay::fuzz
