#include "services/review_queue/domain/enqueue.h"

#include <string>
#include <utility>

#include "common/status/macros.h"
#include "services/review_queue/domain/submission.h"
#include "services/review_queue/errors.h"

namespace assay::review_queue {
namespace {

ItemChange Arrival(const Submission& submission, std::string fingerprint,
                   const std::optional<ReviewItem>& latest, const Occasion& occasion) {
  ReviewItem item;
  item.submission = submission;
  item.fingerprint = std::move(fingerprint);
  item.head = audit::EmptyHead();
  item.create_time = occasion.now;
  item.update_time = occasion.now;
  if (latest.has_value() && latest->id() > item.id()) {
    item.state = ItemState::kSuperseded;
    item.superseded_by = latest->id().submission_number;
  }
  return {std::move(item), EventType::kEnqueued, occasion};
}

ItemChange Supersede(ReviewItem item, int64_t by, const Occasion& occasion) {
  item.state = ItemState::kSuperseded;
  item.superseded_by = by;
  item.update_time = occasion.now;
  return {std::move(item), EventType::kSuperseded, occasion};
}

}  // namespace

absl::StatusOr<std::vector<ItemChange>> Enqueue(const Submission& submission,
                                                const Neighbours& neighbours,
                                                const Occasion& occasion) {
  ASSAY_RETURN_IF_ERROR(CheckSubmission(submission));
  std::string fingerprint = SubmissionFingerprint(submission);
  std::vector<ItemChange> changes;
  if (neighbours.same.has_value()) {
    if (neighbours.same->fingerprint == fingerprint) return changes;
    return SubmissionDiffers(neighbours.same->name());
  }
  changes.push_back(Arrival(submission, std::move(fingerprint), neighbours.latest, occasion));
  const bool is_latest = changes.front().item.state != ItemState::kSuperseded;
  if (is_latest && neighbours.latest.has_value() && IsWaiting(*neighbours.latest)) {
    changes.push_back(Supersede(*neighbours.latest, submission.id.submission_number, occasion));
  }
  return changes;
}

}  // namespace assay::review_queue
