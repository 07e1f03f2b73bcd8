// Delivers what stands in the outbox, at least once.
//
//   * A message is deleted only after the deliver callback answered OK for it.
//   * Messages of one aggregate are delivered in chain order: while one fails, those behind it
//     wait. Messages of other aggregates go on.
//   * A failing aggregate backs off exponentially between backoff_min and backoff_max. That state
//     is in memory: after a restart everything is tried at once.
//   * Permanent errors (INVALID_ARGUMENT, PERMISSION_DENIED, ...) drop nothing either: the message
//     is kept, retried at the backoff's pace, and counted in RelayStats for people to look at.
//
// Deliveries run one after the other on one thread, so the callback should have a deadline.

#ifndef ASSAY_COMMON_OUTBOX_RELAY_H_
#define ASSAY_COMMON_OUTBOX_RELAY_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "common/outbox/outbox.h"
#include "common/storage/store.h"
#include "common/sync/mutex.h"
#include "common/time/clock.h"

namespace assay::outbox {

// Called without any lock held, never concurrently with itself. OK: the receiver has the message
// for good.
using DeliverFunction = std::function<absl::Status(const Message&)>;

// What one pass over the outbox did.
struct DeliveryCounts {
  uint64_t delivered = 0;
  uint64_t failed = 0;   // Attempts that answered an error.
  uint64_t waiting = 0;  // Not attempted: backing off, or behind a message that is.

  friend bool operator==(const DeliveryCounts&, const DeliveryCounts&) = default;
};

struct RelayStats {
  // As of the last complete pass:
  uint64_t pending = 0;             // Messages left in the outbox.
  absl::Duration oldest_age;        // Of those; zero when none is left.
  uint64_t stuck_aggregates = 0;    // Those whose last attempt failed.
  uint64_t permanent_failures = 0;  // Of these, with an error that retrying will not cure.
  // Since the relay was created:
  uint64_t delivered_total = 0;
  uint64_t failed_attempts_total = 0;
  std::string last_error;  // Code, reason and message of the last failed attempt; "" for none.
};

struct RelayOptions {
  absl::Duration poll_interval = absl::Seconds(1);
  absl::Duration backoff_min = absl::Milliseconds(100);
  absl::Duration backoff_max = absl::Seconds(30);
  // Observers, both optional, called without a lock held on the thread that delivers:
  // each failed attempt, with how many the aggregate has had in a row;
  std::function<void(const std::string& aggregate, const absl::Status&, uint64_t failures)>
      on_failure;
  // the stats after each complete pass.
  std::function<void(const RelayStats&)> on_pass;
};

// True for errors that no retry cures by itself.
bool IsPermanentDeliveryError(const absl::Status& status);

// Thread-safe. `store` and `clock` must outlive it. The clock decides when a backoff is over; real
// time is only waited for between passes. An unhealthy store ends deliveries: what is delivered
// could not be deleted.
class Relay {
 public:
  static absl::StatusOr<std::unique_ptr<Relay>> Create(storage::Store& store, const Clock& clock,
                                                       DeliverFunction deliver,
                                                       const RelayOptions& options = {});

  // Stops.
  ~Relay();
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  // Starts the thread. Only the first call does anything.
  void Start();

  // Waits for the delivery under way, starts no other, joins the thread. May be called twice, and
  // without Start.
  void Stop();

  // Call after a commit that enqueued something: the next pass begins at once.
  void Kick();

  // One pass, on the caller's thread; waits for a pass under way first. Error: the store's. Must
  // not be called from the deliver callback.
  absl::StatusOr<DeliveryCounts> DeliverPending();

  RelayStats stats() const;

 private:
  struct Backoff {
    uint64_t failures = 0;
    absl::Time not_before;
    bool permanent = false;
  };
  struct Row;   // A message that may be delivered now.
  struct Pass;  // What one pass has seen so far.

  Relay(storage::Store& store, const Clock& clock, DeliverFunction deliver,
        const RelayOptions& options);

  void Run();
  absl::Status RunPass(Pass& pass);
  absl::StatusOr<std::vector<Row>> CollectPage(Pass& pass);
  void SortRow(Pass& pass, std::vector<Row>& page, std::string_view key, std::string_view value);
  absl::Status DeliverPage(Pass& pass, const std::vector<Row>& page);
  absl::Status DeliverRow(const Row& row);
  absl::Status DeleteRows(const std::vector<std::string>& keys);
  bool IsBackingOff(const std::string& aggregate) ASSAY_EXCLUDES(mutex_);
  void NoteSuccess(const std::string& aggregate) ASSAY_EXCLUDES(mutex_);
  void NoteFailure(const std::string& aggregate, const absl::Status& status) ASSAY_EXCLUDES(mutex_);
  void NoteError(const absl::Status& status) ASSAY_EXCLUDES(mutex_);
  void PublishStats(const Pass& pass) ASSAY_EXCLUDES(mutex_);
  void UpdateStats(const Pass& pass) ASSAY_EXCLUDES(mutex_);
  bool stopping() const ASSAY_EXCLUDES(mutex_);
  absl::Duration TimeToNextPass(bool failed, absl::Time now) ASSAY_REQUIRES(mutex_);

  storage::Store& store_;
  const Clock& clock_;
  const DeliverFunction deliver_;
  const RelayOptions options_;

  mutable Mutex mutex_;
  CondVar changed_;
  bool started_ ASSAY_GUARDED_BY(mutex_) = false;
  bool stopping_ ASSAY_GUARDED_BY(mutex_) = false;
  bool kicked_ ASSAY_GUARDED_BY(mutex_) = false;
  bool pass_running_ ASSAY_GUARDED_BY(mutex_) = false;
  // Aggregates whose last attempt failed. Bounded by the aggregates in the outbox.
  std::unordered_map<std::string, Backoff> backoffs_ ASSAY_GUARDED_BY(mutex_);
  RelayStats stats_ ASSAY_GUARDED_BY(mutex_);

  std::thread thread_ ASSAY_GUARDED_BY(mutex_);
};

}  // namespace assay::outbox

#endif  // ASSAY_COMMON_OUTBOX_RELAY_H_
