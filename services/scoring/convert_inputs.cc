#include "services/scoring/convert_inputs.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"

#include "common/text/view.h"
#include "common/time/timestamp.h"
#include "services/scoring/engine/validate.h"
#include "services/scoring/limits.h"

namespace assay::scoring {
namespace {

// A number outside a byte must not wrap into a valid one.
template <typename Enum>
Enum ToEnum(int number) {
  return number < 0 || number > 254 ? static_cast<Enum>(255) : static_cast<Enum>(number);
}

// Collects what is wrong with the form while the input is filled.
class InputConverter {
 public:
  ConvertedInputs Run(const v1::AssessmentInputs& inputs, AsOf as_of) {
    if (as_of == AsOf::kRequired || !inputs.as_of().empty()) {
      out_.input.as_of = Date("as_of", inputs.as_of());
    }
    if (CheckCount("certificates", inputs.certificates_size(), kMaxCertificates)) {
      for (const v1::Certificate& certificate : inputs.certificates()) {
        AddCertificate(certificate);
      }
    }
    if (CheckCount("controls", inputs.controls_size(), kMaxControlInputs)) {
      out_.input.controls.reserve(static_cast<size_t>(inputs.controls_size()));
      for (const v1::ControlInput& control : inputs.controls()) {
        AddControl(control);
      }
    }
    return std::move(out_);
  }

 private:
  void Issue(std::string_view reason, std::string field, std::string message) {
    out_.issues.push_back({std::string(reason), control_, std::move(field), std::move(message),
                           InputIssue::Root::kInputs});
  }

  bool CheckCount(std::string field, int count, size_t limit) {
    if (static_cast<size_t>(count) <= limit) {
      return true;
    }
    Issue("TOO_MANY", std::move(field),
          absl::StrCat("has ", count, " entries; at most ", limit, " are allowed"));
    return false;
  }

  // False when it is too long. The path is put together only then.
  bool CheckText(std::string_view prefix, std::string_view field, std::string_view text,
                 size_t limit) {
    if (text.size() <= limit || CountCharacters(text) <= limit) {
      return true;
    }
    Issue("TEXT_TOO_LONG", absl::StrCat(ToAbsl(prefix), ToAbsl(field)),
          absl::StrCat("is longer than ", limit, " characters"));
    return false;
  }

  EpochDay Date(std::string field, std::string_view text) {
    const absl::StatusOr<EpochDays> days = ParseDate(field, text);
    if (!days.ok()) {
      Issue("DATE_INVALID", std::move(field), "must be a date of the form YYYY-MM-DD");
      return 0;
    }
    return *days;
  }

  void AddCertificate(const v1::Certificate& certificate) {
    const std::string prefix = absl::StrCat("certificates[", out_.input.certificates.size(), "].");
    CheckText(prefix, "kind", certificate.kind(), kMaxInputIdCharacters);
    CheckText(prefix, "number", certificate.number(), kMaxCertificateNumberCharacters);
    Certificate& added = out_.input.certificates.emplace_back();
    added.kind = certificate.kind();
    added.number = certificate.number();
    added.issued_on = Date(prefix + "issued_on", certificate.issued_on());
    added.expires_on = Date(prefix + "expires_on", certificate.expires_on());
    if (!certificate.revoked_on().empty()) {
      added.revoked_on = Date(prefix + "revoked_on", certificate.revoked_on());
    }
    added.scope = ToEnum<ScopeVerdict>(certificate.scope_verdict());
  }

  void AddControl(const v1::ControlInput& control) {
    const std::string prefix = absl::StrCat("controls[", out_.input.controls.size(), "].");
    // What comes back in issues must be short.
    if (CheckText(prefix, "control_id", control.control_id(), kMaxInputIdCharacters)) {
      control_ = control.control_id();
    }
    ControlInput& added = out_.input.controls.emplace_back();
    added.control = control.control_id();
    AddFinding(prefix, "theoretical", control.theoretical(), added.theoretical);
    AddFinding(prefix, "practical", control.practical(), added.practical);
    added.adjustment = control.adjustment().points();
    added.has_adjustment_reason = SaysSomething(control.adjustment().reason());
    CheckText(prefix, "adjustment.reason", control.adjustment().reason(), kMaxReasonCharacters);
    added.overridden = control.has_override();
    added.has_override_reasoning = SaysSomething(control.override().reasoning());
    CheckText(prefix, "override.reasoning", control.override().reasoning(), kMaxReasonCharacters);
    added.not_applicable = control.has_not_applicable();
    added.has_not_applicable_justification =
        SaysSomething(control.not_applicable().justification());
    CheckText(prefix, "not_applicable.justification", control.not_applicable().justification(),
              kMaxReasonCharacters);
    control_.clear();
  }

