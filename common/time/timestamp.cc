#include "common/time/timestamp.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"

#include "common/status/error.h"

namespace assay {
namespace {

constexpr int kFirstYear = 1900;
constexpr int kLastYear = 9999;
constexpr absl::CivilDay kEpoch(1970, 1, 1);

absl::Status DateInvalid(std::string_view field, std::string_view text) {
  const std::string want = absl::StrCat("is '", absl::string_view(text.data(), text.size()),
                                        "'; a calendar date YYYY-MM-DD from ", kFirstYear, " to ",
                                        kLastYear, " is required");
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "DATE_INVALID")
      .Message(absl::StrCat(absl::string_view(field.data(), field.size()), " ", want))
      .Metadata("value", text)
      .Field(field, want)
      .Build();
}

bool ParseDigits(std::string_view text, int* out) {
  for (char c : text) {
    if (c < '0' || c > '9') return false;
  }
  return absl::SimpleAtoi(absl::string_view(text.data(), text.size()), out);
}

}  // namespace

google::protobuf::Timestamp ToTimestamp(absl::Time time) {
  const int64_t nanos = absl::ToUnixNanos(time);
  google::protobuf::Timestamp timestamp;
  int64_t seconds = nanos / 1'000'000'000;
  int64_t rest = nanos % 1'000'000'000;
  if (rest < 0) {
    rest += 1'000'000'000;
    --seconds;
  }
  timestamp.set_seconds(seconds);
  timestamp.set_nanos(static_cast<int32_t>(rest));
  return timestamp;
}

absl::Time FromTimestamp(const google::protobuf::Timestamp& timestamp) {
  return absl::FromUnixSeconds(timestamp.seconds()) + absl::Nanoseconds(timestamp.nanos());
}

absl::StatusOr<EpochDays> ParseDate(std::string_view field, std::string_view text) {
  int year = 0;
  int month = 0;
  int day = 0;
  const bool shaped = text.size() == 10 && text[4] == '-' && text[7] == '-' &&
                      ParseDigits(text.substr(0, 4), &year) &&
                      ParseDigits(text.substr(5, 2), &month) &&
                      ParseDigits(text.substr(8, 2), &day);
  if (!shaped || year < kFirstYear || year > kLastYear) return DateInvalid(field, text);
  const absl::CivilDay civil(year, month, day);
  // CivilDay normalises 02-30 into 03-02; a date that moved was not a date.
  if (civil.month() != month || civil.day() != day) return DateInvalid(field, text);
  return static_cast<EpochDays>(civil - kEpoch);
}

std::string FormatDate(EpochDays days) {
  const absl::CivilDay civil = kEpoch + days;
  return absl::StrFormat("%04d-%02d-%02d", civil.year(), civil.month(), civil.day());
}

EpochDays DateOf(absl::Time time) {
  return static_cast<EpochDays>(absl::ToCivilDay(time, absl::UTCTimeZone()) - kEpoch);
}

}  // namespace assay
