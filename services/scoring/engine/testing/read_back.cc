#include "services/scoring/engine/testing/read_back.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

#include "services/scoring/engine/canonical_reader.h"

namespace assay::scoring {
namespace {

bool SameCertificates(std::vector<Certificate> written, std::vector<Certificate> read) {
  for (Certificate& certificate : written) {
    certificate.number.clear();  // Not written.
  }
  return std::is_permutation(written.begin(), written.end(), read.begin(), read.end());
}

bool SameControl(const CompiledControl& control, const ControlRecord& recorded,
                 const ControlResult& result, uint32_t version, const CanonicalControl& read) {
  const bool first = version == kFirstCanonicalVersion;
  const CanonicalControl expected = {.id = first ? control.id : "",
                                     .recorded = recorded,
                                     .state = result.state,
                                     .open = result.open,
                                     .base_known = result.base_known,
                                     .phase = result.phase,
                                     .base_points = result.base_points,
                                     .points = result.points,
                                     .maximum = first ? result.maximum : 0};
  return read == expected;
}

bool SameObjective(const CompiledObjective& objective, const ObjectiveResult& result,
                   uint32_t version, const CanonicalObjective& read) {
  const bool first = version == kFirstCanonicalVersion;
  const CanonicalObjective expected = {.id = first ? objective.id : "",
                                       .outcome = result.outcome,
                                       .counts = result.counts,
                                       .points = result.score.points,
                                       .maximum = result.score.maximum,
                                       .points_needed = result.score.points_needed,
                                       .threshold_reached = result.score.percentage_ok,
                                       .none_not_met = result.score.no_zero_point_control,
                                       .within_limit = first || result.score.within_limit,
                                       .anchor = result.anchor,
                                       .fails_verdict = result.fails_verdict};
  return read == expected;
}

void AddQuestions(const CompiledProfile& profile, Phase phase,
                  const std::vector<QuestionRecord>& records,
                  std::vector<CanonicalQuestion>& questions) {
  for (size_t i = 0; i < records.size(); ++i) {
    const CompiledQuestion& question = profile.questions()[i];
    if (const uint8_t answer = records[i].gate_answer; !records[i].empty()) {
      questions.push_back({phase, question.id, records[i].outcome,
                           answer == 0 ? "" : question.answers[answer - 1u]});
    }
  }
}

bool SameQuestions(const CompiledProfile& profile, const Record& record,
                   const CanonicalResult& read) {
  std::vector<CanonicalQuestion> expected;
  AddQuestions(profile, Phase::kTheoretical, record.theoretical_questions, expected);
  AddQuestions(profile, Phase::kPractical, record.practical_questions, expected);
  if (read.version == kFirstCanonicalVersion) {  // Control by control.
    return std::is_permutation(expected.begin(), expected.end(), read.questions.begin(),
                               read.questions.end());
  }
  return read.questions == expected;
}

bool SameHead(const CompiledProfile& profile, const Record& record, const DocumentDigests& digests,
              const CanonicalResult& read) {
  const int32_t threshold =
      read.version == kFirstCanonicalVersion ? profile.threshold_percent() : 0;
  return read.digests.catalogue == digests.catalogue &&
         read.digests.question_set == digests.question_set &&
         read.digests.rule_set == digests.rule_set && read.profile == profile.id() &&
         read.threshold_percent == threshold && read.mode == record.mode &&
         read.as_of == record.as_of;
}

bool SameVerdict(const CompiledProfile& profile, const Verdict& verdict,
                 const CanonicalResult& read) {
  std::vector<std::string> failed;
  for (const uint32_t objective : verdict.failed_objectives) {
    failed.push_back(profile.objectives()[objective].id);
  }
  const bool first = read.version == kFirstCanonicalVersion;
  const bool no_id = first || verdict.rule == kNoOutcomeRule;
  return read.outcome == verdict.outcome &&
         read.outcome_id ==
             (no_id ? "" : profile.outcomes()[static_cast<size_t>(verdict.rule)].id) &&
         read.points == (first ? 0 : verdict.points) &&
         read.maximum == (first ? 0 : verdict.maximum) &&
         read.score == (first ? 0 : verdict.score) &&
         read.failed_on_anchor == verdict.failed_on_anchor && read.failed_objectives == failed &&
         read.result == verdict.result;
}

}  // namespace

std::string ReadBackDifference(const CompiledProfile& profile, const Record& record,
                               const Evaluation& evaluation, const DocumentDigests& digests,
                               uint32_t version, std::string_view bytes) {
  std::string problem;
  const std::optional<CanonicalResult> read = ReadCanonicalResult(bytes, problem);
  if (!read.has_value()) {
    return problem;
  }
  if (read->version != version) return "version";
  if (!SameHead(profile, record, digests, *read)) return "head";
  if (!SameCertificates(record.certificates, read->certificates)) return "certificates";
  if (read->controls.size() != record.controls.size()) return "controls";
  for (size_t i = 0; i < read->controls.size(); ++i) {
    const CompiledControl& control = profile.controls()[i];
    if (!SameControl(control, record.controls[i], evaluation.controls[i], version,
                     read->controls[i])) {
      return "control " + control.id;
    }
  }
  if (!SameQuestions(profile, record, *read)) return "questions";
  if (read->objectives.size() != evaluation.objectives.size()) return "objectives";
  for (size_t i = 0; i < read->objectives.size(); ++i) {
    const CompiledObjective& objective = profile.objectives()[i];
    if (!SameObjective(objective, evaluation.objectives[i], version, read->objectives[i])) {
      return "objective " + objective.id;
    }
  }
  return SameVerdict(profile, evaluation.verdict, *read) ? "" : "verdict";
}

}  // namespace assay::scoring
