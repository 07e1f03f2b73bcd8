// Changes laid over recorded inputs.

#ifndef ASSAY_SERVICES_SCORING_WHAT_IF_CHANGES_H_
#define ASSAY_SERVICES_SCORING_WHAT_IF_CHANGES_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/repeated_ptr_field.h"

#include "assay/scoring/v1/scoring_service.pb.h"

namespace assay::scoring {

// Stands for no change: it was given as it is.
inline constexpr int kNoChange = -1;

// Inputs with the number of the change that each part came from.
struct ChangedInputs {
  v1::AssessmentInputs inputs;
  std::vector<int> control_changes;      // By position in inputs.controls.
  std::vector<int> certificate_changes;  // By position in inputs.certificates.
  int as_of_change = kNoChange;
};

// Applies `changes` in order. Requires `inputs` that scoring accepts, so that each control stands
// in them once. A replaced control keeps its place; added ones and certificates come last.
// INVALID_ARGUMENT CHANGE_EMPTY, CONTROL_NOT_RECORDED, CERTIFICATE_NOT_RECORDED. Whether the
// changed inputs are sound is for scoring to say.
absl::StatusOr<ChangedInputs> ApplyChanges(
    const v1::AssessmentInputs& inputs,
    const google::protobuf::RepeatedPtrField<v1::InputChange>& changes);

// Path, in the WhatIf request, of what stands at `field` ("controls[3].override.reasoning") of the
// changed inputs: "changes[0].replace.override.reasoning", or "request.inputs.controls[3]..." where
// no change is to blame. The lists as such are "changes".
std::string FieldOfRequest(const ChangedInputs& changed, std::string_view field);

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_WHAT_IF_CHANGES_H_
