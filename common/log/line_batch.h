// Lines on their way to a descriptor, several to one write(2).

#ifndef ASSAY_COMMON_LOG_LINE_BATCH_H_
#define ASSAY_COMMON_LOG_LINE_BATCH_H_

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <thread>

#include "common/sync/mutex.h"

namespace assay {

// The most bytes of one write, but for a single line longer than that. What Linux writes to a pipe
// in one piece (PIPE_BUF), so that lines of several processes on one pipe never mix.
inline constexpr size_t kLineBatchBytes = 4096;
// The longest a line waits for others, give or take the scheduler.
inline constexpr std::chrono::milliseconds kLineBatchDelay{50};

// Thread-safe. Lines are written whole and in the order of Append. Nothing is lost but by a process
// that dies on the spot: then at most the lines of the last kLineBatchDelay. What cannot be written
// is dropped. `descriptor` is not owned.
class LineBatch {
 public:
  explicit LineBatch(int descriptor);
  // Writes what is left.
  ~LineBatch();
  LineBatch(const LineBatch&) = delete;
  LineBatch& operator=(const LineBatch&) = delete;

  // `line` ends with a line feed. A full batch is written by the thread that found it full, so
  // whoever logs faster than the descriptor takes is slowed down.
  void Append(std::string_view line) ASSAY_EXCLUDES(mutex_);

  // Writes everything appended before.
  void Flush() ASSAY_EXCLUDES(mutex_);

 private:
  void Run() ASSAY_EXCLUDES(mutex_);
  // Writing under the lock keeps the order; it is what the lock is for.
  void WriteLocked() ASSAY_REQUIRES(mutex_);

  const int descriptor_;
  Mutex mutex_;
  CondVar wakeup_;
  std::string batch_ ASSAY_GUARDED_BY(mutex_);
  bool idle_ ASSAY_GUARDED_BY(mutex_) = false;  // The thread waits for a first line.
  bool stopping_ ASSAY_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

// One or more write(2) until all is written or an error other than EINTR says it cannot be.
void WriteAll(int descriptor, std::string_view bytes);

}  // namespace assay

#endif  // ASSAY_COMMON_LOG_LINE_BATCH_H_
