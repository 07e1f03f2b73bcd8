#include "services/scoring/engine/canonical_v1.h"

#include "services/scoring/engine/canonical_writer.h"
#include "services/scoring/engine/finding.h"

namespace assay::scoring {
namespace {

// Outcomes in the order of the question set; those that say nothing are left out.
void WriteFinding(const CompiledProfile& profile, const CompiledControl& control,
                  const PhaseRecord& finding, CanonicalWriter& out) {
  out.U8(finding.mark);
  const uint32_t questions = finding.questions == nullptr ? 0 : control.question_count;
  uint32_t said = 0;
  for (uint32_t i = 0; i < questions; ++i) {
    said += finding.questions[i].empty() ? 0 : 1;
  }
  out.U32(said);
  for (uint32_t i = 0; i < questions; ++i) {
    const QuestionRecord& record = finding.questions[i];
    if (record.empty()) {
      continue;
    }
    const CompiledQuestion& question = profile.questions()[control.first_question + i];
    out.Text(question.id);
    out.Number(record.outcome);
    out.Text(record.gate_answer == 0 ? std::string_view()
                                     : std::string_view(question.answers[record.gate_answer - 1u]));
  }
}

void WriteControl(const CompiledProfile& profile, const Record& record, uint32_t index,
                  const ControlResult& result, CanonicalWriter& out) {
  const CompiledControl& control = profile.controls()[index];
  const ControlRecord& recorded = record.controls[index];
  out.Text(control.id);
  WriteFinding(profile, control, TheoreticalOf(profile, record, index), out);
  WriteFinding(profile, control, PracticalOf(profile, record, index), out);
  out.I32(recorded.adjustment);
  out.Flag((recorded.flags & kOverriddenFlag) != 0);
  out.Flag((recorded.flags & kNotApplicableFlag) != 0);
  out.Flag((recorded.flags & kOverturnedFlag) != 0);
  out.Number(result.state);
  out.Flag(result.open);
  out.Number(result.phase);
  out.Flag(result.base_known);
  out.I32(result.base_points);
  out.I32(result.points);
  out.I32(result.maximum);
}

void WriteObjective(const CompiledObjective& objective, const ObjectiveResult& result,
                    CanonicalWriter& out) {
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

void WriteFirstCanonicalResult(const CompiledProfile& profile, const Record& record,
                               const Evaluation& evaluation, const DocumentDigests& digests,
                               std::string& bytes) {
  CanonicalWriter out(bytes);
  out.Head(kCanonicalMagic, kFirstCanonicalVersion, digests, profile.id());
  out.I32(profile.threshold_percent());
  out.Number(record.mode);
  out.I32(record.as_of);
  out.Certificates(record.certificates);
  out.Count(record.controls.size());
  for (uint32_t i = 0; i < record.controls.size(); ++i) {
    WriteControl(profile, record, i, evaluation.controls[i], out);
  }
  out.Count(evaluation.objectives.size());
  for (size_t i = 0; i < evaluation.objectives.size(); ++i) {
    WriteObjective(profile.objectives()[i], evaluation.objectives[i], out);
  }
  const Verdict& verdict = evaluation.verdict;
  out.Number(verdict.outcome);
  out.Flag(verdict.failed_on_anchor);
  out.Count(verdict.failed_objectives.size());
  for (uint32_t objective : verdict.failed_objectives) {
    out.Text(profile.objectives()[objective].id);
  }
  out.Text(verdict.result);
}

}  // namespace assay::scoring
