#include "common/outbox/relay.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"

#include "common/status/error.h"
#include "common/status/macros.h"
#include "common/storage/key_codec.h"

namespace assay::outbox {
namespace {

// Messages read ahead, and deleted in one commit after they were delivered. A crash in between
// delivers at most these again.
constexpr size_t kPageMessages = 16;
constexpr size_t kPageBytes = 4 * 1024 * 1024;
// A pass costs a scan: never begin them faster than this.
constexpr absl::Duration kMinWait = absl::Milliseconds(1);

absl::Status OptionsInvalid(std::string_view problem) {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "RELAY_OPTIONS_INVALID")
      .Message(problem)
      .Build();
}

std::string Describe(const absl::Status& status) {
  const std::string reason = ErrorReason(status);
  return absl::StrCat(absl::StatusCodeToString(status.code()), " ", reason,
                      reason.empty() ? "" : " ", status.message());
}

}  // namespace

struct Relay::Row {
  std::string key;
  std::string value;
  std::string aggregate;
  absl::Time enqueued_at;
};

struct Relay::Pass {
  std::string next_key = storage::KeyBuilder(storage::kOutboxFamily).Build();
  absl::Time now;
  DeliveryCounts counts;
  uint64_t left = 0;  // Messages seen that stay in the outbox.
  absl::Time oldest_left = absl::InfiniteFuture();
  // Aggregates with a message that was not delivered: those behind it must wait for the next
  // pass, even when the backoff ends during this one.
  std::set<std::string> blocked;

  bool IsBlocked(const std::string& aggregate) const { return blocked.count(aggregate) > 0; }
  void Keep(absl::Time enqueued_at) {
    ++left;
    oldest_left = std::min(oldest_left, enqueued_at);
  }
};

bool IsPermanentDeliveryError(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kUnauthenticated:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kOutOfRange:
    case absl::StatusCode::kUnimplemented:
    case absl::StatusCode::kDataLoss:
      return true;
    default:
      return false;
  }
}

absl::StatusOr<std::unique_ptr<Relay>> Relay::Create(storage::Store& store, const Clock& clock,
                                                     DeliverFunction deliver,
                                                     const RelayOptions& options) {
  if (!deliver) return OptionsInvalid("relay has no deliver callback");
  if (options.poll_interval <= absl::ZeroDuration()) {
    return OptionsInvalid("poll_interval must be above zero");
  }
  if (options.backoff_min <= absl::ZeroDuration() || options.backoff_max < options.backoff_min) {
    return OptionsInvalid("backoff_min must be above zero and at most backoff_max");
  }
  return std::unique_ptr<Relay>(new Relay(store, clock, std::move(deliver), options));
}

Relay::Relay(storage::Store& store, const Clock& clock, DeliverFunction deliver,
             const RelayOptions& options)
    : store_(store), clock_(clock), deliver_(std::move(deliver)), options_(options) {}

Relay::~Relay() { Stop(); }

void Relay::Start() {
  MutexLock lock(mutex_);
  if (started_ || stopping_) return;
  started_ = true;
  thread_ = std::thread([this] { Run(); });
}

void Relay::Stop() {
  std::thread thread;
  {
    MutexLock lock(mutex_);
    stopping_ = true;
    thread = std::move(thread_);
  }
  changed_.NotifyAll();
  if (thread.joinable()) thread.join();
}

void Relay::Kick() {
  {
    MutexLock lock(mutex_);
    kicked_ = true;
  }
  changed_.NotifyAll();
}

RelayStats Relay::stats() const {
  MutexLock lock(mutex_);
  return stats_;
}

bool Relay::stopping() const {
  MutexLock lock(mutex_);
  return stopping_;
}

void Relay::Run() {
  while (!stopping()) {
    {
      MutexLock lock(mutex_);
      kicked_ = false;
    }
    const bool failed = !DeliverPending().ok();  // The error itself is in the stats.
    const absl::Time now = clock_.Now();
    MutexLock lock(mutex_);
    // Waking early only means one pass more.
    if (!kicked_ && !stopping_) {
      changed_.WaitFor(mutex_, absl::ToChronoNanoseconds(TimeToNextPass(failed, now)));
    }
  }
}

absl::Duration Relay::TimeToNextPass(bool failed, absl::Time now) {
  absl::Duration wait = options_.poll_interval;
  if (failed) return wait;
  for (const auto& [aggregate, backoff] : backoffs_) {
    wait = std::min(wait, backoff.not_before - now);
  }
  return std::max(wait, kMinWait);
}

absl::StatusOr<DeliveryCounts> Relay::DeliverPending() {
  {
    MutexLock lock(mutex_);
    while (pass_running_) changed_.Wait(mutex_);
    pass_running_ = true;
  }
  Pass pass;
  const absl::Status status = RunPass(pass);
  if (!status.ok()) NoteError(status);
  {
    MutexLock lock(mutex_);
    pass_running_ = false;
  }
  changed_.NotifyAll();
  ASSAY_RETURN_IF_ERROR(status);
  return pass.counts;
}

absl::Status Relay::RunPass(Pass& pass) {
  ASSAY_RETURN_IF_ERROR(store_.Health());
  pass.now = clock_.Now();
  while (true) {
    ASSAY_ASSIGN_OR_RETURN(const std::vector<Row> page, CollectPage(pass));
    if (page.empty()) break;
    ASSAY_RETURN_IF_ERROR(DeliverPage(pass, page));
    if (stopping()) return absl::OkStatus();
  }
  PublishStats(pass);
  return absl::OkStatus();
}

