// Reads the canonical bytes back (CANONICAL.md): what an auditor who holds a verdict's bytes can
// say about it without the documents.
//
// Total over arbitrary bytes: every length, count, flag and number is checked, nothing may follow
// the last field, and no memory is taken for more entries than the bytes left could hold. What it
// accepts has the form; whether the verdict follows from the record only scoring again can tell.

#ifndef ASSAY_SERVICES_SCORING_ENGINE_CANONICAL_READER_H_
#define ASSAY_SERVICES_SCORING_ENGINE_CANONICAL_READER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/scoring/engine/canonical.h"
#include "services/scoring/engine/evaluation.h"
#include "services/scoring/engine/input.h"
#include "services/scoring/engine/record.h"

namespace assay::scoring {

// Whatever only one of the two versions writes keeps its default under the other.
struct CanonicalControl {
  std::string id;  // Version 1.
  ControlRecord recorded;
  ControlState state = ControlState::kBlank;
  bool open = false;
  bool base_known = false;
  Phase phase = Phase::kNone;
  int32_t base_points = 0;
  int32_t points = 0;
  int32_t maximum = 0;  // Version 1.

  friend bool operator==(const CanonicalControl&, const CanonicalControl&) = default;
};

struct CanonicalQuestion {
  Phase phase = Phase::kNone;
  std::string id;
  Outcome outcome = Outcome::kUnanswered;
  std::string answer;

  friend bool operator==(const CanonicalQuestion&, const CanonicalQuestion&) = default;
};

struct CanonicalObjective {
  std::string id;  // Version 1.
  ObjectiveOutcome outcome = ObjectiveOutcome::kNotAssessedAtLevel;
  ObjectiveCounts counts;
  int32_t points = 0;
  int32_t maximum = 0;
  int32_t points_needed = 0;
  bool threshold_reached = false;
  bool none_not_met = false;
  bool within_limit = true;  // Version 2.
  bool anchor = false;
  bool fails_verdict = false;

  friend bool operator==(const CanonicalObjective&, const CanonicalObjective&) = default;
};

struct CanonicalResult {
  uint32_t version = 0;
  DocumentDigests digests;
  std::string profile;
  int32_t threshold_percent = 0;  // Version 1.
  Mode mode = Mode::kFinal;
  EpochDay as_of = 0;
  std::vector<Certificate> certificates;  // Without numbers, which are not written.
  std::vector<CanonicalControl> controls;
  // As they are written: under version 2 all of the theoretical phase and then all of the practical
  // one, under version 1 control by control.
  std::vector<CanonicalQuestion> questions;
  std::vector<CanonicalObjective> objectives;
  VerdictOutcome outcome = VerdictOutcome::kIncomplete;
  std::string outcome_id;  // Version 2, and so are the three sums.
  int32_t points = 0;
  int32_t maximum = 0;
  int32_t score = 0;
  bool failed_on_anchor = false;
  std::vector<std::string> failed_objectives;
  std::string result;
};

// What the bytes say. Nothing when they are not of version 1 or 2 in full: `problem` then names the
// first field that is wrong and where it starts, as in "byte 140, mode: 7 is none".
std::optional<CanonicalResult> ReadCanonicalResult(std::string_view bytes, std::string& problem);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_CANONICAL_READER_H_
