// The time of day, injected. Only clock.cc reads the real clock (tools/lint enforces it).

#ifndef ASSAY_COMMON_TIME_CLOCK_H_
#define ASSAY_COMMON_TIME_CLOCK_H_

#include "absl/time/time.h"

namespace assay {

// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() const = 0;
};

// The machine's clock. Lives for the whole process.
const Clock& SystemClock();

}  // namespace assay

#endif  // ASSAY_COMMON_TIME_CLOCK_H_
