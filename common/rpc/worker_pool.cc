#include "common/rpc/worker_pool.h"

#include <algorithm>
#include <utility>

#include "common/status/error.h"

namespace assay::rpc {

WorkerPool::WorkerPool(int threads, int queue)
    : queue_limit_(static_cast<size_t>(std::max(queue, 0))) {
  for (int i = 0; i < std::max(threads, 1); ++i) {
    threads_.emplace_back([this] { Work(); });
  }
}

WorkerPool::~WorkerPool() { Stop(); }

absl::Status WorkerPool::Submit(std::function<void()> task) {
  {
    MutexLock lock(mutex_);
    if (stopping_) {
      return ErrorBuilder(absl::StatusCode::kUnavailable, "SERVER_STOPPING")
          .Message("the server is stopping")
          .RetryAfter(kBusyRetryDelay)
          .Build();
    }
    // A free thread counts as room: with a queue of 0 a pool still takes work it can start.
    if (queue_.size() >= queue_limit_ + idle_) {
      return ErrorBuilder(absl::StatusCode::kResourceExhausted, "SERVER_BUSY")
          .Message("the server has as much work waiting as it takes; try again shortly")
          .RetryAfter(kBusyRetryDelay)
          .Build();
    }
    queue_.push_back(std::move(task));
  }
  wakeup_.NotifyOne();
  return absl::OkStatus();
}

void WorkerPool::Stop() {
  {
    MutexLock lock(mutex_);
    stopping_ = true;
  }
  wakeup_.NotifyAll();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void WorkerPool::Work() {
  while (true) {
    std::function<void()> task;
    {
      MutexLock lock(mutex_);
      ++idle_;
      while (queue_.empty() && !stopping_) wakeup_.Wait(mutex_);
      --idle_;
      if (queue_.empty()) return;
      task = std::move(queue_.front());
      queue_.pop_front();
    }
    task();
  }
}

}  // namespace assay::rpc