  void AddFinding(const std::string& control_prefix, std::string_view phase,
                  const v1::Finding& finding, PhaseFinding& added) {
    if (finding.status() != v1::CONTROL_STATUS_UNSPECIFIED) {
      added.status = ToEnum<Status>(finding.status());
    }
    if (!finding.mark().empty()) {
      CheckText(absl::StrCat(control_prefix, ToAbsl(phase), "."), "mark", finding.mark(),
                kMaxInputIdCharacters);
      added.mark = finding.mark();
    }
    if (finding.questions().empty()) {
      return;
    }
    const std::string path = absl::StrCat(control_prefix, ToAbsl(phase), ".questions");
    if (!CheckCount(path, finding.questions_size(), kMaxQuestionOutcomes)) {
      return;
    }
    added.questions.reserve(static_cast<size_t>(finding.questions_size()));
    for (const v1::QuestionOutcome& question : finding.questions()) {
      const std::string prefix = absl::StrCat(path, "[", added.questions.size(), "].");
      CheckText(prefix, "question_id", question.question_id(), kMaxInputIdCharacters);
      CheckText(prefix, "answer", question.answer(), kMaxAnswerCharacters);
      CheckText(prefix, "justification", question.justification(), kMaxReasonCharacters);
      added.questions.push_back({question.question_id(), ToEnum<Outcome>(question.result()),
                                 question.answer(), SaysSomething(question.justification())});
    }
  }

  ConvertedInputs out_;
  std::string control_;  // Whose fields are being read.
};

}  // namespace

size_t CountCharacters(std::string_view utf8) {
  return static_cast<size_t>(std::count_if(utf8.begin(), utf8.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;  // Not a continuation byte.
  }));
}

bool SaysSomething(std::string_view text) {
  return text.find_first_not_of(" \t\r\n\v\f") != std::string_view::npos;
}

ConvertedInputs ToInput(const v1::AssessmentInputs& inputs, AsOf as_of) {
  return InputConverter().Run(inputs, as_of);
}

void AddOverturnedControls(const google::protobuf::RepeatedPtrField<std::string>& controls,
                           ConvertedInputs& converted) {
  const auto issue = [&](std::string_view reason, std::string field, std::string message) {
    converted.issues.push_back({std::string(reason), "", std::move(field), std::move(message),
                                InputIssue::Root::kRequest});
  };
  if (static_cast<size_t>(controls.size()) > kMaxOverturnedControls) {
    issue("TOO_MANY", "overturned_controls",
          absl::StrCat("has ", controls.size(), " entries; at most ", kMaxOverturnedControls,
                       " are allowed"));
    return;
  }
  for (int i = 0; i < controls.size(); ++i) {
    if (CountCharacters(controls[i]) > kMaxInputIdCharacters) {
      issue("TEXT_TOO_LONG", absl::StrCat("overturned_controls[", i, "]"),
            absl::StrCat("is longer than ", kMaxInputIdCharacters, " characters"));
    }
  }
  converted.input.overturned_controls.assign(controls.begin(), controls.end());
}

std::vector<InputIssue> CheckInputs(const CompiledProfile& profile,
                                    const ConvertedInputs& converted) {
  if (!converted.issues.empty()) {
    return converted.issues;
  }
  std::vector<InputIssue> issues;
  for (InputProblem& problem : Validate(profile, converted.input)) {
    const bool of_request = problem.field.rfind("overturned_controls[", 0) == 0;
    std::string field = problem.control_index == kNoControl
                            ? std::move(problem.field)
                            : absl::StrCat("controls[", problem.control_index, "].", problem.field);
    issues.push_back({std::string(InputProblemReason(problem.code)), std::move(problem.control),
                      std::move(field), std::move(problem.detail),
                      of_request ? InputIssue::Root::kRequest : InputIssue::Root::kInputs});
  }
  return issues;
}

}  // namespace assay::scoring
