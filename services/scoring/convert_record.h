// From recorded inputs on the wire straight to a record, for inputs with nothing unusual in them.
//
// Nearly every assessment is one: known controls, each once, with a status or mark, perhaps an
// adjustment, an override or an N/A with its text. Those need no detour over texts and lists of
// problems. Whatever else comes, right or wrong, is left to ToInput() and Validate(), which say
// what is wrong; this never accepts what they refuse, and makes the record they would
// (convert_record_test.cc compares the two).

#ifndef ASSAY_SERVICES_SCORING_CONVERT_RECORD_H_
#define ASSAY_SERVICES_SCORING_CONVERT_RECORD_H_

#include "assay/scoring/v1/scoring_service.pb.h"

#include "services/scoring/engine/profile.h"
#include "services/scoring/engine/record.h"

namespace assay::scoring {

// False: not for this path, and `record` means nothing. `record` is replaced; its memory is used
// again. Mode is left as it is.
bool ToRecordQuickly(const CompiledProfile& profile, const v1::ScoreRequest& request,
                     Record& record);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_CONVERT_RECORD_H_
