// How much of a verdict is put on the wire.

#ifndef ASSAY_SERVICES_SCORING_DETAIL_H_
#define ASSAY_SERVICES_SCORING_DETAIL_H_

namespace assay::scoring {

enum class Detail { kSummary, kFull };

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_DETAIL_H_
