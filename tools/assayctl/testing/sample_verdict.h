// A verdict with something of everything, for tests of what is shown of verdicts.

#ifndef ASSAY_TOOLS_ASSAYCTL_TESTING_SAMPLE_VERDICT_H_
#define ASSAY_TOOLS_ASSAYCTL_TESTING_SAMPLE_VERDICT_H_

#include "assay/scoring/v1/scoring.pb.h"

namespace assay::assayctl {

// CE (the anchor) passed with 2 of 2 points; B failed with 118 of 148, which whole-percent rounding
// would pass; D is not assessed. Of B: 2200 partial by its questions, 2300 Not Met, 2301 Met, 2302
// N/A and 2303 overridden, the last two flagged. All of the full view is there.
scoring::v1::Verdict FailedVerdict();

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_TESTING_SAMPLE_VERDICT_H_
