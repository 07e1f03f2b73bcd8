#include "services/scoring/engine/canonical.h"

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "services/scoring/engine/finding.h"
#include "services/scoring/engine/triggers.h"

namespace assay::scoring {
namespace {

class Writer {
 public:
  void Byte(uint8_t value) { bytes_.push_back(static_cast<char>(value)); }
  void Flag(bool value) { Byte(value ? 1 : 0); }
  void U32(uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      Byte(static_cast<uint8_t>(value >> shift));
    }
  }
  void Count(size_t value) { U32(static_cast<uint32_t>(value)); }
  // Two's complement.
  void I32(int32_t value) { U32(static_cast<uint32_t>(value)); }
  void Text(std::string_view text) {
    Count(text.size());
    bytes_.append(text);
  }
  void Raw(std::string_view bytes) { bytes_.append(bytes); }
  template <typename Enum>
  void Number(Enum value) {
    Byte(static_cast<uint8_t>(value));
  }

  std::string Take() && { return std::move(bytes_); }

 private:
  std::string bytes_;
};

auto SortKey(const Certificate& certificate) {
  return std::make_tuple(std::string_view(certificate.kind), certificate.issued_on,
                         certificate.expires_on, certificate.revoked_on, certificate.scope);
}

void WriteCertificates(std::vector<Certificate> certificates, Writer& out) {
  std::sort(certificates.begin(), certificates.end(),
            [](const auto& a, const auto& b) { return SortKey(a) < SortKey(b); });
  out.Count(certificates.size());
  for (const Certificate& certificate : certificates) {
    out.Text(certificate.kind);
    out.I32(certificate.issued_on);
    out.I32(certificate.expires_on);
    out.Flag(certificate.revoked_on.has_value());
    if (certificate.revoked_on.has_value()) {
      out.I32(*certificate.revoked_on);
    }
    out.Number(certificate.scope);
  }
}

// Outcomes in the order of the question set; those that say nothing are left out.
void WriteQuestions(const CompiledProfile& profile, const CompiledControl& control,
                    const PhaseFinding& finding, Writer& out) {
  std::vector<const QuestionOutcome*> said;
  std::vector<const CompiledQuestion*> of;
  for (uint32_t i = 0; i < control.question_count; ++i) {
    const CompiledQuestion& question = profile.questions()[control.first_question + i];
    for (const QuestionOutcome& outcome : finding.questions) {
      if (outcome.question == question.id && IsRecorded(question, outcome)) {
        said.push_back(&outcome);
        of.push_back(&question);
      }
    }
  }
  out.Count(said.size());
  for (size_t i = 0; i < said.size(); ++i) {
    out.Text(said[i]->question);
    out.Number(said[i]->outcome);
    // What was answered matters for a gate only; elsewhere it is free text.
    out.Text(of[i]->gate ? std::string_view(said[i]->gate_answer) : std::string_view());
  }
}

void WriteFinding(const CompiledProfile& profile, const CompiledControl& control,
                  const PhaseFinding* finding, Writer& out) {
  if (finding == nullptr) {
    out.Byte(0);
    out.Count(0);
    return;
  }
  out.Byte(finding->status.has_value() ? static_cast<uint8_t>(*finding->status) : 0);
  WriteQuestions(profile, control, *finding, out);
}

void WriteControlInput(const CompiledProfile& profile, const CompiledControl& control,
                       const RecordedControl& recorded, Writer& out) {
  const ControlInput* input = recorded.input;
  out.Text(control.id);
  WriteFinding(profile, control, input == nullptr ? nullptr : &input->theoretical, out);
  WriteFinding(profile, control, input == nullptr ? nullptr : &input->practical, out);
  out.I32(input == nullptr ? 0 : input->adjustment);
  out.Flag(input != nullptr && input->overridden);
  out.Flag(input != nullptr && input->not_applicable);
  out.Flag(recorded.overturned);
}

void WriteControlResult(const ControlResult& result, Writer& out) {
  out.Number(result.state);
  out.Flag(result.open);
  out.Number(result.phase);
  out.Flag(result.base_known);
  out.I32(result.base_points);
  out.I32(result.points);
  out.I32(result.maximum);
}

void WriteObjectiveResult(const CompiledObjective& objective, const ObjectiveResult& result,
                          Writer& out) {
  out.Text(objective.id);
  out.Number(result.outcome);
  out.I32(result.counts.met);
  out.I32(result.counts.partially_met);
  out.I32(result.counts.not_met);
  out.I32(result.counts.not_applicable);
  out.I32(result.counts.blank);
  out.I32(result.score.points);
  out.I32(result.score.maximum);
  out.I32(result.score.points_needed);
  out.Flag(result.score.percentage_ok);
  out.Flag(result.score.no_zero_point_control);
  out.Flag(result.anchor);
  out.Flag(result.fails_verdict);
}

}  // namespace

std::string CanonicalResultBytes(const CompiledProfile& profile, const AssessmentInput& input,
                                 const Evaluation& evaluation, const DocumentDigests& digests) {
  Writer out;
  out.Raw(kCanonicalMagic);
  out.U32(kCanonicalVersion);
  out.Text(digests.catalogue);
  out.Text(digests.question_set);
  out.Text(digests.rule_set);
  out.Text(profile.id());
  out.I32(profile.threshold_percent());
  out.Number(input.mode);
  out.I32(input.as_of);
  WriteCertificates(input.certificates, out);
  const ControlInputs recorded = MatchControls(profile, input);
  out.Count(recorded.size());
  for (size_t i = 0; i < recorded.size(); ++i) {
    WriteControlInput(profile, profile.controls()[i], recorded[i], out);
    WriteControlResult(evaluation.controls[i], out);
  }
  out.Count(evaluation.objectives.size());
  for (size_t i = 0; i < evaluation.objectives.size(); ++i) {
    WriteObjectiveResult(profile.objectives()[i], evaluation.objectives[i], out);
  }
  const Verdict& verdict = evaluation.verdict;
  out.Number(verdict.outcome);
  out.Flag(verdict.failed_on_anchor);
  out.Count(verdict.failed_objectives.size());
  for (uint32_t objective : verdict.failed_objectives) {
    out.Text(profile.objectives()[objective].id);
  }
  out.Text(verdict.result);
  return std::move(out).Take();
}

}  // namespace assay::scoring
