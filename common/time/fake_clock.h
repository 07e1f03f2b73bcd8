// A clock that tests move by hand.

#ifndef ASSAY_COMMON_TIME_FAKE_CLOCK_H_
#define ASSAY_COMMON_TIME_FAKE_CLOCK_H_

#include "absl/time/time.h"

#include "common/sync/mutex.h"
#include "common/time/clock.h"

namespace assay {

// Thread-safe. Starts at 2026-06-01T09:00:00Z unless told otherwise.
class FakeClock final : public Clock {
 public:
  FakeClock() : now_(absl::FromUnixSeconds(1780304400)) {}
  explicit FakeClock(absl::Time now) : now_(now) {}

  absl::Time Now() const override {
    MutexLock lock(mutex_);
    return now_;
  }
  void Advance(absl::Duration by) {
    MutexLock lock(mutex_);
    now_ += by;
  }

 private:
  mutable Mutex mutex_;
  absl::Time now_ ASSAY_GUARDED_BY(mutex_);
};

}  // namespace assay

#endif  // ASSAY_COMMON_TIME_FAKE_CLOCK_H_
