// A rule set of model version 1 in the terms of version 2 (RULE_MODEL.md, last section).

#ifndef ASSAY_SERVICES_SCORING_ENGINE_MODEL_ONE_H_
#define ASSAY_SERVICES_SCORING_ENGINE_MODEL_ONE_H_

#include <cstdint>
#include <string>

#include "services/scoring/engine/definition.h"

namespace assay::scoring {

// `fail` may hold kObjectivesPlaceholder.
struct ModelOneTexts {
  std::string pass;
  std::string fail;
  std::string incomplete;
  std::string separator;
};

struct ModelOnePoints {
  int32_t met = 2;
  int32_t partially_met = 1;
  int32_t not_met = 0;
};

// Sets model version, scale, outcomes and texts; leaves the rest.
void UseModelOne(const ModelOneTexts& texts, const ModelOnePoints& points,
                 RuleSetDefinition& rules);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_MODEL_ONE_H_
