#include "services/scoring/engine/canonical_reader.h"

#include <cstddef>
#include <utility>

#include "services/scoring/engine/profile.h"

namespace assay::scoring {
namespace {

constexpr size_t kDigestBytes = 32;
// The least bytes that one entry of each list takes: bounds what a count may claim.
constexpr size_t kLeastCertificateBytes = 14;
constexpr size_t kControlBytes = 9;
constexpr size_t kLeastFirstControlBytes = 37;
constexpr size_t kLeastQuestionBytes = 10;
constexpr size_t kLeastFirstQuestionBytes = 9;
constexpr size_t kObjectiveBytes = 24;
constexpr size_t kLeastFirstObjectiveBytes = 41;
constexpr size_t kLeastTextBytes = 4;

constexpr uint32_t kRecordedFlags = kOverriddenFlag | kNotApplicableFlag | kOverturnedFlag;
constexpr uint32_t kFindingKnownBit = 8;
constexpr uint32_t kOpenBit = 16;
constexpr uint32_t kControlBits = kRecordedFlags | kFindingKnownBit | kOpenBit;
constexpr uint32_t kObjectiveBits = 31;

// Takes fields off the front. After the first problem every read gives a harmless value and every
// list is empty, so callers need not look until the end.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  bool ok() const { return problem_.empty(); }
  std::string TakeProblem() { return std::move(problem_); }

  void Fail(const char* field, const std::string& what) {
    if (ok()) {
      problem_ = "byte " + std::to_string(start_) + ", " + field + ": " + what;
    }
  }

  // An unsigned number of `size` bytes, at most four; 0 when they are not there.
  uint32_t Number(const char* field, size_t size) {
    start_ = at_;
    if (!ok() || bytes_.size() - at_ < size) {
      Fail(field, "the bytes end inside it");
      return 0;
    }
    uint32_t value = 0;
    for (const size_t end = at_ + size; at_ < end; ++at_) {
      value = value << 8 | static_cast<unsigned char>(bytes_[at_]);
    }
    return value;
  }
  int32_t I32(const char* field) { return static_cast<int32_t>(Number(field, 4)); }

  // A byte from `least` to `most`.
  uint32_t Byte(const char* field, uint32_t least, uint32_t most) {
    const uint32_t value = Number(field, 1);
    return InRange(field, value, least, most);
  }
  uint32_t InRange(const char* field, uint32_t value, uint32_t least, uint32_t most) {
    if (value < least || value > most) {
      Fail(field, std::to_string(value) + " is none");
      return least;
    }
    return value;
  }
  template <typename Enum>
  Enum Word(const char* field, Enum least, Enum most) {
    return static_cast<Enum>(
        Byte(field, static_cast<uint32_t>(least), static_cast<uint32_t>(most)));
  }
  bool Flag(const char* field) { return Byte(field, 0, 1) == 1; }

  std::string Text(const char* field) {
    const uint32_t size = Count(field, 1);
    std::string text(bytes_.substr(at_, size));
    at_ += size;
    return text;
  }
  std::string Digest(const char* field, bool may_be_empty) {
    std::string digest = Text(field);
    if (digest.size() != kDigestBytes && !(may_be_empty && digest.empty())) {
      Fail(field, "has " + std::to_string(digest.size()) + " bytes, not 32");
    }
    return digest;
  }
  // How many entries follow, of at least `least_bytes` each.
  uint32_t Count(const char* field, size_t least_bytes) {
    const uint32_t count = Number(field, 4);
    if (count > (bytes_.size() - at_) / least_bytes) {
      Fail(field, "claims " + std::to_string(count) + " entries in " +
                      std::to_string(bytes_.size() - at_) + " bytes");
      return 0;
    }
    return ok() ? count : 0;
  }

  bool Skip(std::string_view expected) {
    start_ = at_;
    if (bytes_.substr(at_, expected.size()) != expected) {
      return false;
    }
    at_ += expected.size();
    return true;
  }
  void End() {
    start_ = at_;
    if (at_ != bytes_.size()) {
      Fail("end", std::to_string(bytes_.size() - at_) + " bytes follow the last field");
    }
  }

