// A fixed number of threads behind a bounded queue. Calls that commit to disk run here, so that
// the store can group their commits while gRPC's own threads stay free for reads.

#ifndef ASSAY_COMMON_RPC_WORKER_POOL_H_
#define ASSAY_COMMON_RPC_WORKER_POOL_H_

#include <deque>
#include <functional>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"

#include "common/sync/mutex.h"

namespace assay::rpc {

// What a caller that was shed is told to wait.
inline constexpr absl::Duration kBusyRetryDelay = absl::Milliseconds(100);

// Thread-safe.
class WorkerPool {
 public:
  // At least one thread; `queue` tasks may wait beside those that run.
  WorkerPool(int threads, int queue);
  // Runs what was accepted, then joins.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // RESOURCE_EXHAUSTED SERVER_BUSY with RetryInfo when the queue is full, UNAVAILABLE
  // SERVER_STOPPING after Stop. An accepted task runs exactly once.
  absl::Status Submit(std::function<void()> task) ASSAY_EXCLUDES(mutex_);

  // Accepts no more, runs what was accepted, joins. Idempotent; not from a task.
  void Stop() ASSAY_EXCLUDES(mutex_);

 private:
  void Work() ASSAY_EXCLUDES(mutex_);

  const size_t queue_limit_;
  Mutex mutex_;
  CondVar wakeup_;
  std::deque<std::function<void()>> queue_ ASSAY_GUARDED_BY(mutex_);
  size_t idle_ ASSAY_GUARDED_BY(mutex_) = 0;  // Threads that wait for work.
  bool stopping_ ASSAY_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace assay::rpc

#endif  // ASSAY_COMMON_RPC_WORKER_POOL_H_
