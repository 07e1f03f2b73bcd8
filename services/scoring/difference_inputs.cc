#include "services/scoring/difference_inputs.h"

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace assay::scoring {
namespace {

using CertificateKey =
    std::tuple<std::string_view, EpochDay, EpochDay, std::optional<EpochDay>, ScopeVerdict>;

// Sorted; those of `kinds` only, unless null.
std::vector<CertificateKey> CertificatesOf(const Record& record,
                                           const std::vector<std::string>* kinds) {
  std::vector<CertificateKey> keys;
  for (const Certificate& certificate : record.certificates) {
    if (kinds == nullptr ||
        std::find(kinds->begin(), kinds->end(), certificate.kind) != kinds->end()) {
      keys.emplace_back(certificate.kind, certificate.issued_on, certificate.expires_on,
                        certificate.revoked_on, certificate.scope);
    }
  }
  std::sort(keys.begin(), keys.end());
  return keys;
}

using QuestionKey = std::tuple<std::string_view, Outcome, std::string_view>;

// What is recorded of a control's questions in one phase, by id.
std::vector<QuestionKey> QuestionsOf(const Scored& scored, uint32_t control, bool practical) {
  std::vector<QuestionKey> keys;
  const std::vector<QuestionRecord>& records =
      practical ? scored.record.practical_questions : scored.record.theoretical_questions;
  if (control == kNotInProfile || records.empty()) {
    return keys;
  }
  const CompiledProfile& profile = scored.basis->profile;
  const CompiledControl& compiled = profile.controls()[control];
  for (uint32_t i = 0; i < compiled.question_count; ++i) {
    const uint32_t at = compiled.first_question + i;
    const CompiledQuestion& question = profile.questions()[at];
    if (!records[at].empty()) {
      const uint8_t answer = records[at].gate_answer;
      keys.emplace_back(question.id, records[at].outcome,
                        answer == 0 ? std::string_view() : question.answers[answer - 1u]);
    }
  }
  std::sort(keys.begin(), keys.end());
  return keys;
}

ControlRecord RecordOf(const Scored& scored, uint32_t control) {
  return control == kNotInProfile ? ControlRecord() : scored.record.controls[control];
}

// Empty for none.
std::string_view MarkIdOf(const Scored& scored, uint32_t control, bool practical) {
  const ControlRecord record = RecordOf(scored, control);
  const uint8_t mark = practical ? record.practical : record.theoretical;
  return mark == 0 ? std::string_view()
                   : scored.basis->profile.ScaleOf(control).marks[mark - 1u].id;
}

const std::vector<std::string>& KindsOf(const Scored& scored, uint32_t control) {
  static const std::vector<std::string> kNone;
  return control == kNotInProfile ? kNone
                                  : scored.basis->profile.controls()[control].certificate_kinds;
}

void Index(const v1::AssessmentInputs& inputs,
           std::unordered_map<std::string_view, const v1::ControlInput*>& controls) {
  for (const v1::ControlInput& control : inputs.controls()) {
    controls.emplace(control.control_id(), &control);
  }
}

}  // namespace

uint32_t PositionOf(const CompiledProfile& profile, std::string_view control, uint32_t guess) {
  if (guess < profile.controls().size() && profile.controls()[guess].id == control) {
    return guess;
  }
  const Lookup found = profile.FindControl(control);
  return found.membership == Membership::kInScope ? found.index : kNotInProfile;
}

bool InputComparison::Differ() {
  const Scored& before = before_.scored;
  const Scored& after = after_.scored;
  if (SameRequest() && before.basis->profile.id() == after.basis->profile.id()) {
    return false;
  }
  return before.basis->profile.id() != after.basis->profile.id() ||
         before.record.mode != after.record.mode || before.record.as_of != after.record.as_of ||
         CertificatesOf(before.record, nullptr) != CertificatesOf(after.record, nullptr) ||
         AnyControlDiffers();
}

bool InputComparison::AnyControlDiffers() {
  const Record& before = before_.scored.record;
  const Record& after = after_.scored.record;
  if (SameBasis()) {
    return before.controls != after.controls ||
           before.theoretical_questions != after.theoretical_questions ||
           before.practical_questions != after.practical_questions;
  }
  const CompiledProfile& first = before_.scored.basis->profile;
  const CompiledProfile& second = after_.scored.basis->profile;
  for (uint32_t i = 0; i < first.controls().size(); ++i) {
    if (DifferFor(i, PositionOf(second, first.controls()[i].id, i))) {
      return true;
    }
  }
  for (uint32_t i = 0; i < second.controls().size(); ++i) {
    const uint32_t position = PositionOf(first, second.controls()[i].id, i);
    if (position == kNotInProfile && DifferFor(position, i)) {
      return true;
    }
  }
  return false;
}

bool InputComparison::DifferFor(uint32_t before, uint32_t after) {
  if (SameRequest()) {
    return false;
  }
  const ControlRecord first = RecordOf(before_.scored, before);
  const ControlRecord second = RecordOf(after_.scored, after);
  const uint32_t present = before == kNotInProfile ? after : before;
  const Scored& holder = before == kNotInProfile ? after_.scored : before_.scored;
  const std::vector<std::string>& kinds = KindsOf(holder, present);
  return first.adjustment != second.adjustment || first.flags != second.flags ||
         FindingsDiffer(before, after, false) || FindingsDiffer(before, after, true) ||
         (!kinds.empty() && CertificatesOf(before_.scored.record, &kinds) !=
                                CertificatesOf(after_.scored.record, &kinds));
}

bool InputComparison::FindingsDiffer(uint32_t before, uint32_t after, bool practical) {
  const std::string_view mark = MarkIdOf(before_.scored, before, practical);
  if (mark != MarkIdOf(after_.scored, after, practical) &&
      (SameBasis() || before == kNotInProfile || after == kNotInProfile ||
       !GivenAlike(before_.scored.basis->profile.controls()[before].id, practical))) {
    return true;
  }
  return QuestionsOf(before_.scored, before, practical) !=
         QuestionsOf(after_.scored, after, practical);
}

// One status means marks of different ids under rule sets of different scales.
bool InputComparison::GivenAlike(std::string_view control, bool practical) {
  if (wire_before_.empty() && wire_after_.empty()) {
    Index(before_.request.inputs(), wire_before_);
    Index(after_.request.inputs(), wire_after_);
  }
  const auto first = wire_before_.find(control);
  const auto second = wire_after_.find(control);
  if (first == wire_before_.end() || second == wire_after_.end()) {
    return false;
  }
  const v1::Finding& a = practical ? first->second->practical() : first->second->theoretical();
  const v1::Finding& b = practical ? second->second->practical() : second->second->theoretical();
  return a.status() == b.status() && a.mark() == b.mark();
}

}  // namespace assay::scoring
