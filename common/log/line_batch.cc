#include "common/log/line_batch.h"

#include <cerrno>

#include <unistd.h>

namespace assay {

void WriteAll(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    bytes.remove_prefix(static_cast<size_t>(written));
  }
}

LineBatch::LineBatch(int descriptor) : descriptor_(descriptor) {
  batch_.reserve(kLineBatchBytes);
  thread_ = std::thread([this] { Run(); });
}

LineBatch::~LineBatch() {
  {
    MutexLock lock(mutex_);
    stopping_ = true;
  }
  wakeup_.NotifyAll();
  thread_.join();
  Flush();
}

void LineBatch::Append(std::string_view line) {
  bool wake = false;
  {
    MutexLock lock(mutex_);
    if (batch_.size() + line.size() > kLineBatchBytes) WriteLocked();
    batch_ += line;
    if (batch_.size() >= kLineBatchBytes) WriteLocked();
    wake = idle_ && !batch_.empty();
    if (wake) idle_ = false;
  }
  if (wake) wakeup_.NotifyOne();
}

void LineBatch::Flush() {
  MutexLock lock(mutex_);
  WriteLocked();
}

void LineBatch::Run() {
  MutexLock lock(mutex_);
  while (!stopping_) {
    idle_ = batch_.empty();
    if (idle_) {
      wakeup_.Wait(mutex_);
      continue;
    }
    // Others may join until then. Woken early, by spurious luck or at the end, does no harm.
    wakeup_.WaitFor(mutex_, kLineBatchDelay);
    WriteLocked();
  }
}

void LineBatch::WriteLocked() {
  WriteAll(descriptor_, batch_);
  batch_.clear();
}

}  // namespace assay
