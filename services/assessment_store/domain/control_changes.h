// How a recorded result of one control changes. Pure functions.
//
// Whether a result obeys the scheme's rules is not decided here: the scoring service validates
// every changed control by the same code that scores it.

#ifndef ASSAY_SERVICES_ASSESSMENT_STORE_DOMAIN_CONTROL_CHANGES_H_
#define ASSAY_SERVICES_ASSESSMENT_STORE_DOMAIN_CONTROL_CHANGES_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "assay/assessment_store/v1/assessment_store_service.pb.h"

#include "common/audit/event_log.h"
#include "services/assessment_store/domain/standing.h"
#include "services/assessment_store/storage/records.pb.h"

namespace assay::assessment_store {

struct ChangedControl {
  // Unconfirmed, whatever it was: a changed result must be looked at again.
  records::ControlRecord record;
  // The free texts of the replaced fields, for the event log.
  std::vector<audit::NamedText> texts;
};

// `before` is absent for a control without a record. `field` is the change's path in the request
// ("changes[3]") and opens every error's field. Errors: INVALID_ARGUMENT UPDATE_MASK_INVALID,
// CHANGE_EMPTY; PERMISSION_DENIED FIELD_NOT_ALLOWED when a supplier writes anything but own
// question outcomes in the theoretical phase.
absl::StatusOr<ChangedControl> ApplyChange(const std::optional<records::ControlRecord>& before,
                                           const v1::ControlChange& change, Standing standing,
                                           std::string_view field);

// The result without its free texts, as it stands in an event's body.
scoring::v1::ControlInput WithoutTexts(scoring::v1::ControlInput input);

// True when nothing that scores is recorded: no finding, no override, no N/A.
bool IsBlank(const scoring::v1::ControlInput& input);

// True when `finding` holds a status or at least one judged question.
bool HasFinding(const scoring::v1::Finding& finding);

}  // namespace assay::assessment_store

#endif  // ASSAY_SERVICES_ASSESSMENT_STORE_DOMAIN_CONTROL_CHANGES_H_
