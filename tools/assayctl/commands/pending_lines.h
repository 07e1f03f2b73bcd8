// What the sending half of a bulk stream tells the printing half: one entry for each line, in
// order.

#ifndef ASSAY_TOOLS_ASSAYCTL_COMMANDS_PENDING_LINES_H_
#define ASSAY_TOOLS_ASSAYCTL_COMMANDS_PENDING_LINES_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <utility>

#include "absl/status/status.h"

#include "common/sync/mutex.h"

namespace assay::assayctl {

// A line that was sent (`error` is OK) or could not be.
struct PendingLine {
  int64_t number = 0;
  absl::Status error;
};

// A bounded queue between two threads. Thread-safe.
class PendingLines {
 public:
  explicit PendingLines(size_t limit) : limit_(limit) {}

  // Waits for room. False once the queue is closed: the line is not wanted any more.
  bool Push(PendingLine line) ASSAY_EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    while (lines_.size() >= limit_ && !closed_) changed_.Wait(mutex_);
    if (closed_) return false;
    lines_.push_back(std::move(line));
    changed_.NotifyAll();
    return true;
  }

  // Waits for a line. nullopt once the queue is closed and empty.
  std::optional<PendingLine> Pop() ASSAY_EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    while (lines_.empty() && !closed_) changed_.Wait(mutex_);
    if (lines_.empty()) return std::nullopt;
    PendingLine line = std::move(lines_.front());
    lines_.pop_front();
    changed_.NotifyAll();
    return line;
  }

  // No more lines; those inside can still be taken out.
  void Close() ASSAY_EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    closed_ = true;
    changed_.NotifyAll();
  }

  bool empty() ASSAY_EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    return lines_.empty();
  }

 private:
  const size_t limit_;
  Mutex mutex_;
  CondVar changed_;
  std::deque<PendingLine> lines_ ASSAY_GUARDED_BY(mutex_);
  bool closed_ ASSAY_GUARDED_BY(mutex_) = false;
};

}  // namespace assay::assayctl

#endif  // ASSAY_TOOLS_ASSAYCTL_COMMANDS_PENDING_LINES_H_
