// Waits for a condition of the outside world, with a bound.

#ifndef ASSAY_TESTS_JOURNEY_WAIT_H_
#define ASSAY_TESTS_JOURNEY_WAIT_H_

#include <functional>

#include "absl/time/time.h"

namespace assay::journey {

// Far beyond what anything here takes: only a failing test waits this long.
inline constexpr absl::Duration kPatience = absl::Seconds(60);

// Asks `condition` every millisecond until it holds. False when it does not within `limit`.
bool Eventually(const std::function<bool()>& condition, absl::Duration limit = kPatience);

}  // namespace assay::journey

#endif  // ASSAY_TESTS_JOURNEY_WAIT_H_
