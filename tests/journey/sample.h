// Assessments as data: the quickstart's samples, and a small one for tests that need many.

#ifndef ASSAY_TESTS_JOURNEY_SAMPLE_H_
#define ASSAY_TESTS_JOURNEY_SAMPLE_H_

#include <string>
#include <string_view>
#include <vector>

#include "assay/assessment_store/v1/assessment_store_service.pb.h"
#include "assay/scoring/v1/scoring.pb.h"

namespace assay::journey {

struct Sample {
  std::string assessment_id;
  assessment_store::v1::Assessment assessment;
  std::vector<scoring::v1::Certificate> certificates;
  std::vector<assessment_store::v1::ControlChange> changes;
  std::string as_of;
};

// deploy/samples/<name>.json, in the format of `assayctl assessment load`. Ends the process when
// it cannot be read.
Sample LoadSample(std::string_view name);

// Level 0: three controls, of which 2314 is overridden, so that it goes to review. Fast to record.
Sample SmallFlaggedSample(std::string_view assessment_id);

// "Met in the theoretical and the practical phase" of one control.
assessment_store::v1::ControlChange MetChange(std::string_view control_id);

}  // namespace assay::journey

#endif  // ASSAY_TESTS_JOURNEY_SAMPLE_H_
