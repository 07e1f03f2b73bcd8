// Memory to score into that a thread keeps between calls, so that scoring an assessment allocates
// nothing once it has grown.

#ifndef ASSAY_SERVICES_SCORING_THREAD_SCORED_H_
#define ASSAY_SERVICES_SCORING_THREAD_SCORED_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "services/scoring/score.h"

namespace assay::scoring {

// Which of a thread's memories; at most one ThreadScored of each may be alive on a thread.
enum class Role : uint8_t { kOnly = 0, kBefore = 0, kAfter = 1, kExchanged = 2 };

// Lends one for its own lifetime and lets go of the documents at its end: a thread between calls
// keeps no compiled basis that the cache has dropped.
class ThreadScored {
 public:
  explicit ThreadScored(Role role) : scored_(OfThread(role)) {}
  ThreadScored(const ThreadScored&) = delete;
  ThreadScored& operator=(const ThreadScored&) = delete;
  ~ThreadScored() { scored_.basis.reset(); }

  Scored& operator*() const { return scored_; }
  Scored* operator->() const { return &scored_; }

 private:
  static Scored& OfThread(Role role) {
    thread_local std::array<Scored, 3> all;
    return all[static_cast<size_t>(role)];
  }

  Scored& scored_;
};

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_THREAD_SCORED_H_
