#include "tests/journey/wait.h"

#include <poll.h>

#include "common/time/clock.h"

namespace assay::journey {
namespace {

constexpr int kPollMilliseconds = 1;

}  // namespace

bool Eventually(const std::function<bool()>& condition, absl::Duration limit) {
  const absl::Time deadline = SystemClock().Now() + limit;
  while (!condition()) {
    if (SystemClock().Now() >= deadline) return false;
    ::poll(nullptr, 0, kPollMilliseconds);
  }
  return true;
}

}  // namespace assay::journey
