#include "services/assessment_store/domain/control_changes.h"

#include <array>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"

#include "common/status/macros.h"
#include "common/text/view.h"
#include "services/assessment_store/errors.h"

namespace assay::assessment_store {
namespace {

using scoring::v1::ControlInput;
using scoring::v1::Finding;

constexpr std::array<std::string_view, 5> kParts = {"theoretical", "practical", "adjustment",
                                                    "override", "not_applicable"};

bool Present(const ControlInput& input, std::string_view part) {
  if (part == "theoretical") return input.has_theoretical();
  if (part == "practical") return input.has_practical();
  if (part == "adjustment") return input.has_adjustment();
  if (part == "override") return input.has_override();
  return input.has_not_applicable();
}

// The parts to replace, in the order of kParts.
absl::StatusOr<std::vector<std::string_view>> ChangedParts(const v1::ControlChange& change,
                                                           std::string_view field) {
  std::set<std::string, std::less<>> named(change.update_mask().paths().begin(),
                                           change.update_mask().paths().end());
  std::vector<std::string_view> parts;
  for (const std::string_view part : kParts) {
    const bool wanted = named.empty() ? Present(change.result(), part) : named.contains(part);
    if (wanted) parts.push_back(part);
  }
  for (const std::string& path : change.update_mask().paths()) {
    bool known = false;
    for (const std::string_view part : kParts) known = known || part == path;
    if (!known) return ChangeMaskInvalid(absl::StrCat(ToAbsl(field), ".update_mask"), path);
  }
  if (parts.empty()) return ChangeEmpty(field);
  return parts;
}

void Replace(const ControlInput& from, std::string_view part, ControlInput& to) {
  if (part == "theoretical") {
    from.has_theoretical() ? void(*to.mutable_theoretical() = from.theoretical())
                           : to.clear_theoretical();
  } else if (part == "practical") {
    from.has_practical() ? void(*to.mutable_practical() = from.practical()) : to.clear_practical();
  } else if (part == "adjustment") {
    // An adjustment by 0 is none.
    from.adjustment().points() != 0 ? void(*to.mutable_adjustment() = from.adjustment())
                                    : to.clear_adjustment();
  } else if (part == "override") {
    from.has_override() ? void(*to.mutable_override() = from.override()) : to.clear_override();
  } else {
    from.has_not_applicable() ? void(*to.mutable_not_applicable() = from.not_applicable())
                              : to.clear_not_applicable();
  }
}

void AddText(std::string_view control, std::string_view path, const std::string& text,
             std::vector<audit::NamedText>& texts) {
  if (text.empty()) return;
  texts.push_back({absl::StrCat("controls[", ToAbsl(control), "].", ToAbsl(path)), text});
}

void AddFindingTexts(std::string_view control, std::string_view part, const Finding& finding,
                     std::vector<audit::NamedText>& texts) {
  for (const auto& question : finding.questions()) {
    AddText(control,
            absl::StrCat(ToAbsl(part), ".questions[", question.question_id(), "].justification"),
            question.justification(), texts);
  }
}

std::vector<audit::NamedText> TextsOf(const ControlInput& input,
                                      const std::vector<std::string_view>& parts) {
  std::vector<audit::NamedText> texts;
  const std::string& control = input.control_id();
  for (const std::string_view part : parts) {
    if (part == "theoretical") AddFindingTexts(control, part, input.theoretical(), texts);
    if (part == "practical") AddFindingTexts(control, part, input.practical(), texts);
    if (part == "adjustment") {
      AddText(control, "adjustment.reason", input.adjustment().reason(), texts);
    }
    if (part == "override") {
      AddText(control, "override.reasoning", input.override().reasoning(), texts);
    }
    if (part == "not_applicable") {
      AddText(control, "not_applicable.justification", input.not_applicable().justification(),
              texts);
    }
  }
  return texts;
}

void ClearJustifications(Finding& finding) {
  for (auto& question : *finding.mutable_questions()) question.clear_justification();
}

constexpr std::string_view kSupplierMay =
    "a supplier records the own answers: question outcomes of the theoretical phase";

absl::Status CheckSupplierFinding(const std::optional<records::ControlRecord>& before,
                                  const Finding& finding, std::string_view field) {
  const std::string path = absl::StrCat(ToAbsl(field), ".result.theoretical");
  if (finding.status() != scoring::v1::CONTROL_STATUS_UNSPECIFIED) {
    return FieldNotAllowed(absl::StrCat(path, ".status"), "supplier", kSupplierMay);
  }
  for (int i = 0; i < finding.questions_size(); ++i) {
    if (finding.questions(i).result() == scoring::v1::QUESTION_RESULT_NOT_APPLICABLE) {
      return FieldNotAllowed(absl::StrCat(path, ".questions[", i, "].result"), "supplier",
                             kSupplierMay);
    }
  }
  if (before.has_value() && before->result().has_theoretical() &&
      !before->theoretical_by_supplier()) {
    return FieldNotAllowed(path, "supplier", "an assessor's finding stands here already");
  }
  return absl::OkStatus();
}

absl::Status CheckSupplier(const std::optional<records::ControlRecord>& before,
                           const v1::ControlChange& change,
                           const std::vector<std::string_view>& parts, std::string_view field) {
  for (const std::string_view part : parts) {
    if (part != "theoretical") {
      return FieldNotAllowed(absl::StrCat(ToAbsl(field), ".result.", ToAbsl(part)), "supplier",
                             kSupplierMay);
    }
  }
  return CheckSupplierFinding(before, change.result().theoretical(), field);
}

}  // namespace

absl::StatusOr<ChangedControl> ApplyChange(const std::optional<records::ControlRecord>& before,
                                           const v1::ControlChange& change, Standing standing,
                                           std::string_view field) {
  ASSAY_ASSIGN_OR_RETURN(const std::vector<std::string_view> parts, ChangedParts(change, field));
  if (standing != Standing::kAssessor) {
    ASSAY_RETURN_IF_ERROR(CheckSupplier(before, change, parts, field));
  }
  ChangedControl changed;
  if (before.has_value()) changed.record = *before;
  ControlInput& result = *changed.record.mutable_result();
  result.set_control_id(change.result().control_id());
  for (const std::string_view part : parts) {
    Replace(change.result(), part, result);
    if (part == "theoretical") {
      changed.record.set_theoretical_by_supplier(standing == Standing::kSupplier);
    }
  }
  // Fields that nobody here has judged are not kept.
  result.DiscardUnknownFields();
  changed.record.set_confirmed(false);
  changed.texts = TextsOf(result, parts);
  return changed;
}

ControlInput WithoutTexts(ControlInput input) {
  if (input.has_theoretical()) ClearJustifications(*input.mutable_theoretical());
  if (input.has_practical()) ClearJustifications(*input.mutable_practical());
  if (input.has_adjustment()) input.mutable_adjustment()->clear_reason();
  if (input.has_override()) input.mutable_override()->clear_reasoning();
  if (input.has_not_applicable()) input.mutable_not_applicable()->clear_justification();
  return input;
}

bool HasFinding(const Finding& finding) {
  if (finding.status() != scoring::v1::CONTROL_STATUS_UNSPECIFIED) return true;
  for (const auto& question : finding.questions()) {
    if (question.result() != scoring::v1::QUESTION_RESULT_UNSPECIFIED) return true;
  }
  return false;
}

bool IsBlank(const ControlInput& input) {
  return !HasFinding(input.theoretical()) && !HasFinding(input.practical()) &&
         !input.has_override() && !input.has_not_applicable();
}

}  // namespace assay::assessment_store
