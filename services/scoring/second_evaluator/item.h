// Sections 2 and 3 of RULE_MODEL.md: from what was recorded of an item to the points that count.

#ifndef ASSAY_SERVICES_SCORING_SECOND_EVALUATOR_ITEM_H_
#define ASSAY_SERVICES_SCORING_SECOND_EVALUATOR_ITEM_H_

#include <vector>

#include "services/scoring/engine/record.h"
#include "services/scoring/second_evaluator/result.h"
#include "services/scoring/second_evaluator/scheme.h"

namespace assay::scoring::second {

// Writes one result for each item of the scheme. Requires a record of this scheme that was not
// refused (section 4). Allocates nothing but what `out` lacks.
void ScoreItems(const Scheme& scheme, const Record& record, std::vector<ItemResult>& out);

}  // namespace assay::scoring::second

#endif  // ASSAY_SERVICES_SCORING_SECOND_EVALUATOR_ITEM_H_
