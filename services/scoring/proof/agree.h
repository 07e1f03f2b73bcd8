// For tests: both evaluators over one record, and whether they agree.

#ifndef ASSAY_SERVICES_SCORING_PROOF_AGREE_H_
#define ASSAY_SERVICES_SCORING_PROOF_AGREE_H_

#include <optional>
#include <string>
#include <string_view>

#include "services/scoring/agreement.h"
#include "services/scoring/engine/evaluate.h"
#include "services/scoring/engine/testing/dcc_shape.h"
#include "services/scoring/second_evaluator/evaluate.h"
#include "services/scoring/second_evaluator/scheme.h"

namespace assay::scoring {

// A scheme at one profile, as each evaluator sees it. Both results are kept, and their memory used
// again. Not thread-safe.
class Pair {
 public:
  Pair(const SchemeDefinition& definition, std::string_view profile)
      : Pair(definition, definition, profile) {}
  // The second evaluator is given `other`, which tests plant a difference in.
  Pair(const SchemeDefinition& definition, const SchemeDefinition& other, std::string_view profile)
      : profile_(MustCompile(definition, profile)), scheme_(other, profile) {}

  // What the evaluators disagree on, whole or in what DecideOnly() decides; nothing when they
  // agree.
  std::optional<std::string> Disagreement(const Record& record) {
    EvaluateInto(profile_, record, mine_);
    second::Evaluate(scheme_, record, theirs_);
    if (auto difference = scoring::Disagreement(profile_, mine_, theirs_)) {
      return difference;
    }
    const Decision decision = DecideOnly(profile_, record, scratch_);
    const Verdict& verdict = mine_.verdict;
    if (decision.rule != verdict.rule || decision.outcome != verdict.outcome ||
        decision.points != verdict.points || decision.maximum != verdict.maximum ||
        decision.failed_on_anchor != verdict.failed_on_anchor) {
      return "DecideOnly decides otherwise";
    }
    return std::nullopt;
  }

  const CompiledProfile& profile() const { return profile_; }
  const second::Scheme& scheme() const { return scheme_; }
  const Evaluation& mine() const { return mine_; }
  const second::Result& theirs() const { return theirs_; }

 private:
  const CompiledProfile profile_;
  const second::Scheme scheme_;
  Evaluation mine_;
  second::Result theirs_;
  DecisionScratch scratch_;
};

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_PROOF_AGREE_H_
