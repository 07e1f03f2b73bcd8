// Requests put together from a fuzzer's bytes: mostly ones that scoring accepts, now and then with
// something that it must refuse.

#ifndef ASSAY_TESTS_FUZZ_REQUESTS_H_
#define ASSAY_TESTS_FUZZ_REQUESTS_H_

#include "assay/scoring/v1/scoring_service.pb.h"

#include "services/scoring/engine/profile.h"
#include "tests/fuzz/harness.h"

namespace assay::fuzz {

// Controls and certificates of the profile until the choices end. Each control is recorded once
// unless a choice says otherwise. The basis stays empty.
scoring::v1::ScoreRequest ChosenRequest(const scoring::CompiledProfile& profile, Choices& choices);

// Adds one to four changes to the what-if, of what its request records and of what it does not.
void AddChosenChanges(const scoring::CompiledProfile& profile, Choices& choices,
                      scoring::v1::WhatIfRequest& what_if);

}  // namespace assay::fuzz

#endif  // ASSAY_TESTS_FUZZ_REQUESTS_H_
