// From what controls came to, to objectives and the verdict (RULE_MODEL.md, sections 5 and 6).
//
// Everything is decided from sums to which single controls can be added and from which they can be
// taken away, so that "the same without this flag" costs one control, not an assessment.

#ifndef ASSAY_SERVICES_SCORING_ENGINE_CONCLUDE_H_
#define ASSAY_SERVICES_SCORING_ENGINE_CONCLUDE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "services/scoring/engine/control_result.h"
#include "services/scoring/engine/evaluation.h"
#include "services/scoring/engine/objective.h"
#include "services/scoring/engine/profile.h"
#include "services/scoring/engine/tally.h"

namespace assay::scoring {

void AddControl(const CompiledProfile& profile, uint32_t control, const ControlResult& result,
                Tallies& tallies);
// Undoes AddControl with the same result.
void RemoveControl(const CompiledProfile& profile, uint32_t control, const ControlResult& result,
                   Tallies& tallies);

// The limits on single controls that one of them breaks.
struct Breaches {
  bool over_limit = false;   // Its objective's.
  uint32_t below_least = 0;  // Bit i: outcome i's least points.

  friend bool operator==(const Breaches&, const Breaches&) = default;
};

// What the sums gain when one control comes to something else: worked out once, applied and undone
// as often as wanted.
class ControlChange {
 public:
  ControlChange() = default;  // None.
  ControlChange(const CompiledProfile& profile, uint32_t control, const ControlResult& from,
                const ControlResult& to);

  // Whether the sums stay what they are.
  bool empty() const;
  // Requires sums in which the control is `from`.
  void Apply(Tallies& tallies) const {
    tallies.objectives[objective_] += gain_;
    tallies.open += open_;
    if (breaches_) {
      Count(from_, -1, tallies);
      Count(to_, 1, tallies);
    }
  }
  // Requires sums in which it is `to`.
  void Undo(Tallies& tallies) const {
    tallies.objectives[objective_] -= gain_;
    tallies.open -= open_;
    if (breaches_) {
      Count(to_, -1, tallies);
      Count(from_, 1, tallies);
    }
  }

 private:
  void Count(const Breaches& breaches, int32_t step, Tallies& tallies) const;

  uint32_t objective_ = 0;
  int32_t open_ = 0;
  Tally gain_;             // As machine words: fields may have borrowed from one another.
  bool breaches_ = false;  // Whether the next two differ.
  Breaches from_;
  Breaches to_;
};

// An objective without the words.
struct ObjectiveStanding {
  ObjectiveOutcome outcome = ObjectiveOutcome::kNotAssessedAtLevel;
  ObjectiveScore score;
  bool fails_verdict = false;
};
ObjectiveStanding Stand(const CompiledProfile& profile, uint32_t objective, const Tallies& tallies);

// A verdict without the words.
struct Decision {
  VerdictOutcome outcome = VerdictOutcome::kIncomplete;
  int32_t rule = kNoOutcomeRule;
  int32_t points = 0;
  int32_t maximum = 0;
  bool failed_on_anchor = false;

  // The same verdict: outcome and rule. Points may differ.
  friend bool operator==(const Decision& a, const Decision& b) {
    return a.outcome == b.outcome && a.rule == b.rule;
  }
};

// Whether an objective fails the assessment.
bool FailsAssessment(const CompiledProfile& profile, uint32_t objective, const Tallies& tallies);

// The last step of Decide(): `decision` has points, maximum and whether an anchor fails.
Decision DecideFrom(const CompiledProfile& profile, const Tallies& tallies, Decision decision,
                    bool objectives_pass);

// `failed`, when given, gets the objectives that fail the assessment, in catalogue order.
Decision Decide(const CompiledProfile& profile, const Tallies& tallies,
                std::vector<uint32_t>* failed = nullptr);

// As the scheme shows it: points, or its score base less the shortfall.
int32_t ScoreOf(const CompiledProfile& profile, const Decision& decision);

// The wording of the outcome, or of an incomplete assessment.
std::string ResultText(const CompiledProfile& profile, const Decision& decision,
                       const std::vector<uint32_t>& failed);
// The same into `text`, whose memory is used again.
void WriteResultText(const CompiledProfile& profile, const Decision& decision,
                     const std::vector<uint32_t>& failed, std::string& text);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_CONCLUDE_H_
