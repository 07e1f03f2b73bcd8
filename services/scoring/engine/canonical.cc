#include "services/scoring/engine/canonical.h"

#include "services/scoring/engine/canonical_v1.h"
#include "services/scoring/engine/canonical_writer.h"

namespace assay::scoring {
namespace {

// Beside the flag bits of ControlRecord.
constexpr uint8_t kFindingKnownBit = 8;
constexpr uint8_t kOpenBit = 16;

constexpr uint8_t kThresholdReachedBit = 1;
constexpr uint8_t kNoneNotMetBit = 2;
constexpr uint8_t kWithinLimitBit = 4;
constexpr uint8_t kAnchorBit = 8;
constexpr uint8_t kFailsVerdictBit = 16;

constexpr size_t kControlBytes = 9;

void WriteControls(const Record& record, const Evaluation& evaluation, std::string& bytes) {
  const size_t start = bytes.size();
  bytes.resize(start + kControlBytes * record.controls.size());
  char* at = bytes.data() + start;
  for (size_t i = 0; i < record.controls.size(); ++i) {
    const ControlRecord& recorded = record.controls[i];
    const ControlResult& result = evaluation.controls[i];
    const auto base = static_cast<uint32_t>(result.base_points);
    const auto points = static_cast<uint32_t>(result.points);
    const int flags =
        recorded.flags | (result.base_known ? kFindingKnownBit : 0) | (result.open ? kOpenBit : 0);
    const int came_to = static_cast<int>(result.state) | static_cast<int>(result.phase) << 4;
    *at++ = static_cast<char>(recorded.theoretical);
    *at++ = static_cast<char>(recorded.practical);
    *at++ = static_cast<char>(recorded.adjustment);
    *at++ = static_cast<char>(flags);
    *at++ = static_cast<char>(came_to);
    *at++ = static_cast<char>(base >> 8);
    *at++ = static_cast<char>(base);
    *at++ = static_cast<char>(points >> 8);
    *at++ = static_cast<char>(points);
  }
}

size_t CountRecorded(const std::vector<QuestionRecord>& records) {
  size_t count = 0;
  for (const QuestionRecord& record : records) {
    count += record.empty() ? 0 : 1;
  }
  return count;
}

void WriteQuestions(const CompiledProfile& profile, Phase phase,
                    const std::vector<QuestionRecord>& records, CanonicalWriter& out) {
  for (size_t i = 0; i < records.size(); ++i) {
    if (records[i].empty()) {
      continue;
    }
    const CompiledQuestion& question = profile.questions()[i];
    const uint8_t answer = records[i].gate_answer;
    out.Number(phase);
    out.Text(question.id);
    out.Number(records[i].outcome);
    out.Text(answer == 0 ? std::string_view() : std::string_view(question.answers[answer - 1u]));
  }
}

void WriteAllQuestions(const CompiledProfile& profile, const Record& record, CanonicalWriter& out) {
  out.Count(CountRecorded(record.theoretical_questions) +
            CountRecorded(record.practical_questions));
  WriteQuestions(profile, Phase::kTheoretical, record.theoretical_questions, out);
  WriteQuestions(profile, Phase::kPractical, record.practical_questions, out);
}

void WriteObjective(const ObjectiveResult& result, CanonicalWriter& out) {
  const ObjectiveScore& score = result.score;
  out.Number(result.outcome);
  out.U8(static_cast<uint8_t>((score.percentage_ok ? kThresholdReachedBit : 0) |
                              (score.no_zero_point_control ? kNoneNotMetBit : 0) |
                              (score.within_limit ? kWithinLimitBit : 0) |
                              (result.anchor ? kAnchorBit : 0) |
                              (result.fails_verdict ? kFailsVerdictBit : 0)));
  const ObjectiveCounts& counts = result.counts;
  for (const int32_t count :
       {counts.met, counts.partially_met, counts.not_met, counts.not_applicable, counts.blank}) {
    out.U16(static_cast<uint32_t>(count));
  }
  out.I32(score.points);
  out.I32(score.maximum);
  out.I32(score.points_needed);
}

void WriteVerdict(const CompiledProfile& profile, const Verdict& verdict, CanonicalWriter& out) {
  out.Number(verdict.outcome);
  out.Text(verdict.rule == kNoOutcomeRule
               ? std::string_view()
               : std::string_view(profile.outcomes()[static_cast<size_t>(verdict.rule)].id));
  out.I32(verdict.points);
  out.I32(verdict.maximum);
  out.I32(verdict.score);
  out.Flag(verdict.failed_on_anchor);
  out.Count(verdict.failed_objectives.size());
  for (uint32_t objective : verdict.failed_objectives) {
    out.Text(profile.objectives()[objective].id);
  }
  out.Text(verdict.result);
}

void WriteCurrent(const CompiledProfile& profile, const Record& record,
                  const Evaluation& evaluation, const DocumentDigests& digests,
                  std::string& bytes) {
  CanonicalWriter out(bytes);
  out.Head(kCanonicalMagic, kCanonicalVersion, digests, profile.id());
  out.Number(record.mode);
  out.I32(record.as_of);
  out.Certificates(record.certificates);
  out.Count(record.controls.size());
  WriteControls(record, evaluation, bytes);
  WriteAllQuestions(profile, record, out);
  out.Count(evaluation.objectives.size());
  for (const ObjectiveResult& objective : evaluation.objectives) {
    WriteObjective(objective, out);
  }
  WriteVerdict(profile, evaluation.verdict, out);
}

}  // namespace

bool IsCanonicalVersion(const CompiledProfile& profile, uint32_t version) {
  return version == kCanonicalVersion ||
         (version == kFirstCanonicalVersion && profile.model_version() == 1);
}

void WriteCanonicalResult(const CompiledProfile& profile, const Record& record,
                          const Evaluation& evaluation, const DocumentDigests& digests,
                          uint32_t version, std::string& bytes) {
  bytes.clear();
  if (version == kFirstCanonicalVersion) {
    WriteFirstCanonicalResult(profile, record, evaluation, digests, bytes);
  } else {
    WriteCurrent(profile, record, evaluation, digests, bytes);
  }
}

void WriteCanonicalInputs(const CompiledProfile& profile, const Record& record,
                          const DocumentDigests& digests, std::string& bytes) {
  bytes.clear();
  CanonicalWriter out(bytes);
  out.Head(kCanonicalInputsMagic, kCanonicalInputsVersion, digests, profile.id());
  out.Number(record.mode);
  out.I32(record.as_of);
  out.Certificates(record.certificates);
  out.Count(record.controls.size());
  for (const ControlRecord& control : record.controls) {
    out.U8(control.theoretical);
    out.U8(control.practical);
    out.U8(static_cast<uint8_t>(control.adjustment));
    out.U8(control.flags);
  }
  WriteAllQuestions(profile, record, out);
}

std::string CanonicalResultBytes(const CompiledProfile& profile, const Record& record,
                                 const Evaluation& evaluation, const DocumentDigests& digests,
                                 uint32_t version) {
  std::string bytes;
  WriteCanonicalResult(profile, record, evaluation, digests, version, bytes);
  return bytes;
}

}  // namespace assay::scoring
