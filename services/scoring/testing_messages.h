// For tests: requests on the wire, sound and unsound ones, and a rule set of model version 2.

#ifndef ASSAY_SERVICES_SCORING_TESTING_MESSAGES_H_
#define ASSAY_SERVICES_SCORING_TESTING_MESSAGES_H_

#include "assay/catalogue/v1/catalogue.pb.h"
#include "assay/scoring/v1/scoring_service.pb.h"

#include "services/scoring/engine/input.h"
#include "services/scoring/engine/profile.h"
#include "services/scoring/engine/testing/random.h"

namespace assay::scoring {

// What the input says, with a text wherever one is said to be there. The basis stays empty.
v1::ScoreRequest ToWire(const AssessmentInput& input);

// A request that scoring accepts for the profile, over everything that can be recorded.
v1::ScoreRequest RandomRequest(const CompiledProfile& profile, Random& random);

// Does something to the request that is at the edge of what is allowed, or beyond it. Requires one
// with a control.
void Tamper(const CompiledProfile& profile, Random& random, v1::ScoreRequest& request);

// Of model version 2, for the DCC catalogue: every item a mark of three, 2300 one of two; outcomes
// passed, conditional (80 percent) and failed; a score base of 400; ratification at L2.
catalogue::v1::RuleSet ModelTwoRuleSetMessage();

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_TESTING_MESSAGES_H_
