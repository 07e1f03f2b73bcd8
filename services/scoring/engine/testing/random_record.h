// For tests: records that Validate() would accept, over everything that can be recorded.

#ifndef ASSAY_SERVICES_SCORING_ENGINE_TESTING_RANDOM_RECORD_H_
#define ASSAY_SERVICES_SCORING_ENGINE_TESTING_RANDOM_RECORD_H_

#include "services/scoring/engine/profile.h"
#include "services/scoring/engine/record.h"
#include "services/scoring/engine/testing/random.h"

namespace assay::scoring {

// Marks, questions, both phases, adjustments, overrides, N/A, overturned controls, certificates,
// mode. Each record has rates of its own, so that perfect, mixed and hopeless ones all come up.
Record RandomRecord(const CompiledProfile& profile, Random& random);
// The same into `record`, whose memory is used again.
void RandomRecordInto(const CompiledProfile& profile, Random& random, Record& record);

// Takes out of one control's record what Validate() would refuse: a second flag, flags of an anchor
// that the rule set refuses, an adjustment that does not fit, questions all of them N/A.
void MakeValid(const CompiledProfile& profile, uint32_t control, Record& record);

// Inputs that say what the record says, with every reason and justification that is required:
// ToRecord(profile, ToInput(profile, record)) == record.
AssessmentInput ToInput(const CompiledProfile& profile, const Record& record);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_TESTING_RANDOM_RECORD_H_