// The next messages that may be delivered; empty at the end of the outbox. The snapshot is let go
// before anything is delivered: a slow receiver must not keep old versions alive.
absl::StatusOr<std::vector<Relay::Row>> Relay::CollectPage(Pass& pass) {
  storage::ScanRange range =
      storage::PrefixRange(storage::KeyBuilder(storage::kOutboxFamily).Build());
  range.begin = pass.next_key;
  std::vector<Row> page;
  size_t bytes = 0;
  ASSAY_RETURN_IF_ERROR(
      store_.Snapshot()->Scan(range, [&](std::string_view key, std::string_view value) {
        const size_t before = page.size();
        SortRow(pass, page, key, value);
        if (page.size() > before) bytes += value.size();
        pass.next_key = storage::KeyAfter(key);
        return page.size() < kPageMessages && bytes < kPageBytes;
      }));
  return page;
}

// Puts the row on the page, or counts it when it has to wait.
void Relay::SortRow(Pass& pass, std::vector<Row>& page, std::string_view key,
                    std::string_view value) {
  storage::KeyParser parser(key, storage::kOutboxFamily);
  std::string aggregate = parser.String();
  if (aggregate.empty()) {
    // Nobody can deliver this, and nobody may delete it: keep it in sight.
    pass.Keep(pass.now);
    ++pass.counts.failed;
    NoteError(DecodeMessageRow(key, value).status());
    return;
  }
  const absl::StatusOr<absl::Time> enqueued_at = EnqueuedAt(value);
  Row row = {std::string(key), std::string(value), std::move(aggregate),
             enqueued_at.value_or(pass.now)};
  if (IsBackingOff(row.aggregate)) pass.blocked.insert(row.aggregate);
  if (!pass.IsBlocked(row.aggregate)) {
    page.push_back(std::move(row));
    return;
  }
  ++pass.counts.waiting;
  pass.Keep(row.enqueued_at);
}

absl::Status Relay::DeliverPage(Pass& pass, const std::vector<Row>& page) {
  std::vector<std::string> delivered;
  for (const Row& row : page) {
    if (stopping()) break;
    if (pass.IsBlocked(row.aggregate)) {
      ++pass.counts.waiting;
      pass.Keep(row.enqueued_at);
      continue;
    }
    const absl::Status status = DeliverRow(row);
    if (status.ok()) {
      delivered.push_back(row.key);
      NoteSuccess(row.aggregate);
      continue;
    }
    NoteFailure(row.aggregate, status);
    pass.blocked.insert(row.aggregate);
    ++pass.counts.failed;
    pass.Keep(row.enqueued_at);
  }
  ASSAY_RETURN_IF_ERROR(DeleteRows(delivered));
  pass.counts.delivered += delivered.size();
  MutexLock lock(mutex_);
  stats_.delivered_total += delivered.size();
  return absl::OkStatus();
}

absl::Status Relay::DeliverRow(const Row& row) {
  ASSAY_ASSIGN_OR_RETURN(const Message message, DecodeMessageRow(row.key, row.value));
  return deliver_(message);
}

absl::Status Relay::DeleteRows(const std::vector<std::string>& keys) {
  if (keys.empty()) return absl::OkStatus();
  return store_.Transact([&](storage::Transaction& tx) -> absl::Status {
    for (const std::string& key : keys) ASSAY_RETURN_IF_ERROR(tx.Delete(key));
    return absl::OkStatus();
  });
}

bool Relay::IsBackingOff(const std::string& aggregate) {
  const absl::Time now = clock_.Now();
  MutexLock lock(mutex_);
  const auto backoff = backoffs_.find(aggregate);
  return backoff != backoffs_.end() && now < backoff->second.not_before;
}

void Relay::NoteSuccess(const std::string& aggregate) {
  MutexLock lock(mutex_);
  backoffs_.erase(aggregate);
}

void Relay::NoteFailure(const std::string& aggregate, const absl::Status& status) {
  const absl::Time now = clock_.Now();
  NoteError(status);
  uint64_t failures = 0;
  {
    MutexLock lock(mutex_);
    ++stats_.failed_attempts_total;
    Backoff& backoff = backoffs_[aggregate];
    // Doubling stops at the cap, so that the count cannot overflow the delay.
    absl::Duration delay = options_.backoff_min;
    for (uint64_t i = 0; i < backoff.failures && delay < options_.backoff_max; ++i) delay *= 2;
    failures = ++backoff.failures;
    backoff.not_before = now + std::min(delay, options_.backoff_max);
    backoff.permanent = IsPermanentDeliveryError(status);
  }
  if (options_.on_failure) options_.on_failure(aggregate, status, failures);
}

void Relay::NoteError(const absl::Status& status) {
  std::string text = Describe(status);
  MutexLock lock(mutex_);
  stats_.last_error = std::move(text);
}

void Relay::PublishStats(const Pass& pass) {
  UpdateStats(pass);
  if (options_.on_pass) options_.on_pass(stats());
}

void Relay::UpdateStats(const Pass& pass) {
  MutexLock lock(mutex_);
  for (auto backoff = backoffs_.begin(); backoff != backoffs_.end();) {
    // Their messages are gone: somebody else delivered or removed them.
    backoff = pass.IsBlocked(backoff->first) ? std::next(backoff) : backoffs_.erase(backoff);
  }
  stats_.pending = pass.left;
  stats_.oldest_age = pass.left == 0 ? absl::ZeroDuration()
                                     : std::max(pass.now - pass.oldest_left, absl::ZeroDuration());
  stats_.stuck_aggregates = backoffs_.size();
  stats_.permanent_failures = static_cast<uint64_t>(
      std::count_if(backoffs_.begin(), backoffs_.end(),
                    [](const auto& entry) { return entry.second.permanent; }));
}

}  // namespace assay::outbox
