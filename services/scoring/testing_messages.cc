#include "services/scoring/testing_messages.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "common/time/timestamp.h"
#include "services/scoring/clients/testing/fake_catalogue_client.h"
#include "services/scoring/engine/testing/dcc_shape.h"
#include "services/scoring/engine/testing/random_record.h"
#include "services/scoring/limits.h"

namespace assay::scoring {
namespace {

constexpr char kWhy[] = "seen on site";

void FillFinding(const PhaseFinding& finding, v1::Finding& wire) {
  if (finding.status.has_value()) {
    wire.set_status(static_cast<v1::ControlStatus>(*finding.status));
  }
  wire.set_mark(finding.mark);
  for (const QuestionOutcome& outcome : finding.questions) {
    v1::QuestionOutcome& added = *wire.add_questions();
    added.set_question_id(outcome.question);
    added.set_result(static_cast<v1::QuestionResult>(outcome.outcome));
    added.set_answer(outcome.gate_answer);
    if (outcome.has_justification) {
      added.set_justification(kWhy);
    }
  }
}

void FillControl(const ControlInput& control, v1::ControlInput& wire) {
  wire.set_control_id(control.control);
  FillFinding(control.theoretical, *wire.mutable_theoretical());
  FillFinding(control.practical, *wire.mutable_practical());
  if (control.adjustment != 0) {
    wire.mutable_adjustment()->set_points(control.adjustment);
    wire.mutable_adjustment()->set_reason(control.has_adjustment_reason ? kWhy : "");
  }
  if (control.overridden) {
    wire.mutable_override()->set_reasoning(control.has_override_reasoning ? kWhy : "");
  }
  if (control.not_applicable) {
    wire.mutable_not_applicable()->set_justification(control.has_not_applicable_justification ? kWhy
                                                                                              : "");
  }
}

// Marks said by status, where the scale has one for it.
void SayByStatus(const CompiledProfile& profile, Random& random, v1::ControlInput& control) {
  const std::vector<Mark>& marks =
      profile.ScaleOf(profile.FindControl(control.control_id()).index).marks;
  for (v1::Finding* finding : {control.mutable_theoretical(), control.mutable_practical()}) {
    if (finding->mark().empty() || !random.Chance(70)) {
      continue;
    }
    if (finding->mark() == marks.front().id) {
      finding->set_status(v1::CONTROL_STATUS_MET);
    } else if (finding->mark() == marks.back().id) {
      finding->set_status(v1::CONTROL_STATUS_NOT_MET);
    } else if (marks.size() == 3) {
      finding->set_status(v1::CONTROL_STATUS_PARTIALLY_MET);
    } else {
      continue;
    }
    finding->clear_mark();
  }
}

using ControlChange = std::function<void(v1::ControlInput&)>;

std::vector<ControlChange> ControlChanges() {
  const std::string long_text(kMaxReasonCharacters, 'x');
  std::vector<ControlChange> changes = {
      [](auto& c) { c.set_control_id("9999"); },
      [](auto& c) { c.set_control_id(std::string(kMaxInputIdCharacters + 1, 'x')); },
      [](auto& c) { c.clear_control_id(); },
      [](auto& c) { c.mutable_theoretical()->set_mark("no such mark"); },
      [](auto& c) { c.mutable_practical()->set_status(v1::CONTROL_STATUS_PARTIALLY_MET); },
      [](auto& c) { c.mutable_practical()->set_status(static_cast<v1::ControlStatus>(4)); },
      [](auto& c) { c.mutable_practical()->set_status(static_cast<v1::ControlStatus>(-1)); },
      [](auto& c) { c.mutable_practical()->set_status(static_cast<v1::ControlStatus>(257)); },
      [](auto& c) { c.mutable_theoretical()->add_questions()->set_question_id("9999.1"); },
      [](auto& c) { c.clear_theoretical(); },
      [](auto& c) { c.mutable_override()->set_reasoning(" \t\n"); },
      [](auto& c) { c.mutable_not_applicable(); },
      [](auto& c) { c.mutable_override()->set_reasoning(kWhy); },
      [](auto& c) { c.mutable_not_applicable()->set_justification(kWhy); },
      [](auto& c) { c.mutable_adjustment()->clear_reason(); },
      [long_text](auto& c) { c.mutable_override()->set_reasoning(long_text); },
      [long_text](auto& c) { c.mutable_override()->set_reasoning(long_text + "x"); },
      [long_text](auto& c) { c.mutable_not_applicable()->set_justification(long_text + "x"); },
      [long_text](auto& c) { c.mutable_adjustment()->set_reason(long_text + "x"); },
  };
  for (const int points : {-2, -1, 0, 1, 2, 256, 257}) {
    changes.push_back([points](auto& c) {
      c.mutable_adjustment()->set_points(points);
      c.mutable_adjustment()->set_reason(kWhy);
    });
    changes.push_back([points](auto& c) { c.mutable_adjustment()->set_points(points); });
  }
  return changes;
}

using InputsChange = std::function<void(v1::AssessmentInputs&)>;

v1::Certificate SomeCertificate(const CompiledProfile& profile) {
  v1::Certificate certificate;
  certificate.set_kind(profile.certificate_kinds().empty() ? "NO_SUCH_KIND"
                                                           : profile.certificate_kinds().front());
  certificate.set_number("N-1");
  certificate.set_issued_on("2026-05-02");
  certificate.set_expires_on("2027-05-01");
  return certificate;
}

std::vector<InputsChange> InputsChanges(const CompiledProfile& profile) {
  const v1::Certificate certificate = SomeCertificate(profile);
  const auto with = [certificate](std::function<void(v1::Certificate&)> change) {
    return [certificate, change](v1::AssessmentInputs& inputs) {
      v1::Certificate& added = *inputs.add_certificates();
      added = certificate;
      change(added);
    };
  };
  return {
      [](auto& i) { i.clear_as_of(); },
      [](auto& i) { i.set_as_of("2026-02-29"); },
      [](auto& i) { i.set_as_of("2026-6-1"); },
      [](auto& i) { *i.add_controls() = i.controls(0); },
      [](auto& i) { i.mutable_controls()->SwapElements(0, i.controls_size() - 1); },
      [](auto& i) { i.mutable_controls()->RemoveLast(); },
      with([](auto&) {}),
      with([](auto& c) { c.set_kind("NO_SUCH_KIND"); }),
      with([](auto& c) { c.clear_kind(); }),
      with([](auto& c) { c.set_expires_on("2026-05-01"); }),
      with([](auto& c) { c.set_issued_on("tomorrow"); }),
      with([](auto& c) { c.clear_expires_on(); }),
      with([](auto& c) { c.set_revoked_on("2026-05-01"); }),
      with([](auto& c) { c.set_revoked_on("2026-06-01"); }),
      with([](auto& c) { c.set_revoked_on("never"); }),
      with([](auto& c) { c.set_number(std::string(kMaxCertificateNumberCharacters, 'x')); }),
      with([](auto& c) { c.set_number(std::string(kMaxCertificateNumberCharacters + 1, 'x')); }),
      with([](auto& c) { c.set_scope_verdict(static_cast<v1::ScopeVerdict>(3)); }),
      with([](auto& c) { c.set_scope_verdict(static_cast<v1::ScopeVerdict>(-1)); }),
      with([](auto& c) { c.set_scope_verdict(static_cast<v1::ScopeVerdict>(256)); }),
      [certificate](auto& i) {
        while (i.certificates_size() <= static_cast<int>(kMaxCertificates)) {
          v1::Certificate& added = *i.add_certificates();
          added = certificate;
          added.set_number(std::to_string(i.certificates_size()));
        }
      },
  };
}

}  // namespace

v1::ScoreRequest ToWire(const AssessmentInput& input) {
  v1::ScoreRequest request;
  request.set_mode(input.mode == Mode::kFinal ? v1::SCORING_MODE_FINAL
                                              : v1::SCORING_MODE_PROVISIONAL);
  v1::AssessmentInputs& inputs = *request.mutable_inputs();
  inputs.set_as_of(FormatDate(input.as_of));
  for (const Certificate& certificate : input.certificates) {
    v1::Certificate& added = *inputs.add_certificates();
    added.set_kind(certificate.kind);
    added.set_number(certificate.number);
    added.set_issued_on(FormatDate(certificate.issued_on));
    added.set_expires_on(FormatDate(certificate.expires_on));
    if (certificate.revoked_on.has_value()) {
      added.set_revoked_on(FormatDate(*certificate.revoked_on));
    }
    added.set_scope_verdict(static_cast<v1::ScopeVerdict>(certificate.scope));
  }
  for (const ControlInput& control : input.controls) {
    FillControl(control, *inputs.add_controls());
  }
  for (const std::string& control : input.overturned_controls) {
    request.add_overturned_controls(control);
  }
  return request;
}

v1::ScoreRequest RandomRequest(const CompiledProfile& profile, Random& random) {
  v1::ScoreRequest request = ToWire(ToInput(profile, RandomRecord(profile, random)));
  for (v1::ControlInput& control : *request.mutable_inputs()->mutable_controls()) {
    SayByStatus(profile, random, control);
  }
  return request;
}

void Tamper(const CompiledProfile& profile, Random& random, v1::ScoreRequest& request) {
  v1::AssessmentInputs& inputs = *request.mutable_inputs();
  if (random.Chance(30)) {
    random.OneOf(InputsChanges(profile))(inputs);
    return;
  }
  static const std::vector<ControlChange> kChanges = ControlChanges();
  const auto count = static_cast<size_t>(inputs.controls_size());
  random.OneOf(kChanges)(*inputs.mutable_controls(static_cast<int>(random.Below(count))));
}

catalogue::v1::RuleSet ModelTwoRuleSetMessage() {
  namespace wire = ::assay::catalogue::v1;
  wire::RuleSet message = RuleSetMessage(AsrV21());
  message.mutable_revision()->set_model_version(2);
  message.clear_points();
  const auto add_scale = [&message](const char* id,
                                    std::vector<std::pair<std::string, int>> marks) {
    wire::Scale& scale = *message.add_scales();
    scale.set_id(id);
    for (const auto& [mark, points] : marks) {
      scale.add_marks()->set_id(mark);
      scale.mutable_marks(scale.marks_size() - 1)->set_points(static_cast<uint32_t>(points));
    }
  };
  add_scale("three", {{"full", 5}, {"some", 2}, {"none", 0}});
  add_scale("two", {{"yes", 3}, {"no", 0}});
  message.set_default_scale("three");
  wire::ItemRule& item = *message.add_items();
  item.set_control("2300");
  item.set_scale("two");
  const auto add_outcome = [&message](const char* id,
                                      wire::OutcomeKind kind) -> wire::OutcomeRule& {
    wire::OutcomeRule& outcome = *message.add_outcomes();
    outcome.set_id(id);
    outcome.set_kind(kind);
    outcome.set_text(std::string(id) + " with {score}");
    return outcome;
  };
  add_outcome("passed", wire::OUTCOME_KIND_PASSED).mutable_when()->set_objectives_pass(true);
  wire::OutcomeConditions& when =
      *add_outcome("conditional", wire::OUTCOME_KIND_CONDITIONAL).mutable_when();
  when.set_percent_at_least(80);
  when.set_item_shortfall_at_most(5);
  add_outcome("failed", wire::OUTCOME_KIND_FAILED);
  message.set_score_base(400);
  message.mutable_result_strings()->clear_pass();
  message.mutable_result_strings()->clear_fail();
  wire::ReviewReason& reason = *message.add_review_reasons();
  reason.set_reason("RATIFICATION");
  reason.add_profiles("L2");
  return message;
}

}  // namespace assay::scoring
