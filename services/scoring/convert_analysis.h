// What a verdict says beyond what it is: the same without flags, and how far it is from another.

#ifndef ASSAY_SERVICES_SCORING_CONVERT_ANALYSIS_H_
#define ASSAY_SERVICES_SCORING_CONVERT_ANALYSIS_H_

#include <cstdint>
#include <string>

#include "assay/scoring/v1/scoring.pb.h"

#include "services/scoring/engine/evaluation.h"
#include "services/scoring/engine/margin.h"
#include "services/scoring/engine/profile.h"
#include "services/scoring/engine/record.h"

namespace assay::scoring {

// Id of an outcome rule; empty for kNoOutcomeRule.
std::string OutcomeId(const CompiledProfile& profile, int32_t rule);

void FillMargin(const CompiledProfile& profile, const Margin& margin, v1::Margin& wire);

// Fills the counterfactuals and what each trigger of the verdict, which stand there already, does.
// Nothing for an incomplete verdict.
void FillCounterfactuals(const CompiledProfile& profile, const Record& record,
                         const Evaluation& evaluation, v1::Verdict& verdict);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_CONVERT_ANALYSIS_H_
