// A std::mutex that clang's thread-safety analysis understands.
//
// std::mutex rather than absl::Mutex: ThreadSanitizer instruments it on every platform we build
// for. Put the mutex beside its data, mark the data ASSAY_GUARDED_BY, never call out while
// holding it.

#ifndef ASSAY_COMMON_SYNC_MUTEX_H_
#define ASSAY_COMMON_SYNC_MUTEX_H_

#include <chrono>
#include <condition_variable>
#include <mutex>

#if defined(__clang__)
#define ASSAY_THREAD_ATTRIBUTE_(x) __attribute__((x))
#else
#define ASSAY_THREAD_ATTRIBUTE_(x)
#endif

#define ASSAY_CAPABILITY(x) ASSAY_THREAD_ATTRIBUTE_(capability(x))
#define ASSAY_SCOPED_CAPABILITY ASSAY_THREAD_ATTRIBUTE_(scoped_lockable)
#define ASSAY_GUARDED_BY(x) ASSAY_THREAD_ATTRIBUTE_(guarded_by(x))
#define ASSAY_REQUIRES(...) ASSAY_THREAD_ATTRIBUTE_(requires_capability(__VA_ARGS__))
#define ASSAY_EXCLUDES(...) ASSAY_THREAD_ATTRIBUTE_(locks_excluded(__VA_ARGS__))
#define ASSAY_ACQUIRE(...) ASSAY_THREAD_ATTRIBUTE_(acquire_capability(__VA_ARGS__))
#define ASSAY_RELEASE(...) ASSAY_THREAD_ATTRIBUTE_(release_capability(__VA_ARGS__))
#define ASSAY_NO_THREAD_SAFETY_ANALYSIS ASSAY_THREAD_ATTRIBUTE_(no_thread_safety_analysis)

namespace assay {

class ASSAY_CAPABILITY("mutex") Mutex {
 public:
  Mutex() = default;
  Mutex(const Mutex&) = delete;
  Mutex& operator=(const Mutex&) = delete;

  void Lock() ASSAY_ACQUIRE() { mutex_.lock(); }
  void Unlock() ASSAY_RELEASE() { mutex_.unlock(); }

 private:
  friend class CondVar;
  std::mutex mutex_;
};

class ASSAY_SCOPED_CAPABILITY MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) ASSAY_ACQUIRE(mutex) : mutex_(mutex) { mutex_.Lock(); }
  ~MutexLock() ASSAY_RELEASE() { mutex_.Unlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  Mutex& mutex_;
};

// Waits may wake spuriously: always wait in a loop over the condition.
class CondVar {
 public:
  void Wait(Mutex& mutex) ASSAY_REQUIRES(mutex) {
    std::unique_lock<std::mutex> lock(mutex.mutex_, std::adopt_lock);
    condition_.wait(lock);
    lock.release();
  }

  // Returns false when `timeout` passed first.
  bool WaitFor(Mutex& mutex, std::chrono::nanoseconds timeout) ASSAY_REQUIRES(mutex) {
    std::unique_lock<std::mutex> lock(mutex.mutex_, std::adopt_lock);
    const bool notified = condition_.wait_for(lock, timeout) == std::cv_status::no_timeout;
    lock.release();
    return notified;
  }

  void NotifyOne() { condition_.notify_one(); }
  void NotifyAll() { condition_.notify_all(); }

 private:
  std::condition_variable condition_;
};

}  // namespace assay

#endif  // ASSAY_COMMON_SYNC_MUTEX_H_
