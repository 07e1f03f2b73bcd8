// Values of the domain to stored messages and back, field by field; record_codec.h and
// event_codec.h make bytes of them.

#ifndef ASSAY_SERVICES_REVIEW_QUEUE_STORAGE_RECORD_CONVERT_H_
#define ASSAY_SERVICES_REVIEW_QUEUE_STORAGE_RECORD_CONVERT_H_

#include "absl/status/statusor.h"

#include "services/review_queue/domain/review_item.h"
#include "services/review_queue/storage/records.pb.h"

namespace assay::review_queue {

records::SubmissionRecord ToRecord(const Submission& submission);
// Sets everything but the format version.
records::ItemRecord ToRecord(const ReviewItem& item);

// DATA_LOSS RECORD_MALFORMED when the record cannot come from ToRecord.
absl::StatusOr<ReviewItem> FromRecord(const records::ItemRecord& record);

}  // namespace assay::review_queue

#endif  // ASSAY_SERVICES_REVIEW_QUEUE_STORAGE_RECORD_CONVERT_H_