 private:
  std::string_view bytes_;
  size_t at_ = 0;
  size_t start_ = 0;  // Of the field being read.
  std::string problem_;
};

void ReadCertificates(Reader& in, std::vector<Certificate>& certificates) {
  certificates.resize(in.Count("certificates", kLeastCertificateBytes));
  for (Certificate& certificate : certificates) {
    certificate.kind = in.Text("certificate kind");
    certificate.issued_on = in.I32("issued on");
    certificate.expires_on = in.I32("expires on");
    if (in.Flag("revoked")) {
      certificate.revoked_on = in.I32("revoked on");
    }
    certificate.scope =
        in.Word("scope verdict", ScopeVerdict::kNotJudged, ScopeVerdict::kDoesNotCover);
  }
}

int8_t ToAdjustment(Reader& in, int32_t value) {
  if (value < -1 || value > 1) {
    in.Fail("adjustment", std::to_string(value) + " is none");
    return 0;
  }
  return static_cast<int8_t>(value);
}

CanonicalControl ReadControl(Reader& in) {
  CanonicalControl control;
  control.recorded.theoretical = static_cast<uint8_t>(in.Byte("theoretical mark", 0, kMaxMarks));
  control.recorded.practical = static_cast<uint8_t>(in.Byte("practical mark", 0, kMaxMarks));
  control.recorded.adjustment = ToAdjustment(in, static_cast<int8_t>(in.Number("adjustment", 1)));
  const uint32_t flags = in.Byte("control flags", 0, kControlBits);
  control.recorded.flags = static_cast<uint8_t>(flags & kRecordedFlags);
  control.base_known = (flags & kFindingKnownBit) != 0;
  control.open = (flags & kOpenBit) != 0;
  const uint32_t came_to = in.Number("state and phase", 1);
  control.state = static_cast<ControlState>(
      in.InRange("state", came_to & 15, static_cast<uint32_t>(ControlState::kMet),
                 static_cast<uint32_t>(ControlState::kBlank)));
  control.phase = static_cast<Phase>(
      in.InRange("phase", came_to >> 4, 0, static_cast<uint32_t>(Phase::kPractical)));
  control.base_points = static_cast<int32_t>(in.Number("base points", 2));
  control.points = static_cast<int32_t>(in.Number("points", 2));
  return control;
}

void ReadQuestion(Reader& in, Phase phase, std::vector<CanonicalQuestion>& questions) {
  CanonicalQuestion& question = questions.emplace_back();
  question.phase = phase;
  question.id = in.Text("question id");
  question.outcome = in.Word("question outcome", Outcome::kUnanswered, Outcome::kNotApplicable);
  question.answer = in.Text("answer");
}

void ReadQuestions(Reader& in, std::vector<CanonicalQuestion>& questions) {
  for (uint32_t left = in.Count("questions", kLeastQuestionBytes); left > 0 && in.ok(); --left) {
    const Phase phase = in.Word("question phase", Phase::kTheoretical, Phase::kPractical);
    if (!questions.empty() && phase < questions.back().phase) {
      in.Fail("question phase", "the theoretical phase stands first");
    }
    ReadQuestion(in, phase, questions);
  }
}

CanonicalObjective ReadObjective(Reader& in) {
  CanonicalObjective objective;
  objective.outcome =
      in.Word("objective outcome", ObjectiveOutcome::kPassed, ObjectiveOutcome::kIncomplete);
  const uint32_t bits = in.Byte("objective flags", 0, kObjectiveBits);
  objective.threshold_reached = (bits & 1) != 0;
  objective.none_not_met = (bits & 2) != 0;
  objective.within_limit = (bits & 4) != 0;
  objective.anchor = (bits & 8) != 0;
  objective.fails_verdict = (bits & 16) != 0;
  ObjectiveCounts& counts = objective.counts;
  for (int32_t* count : {&counts.met, &counts.partially_met, &counts.not_met,
                         &counts.not_applicable, &counts.blank}) {
    *count = static_cast<int32_t>(in.Number("count", 2));
  }
  objective.points = in.I32("objective points");
  objective.maximum = in.I32("objective maximum");
  objective.points_needed = in.I32("points needed");
  return objective;
}

void ReadFailedObjectives(Reader& in, CanonicalResult& result) {
  result.failed_on_anchor = in.Flag("failed on anchor");
  result.failed_objectives.resize(in.Count("failed objectives", kLeastTextBytes));
  for (std::string& objective : result.failed_objectives) {
    objective = in.Text("failed objective");
  }
  result.result = in.Text("result");
}

void ReadCurrent(Reader& in, CanonicalResult& result) {
  result.mode = in.Word("mode", Mode::kFinal, Mode::kProvisional);
  result.as_of = in.I32("as_of");
  ReadCertificates(in, result.certificates);
  result.controls.resize(in.Count("controls", kControlBytes));
  for (CanonicalControl& control : result.controls) {
    control = ReadControl(in);
  }
  ReadQuestions(in, result.questions);
  result.objectives.resize(in.Count("objectives", kObjectiveBytes));
  for (CanonicalObjective& objective : result.objectives) {
    objective = ReadObjective(in);
  }
  result.outcome = in.Word("outcome", VerdictOutcome::kPassed, VerdictOutcome::kRated);
  result.outcome_id = in.Text("outcome id");
  result.points = in.I32("points");
  result.maximum = in.I32("maximum");
  result.score = in.I32("score");
  ReadFailedObjectives(in, result);
}

// A finding of version 1, whose scales have three marks.
uint8_t ReadFirstFinding(Reader& in, Phase phase, std::vector<CanonicalQuestion>& questions) {
  const auto mark = static_cast<uint8_t>(in.Byte("finding status", 0, 3));
  for (uint32_t left = in.Count("questions", kLeastFirstQuestionBytes); left > 0 && in.ok();
       --left) {
    ReadQuestion(in, phase, questions);
  }
  return mark;
}

CanonicalControl ReadFirstControl(Reader& in, std::vector<CanonicalQuestion>& questions) {
  CanonicalControl control;
  control.id = in.Text("control id");
  control.recorded.theoretical = ReadFirstFinding(in, Phase::kTheoretical, questions);
  control.recorded.practical = ReadFirstFinding(in, Phase::kPractical, questions);
  control.recorded.adjustment = ToAdjustment(in, in.I32("adjustment"));
  uint32_t flags = in.Flag("override") ? kOverriddenFlag : 0;
  flags |= in.Flag("not applicable") ? kNotApplicableFlag : 0;
  flags |= in.Flag("overturned") ? kOverturnedFlag : 0;
  control.recorded.flags = static_cast<uint8_t>(flags);
  control.state = in.Word("state", ControlState::kMet, ControlState::kBlank);
  control.open = in.Flag("open");
  control.phase = in.Word("phase", Phase::kNone, Phase::kPractical);
  control.base_known = in.Flag("base known");
  control.base_points = in.I32("base points");
  control.points = in.I32("points");
  control.maximum = in.I32("maximum");
  return control;
}

CanonicalObjective ReadFirstObjective(Reader& in) {
  CanonicalObjective objective;
  objective.id = in.Text("objective id");
  objective.outcome =
      in.Word("objective outcome", ObjectiveOutcome::kPassed, ObjectiveOutcome::kIncomplete);
  ObjectiveCounts& counts = objective.counts;
  for (int32_t* count : {&counts.met, &counts.partially_met, &counts.not_met,
                         &counts.not_applicable, &counts.blank}) {
    *count = in.I32("count");
  }
  objective.points = in.I32("objective points");
  objective.maximum = in.I32("objective maximum");
  objective.points_needed = in.I32("points needed");
  objective.threshold_reached = in.Flag("percentage reached");
  objective.none_not_met = in.Flag("no control with 0 points");
  objective.anchor = in.Flag("anchor");
  objective.fails_verdict = in.Flag("fails the verdict");
  return objective;
}

void ReadFirst(Reader& in, CanonicalResult& result) {
  result.threshold_percent = in.I32("threshold");
  result.mode = in.Word("mode", Mode::kFinal, Mode::kProvisional);
  result.as_of = in.I32("as_of");
  ReadCertificates(in, result.certificates);
  result.controls.resize(in.Count("controls", kLeastFirstControlBytes));
  for (CanonicalControl& control : result.controls) {
    control = ReadFirstControl(in, result.questions);
  }
  result.objectives.resize(in.Count("objectives", kLeastFirstObjectiveBytes));
  for (CanonicalObjective& objective : result.objectives) {
    objective = ReadFirstObjective(in);
  }
  result.outcome = in.Word("outcome", VerdictOutcome::kPassed, VerdictOutcome::kIncomplete);
  ReadFailedObjectives(in, result);
}

}  // namespace

std::optional<CanonicalResult> ReadCanonicalResult(std::string_view bytes, std::string& problem) {
  Reader in(bytes);
  if (!in.Skip(kCanonicalMagic)) {
    in.Fail("magic", "is not ASSAYRES");
  }
  CanonicalResult result;
  result.version = in.Number("version", 4);
  if (result.version != kFirstCanonicalVersion && result.version != kCanonicalVersion) {
    in.Fail("version", std::to_string(result.version) + " is neither 1 nor 2");
  }
  result.digests.catalogue = in.Digest("catalogue digest", false);
  result.digests.question_set = in.Digest("question set digest", true);
  result.digests.rule_set = in.Digest("rule set digest", false);
  result.profile = in.Text("profile");
  if (result.version == kFirstCanonicalVersion) {
    ReadFirst(in, result);
  } else {
    ReadCurrent(in, result);
  }
  in.End();
  if (!in.ok()) {
    problem = in.TakeProblem();
    return std::nullopt;
  }
  return result;
}

}  // namespace assay::scoring
