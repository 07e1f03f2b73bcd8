// absl::Time to and from protobuf timestamps, and calendar dates of the form YYYY-MM-DD.

#ifndef ASSAY_COMMON_TIME_TIMESTAMP_H_
#define ASSAY_COMMON_TIME_TIMESTAMP_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"

namespace assay {

google::protobuf::Timestamp ToTimestamp(absl::Time time);
absl::Time FromTimestamp(const google::protobuf::Timestamp& timestamp);

// Whole days since 1970-01-01 in the proleptic Gregorian calendar; negative before it.
using EpochDays = int32_t;

// Parses "YYYY-MM-DD" with years 1900 to 9999. INVALID_ARGUMENT DATE_INVALID otherwise, naming
// `field`.
absl::StatusOr<EpochDays> ParseDate(std::string_view field, std::string_view text);
std::string FormatDate(EpochDays days);

// The date in UTC at `time`.
EpochDays DateOf(absl::Time time);

}  // namespace assay

#endif  // ASSAY_COMMON_TIME_TIMESTAMP_H_
