#include "services/scoring/convert_record.h"

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

#include "common/time/timestamp.h"
#include "services/scoring/convert_inputs.h"
#include "services/scoring/engine/validate.h"
#include "services/scoring/limits.h"

namespace assay::scoring {
namespace {

// A text that is there and not too long; bytes are never fewer than characters.
bool IsReason(const std::string& text) {
  return text.size() <= kMaxReasonCharacters && SaysSomething(text);
}

bool ReadDate(const std::string& text, EpochDay& day) {
  const absl::StatusOr<EpochDays> days = ParseDate("", text);
  if (!days.ok()) {
    return false;
  }
  day = *days;
  return true;
}

class QuickReader {
 public:
  QuickReader(const CompiledProfile& profile, Record& record)
      : profile_(profile),
        rules_(profile.rules()),
        record_(record),
        clamps_(rules_.adjustment_clamp == AdjustmentClamp::kOn) {}

  bool Run(const v1::ScoreRequest& request) {
    const v1::AssessmentInputs& inputs = request.inputs();
    record_.controls.assign(profile_.controls().size(), ControlRecord());
    record_.theoretical_questions.clear();
    record_.practical_questions.clear();
    record_.certificates.clear();
    seen_.assign(profile_.controls().size(), 0);
    if (static_cast<size_t>(inputs.controls_size()) > profile_.controls().size() ||
        !request.overturned_controls().empty() || !ReadDate(inputs.as_of(), record_.as_of) ||
        !ReadCertificates(inputs)) {
      return false;
    }
    for (const v1::ControlInput& control : inputs.controls()) {
      if (!ReadControl(control)) {
        return false;
      }
    }
    return true;
  }

 private:
  bool ReadCertificates(const v1::AssessmentInputs& inputs) {
    if (static_cast<size_t>(inputs.certificates_size()) > kMaxCertificates) {
      return false;
    }
    for (const v1::Certificate& certificate : inputs.certificates()) {
      Certificate& added = record_.certificates.emplace_back();
      if (certificate.number().size() > kMaxCertificateNumberCharacters ||
          certificate.scope_verdict() < 0 ||
          certificate.scope_verdict() > v1::SCOPE_VERDICT_DOES_NOT_COVER ||
          !ReadDate(certificate.issued_on(), added.issued_on) ||
          !ReadDate(certificate.expires_on(), added.expires_on)) {
        return false;
      }
      if (!certificate.revoked_on().empty() &&
          !ReadDate(certificate.revoked_on(), added.revoked_on.emplace())) {
        return false;
      }
      added.kind = certificate.kind();
      added.number = certificate.number();
      added.scope = static_cast<ScopeVerdict>(certificate.scope_verdict());
    }
    return record_.certificates.empty() ||
           ValidateCertificates(profile_, record_.certificates).empty();
  }

  // Inputs mostly come in catalogue order, which makes the search needless.
  bool FindControl(const std::string& id, uint32_t& index) {
    const std::vector<CompiledControl>& controls = profile_.controls();
    if (next_ < controls.size() && controls[next_].id == id) {
      index = next_++;
    } else {
      const Lookup found = profile_.FindControl(id);
      if (found.membership != Membership::kInScope) {
        return false;
      }
      index = found.index;
      next_ = found.index + 1;
    }
    return ++seen_[index] == 1;
  }

  bool ReadControl(const v1::ControlInput& control) {
    uint32_t index = 0;
    if (!FindControl(control.control_id(), index)) {
      return false;
    }
    ControlRecord& recorded = record_.controls[index];
    if (control.has_theoretical() &&
        !ReadMark(index, control.theoretical(), recorded.theoretical)) {
      return false;
    }
    if (control.has_practical() && !ReadMark(index, control.practical(), recorded.practical)) {
      return false;
    }
    return (!control.has_adjustment() || ReadAdjustment(control.adjustment(), recorded)) &&
           ReadFlags(index, control, recorded);
  }

  bool ReadMark(uint32_t control, const v1::Finding& finding, uint8_t& mark) const {
    if (!finding.questions().empty()) {
      return false;
    }
    const std::vector<Mark>& marks = profile_.ScaleOf(control).marks;
    if (!finding.mark().empty()) {
      for (size_t i = 0; i < marks.size(); ++i) {
        if (marks[i].id == finding.mark()) {
          mark = static_cast<uint8_t>(i + 1);
        }
      }
      return mark != 0 && finding.status() == v1::CONTROL_STATUS_UNSPECIFIED;
    }
    switch (finding.status()) {
      case v1::CONTROL_STATUS_UNSPECIFIED:
        return true;
      case v1::CONTROL_STATUS_MET:
        mark = 1;
        return true;
      case v1::CONTROL_STATUS_PARTIALLY_MET:
        mark = 2;
        return marks.size() == 3;
      case v1::CONTROL_STATUS_NOT_MET:
        mark = static_cast<uint8_t>(marks.size());
        return true;
      default:
        return false;
    }
  }

  // Both phases recorded, so that the chosen one is never blank whatever the phase option.
  bool ReadAdjustment(const v1::Adjustment& adjustment, ControlRecord& recorded) const {
    if (adjustment.points() == 0) {
      return adjustment.reason().size() <= kMaxReasonCharacters;
    }
    const bool has_finding = rules_.phase == PhaseRule::kLatest
                                 ? (recorded.theoretical | recorded.practical) != 0
                                 : recorded.theoretical != 0 && recorded.practical != 0;
    recorded.adjustment = static_cast<int8_t>(adjustment.points());
    return (adjustment.points() == 1 || adjustment.points() == -1) && has_finding && clamps_ &&
           IsReason(adjustment.reason());
  }

  bool ReadFlags(uint32_t index, const v1::ControlInput& control, ControlRecord& recorded) const {
    if (!control.has_override() && !control.has_not_applicable()) {
      return true;
    }
    const CompiledControl& compiled = profile_.controls()[index];
    if (profile_.objectives()[compiled.objective].anchor ||
        (control.has_override() && control.has_not_applicable())) {
      return false;
    }
    recorded.flags = control.has_override() ? kOverriddenFlag : kNotApplicableFlag;
    return IsReason(control.has_override() ? control.override().reasoning()
                                           : control.not_applicable().justification());
  }

  const CompiledProfile& profile_;
  const RuleOptions& rules_;
  Record& record_;
  const bool clamps_;
  std::vector<uint8_t> seen_;
  uint32_t next_ = 0;
};

}  // namespace

bool ToRecordQuickly(const CompiledProfile& profile, const v1::ScoreRequest& request,
                     Record& record) {
  return QuickReader(profile, record).Run(request);
}

}  // namespace assay::scoring
