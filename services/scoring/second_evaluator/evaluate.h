// The second evaluator: scores an assessment from the rule text, apart from the first.
//
// Written from services/catalogue/data/RULE_MODEL.md alone, whose sections are named at each
// function; it shares with the first evaluator the plain data it is handed (definition.h, record.h)
// and no code. The two are compared on every verdict, so that an error has to be made twice to pass
// unseen.
//
// Whole numbers only; standard library only. Requires a record of the scheme's profile that was not
// refused (section 4); there is no error path.

#ifndef ASSAY_SERVICES_SCORING_SECOND_EVALUATOR_EVALUATE_H_
#define ASSAY_SERVICES_SCORING_SECOND_EVALUATOR_EVALUATE_H_

#include "services/scoring/engine/record.h"
#include "services/scoring/second_evaluator/result.h"
#include "services/scoring/second_evaluator/scheme.h"

namespace assay::scoring::second {

// Every field of `out` is written, whatever it held before; its vectors keep their memory, so that
// reusing it allocates nothing once they have grown. Thread-safe for distinct `out`.
void Evaluate(const Scheme& scheme, const Record& record, Result& out);

}  // namespace assay::scoring::second

#endif  // ASSAY_SERVICES_SCORING_SECOND_EVALUATOR_EVALUATE_H_
